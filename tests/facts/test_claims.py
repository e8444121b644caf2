"""What sentences claim of a practice: status, places and time, by invented sentences with the mention in 【】."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tasks.facts.claims.clauses import surroundings
from tasks.facts.claims.reading import Claims, read_claims
from tasks.facts.claims.signs import SIGNS, Sign
from tasks.facts.claims.status import judge
from tasks.facts.organizations.reading import read_organizations
from tasks.facts.places.reading import read_places
from tasks.facts.text.reading import Reading
from tasks.records import PracticeMention

CASES = Path(__file__).parents[1] / "cases" / "claims"


def marked(text: str) -> tuple[str, int, int]:
    """``text`` without the brackets, and where what they hold begins and ends."""
    start = text.index("【")
    return text.replace("【", "").replace("】", ""), start, text.index("】") - 1


def claims_of(case: dict[str, Any]) -> Claims:
    """What the sentence of ``case`` claims of its mention."""
    text, start, end = marked(case["text"])
    on = case.get("published_on")
    reading = Reading(text, title=case.get("title", ""), published_on=date.fromisoformat(on) if on else None)
    places = read_places(reading)
    mention = PracticeMention(start, end, text[start:end], text[start:end], "other", None)
    return read_claims(reading, places, [mention], tuple(read_organizations(reading, places)))


def cases(name: str) -> list[Any]:
    found = json.loads((CASES / name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["label"]) for case in found]


def wrong(case: dict[str, Any]) -> dict[str, Any]:
    """What ``case`` promises and is not so, with what is."""
    claims = claims_of(case)
    (mention,) = claims.practices
    days = [str(day) if day else None for day in (mention.stated_on, mention.stated_until)]
    found = {
        "status": mention.status,
        "places": [place.place_name for place in claims.places],
        "stated": [*days, mention.stated_precision] if mention.stated_precision else None,
    }
    return {key: value for key, value in found.items() if key in case and case[key] != value}


@pytest.mark.parametrize(
    "case",
    [
        case
        for name in ("status.json", "places.json", "times.json", "courtyards.json", "hamlets.json")
        for case in cases(name)
    ],
)
def test_a_sentence_claims_what_it_says(case: dict[str, Any]) -> None:
    assert wrong(case) == {}, case["text"]


def sign_at(text: str) -> str | None:
    plain, start, end = marked(text)
    return judge(surroundings(Reading(plain), start, end)).sign


@pytest.mark.parametrize("sign", SIGNS, ids=[sign.name for sign in SIGNS])
def test_a_sign_shows_in_its_example_and_not_in_its_counter_example(sign: Sign) -> None:
    assert sign_at(sign.example) == sign.name
    assert sign_at(sign.counter_example) != sign.name
