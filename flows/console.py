"""The console of every command: what a page says is shown, never obeyed."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from tasks.display import for_terminal


class PageConsole(Console):
    """A console whose texts lose what a terminal would obey; cells of tables are to be made with ``page_text``."""

    def print(self, *objects: Any, **options: Any) -> None:
        """As rich prints, texts and strings without controls."""
        super().print(*map(_plain, objects), **options)


def page_text(text: str, style: str = "") -> Text:
    """``text`` for a cell of a table: no markup, no controls."""
    return Text(for_terminal(text), style)


def _plain(item: Any) -> Any:
    if isinstance(item, str):
        return for_terminal(item)
    if isinstance(item, Text):
        shown = item.copy()
        shown.plain = for_terminal(item.plain)
        return shown
    return item
