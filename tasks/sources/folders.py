"""Walks a folder for files to read, and names everything in it that is none: nothing is passed over without a word.

Links are followed once; what the product itself wrote (a raw store, a warehouse, the work of a run) is no input, or a
folder that holds the warehouse would take its own store in, more of it every day.
"""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tasks.records import ID_HEX_DIGITS, RejectionReason

_PACK = re.compile(rf"[0-9a-f]{{{ID_HEX_DIGITS}}}\.parquet")
_WORK = re.compile(rf".+\.[0-9a-f]{{{ID_HEX_DIGITS}}}-\d+\.work")
_BESIDE = (".duckdb", ".duckdb.wal")
_BESIDE_STORE = (".lock", ".raw-index.parquet")  # names that others give too


@dataclass(frozen=True)
class Found:
    """A file; or, with a ``reason``, something in the folder that is not to be read."""

    path: Path
    reason: RejectionReason | None = None
    detail: str | None = None


def files_in(folder: Path) -> Iterator[Found]:
    """Everything below ``folder``, in no particular order. Never raises."""
    if own := own_files(folder):
        yield Found(folder, "own_files", own)
        return
    waiting, seen = [folder], {os.path.realpath(folder)}
    while waiting:
        current = waiting.pop()
        try:
            entries = list(os.scandir(current))
        except OSError as error:
            yield Found(current, "unreadable_file", f"the folder cannot be read: {error.strerror}")
            continue
        for entry in entries:
            path = current / entry.name
            found = _look(path, entry)
            if found is not None:
                yield found
            elif (place := os.path.realpath(path)) in seen:
                yield Found(path, "not_a_file", "a link to a folder that is read already")
            else:
                seen.add(place)
                waiting.append(path)


def matches_of(pattern: str) -> set[str]:
    """What a pattern matches, ``**`` standing for any folders: each of them is looked into once. To ``glob`` itself two
    links that lead back to where they are make a trillion folders."""
    parts = pattern.split("/")
    if "**" not in parts:
        return set(glob.glob(pattern))  # noqa: PTH207 (the pattern may be absolute)
    at = parts.index("**")
    head, rest = "/".join(parts[:at]), "/".join(parts[at + 1 :])
    top = "/" if pattern.startswith("/") else ""
    bases = glob.glob(head) if head else [top]  # noqa: PTH207
    if not rest:
        return {base or "." for base in bases}
    folders = {folder for base in bases for folder in _folders(base)}
    patterns = [os.path.join(glob.escape(folder), rest) for folder in folders]  # noqa: PTH118
    return {match for one in patterns for match in matches_of(one)}


def _folders(base: str) -> Iterator[str]:
    """``base`` and the folders below it but for hidden ones, each once whatever links lead to it."""
    waiting, seen = [base], {os.path.realpath(base)}
    while waiting:
        current = waiting.pop()
        yield current
        try:
            names = [entry.name for entry in os.scandir(current or ".") if entry.is_dir() and entry.name[0] != "."]
        except OSError:  # a file, or a folder that cannot be read
            continue
        for path in (os.path.join(current, name) for name in sorted(names)):  # noqa: PTH118
            if (place := os.path.realpath(path)) not in seen:
                seen.add(place)
                waiting.append(path)


def _look(path: Path, entry: os.DirEntry[str]) -> Found | None:
    """What stands at ``path``; None where it is a folder to be walked."""
    if entry.name.startswith("."):
        return Found(path, "hidden", "names that begin with a dot are not read; name it as a source to have it read")
    try:
        mode = entry.stat().st_mode
    except FileNotFoundError:
        return Found(path, "not_a_file", "a link that leads nowhere")
    except OSError as error:
        return Found(path, "unreadable_file", error.strerror or str(error))
    if stat.S_ISDIR(mode):
        return Found(path, "own_files", own) if (own := own_files(path)) else None
    if not stat.S_ISREG(mode):
        return Found(path, "not_a_file", "a pipe, a socket or a device")
    if own := own_files(path):
        return Found(path, "own_files", own)
    return Found(path)


def own_files(path: Path) -> str | None:
    """Why a file or folder is no source, where this program wrote it; None for all others."""
    if path.name.endswith(_BESIDE):
        return "a warehouse is no source"
    whole = Path(os.path.abspath(path))  # noqa: PTH100 (`.` has no name, and a link keeps its own)
    if _is_own_folder(whole) or (_PACK.fullmatch(path.name) and _is_own_folder(whole.parent)):
        return "what this program keeps is no source"
    if path.name.endswith(_BESIDE_STORE) and _is_beside_own_folder(whole):
        return "what this program keeps is no source"
    return None


def _is_beside_own_folder(path: Path) -> bool:
    """Whether there is a raw store or the work of a run beside a file, of the warehouse after which it is called."""
    name = next(path.name.removesuffix(end) for end in _BESIDE_STORE if path.name.endswith(end))
    try:
        return any(_is_own_folder(one) for one in path.parent.iterdir() if one.name.startswith(f"{name}."))
    except OSError:
        return False


def _is_own_folder(path: Path) -> bool:
    if _WORK.fullmatch(path.name):
        return True
    if path.suffix != ".raw":
        return False
    try:
        return any(_PACK.fullmatch(entry.name) for entry in os.scandir(path))
    except OSError:
        return False
