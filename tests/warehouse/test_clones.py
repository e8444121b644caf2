"""A copy of a file holds what the file held, whether the file system made a clone of it or not."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from warehouse.clones import clone_or_copy

CONTENT = bytes(range(256)) * 5_000


def _clone(target: int, request: int, source: int) -> int:
    """What a file system that knows clones does, as far as a reader of the files can tell."""
    os.pwrite(target, os.pread(source, len(CONTENT), 0), 0)
    return 0


def _refuse(target: int, request: int, source: int) -> int:
    raise OSError(errno.EOPNOTSUPP, "not here")


@pytest.mark.parametrize("answer", [_clone, _refuse, fcntl.ioctl])
def test_a_copy_is_the_same_and_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, answer: Callable[[int, int, int], int]
) -> None:
    monkeypatch.setattr(fcntl, "ioctl", answer)
    original, copy = tmp_path / "original", tmp_path / "copy"
    original.write_bytes(CONTENT)
    copy.write_bytes(b"longer than it was before" * 100_000)
    clone_or_copy(original, copy)
    assert copy.read_bytes() == CONTENT
    with copy.open("rb+") as file:
        file.write(b"changed")
    assert original.read_bytes() == CONTENT


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="gone"):
        clone_or_copy(tmp_path / "gone", tmp_path / "copy")
