"""Texts on a shelf are found again under their names, whatever characters they hold and however often they are put."""

from __future__ import annotations

from pathlib import Path

from tasks.shards.shelf import TextShelf


def test_a_shelf_gives_back_what_was_put_last_and_nothing_it_does_not_hold(tmp_path: Path) -> None:
    with TextShelf(tmp_path / "stage" / "texts") as shelf:
        shelf.put([("a", "石桥镇"), ("b", ""), ("c", "𠮷\ud800□")])
        assert shelf.texts(["c", "d", "b"]) == {"c": "𠮷\ud800□", "b": ""}
        shelf.put([("a", "石桥镇建起驿站。")])
        assert shelf.texts(["a"]) == {"a": "石桥镇建起驿站。"}
    with TextShelf(tmp_path / "stage" / "texts") as shelf:
        assert shelf.texts(["a"]) == {}


def test_a_later_stage_reads_what_an_earlier_one_put(tmp_path: Path) -> None:
    with TextShelf(tmp_path / "texts") as shelf:
        shelf.put([("a", "石桥镇"), ("b", "驿站")])
    for _ in range(2):
        with TextShelf(tmp_path / "texts", later=True) as shelf:
            assert shelf.texts(["b", "a", "c"]) == {"b": "驿站", "a": "石桥镇"}
