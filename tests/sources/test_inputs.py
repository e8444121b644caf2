"""What a user may name as a source, and what becomes of a slip of the hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tasks.records import ID_HEX_DIGITS
from tasks.sources.inputs import NoSuchSourceError, plan_inputs


def write(path: Path, text: str = "正文") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_folder_gives_its_files_and_names_what_is_hidden(tmp_path: Path) -> None:
    write(tmp_path / "b" / "2.html")
    write(tmp_path / "1.txt")
    write(tmp_path / ".git" / "config")
    found = plan_inputs([str(tmp_path)])
    assert [(entry.kind, Path(entry.locator).name) for entry in found] == [
        ("file", "1.txt"),
        ("file", "2.html"),
        ("refused", ".git"),
    ]


def test_nothing_in_a_folder_is_passed_over_without_a_word(tmp_path: Path) -> None:
    folder = tmp_path / "a[1]b*?"
    write(folder / "1.html")
    write(folder / "关于通知.html".encode("gbk").decode("utf-8", "surrogateescape"))
    (folder / "gone.html").symlink_to(folder / "nowhere.html")
    (folder / "again").symlink_to(folder)
    os.mkfifo(folder / "pipe")
    write(folder / "w.raw" / ("0" * 20 + ".parquet"))
    write(folder / "raw.raw" / "2.html")
    write(folder / f"w.{'0' * 20}-7.work" / "half.html")
    write(folder / "w.duckdb")
    found = {Path(entry.locator).name: entry.reason for entry in plan_inputs([str(folder)])}
    assert list(found.values()).count(None) == 3
    assert {name: reason for name, reason in found.items() if reason} == {
        "gone.html": "not_a_file",
        "again": "not_a_file",
        "pipe": "not_a_file",
        "w.raw": "own_files",
        f"w.{'0' * 20}-7.work": "own_files",
        "w.duckdb": "own_files",
    }


@pytest.mark.parametrize("location", [".", "*", "**/*", "sources.toml", "../harvest", "other.toml"])
def test_a_list_that_names_itself_comes_to_an_end(tmp_path: Path, location: str) -> None:
    folder = tmp_path / "harvest"
    write(folder / "1.html")
    listed = write(folder / "sources.toml", f'[[source]]\nname = "a"\nlocations = ["{location}", "1.html"]\n')
    write(folder / "other.toml", '[[source]]\nname = "b"\nlocations = ["sources.toml"]\n')
    found = plan_inputs([str(listed)])
    assert {Path(entry.locator).name for entry in found if entry.kind == "file"} == {"1.html"}
    assert "the list names itself" in {entry.detail for entry in found}


def test_a_file_reached_in_two_ways_is_one_input(tmp_path: Path) -> None:
    page = write(tmp_path / "1.html")
    assert len(plan_inputs([str(tmp_path), str(page), f"{tmp_path}/*.html"])) == 1


def test_a_trailing_slash_does_not_rename_the_pages(tmp_path: Path) -> None:
    write(tmp_path / "1.html")
    with_slash = [entry.locator for entry in plan_inputs([f"{tmp_path}/"])]
    assert with_slash == [entry.locator for entry in plan_inputs([str(tmp_path)])]


def test_a_text_file_of_addresses_is_a_list_of_urls(tmp_path: Path) -> None:
    urls = write(tmp_path / "u.txt", "# 名单\nhttps://a.example/1.html\n\nhttps://b.example/2.html\n")
    assert [(entry.kind, entry.locator) for entry in plan_inputs([str(urls)])] == [
        ("url", "https://a.example/1.html"),
        ("url", "https://b.example/2.html"),
    ]


def test_a_text_that_begins_with_an_address_is_still_a_text(tmp_path: Path) -> None:
    dump = write(tmp_path / "d.txt", "https://a.example/1.html\n本报讯 县里开会。")
    assert [entry.kind for entry in plan_inputs([str(dump)])] == ["file"]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.wet.gz"])
def test_an_archive_is_read_as_one(tmp_path: Path, name: str) -> None:
    (entry,) = plan_inputs([str(write(tmp_path / name))])
    assert (entry.kind, entry.reason) == ("archive", None)


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.NDJSON.gz", "a.parquet"])
def test_rows_are_known_by_every_suffix_they_have(tmp_path: Path, name: str) -> None:
    (entry,) = plan_inputs([str(write(tmp_path / name))])
    assert entry.kind == "archive"


def test_an_empty_folder_is_refused_with_a_reason(tmp_path: Path) -> None:
    (entry,) = plan_inputs([str(tmp_path)])
    assert (entry.kind, entry.reason) == ("refused", "folder_empty")


def test_a_missing_source_beside_a_good_one_is_refused_and_the_good_one_read(tmp_path: Path) -> None:
    page = write(tmp_path / "1.html")
    found = plan_inputs([str(page), str(tmp_path / "nowhere")])
    assert [(entry.kind, entry.reason) for entry in found] == [("file", None), ("refused", "source_not_found")]


def test_only_missing_sources_are_an_error_that_names_them(tmp_path: Path) -> None:
    with pytest.raises(NoSuchSourceError, match="nowhere"):
        plan_inputs([str(tmp_path / "nowhere"), str(tmp_path / "*.html")])


def test_a_source_list_names_its_sources_and_takes_paths_from_its_own_folder(tmp_path: Path) -> None:
    write(tmp_path / "harvest" / "1.html")
    text = '[[source]]\nname = "县报"\nlocations = ["harvest", "https://a.example/"]\n'
    listed = write(tmp_path / "sources.toml", text)
    found = plan_inputs([str(listed)])
    assert [(entry.kind, entry.source) for entry in found] == [("file", "县报"), ("url", "县报")]


@pytest.mark.parametrize(
    "text", ["", "[[source]]\nname = 1\n", "[[source]]\nname = 'a'\nlocations = [1]\n", "not toml =", "source = 3"]
)
def test_a_broken_source_list_is_refused_with_the_place_of_the_fault(tmp_path: Path, text: str) -> None:
    (entry,) = plan_inputs([str(write(tmp_path / "sources.toml", text))])
    assert entry.reason == "source_list_invalid"
    assert entry.detail


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_folder_does_not_stop_the_plan(tmp_path: Path) -> None:
    write(tmp_path / "1.html")
    (tmp_path / "closed").mkdir(mode=0)
    assert plan_inputs([str(tmp_path)])


def test_a_raw_store_named_as_a_source_is_no_source(tmp_path: Path) -> None:
    """Neither the folder, nor one of its packs, nor the warehouse beside it."""
    folder = tmp_path / "w.raw"
    pack = folder / ("0" * 20 + ".parquet")
    write(pack)
    write(tmp_path / "w.duckdb")
    named = [str(folder), f"{folder}/", str(pack), f"{folder}/*", str(tmp_path / "w.duckdb")]
    assert {entry.reason for source in named for entry in plan_inputs([source])} == {"own_files"}


def test_what_lies_beside_a_raw_store_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "w.raw").mkdir()
    (tmp_path / "w.raw" / f"{'0' * ID_HEX_DIGITS}.parquet").touch()
    for name in ("w.lock", "w.raw-index.parquet", "other.lock", "other.raw-index.parquet"):
        (tmp_path / name).touch()
    reasons = {Path(entry.locator).name: entry.reason for entry in plan_inputs([str(tmp_path)])}
    assert reasons == {
        "w.raw": "own_files",
        "w.lock": "own_files",
        "w.raw-index.parquet": "own_files",
        "other.lock": None,
        "other.raw-index.parquet": None,
    }


def test_a_pattern_comes_to_an_end_where_links_lead_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in" / "deep[1]").mkdir(parents=True)
    (tmp_path / "in" / ".hidden").mkdir()
    for place in ("in/1.txt", "in/deep[1]/2.txt", "in/.hidden/3.txt", "in/deep[1]/4.html"):
        (tmp_path / place).write_text("县里开会。", "utf-8")
    for name in ("one", "two", "deep[1]/three", "deep[1]/four"):
        (tmp_path / "in" / name).symlink_to(tmp_path / "in")
    monkeypatch.chdir(tmp_path)
    found = ["in/1.txt", "in/deep[1]/2.txt"]
    assert [entry.locator for entry in plan_inputs(["in/**/*.txt"])] == found
    assert [entry.locator for entry in plan_inputs(["**/*.txt"])] == found
    assert [entry.locator for entry in plan_inputs([f"{tmp_path}/**/in/**/*.txt"])] == [
        f"{tmp_path}/{one}" for one in found
    ]
    assert {entry.locator for entry in plan_inputs(["in/**"]) if entry.kind == "file"} == {*found, "in/deep[1]/4.html"}
    (nothing,) = plan_inputs(["in/1.txt", "in/**/*.pdf"])[1:]
    assert nothing.reason == "source_not_found"
