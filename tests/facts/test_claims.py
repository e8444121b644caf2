"""What sentences claim of a practice: status, places and time, by invented sentences with the mention in 【】."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tasks.facts.claims.clauses import surroundings
from tasks.facts.claims.reading import Claims, read_claims
from tasks.facts.claims.sign import Sign
from tasks.facts.claims.signs import SIGNS
from tasks.facts.claims.status import judge
from tasks.facts.kinds import read_facts
from tasks.facts.organizations.reading import read_organizations
from tasks.facts.places.reading import read_places
from tasks.facts.text.reading import Reading
from tasks.records import PracticeMention
from tests.reaches import sides

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
        for name in (
            "status.json",
            "places.json",
            "times.json",
            "courtyards.json",
            "hamlets.json",
            "lanes.json",
            "quays.json",
            "hillsides.json",
            "terraces.json",
        )
        for case in cases(name)
    ],
)
def test_a_sentence_claims_what_it_says(case: dict[str, Any]) -> None:
    assert wrong(case) == {}, case["text"]


@pytest.mark.parametrize("case", cases("articles.json"))
def test_an_article_claims_what_it_says_and_nothing_else(case: dict[str, Any]) -> None:
    on = case["published_on"]
    reading = Reading(case["text"], title=case["title"], published_on=date.fromisoformat(on) if on else None)
    facts = read_facts(reading)
    places: dict[int, list[str]] = {}
    for place in facts.practice_mention_places:
        if place.role == "own":
            places.setdefault(place.start_char, []).append(place.place_name)
    claimed = {place.start_char for place in facts.practice_mention_places}
    found = {
        (mention.name, mention.status, name, str(mention.stated_on) if mention.stated_on else None)
        for mention in facts.practice_mentions
        for name in places.get(mention.start_char, [] if mention.start_char in claimed else [None])
    }
    assert found == {tuple(row) for row in case["claims"]}


def sign_at(text: str) -> str | None:
    plain, start, end = marked(text)
    return judge(surroundings(Reading(plain), start, end)).sign


@pytest.mark.parametrize("sign", SIGNS, ids=[sign.name for sign in SIGNS])
def test_a_sign_shows_in_its_example_and_not_in_its_counter_example(sign: Sign) -> None:
    assert sign_at(sign.example) == sign.name
    assert sign_at(sign.counter_example) != sign.name


def test_a_clause_of_nothing_but_words_of_signs_costs_no_more_than_others() -> None:
    """Signs that try every way to split a clause would not come back from this one."""
    words = "将在各用以为把将全面继续没有不再在每在用" * 40
    plain = f"{words}“板凳会”{words}"
    start = plain.index("板凳")
    assert judge(surroundings(Reading(plain), start, start + 3)).status


def test_places_of_a_mention_are_named_once_and_in_the_order_of_the_text() -> None:
    claims = claims_of({"text": "长兴县、安吉县、长兴县推行【邻里茶桌】。"})
    assert [place.place_name[-3:] for place in claims.places] == ["长兴县", "安吉县"]


@pytest.mark.parametrize(
    ("text", "expect"),
    [
        ("2019年安吉县梅溪镇推行【邻里茶桌】，2021年扩大到天荒坪镇。", {"梅溪镇": 2019, "天荒坪镇": 2021}),
        ("2019年推行【邻里茶桌】，2021年扩大到安吉县梅溪镇。", {"梅溪镇": 2021}),
        ("2019年推行【邻里茶桌】，先在安吉县梅溪镇试点。", {"梅溪镇": 2019}),
    ],
)
def test_a_place_of_a_later_clause_has_the_day_of_that_clause(text: str, expect: dict[str, int]) -> None:
    places = claims_of({"text": text, "published_on": "2022-06-15"}).places
    found = {place.place_name.rpartition("县")[2]: place.stated_on.year for place in places if place.stated_on}
    assert found == expect


def test_a_county_gives_way_to_its_township_only_where_it_is_named_no_more_often() -> None:
    text = "安吉县推行邻里茶桌。安吉县的邻里茶桌有名。安吉县的邻里茶桌开了六年。梅溪镇的邻里茶桌在老街。"
    starts = [at for at in range(len(text)) if text.startswith("邻里茶桌", at)]
    reading = Reading(text)
    mentions = [PracticeMention(at, at + 4, "邻里茶桌", "邻里茶桌", "other", None) for at in starts]
    often = read_claims(reading, read_places(reading), mentions).places
    once = read_claims(reading, read_places(reading), [mentions[0], mentions[-1]]).places
    assert [(place.place_name[-3:], place.role) for place in often] == [*[("安吉县", "own")] * 3, ("梅溪镇", "own")]
    assert [(place.place_name[-3:], place.role) for place in once] == [("安吉县", "superior"), ("梅溪镇", "own")]


def test_a_county_that_set_it_up_itself_keeps_its_claim_beside_its_township() -> None:
    for verb, role in (("创新探索实施的", "own"), ("推行", "superior")):
        text = f"梅溪镇用邻里茶桌调解。安吉县{verb}邻里茶桌，解了纠纷。"
        starts = [at for at in range(len(text)) if text.startswith("邻里茶桌", at)]
        reading = Reading(text)
        mentions = [PracticeMention(at, at + 4, "邻里茶桌", "邻里茶桌", "other", None) for at in starts]
        found = read_claims(reading, read_places(reading), mentions).places
        assert [(place.place_name[-3:], place.role) for place in found] == [("梅溪镇", "own"), ("安吉县", role)]


@pytest.mark.parametrize(("text", "title", "expect"), sides("claims"))
def test_a_claim_reaches_so_far_and_no_farther(text: str, title: str, expect: dict[str, Any]) -> None:
    claims = claims_of({"text": text, "title": title, "published_on": "2021-06-15"})
    (mention,) = claims.practices
    stated_on = str(mention.stated_on) if mention.stated_on else None
    places = [place.place_name for place in claims.places]
    assert {"places": places, "status": mention.status, "stated_on": stated_on} == expect
