"""From a warehouse to a diffusion table and its picture, in Python: duckdb to ask, Vega-Lite to draw.

    .venv/bin/python tests/examples/diffusion.py warehouse/fangzhi.duckdb OUT_FOLDER [PRACTICE]

Writes ``diffusion.csv`` (counties by year: new, so far, covered, share) and ``diffusion.svg``. Without PRACTICE the one
of most counties is taken.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb
import vl_convert

WIDEST = """
select practice_name from mart.practice_adoption_by_year where not is_generic and not is_national
group by practice_name order by max(cumulative_county_count) desc, practice_name limit 1
"""
# The panel has a row for each county and year; where no article names the county in the year, adopted is null.
DIFFUSION = """
select
    year,
    count(*) filter (year(entered_on) = year) as new_counties,
    count(*) filter (year(entered_on) <= year) as counties_so_far,
    count(*) filter (is_covered) as counties_covered,
    round(count(*) filter (adopted) / nullif(count(*) filter (is_covered), 0), 3) as share_of_covered
from panel(?, level := 'county') group by year order by year
"""


def main(warehouse: str, folder: str, practice: str | None = None) -> None:
    """Write the table and the picture of ``practice`` into ``folder``."""
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(warehouse, read_only=True) as connection:
        name = practice or connection.execute(WIDEST).fetchall()[0][0]
        table = connection.sql(DIFFUSION, params=[name]).pl()
    table.write_csv(out / "diffusion.csv")
    spec = {
        "title": name,
        "data": {"values": table.to_dicts()},
        "mark": {"type": "line", "interpolate": "step-after", "point": True},
        "encoding": {
            "x": {"field": "year", "type": "ordinal", "title": None},
            "y": {"field": "counties_so_far", "type": "quantitative", "title": "counties so far"},
        },
        "width": 420,
        "height": 180,
    }
    (out / "diffusion.svg").write_text(vl_convert.vegalite_to_svg(json.dumps(spec)), "utf-8")
    print(name)
    print(table)


if __name__ == "__main__":
    main(*sys.argv[1:])
