"""An analyst finds in the loaded sample what its authors put there: tests/sample/expected.json."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from tests.flows.sample_runs import SAMPLE

pytestmark = pytest.mark.xdist_group("flow")  # one server and one load of the sample for the group

EXPECTED: dict[str, Any] = json.loads((SAMPLE / "expected.json").read_text("utf-8"))
# Not terms_by_month: no month of the sample has the three stories that a term needs there.
MARTS = [
    "practices_by_place",
    "practice_adoption_by_year",
    "practice_spread",
    "places_by_year",
    "stories_by_reach",
    "reprints_by_site_pair",
    "figures_by_place",
    "figure_conflicts",
    "speakers",
    "organizations_by_practice",
    "articles_by_site_and_month",
    "damage_by_site",
    "pilots",
    "documents_cited",
    "run_ledger",
]


def loaded_pages() -> Iterator[tuple[str, dict[str, Any]]]:
    for group in ("pages", "rows"):
        for name, page in EXPECTED[group].items():
            if page["status"] == "loaded":
                yield name, page


def without_spaces(text: str | None) -> str | None:
    return None if text is None else "".join(text.split())


@pytest.fixture
def by_name(sample: duckdb.DuckDBPyConnection) -> dict[str, list[dict[str, Any]]]:
    """The articles of each page, by the page's path below pages/ or its uri; a copy shows those of what it copies."""
    sample.execute("set enable_progress_bar = false")
    rows = sample.execute(
        """
        select d.uri, a.title, a.published_on::varchar as published_on, a.site, a.outlet, a.text, m.story_id
        from core.documents as d
        join core.articles as a on a.document_id = coalesce(d.copy_of, d.document_id)
        join core.story_articles as m using (article_id)
        order by d.uri, a.ordinal
        """
    )
    names = [column[0] for column in rows.description or ()]
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows.fetchall():
        record = dict(zip(names, row, strict=True))
        found.setdefault(str(record["uri"]).split("/sample/pages/")[-1], []).append(record)
    return found


@pytest.mark.parametrize("mart", MARTS)
def test_every_summary_table_has_something_to_say(sample: duckdb.DuckDBPyConnection, mart: str) -> None:
    assert sample.execute(f"select count(*) from mart.{mart}").fetchall()[0][0] > 0


def test_every_page_ends_as_its_authors_say(sample: duckdb.DuckDBPyConnection) -> None:
    ended = {
        uri.split("/sample/pages/")[-1]: status
        for uri, status in sample.execute("select uri, status from core.documents").fetchall()
    }
    # Which of two pages with the same bytes counts as the copy is the loader's choice.
    for group in ("pages", "rows"):
        for name, page in EXPECTED[group].items():
            either = {"loaded", "copy"} if page["status"] in {"loaded", "copy"} else {"rejected"}
            assert ended[name] in either, name


def test_titles_days_and_texts_are_those_of_the_authors(by_name: dict[str, list[dict[str, Any]]]) -> None:
    for name, page in loaded_pages():
        wanted = page.get("articles", [])
        if not wanted:
            continue
        assert len(by_name[name]) == len(wanted), name
        for found, truth in zip(by_name[name], wanted, strict=True):
            assert found["title"] == without_spaces(truth["title"]), name
            assert found["published_on"] == truth["published_on"], name
            if not truth.get("damage"):
                assert without_spaces(found["text"]) == without_spaces(truth["text"]), name


def test_reprints_are_one_story_and_different_articles_are_not(by_name: dict[str, list[dict[str, Any]]]) -> None:
    story_of: dict[str, set[str]] = {}
    for name, page in loaded_pages():
        for found, truth in zip(by_name[name], page.get("articles", []), strict=False):
            story_of.setdefault(truth["story"], set()).add(found["story_id"])
    assert {story: len(ids) for story, ids in story_of.items() if len(ids) != 1} == {}
    assert len(set.union(*story_of.values())) == len(story_of)


@pytest.mark.parametrize("spread", EXPECTED["spread"], ids=lambda spread: spread["practice"])
def test_a_practice_spreads_as_its_authors_say(sample: duckdb.DuckDBPyConnection, spread: dict[str, Any]) -> None:
    first, *later = spread["places"]
    rows = sample.execute(
        "select first_adcode, first_place_reported_on::varchar, adcode, first_reported_on::varchar, reported_lag_days,"
        " relation from mart.practice_spread where practice_name = ?",
        [spread["practice"]],
    ).fetchall()
    assert {row[:2] for row in rows} == {(first["adcode"], first["first_reported_on"])}
    expected = [(place["adcode"], place["first_reported_on"], place["lag_days"], place["relation"]) for place in later]
    assert sorted(row[2:] for row in rows) == sorted(expected)


@pytest.mark.parametrize("conflict", EXPECTED["figure_conflicts"], ids=lambda conflict: conflict["place"])
def test_a_figure_stated_in_two_ways_is_found(sample: duckdb.DuckDBPyConnection, conflict: dict[str, Any]) -> None:
    rows = sample.execute("select unit, lowest_value, highest_value from mart.figure_conflicts").fetchall()
    assert (conflict["unit"], float(min(conflict["values"])), float(max(conflict["values"]))) in rows


def test_pilots_and_cited_documents_are_found(sample: duckdb.DuckDBPyConnection) -> None:
    pilots = set(sample.execute("select full_place_name, practice_name from mart.pilots").fetchall())
    for pilot in EXPECTED["pilots"]:
        assert any(
            str(place).endswith(pilot["place"]) and practice == pilot["practice"] for place, practice in pilots
        ), pilot
    cited = set(sample.execute("select title, number from mart.documents_cited").fetchall())
    assert {(document["title"], document.get("number")) for document in EXPECTED["documents"]} <= cited
