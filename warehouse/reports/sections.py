"""What the report shows: for each section a query over the marts, a picture or a table, and what it must not be read as."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from warehouse.reports.pictures import Row, bars, curves, matrix, tile_grid, timeline

_ROWS_SHOWN = 25  # of a table: a report is for reading, the mart has them all


@dataclass(frozen=True)
class Section:
    """``query`` gives the rows; ``picture`` draws them (None: they are shown as a table); ``caveat`` says how to read it."""

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
        "select province_name as province, sum(story_count)::bigint as count from mart.places_by_year"
        " where level = 'county' and province_name is not null group by all order by count desc, province",
        "Stories that speak of a county of the province. Where the sources do not look, nothing is seen: an empty tile is no"
        " sign that nothing happened there.",
        lambda rows: tile_grid(rows, "stories"),
    ),
    Section(
        "Articles by year",
        "select year(published_on) as year, count(*) as articles from core.articles"
        " where published_on is not null group by all order by year",
        "Rises and falls are those of the sources first of all.",
        lambda rows: bars(rows, "year", "articles", "articles"),
    ),
    Section(
        "Adoption of the practices of most places",
        "with widest as (select practice_id from mart.practice_adoption_by_year where not is_generic and not is_national"
        " group by practice_id order by max(cumulative_place_count) desc, practice_id limit 8)"
        " select practice_name, year, cumulative_place_count as places from mart.practice_adoption_by_year"
        " where practice_id in (from widest) order by practice_name, year",
        "Places of which a text claims that they have the practice, adopted or on trial; general names and national"
        " programmes are left out. Dated by what the sentence says, else by the first report: a curve of reports lags.",
        lambda rows: curves(rows, "year", "places", "practice_name", "places so far"),
    ),
    Section(
        "What is claimed of places",
        "select status, count(*) as places, count(distinct practice_id) as practices, sum(story_count)::bigint as stories"
        " from mart.adoptions group by all order by places desc, status",
        "Only adopted and trial are adoptions. Planned, proposed, ended, visited and the others are kept to be told apart.",
    ),
    Section(
        "Spread of the practice with the most followers",
        "with widest as (select practice_id from mart.practice_spread where not is_generic and not is_national"
        " group by practice_id order by count(*) desc, practice_id limit 1)"
        " select coalesce(adopted_on, first_reported_on) as day, full_place_name as place, relation, practice_name"
        " from mart.practice_spread where practice_id in (from widest) order by day, place limit 40",
        "A later place has not learned from the first one because it is later. Lags between reports are not lags between"
        " decisions.",
        lambda rows: timeline(rows, "day", "place", "relation"),
    ),
    Section(
        "Who reprints whom",
        "select original_site, copying_site, story_count as stories from mart.reprints_by_site_pair"
        " where not is_same_site order by stories desc, original_site, copying_site limit 60",
        "Rows are the sites that copied. The original is the earliest copy that is known or the outlet that copies name.",
        lambda rows: matrix(rows, "original_site", "copying_site", "stories", "stories"),
    ),
    Section(
        "Figures in conflict",
        "select scope, subject, full_place_name as place, unit, lowest_value, highest_value, article_count as articles"
        f" from mart.figure_conflicts order by scope, articles desc, subject, place limit {_ROWS_SHOWN}",
        "The same subject, place and unit stated with different values: read the sentences before one is called wrong.",
    ),
    Section(
        "Damage by site",
        "select site, document_count as pages, repair_count as repairs, lost_char_count as characters_lost,"
        " round(removed_share, 2) as share_removed from mart.damage_by_site"
        f" order by repairs desc, site limit {_ROWS_SHOWN}",
        "Repairs can be undone one by one (core.repairs). What is removed is furniture of the page, not text of the article.",
    ),
    Section(
        "Left out of the summaries",
        "select summary, reason, sum(mention_count)::bigint as mentions from mart.exclusions"
        " group by all order by mentions desc, summary, reason",
        "What a summary leaves out, and why; the mentions themselves are in core.practice_mentions.",
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
    quoted = name.replace("'", "''")
    of_practice = f"practice_name = '{quoted}'"
    return (
        Section(
            f"{name}: places",
            "select place_name as place, level, status, adopted_earliest, adopted_latest, basis, story_count as stories,"
            f" article_id || ':' || start_char as evidence from mart.adoptions where {of_practice}"
            " order by adopted_earliest nulls last, place",
            "fangzhi cite EVIDENCE shows the sentence of a row.",
        ),
        Section(
            f"{name}: timeline",
            "select coalesce(adopted_earliest, first_reported_on) as day, place_name as place, status from mart.adoptions"
            f" where {of_practice} order by day, place limit 60",
            "By what the sentence says, else by the first report.",
            lambda rows: timeline(rows, "day", "place", "status"),
        ),
        Section(
            f"{name}: figures",
            f"select * exclude (practice_id, practice_name) from mart.practice_figures where {of_practice}"
            f" order by all limit {_ROWS_SHOWN}",
            "Figures of the sentences that name it.",
        ),
        Section(
            f"{name}: quotations",
            f"select * exclude (practice_id, practice_name) from mart.practice_quotes where {of_practice}"
            f" order by all limit {_ROWS_SHOWN}",
            "Who is quoted on it.",
        ),
    )
