"""What stands between two quotation marks, and whether it names somebody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Marked:
    """What stands between two marks; ``after`` is the first character behind the closing one."""

    start: int
    end: int
    after: int
    text: str


def is_spoken_of(marked: Marked, name: str | None) -> bool:
    """Whether what is said names ``name`` in the third person: another one speaks (“小裴才来两年。”如今，小裴…)."""
    at = marked.text.find(name) if name is not None else -1
    return at >= 0 and not marked.text.endswith(("我叫", "我是"), 0, at)
