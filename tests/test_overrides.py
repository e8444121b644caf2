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
