"""Copies a warehouse with all that belongs to it into another folder, and makes sure that the copy can be read.

Packs and logs of the raw store are written once and never changed, so what the folder has already is not copied again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warehouse.connections import open_warehouse
from warehouse.files import WarehouseFiles
from warehouse.packs import Fault
from warehouse.raw_store import RawStore


@dataclass(frozen=True)
class Backup:
    """``copied`` files were new, ``kept`` ones were there; ``faults`` do not fit in the copy: it is not to be
    trusted."""

    copied: int
    kept: int
    faults: tuple[Fault, ...]


def back_up(files: WarehouseFiles, folder: Path) -> Backup:
    """Copy the published file, the raw store with its log of visits and ``overrides.csv`` into ``folder``.

    A run may be under way: publishing is a rename, so the file that is being copied stays whole. Raises OSError where
    the folder cannot be written, duckdb.Error where the copy of the warehouse cannot be opened.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = WarehouseFiles(folder / files.published.name)
    copied = kept = 0
    for source, copy, is_fixed in _pairs(files, target):
        if is_fixed and copy.exists() and copy.stat().st_size == source.stat().st_size:
            kept += 1
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        draft = copy.with_name(f"{copy.name}.draft")
        shutil.copy2(source, draft)
        draft.replace(copy)
        copied += 1
    if target.published.exists():
        open_warehouse(target.published).close()
    faults = tuple(fault for _, _, found in RawStore(target.raw_folder).verify() for fault in found)
    return Backup(copied, kept, faults)


def _pairs(files: WarehouseFiles, target: WarehouseFiles) -> Iterator[tuple[Path, Path, bool]]:
    """Each file with its place in the copy, and whether it never changes."""
    raw, copied = files.raw_folder, target.raw_folder
    if isinstance(raw, Path) and isinstance(copied, Path):  # an object store is backed up by who keeps it
        for source in sorted(raw.rglob("*.parquet")):
            yield source, copied / source.relative_to(raw), True
    for source, copy in (
        (files.published, target.published),
        (files.journal, target.journal),
        (files.overrides, target.overrides),
    ):
        if source.exists():
            yield source, copy, False
