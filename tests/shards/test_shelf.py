"""Texts put on a shelf come back as they were."""

from __future__ import annotations

from pathlib import Path

from tasks.shards.shelf import TextShelf


def test_texts_come_back_by_id_in_any_order(tmp_path: Path) -> None:
    with TextShelf(tmp_path / "stage" / "texts") as shelf:
        shelf.put([("a", "青石县"), ("b", ""), ("c", "𠮷田村\n的会")])
        shelf.put([("d", "南塘"), ("a", "青石县改了名")])
        assert shelf.texts(["d", "c", "a", "b", "elsewhere"]) == {
            "d": "南塘",
            "c": "𠮷田村\n的会",
            "a": "青石县改了名",
            "b": "",
        }
