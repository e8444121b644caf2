"""Which code made a warehouse: the version's number says what was released, the digest what was run."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path

from tasks.records import FIRST_DAY

_PROJECT = Path(__file__).resolve().parents[1]
_MADE_OF = ("flows/*.py", "tasks/**/*", "warehouse/*.py", "sql/**/*.sql")
_COMPILED = "__pycache__"
_DIGITS = 10  # 40 bits: two states of the code are told apart


@cache
def code_version() -> str:
    """The package's version and a digest of all code, SQL and data that a run is made of, ``0.1.0+3f9a0c17be``."""
    return f"{version('fangzhi')}+{digest_of(_PROJECT)}"


def version_of_rows(first_day: date) -> str:
    """The code, and where it is not the usual one the day before which no page counts as published: rows that were made
    with another are to be made anew."""
    return code_version() if first_day == FIRST_DAY else f"{code_version()} from {first_day}"


def digest_of(project: Path) -> str:
    """Ten hexadecimal digits that change with any name or content of what a run is made of."""
    digest = hashlib.sha256()
    for pattern in _MADE_OF:
        for path in sorted(project.glob(pattern)):
            if path.is_file() and _COMPILED not in path.parts:
                digest.update(path.relative_to(project).as_posix().encode() + b"\0")
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:_DIGITS]
