"""What a person at a terminal sees of a run: a bar for the work under way, and a summary at its end."""

from __future__ import annotations

import shlex
from time import monotonic
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from flows.console import PageConsole
from flows.watching import RunSummary
from tasks.display import for_terminal

QUESTIONS = (
    ("Which practice reached which place, and when?", "from mart.practice_spread"),
    ("Which stories were copied most?", "from mart.stories_by_reach limit 10"),
    ("Where do reprints change a figure?", "from mart.figure_conflicts"),
)


class TerminalReporter:
    """A progress bar where there is a terminal, a line per finished piece of work where there is none."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True)
        self._bars = Progress(
            TextColumn("{task.description:28}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
        )
        self._bar: TaskID | None = None
        self._what, self._total, self._started = "", 0, 0.0

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def start(self, what: str, total: int) -> None:
        """A new bar."""
        self._what, self._total, self._started = what, total, monotonic()
        self._bar = self._bars.add_task(what, total=max(total, 1))

    def advance(self) -> None:
        """One shard further."""
        if self._bar is not None:
            self._bars.advance(self._bar)

    def tell(self, line: str) -> None:
        """A line above the bar, or among the lines."""
        self._console.print(Text(f"{self._what}: {for_terminal(line)}", "dim"), highlight=False, soft_wrap=True)

    def finish(self) -> None:
        """The bar is full."""
        if self._bar is not None:
            self._bars.update(self._bar, completed=max(self._total, 1))
        if not self._console.is_terminal:
            shards = f"{self._total} shard{'' if self._total == 1 else 's'}"
            self._console.print(f"{self._what}: {shards}, {monotonic() - self._started:.1f} s", highlight=False)


def show_summary(summary: RunSummary, console: Console | None = None) -> None:
    """What went in, what came out, where the warehouse is, what to ask it next."""
    out = console or PageConsole()
    inputs, tables = summary.overview.inputs, summary.overview.tables
    out.print()
    account = (
        f"[bold]{inputs['inputs']:,} inputs[/bold] = {inputs['loaded']:,} loaded"
        f" + {inputs['copies']:,} copies + {inputs['rejected']:,} rejected"
    )
    if not inputs["inputs"]:
        account = "[bold]nothing was fetched[/bold]: the tables are what the raw store holds"
    out.print(account, highlight=False)
    table = Table("in the warehouse", "rows", box=None, pad_edge=False)
    table.columns[1].justify = "right"
    for name, count in tables.items():
        table.add_row(name.replace("_", " "), f"{count:,}")
    out.print(table)
    rejections = summary.overview.rejections
    if rejections.height:
        counted = rejections.group_by("reason").len().sort("len", "reason", descending=[True, False])
        reasons = ", ".join(f"{reason} {count}" for reason, count in counted.iter_rows())
        out.print(f"rejected so far: {reasons} (core.rejections says why)", highlight=False)
    if summary.overview.idle_overrides:
        lines = "; ".join(summary.overview.idle_overrides)
        message = f"no text holds what these lines of overrides.csv correct: {lines}"
        out.print(f"[yellow]{escape(message)}[/yellow]", highlight=False)
    if summary.overview.other_versions:
        out.print(
            f"[yellow]rows of earlier runs were made by other code[/yellow]"
            f" ({', '.join(summary.overview.other_versions)}); fangzhi rebuild makes all anew",
            highlight=False,
        )
    out.print(f"[bold]warehouse[/bold] {escape(str(summary.warehouse))}", highlight=False, soft_wrap=True)
    for question, query in QUESTIONS:
        command = f"fangzhi ask {shlex.quote(query)} --warehouse {shlex.quote(str(summary.warehouse))}"
        out.print(f"  {question}\n    .venv/bin/{escape(command)}", highlight=False, soft_wrap=True)
