"""The files of a warehouse: the published one, the private draft a run builds, the lock that keeps runs apart.

Readers open the published file only, runs the draft only: an analyst's open session never blocks a run, and no reader
sees a run half done. Publishing is one rename on one file system.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

_MAGIC, _MAGIC_START, _MAGIC_END = b"DUCK", 8, 12  # where every DuckDB file carries its name


class WarehouseError(Exception):
    """The warehouse cannot be used; the message is one line that says why."""


@dataclass(frozen=True)
class WarehouseFiles:
    """Where a warehouse and what belongs to it lies: all beside ``published``, named after it."""

    published: Path

    @property
    def raw_folder(self) -> Path:
        """The raw store: kept for ever."""
        return self.published.with_suffix(".raw")

    @property
    def work_folder(self) -> Path:
        """What a run writes on its way; emptied at its start and its end."""
        return self.published.with_suffix(".work")

    @property
    def draft(self) -> Path:
        """The private copy that becomes the published file."""
        return self.work_folder / "draft.duckdb"

    @property
    def overrides(self) -> Path:
        """The analyst's corrections: merge, split, drop, rename and mark practices."""
        return self.published.with_name("overrides.csv")

    @property
    def lock(self) -> Path:
        """Held by the one run that may write."""
        return self.published.with_suffix(".lock")


def check_target(files: WarehouseFiles) -> None:
    """Tell at once, before anything is started, that a file cannot be a warehouse. Raises WarehouseError.

    Makes the folder where it is missing. Whether a DuckDB file can really be read is found out on the draft.
    """
    published = files.published
    if published.is_dir():
        raise WarehouseError(f"{published} is a folder, not a DuckDB file")
    try:
        with published.open("rb") as file:
            head = file.read(_MAGIC_END)
    except FileNotFoundError:
        head = None
    except OSError as error:
        raise WarehouseError(f"{published} cannot be read: {error.strerror}") from error
    if head is not None and head[_MAGIC_START:] != _MAGIC:
        raise WarehouseError(f"{published} is not a DuckDB file")
    try:
        published.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WarehouseError(f"{published} cannot be written: {error.strerror}") from error
    if not os.access(published.parent, os.W_OK):
        raise WarehouseError(f"{published} cannot be written: no right to write in {published.parent}")


@contextmanager
def hold_lock(files: WarehouseFiles) -> Iterator[None]:
    """Be the only run on this warehouse. Raises WarehouseError where the place cannot be written or is taken.

    The lock is the operating system's: it ends with the process, however that ends.
    """
    try:
        files.published.parent.mkdir(parents=True, exist_ok=True)
        handle = files.lock.open("w")
    except OSError as error:
        raise WarehouseError(f"{files.published} cannot be written: {error.strerror}") from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise WarehouseError(f"another run is writing {files.published}") from error
        yield


def start_draft(files: WarehouseFiles) -> None:
    """Copy the published warehouse into a fresh work folder, or begin with nothing where none exists.

    Raises WarehouseError where the published file is no DuckDB file.
    """
    remove_work(files)
    check_target(files)
    try:
        files.work_folder.mkdir(parents=True)
        if files.published.exists():
            shutil.copyfile(files.published, files.draft)
            journal = files.published.with_name(files.published.name + ".wal")
            if journal.exists():
                shutil.copyfile(journal, files.draft.with_name(files.draft.name + ".wal"))
    except OSError as error:
        raise WarehouseError(f"{files.published} cannot be written: {error.strerror}") from error
    try:
        duckdb.connect(str(files.draft)).close()
    except duckdb.Error as error:
        remove_work(files)
        raise WarehouseError(f"{files.published} is not a DuckDB file this version can read") from error


def publish(files: WarehouseFiles) -> None:
    """Put the closed draft in the place of the published file, in one step that a crash cannot halve."""
    with files.draft.open("rb+") as file:
        os.fsync(file.fileno())
    files.draft.replace(files.published)
    folder = os.open(files.published.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    # A journal beside the file belongs to the content that has just been replaced.
    files.published.with_name(files.published.name + ".wal").unlink(missing_ok=True)


def remove_work(files: WarehouseFiles) -> None:
    """Delete what a run left on its way, a killed one too."""
    shutil.rmtree(files.work_folder, ignore_errors=True)
