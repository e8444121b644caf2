"""Keeps earlier states of a warehouse beside it, named after the day and time of the run that made each.

The file that a run replaces becomes the snapshot: one more name for it, no copy, so that keeping costs nothing but
room.
"""

from __future__ import annotations

import os
import re
from datetime import datetime, timedelta, timezone
from pathlib import Path

import duckdb

from warehouse.clones import clone_or_copy
from warehouse.connections import open_warehouse
from warehouse.files import WarehouseFiles

_CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
_NAME = re.compile(r"\d{8}T\d{6}\.duckdb")


def keep_published(files: WarehouseFiles, keep: int) -> Path | None:
    """Give the published file a name among the snapshots and remove all but the last ``keep``; where it is kept.

    To be called when the draft is ready to take its place. None where nothing is published yet or nothing is to be
    kept: ``keep`` 0 leaves alone what is there. Raises OSError where the folder cannot be written.
    """
    if not keep or not files.published.exists():
        return None
    folder = files.snapshot_folder
    folder.mkdir(exist_ok=True)
    snapshot = folder / f"{_moment(files.published):%Y%m%dT%H%M%S}.duckdb"
    snapshot.unlink(missing_ok=True)
    if (
        files.journal.exists()
    ):  # what somebody wrote and DuckDB has not yet brought into the file goes into the snapshot
        clone_or_copy(files.published, snapshot)
        clone_or_copy(files.journal, snapshot.with_name(f"{snapshot.name}.wal"))
        open_warehouse(snapshot, writable=True).close()
    else:
        try:
            os.link(files.published, snapshot)
        except OSError:  # a file system without a second name for a file
            clone_or_copy(files.published, snapshot)
    for older in snapshots(files)[:-keep]:
        older.unlink()
    return snapshot


def snapshots(files: WarehouseFiles) -> list[Path]:
    """The snapshots beside a warehouse, the oldest first."""
    if not files.snapshot_folder.is_dir():
        return []
    return sorted(path for path in files.snapshot_folder.iterdir() if _NAME.fullmatch(path.name))


def find_state(files: WarehouseFiles, name: str) -> Path:
    """The state of a warehouse that ``name`` means: a file, ``now``, or the last snapshot whose name begins so.

    ``2026-11-29`` and ``20261129T0630`` are names of snapshots. Raises LookupError, whose text says what there is.
    """
    if name == "now":
        return files.published
    path = Path(name)
    if path.is_file():
        return path
    begun = re.sub(r"[-: ]", "", name).removesuffix(".duckdb")
    found = [one for one in snapshots(files) if begun and one.stem.startswith(begun)]
    if not found:
        there = ", ".join(one.stem for one in snapshots(files)) or "none; fangzhi run --keep N keeps them"
        raise LookupError(f"{name} is neither a file nor a snapshot; snapshots: {there}")
    return found[-1]


def _moment(published: Path) -> datetime:
    """When the run that made the file began; when the file was written, where it does not say."""
    try:
        with open_warehouse(published) as connection:
            rows = connection.execute(
                "select epoch(max(started_at)) from core.runs where status = 'completed'"
            ).fetchall()
    except duckdb.Error:
        rows = []
    seconds = rows[0][0] if rows and rows[0][0] is not None else published.stat().st_mtime
    return datetime.fromtimestamp(seconds, _CHINA)
