"""Tables in the form that models of diffusion read, beside the exported marts, each with a script that reads it.

``cascades``: place, practice and year of adoption, as SPID and R's NetworkInference take them. ``event_history``: one
row per practice, county and year in which the county could still adopt, for discrete-time models in R and Stata.
"""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.formats import SUFFIXES, ExportFormat

SCHEMA = "analysis"
PRACTICES = 20  # of an event history: those of most counties; a panel of all would be millions of rows for few events
_LEAST_COUNTIES = 2

_EVENT_HISTORY = f"""
with adopters as (
    select
        b.practice_id, b.practice_name, b.adcode, a.city_adcode, a.province_adcode,
        year(coalesce(b.adopted_earliest, b.adopted_latest))::integer as entry_year
    from mart.practices_by_place as b inner join mart.place_ancestry as a on b.adcode = a.adcode
    where b.level = 'county' and b.is_own_report and not b.is_generic and not b.is_national
        and coalesce(b.adopted_earliest, b.adopted_latest) is not null
),
chosen as (
    select practice_id, practice_name, min(entry_year) as first_year from adopters
    group by all having count(*) >= {_LEAST_COUNTIES} order by count(*) desc, practice_id limit {PRACTICES}
),
coverage as (
    select adcode, year, article_count from mart.places_by_year
    where level = 'county' and article_count > 0 and year is not null
),
counties as (
    select c.adcode, a.full_place_name, a.city_adcode, a.province_adcode
    from (select distinct adcode from coverage) as c inner join mart.place_ancestry as a on c.adcode = a.adcode
),
years as (select unnest(generate_series(min(year), max(year)))::integer as year from coverage),
city_counts as (
    select d.practice_id, d.city_adcode, y.year, count(*) as adopted
    from adopters as d inner join years as y on d.entry_year < y.year group by all
),
province_counts as (
    select d.practice_id, d.province_adcode, y.year, count(*) as adopted
    from adopters as d inner join years as y on d.entry_year < y.year group by all
),
all_counts as (select practice_id, year, sum(adopted)::bigint as adopted from province_counts group by all)
select
    h.practice_id, h.practice_name as practice, c.adcode, c.full_place_name as place_name, y.year,
    (y.year - h.first_year)::integer as years_since_first,
    case when d.entry_year = y.year then 1 when v.article_count > 0 then 0 end::integer as event,
    (v.article_count is not null)::integer as is_covered,
    coalesce(v.article_count, 0)::bigint as article_count,
    coalesce(i.adopted, 0)::bigint as adopted_in_city,
    coalesce(p.adopted, 0)::bigint as adopted_in_province,
    coalesce(t.adopted, 0)::bigint as adopted_anywhere
from chosen as h
cross join counties as c
inner join years as y on y.year >= h.first_year
left join adopters as d on h.practice_id = d.practice_id and c.adcode = d.adcode
left join coverage as v on c.adcode = v.adcode and y.year = v.year
left join city_counts as i on h.practice_id = i.practice_id and c.city_adcode = i.city_adcode and y.year = i.year
left join province_counts as p
    on h.practice_id = p.practice_id and c.province_adcode = p.province_adcode and y.year = p.year
left join all_counts as t on h.practice_id = t.practice_id and y.year = t.year
where coalesce(y.year <= d.entry_year, true)
order by practice, adcode, year
"""


@dataclass(frozen=True)
class AnalysisForm:
    """One table: its query, what it is, its columns with their meaning, and the scripts that read it.

    In the scripts ``READ`` stands for the expression that reads the file.
    """

    name: str
    comment: str
    query: str
    columns: dict[str, str]
    r_script: str
    stata_script: str


FORMS = (
    AnalysisForm(
        "cascades",
        "Who took up which practice in which year, at county level: one row per place and practice.",
        "select place_name, practice, adopt_year from main.cascades() order by practice, adopt_year, place_name",
        {
            "place_name": "Full name of the county: the node.",
            "practice": "Name of the practice: the cascade.",
            "adopt_year": "Year in which it has begun there at the earliest.",
        },
        """# Which counties seem to follow which: install.packages("NetworkInference")
library(NetworkInference)
d <- READ
d <- d[ave(d$adopt_year, d$practice, FUN = length) > 1, ]
cascades <- as_cascade_long(as.data.frame(d), cascade_node_name = "place_name",
                            event_time = "adopt_year", cascade_id = "practice")
network <- netinf(cascades, trans_mod = "exponential", n_edges = 50, params = 1)
print(head(network, 20))
""",
        """* How many counties took up each practice, and when: input for SPID's scripts as it is
READ
bysort practice (adopt_year): generate adopters = _n
bysort practice (adopt_year): generate total = _N
list practice adopt_year place_name adopters if total > 1, sepby(practice)
""",
    ),
    AnalysisForm(
        "event_history",
        f"Counties that could still take up a practice, year by year, for the {PRACTICES} practices of most counties.",
        _EVENT_HISTORY,
        {
            "practice_id": "core.practices.practice_id.",
            "practice": "Name of the practice.",
            "adcode": "The county: core.places.adcode.",
            "place_name": "Full name of the county; only counties that some article names are in the table.",
            "year": "Year in which it could still take the practice up.",
            "years_since_first": "Years since the practice was first taken up anywhere.",
            "event": "1 in the year of adoption, 0 where an article names the county and none says so, else null.",
            "is_covered": "1 where an article of the year names the county.",
            "article_count": "Articles of the year that name it.",
            "adopted_in_city": "Counties of the same city that had it before the year.",
            "adopted_in_province": "Counties of the same province that had it before the year.",
            "adopted_anywhere": "Counties that had it before the year.",
        },
        """# Discrete-time event history: does it matter who has the practice nearby?
d <- READ
d <- d[!is.na(d$event), ]
d$coverage <- log1p(d$article_count)
model <- glm(event ~ years_since_first + coverage + adopted_in_city + adopted_in_province,
             family = binomial(link = "cloglog"), data = d)
print(summary(model)$coefficients)
""",
        """* Discrete-time event history: does it matter who has the practice nearby?
READ
drop if missing(event)
generate coverage = ln(1 + article_count)
egen practices = group(practice)
cloglog event years_since_first coverage adopted_in_city adopted_in_province, vce(cluster practices)
""",
    ),
)
_R_READS: dict[ExportFormat, str] = {
    "csv": 'read.csv("FILE", fileEncoding = "UTF-8-BOM")',
    "parquet": 'arrow::read_parquet("FILE")',
    "stata": 'haven::read_dta("FILE")',
    "xlsx": 'readxl::read_excel("FILE")',
}
_STATA_READS: dict[ExportFormat, str] = {
    "csv": 'import delimited "FILE", encoding("utf-8") clear',
    "stata": 'use "FILE", clear',
    "xlsx": 'import excel "FILE", firstrow clear',
}


def scripts(form: AnalysisForm, file_format: ExportFormat) -> dict[str, str]:
    """The scripts for a form as exported, by the name of the file each goes to; Stata reads no Parquet."""
    file = f"{form.name}.{SUFFIXES[file_format]}"
    found = {f"{form.name}.R": form.r_script.replace("READ", _R_READS[file_format].replace("FILE", file))}
    if file_format in _STATA_READS:
        read = _STATA_READS[file_format].replace("FILE", file)
        found[f"{form.name}.do"] = form.stata_script.replace("READ", read)
    return found
