"""The log of visits: added to and never changed, read in one order, harmless where it is damaged."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from warehouse.visit_log import VisitLog


def listed(uri: str, day: int, **fields: object) -> dict[str, object]:
    seen_at = datetime(2024, 3, day, tzinfo=UTC)
    row: dict[str, object] = {"uri": uri, "source": "portal", "site": None, "title": None, "listed_on": None}
    return row | {"listed_at": "index", "seen_at": seen_at} | fields


def test_an_address_keeps_its_first_sighting_and_the_first_day_that_was_printed(tmp_path: Path) -> None:
    log = VisitLog(tmp_path)
    log.add("listed", [listed("a", 2, listed_on=date(2024, 3, 1), title="河长上岗"), listed("b", 2)])
    log.add("listed", [listed("a", 1, listed_at="front")])
    first = log.first_listed().rows(named=True)
    assert [row["uri"] for row in first] == ["a", "b"]
    assert (first[0]["listed_at"], first[0]["listed_on"], first[0]["title"]) == ("front", date(2024, 3, 1), "河长上岗")


def test_the_order_of_writing_does_not_show_and_the_same_rows_are_written_once(tmp_path: Path) -> None:
    rows = [listed("a", 1), listed("b", 2)]
    one, other = VisitLog(tmp_path / "one"), VisitLog(tmp_path / "other")
    for row in rows:
        one.add("listed", [row])
        one.add("listed", [row])
    for row in reversed(rows):
        other.add("listed", [row])
    assert one.read("listed").equals(other.read("listed"))
    assert len(list((tmp_path / "one").rglob("*.parquet"))) == 2


def test_a_damaged_file_costs_its_own_rows_only(tmp_path: Path) -> None:
    log = VisitLog(tmp_path)
    log.add("listed", [listed("a", 1)])
    (tmp_path / "listed" / "00.parquet").write_bytes(b"no Parquet")
    assert log.read("listed")["uri"].to_list() == ["a"]
    assert log.read("rechecked").height == 0


def test_the_last_state_of_an_index_page_counts(tmp_path: Path) -> None:
    log = VisitLog(tmp_path)
    for day, etag in ((2, "new"), (1, "old")):
        state = {"uri": "i", "source": "portal", "etag": etag, "last_modified": None, "is_complete": None}
        log.add("indexes", [state | {"asked_at": datetime(2024, 3, day, tzinfo=UTC)}])
    assert log.index_states()["etag"].to_list() == ["new"]
