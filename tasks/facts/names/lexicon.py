"""The word lists behind names and posts, read once on first use."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


@cache
def surnames() -> dict[str, float]:
    """Weight of each surname, from -1 (usually another word) to 2 (compound)."""
    return _weights("surnames.tsv")


@cache
def given_name_characters() -> dict[str, float]:
    """Log odds of each character in a given name against running text."""
    return _weights("given_name_characters.tsv")


@cache
def words(name: str) -> frozenset[str]:
    """The words of ``data/<name>.txt``."""
    return frozenset((_DATA / f"{name}.txt").read_text("utf-8").split())


@cache
def longest(name: str) -> int:
    """Length of the longest word of ``data/<name>.txt``."""
    return max(map(len, words(name)))


def _weights(file_name: str) -> dict[str, float]:
    lines = (_DATA / file_name).read_text("utf-8").splitlines()[1:]
    return {key: float(weight) for key, weight in (line.split("\t") for line in lines)}
