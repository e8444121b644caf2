"""Files of the work folder on their way to workers that do not see it, and back, through an object store.

The call of a shard names its files. Those it reads are put into the store before the call; the worker lays them into a
folder of its own, calls the function with the paths there, and puts what it has written into the store, whole; whoever
asked lays that into the work folder. The shard functions know nothing of it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from warehouse.locations import ObjectPath


@dataclass(frozen=True)
class Exchange:
    """The work folder ``home`` of this machine, and the folder in the store where its files are exchanged."""

    home: Path
    shelf: ObjectPath
    _sent: set[Path] = field(default_factory=set, compare=False, repr=False)

    def send(self, arguments: object) -> list[str]:
        """Put the files that ``arguments`` name and that are there into the store; their names. Each goes once."""
        names = []
        for path in sorted(set(_paths(arguments, self.home))):
            if path.is_file():
                if path not in self._sent:
                    (self.shelf / _name(path, self.home)).upload(path)
                    self._sent.add(path)
                names.append(_name(path, self.home))
        return names

    def receive(self, names: Sequence[str]) -> None:
        """Lay what a worker has written into the work folder; nothing of it is left in the store."""
        for name in names:
            (self.shelf / name).download(self.home / name)
            (self.shelf / name).unlink()

    def clear(self) -> None:
        """Remove what was sent."""
        for path in sorted(self._sent):
            (self.shelf / _name(path, self.home)).unlink()
        self._sent.clear()


def call_elsewhere(
    home: Path,
    shelf: ObjectPath,
    names: Sequence[str],
    function: Callable[..., Any],
    args: Any,
    kwargs: Mapping[str, Any],
) -> tuple[Any, list[str]]:
    """Call ``function`` on a worker with the files ``names`` of the store; what it returns, and the files it wrote."""
    with tempfile.TemporaryDirectory(prefix="fangzhi-") as folder:
        here = Path(folder)
        for name in names:
            (shelf / name).download(here / name)
        result = function(*_moved(args, home, here), **_moved(dict(kwargs), home, here))
        found = (path for path in here.rglob("*") if path.is_file() and path.suffix != ".draft")
        written = sorted({_name(path, here) for path in found} - set(names))
        for name in written:
            (shelf / name).upload(here / name)
    return result, written


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _paths(value: object, home: Path) -> Iterator[Path]:
    """Every path below ``home`` in arguments: by itself, in a list, or in a record."""
    if isinstance(value, Path):
        if value.is_relative_to(home):
            yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _paths(one, home)
    elif isinstance(value, dict):
        yield from _paths(list(value.values()), home)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from _paths(getattr(value, one.name), home)


def _moved(value: Any, home: Path, here: Path) -> Any:
    """The same arguments with every path below ``home`` at its place below ``here``."""
    if isinstance(value, Path):
        return here / value.relative_to(home) if value.is_relative_to(home) else value
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*(_moved(one, home, here) for one in value))
    if isinstance(value, tuple | list):
        return type(value)(_moved(one, home, here) for one in value)
    if isinstance(value, dict):
        return {name: _moved(one, home, here) for name, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type) and any(True for _ in _paths(value, home)):
        moved = {one.name: _moved(getattr(value, one.name), home, here) for one in fields(value) if one.init}
        return replace(value, **moved)
    return value
