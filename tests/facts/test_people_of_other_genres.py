"""People, bodies and speakers of whole articles in genres no rule was written for, annotated before the rules were."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from tasks.facts.kinds import read_facts
from tasks.facts.text.reading import Reading
from tasks.records import Facts

ARTICLES = Path(__file__).parents[1] / "cases" / "facts" / "articles"
GENRES = ("borderland", "minutes", "police_notice", "press_release", "remembrance", "school_news")
# A run takes the spaces between two Chinese characters out, in rows of names too.
SPACES = re.compile("(?<=[\u4e00-\u9fff])[ \N{IDEOGRAPHIC SPACE}]+(?=[\u4e00-\u9fff])")


@cache
def annotated() -> tuple[tuple[dict[str, Any], Facts], ...]:
    found = []
    for genre in GENRES:
        truth = json.loads((ARTICLES / f"{genre}.json").read_text("utf-8"))
        (article,) = truth["articles"]
        text = "\n".join(line for section in article["body"] for line in section["paragraphs"])
        reading = Reading(SPACES.sub("", text), title=article["title"], contributors=tuple(article["authors"]))
        found.append((truth["facts"], read_facts(reading)))
    return tuple(found)


def agreement(hits: int, missed: int, extra: int) -> float:
    return 2 * hits / (2 * hits + missed + extra)


def test_most_people_are_found_and_hardly_anything_else() -> None:
    hits = missed = extra = 0
    for truth, facts in annotated():
        forms = [{person["name"], *person.get("aliases", ())} for person in truth["people"]]
        names = {mention.name for mention in facts.person_mentions}
        must = [form for form, person in zip(forms, truth["people"], strict=True) if not person.get("optional")]
        hits += sum(1 for form in must if form & names)
        missed += sum(1 for form in must if not form & names)
        extra += len(names - set().union(*forms))
    assert agreement(hits, missed, extra) >= 0.93


def test_most_bodies_are_found() -> None:
    hits = missed = extra = 0
    for truth, facts in annotated():
        forms = [{body["name"], *body["surface"]} for body in truth["organizations"]]
        found = {(mention.name, mention.surface) for mention in facts.organization_mentions}
        either = {form for pair in found for form in pair}
        must = [form for form, body in zip(forms, truth["organizations"], strict=True) if not body.get("optional")]
        hits += sum(1 for form in must if form & either)
        missed += sum(1 for form in must if not form & either)
        every = set().union(*forms)
        extra += len({name for name, surface in found if not {name, surface} & every})
    assert agreement(hits, missed, extra) >= 0.8


def test_quotes_have_their_speakers() -> None:
    right = of = 0
    for truth, facts in annotated():
        for quote in truth["quotes"]:
            found = [mine for mine in facts.quotes if mine.text == quote["text"]]
            of += 1
            right += any(mine.speaker == quote["speaker"] for mine in found)
    assert right / of >= 0.7
