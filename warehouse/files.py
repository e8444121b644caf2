"""The files of a warehouse: the published one, the private draft a run builds, the lock that keeps runs apart.

Readers open the published file only, runs the draft only: an analyst's open session never blocks a run, and no reader
sees a run half done. Publishing is one rename on one file system.
"""

from __future__ import annotations

import fcntl
import glob
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import duckdb

from tasks.records import ID_HEX_DIGITS
from warehouse.clones import clone_or_copy
from warehouse.connections import open_warehouse
from warehouse.locations import Location, ObjectPath

_MAGIC, _MAGIC_START, _MAGIC_END = b"DUCK", 8, 12  # where every DuckDB file carries its name


_SUFFIX = ".duckdb"
_HOLDER = "holder.txt"  # in a work folder
_LOCK_SECONDS = 0.5  # between two tries for a lock that is taken


class WarehouseError(Exception):
    """The warehouse cannot be used; the message is one line that says why."""


@dataclass(frozen=True)
class WarehouseFiles:
    """Where a warehouse and what belongs to it lies: all beside ``published``, named after its whole name, so that
    ``corpus.2023`` and ``corpus.2024`` share nothing. A link is followed: the file it leads to is the warehouse.

    ``run_name`` tells the work folders of runs apart: what a dead run's last worker still writes lands in a folder that
    nobody reads. ``storage`` is where the raw store is kept and what is published is put a second time, where that is
    not beside the warehouse: a folder, or an object store.
    """

    published: Path
    run_name: str = "0" * ID_HEX_DIGITS + "-0"
    storage: Location | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "published", Path(os.path.realpath(self.published)))

    @property
    def raw_folder(self) -> Location:
        """The raw store: kept for ever."""
        return self._beside("raw") if self.storage is None else self.storage / f"{self._name}.raw"

    @property
    def index_cache(self) -> Path:
        """What is known of the packs of the raw store (``RawStore.index_cache``)."""
        return self._beside("raw-index.parquet")

    @property
    def stored_copy(self) -> Location | None:
        """Where the published file is put a second time, for machines that do not see it."""
        return None if self.storage is None else self.storage / self.published.name

    @property
    def snapshot_folder(self) -> Path:
        """Earlier states, where the user wants them kept."""
        return self._beside("snapshots")

    @property
    def work_folder(self) -> Path:
        """What this run writes on its way; deleted at its end, or by the next run."""
        return self._beside(f"{self.run_name}.work")

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
        return self._beside("lock")

    @property
    def journal(self) -> Path:
        """Where DuckDB keeps what is not in the published file yet."""
        return self.published.with_name(f"{self.published.name}.wal")

    def left_over(self) -> list[Path]:
        """Work folders of runs that have ended without clearing up."""
        pattern = re.compile(re.escape(self._name) + rf"\.[0-9a-f]{{{ID_HEX_DIGITS}}}-\d+\.work")
        return sorted(path for path in self.published.parent.iterdir() if pattern.fullmatch(path.name))

    @property
    def _name(self) -> str:
        """``fangzhi`` for ``fangzhi.duckdb``; any other name as it is, with a word that no suffix of it can be."""
        name = self.published.name
        return name.removesuffix(_SUFFIX) if name.endswith(_SUFFIX) and name != _SUFFIX else f"{name}.fangzhi"

    def _beside(self, what: str) -> Path:
        return self.published.with_name(f"{self._name}.{what}")


def check_target(files: WarehouseFiles) -> None:
    """Tell at once, before anything is started, that a file cannot be a warehouse. Raises WarehouseError.

    Makes the folder where it is missing. Whether a DuckDB file can really be read is found out on the draft.
    """
    published = files.published
    if why := unreadable_name(published):
        raise WarehouseError(why)
    if "?" in str(published):
        raise WarehouseError(f"{published} has a question mark in its path: DuckDB reads what follows as settings")
    if "\\" in str(published):
        raise WarehouseError(f"{published} has a backslash in its path: DuckDB takes it for one between folders")
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


def unreadable_name(path: Path) -> str | None:
    """Why a path cannot be that of a warehouse, where its bytes are no UTF-8 (such as GBK); None for all others."""
    try:
        os.path.abspath(path).encode("utf-8")  # noqa: PTH100 (the folder it is in counts; a link keeps its name)
    except UnicodeEncodeError:
        return f"{path} is not named in UTF-8: DuckDB opens no such file"
    return None


@contextmanager
def hold_lock(
    files: WarehouseFiles, wait_seconds: float = 0.0, tell: Callable[[Path], None] = lambda _: None
) -> Iterator[None]:
    """Be the only run on this warehouse; one that holds it is waited for so long, after ``tell`` was told of it.

    Raises WarehouseError where the place cannot be written or stays taken. The lock is the operating system's: it ends
    with the process, however that ends.
    """
    try:
        files.published.parent.mkdir(parents=True, exist_ok=True)
        handle = files.lock.open("a")
    except OSError as error:
        raise WarehouseError(f"{files.published} cannot be written: {error.strerror}") from error
    with handle:
        deadline = time.monotonic() + wait_seconds
        is_told = False
        while not _locked(handle):
            if time.monotonic() >= deadline:
                raise WarehouseError(f"another run is writing {files.published}")
            if not is_told:
                tell(files.published)
                is_told = True
            time.sleep(_LOCK_SECONDS)
        yield


