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
    """Log odds of each character in a given name against running text, none below -2.5."""
    return {key: max(-2.5, weight) for key, weight in _weights("given_name_characters.tsv").items()}


@cache
def words(name: str) -> frozenset[str]:
    """The words of ``data/<name>.txt``."""
    return frozenset((_DATA / f"{name}.txt").read_text("utf-8").split())


@cache
def words_by_last(name: str) -> dict[str, tuple[str, ...]]:
    """The words of ``data/<name>.txt`` by their last character, longest first."""
    return _grouped(name, -1)


@cache
def words_by_first(name: str) -> dict[str, tuple[str, ...]]:
    """The words of ``data/<name>.txt`` by their first character, longest first."""
    return _grouped(name, 0)


def _grouped(name: str, at: int) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, list[str]] = {}
    for word in sorted(words(name), key=lambda word: (-len(word), word)):
        grouped.setdefault(word[at], []).append(word)
    return {character: tuple(found) for character, found in grouped.items()}


def _weights(file_name: str) -> dict[str, float]:
    lines = (_DATA / file_name).read_text("utf-8").splitlines()[1:]
    return {key: float(weight) for key, weight in (line.split("\t") for line in lines)}
