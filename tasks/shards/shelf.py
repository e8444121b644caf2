"""Texts by id in one plain file: a stage that needs a few of very many holds none of them in memory."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self


class TextShelf:
    """Texts that are put once and read as often as wanted; the file is made anew and closed with the shelf."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("w+b")
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, texts: Iterable[tuple[str, str]]) -> None:
        """Add texts by id; of two with one id the later counts."""
        for name, text in texts:
            encoded = text.encode("utf-8", "surrogatepass")
            self._file.write(encoded)
            self._places[name] = (self._end, len(encoded))
            self._end += len(encoded)
        self._file.flush()

    def texts(self, names: Sequence[str]) -> dict[str, str]:
        """Those of the texts that are on the shelf."""
        found = {}
        for name in names:
            if (place := self._places.get(name)) is not None:
                start, size = place
                found[name] = os.pread(self._file.fileno(), size, start).decode("utf-8", "surrogatepass")
        return found
