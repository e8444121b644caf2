"""Invented articles, damaged the way mirrors do it, come back; driven by hypothesis over sites' tables and cuts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.repair.repaired import LOST_MARK, undo
from tasks.repair.sources import repair_source
from tests.damage_simulator import PINYIN_OF, Lost, damage, to_mirror_traditional

ARTICLES = json.loads((Path(__file__).parents[1] / "cases" / "repair" / "clean_articles.json").read_text("utf-8"))

tables = st.lists(st.sampled_from(sorted(PINYIN_OF)), min_size=30, max_size=90, unique=True)
sites = st.fixed_dictionaries(
    {
        "table": tables,
        "cuts": st.sampled_from(["", "！", "！？", "！？。"]),
        "strict_python": st.booleans(),
        "lost": st.sampled_from(["?", "?", ""]),
        "lost_at_cut": st.sampled_from([None, ""]),
    }
)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(article=st.sampled_from(ARTICLES), site=sites)
def test_damaged_articles_come_back_and_what_is_wrong_is_doubted(article: str, site: dict[str, object]) -> None:
    text = to_mirror_traditional(article)
    damaged = damage(
        text,
        {character: PINYIN_OF[character] for character in site["table"]},  # type: ignore[attr-defined]
        str(site["cuts"]),
        strict_python=bool(site["strict_python"]),
        lost="" if site["lost"] == "" and not site["strict_python"] else "?",
        lost_at_cut=site["lost_at_cut"],  # type: ignore[arg-type]
    )
    repaired = repair_source(damaged)
    assert undo(repaired.text, repaired.repairs) == damaged
    if repaired.text.split() != text.split():
        doubted = [repair for repair in repaired.repairs if repair.confidence < 0.9]
        assert doubted or LOST_MARK in repaired.text


@pytest.mark.parametrize("lost_at_cut", ["?", ""])
def test_nearly_all_runs_of_the_invented_articles_are_restored_exactly(lost_at_cut: Lost) -> None:
    wrong = total = 0
    for index, article in enumerate(ARTICLES):
        text = to_mirror_traditional(article)
        for offset in range(0, 60, 12):
            characters = (sorted(PINYIN_OF) * 2)[offset + index : offset + index + 60]
            damaged = damage(
                text, {each: PINYIN_OF[each] for each in characters}, lost_at_cut=lost_at_cut, strict_python=True
            )
            restored = repair_source(damaged).text
            for before, after in zip(text.split("\n"), restored.split("\n"), strict=True):
                total += 1
                wrong += before != after
    assert total > 80
    assert wrong <= 0.08 * total
