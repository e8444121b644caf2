"""``fangzhi sql``: what can be typed, and what Tab makes of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from flows.shell import completer
from warehouse.questions import open_desk

pytestmark = pytest.mark.xdist_group("flow")  # one server and one load of the sample for the group


def piped(text: str, warehouse: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from flows.command import main; main()", "sql", "-w", str(warehouse)]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False, timeout=300)


def test_a_file_of_questions_is_answered_in_order(sample_warehouse: Path) -> None:
    result = piped(
        ".as csv\nselect count(*) as pages from core.documents;\nselect "
        "name from core.practices\norder by name limit 1;\n"
        ".columns panel\n.tables 采纳\n",
        sample_warehouse,
    )
    assert result.returncode == 0, result.stdout
    assert "pages\n87\nname\n" in result.stdout
    assert "null where no article covers the place" in result.stdout
    assert "practice_adoption_by_year" in result.stdout


def test_a_question_without_an_answer_is_told_and_the_next_is_answered(sample_warehouse: Path) -> None:
    result = piped("drop table core.articles;\nselect 6 * 7 as answer;\n", sample_warehouse)
    assert result.returncode == 1
    assert "no answer: ask one SELECT" in result.stdout
    assert "42" in result.stdout


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("from mart.adop", "mart.adoptions"), ("from adop", "mart.adoptions"), ("select cumul", "cumulative_place_count"),
     ("from pan", "panel("), ("from panel('榫卯", "榫卯联盟'"), ("sel", "select")],
)  # fmt: skip
def test_tab_completes_tables_columns_macros_and_practices(sample_warehouse: Path, typed: str, offered: str) -> None:
    with open_desk(sample_warehouse) as desk:
        found = completer(desk).get_completions(Document(typed), CompleteEvent())
        assert offered in {completion.text for completion in found}
