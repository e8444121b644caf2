"""What goes beside exported tables: a codebook for people and a ``datapackage.json`` for programs.

The descriptor follows the Data Package standard (https://specs.frictionlessdata.io); what it says is what the comments of
the warehouse say, so that there is one place to mend.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

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


def write_codebook(folder: Path, tables: Sequence[ExportedTable], closed_lists: Mapping[str, frozenset[str]]) -> Path:
    """``codebook.md``: every table with its rows, every column with type, meaning and, of closed lists, the values."""
    lines = [
        "# Codebook",
        "",
        "Text is Simplified Chinese; offsets count characters of `core.articles.text` from 0.",
        "",
    ]
    for table in tables:
        lines += [f"## {table.schema}.{table.name}", "", _flat(table.comment), "", f"{table.row_count:,} rows.", ""]
        lines += ["| column | type | meaning |", "|---|---|---|"]
        for name, kind, comment in table.columns:
            values = closed_lists.get(f"{table.name}.{name}")
            listed = f" One of: {', '.join(sorted(values))}." if values else ""
            lines.append(f"| {name} | {kind.lower()} | {_flat(comment)}{listed} |")
        lines.append("")
    path = folder / "codebook.md"
    path.write_text("\n".join(lines), "utf-8")
    return path


def write_descriptor(
    folder: Path,
    tables: Sequence[ExportedTable],
    file_format: ExportFormat,
    closed_lists: Mapping[str, frozenset[str]],
    version: str,
) -> Path:
    """``datapackage.json``: every file with its size, hash and the schema of its fields."""
    resources = [
        _resource(folder, table, file, number, file_format, closed_lists)
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
    closed_lists: Mapping[str, frozenset[str]],
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
        "schema": {"fields": [_field(table, *column, closed_lists) for column in table.columns]},
    }
    if file_format == "csv":
        resource |= {"profile": "tabular-data-resource", "encoding": "utf-8-sig"}
    return resource


def _field(
    table: ExportedTable, name: str, kind: str, comment: str, closed_lists: Mapping[str, frozenset[str]]
) -> dict[str, object]:
    field: dict[str, object] = {"name": name, "type": _FIELD_TYPES.get(kind, "any"), "description": _flat(comment)}
    if field["type"] == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    values = closed_lists.get(f"{table.name}.{name}")
    return field | ({"constraints": {"enum": sorted(values)}} if values else {})


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_HASHED_AT_ONCE):
            digest.update(chunk)
    return digest.hexdigest()
