"""Documents cited: titles, reference numbers and issuers, told from newspapers, books and songs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.facts.documents import read_documents
from tasks.facts.text.reading import Reading

CASES = Path(__file__).parents[1] / "cases" / "facts" / "documents"


def cases() -> list[Any]:
    return [
        pytest.param(case, id=case["label"])
        for path in sorted(CASES.glob("*.json"))
        for case in json.loads(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("case", cases())
def test_a_cited_document_has_title_number_and_issuer(case: dict[str, Any]) -> None:
    found = [
        [document.title, document.number, document.issuer]
        for document in read_documents(Reading(case["given"]["text"]))
    ]
    assert found == case["expect"], case["comment"]


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "《",
                "》",
                "印发",
                "国发",
                "〔2019〕",
                "12号",
                "（",
                "）",
                "意见",
                "办法",
                "县政府",
                "的",
                "，",
                "日报",
                "合唱",
                "\n",
            ]
        ),
        st.text(max_size=3),
    ),
    max_size=20,
).map("".join)


@settings(max_examples=200, deadline=None)
@given(PIECES)
def test_every_document_stands_at_its_offsets(text: str) -> None:
    for document in read_documents(Reading(text)):
        surface = text[document.start_char : document.end_char]
        assert (document.title or document.number or "?") in surface
