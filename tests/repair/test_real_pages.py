"""Against material that lies beside the project and is not part of it; skipped where it is absent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tasks.repair.blocks import is_traditional, normalize_block
from tasks.repair.decoding.charsets import decode
from tasks.repair.repaired import undo
from tasks.repair.sources import repair_source

SHARED = Path(__file__).parents[2] / ".." / "shared"

needs_seeds = pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the hand-made truth of the seeds is not here")
needs_pages = pytest.mark.skipif(not (SHARED / "pages").is_dir(), reason="the collection of real pages is not here")


@needs_seeds
def test_the_gold_paragraphs_of_mirrored_pages_appear_character_for_character() -> None:
    found = total = 0
    for path in sorted((SHARED / "gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        body = (SHARED / "seeds" / f"{path.stem}.txt").read_bytes()
        text = decode(body).text
        assert text is not None
        repaired = repair_source(text)
        assert undo(repaired.text, repaired.repairs) == text
        if not is_traditional(repaired.text):
            continue  # a newspaper page: its paragraphs must be put together first
        lines = {normalize_block(line, traditional=True).text for line in repaired.text.split("\n")}
        for article in gold["articles"]:
            for part in article["body"]:
                total += len(part["paragraphs"])
                found += sum(paragraph in lines for paragraph in part["paragraphs"])
    assert found >= total - 2


@needs_pages
def test_real_pages_are_decoded_and_show_no_byte_shift_and_no_pinyin() -> None:
    wrong: list[str] = []
    for path in sorted((SHARED / "pages" / "html").iterdir()):
        text = decode(path.read_bytes()).text
        if text is None:
            wrong.append(f"{path.name}: not decoded")
            continue
        kinds = {repair.kind for repair in repair_source(text).repairs}
        wrong += [f"{path.name}: {kind}" for kind in kinds & {"byte_shift", "pinyin", "wrong_charset"}]
    assert wrong == []


@needs_pages
@pytest.mark.parametrize(("folder", "charset"), [("feeds_big5", "big5hkscs"), ("feeds_gb2312", "gb18030")])
def test_feeds_without_a_declaration_are_decoded(folder: str, charset: str) -> None:
    paths = sorted((SHARED / "pages" / "fixtures" / folder).iterdir())
    assert [path.name for path in paths if decode(path.read_bytes()).charset != charset] == []
