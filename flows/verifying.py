"""Checks a raw store, or copies it, in front of a person: what does not fit is named, and moved aside on demand."""

from __future__ import annotations

from pathlib import Path

import duckdb
from rich.text import Text

from flows.console import PageConsole
from warehouse.backups import back_up
from warehouse.files import WarehouseFiles
from warehouse.locations import Location
from warehouse.raw_store import RawStore


def verify_store(warehouse: Path, storage: Location | None = None, *, set_aside: bool) -> bool:
    """Whether the store of ``warehouse``, beside it or in ``storage``, is sound; each fault is printed with its pack
    and page."""
    out = PageConsole(soft_wrap=True, highlight=False)
    store = RawStore(WarehouseFiles(warehouse, storage=storage).raw_folder)
    packs = rows = faulty = 0
    for pack, count, faults in store.verify():
        packs, rows, faulty = packs + 1, rows + count, faulty + bool(faults)
        for fault in faults:
            name = f" {fault.uri}:" if fault.uri else ""
            out.print(Text(f"{fault.pack}:{name} {fault.detail}", "red"))
        if faults and set_aside:
            out.print(Text(f"moved to {store.set_aside(pack)}; what is sound in it was written anew"))
    out.print(Text(f"{packs:,} packs, {rows:,} sound inputs, packs with faults: {faulty:,}"))
    return faulty == 0


def copy_warehouse(warehouse: Path, folder: Path, storage: Location | None = None) -> bool:
    """Whether ``warehouse`` and all that belongs to it now lies in ``folder``, sound; what is wrong is printed."""
    out = PageConsole(soft_wrap=True, highlight=False)
    files = WarehouseFiles(warehouse, storage=storage)
    if not files.published.is_file() and not any(files.raw_folder.glob("*.parquet")):
        out.print(Text(f"{warehouse}: there is no such file, nor a raw store beside it", "red"))
        return False
    try:
        found = back_up(files, folder)
    except (OSError, duckdb.Error) as error:
        out.print(Text(f"no back-up in {folder}: {' '.join(str(error).split())}", "red"))
        return False
    for fault in found.faults:
        out.print(Text(f"{fault.pack}: {fault.uri or ''} {fault.detail}", "red"))
    out.print(
        Text(f"{found.copied:,} files copied to {folder}, {found.kept:,} were there; {len(found.faults):,} faults")
    )
    if not isinstance(files.raw_folder, Path):
        out.print(Text(f"the raw store stays in {files.raw_folder}: who keeps that store backs it up", "yellow"))
    return not found.faults
