"""The page itself: one file of HTML without script, font or picture from elsewhere, for screen, dark screen and paper."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from warehouse.connections import open_warehouse
from warehouse.reports.pictures import Row
from warehouse.reports.sections import SECTIONS, Section, practice_sections

_STYLE = """
:root { color-scheme: light dark; }
body { font: 15px/1.55 "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif;
       margin: 0 auto; max-width: 60rem; padding: 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
nav { columns: 3 14rem; } nav a { display: block; }
svg { max-width: 100%; height: auto; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; }
td, th { border-bottom: 1px solid #80808055; padding: .2rem .6rem .2rem 0; text-align: left; vertical-align: top; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
.caveat { border-left: 3px solid #d9772b; padding-left: .6rem; }
details { font-size: .85rem; } pre { white-space: pre-wrap; overflow-wrap: anywhere; }
@media print { nav, details { display: none; } section { break-inside: avoid; } }
"""
_CELL_CHARACTERS = 160


class NoSuchPracticeError(ValueError):
    """The warehouse knows no practice of that name."""


def write_report(warehouse: Path, target: Path, practice: str | None = None) -> int:
    """Write the report on ``warehouse`` to ``target``; the number of sections. Raises NoSuchPracticeError."""
    sections = SECTIONS if practice is None else practice_sections(practice)
    parts = []
    with open_warehouse(warehouse) as connection:
        connection.execute("set timezone = 'Asia/Shanghai'")
        if practice is not None:
            known = connection.execute("select 1 from core.practices where name = ?", [practice]).fetchall()
            if not known:
                raise NoSuchPracticeError(f"there is no practice {practice!r}; core.practices has their names")
        for number, section in enumerate(sections):
            found = connection.execute(section.query)
            names = [column[0] for column in found.description or ()]
            rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
            parts.append(_section(number, section, rows))
    title = "Fangzhi 方志 · " + (practice or warehouse.stem)
    links = "".join(f'<a href="#s{number}">{escape(one.title)}</a>' for number, one in enumerate(sections))
    target.write_text(
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1><nav>{links}</nav>{''.join(parts)}</body></html>\n",
        "utf-8",
    )
    return len(sections)


def _section(number: int, section: Section, rows: Sequence[Row]) -> str:
    if not rows:
        body = "<p>Nothing yet.</p>"
    elif section.picture is not None:
        body = section.picture(rows)
    else:
        body = _table(rows)
    return (
        f'<section id="s{number}"><h2>{escape(section.title)}</h2><div class="wide">{body}</div>'
        f'<p class="caveat">{escape(section.caveat)}</p>'
        f"<details><summary>SQL</summary><pre>{escape(section.query)}</pre></details></section>"
    )


def _table(rows: Sequence[Row]) -> str:
    names = list(rows[0])
    head = "".join(f"<th>{escape(name.replace('_', ' '))}</th>" for name in names)
    lines = ("".join(_cell(row[name]) for name in names) for row in rows)
    return (
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(f'<tr>{line}</tr>' for line in lines)}</tbody></table>"
    )


def _cell(value: object) -> str:
    if value is None:
        return "<td></td>"
    if isinstance(value, bool):
        return f"<td>{'yes' if value else 'no'}</td>"
    if isinstance(value, int | float):
        shown = f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"
        return f'<td class="number">{shown}</td>'
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    shortened = text if len(text) <= _CELL_CHARACTERS else f"{text[:_CELL_CHARACTERS]}…"
    return f"<td>{escape(shortened)}</td>"
