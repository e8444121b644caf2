"""Data and code are told from pages, by their suffix and by how they look; a page about them stays a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tasks.sources.data_formats import data_format
from tasks.sources.local_files import read_file

SENTENCE = "溪口镇的楼栋议事厅每周三晚上开门，居民把停车的难题带到厅里来商量。"
ROWS = [{"title": "议事厅开门", "body": SENTENCE, "id": number} for number in range(5)]
TIMES = [f"2023-05-06 08:00:0{number}" for number in range(5)]

DATA = {
    "JSON list": json.dumps(ROWS, ensure_ascii=False),
    "JSON cut off": json.dumps(ROWS, ensure_ascii=False)[:-40],
    "JSON lines": "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS),
    "JSON in a call": f"callback({json.dumps(ROWS, ensure_ascii=False)});",
    "SQL": "-- dump\n" + "\n".join(f"INSERT INTO news VALUES ({n}, '{SENTENCE}');" for n in range(5)),
    "log": "\n".join(f"{moment},123 INFO fetched {SENTENCE}" for moment in TIMES),
    "access log": "\n".join(f'10.0.0.1 - - [06/May/2023:{t[11:]} +0800] "GET /1.html HTTP/1.1" 200 5' for t in TIMES),
    "source text": "import json\nfrom pathlib import Path\n\ndef read(path):\n    return json.loads(path)"
    "\n\nclass A:\n    x = 1\n",
    "table": "\n".join(f"{n}\t议事厅\t{SENTENCE}" for n in range(5)),
}
PAGES = {
    "a dump": f"议事厅开门\n2023-05-06 08:00 来源：山前日报\n{SENTENCE}\n{SENTENCE}\n",
    "a dump in brackets": f"[山前日报]议事厅开门\n{SENTENCE}\n{SENTENCE}\n",
    "a timetable of a meeting": "\n".join(f"{moment} {SENTENCE}" for moment in TIMES),
    "a page that embeds data": f"<html><body><script>var a = {json.dumps(ROWS)};"
    f"</script><p>{SENTENCE}</p></body></html>",
    "a page that shows a statement": f"{SENTENCE}\n{SENTENCE}\nINSERT INTO news VALUES (1);\n{SENTENCE}\n{SENTENCE}\n",
    "a list with one tab": "\n".join(f"{n}\t{SENTENCE}" for n in range(5)),
    "two lines": f"标题\t日期\t来源\n{SENTENCE}",
}


@pytest.mark.parametrize("name", DATA)
def test_data_is_known_by_how_it_looks(name: str) -> None:
    assert data_format(DATA[name], "text/plain") is not None


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_not_taken_for_data(name: str) -> None:
    assert data_format(PAGES[name], "text/plain") is None


@pytest.mark.parametrize("name", ["rows.json", "dump.sql", "fetch.log", "fetch.py", "rows.tsv", "rows.csv"])
def test_a_suffix_of_data_counts_unless_the_file_is_a_page(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    for text, is_data in ((SENTENCE * 3, True), (f"<!DOCTYPE html><html><p>{SENTENCE}", False)):
        path.write_text(text, "utf-8")
        claimed = read_file(str(path), "test", 1_000_000).media_type
        assert (data_format(text, claimed) is not None) == is_data
