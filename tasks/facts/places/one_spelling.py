"""One spelling for a small place that an article names with different left neighbours: 在石桥村 and 石桥村."""

from __future__ import annotations

from typing import Protocol, TypeVar

from tasks.facts.places.stems import stands_clear


class Spelled(Protocol):
    """A small place as spelled, from ``start`` on; what ``is_known`` is spelled as the gazetteer has it."""

    start: int
    name: str
    is_known: bool


Place = TypeVar("Place", bound=Spelled)


def agree(text: str, found: list[Place]) -> list[Place]:
    """Give one spelling to the same name met with different left neighbours: the one that stands clear wins."""
    by_tail: dict[str, list[Place]] = {}
    for place in found:
        by_tail.setdefault(place.name[-3:], []).append(place)
    for group in by_tail.values():
        if len(group) < 2:
            continue
        named = _by_name(group)
        clear = {place.name for place in group if stands_clear(text, place.start)}
        longest = max(map(len, clear), default=0)
        for place in group:
            end = place.start + len(place.name)
            for start in range(max(end - longest, 0), place.start if not place.is_known else 0):
                if text[start:end] in clear:
                    place.start, place.name = start, text[start:end]
                    break
        _shorten(text, group, sorted(named, key=lambda name: (len(name), name)))
    return found


def _by_name(group: list[Place]) -> dict[str, list[Place]]:
    named: dict[str, list[Place]] = {}
    for place in group:
        named.setdefault(place.name, []).append(place)
    return named


def _shorten(text: str, group: list[Place], names: list[str]) -> None:
    """Cut the names of ``group`` to those of ``names``, the shortest first, that they end in and that stand clear."""
    named = _by_name(group)
    longer: dict[str, list[Place]] = {name: [] for name in names}
    for name, places in named.items():
        for start in range(1, len(name)):
            if name[start:] in longer:
                longer[name[start:]] += (place for place in places if not place.is_known)
    for short in names:
        if any(place.name == short and stands_clear(text, place.start) for place in named.get(short, ())):
            for place in longer[short]:
                if len(place.name) > len(short):
                    place.start += len(place.name) - len(short)
                    place.name = short
