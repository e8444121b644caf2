"""Places, dates and figures of whole articles in five genres, annotated before the rules were written: their shares
hold.

The articles are invented (a communiqué, a feature, news of a regiment, a notice with a table, a police report), so that
rules are held against text nobody had in mind for them. A share that falls below its floor means that a rule fits its
cases only.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tasks.facts.dates.reading import read_dates
from tasks.facts.figures.reading import read_figures
from tasks.facts.places.reading import read_places
from tasks.facts.text.reading import Reading
from tasks.records import DateMention, Figure, PlaceMention

ARTICLES = Path(__file__).parents[1] / "cases" / "facts" / "articles"
GENRES = ("communique", "tourism", "regiment", "notice", "police")
Facts = dict[str, list[dict[str, Any]]]


def read(genre: str) -> tuple[Facts, tuple[PlaceMention, ...], tuple[DateMention, ...], tuple[Figure, ...]]:
    case = json.loads((ARTICLES / f"{genre}.json").read_text("utf-8"))
    (article,) = case["articles"]
    lines = [line for part in article["body"] for line in (part["heading"], *part["paragraphs"]) if line]
    day = date.fromisoformat(article["published_at"])
    reading = Reading("\n".join(lines), title=article["title"], published_on=day, site=article["site"])
    places, dates = read_places(reading), read_dates(reading)
    return case["facts"], places.mentions, dates, read_figures(reading, places, dates)


def harmony(wanted: Counter[Any], may: Counter[Any], found: Counter[Any]) -> tuple[int, int]:
    """Twice the hits, and what was wanted and found together, without what may be found or not: F1 is their ratio."""
    return 2 * (wanted & found).total(), wanted.total() + (found - (may - wanted)).total()


def measured(kind: str) -> float:
    hits = total = 0
    for genre in GENRES:
        facts, places, dates, figures = read(genre)
        wanted, may, found = Counter[Any](), Counter[Any](), Counter[Any]()
        if kind == "figures":
            keys = [((row["value"], row["value_max"], row["unit"]), row.get("optional")) for row in facts["figures"]]
            found.update((figure.value, figure.value_max, figure.unit) for figure in figures)
        elif kind == "dates":
            keys = [(row["iso"], row.get("optional")) for row in facts["dates"]]
            found.update(mention.iso for mention in dates)
        else:
            is_township = kind == "townships"
            named = [row for row in facts["places"] if (row["adcode"] is None) == is_township]
            keys = [(row["name"], row.get("optional")) for row in named]
            found.update({mention.place_name for mention in places if (mention.adcode is None) == is_township})
        for key, is_optional in keys:
            (may if is_optional else wanted)[key] += 1
        if kind == "dates":  # a date that is said twice is one of them
            wanted, found = Counter(set(wanted)), Counter(set(found))
        elif kind == "figures":
            wanted, found = (Counter({_rounded(key): count for key, count in keys.items()}) for keys in (wanted, found))
            may = Counter({_rounded(key): count for key, count in may.items()})
        more_hits, more = harmony(wanted, may, found)
        hits, total = hits + more_hits, total + more
    return hits / total


def _rounded(key: tuple[float, float | None, str]) -> tuple[str, str, str]:
    value, high, unit = key
    return f"{value:.4g}", "" if high is None else f"{high:.4g}", unit


@pytest.mark.parametrize(("kind", "floor"), [("places", 0.97), ("townships", 0.92), ("dates", 0.95), ("figures", 0.97)])
def test_other_genres_are_read_as_well(kind: str, floor: float) -> None:
    assert measured(kind) >= floor


def test_five_of_six_figures_name_what_they_count() -> None:
    right = total = 0
    for genre in GENRES:
        facts, _, _, figures = read(genre)
        left = list(figures)
        for row in facts["figures"]:
            same = next((f for f in left if (round(f.value, 3), f.unit) == (round(row["value"], 3), row["unit"])), None)
            if same is None or row["subject"] is None:
                continue
            left.remove(same)
            total += 1
            short, long = sorted((same.subject or "", row["subject"]), key=len)
            right += len(short) > 1 and short in long
    assert right / total >= 5 / 6
