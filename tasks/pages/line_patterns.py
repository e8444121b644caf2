"""The stock phrases by which lines betray themselves (``data/line_patterns.toml``), compiled once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

LONGEST_LABEL = 30  # short lines come again on every page of a site
_SENTENCES_OF_PARAGRAPH = 2
_FAR_FROM_START = 12  # characters, as many as a site's name before its notice
_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Rule:
    kind: str
    reason: str
    pattern: re.Pattern[str]
    max_chars: int
    ends: bool


@cache
def _rules() -> tuple[Rule, ...]:
    table = tomllib.loads((_DATA / "line_patterns.toml").read_text("utf-8"))
    found = []
    for entry in table["rule"]:
        body = "|".join(f"(?:{pattern})" for pattern in entry["patterns"])
        if entry["match"] == "start":
            body = rf"^\s*(?:{body})"
        elif entry["match"] == "whole":
            body = rf"^\s*(?:{body})\s*$"
        compiled = re.compile(body, re.IGNORECASE)
        found.append(Rule(entry["kind"], entry["reason"], compiled, entry["max_chars"], entry["ends"]))
    return tuple(found)


def stock_phrase(text: str) -> Rule | None:
    """The first rule that knows ``text`` (one normalised line), or None.

    >>> stock_phrase("分享到：").kind
    'share'
    >>> stock_phrase("会上，大家分享了治理经验。") is None
    True
    """
    return _judged_label(text) if len(text) <= LONGEST_LABEL else _judged(text)


@lru_cache(maxsize=50_000)
def _judged_label(text: str) -> Rule | None:
    return _judged(text)


def _judged(text: str) -> Rule | None:
    length = len(text)
    for rule in _rules():
        if length <= rule.max_chars and rule.pattern.search(text) and not _tells_of_it(text, rule):
            return rule
    return None


def _tells_of_it(text: str, rule: Rule) -> bool:
    """Whether ``text`` is a paragraph of sentences in which the phrase occurs once, far from the beginning: an article
    that names a telephone to call, or writes about copyright. Notices begin with their phrase or pile several up."""
    if not rule.ends or text.count("。") < _SENTENCES_OF_PARAGRAPH:
        return False
    first = rule.pattern.search(text)
    return first is not None and first.start() > _FAR_FROM_START and rule.pattern.search(text, first.end()) is None
