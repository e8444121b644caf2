"""Which names the spread over provinces marks as generic, on a generated country, for several thresholds.

``python -m tests.benchmarks.bench_generic_names`` makes names of six sorts: brands of one place, of one region and of
the whole country (which have a province that leads), names that were coined a few times by chance, generic names and
national programmes (which follow where the counties are). A corpus sees only a share of the places. The rule of
``sql/fills/practices.sql`` runs as it stands, and with other numbers in the place of its own.
"""

from __future__ import annotations

import random
from collections import defaultdict
from functools import cache

import duckdb
import polars as pl

from tasks.lexicon.gazetteer import places
from warehouse.models import create_tables
from warehouse.schemas import SQL_FOLDER

# Sort, places of a name (least, most), share of them in the leading province (least, most), provinces beside it.
_SORTS = (
    ("one place", 1, 6, 1.0, 1.0, 0),
    ("one region", 5, 40, 0.6, 0.9, 4),
    ("whole country, with a leader", 30, 150, 0.38, 0.6, 31),
    ("coined by chance", 3, 9, 0.2, 0.5, 5),
    ("generic", 12, 200, 0.0, 0.0, 31),
    ("national", 50, 600, 0.0, 0.0, 31),
)
_NAMES = 300  # of each sort
_SEEN = (0.1, 0.3, 1.0)  # shares of the places that a corpus sees
_RULES = (
    (5, 3),
    (5, 4),
    (6, 4),
    (8, 2),
    (8, 3),
    (8, 4),
    (8, 5),
    (12, 4),
)  # least provinces; the leading one has at most one place in so many


def _places(sort: tuple[str, int, int, float, float, int], chance: random.Random) -> list[tuple[str, str]]:
    """Code and full name of the counties that use a name of ``sort``."""
    by_province = _counties()
    provinces = sorted(by_province)
    _, least, most, low, high, others = sort
    count = int(least * (most / least) ** chance.random())
    leading = chance.choice(provinces)
    led = round(count * chance.uniform(low, high))
    beside = [one for one in chance.sample(provinces, min(others, len(provinces))) if one != leading]
    elsewhere = [county for province in beside for county in by_province[province]]
    inside = chance.sample(by_province[leading], min(led, len(by_province[leading])))
    return inside + chance.sample(elsewhere, min(count - led, len(elsewhere)))


@cache
def _counties() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for adcode, _, full_name, level, *_ in places():
        if level == "county":
            found[adcode[:2]].append((adcode, full_name))
    return found


def _marked(seen: float, least_provinces: int, part: int) -> dict[str, int]:
    """How many names of each sort are marked where a corpus sees the share ``seen`` of their places."""
    chance = random.Random(7)
    fill = (SQL_FOLDER / "fills" / "practices.sql").read_text("utf-8")
    own = "count(*) >= 6 and max(p.place_count) * 4 <= sum(p.place_count)"
    assert own in fill
    fill = fill.replace(own, f"count(*) >= {least_provinces} and max(p.place_count) * {part} <= sum(p.place_count)")
    with duckdb.connect() as connection:
        create_tables(connection)
        rows = [
            (f"{sort[0]} {number}", *county)
            for sort in _SORTS
            for number in range(_NAMES)
            for county in _places(sort, chance)
            if chance.random() < seen
        ]
        seen_rows = pl.DataFrame(rows, schema=["name", "adcode", "place_name"], orient="row").with_row_index("number")
        connection.register("seen_rows", seen_rows)
        connection.execute(
            "insert into core.practice_mentions by name select printf('%020x', number) as article_id, 0 as start_char,"
            " 4 as end_char, name as surface, name, 'other' as kind, [] as parts, 'adopted' as status,"
            " md5(name) as practice_id, md5(name) as spelling_id from seen_rows;"
            "insert into core.practice_mention_places by name select printf('%020x', number) as article_id,"
            " 0 as start_char, place_name, adcode, 'county' as level, 'own' as role from seen_rows"
        )
        connection.execute(fill)
        marked = connection.execute("select name from core.practices where is_generic").fetchall()
    counts = dict.fromkeys((sort[0] for sort in _SORTS), 0)
    for (name,) in marked:
        counts[name.rpartition(" ")[0]] += 1
    return counts


def main() -> None:
    """Print the share of names of each sort that is marked, in percent, by rule and share of places seen."""
    print("provinces", "leading at most", "seen", *(sort[0] for sort in _SORTS), sep="\t")
    for least, part in _RULES:
        for seen in _SEEN:
            counts = _marked(seen, least, part)
            print(least, f"1/{part}", seen, *(round(100 * count / _NAMES) for count in counts.values()), sep="\t")


if __name__ == "__main__":
    main()