def _locked(handle: TextIO) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def start_draft(files: WarehouseFiles) -> None:
    """Copy the published warehouse into a fresh work folder, or begin with nothing where none exists.

    What dead runs left is removed first. Raises WarehouseError where the published file is no DuckDB file, or where its
    copy does not fit the disk.
    """
    _adopt_older_names(files)
    for folder in (files.work_folder, *files.left_over()):
        shutil.rmtree(folder, ignore_errors=True)
    if isinstance(files.raw_folder, Path):
        for draft in files.raw_folder.glob("*.draft"):
            draft.unlink(missing_ok=True)
    check_target(files)
    try:
        _fetch_copy(files)
        files.work_folder.mkdir(parents=True)
        _stamp_file(files).write_text(_stamp(files), "ascii")
        if files.published.exists():
            clone_or_copy(files.published, files.draft)
            if files.journal.exists():
                clone_or_copy(files.journal, files.draft.with_name(files.draft.name + ".wal"))
    except OSError as error:
        remove_work(files)
        raise WarehouseError(f"{files.published} cannot be written: {error.strerror}") from error
    try:
        open_warehouse(files.draft, writable=True).close()
    except duckdb.Error as error:
        remove_work(files)
        why = " ".join(str(error).split())
        raise WarehouseError(
            f"{files.published} is not a DuckDB file that DuckDB {duckdb.__version__} can read: {why}"
        ) from error


def name_holder(files: WarehouseFiles, name: str) -> None:
    """Write into the work folder by which name others know this run."""
    with suppress(OSError):  # for want of room the run will end soon enough, and say so itself
        (files.work_folder / _HOLDER).write_text(name, "utf-8")


def dead_holders(files: WarehouseFiles) -> list[str]:
    """The names of runs that ended without clearing up: for whoever holds the lock, before a draft is begun."""
    found = []
    for folder in files.left_over():
        with suppress(OSError, UnicodeDecodeError):
            found.append((folder / _HOLDER).read_text("utf-8"))
    return found


def publish(files: WarehouseFiles) -> None:
    """Put the closed draft in the place of the published file, in one step that a crash cannot halve.

    Raises WarehouseError where somebody has written to the published file since the draft was begun: what they wrote
    would be lost without a word.
    """
    check_unchanged(files)
    with files.draft.open("rb+") as file:
        os.fsync(file.fileno())
    _put_copy(files)
    files.draft.replace(files.published)
    folder = os.open(files.published.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    # A journal beside the file belongs to the content that has just been replaced.
    files.journal.unlink(missing_ok=True)


def check_unchanged(files: WarehouseFiles) -> None:
    """Raise WarehouseError where somebody has written to the published file since the draft was begun."""
    if _stamp(files) != _stamp_file(files).read_text("ascii"):
        raise WarehouseError(f"somebody wrote to {files.published} during the run; it keeps what they wrote, run again")


def _put_copy(files: WarehouseFiles) -> None:
    """Put the draft into the storage, whole; before it is published here, so that a failure leaves all as it was."""
    if isinstance(files.stored_copy, ObjectPath):
        files.stored_copy.upload(files.draft)
    elif files.stored_copy is not None:
        files.stored_copy.parent.mkdir(parents=True, exist_ok=True)
        fresh = files.stored_copy.with_name(f"{files.stored_copy.name}.{os.getpid()}.draft")
        clone_or_copy(files.draft, fresh)
        fresh.replace(files.stored_copy)


def _fetch_copy(files: WarehouseFiles) -> None:
    """Begin with what was put into the storage, on a machine that has no warehouse of that name yet."""
    if files.stored_copy is None or files.published.exists() or not files.stored_copy.exists():
        return
    if isinstance(files.stored_copy, ObjectPath):
        files.stored_copy.download(files.published)
    else:
        clone_or_copy(files.stored_copy, files.published)


def _stamp_file(files: WarehouseFiles) -> Path:
    return files.work_folder / "published.stamp"


def _stamp(files: WarehouseFiles) -> str:
    """What changes when somebody commits to the published file."""
    parts = []
    for path in (files.published, files.journal):
        try:
            found = path.stat()
            parts.append(f"{found.st_ino} {found.st_size} {found.st_mtime_ns}")
        except FileNotFoundError:
            parts.append("none")
    return "\n".join(parts)


def _adopt_older_names(files: WarehouseFiles) -> None:
    """Take over a raw store under the name it had in version 0.1: the file's name without its last suffix.

    Raises WarehouseError where another warehouse shared it, for then nobody but their owner knows whose pages are
    whose.
    """
    older = files.published.with_suffix(".raw")
    if not isinstance(files.raw_folder, Path):
        return
    if files.raw_folder.exists() or not any(older.glob("*.parquet")):
        return
    stem = glob.escape(files.published.stem)
    others = {*files.published.parent.glob(stem), *files.published.parent.glob(f"{stem}.*")} - {files.published}
    sharing = sorted(path.name for path in others if _is_duckdb(path))
    if sharing:
        raise WarehouseError(
            f"{older} may hold pages of {', '.join(sharing)} too: "
            f"where it is this one's, name it {files.raw_folder.name}"
        )
    older.rename(files.raw_folder)


def _is_duckdb(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(_MAGIC_END)[_MAGIC_START:] == _MAGIC
    except OSError:
        return False


def remove_work(files: WarehouseFiles) -> None:
    """Delete what a run left on its way, a killed one too."""
    shutil.rmtree(files.work_folder, ignore_errors=True)
