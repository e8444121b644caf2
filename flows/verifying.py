"""Checks a raw store in front of a person: what does not fit is named, and moved aside where that is wished."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text

from flows.console import PageConsole
from warehouse.files import WarehouseFiles
from warehouse.locations import Location
from warehouse.raw_store import RawStore


def verify_store(warehouse: Path, storage: Location | None = None, *, set_aside: bool) -> bool:
    """Whether the store of ``warehouse``, beside it or in ``storage``, is sound; each fault is printed with its pack and page."""
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
    out.print(Text(f"{packs:,} packs, {rows:,} sound inputs, {faulty:,} packs with faults"))
    return faulty == 0
