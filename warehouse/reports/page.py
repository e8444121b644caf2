"""The page itself: one file of HTML without script, font or picture from elsewhere, for screen, dark screen and
paper."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path

from tasks.display import for_html
from warehouse.connections import open_warehouse
from warehouse.reports.pictures import Row, boundary_map, feature_code
from warehouse.reports.sections import SECTIONS, Section, practice_sections

_STYLE = """
:root { color-scheme: light dark; }
body { font: 15px/1.55 "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif;
       margin: 0 auto; max-width: 54rem; padding: 1rem; color: #1b1b1b; background: #fff; }
a { color: #2467a5; }
h1 { font-size: 1.5rem; margin-bottom: .2rem; } h2 { font-size: 1.15rem; margin: 2.4rem 0 .6rem; }
.made { margin-top: 0; opacity: .75; font-size: .9rem; }
nav { columns: 3 13rem; } nav a { display: block; break-inside: avoid; }
svg { max-width: 100%; height: auto; display: block; }
.counts { display: flex; flex-wrap: wrap; gap: .4rem 1.6rem; margin: .6rem 0; }
.counts div { min-width: 5rem; } .counts b { display: block; font-size: 1.35rem; font-weight: 600; }
code { font-size: .72rem; white-space: nowrap; } td.day { white-space: nowrap; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; }
td, th { border-bottom: 1px solid #80808055; padding: .2rem .6rem .2rem 0; text-align: left; vertical-align: top; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
.caveat { border-left: 3px solid #d9772b; padding-left: .6rem; }
details { font-size: .85rem; } pre { white-space: pre-wrap; overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #17191c; } a { color: #7db4e6; } }
td:first-child { min-width: 8rem; }
@media (max-width: 40rem) { svg { min-width: 27rem; } }
@media print {
  @page { size: A4; margin: 1.4cm; }
  body { color: #000; background: #fff; max-width: none; padding: 0; font-size: 12px; } nav, details { display: none; }
  .wide { overflow: visible; } svg { min-width: 0; } svg, tr, .counts { break-inside: avoid; }
  h2 { break-after: avoid; } .caveat { break-before: avoid; break-inside: avoid; }
  table { font-size: .75rem; } td, th { padding-right: .35rem; min-width: 2rem; }
  td:first-child { min-width: 4rem; } code { white-space: normal; font-size: .6rem; } a, code \
{ overflow-wrap: anywhere; }
}
"""
_CELL_CHARACTERS = 160


class NoSuchPracticeError(ValueError):
    """The warehouse knows no practice of that name."""


class BoundariesError(ValueError):
    """The file of boundaries cannot be used; the message is one line that says why."""


def write_report(warehouse: Path, target: Path, practice: str | None = None, boundaries: Path | None = None) -> int:
    """Write the report on ``warehouse`` to ``target``; the number of sections.

    ``boundaries``: a GeoJSON file with which maps are drawn instead of tiles. Raises NoSuchPracticeError,
    BoundariesError.
    """
    sections = SECTIONS if practice is None else practice_sections(practice)
    shapes = None if boundaries is None else _read_boundaries(boundaries)
    parts = []
    with open_warehouse(warehouse) as connection:
        connection.execute("set timezone = 'Asia/Shanghai'")
        if practice is not None:
            known = connection.execute("select 1 from core.practices where name = ?", [practice]).fetchall()
            if not known:
                raise NoSuchPracticeError(f"there is no practice {practice!r}; core.practices has their names")
        made = connection.execute(
            "select max(started_at)::date::varchar, count(*) from core.runs where status = 'completed'"
        ).fetchall()[0]
        for number, section in enumerate(sections):
            found = connection.execute(section.query)
            names = [column[0] for column in found.description or ()]
            rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
            parts.append(_section(number, section, rows, shapes))
    title = "Fangzhi 方志 · " + (practice or warehouse.stem)
    links = "".join(f'<a href="#s{number}">{escape(one.title)}</a>' for number, one in enumerate(sections))
    about = f"{escape(warehouse.name)}, version {made[1]}, run of {made[0]}" if made[1] else escape(warehouse.name)
    target.write_text(
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{for_html(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<style>{_STYLE}</style></head><body><h1>{for_html(title)}</h1><p class="made">{about}</p>'
        f"<nav>{links}</nav>{''.join(parts)}</body></html>\n",
        "utf-8",
    )
    return len(sections)


def _read_boundaries(path: Path) -> Row:
    try:
        read = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BoundariesError(f"{path} is no GeoJSON file: {error}") from error
    features = read.get("features") if isinstance(read, dict) else None
    if not isinstance(features, list) or not any(isinstance(one, dict) and feature_code(one) for one in features):
        raise BoundariesError(f"{path} holds no feature with an adcode (adcode, code, gb or id among its properties)")
    return {"features": [one for one in features if isinstance(one, dict)]}


def _section(number: int, section: Section, rows: Sequence[Row], shapes: Row | None) -> str:
    if not rows:
        body = "<p>Nothing yet.</p>"
    elif shapes is not None and {"adcode", "count"} <= rows[0].keys():
        body = boundary_map(rows, "count", shapes)
    elif section.picture is not None:
        body = section.picture(rows)
    elif len(rows) == 1 and len(rows[0]) > 4:
        body = _counts(rows[0])
    else:
        body = _table(rows)
    return (
        f'<section id="s{number}"><h2>{escape(section.title)}</h2><div class="wide">{body}</div>'
        f'<p class="caveat">{escape(section.caveat)}</p>'
        f"<details><summary>SQL</summary><pre>{escape(section.query)}</pre></details></section>"
    )


def _counts(row: Row) -> str:
    shown = (
        f"<div><b>{for_html(f'{value:,}' if isinstance(value, int) else str(value or '–'))}</b>"
        f"{escape(name.replace('_', ' '))}</div>"
        for name, value in row.items()
    )
    return f'<div class="counts">{"".join(shown)}</div>'


def _table(rows: Sequence[Row]) -> str:
    names = list(rows[0])
    head = "".join(f"<th>{escape(name.replace('_', ' '))}</th>" for name in names)
    lines = ("".join(_cell(name, row[name]) for name in names) for row in rows)
    return (
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(f'<tr>{line}</tr>' for line in lines)}</tbody></table>"
    )


def _cell(name: str, value: object) -> str:
    if value is None:
        return "<td></td>"
    if isinstance(value, bool):
        return f"<td>{'yes' if value else 'no'}</td>"
    if isinstance(value, int | float):
        is_plain = not isinstance(value, int) or name == "year"
        return f'<td class="number">{f"{value:.10g}" if is_plain else f"{value:,}"}</td>'
    if isinstance(value, date):
        return f'<td class="day">{value.isoformat()}</td>'
    if name == "evidence" and isinstance(value, list):
        return f"<td>{'<br>'.join(f'<code>{for_html(str(one))}</code>' for one in value)}</td>"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    if name in {"evidence", "article_id"}:
        return f"<td><code>{for_html(text)}</code></td>"
    shortened = text if len(text) <= _CELL_CHARACTERS else f"{text[:_CELL_CHARACTERS]}…"
    if name == "page" and text.startswith(("http://", "https://")):
        return f'<td><a rel="noopener noreferrer" href="{for_html(text)}">{for_html(shortened)}</a></td>'
    return f"<td>{for_html(shortened)}</td>"
