"""Folders and files on a disk or in an object store, under one small set of verbs.

``pathlib.Path`` is a location already; ``ObjectPath`` is one in an object store (S3 and what speaks like it). It has
the few methods of a path that the raw store and the log of visits use, so that they are the same code on both. Where a
disk has a private name and a rename, an object store has one put: a reader never sees half of a file on either.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache, partial
from io import BytesIO, RawIOBase
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    import obstore


class LocationError(ValueError):
    """A place that is no place, or whose packages are not installed; the message is one line."""


@dataclass(frozen=True, order=True)
class ObjectPath:
    """The object, or the folder of objects, ``key`` below ``url`` (such as ``s3://bucket/prefix``).

    Credentials and endpoint are those of the machine that asks (AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL, …): what travels
    to a worker holds none.
    """

    url: str
    key: str = ""

    def __truediv__(self, name: str) -> ObjectPath:
        return ObjectPath(self.url, f"{self.key}/{name}" if self.key else name)

    def __str__(self) -> str:
        return f"{self.url}/{self.key}" if self.key else self.url

    def joinpath(self, name: str) -> ObjectPath:
        return self / name

    def as_posix(self) -> str:
        return str(self)

    @property
    def name(self) -> str:
        return PurePosixPath(self.key).name

    @property
    def stem(self) -> str:
        return PurePosixPath(self.key).stem

    @property
    def parent(self) -> ObjectPath:
        return ObjectPath(self.url, self.key.rpartition("/")[0])

    def mkdir(self, parents: bool = False, exist_ok: bool = False) -> None:
        """Nothing: a folder is there as soon as something is in it."""

    def exists(self) -> bool:
        try:
            _store(self.url).head(self.key)
        except FileNotFoundError:
            return False
        return True

    def glob(self, pattern: str) -> Iterator[ObjectPath]:
        """The objects directly in this folder whose names fit."""
        for name, _ in self.listed():
            if fnmatch(name, pattern):
                yield self / name

    def listed(self) -> Iterator[tuple[str, str]]:
        """The name of each object directly in this folder, with what changes when it does."""
        found: Any = _store(self.url).list_with_delimiter(prefix=self.key or None)
        for entry in found["objects"]:
            yield PurePosixPath(entry["path"]).name, f"{entry['size']}-{entry['e_tag'] or entry['last_modified']}"

    def read_bytes(self) -> bytes:
        return bytes(_store(self.url).get(self.key).bytes())

    def write_bytes(self, data: bytes) -> None:
        """Put the object whole."""
        _store(self.url).put(self.key, data)

    def replace(self, target: ObjectPath) -> None:
        """Rename, as far as an object store can: copied first, so that a crash leaves two and never none."""
        _store(self.url).copy(self.key, target.key)
        _store(self.url).delete(self.key)

    def unlink(self, missing_ok: bool = False) -> None:
        _store(self.url).delete(self.key)

    def upload(self, source: Path) -> None:
        """Put a file of this machine, in parts where it is large; readers see the earlier object until it is whole."""
        _store(self.url).put(self.key, source)

    def download(self, target: Path) -> None:
        """Get the object as a file of this machine, under a private name first."""
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f"{target.name}.{os.getpid()}.draft")
        with draft.open("wb") as file:
            for chunk in _store(self.url).get(self.key).stream():
                file.write(chunk)
        draft.replace(target)


Location = Path | ObjectPath


def location(name: str) -> Location:
    """The place that ``name`` says: ``s3://…`` (also ``gs://``, ``az://``), or a path. Raises LocationError."""
    if "://" not in name:
        return Path(name)
    _store(name.rstrip("/"))
    return ObjectPath(name.rstrip("/"))


def stamped(folder: Location, suffix: str) -> dict[str, str]:
    """The names in a folder that end so, each with what changes when the file does; none where there is no folder."""
    if isinstance(folder, ObjectPath):
        return {name: stamp for name, stamp in sorted(folder.listed()) if name.endswith(suffix)}
    try:
        with os.scandir(folder) as entries:
            states = {entry.name: entry.stat() for entry in entries if entry.name.endswith(suffix)}
    except FileNotFoundError:
        return {}
    return {name: f"{states[name].st_size}-{states[name].st_mtime_ns}" for name in sorted(states)}


class _Ranges(RawIOBase):
    """An object read as a file: each read asks for its range of bytes and no more."""

    def __init__(self, path: ObjectPath) -> None:
        super().__init__()
        self._store, self._key, self._at = _store(path.url), path.key, 0
        self._size = int(self._store.head(path.key)["size"])

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        self._at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        end = min(self._at + len(buffer), self._size)
        if end <= self._at:
            return 0
        data = bytes(self._store.get_range(self._key, start=self._at, end=end))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def readable(path: Location) -> Any:
    """What Arrow's readers take for the file: an object is read in the ranges they ask for."""
    return path if isinstance(path, Path) else _Ranges(path)


def write_parquet(frame: pl.DataFrame, path: Location, *, sync: bool = False, **options: Any) -> None:
    """Write ``frame`` whole. ``sync``: to the disk itself."""
    write_whole(path, partial(frame.write_parquet, **options), sync=sync)


def write_whole(path: Location, write: Callable[[Any], object], *, sync: bool = False) -> None:
    """Let ``write`` fill a file: under a private name and then a rename, or as one put.

    ``sync``: to the disk itself."""
    if isinstance(path, ObjectPath):
        buffer = BytesIO()
        write(buffer)
        path.write_bytes(buffer.getvalue())
        return
    draft = path.with_suffix(f".{os.getpid()}.draft")
    write(draft)
    if sync:
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
    draft.replace(path)


def read_parquet(path: Location) -> pl.DataFrame:
    """The frame in a file."""
    return pl.read_parquet(path if isinstance(path, Path) else path.read_bytes(), glob=False)


@cache
def _store(url: str) -> obstore.store.ObjectStore:
    try:
        from obstore.exceptions import BaseError  # noqa: PLC0415 (an extra that most runs do without)
        from obstore.store import from_url  # noqa: PLC0415
    except ImportError as error:
        raise LocationError(f"{url} needs an extra: pip install 'fangzhi[s3]'") from error
    try:
        return from_url(url)
    except (BaseError, ValueError) as error:
        raise LocationError(f"{url} is no place to store anything: {error}") from error
