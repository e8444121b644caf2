"""``fangzhi cite``: from a number back to the bytes it came from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from flows.citation import bibtex, gb_t_7714
from flows.command import app
from warehouse.citations import Citation, CitationError, cite, parse_reference

pytestmark = pytest.mark.xdist_group("flow")  # one server and one load of the sample for the group


def asked(warehouse: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_a_figure_leads_back_to_the_damaged_bytes_of_its_sentence(sample_warehouse: Path) -> None:
    rows = asked(
        sample_warehouse,
        """
        select f.article_id, f.start_char, f.surface, count(*) as repair_count
        from core.figures as f join core.articles as a using (article_id) join core.repairs as r using (document_id)
        where r.kind = 'pinyin' group by all order by repair_count desc, f.article_id, f.start_char limit 1
        """,
    )
    article_id, start_char, surface, _ = rows[0]
    citation = cite(sample_warehouse, f"{article_id}:{start_char}")
    assert str(surface) in citation.sentence
    assert citation.original is not None
    assert "(" in citation.original  # the readings that the mirror put there
    assert citation.original != citation.sentence
    assert any(repair.kind == "pinyin" for repair in citation.repairs)
    printed = CliRunner().invoke(app, ["cite", f"{article_id}:{start_char}", "-w", str(sample_warehouse)]).output
    for shown in (citation.sentence, citation.content_sha256, "BibTeX", "GB/T 7714", citation.original[:12]):
        assert shown in printed


def test_nearly_every_sentence_is_found_in_the_bytes(sample_warehouse: Path) -> None:
    rows = asked(sample_warehouse, "select article_id, length(text) // 2 from core.articles order by article_id")
    found = [cite(sample_warehouse, f"{article_id}:{middle}").original is not None for article_id, middle in rows]
    assert sum(found) >= 0.95 * len(found)


def test_the_example_of_a_count_leads_to_the_first_sentence_of_an_article(sample_warehouse: Path) -> None:
    with duckdb.connect(str(sample_warehouse), read_only=True) as connection:
        (article_id, text), *_ = connection.execute(
            "select t.example_article_id, a.text from mart.places_by_year as t"
            " join core.articles as a on a.article_id = t.example_article_id order by all limit 1"
        ).fetchall()
    citation = cite(sample_warehouse, article_id)
    assert citation.start_char == 0
    assert text.startswith(citation.sentence)


def test_a_reference_to_nothing_is_a_bad_argument(sample_warehouse: Path) -> None:
    result = CliRunner().invoke(app, ["cite", "0123456789abcdef0123:5", "-w", str(sample_warehouse)])
    assert (result.exit_code, "no article" in result.output) == (2, True)
    with pytest.raises(CitationError):
        parse_reference("somewhere")


def test_references_can_be_pasted() -> None:
    citation = Citation(
        "4ea140588150773ce3d9",
        10,
        22,
        "全镇有36个议事厅。",
        "议事厅{开张}",
        "山前日报",
        "山前网",
        date(2023, 5, 6),
        ("何青禾", "沈月"),
        "http://www.example.cn/t1.html",
        None,
        "ab" * 32,
        (),
        None,
    )
    entry = bibtex(citation, date(2026, 11, 30))
    assert entry.count("{") == entry.count("}")
    assert "author = {{何青禾} and {沈月}}" in entry
    assert gb_t_7714(citation, date(2026, 11, 30)) == (
        "何青禾, 沈月. 议事厅{开张}[EB/OL]. (2023-05-06)[2026-11-30]. http://www.example.cn/t1.html."
    )


def test_evidence_and_story_lead_from_a_mart_to_page_and_copies(sample_warehouse: Path) -> None:
    (article_id, start_char, story_id), *_ = asked(
        sample_warehouse,
        "select article_id, start_char, story_id from core.figures join core.story_articles using (article_id)"
        " where story_id in (select story_id from core.stories where article_count > 1) order by all limit 1",
    )
    ((sentence, digest, of_story),) = asked(
        sample_warehouse, f"select sentence, content_sha256, story_id from evidence('{article_id}', {start_char})"
    )
    citation = cite(sample_warehouse, f"{article_id}:{start_char}")
    assert (digest, of_story) == (citation.content_sha256, story_id)
    assert str(sentence)[:8] in citation.sentence
    rows = asked(sample_warehouse, f"select article_id from story('{story_id}')")
    known = asked(sample_warehouse, f"from core.story_articles select article_id where story_id = '{story_id}'")
    assert sorted(rows) == sorted(known)
    assert len(rows) > 1
