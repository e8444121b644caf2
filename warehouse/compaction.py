"""Writes a draft anew where it holds much that was deleted, or where it is in a newer format than readers need.

A table that is merged into day after day leaves free blocks behind; a file in a newer format opens in no older client.
Copying costs as much as writing the file once, so a draft that is neither is left as it is.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.connections import STORAGE_VERSION, address_of

# The share of free blocks above which a copy is worth its price: below, the file shrinks by less than it cost to read.
_FREE_SHARE = 0.25
_LEAST_BLOCKS = 40  # ten megabytes of blocks; a smaller file is small either way


def compact(draft: Path) -> bool:
    """Copy ``draft`` into a fresh file in its place where that is worth it; whether it was done.

    The draft must be closed. Raises duckdb.Error where it cannot be read or there is no room for the copy.
    """
    if not _is_worth_it(draft):
        return False
    fresh = draft.with_name(f"{draft.name}.compact")
    fresh.unlink(missing_ok=True)
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"attach '{_quoted(draft)}' as old (read_only)")
        connection.execute(f"attach '{_quoted(fresh)}' as new (storage_version '{STORAGE_VERSION}')")
        connection.execute("copy from database old to new")
        connection.execute("checkpoint new")
    fresh.replace(draft)
    return True


def _is_worth_it(draft: Path) -> bool:
    with duckdb.connect(address_of(draft), read_only=True) as connection:
        version = connection.execute(
            "select tags['storage_version'] from duckdb_databases() where database_name = current_database()"
        ).fetchall()[0][0]
        total, free = connection.execute("select total_blocks, free_blocks from pragma_database_size()").fetchall()[0]
    is_newer = not str(version).startswith(STORAGE_VERSION)
    return is_newer or (total >= _LEAST_BLOCKS and free > _FREE_SHARE * total)


def _quoted(path: Path) -> str:
    return path.as_posix().replace("'", "''")
