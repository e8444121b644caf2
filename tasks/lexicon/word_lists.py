"""The word lists of ``data/``: what the rules of several kinds of fact know about words."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def word_set(name: str) -> frozenset[str]:
    """The words of ``data/<name>.txt``; lines that begin with # tell what the list is and where it comes from.

    >>> "书记" in word_set("governance_words")
    True
    """
    lines = files("tasks.lexicon").joinpath("data", f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
