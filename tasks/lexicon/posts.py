"""Posts as printed: the office or occupation that stands directly before or after a name."""

from __future__ import annotations

from functools import cache

from tasks.lexicon.characters import pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.names import words
from tasks.lexicon.word_lists import words_for

# Characters of a row of posts joined by 、 or 兼. A long one (党委委员、副书记、镇长) has some 60; each post is one call.
_LONGEST_ROW = 120


def _lengths(table: frozenset[str], key: slice) -> dict[str, tuple[int, ...]]:
    grouped: dict[str, set[int]] = {}
    for word in table:
        if len(word) > 1:
            grouped.setdefault(word[key], set()).add(len(word))
    return {characters: tuple(sorted(found, reverse=True)) for characters, found in grouped.items()}


class _Words:
    """The words of one use: ``all``, those of one character (``single``), lengths of the others by their last two
    characters, the longest first.

    Two characters tell a word apart far better than one: at most places of a text no length needs to be tried.
    """

    __slots__ = ("all", "lengths_by_last", "single")

    def __init__(self, use: str) -> None:
        self.all = words_for("names/posts", use)
        self.single = frozenset(word for word in self.all if len(word) == 1)
        self.lengths_by_last = _lengths(self.all, slice(-2, None))


_POSTS, _MODIFIERS = _Words("post"), _Words("modifier")


def post_ending_at(text: str, end: int, left: int = 0) -> int | None:
    """Where the post that ends at ``end`` begins, its modifiers included; None where no post ends there.

    >>> text = "石桥镇党委副书记"
    >>> text[post_ending_at(text, len(text)):]
    '党委副书记'
    """
    # At nearly every place no post ends: that is told before anything else is asked.
    last_two = text[end - 2 if end > 1 else 0 : end]
    if last_two not in _POSTS.lengths_by_last and last_two[-1:] not in _POSTS.single:
        return None
    # A row of posts is followed to its first; one without end (书记、书记、…) is looked at for _LONGEST_ROW characters.
    return _row_of_posts_ending_at(text, end, max(left, end - _LONGEST_ROW))


def _row_of_posts_ending_at(text: str, end: int, left: int) -> int | None:
    start = _word_ending_at(text, end, left, _POSTS)
    if start is None:
        return None
    while True:
        modifier = _word_ending_at(text, start, left, _MODIFIERS)
        if modifier is None:
            break
        start = modifier
        if text[start] == "兼":  # 妇联主席兼会计: two posts
            earlier = _row_of_posts_ending_at(text, start, left)
            if earlier is not None:
                return earlier
    if start - 2 >= left and text[start - 1] in "、兼":
        earlier = _row_of_posts_ending_at(text, start - 1, left)
        if earlier is not None:
            return earlier
    return start


_OCCUPATION_ENDS = frozenset("员工农匠师长主书人")
_OCCUPATION = pattern_of(r"([[:han:]]{0,3})(员|工|农|匠|师|长|主|文书|人)$")
_TAIL_LENGTH = {"人": 2, "员": 2, "主": 2, "师": 2, "工": 1, "农": 1, "匠": 1, "长": 1, "文书": 0}
_FUNCTION = frozenset("的了和与及在是由把被从对向让请该这那有为个位名")


def occupation_ending_at(text: str, end: int, left: int = 0) -> int | None:
    """Where a word for an occupation that no list holds begins (桃农, 评理员, 椅长), judged by its last character.

    >>> text = "桃农"
    >>> occupation_ending_at(text, 2), occupation_ending_at("快速增长", 4)
    (0, None)
    """
    if text[end - 1 : end] not in _OCCUPATION_ENDS:
        return None
    match = _OCCUPATION.search(text, max(left, end - 4), end)
    if match is None or text[end - 2 : end] in words("occupation_exceptions") or text[end - 1 : end + 1] == "主任":
        return None
    tail = match.group(2)
    start = max(match.start(), end - len(tail) - _TAIL_LENGTH[tail])
    while start < end - len(tail) and text[start] in _FUNCTION:
        start += 1
    if end - start > 2 and start > 0 and is_word(text[start - 1 : start + 1]):
        start += 1  # 年轻船员 is no 轻船员
    if end - start < 2 or (tail == "人" and not _is_role(text[start:end])):
        return None
    modifier = _word_ending_at(text, start, left, _MODIFIERS)
    return start if modifier is None else modifier


def _is_role(word: str) -> bool:
    """Whether a word ending in 人 says what somebody does (营造人, 策展人) rather than what kind of people it is."""
    return len(word) == 3 and word[:2] not in _KINDS_OF_PEOPLE and is_word(word[:2])


_KINDS_OF_PEOPLE = frozenset(
    (
        "老年",
        "年轻",
        "中年",
        "青年",
        "残疾",
        "成年",
        "本地",
        "外地",
        "当地",
        "城里",
        "家里",
        "村里",
        "农村",
        "中国",
        "犯罪",
        "企业",
    )
)


def post_starting_at(text: str, start: int) -> int | None:
    """Where the post that begins at ``start`` ends; None where none begins there.

    >>> post_starting_at("总书记强调", 0)
    3
    """
    lengths = _lengths_by_first().get(text[start : start + 2])
    if lengths is not None:
        table = words_for("names/posts", "post")
        for length in lengths:
            if start + length <= len(text) and text[start : start + length] in table:
                return start + length
    return None


# What stands behind a name as its title; 学生, 志愿者 or 居民 there begin the next phrase.
_TITLE_ENDS = frozenset("长记任理席师授生官员士监督计演练军督工总")


def title_starting_at(text: str, start: int) -> int | None:
    """Where the post behind a name ends, of those that are said behind names (王建平主任); None where none is.

    >>> title_starting_at("主任说", 0), title_starting_at("志愿者们", 0)
    (2, None)
    """
    first = start + 1 if text.startswith("副", start) else start  # 王建平副主任
    end = post_starting_at(text, first)
    if end is None or text[end - 1] not in _TITLE_ENDS or text[first:end] in words_for("names/posts", "untitled"):
        return None
    return end


def _word_ending_at(text: str, end: int, left: int, known: _Words) -> int | None:
    if end <= left or end < 1:
        return None
    lengths = known.lengths_by_last.get(text[end - 2 if end > 1 else 0 : end])
    if lengths is not None:
        nearest = left if left > 0 else 0
        for length in lengths:
            start = end - length
            if start >= nearest and text[start:end] in known.all:
                return start
    return end - 1 if text[end - 1] in known.single else None


@cache
def _lengths_by_first() -> dict[str, tuple[int, ...]]:
    return _lengths(words_for("names/posts", "post"), slice(2))
