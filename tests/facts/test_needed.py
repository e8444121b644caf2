"""A pattern that is searched in fewer places finds what the bare pattern finds everywhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tasks.facts.kinds  # noqa: F401 - it imports every module that has a pattern of its own
from tasks.facts.claims.signs import SIGNS
from tasks.facts.text.needed import Head, Tail, core_of, led
from tasks.facts.text.sought import ALL_SOUGHT, Sought
from tasks.lexicon.characters import spelled_out
from tasks.lexicon.clues import Clues, needed_characters

# Groups, words before and behind, repeats, anchors, classes, and beginnings or ends that may be missing.
PATTERNS = (
    "(?<!不)(?:(?:建|设)立|推行)了",
    "(?:再|又)?(?:继续|进一步)[^，。]{0,4}(?:推行|办好)(?!起来)",
    "(?:^|[，。])(?:我们?|本)?(?:村|镇|社区)在",
    r"(?:\d{4}年|去年)?(?:街道|社区)(?!居民)",
    "他(?<!其他)(?!们|人)|老人家?|这位(?:老人|书记)",
    "(?P<word>至少|不[得应]?少于)(?P<link>[了过]?)$",
    "[[:one_to_ten:]]{1,4}[团连]|兵团",
)
TAILS = ("(?:[赴到]|前往)(?:了|过)?$", "(?:赴|到)$|取经(?:了|过)$", "(?P<verb>印发|出台)(?:实施)?(?:了|的)?$")

HEADS = ("籍|人(?:氏|(?=[，。]))|同乡", "(?:的)?平均|第[[:one_to_ten:]]", "(?<!不)[（(]([[:han:]]{1,2})[）)]")


def letters_of(pattern: str) -> st.SearchStrategy[str]:
    """Texts of what the pattern is written with, in which it is found now and then, and of what is not in it."""
    letters = [*sorted(set(re.sub(r"[\(){}?:<>!|^$P\[\]-]", "", spelled_out(pattern)))), "，", "\n", "某", "2"]
    words = list(re.findall(r"[\u4e00-\u9fff]{2,}", pattern))
    return st.lists(st.sampled_from(letters + words), max_size=12).map("".join)


def found(match: re.Match[str] | None) -> tuple[object, ...] | None:
    return None if match is None else (match.span(), match.groups())


@pytest.mark.parametrize("pattern", HEADS)
@given(data=st.data())
def test_heads_match_where_bare_patterns_match(pattern: str, data: st.DataObject) -> None:
    bare, head = re.compile(spelled_out(pattern)), Head(pattern)
    text = data.draw(letters_of(pattern))
    for start in range(len(text) + 1):
        assert found(head.match(text, start)) == found(bare.match(text, start))


@pytest.mark.parametrize("pattern", ["[^，]建", "(?:建立)?", r"\d年"])
def test_a_pattern_without_a_first_character_is_no_head(pattern: str) -> None:
    with pytest.raises(ValueError, match="no first character"):
        Head(pattern)


@pytest.mark.parametrize("pattern", [*PATTERNS, *TAILS, *(sign.spelled for sign in SIGNS[::9])])
@given(data=st.data())
def test_led_patterns_find_what_bare_ones_find(pattern: str, data: st.DataObject) -> None:
    bare, led_by_class = re.compile(spelled_out(pattern)), led(pattern)
    text = data.draw(letters_of(pattern))
    assert found(led_by_class.search(text)) == found(bare.search(text))
    assert list(map(found, led_by_class.finditer(text))) == list(map(found, bare.finditer(text)))


@pytest.mark.parametrize("pattern", TAILS)
@given(data=st.data())
def test_tails_find_what_bare_patterns_find(pattern: str, data: st.DataObject) -> None:
    bare, tail = re.compile(pattern), Tail(pattern)
    text = data.draw(letters_of(pattern))
    start, end = len(text) // 3, len(text) - len(text) // 4
    assert found(tail.search(text)) == found(bare.search(text))
    assert found(tail.search_before(text, start, end)) == found(bare.search(text, start, end))
    assert found(tail.search_before(text, start - 5, end)) == found(bare.search(text, max(start - 5, 0), end))


@pytest.mark.parametrize("pattern", [*PATTERNS, *TAILS, *(sign.spelled for sign in SIGNS[::9])])
@given(data=st.data())
def test_what_clues_rule_out_is_not_found(pattern: str, data: st.DataObject) -> None:
    text = data.draw(letters_of(pattern))
    bare, needed = re.compile(spelled_out(pattern)), needed_characters(spelled_out(pattern))
    clues = Clues({0: spelled_out(pattern)})
    if bare.search(text) is not None:
        assert needed is None or not needed.isdisjoint(text)
        assert (clues.always | clues.bits(text)) & 1


@pytest.mark.parametrize("pattern", [sign.spelled for sign in SIGNS if sign.pattern.startswith("^")][::4])
@given(data=st.data())
def test_the_core_of_a_pattern_is_found_wherever_the_pattern_is(pattern: str, data: st.DataObject) -> None:
    core, text = core_of(pattern), data.draw(letters_of(pattern))
    if core is not None and re.search(spelled_out(pattern), text) is not None:
        assert core.search(text) is not None


def test_the_core_of_every_sign_is_found_in_its_example() -> None:
    for sign in SIGNS:
        core = core_of(sign.spelled)
        # A sign of the whole clause holds the mention, 【】; all others stand on one side of it.
        parts = [*re.split("【|】|[，。；]", sign.example), re.sub("【[^】]*】", "【】", sign.example)]
        assert core is None or any(map(core.search, parts)), sign.name


def test_a_led_pattern_begins_with_its_class() -> None:
    assert led("(?<!不)(?:建|设)立").pattern.startswith("(?=[建设])")
    assert led("(?:再)?(?:建|设)立").pattern.startswith("(?=[再建设])")


@pytest.mark.parametrize("pattern", ["[^，]建", "(?:建立)?", "^建立", "(?=建)", "(?i)a"])
def test_a_pattern_that_cannot_be_led_stays_as_it_is(pattern: str) -> None:
    assert led(pattern).pattern == pattern


# Digits of other scripts, of other planes and in full width, and a letter beyond the basic plane.
STRANGE_LETTERS = ("٣", "𝟗", "３", "𠀀", "3", "十", "年")
SOUGHT = [
    Sought(pattern)
    for pattern in (
        r"(?<![第\d])\d{1,2}(?:周|个)?年|[两[:one_to_ten:]]{1,3}届(?!全国)",
        r"(?=\d{1,3}\s?[年月]|[今去]年)",
        "(?:(?:简|又)称|即)(?:为)?[：:]?“([^”]{2,4})”",
        "新(?=网格|时代)|网(?=格)",
    )
]


@pytest.mark.parametrize("sought", [*SOUGHT, *ALL_SOUGHT[::3]], ids=lambda sought: sought.pattern.pattern)
@given(data=st.data())
def test_sought_patterns_find_what_bare_ones_find(sought: Sought, data: st.DataObject) -> None:
    bare = sought.pattern
    parts = st.one_of(letters_of(bare.pattern), st.text(st.sampled_from(STRANGE_LETTERS), max_size=8))
    text = "".join(data.draw(st.lists(parts, min_size=1, max_size=5)))
    text = text + "。" * 101 + text
    assert list(map(found, sought.finditer(text))) == list(map(found, bare.finditer(text)))
    assert found(sought.search(text)) == found(bare.search(text))
    start, end = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))
    assert list(map(found, sought.finditer(text, start, end))) == list(map(found, bare.finditer(text, start, end)))


@pytest.mark.parametrize("pattern", ["[^，]建", "建立?", "年月?日?", "(?i:建立)", "[[:han:]]年", "(?=年)[^，]"])
def test_a_pattern_without_first_pairs_is_not_sought(pattern: str) -> None:
    with pytest.raises(ValueError, match="no first pairs"):
        Sought(pattern)
