"""What a page says is never a command, wherever it is shown."""

from __future__ import annotations

import io
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rich.table import Table
from rich.text import Text

from flows.console import PageConsole, page_text
from flows.explanation import explain_page
from flows.settings import Settings
from tasks.display import for_csv, for_html, for_markdown, for_terminal

_LIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
EVIL = (
    "\x1b]0;gone\x07\x1b[2J\x9b31m[bold red]县情[/bold red] [link](javascript:alert(1)) <img onerror=x> =HYPERLINK(1)"
)


@given(st.text(st.characters()))
def test_a_terminal_gets_nothing_to_obey_and_loses_no_character(text: str) -> None:
    shown = for_terminal(text)
    assert _LIVE.search(shown) is None
    assert len(shown) == len(text)
    assert _LIVE.search(for_markdown(text) + for_html(text)) is None


def test_markdown_html_and_formulas_are_dead() -> None:
    assert re.search(r"(?<!\\)[\[\]()<>|]", for_markdown(EVIL)) is None
    assert "<" not in for_html(EVIL)
    assert [for_csv(cell)[0] for cell in ("=1", "+1", "-1", "@x", "\tx")] == ["'"] * 5


def test_a_console_prints_the_text_of_a_page_as_text() -> None:
    written = io.StringIO()
    out = PageConsole(file=written, force_terminal=False, width=300)
    table = Table()
    table.add_row(page_text(EVIL))
    out.print(Text(EVIL), table)
    assert _LIVE.search(written.getvalue()) is None
    assert "[bold red]县情" in written.getvalue()


def test_explain_shows_a_hostile_page_without_obeying_it(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    body = "本报讯 （记者 何青禾）5月5日，德清县溪口镇的居民把停车难题带进“楼栋议事厅”。全镇已有36个议事厅。"
    page.write_text(
        f"溪口镇\x1b[31m推行“楼栋议事厅”\n2023-05-06 08:00 来源：山前日报\n{body}\x1b]0;gone\x07\n{EVIL}\n", "utf-8"
    )
    written = io.StringIO()
    explain_page(str(page), Settings(), PageConsole(file=written, force_terminal=False, width=200))
    assert "溪口镇" in written.getvalue()
    assert _LIVE.search(written.getvalue()) is None
