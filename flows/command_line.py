"""What every command shares: the warehouse it reads, and one clear line where it cannot go on."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from tasks.display import for_terminal

if TYPE_CHECKING:
    from warehouse.locations import Location

Warehouse = Annotated[
    Path, typer.Option("--warehouse", "-w", metavar="FILE.duckdb", help="The warehouse; made where there is none.")
]
DEFAULT_WAREHOUSE = Path("warehouse/fangzhi.duckdb")


def one_line(error: BaseException) -> str:
    """What went wrong in one line; of several errors at once, the first that says something."""
    while isinstance(error, BaseExceptionGroup) and error.exceptions:
        error = error.exceptions[0]
    text = " ".join(str(error).split())
    return text if text else type(error).__name__


def check_there(warehouse: Path) -> None:
    """Stop where there is no such file, or none that DuckDB could open."""
    from warehouse.files import unreadable_name  # noqa: PLC0415

    if why := unreadable_name(warehouse):
        stop(2, why)
    if not warehouse.is_file():
        stop(2, f"{warehouse}: there is no such file")


def check_shape(warehouse: Path) -> None:
    """Stop where the file is not there, or is one whose tables this version does not read."""
    from warehouse.migrations import other_version  # noqa: PLC0415

    check_there(warehouse)
    why = other_version(warehouse)
    if why is not None:
        stop(1, why)


def storage_of(environment: Mapping[str, str]) -> Location | None:
    """Where the raw store is, where that is not beside the warehouse (FANGZHI_STORAGE). Stops where it is no place."""
    from flows.settings import Settings  # noqa: PLC0415

    try:
        return Settings.from_environment(environment).storage_location
    except ValueError as error:
        stop(2, one_line(error))


def stop(status: int, message: str) -> NoReturn:
    """End the command with ``message`` as its one line: 1 the run failed, 2 bad arguments."""
    print(f"fangzhi: {for_terminal(message)}", file=sys.stderr)
    raise typer.Exit(status)
