"""What the closed lists of ``tasks.records`` hold, for those who check or read values against them."""

from __future__ import annotations

from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from tasks import records


def entries_of(closed_list: Any) -> frozenset[str]:
    """What a column of this closed list may hold."""
    return frozenset(get_args(closed_list))


@cache
def names_of_lists() -> dict[frozenset[str], str]:
    """What each closed list of ``tasks.records`` is called there, by what it may hold.

    >>> names_of_lists()[frozenset(("own", "superior"))]
    'ClaimRole'
    """
    return {entries_of(value): name for name, value in vars(records).items() if get_origin(value) is Literal}


def listed(closed_list: Any, entry: str) -> Any:
    """``entry``, which was read from a file of data, typed as one of its closed list. Raises ValueError where it is
    not.

    >>> from tasks.records import StoryRole
    >>> listed(StoryRole, "mirror")
    'mirror'
    """
    if entry not in get_args(closed_list):
        raise ValueError(f"{entry!r} is not among {', '.join(get_args(closed_list))}")
    return entry


def closed_lists_of(record: type) -> dict[str, frozenset[str]]:
    """The fields of a record that hold a closed list, and what each may hold; None is said by the field, not here."""
    hints = get_type_hints(record)
    return {name: entries for name, hint in hints.items() if (entries := _literals_in(hint))}


def _literals_in(hint: Any) -> frozenset[str]:
    if get_origin(hint) is Literal:
        return entries_of(hint)
    parts = get_args(hint) if get_origin(hint) in (Union, UnionType) else ()
    return frozenset().union(*map(_literals_in, parts))
