"""The recipes of CONTRIBUTING.md, followed to the letter in a copy of the project: a run then shows what was added."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from prefect.settings import PREFECT_API_URL

from tests.flows.sample_runs import NOW, RunFlow

PROJECT = Path(__file__).resolve().parents[2]

TELEPHONES = '''"""Telephone numbers that an article prints."""

from __future__ import annotations

import re

from tasks.facts.text.reading import Reading
from tasks.records import TelephoneNumber

_NUMBER = re.compile(r"(?<!\\d)(0\\d{2,3})-(\\d{7,8})(?!\\d)")


def read_telephones(reading: Reading) -> tuple[TelephoneNumber, ...]:
    """The numbers with an area code.

    >>> read_telephones(Reading("热线：0572-5123456。"))[0].area_code
    '0572'
    """
    found = _NUMBER.finditer(reading.text)
    return tuple(TelephoneNumber(match.start(), match.end(), match[0], match[1]) for match in found)
'''
RECORD = """class TelephoneNumber(NamedTuple):
    start_char: int
    end_char: int
    surface: str
    area_code: str


class Sentence(NamedTuple):"""
TABLE = """-- One row per telephone number printed in an article
-- Key: article_id, start_char

create table if not exists core.telephone_numbers (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    surface varchar not null,
    area_code varchar not null
);

comment on table core.telephone_numbers is 'Telephone numbers with their area codes.';
comment on column core.telephone_numbers.article_id is 'Article whose text was read.';
comment on column core.telephone_numbers.start_char is 'Offset of the first character in core.articles.text.';
comment on column core.telephone_numbers.end_char is 'Offset after the last character (end exclusive).';
comment on column core.telephone_numbers.surface is 'The characters as they stand in the text.';
comment on column core.telephone_numbers.area_code is 'The area code with its zero.';
"""
BUNDLES = '''"""Bundles: pages in one file, a line of equals signs between them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tasks.records import Fetched


def read_bundle(locator: str, source: str, max_bytes: int) -> Iterator[Fetched]:
    """Each page of the bundle, named after its file and its number."""
    for number, text in enumerate(Path(locator).read_text("utf-8").split("\\n=====\\n")):
        yield Fetched(f"{locator}#{number}", source, text.encode(), "text/plain", "utf-8")
'''
PAGE = """安吉县开通村务热线
来源：竹乡晚报 2021-03-04
安吉县梅溪镇红庙村近日开通村务热线，村民拨打0572-5123456就能说事，值班的网格员当天回话。
村里把每天接到的电话记在一个本子上，月底由村民代表一条一条地对，办没办、办得好不好，大家心里都有数。
"""


def _replace(path: Path, before: str, after: str) -> None:
    source = path.read_text("utf-8")
    assert source.count(before) == 1, f"{path.name}: the recipe does not find {before!r}"
    path.write_text(source.replace(before, after), "utf-8")


def _follow_the_recipes(copy: Path) -> None:
    (copy / "tasks/facts/telephones.py").write_text(TELEPHONES, "utf-8")
    (copy / "sql/core/telephone_numbers.sql").write_text(TABLE, "utf-8")
    _replace(copy / "tasks/records.py", "class Sentence(NamedTuple):", RECORD)
    kinds = copy / "tasks/facts/kinds.py"
    _replace(kinds, "    Sentence,\n", "    Sentence,\n    TelephoneNumber,\n")
    _replace(
        kinds,
        "from tasks.facts.text.words import",
        "from tasks.facts.telephones import read_telephones\nfrom tasks.facts.text.words import",
    )
    line = '    FactKind("telephone_numbers", TelephoneNumber, read_telephones),\n'
    _replace(kinds, '    FactKind("sentences"', f'{line}    FactKind("sentences"')

    (copy / "tasks/sources/bundles.py").write_text(BUNDLES, "utf-8")
    archives = copy / "tasks/sources/archives.py"
    imported = "from tasks.sources.rows import"
    _replace(archives, imported, f"from tasks.sources.bundles import read_bundle\n{imported}")
    _replace(archives, "ARCHIVE_KINDS = (\n", 'ARCHIVE_KINDS = (\n    ArchiveKind((".bundle",), read_bundle),\n')


@pytest.fixture(scope="module")
def warehouse(run_flow: RunFlow, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle of two pages, loaded by a project with one more kind of fact and one more kind of source."""
    folder = tmp_path_factory.mktemp("recipes")
    copy = folder / "project"
    for package in ("flows", "tasks", "warehouse", "sql"):
        shutil.copytree(PROJECT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__", "*.duckdb*"))
    _follow_the_recipes(copy)
    other = PAGE.replace("梅溪镇红庙村", "杭垓镇姚村").replace("5123456", "5654321").replace("近日", "上月")
    (folder / "two.bundle").write_text(f"{PAGE}\n=====\n{other}", "utf-8")
    environment = dict(os.environ) | {"PREFECT_API_URL": str(PREFECT_API_URL.value()), "PYTHONPATH": str(copy)}
    command = [sys.executable, "-c", "from flows.command import main; main()", "run", str(folder / "two.bundle")]
    command += ["--warehouse", str(folder / "w.duckdb"), "--workers", "1", "--now", f"{NOW:%Y-%m-%dT%H:%M:%S%z}"]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "w.duckdb"


def test_a_kind_of_fact_added_by_the_recipe_has_its_rows(warehouse: Path) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(
            "select surface, area_code, substring(a.text, start_char + 1, 12) = surface"
            " from core.telephone_numbers join core.articles as a using (article_id) order by surface"
        ).fetchall()
        counted = connection.execute("select sum(fact_count) from mart.fact_counts where kind = 'telephone_numbers'")
        assert rows == [("0572-5123456", "0572", True), ("0572-5654321", "0572", True)]
        assert counted.fetchall() == [(2,)]


def test_a_kind_of_source_added_by_the_recipe_has_its_pages(warehouse: Path) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(
            "select right(uri, 12), status, count(article_id) from core.documents"
            " left join core.articles using (document_id) group by all order by 1"
        ).fetchall()
        assert rows == [("two.bundle#0", "loaded", 1), ("two.bundle#1", "loaded", 1)]
