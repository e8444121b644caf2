"""What is known of practices beside what texts say: names that are common, and the analyst's own corrections.

The corrections are lines of ``overrides.csv`` beside the warehouse (action,name,place,target; place and target may be
empty): ``merge`` name with target, ``split`` what name means at a place off as target, ``drop`` a name that is no
practice, ``rename`` it, ``mark`` it as generic, national or specific. They are applied anew in each run, so that a line
that is taken out is taken back.
"""

from __future__ import annotations

import codecs
import csv
from contextlib import suppress
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
    """The corrections of a file, none where there is no file. Raises OverrideError for a line that means nothing, and
    for two of which only one can hold."""
    if not path.exists():
        return ()
    lines = [
        (number, line)
        for number, line in enumerate(_text(path).splitlines(keepends=True), 1)
        if line.strip() and not line.startswith("#")
    ]
    rows = csv.DictReader(line for _, line in lines)
    unknown = set(rows.fieldnames or ()) - set(COLUMNS)
    if unknown or not {"action", "name"} <= set(rows.fieldnames or ()):
        given = ", ".join(rows.fieldnames or ()) or "an empty file"
        raise OverrideError(f"{path}: the columns are {', '.join(COLUMNS)} with commas between, not {given}")
    found: list[tuple[int, Override]] = []
    for row in rows:
        number = lines[rows.line_num - 1][0]
        if row.get(None):
            raise OverrideError(f"{path}, line {number}: more fields than columns")
        if any(isinstance(value, str) and value.strip() for value in row.values()):
            found.append((number, _override(path, number, row)))
    _refuse_contradictions(path, found)
    return tuple(one for _, one in found)


def override_rows(overrides: tuple[Override, ...]) -> list[dict[str, object]]:
    """Rows of ``core.practice_overrides``. Merges that lead on to one another end at the last name; one that holds
    at a place leads on only what is corrected within that place."""
    merges = [one for one in overrides if one.action == "merge"]
    rows: list[dict[str, object]] = []
    for ordinal, one in enumerate(overrides):
        target, seen = one.target, {_practice_id(one.name)}
        while one.action in {"merge", "split"} and target:
            further = next((m.target for m in merges if _leads_on(m, target, one.place)), None)
            if further is None:
                break
            if _practice_id(target) in seen:
                raise OverrideError(f"{FILE_NAME}: {one} leads back to itself")
            seen.add(_practice_id(target))
            target = further
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


def _text(path: Path) -> str:
    """The characters of a file in UTF-8, in UTF-16 with its mark, or in GBK, as Excel writes them."""
    data = path.read_bytes()
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encodings = ["utf-16"] if is_wide else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    raise OverrideError(f"{path} is neither UTF-8 nor GBK; save it as UTF-8")


def _leads_on(merge: Override, name: str, place: str | None) -> bool:
    """Whether ``merge`` holds for all that is called ``name`` within ``place``."""
    holds = merge.place is None or (place is not None and place.startswith(merge.place.rstrip("0")))
    return holds and _practice_id(merge.name) == _practice_id(name)


def _refuse_contradictions(path: Path, found: list[tuple[int, Override]]) -> None:
    """Raises OverrideError for two lines on one name and place, and for a name that others go to and that is dropped.

    Without it the first of two merges would hold, and the last of two names.
    """
    known: dict[tuple[str, str, str | None], tuple[int, Override]] = {}
    dropped = {_practice_id(one.name): number for number, one in found if one.action == "drop" and one.place is None}
    for number, one in found:
        what = one.action if one.action in {"rename", "mark"} else "meaning"
        earlier = known.setdefault((what, _practice_id(one.name), one.place), (number, one))
        if (earlier[1].action, earlier[1].target) != (one.action, one.target):
            raise OverrideError(f"{path}, line {number}: {one} contradicts line {earlier[0]}, {earlier[1]}")
        if what == "meaning" and one.target and _practice_id(one.target) in dropped:
            at = dropped[_practice_id(one.target)]
            raise OverrideError(f"{path}, line {number}: {one} contradicts line {at}, which drops {one.target}")


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
    if action in {"rename", "mark"} and given["place"] is not None:
        raise OverrideError(f"{where}: {action} holds everywhere; leave the place empty, or split first")
    place = None if given["place"] is None else _place(where, given["place"])
    return Override(action, name, place, target)  # type: ignore[arg-type]


def _place(where: str, name: str) -> str:
    """The code of a place given by code, full or own name. Raises OverrideError where none or several have it."""
    codes = [row[0] for row in places() if name in (row[0], row[1], row[2])]
    if len(codes) != 1:
        raise OverrideError(f"{where}: {name} is {'no' if not codes else 'more than one'} province, city or county")
    return codes[0]
