"""The stock phrases by which lines betray themselves (``data/line_patterns.toml``), compiled once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

LONGEST_LABEL = 30  # short lines come again on every page of a site
_SENTENCES_OF_PARAGRAPH = 2
_FAR_FROM_START = 12  # characters, as many as a site's name before its notice
_LATIN = re.compile("[A-Za-z]")
_ESCAPE = re.compile(r"\\[A-Za-z]")
_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Rule:
    """``pattern`` says all that the rule knows. The three parts of it are quicker to ask: what begins a line, what may
    stand anywhere and has no Latin letter (the engine then skips to the characters it can begin with), and what has."""

    kind: str
    reason: str
    pattern: re.Pattern[str]
    max_chars: int
    ends: bool
    at_start: re.Pattern[str] | None
    anywhere: re.Pattern[str] | None
    in_latin: re.Pattern[str] | None

    def knows(self, text: str) -> bool:
        return (
            (self.at_start is not None and self.at_start.match(text) is not None)
            or (self.anywhere is not None and self.anywhere.search(text) is not None)
            or (self.in_latin is not None and _LATIN.search(text) is not None and self.in_latin.search(text) is not None)
        )


@cache
def _rules() -> tuple[Rule, ...]:
    table = tomllib.loads((_DATA / "line_patterns.toml").read_text("utf-8"))
    found = []
    for entry in table["rule"]:
        patterns: list[str] = entry["patterns"]
        if entry["match"] != "inside":
            tail = r"\s*$" if entry["match"] == "whole" else ""
            patterns = [rf"^\s*(?:{_any(patterns)}){tail}"]
        at_start = [pattern for pattern in patterns if pattern.startswith("^")]
        others = [pattern for pattern in patterns if not pattern.startswith("^")]
        parts = (
            at_start,
            [pattern for pattern in others if not _LATIN.search(_ESCAPE.sub("", pattern))],
            [pattern for pattern in others if _LATIN.search(_ESCAPE.sub("", pattern))],
        )
        compiled = [re.compile(_any(part), re.IGNORECASE * (part is not parts[1])) if part else None for part in parts]
        whole = re.compile(_any(patterns), re.IGNORECASE)
        found.append(Rule(entry["kind"], entry["reason"], whole, entry["max_chars"], entry["ends"], *compiled))
    return tuple(found)


def _any(patterns: Sequence[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def stock_phrase(text: str) -> Rule | None:
    """The first rule that knows ``text`` (one normalised line), or None.

    >>> stock_phrase("分享到：").kind
    'share'
    >>> stock_phrase("会上，大家分享了治理经验。") is None
    True
    """
    return _judged_label(text) if len(text) <= LONGEST_LABEL else _judged_line(text)


@lru_cache(maxsize=50_000)
def _judged_label(text: str) -> Rule | None:
    return _judged(text)


@lru_cache(maxsize=1_000)
def _judged_line(text: str) -> Rule | None:  # the lines of one body are asked for more than once
    return _judged(text)


def _judged(text: str) -> Rule | None:
    length = len(text)
    for rule in _rules():
        if length <= rule.max_chars and rule.knows(text) and not _tells_of_it(text, rule):
            return rule
    return None


def _tells_of_it(text: str, rule: Rule) -> bool:
    """Whether ``text`` is a paragraph of sentences in which the phrase occurs once, far from the beginning: an article
    that names a telephone to call, or writes about copyright. Notices begin with their phrase or pile several up."""
    if not rule.ends or text.count("。") < _SENTENCES_OF_PARAGRAPH:
        return False
    first = rule.pattern.search(text)
    return first is not None and first.start() > _FAR_FROM_START and rule.pattern.search(text, first.end()) is None
