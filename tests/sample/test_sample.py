"""The bundled sample is reproducible, small, invented, and holds what its expectations claim."""

from __future__ import annotations

import json
import re

import pytest

from tests.sample.build import build
from tests.sample.stories import HERE, load_pages

EXPECTED = json.loads((HERE / "expected.json").read_text(encoding="utf-8"))
STORIES = {page.story: page for page in reversed([*load_pages()[0], *load_pages()[1]])}


def test_building_the_sample_again_gives_the_committed_bytes():
    made = build()
    there = {
        f"pages/{path.relative_to(HERE / 'pages').as_posix()}" for path in (HERE / "pages").rglob("*") if path.is_file()
    }
    assert {name for name in made if name.startswith("pages/")} == there
    assert [name for name, data in made.items() if (HERE / name).read_bytes() != data] == []


def test_the_sample_stays_small_enough_to_clone_quickly():
    assert sum(path.stat().st_size for path in HERE.rglob("*") if path.is_file() and path.suffix != ".pyc") < 1_500_000


def test_every_host_is_an_invented_one():
    text = "".join((HERE / name).read_text(encoding="utf-8") for name in ("rows.jsonl", "sites.toml", "expected.json"))
    hosts = set(re.findall(r"https?://([\w.-]+)", text)) | set(EXPECTED["sites"].values())
    assert {host for host in hosts if not host.endswith(".example")} - {"schema.org", "www.w3.org"} == set()


def test_the_readme_counts_the_files_and_names_every_site():
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    assert f"{len(EXPECTED['pages'])} files and {len(EXPECTED['rows'])} rows" in readme
    assert [host for host in EXPECTED["sites"].values() if host not in readme] == []


def test_every_file_and_row_has_an_expectation():
    files = {path.relative_to(HERE / "pages").as_posix() for path in (HERE / "pages").rglob("*") if path.is_file()}
    rows = [json.loads(line)["uri"] for line in (HERE / "rows.jsonl").read_text(encoding="utf-8").splitlines()]
    assert files == EXPECTED["pages"].keys()
    assert set(rows) == EXPECTED["rows"].keys()
    assert len(rows) == len(set(rows))


def test_copies_have_the_bytes_of_their_twins():
    copies = {name: page["twin"] for name, page in EXPECTED["pages"].items() if page["status"] == "copy"}
    assert copies
    for name, twin in copies.items():
        assert (HERE / "pages" / name).read_bytes() == (HERE / "pages" / twin).read_bytes()


@pytest.mark.parametrize("claim", EXPECTED["documents"], ids=lambda claim: claim["title"])
def test_a_cited_document_is_cited_in_its_story(claim):
    text = STORIES[claim["story"]].text
    assert f"《{claim['title']}》" in text
    assert claim.get("number", "") in text


@pytest.mark.parametrize("claim", EXPECTED["speakers"], ids=lambda claim: claim["name"])
def test_a_speaker_stands_in_each_of_the_stories(claim):
    assert [story for story in claim["stories"] if claim["name"] not in STORIES[story].text] == []


@pytest.mark.parametrize("claim", EXPECTED["practices"], ids=lambda claim: claim["name"])
def test_a_practice_is_named_somewhere(claim):
    assert any(claim["name"] in page.text for page in STORIES.values())


@pytest.mark.parametrize("claim", EXPECTED["spread"], ids=lambda claim: claim["practice"])
def test_a_spread_rests_on_a_dated_story_of_each_place(claim):
    for place in claim["places"]:
        assert any(
            claim["practice"] in page.text
            and place["name"].rstrip("县市区") in page.text
            and f"{page.published:%Y-%m-%d}" == place["first_reported_on"]
            for page in STORIES.values()
        ), place


def test_a_mirror_is_damaged_and_its_clean_twin_is_not():
    texts = {
        name: (HERE / "pages" / name).read_bytes()
        for name, page in EXPECTED["pages"].items()
        if page["status"] == "loaded"
    }
    damaged = [name for name in texts if name.startswith(("m.bafang", "www.sannong", "finance.haiyue"))]
    assert len(damaged) > 10
    for name in damaged:
        text = texts[name].decode("utf-8")
        assert re.search(r"[\u4e00-\u9fff]\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)", text), name
        assert EXPECTED["pages"][name]["articles"][0]["text"] not in text
