"""What an analyst writes into overrides.csv, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.overrides import OverrideError, override_rows, read_overrides


def written(folder: Path, text: str) -> Path:
    path = folder / "overrides.csv"
    path.write_text(text, "utf-8")
    return path


def test_no_file_is_no_correction(tmp_path: Path) -> None:
    assert read_overrides(tmp_path / "overrides.csv") == ()


def test_merges_that_lead_on_end_at_the_last_name(tmp_path: Path) -> None:
    path = written(tmp_path, "action,name,place,target\nmerge,茶桌会,,茶桌议事\nmerge,茶桌议事,,邻里茶桌\n")
    rows = override_rows(read_overrides(path))
    assert [row["target"] for row in rows] == ["邻里茶桌", "邻里茶桌"]
    assert len({row["target_id"] for row in rows}) == 1


def test_a_merge_at_a_place_leads_on_only_what_is_merged_there(tmp_path: Path) -> None:
    lines = "merge,茶桌会,,茶桌议事\nmerge,茶桌议事,贵州省,邻里茶桌\nmerge,桌边会,赤水市,茶桌议事\n"
    rows = override_rows(read_overrides(written(tmp_path, "action,name,place,target\n" + lines)))
    assert [row["target"] for row in rows] == ["茶桌议事", "邻里茶桌", "邻里茶桌"]


def test_a_line_twice_and_a_split_beside_a_merge_are_no_contradiction(tmp_path: Path) -> None:
    lines = "merge,茶桌会,,茶桌议事\nmerge,茶桌会,,茶桌议事\nsplit,茶桌会,贵州省,黔茶桌会\nrename,茶桌议事,,邻里茶桌\n"
    assert len(read_overrides(written(tmp_path, "action,name,place,target\n" + lines))) == 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_a_file_is_read_as_excel_saves_it(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "overrides.csv"
    path.write_bytes("action,name,place,target\r\nmerge,茶桌会,,茶桌议事\r\n".encode(encoding))
    assert [str(one) for one in read_overrides(path)] == ["merge 茶桌会 → 茶桌议事"]


def test_a_file_in_no_known_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "overrides.csv").write_bytes(b"action,name,place,target\nmerge,\xff\xff,,x\n")
    with pytest.raises(OverrideError, match="neither UTF-8 nor GBK"):
        read_overrides(tmp_path / "overrides.csv")


@pytest.mark.parametrize("text", ["", "action;name;place;target\ndrop;茶桌会;;\n", "action,place,target\ndrop,,\n"])
def test_a_head_without_the_columns_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(OverrideError, match="the columns are action, name, place, target with commas between"):
        read_overrides(written(tmp_path, text))


def test_a_place_is_named_or_given_by_its_code(tmp_path: Path) -> None:
    path = written(tmp_path, "action,name,place,target\nsplit,茶桌会,贵州省,黔茶桌会\ndrop,茶桌节,520382,\n")
    overrides = read_overrides(path)
    assert [one.place for one in overrides] == ["520000", "520382"]
    assert [str(one) for one in overrides] == ["split 茶桌会 at 520000 → 黔茶桌会", "drop 茶桌节 at 520382"]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("join,茶桌会,,茶桌议事", "line 2: join is none of"),
        ("merge,茶桌会,,", "line 2: merge wants a name and a target"),
        ("drop,茶桌会,,茶桌议事", "line 2: drop wants a name"),
        ("split,茶桌会,,茶桌议事", "line 2: split wants a place"),
        ("split,茶桌会,无此县,茶桌议事", "line 2: 无此县 is no province"),
        ("split,茶桌会,鼓楼区,茶桌议事", "line 2: 鼓楼区 is more than one"),
        ("mark,茶桌会,,local", "line 2: local is none of"),
        ("mark,茶桌会,贵州省,generic", "line 2: mark holds everywhere"),
        ("rename,茶桌会,贵州省,黔茶桌", "line 2: rename holds everywhere"),
        ("merge,茶桌会,,茶桌议事,as of May", "line 2: more fields than columns"),
        ("# why\n\n,,,\nmerge,茶桌会,,", "line 5: merge wants a name and a target"),
        ("merge,茶桌会,,茶桌议事\nmerge,“茶桌会”,,邻里茶桌", "line 3: merge “茶桌会” → 邻里茶桌 contradicts line 2"),
        ("merge,茶桌会,,茶桌议事\ndrop,茶桌会,,", "line 3: drop 茶桌会 contradicts line 2"),
        ("merge,茶桌会,,茶桌议事\ndrop,茶桌议事,,", "line 2: merge 茶桌会 → 茶桌议事 contradicts line 3, which drops"),
        ("rename,茶桌会,,茶桌议事\nrename,茶桌会,,邻里茶桌", "line 3: rename 茶桌会 → 邻里茶桌 contradicts line 2"),
        ("mark,茶桌会,,generic\nmark,茶桌会,,national", "line 3: mark 茶桌会 → national contradicts line 2"),
    ],
)
def test_a_line_that_means_nothing_is_refused_by_its_number(line: str, complaint: str, tmp_path: Path) -> None:
    with pytest.raises(OverrideError, match=complaint):
        read_overrides(written(tmp_path, f"action,name,place,target\n{line}\n"))


def test_names_that_lead_back_to_themselves_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "action,name,target\nmerge,茶桌会,茶桌议事\nmerge,茶桌议事,茶桌会\n")
    with pytest.raises(OverrideError, match="leads back to itself"):
        override_rows(read_overrides(path))


def test_a_column_that_is_unknown_is_named(tmp_path: Path) -> None:
    with pytest.raises(OverrideError, match="the columns are"):
        read_overrides(written(tmp_path, "action,name,into\nmerge,茶桌会,茶桌议事\n"))
