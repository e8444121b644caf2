"""Fields of work that name an office (财政, 住房和城乡建设), and heads that name what they do by themselves (派出所)."""

from __future__ import annotations

from functools import cache

from tasks.lexicon.word_lists import words_for


@cache
def is_function(head: str) -> bool:
    """Whether the head names a function by itself (派出所, 环卫所, 供热中心)."""
    stems = words_for("bodies/departments", "field")
    return any(
        head.endswith(tail) and head[: -len(tail)] in stems for tail in ("局", "所", "委", "站", "办", "大队", "支队")
    ) or head in (
        "派出所",
        "供热中心",
        "疾控中心",
        "综治中心",
        "便民服务中心",
        "政务服务中心",
        "行政服务中心",
        "社保中心",
        "矛调中心",
        "交警大队",
    )


@cache
def _lengths_of_departments() -> dict[str, tuple[int, ...]]:
    """How long the fields of work are that end in two characters, longest first: before most bodies none ends."""
    lengths: dict[str, set[int]] = {}
    for word in words_for("bodies/departments", "field"):
        lengths.setdefault(word[-2:], set()).add(len(word))
    return {ending: tuple(sorted(found, reverse=True)) for ending, found in lengths.items()}


def department_start(text: str, at: int) -> int:
    """Where the field of work that ends at ``at`` begins (财政, 住房和城乡建设); ``at`` itself where none does."""
    if at < 2:
        return at
    table = words_for("bodies/departments", "field")
    for length in _lengths_of_departments().get(text[at - 2 : at], ()):
        if length <= at and text[at - length : at] in table:
            start = at - length
            if text[start - 1 : start] in ("和", "与"):
                joined = department_start(text, start - 1)
                return joined if joined < start - 1 else start  # 城市管理和综合执法局
            return start
    return at
