"""How far the fetching of a shard has got: written by the worker as it goes, read by whoever watches the run."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from tasks.records import Fetched

_SECONDS_BETWEEN = 1.0  # a file of a hundred bytes; oftener nobody looks


@dataclass
class Progress:
    """``wanted`` pages are known to be asked for so far; of them ``done`` have come or failed. ``failed`` by reason."""

    wanted: int = 0
    done: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    latest: str = ""

    @property
    def percent(self) -> float:
        """Of what is known to be asked for; more may be named on the way."""
        return 100.0 * self.done / self.wanted if self.wanted else 0.0

    def __str__(self) -> str:
        failures = ", ".join(f"{reason} {count}" for reason, count in sorted(self.failed.items()))
        return "; ".join(filter(None, (f"{self.done:,} of {self.wanted:,} addresses asked", failures, self.latest)))


class ProgressFile:
    """The progress of one worker, in a file that is replaced as a whole."""

    def __init__(self, path: Path) -> None:
        self._path, self._progress, self._written = path, Progress(), 0.0

    def want(self, count: int) -> None:
        """So many more addresses are going to be asked for."""
        self._progress.wanted += count
        self._write()

    def note(self, item: Fetched) -> None:
        """One of them was."""
        self._progress.done += 1
        self._progress.latest = item.uri
        if item.reason is not None:
            self._progress.failed[item.reason] += 1
        if monotonic() - self._written >= _SECONDS_BETWEEN:
            self._write()

    def _write(self) -> None:
        self._written = monotonic()
        draft = self._path.with_suffix(".draft")
        with suppress(OSError):  # a full disk is told by what matters, not by this
            self._path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(vars(self._progress)), "utf-8")
            draft.replace(self._path)


def read_progress(path: Path) -> Progress | None:
    """What the worker wrote last; None where it has written nothing yet."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return Progress(found["wanted"], found["done"], Counter(found["failed"]), found["latest"])
