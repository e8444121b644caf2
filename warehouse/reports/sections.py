"""What the report on a warehouse shows: each section a query over the marts, a picture or a table, and what it must not
be read as."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from warehouse.reports.pictures import (
    Row,
    bars,
    curves,
    heat,
    matrix,
    small_multiples,
    stacked_bars,
    tile_grid,
    timeline,
)

ROWS_SHOWN = 25  # of a table: a report is for reading, the mart has them all
_SITES_SHOWN = 25  # of the matrix: more rows and columns are no longer told apart on a page

# What is claimed of places in each year, counted once for each place: what is at work, tried, planned, ended.
CLAIMS_BY_YEAR = """
with firsts as (
    select
        c.practice_id, c.place_name,
        case
            when c.status = 'adopted' then 'adopted'
            when c.status = 'trial' then 'trial'
            when c.status in ('planned', 'applied', 'proposed') then 'planned'
        end as claim,
        min(year(coalesce(c.stated_on, c.reported_on))) as year
    from mart.practice_claims as c
    where c.place_name is not null and c.role = 'own' and c.left_out is distinct from 'linked_span'
    group by all
    -- An ending that an adoption follows is none.
    union all
    select a.practice_id, a.place_name, 'ended' as claim, year(a.ended_on) as year
    from mart.adoptions as a where a.ended_on is not null and a.is_own_report
),
counted as (
    select practice_id, claim, year, count(*) as places from firsts
    where claim is not null and year is not null group by all
)
""".strip()


@dataclass(frozen=True)
class Section:
    """``query`` gives the rows; ``picture`` draws them (None: they are shown as a table); ``caveat`` says how to read
    it."""

    title: str
    query: str
    caveat: str
    picture: Callable[[Sequence[Row]], str] | None = None


SECTIONS: tuple[Section, ...] = (
    Section(
        "The corpus",
        "select (select count(*) from core.documents) as pages, (select count(*) from core.articles) as articles,"
        " (select count(*) from core.stories) as stories,"
        " (select count(distinct site) from core.articles) as sites,"
        " (select count(*) from core.practices) as practices,"
        " (select count(*) from core.figures) as figures, (select count(*) from core.quotes) as quotes,"
        " (select min(published_on) from core.articles) as first_day,"
        " (select max(published_on) from core.articles) as last_day",
        "Stories count reprints once. A day is that of publication; pages without one are in no count by time.",
    ),
    Section(
        "Coverage by province",
        "select adcode, full_place_name as province, sum(subtree_story_count)::bigint as count from mart.places_by_year"
        " where level = 'province' group by all order by count desc, province",
        "Stories that name the province or a place in it. Where "
        "the sources do not look nothing is seen: an empty tile is"
        " no sign that nothing happened there.",
        lambda rows: tile_grid(rows, "stories"),
    ),
    Section(
        "Coverage over time",
        "select full_place_name as province, year, sum(subtree_story_count)::bigint as stories from mart.places_by_year"
        " where level = 'province' and year is not null group by all order by province, year",
        "A curve of adoptions follows the coverage of its years: compare the two before one is explained.",
        lambda rows: heat(rows, "year", "province", "stories", "stories"),
    ),
    Section(
        "Articles by year",
        "select year(published_on) as year, count(*) as articles from core.articles"
        " where published_on is not null group by all order by year",
        "Rises and falls are those of the sources first of all.",
        lambda rows: bars(rows, "year", "articles", "articles"),
    ),
    Section(
        "Articles by site",
        "select coalesce(site, '(no name)') as site, sum(article_count)::bigint "
        "as articles, sum(original_count)::bigint as originals,"
        " sum(reprint_count)::bigint as reprints, min(month) as first_month, max(month) as last_month"
        f" from mart.articles_by_site_and_month group by all order by articles desc, site limit {ROWS_SHOWN}",
        "Original: the earliest copy that is known. An earlier one may lie outside the sources.",
    ),
    Section(
        "Adoption of the practices of most places: planned, tried, at work, ended",
        f"{CLAIMS_BY_YEAR},\n"
        "widest as (\n"
        "    select practice_id from mart.practice_adoption_by_year where not is_generic and not is_national\n"
        "    group by practice_id order by max(cumulative_place_count) desc, practice_id limit 6\n"
        ")\n"
        "select p.name as practice, c.claim, c.year,\n"
        "    sum(c.places) over (partition by c.practice_id, c.claim order by c.year)::bigint as places\n"
        "from counted as c semi join widest as w using (practice_id) join core.practices as p using (practice_id)\n"
        "order by practice, claim, year",
        "Places so far of which a text claims it, each from the "
        "first year. Only adopted and trial are adoptions. Dated by"
        " what the sentence says, else by the first report: a curve of reports lags.",
        lambda rows: small_multiples(rows, "year", "places", "claim", "practice", "places so far"),
    ),
    Section(
        "What is claimed of places",
        "select status, count(*) as places, count(distinct practice_id) "
        "as practices, sum(story_count)::bigint as stories"
        " from mart.adoptions group by all order by places desc, status",
        "Only adopted and trial are adoptions. Planned, proposed, "
        "ended, visited and the others are kept to be told apart.",
    ),
    Section(
        "Spread of the practice with the most followers",
        "with widest as (select practice_id from mart.practice_spread where not is_generic and not is_national"
        " group by practice_id order by count(*) desc, practice_id limit 1)"
        " select coalesce(adopted_on, first_reported_on) as day, full_place_name as place, relation, practice_name"
        " from mart.practice_spread where practice_id in (from widest) order by day, place limit 40",
        "A later place has not learned from the first one because "
        "it is later. Lags between reports are not lags between"
        " decisions.",
        lambda rows: timeline(rows, "day", "place", "relation", str(rows[0]["practice_name"])),
    ),
    Section(
        "Pilots and models",
        "select full_place_name as place, practice_name as practice, designation, status, designated_by, reported_on,"
        " article_id || ':' || start_char as evidence"
        f" from mart.pilots order by reported_on desc nulls last, place, practice limit {ROWS_SHOWN}",
        "The latest. A name given to a place; whether anything was done there is another question.",
    ),
    Section(
        "Who reprints whom",
        "with sums as (select original_site, copying_site, story_count as stories,"
        " sum(story_count) over (partition by original_site) as "
        "printed, sum(story_count) over (partition by copying_site)"
        " as copied from mart.reprints_by_site_pair where not is_same_site)"
        " select original_site, copying_site, stories from sums"
        f" qualify dense_rank() over (order by printed desc, original_site) <= {_SITES_SHOWN}"
        f" and dense_rank() over (order by copied desc, copying_site) <= {_SITES_SHOWN}"
        " order by stories desc, original_site, copying_site",
        "Rows are the sites that copied. The original is the earliest "
        "copy that is known or the outlet that copies name.",
        lambda rows: matrix(rows, "original_site", "copying_site", "stories", "stories"),
    ),
    Section(
        "Figures in conflict",
        "select scope, subject, full_place_name as place, unit, lowest_value, highest_value, article_count as articles,"
        " list_transform(statements[:2], lambda s: s.article_id || ':' || s.start_char) as evidence"
        f" from mart.figure_conflicts order by scope, articles desc, subject, place limit {ROWS_SHOWN}",
        "The same subject, place and unit stated with different values: read the sentences before one is called wrong.",
    ),
    Section(
        "Damage by site",
        "select coalesce(site, '(no name)') as site, unnest(map_keys(repairs_by_kind)) "
        "as kind, unnest(map_values(repairs_by_kind))::bigint as repairs"
        f" from (from mart.damage_by_site order by repair_count desc, site limit {_SITES_SHOWN}) order by site, kind",
        "Repairs can be undone one by one (core.repairs); byte_shift, pinyin and lost are the marks of mirror sites.",
        lambda rows: stacked_bars(rows, "site", "repairs", "kind", "repairs"),
    ),
    Section(
        "Damage before and after",
        "select kind, damaged as before, restored as after, confidence, "
        "site from (select r.*, coalesce(s.site, d.site_key)"
        " as site, row_number() over (partition by r.kind order by length(r.damaged) between 4 and 40 desc,"
        " r.confidence desc, r.document_id, r.ordinal) as place from core.repairs as r join core.documents as d using"
        " (document_id) left join mart.sites as s using (site_key) where r.kind not in ('spacing', 'normalization'))"
        " where place = 1 order by kind",
        "One repair of each kind. What no byte is left of is marked □ and stays so unless another copy prints it.",
    ),
    Section(
        "Lost for good",
        "select coalesce(site, '(no name)') as site, document_count "
        "as pages, repair_count as repairs, lost_char_count as characters_lost,"
        " round(removed_share, 2) as share_removed from mart.damage_by_site"
        f" order by characters_lost desc, repairs desc, site limit {ROWS_SHOWN}",
        "What is removed is furniture of the page, not text of the "
        "article: core.removed_blocks holds it with its reason.",
    ),
    Section(
        "Left out of the summaries",
        "select summary, reason, sum(mention_count)::bigint as mentions from mart.exclusions"
        " group by all order by mentions desc, summary, reason",
        "What a summary leaves out, and why; the mentions themselves are in core.practice_mentions.",
    ),
    Section(
        "Sources",
        "select source, kind, started_at::date as day, new_count as new, unchanged_count as unchanged, failed_count as"
        " failed, left_count as left_for_next_time, example from core.source_runs"
        " qualify row_number() over (partition by source order by started_at desc) = 1"
        f" order by failed desc, source limit {ROWS_SHOWN}",
        "How each source fared when it was last visited; fangzhi status tells of those that failed or went quiet.",
    ),
    Section(
        "Runs",
        "select started_at::date as day, status, input_count as inputs, loaded_count as loaded, copy_count as copies,"
        " rejected_count as rejected, new_document_count as new from core.runs order by started_at desc limit 30",
        "Inputs = loaded + copies + rejected; core.source_runs has a row for each source.",
    ),
)


def practice_sections(name: str) -> tuple[Section, ...]:
    """The sections of one practice, by its name."""
    return (*_places_of(name), *_said_of(name))


def _places_of(name: str) -> tuple[Section, ...]:
    quoted = name.replace("'", "''")
    of_practice = f"practice_name = '{quoted}'"
    return (
        Section(
            "First adopters",
            "select place_name as place, level, status, adopted_earliest "
            "as earliest, adopted_latest as latest, precision,"
            " basis, story_count as stories, confidence, article_id || ':' |"
            "| start_char as evidence from mart.adoptions"
            f" where {of_practice} and status in ('adopted', 'trial')"
            f" order by adopted_earliest nulls last, adopted_latest nulls last, place limit {ROWS_SHOWN}",
            "fangzhi cite EVIDENCE shows the sentence of a row. A day with the basis reported can be late.",
        ),
        Section(
            "Map",
            "select p.province_adcode as adcode, p.province_name as "
            "province, count(*) as count from mart.adoptions as a"
            " join mart.place_ancestry as p on a.adcode = p.adcode"
            f" where a.{of_practice} and a.status in ('adopted', 'trial') group by all order by count desc, province",
            "Places at any level that have it, adopted or on trial. An empty tile is no sign that nobody there has it.",
            lambda rows: tile_grid(rows, "places"),
        ),
        Section(
            "Planned, tried, at work, ended",
            f"{CLAIMS_BY_YEAR}\n"
            "select p.name as practice, c.claim, c.year,\n"
            "    sum(c.places) over (partition by c.claim order by c.year)::bigint as places\n"
            "from counted as c join core.practices as p using (practice_id)\n"
            f"where p.name = '{quoted}' order by claim, year",
            "Places so far of which a text claims it. Only adopted and trial are adoptions.",
            lambda rows: curves(rows, "year", "places", "claim", "places so far"),
        ),
        Section(
            "Timeline",
            "select coalesce(adopted_earliest, first_reported_on) "
            "as day, place_name as place, status from mart.adoptions"
            f" where {of_practice} and coalesce(adopted_earliest, first_reported_on) is not null"
            " order by day, place limit 60",
            "By what the sentence says, else by the first report.",
            lambda rows: timeline(rows, "day", "place", "status", name),
        ),
        Section(
            "What else is claimed of places",
            "select place_name as place, level, status, story_count as stories, article_id || ':' |"
            "| start_char as evidence"
            f" from mart.adoptions where {of_practice} and status not in ('adopted', 'trial')"
            f" order by status, place limit {ROWS_SHOWN}",
            "Plans, visits, calls and denials are no adoptions.",
        ),
    )


def _said_of(name: str) -> tuple[Section, ...]:
    quoted = name.replace("'", "''")
    of_practice = f"practice_name = '{quoted}'"
    named = (
        "select distinct m.article_id from core.practice_mentions as m join core.practices as p using (practice_id)"
        f" where p.name = '{quoted}'"
    )
    return (
        Section(
            "Quotations",
            "select text as quotation, speaker, speaker_role as post, "
            "first_reported_on as day, article_count as articles,"
            f" article_id || ':' || start_char as evidence from mart.practice_quotes where {of_practice}"
            f" order by speaker is null, article_count desc, day, evidence limit {ROWS_SHOWN}",
            "Who is quoted on it: the words as printed, which are not always those that were spoken.",
        ),
        Section(
            "Figures",
            "select subject, value, value_max, unit, place_name as place, year, sentence,"
            f" article_id || ':' || start_char as evidence from mart.practice_figures where {of_practice}"
            f" order by link = 'sentence' desc, article_count desc, evidence limit {ROWS_SHOWN}",
            "Figures of the sentences and paragraphs that name it; claimed by those who claim it, checked by nobody.",
        ),
        Section(
            "Documents",
            "select d.title, max(d.number) as number, max(d.issuer) "
            "as issuer, count(distinct d.article_id) as articles,"
            " min(d.article_id || ':' || d.start_char) as evidence from core.document_mentions as d"
            f" where d.article_id in ({named}) and d.title is not null"
            f" group by d.title order by articles desc, d.title limit {ROWS_SHOWN}",
            "Policy documents that the articles about it cite, for it or for something else.",
        ),
        Section(
            "Pages",
            "select b.published_on as day, b.site, b.outlet, b.title, b.uri as page, b.role,"
            f" b.article_id from mart.articles as b where b.facts_article_id in ({named})"
            " order by b.published_on nulls last, b.article_id limit 200",
            "Every page on which it is named, reprints and mirrors included.",
        ),
    )
