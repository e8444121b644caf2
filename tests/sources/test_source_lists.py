"""A sources.toml: every key does what it says, every unknown key and every senseless value is refused by name."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from tasks.sources.source_lists import SourceDefaults, SourceEntry, SourceKind, SourceListError, read_source_list

EXAMPLE = Path(__file__).resolve().parents[2] / "deploy" / "sources.example.toml"


def entries(tmp_path: Path, text: str) -> list[SourceEntry]:
    path = tmp_path / "county.toml"
    path.write_text(text, "utf-8")
    return read_source_list(path)


def one(tmp_path: Path, keys: str) -> SourceEntry:
    return entries(tmp_path, f'[[source]]\nname = "a"\n{keys}')[0]


def refusal(tmp_path: Path, text: str) -> str:
    with pytest.raises(SourceListError) as error:
        entries(tmp_path, text)
    assert "\n" not in str(error.value)
    return str(error.value)


SECTION = 'locations = ["https://www.example.cn/zwgk/"]\nkind = "section"\n'
EPAPER = 'locations = ["https://p.example.cn/{date:%Y-%m/%d}/node_1.htm"]\nkind = "epaper"\n'
API = 'locations = ["https://www.example.cn/api/list"]\nkind = "api"\naddress = "url"\n'


def test_a_source_needs_only_a_name_and_locations(tmp_path: Path) -> None:
    entry = one(tmp_path, 'locations = ["pages/*.html", "https://www.example.cn/1.html"]')
    assert entry.locations == ((tmp_path / "pages/*.html").as_posix(), "https://www.example.cn/1.html")
    assert (entry.kind, entry.enabled, entry.schedule, entry.max_pages_per_run) == ("page", True, None, 2_000)


def test_every_key_reaches_the_source_it_stands_in(tmp_path: Path) -> None:
    keys = (
        'follow = "t\\\\d+"\nnext = "index_{n}.html"\nmax_index_pages = 7\nsite = "某县人民政府"\nenabled = false\n'
        'schedule = "0 */2 * * *"\ndelay_seconds = 2.5\nmax_pages_per_run = 40\n'
    )
    entry = one(tmp_path, SECTION + keys)
    assert (entry.follow, entry.next, entry.max_index_pages) == ("t\\d+", "index_{n}.html", 7)
    assert (entry.site, entry.enabled, entry.schedule) == ("某县人民政府", False, "0 */2 * * *")
    assert (entry.delay_seconds, entry.max_pages_per_run) == (2.5, 40)
    assert one(tmp_path, EPAPER + "days = 9\n").days == 9
    api = one(tmp_path, API + 'items = "data.rows"\ntitle = "t"\nday = "d"\n')
    assert (api.items, api.address, api.title, api.day) == ("data.rows", "url", "t", "d")


def test_every_key_of_a_source_and_of_the_defaults_is_tested_here() -> None:
    source = Path(__file__).read_text("utf-8")
    for key in (*SourceEntry.model_fields, *SourceDefaults.model_fields):
        assert f"{key} = " in source or f"{key}=" in source, key


def test_the_example_is_a_list_and_explains_every_key() -> None:
    entries = [entry for entry in read_source_list(EXAMPLE) if entry.locations[0].startswith("http")]
    assert len(entries) >= 20
    assert {"section", "epaper", "feed", "page"} <= {entry.kind for entry in entries}
    assert {entry.enabled for entry in entries} == {True, False}
    explained = " ".join(line for line in EXAMPLE.read_text("utf-8").splitlines() if line.startswith("#"))
    keys = {*SourceEntry.model_fields, *SourceDefaults.model_fields}
    assert sorted(key for key in keys if not re.search(rf"#   (?:  )?(?:\w+, )*{key}\b", explained)) == []
    assert sorted(kind for kind in get_args(SourceKind) if not re.search(rf"#   {kind}\b", explained)) == []


def test_defaults_hold_where_a_source_says_nothing(tmp_path: Path) -> None:
    text = (
        "[defaults]\ndelay_seconds = 3\nmax_pages_per_run = 5\n"
        '[[source]]\nname = "a"\nlocations = ["x"]\n[[source]]\nname = "b"\nlocations = ["x"]\ndelay_seconds = 0\n'
    )
    first, second = entries(tmp_path, text)
    assert [(one.delay_seconds, one.max_pages_per_run) for one in (first, second)] == [(3, 5), (0, 5)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[[source]]\nname = "a"\nlocation = ["x"]', "location"),
        ('[[source]]\nname = "a"\nlocations = ["x"]\nfolow = "x"', "'follow' is meant"),
        ('[defaults]\ndelay = 1\n[[source]]\nname = "a"\nlocations = ["x"]', "delay"),
        ('[source_defaults]\n[[source]]\nname = "a"\nlocations = ["x"]', "source_defaults"),
        ('[[source]]\nname = "a"\nlocations = ["x"]\nkind = "portal"', "kind"),
        ('[[source]]\nname = "a"\nlocations = []', "locations"),
        ('[[source]]\nlocations = ["x"]', "name"),
        ('[[source]]\nname = "a"\nlocations = ["x"]\nfollow = "y"', "follow has no meaning for kind 'page'"),
        (f'[[source]]\nname = "a"\n{SECTION}follow = "("', "no regular expression"),
        (f'[[source]]\nname = "a"\n{SECTION}next = "index_2.html"', "{n}"),
        (f'[[source]]\nname = "a"\n{SECTION}schedule = "daily"', "cron"),
        (f'[[source]]\nname = "a"\n{SECTION}max_index_pages = 0', "max_index_pages"),
        (f'[[source]]\nname = "a"\n{SECTION}delay_seconds = -1', "delay_seconds"),
        ('[[source]]\nname = "a"\nlocations = ["pages/"]\nkind = "section"', "http"),
        ('[[source]]\nname = "a"\nlocations = ["https://p.example.cn/1.htm"]\nkind = "epaper"', "{date:…}"),
        ('[[source]]\nname = "a"\nlocations = ["https://p.example.cn/1"]\nkind = "api"', "address"),
        ('[[source]]\nname = "a"\nlocations = ["x"]\n[[source]]\nname = "a"\nlocations = ["y"]', "two sources"),
        ("", "no [[source]]"),
        ("source = 3", "no [[source]]"),
        ("[[source", "TOML"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(tmp_path: Path, text: str, named: str) -> None:
    assert named in refusal(tmp_path, text)


@pytest.mark.parametrize("key", [*SourceEntry.model_fields, *SourceDefaults.model_fields])
def test_a_slip_in_any_key_is_refused_and_the_key_that_is_meant_is_named(tmp_path: Path, key: str) -> None:
    slip = key[:-1] + key[-1] * 2
    said = refusal(tmp_path, f'[[source]]\nname = "a"\nlocations = ["x"]\n{slip} = 1\n')
    assert said == f"source 1 (a): unknown key {slip!r}; {key!r} is meant?"


ANY_TEXT = '"x"'
LOCATIONS = {"section": SECTION, "epaper": EPAPER, "api": API}
VALUES = {"max_index_pages": "3", "days": "3", "next": '"p_{n}.html"'}


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (kind, key)
        for kind in get_args(SourceKind)
        for key in ("follow", "next", "max_index_pages", "days", "items", "address", "title", "day")
    ],
)
def test_a_key_of_another_kind_is_refused_by_name(tmp_path: Path, kind: str, key: str) -> None:
    """Those that deploy/sources.example.toml gives to the kind are taken."""
    explained = EXAMPLE.read_text("utf-8").partition(f"#   {kind} ")[2]
    own = re.split(r"\n#   \w|\n#\n", explained)[0]
    given = LOCATIONS.get(kind, f'locations = ["https://www.example.cn/1"]\nkind = "{kind}"\n')
    text = f'[[source]]\nname = "a"\n{given}'
    if f"{key} = " not in given:
        text += f"{key} = {VALUES.get(key, ANY_TEXT)}\n"
    if re.search(rf"#     (?:\w+, )*{key}\b", own):
        assert entries(tmp_path, text)[0].name == "a"
    else:
        assert f"{key} has no meaning for kind {kind!r}" in refusal(tmp_path, text)


def test_the_day_stands_where_the_address_leaves_room_for_it() -> None:
    entry = SourceEntry(name="p", kind="epaper", locations=("https://p.cn/{date:%Y}/{date:%m%d}/A1.htm",))
    assert entry.on_day(entry.locations[0], date(2024, 3, 5)) == "https://p.cn/2024/0305/A1.htm"


@pytest.mark.parametrize(
    "key",
    [
        'enabled = "yes"',
        'enabled = "no"',
        "enabled = 1",
        "days = true",
        'days = "3"',
        "delay_seconds = true",
        "delay_seconds = inf",
        "delay_seconds = nan",
        'delay_seconds = "2"',
        "delay_seconds = 1e9",
        "max_pages_per_run = 2.0",
        "site = 3",
    ],
)
def test_a_value_is_of_its_type_as_it_stands(tmp_path: Path, key: str) -> None:
    assert f"source 1 (a): {key.split(maxsplit=1)[0]}: " in refusal(tmp_path, f'[[source]]\nname = "a"\n{EPAPER}{key}')


def test_a_whole_number_does_for_a_delay(tmp_path: Path) -> None:
    assert one(tmp_path, EPAPER + "delay_seconds = 2").delay_seconds == 2.0


@pytest.mark.parametrize("cron", ["99 6 * * *", "0 24 * * *", "0 6 32 * *", "0 6 * 13 *", "0 6 * * 8", "a b c d e"])
def test_a_schedule_that_names_no_moment_is_refused_by_whoever_reads_the_list(tmp_path: Path, cron: str) -> None:
    text = f'[[source]]\nname = "a"\n{SECTION}schedule = "{cron}"'
    assert f"source 1 (a): schedule: '{cron}' is no cron expression" in refusal(tmp_path, text)


def test_a_list_with_the_mark_that_notepad_begins_a_file_with_is_read(tmp_path: Path) -> None:
    assert (
        one(tmp_path, 'locations = ["pages"]\n')
        == entries(tmp_path, '\N{ZERO WIDTH NO-BREAK SPACE}[[source]]\r\nname = "a"\r\nlocations = ["pages"]\r\n')[0]
    )


def test_a_list_of_lists_without_end_is_refused_like_any_other(tmp_path: Path) -> None:
    assert refusal(tmp_path, "a = " + "[" * 5_000 + "]" * 5_000).startswith("not readable as TOML")
