"""The stock phrases by which lines betray themselves (``data/line_patterns.toml``), compiled once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from tasks.lexicon.clues import Clues
from tasks.pages.lines.credits import read_credits
from tasks.records import RemovedKind

# For time alone: characters of a line that is judged once, since it comes again on every page of a site.
LONGEST_LABEL = 30
LINES_OF_FOOT = 8  # the foot of a site prints its owners, telephones and registration numbers within so many lines
_SENTENCES_OF_PARAGRAPH = 2
_FAR_FROM_START = 12  # characters, as many as a site's name before its notice
# A group without groups in it, or a literal or a plain class; not where it may be left out.
_GROUP = re.compile(r"\(\?:([^()\\\[\]]+)\)(?![?*{])")
_PLAIN = re.compile(r"(?:([^\W_])|\[([^\W_]+)\])(?![?*{])")
_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Rule:
    """``is_of_texts``: notices and invitations say the like in their text. ``pattern`` says all that the rule knows.
    Its parts are quicker to ask: ``at_start`` what begins a line, ``anywhere`` what may stand inside one, which is
    tried only where one of its first characters stands (``first``)."""

    kind: RemovedKind
    reason: str
    pattern: re.Pattern[str]
    max_chars: int
    ends: bool
    is_of_texts: bool
    at_start: re.Pattern[str] | None
    anywhere: re.Pattern[str] | None
    first: re.Pattern[str]

    def knows(self, text: str) -> bool:
        if self.at_start is not None and self.at_start.match(text) is not None:
            return True
        if self.anywhere is None:
            return False
        match = self.anywhere.match
        return any(match(text, mark.start()) is not None for mark in self.first.finditer(text))


@cache
def _rules() -> tuple[Rule, ...]:
    table = tomllib.loads((_DATA / "line_patterns.toml").read_text("utf-8"))
    return tuple(_rule_of(**entry) for entry in table["rule"])


def _rule_of(
    patterns: list[str],
    match: str,
    kind: RemovedKind,
    reason: str,
    max_chars: int,
    ends: bool,
    is_of_texts: bool = False,
) -> Rule:
    if match != "inside":
        tail = r"\s*$" if match == "whole" else ""
        patterns = [rf"^\s*(?:{_any(patterns)}){tail}"]
    at_start = [pattern for pattern in patterns if pattern.startswith("^")]
    anywhere = [pattern for pattern in patterns if not pattern.startswith("^")]
    firsts = [_first_characters(pattern) for pattern in anywhere]
    return Rule(
        kind,
        reason,
        re.compile(_any(patterns), re.IGNORECASE),
        max_chars,
        ends,
        is_of_texts,
        re.compile(_any(at_start), re.IGNORECASE) if at_start else None,
        re.compile(_any(anywhere), re.IGNORECASE) if anywhere else None,
        re.compile("." if None in firsts or not firsts else f"[{''.join(filter(None, firsts))}]"),
    )


@cache
def _clues() -> Clues:
    """Most labels have a character for none of the rules or for one."""
    return Clues({number: rule.pattern.pattern for number, rule in enumerate(_rules())}, ignore_case=True)


def _any(patterns: Sequence[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def _first_characters(pattern: str) -> str | None:
    """The characters that a match can begin with, in both cases; None where the pattern does not plainly tell.

    >>> _first_characters("版权所有[：:]"), _first_characters("(?:不良|违法)信息"), _first_characters("x?y")
    ('版', '不违', None)
    """
    depth, begin, alternatives = 0, 0, []
    for place, char in enumerate(pattern):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            alternatives.append(pattern[begin:place])
            begin = place + 1
    if alternatives:
        found = [_first_characters(each) for each in (*alternatives, pattern[begin:])]
        return None if None in found else "".join(filter(None, found))
    group = _GROUP.match(pattern)
    if group is not None:
        return _first_characters(group.group(1))
    plain = _PLAIN.match(pattern)
    if plain is None:
        return None
    characters = plain.group(1) or plain.group(2)
    return characters if not characters.isascii() else f"{characters.lower()}{characters.upper()}"


def stock_phrase(text: str) -> Rule | None:
    """The first rule that knows ``text`` (one normalised line), or None.

    >>> stock_phrase("分享到：").kind
    'share'
    >>> stock_phrase("会上，大家分享了治理经验。") is None
    True
    """
    return _judged_label(text) if len(text) <= LONGEST_LABEL else _judged_line(text)


def stock_phrase_in_text(texts: Sequence[str]) -> Rule | None:
    """The rule that knows the first of ``texts``, lines of a body in order.

    Who holds a meeting and where to call is text, unless the foot of the site stands right below.

    >>> stock_phrase_in_text(["咨询电话：0991-1234567", "青石县民政局"]) is None
    True
    >>> stock_phrase_in_text(["主办单位：青石县人民政府", "网站标识码：1234567890"]).kind
    'footer'
    >>> stock_phrase_in_text(["咨询电话：0991-1234567", "责任编辑：王芳", "网站标识码：1234567890"]) is None
    True
    """
    rule = stock_phrase(texts[0])
    if rule is None or not rule.is_of_texts:
        return rule
    for text in texts[1 : 1 + LINES_OF_FOOT]:
        below = stock_phrase(text)
        if below is None and not read_credits(text).editors:
            continue
        if below is None or below.kind != "footer":
            return None  # the article ends between the two, with its editor or the buttons below it
        if not below.is_of_texts:
            return rule
    return None


@lru_cache(maxsize=50_000)
def _judged_label(text: str) -> Rule | None:
    return _judged(text)


@lru_cache(maxsize=1_000)
def _judged_line(text: str) -> Rule | None:  # the lines of one body are asked for more than once
    return _judged(text)


def _judged(text: str) -> Rule | None:
    length, rules = len(text), _rules()
    for number in _clues().numbers(text):
        rule = rules[number]
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
