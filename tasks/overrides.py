"""What is known of practices beside what texts say: names that are common, and the analyst's own corrections.

The corrections are lines of ``overrides.csv`` beside the warehouse (action,name,place,target; place and target may be
empty): ``merge`` name with target, ``split`` what name means at a place off as target, ``drop`` a name that is no
practice, ``rename`` it, ``mark`` it as generic, national or specific. They are applied anew in each run, so that a line
that is taken out is taken back.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, get_args

from tasks.lexicon.gazetteer import places
from tasks.lexicon.practice_spelling_keys import canonical_practice_name
from tasks.records import stable_id

Action = Literal["merge", "split", "drop", "rename", "mark"]
Scope = Literal["generic", "national", "specific"]

FILE_NAME = "overrides.csv"
COLUMNS = ("action", "name", "place", "target")


class OverrideError(ValueError):
    """A line that cannot be applied; the message names the file and the line."""


@dataclass(frozen=True)
class Override:
    """One correction: ``place`` is a six-digit code (None: everywhere), ``target`` a name or a scope, None for drop."""

    action: Action
    name: str
    place: str | None
    target: str | None

    def __str__(self) -> str:
        where = f" at {self.place}" if self.place else ""
        return f"{self.action} {self.name}{where}" + (f" → {self.target}" if self.target else "")


def read_overrides(path: Path) -> tuple[Override, ...]:
    """The corrections of a file, none where there is no file. Raises OverrideError for a line that means nothing."""
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        unknown = set(rows.fieldnames or ()) - set(COLUMNS)
        if unknown or not {"action", "name"} <= set(rows.fieldnames or ()):
            raise OverrideError(f"{path}: the columns are {', '.join(COLUMNS)}, not {', '.join(rows.fieldnames or ())}")
        return tuple(_override(path, number, row) for number, row in enumerate(rows, 2))


def override_rows(overrides: tuple[Override, ...]) -> list[dict[str, object]]:
    """Rows of ``core.practice_overrides``. Merges that lead on to one another end at the last name."""
    merged = {_practice_id(one.name): one.target for one in overrides if one.action == "merge" and one.target}
    rows: list[dict[str, object]] = []
    for ordinal, one in enumerate(overrides):
        target, seen = one.target, {_practice_id(one.name)}
        while one.action in {"merge", "split"} and target and _practice_id(target) in merged:
            if _practice_id(target) in seen:
                raise OverrideError(f"{FILE_NAME}: {one} leads back to itself")
            seen.add(_practice_id(target))
            target = merged[_practice_id(target)]
        names = one.action in {"merge", "split"} and target
        rows.append(
            {
                "ordinal": ordinal,
                "action": one.action,
                "name": one.name,
                "spelling_id": _practice_id(one.name),
                "adcode": one.place,
                "target": target,
                "target_id": _practice_id(str(target)) if names else None,
                "mention_count": 0,
            }
        )
    return rows


@cache
def common_practices() -> tuple[tuple[str, str, str], ...]:
    """Practice id, name and scope of the names that are common, each id once.

    >>> ("村规民约", "generic") in {(name, scope) for _, name, scope in common_practices()}
    True
    """
    source = files("tasks.lexicon").joinpath("data", "common_practices.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in source if not line.startswith("#"))
    found = {_practice_id(row["name"]): (row["name"], row["scope"]) for row in rows}
    return tuple((practice_id, *known) for practice_id, known in sorted(found.items()))


def _practice_id(name: str) -> str:
    return stable_id(canonical_practice_name(name))


def _override(path: Path, number: int, row: dict[str, str | None]) -> Override:
    given = {column: (row.get(column) or "").strip() or None for column in COLUMNS}
    where = f"{path}, line {number}"
    action, name, target = given["action"], given["name"], given["target"]
    if action not in get_args(Action):
        raise OverrideError(f"{where}: {action} is none of {', '.join(get_args(Action))}")
    if name is None or (target is None) != (action == "drop"):
        raise OverrideError(f"{where}: {action} wants a name" + ("" if action == "drop" else " and a target"))
    if action == "mark" and target not in get_args(Scope):
        raise OverrideError(f"{where}: {target} is none of {', '.join(get_args(Scope))}")
    if action == "split" and given["place"] is None:
        raise OverrideError(f"{where}: split wants a place")
    place = None if given["place"] is None else _place(where, given["place"])
    return Override(action, name, place, target)  # type: ignore[arg-type]


def _place(where: str, name: str) -> str:
    """The code of a place given by code, full or own name. Raises OverrideError where none or several have it."""
    codes = [row[0] for row in places() if name in (row[0], row[1], row[2])]
    if len(codes) != 1:
        raise OverrideError(f"{where}: {name} is {'no' if not codes else 'more than one'} province, city or county")
    return codes[0]
