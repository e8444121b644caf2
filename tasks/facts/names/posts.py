"""Posts as printed: the office or occupation that stands directly before or after a name."""

from __future__ import annotations

from tasks.facts.names.lexicon import longest, words


def post_ending_at(text: str, end: int, left: int = 0) -> int | None:
    """Where the post that ends at ``end`` begins, its modifiers included; None where no post ends there.

    >>> text = "石桥镇党委副书记"
    >>> text[post_ending_at(text, len(text)):]
    '党委副书记'
    """
    start = _word_ending_at(text, end, left, "posts")
    if start is None:
        return None
    while True:
        modifier = _word_ending_at(text, start, left, "post_modifiers")
        if modifier is None:
            break
        start = modifier
    if start - 2 >= left and text[start - 1] in "、兼":
        earlier = post_ending_at(text, start - 1, left)
        if earlier is not None:
            return earlier
    return start


def post_starting_at(text: str, start: int) -> int | None:
    """Where the post that begins at ``start`` ends; None where none begins there.

    >>> post_starting_at("总书记强调", 0)
    3
    """
    table = words("posts")
    for length in range(min(longest("posts"), len(text) - start), 1, -1):
        if text[start : start + length] in table:
            return start + length
    return None


def _word_ending_at(text: str, end: int, left: int, name: str) -> int | None:
    table = words(name)
    for length in range(min(longest(name), end - left), 0, -1):
        if text[end - length : end] in table:
            return end - length
    return None
