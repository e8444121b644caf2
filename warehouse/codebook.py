"""What goes beside exported tables: a codebook for people and a ``datapackage.json`` for programs.

The descriptor follows the Data Package standard (https://specs.frictionlessdata.io); what it says is what the
dictionary of the warehouse says, so that there is one place to mend.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from warehouse.analysis_forms import FORMS, SCHEMA, scripts
from warehouse.data_dictionary import ColumnEntry, Entries
from warehouse.exports import ExportedTable
from warehouse.formats import ExportFormat

_FIELD_TYPES = {
    "VARCHAR": "string",
    "BIGINT": "integer",
    "INTEGER": "integer",
    "UBIGINT": "integer",
    "UINTEGER": "integer",
    "HUGEINT": "integer",
    "TINYINT": "integer",
    "DOUBLE": "number",
    "FLOAT": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    # Moments are written with their offset, which the standard's type datetime does not allow in every form.
    "TIMESTAMP WITH TIME ZONE": "any",
}
_MEDIA_TYPES: dict[ExportFormat, str] = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "stata": "application/x-stata-dta",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_HASHED_AT_ONCE = 1 << 20


def write_codebook(folder: Path, tables: Sequence[ExportedTable], entries: Entries, file_format: ExportFormat) -> Path:
    """``codebook.md``: every table with its rows, key and warnings, every column with meaning, unit and closed list."""
    lines = [
        "# Codebook",
        "",
        "Text is Simplified Chinese; offsets count characters of "
        "`core.articles.text` from 0. Closed lists and terms are",
        "at the end.",
        "",
    ]
    for table in tables:
        lines += [*_table_head(table, entries), "", "| column | 中文 | type | meaning |", "|---|---|---|---|"]
        lines += [_column_line(table, *column, entries) for column in table.columns]
        lines += ["", *_scripts(folder, table, file_format)]
    shown = {entry.list_name for table in tables for entry in _entries_of(table, entries)}
    lines += ["## Closed lists", "", "| list | entry | meaning |", "|---|---|---|"]
    for name in sorted(shown - {None}, key=str):
        lines += [
            f"| {name} | {value} | {_flat(meaning or '')} |" for value, meaning in entries.lists[str(name)].items()
        ]
    lines += ["", "## Terms", "", "| term | 中文 | meaning |", "|---|---|---|"]
    lines += [f"| {term} | {chinese} | {_flat(meaning)} |" for term, chinese, meaning in entries.terms]
    path = folder / "codebook.md"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _table_head(table: ExportedTable, entries: Entries) -> list[str]:
    about = entries.tables.get((table.schema, table.name))
    chinese = f" {about.chinese}" if about and about.chinese else ""
    lines = [f"## {table.schema}.{table.name}{chinese}", "", _flat(table.comment), ""]
    if about and about.grain:
        lines.append(f"One row per {_flat(about.grain)}. Key: {', '.join(about.row_key)}.")
    lines.append(f"{table.row_count:,} rows in {', '.join(file.name for file in table.files[:3])}{_more(table)}.")
    if about and about.warning:
        lines.append(f"**Mind:** {_flat(about.warning)}")
    return lines


def _scripts(folder: Path, table: ExportedTable, file_format: ExportFormat) -> list[str]:
    """The scripts that read a table of the schema analysis; they are written beside it too."""
    lines = []
    for form in FORMS:
        if (table.schema, table.name) == (SCHEMA, form.name):
            for name, script in scripts(form, file_format).items():
                (folder / SCHEMA / name).write_text(script, "utf-8")
                lines += [f"`{SCHEMA}/{name}`, to be run in that folder:", "", "```", *script.splitlines(), "```", ""]
    return lines


def _more(table: ExportedTable) -> str:
    return f" and {len(table.files) - 3} more" if len(table.files) > 3 else ""


def _column_line(table: ExportedTable, name: str, kind: str, comment: str, entries: Entries) -> str:
    entry = entries.columns.get((table.schema, table.name, name))
    said = [_flat(comment)]
    if entry:
        said += [f"Unit: {entry.unit}." if entry.unit else "", f"List: {entry.list_name}." if entry.list_name else ""]
        said.append(entry.warning or "")
    chinese = (entry.chinese if entry else None) or ""
    return f"| {name} | {chinese} | {kind.lower()} | {' '.join(filter(None, said))} |"


def _entries_of(table: ExportedTable, entries: Entries) -> list[ColumnEntry]:
    keys = ((table.schema, table.name, name) for name, _, _ in table.columns)
    return [entries.columns[key] for key in keys if key in entries.columns]


def write_descriptor(
    folder: Path,
    tables: Sequence[ExportedTable],
    file_format: ExportFormat,
    entries: Entries,
    version: str,
) -> Path:
    """``datapackage.json``: every file with its size, hash and the schema of its fields."""
    resources = [
        _resource(folder, table, file, number, file_format, entries)
        for table in tables
        for number, file in enumerate(table.files)
    ]
    package = {
        "profile": "tabular-data-package" if file_format == "csv" else "data-package",
        "name": "fangzhi-export",
        "title": "Tables of a Fangzhi warehouse",
        "description": "Which place did what, when, with what figures, and who said it; see codebook.md.",
        "version": version,
        "resources": resources,
    }
    path = folder / "datapackage.json"
    path.write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path


def _resource(
    folder: Path,
    table: ExportedTable,
    file: Path,
    number: int,
    file_format: ExportFormat,
    entries: Entries,
) -> dict[str, object]:
    suffix = "" if number == 0 else f"-{number + 1}"
    resource: dict[str, object] = {
        "name": f"{table.schema}-{table.name}{suffix}".lower().replace("__", "-").replace("_", "-"),
        "path": file.relative_to(folder).as_posix(),
        "description": _flat(table.comment),
        "format": file.suffix.lstrip("."),
        "mediatype": _MEDIA_TYPES[file_format],
        "bytes": file.stat().st_size,
        "hash": f"sha256:{_sha256(file)}",
        "schema": {"fields": [_field(table, *column, entries) for column in table.columns]},
    }
    if file_format == "csv":
        resource |= {"profile": "tabular-data-resource", "encoding": "utf-8-sig"}
    return resource


def _field(table: ExportedTable, name: str, kind: str, comment: str, entries: Entries) -> dict[str, object]:
    field: dict[str, object] = {"name": name, "type": _FIELD_TYPES.get(kind, "any"), "description": _flat(comment)}
    if field["type"] == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    entry = entries.columns.get((table.schema, table.name, name))
    if entry is None:
        return field
    if entry.chinese:
        field["title"] = entry.chinese
    if entry.unit:
        field["unit"] = entry.unit
    return field | ({"constraints": {"enum": list(entries.lists[entry.list_name])}} if entry.list_name else {})


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_HASHED_AT_ONCE):
            digest.update(chunk)
    return digest.hexdigest()
