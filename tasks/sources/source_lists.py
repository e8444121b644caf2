"""Reads a ``sources.toml``: the named sources that a scheduled run visits, and how each wants to be visited.

    [defaults]
    delay_seconds = 1.0

    [[source]]
    name = "county portal"
    locations = ["https://www.example.cn/zwgk/xzdt/"]
    kind = "section"

A relative path is taken from the folder that holds the file. An unknown key is an error that names it: a misspelt key
that is passed over would change what is fetched without a word.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

from cronsim import CronSim, CronSimError
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

SourceKind = Literal["page", "section", "epaper", "feed", "sitemap", "api"]
_URL = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_DATE_SLOT = re.compile(r"\{date:([^{}]+)\}")
_CRON_FIELDS = 5
_ANY_DAY = datetime(2024, 1, 1)
_LONGEST_DELAY = 3_600.0  # seconds; a run that waits longer between two pages of a host ends on no morning
# A value is of its type as it stands: enabled = "no" is neither true nor false, days = true is no number.
_AS_WRITTEN = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)
Model = TypeVar("Model", bound=BaseModel)


class SourceDefaults(BaseModel):
    """What holds for every source that does not say otherwise."""

    model_config = _AS_WRITTEN

    delay_seconds: float | None = Field(default=None, ge=0, le=_LONGEST_DELAY)
    max_pages_per_run: int = Field(default=2_000, ge=1)


class SourceEntry(BaseModel):
    """One ``[[source]]`` table. ``name`` is what ``core.documents.source`` will say; see deploy/sources.example.toml.

    ``items``, ``address``, ``title`` and ``day`` belong to lists in JSON: the dotted paths of the list in the answer
    and of the three fields in each item.
    """

    model_config = _AS_WRITTEN

    name: str = Field(min_length=1)
    locations: tuple[str, ...] = Field(min_length=1, strict=False)
    kind: SourceKind = "page"
    follow: str | None = None
    next: str | None = None
    max_index_pages: int = Field(default=5, ge=1, le=10_000)
    days: int = Field(default=3, ge=1, le=3_660)
    site: str | None = None
    enabled: bool = True
    schedule: str | None = None
    delay_seconds: float | None = Field(default=None, ge=0, le=_LONGEST_DELAY)
    max_pages_per_run: int | None = Field(default=None, ge=1)
    items: str | None = None
    address: str | None = None
    title: str | None = None
    day: str | None = None

    @field_validator("follow")
    @classmethod
    def _compiles(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                re.compile(value)
            except re.error as error:
                raise ValueError(f"{value!r} is no regular expression: {error}") from error
        return value

    @field_validator("next")
    @classmethod
    def _has_a_number(cls, value: str | None) -> str | None:
        if value is not None and "{n}" not in value:
            raise ValueError("has no {n}, which stands for the number of the page")
        return value

    @field_validator("schedule")
    @classmethod
    def _is_a_schedule(cls, value: str | None) -> str | None:
        if value is not None:
            check_schedule(value)
        return value

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        for key, kinds in _KEYS_OF_KINDS.items():
            if key in self.model_fields_set and self.kind not in kinds:
                raise ValueError(f"{key} has no meaning for kind {self.kind!r}, only for {' and '.join(kinds)}")
        for location in self.locations:
            if self.kind != "page" and not _URL.match(location):
                raise ValueError(f"kind {self.kind!r} needs http(s) addresses, not {location!r}")
            if self.kind == "epaper" and not _DATE_SLOT.search(location):
                raise ValueError(f"{location!r} has no {{date:…}}, which stands for the day of the issue")
        if self.kind == "api" and self.address is None:
            raise ValueError("kind 'api' needs address: where in an item the page's address stands")
        return self

    def on_day(self, location: str, day: date) -> str:
        """``location`` with the day in its slots.

        >>> entry = SourceEntry(name="p", kind="epaper", locations=["http://p.example/{date:%Y-%m/%d}/node_1.htm"])
        >>> entry.on_day(entry.locations[0], date(2024, 3, 5))
        'http://p.example/2024-03/05/node_1.htm'
        """
        return _DATE_SLOT.sub(lambda slot: day.strftime(slot[1]), location)


_KEYS_OF_KINDS = {
    "follow": ("section", "epaper"),
    "next": ("section", "api"),
    "max_index_pages": ("section", "api"),
    "days": ("epaper",),
    "items": ("api",),
    "address": ("api",),
    "title": ("api",),
    "day": ("api",),
}


class SourceListError(ValueError):
    """The file is not a list of sources; the message says where, in one line."""


def check_schedule(cron: str) -> None:
    """Raises ValueError, with one line, where ``cron`` is no cron expression of five fields or names no moment.

    >>> check_schedule("99 6 * * *")
    Traceback (most recent call last):
    ValueError: '99 6 * * *' is no cron expression: bad minute
    """
    if len(cron.split()) != _CRON_FIELDS:
        raise ValueError(f"{cron!r} is no cron expression of five fields")
    try:
        moments = CronSim(cron, _ANY_DAY)
    except CronSimError as error:
        raise ValueError(f"{cron!r} is no cron expression: {str(error).lower()}") from error
    if next(moments, None) is None:
        raise ValueError(f"{cron!r} names no moment")


def read_source_list(path: Path) -> list[SourceEntry]:
    """The entries of ``path`` in the order written, each with the defaults filled in and its paths made absolute.

    Entries that are not enabled are among them. Raises SourceListError with a one-line reason.
    """
    try:
        content = tomllib.loads(path.read_text("utf-8-sig"))  # Notepad begins a file with a mark nobody sees
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise SourceListError(f"not readable as TOML: {error}") from error
    _refuse_unknown(content, {"defaults", "source"}, "at the top")
    tables = content.get("source")
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise SourceListError("no [[source]] table in it")
    given = content.get("defaults", {})
    if not isinstance(given, dict):
        raise SourceListError("defaults is no table")
    defaults = _validated(SourceDefaults, given, "[defaults]")
    entries = [_entry(table, number, defaults, path.parent) for number, table in enumerate(tables, 1)]
    names = [entry.name for entry in entries]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SourceListError(f"two sources are called {twice[0]!r}; the ledger tells sources by their names")
    return entries


def _entry(table: dict[str, Any], number: int, defaults: SourceDefaults, folder: Path) -> SourceEntry:
    name = table.get("name")
    where = f"source {number} ({name})" if isinstance(name, str) else f"source {number}"
    filled = {key: value for key, value in defaults.model_dump().items() if value is not None} | table
    entry = _validated(SourceEntry, filled, where)
    places = tuple(one if _URL.match(one) else (folder / one).as_posix() for one in entry.locations)
    return entry.model_copy(update={"locations": places})


def _validated(model: type[Model], table: dict[str, Any], where: str) -> Model:
    _refuse_unknown(table, set(model.model_fields), where)
    try:
        return model.model_validate(table)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        message = first["msg"].removeprefix("Value error, ")
        raise SourceListError(f"{where}: {key}: {message}" if key else f"{where}: {message}") from error


def _refuse_unknown(table: dict[str, Any], known: set[str], where: str) -> None:
    for key in table:
        if key not in known:
            near = get_close_matches(key, sorted(known), n=1)
            hint = f"; {near[0]!r} is meant?" if near else f"; known are {', '.join(sorted(known))}"
            raise SourceListError(f"{where}: unknown key {key!r}{hint}")
