"""The abstract above the text of a dump: behind its label on one line, or on the line below it."""

from __future__ import annotations

from tasks.pages.dumps.dump_walk import DumpWalk
from tasks.pages.lines.summaries import is_summary_label, read_spaced_summary, read_summary


def abstract_at(walk: DumpWalk, index: int) -> str | None:
    """The abstract that the line at ``index`` holds, None where it holds none."""
    line = walk.lines[index]
    summary = read_summary(line.raw if line.raw.startswith("摘要：") else line.text)
    summary = summary or read_spaced_summary(line.raw, line.text)
    if summary or walk.draft.summary is not None or not walk.marks[index].is_running:
        return summary
    return line.text if _is_below_label(walk, index) else None


def _is_below_label(walk: DumpWalk, index: int) -> bool:
    """Whether the line above, markup aside, is the label of a summary."""
    above = next((line for line in reversed(walk.lines[walk.start : index]) if line.removed_as != "markup"), None)
    return above is not None and is_summary_label(above.raw)
