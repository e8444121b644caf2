"""Reads what the footer of a Parquet file says of its groups of rows, instead of letting Arrow say it.

Arrow checks a group when it is asked for a column of it, and a check that fails there ends the whole process, with no
exception to catch: one flipped bit in a file of rows would end the run, the same one every morning. A footer is a
structure of Thrift's compact protocol; a few of its fields are enough to tell what a group unpacks to, and how.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

_MAGIC = b"PAR1"
_TAIL_BYTES = 8  # the length of the footer and the magic
_MAX_BYTES = 16_000_000  # for memory alone: 10,000 groups of ten columns have about ten million
_MAX_LEVELS = 16  # of values one within another; a footer has six
_MAX_SHIFT = 63  # numbers have 64 bits
# The fields that are read, by their numbers in the format: of the file, a group, a column in it, what is told of that.
_GROUPS, _COLUMNS, _TOLD, _ENCODINGS, _PATH, _UNPACKED = 4, 1, 3, 2, 3, 6
# The types of the protocol by their numbers.
_TRUTHS, _BYTE, _INTEGERS, _DOUBLE, _BINARY, _LISTS, _STRUCTURE = (1, 2), 3, (4, 5, 6), 7, 8, (9, 10), 12
_LONG_LIST = 15  # the length of a list that stands in bytes of its own

DELTA_BYTE_ARRAY = 7  # the encoding in which each value repeats the beginning of the one before


@dataclass(frozen=True)
class ColumnPart:
    """A column of a group of rows: its name (where it is nested, that of the outermost), the bytes that it unpacks to
    and the numbers of the encodings that it uses."""

    name: str
    unpacked_bytes: int
    encodings: frozenset[int]


def row_groups(path: Path, names: Collection[str]) -> list[list[ColumnPart]]:
    """Of each group of rows in the file, the columns of these ``names``. Raises ValueError where the footer cannot be
    read, and OSError."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(size - _TAIL_BYTES, 0))
        tail = file.read()
        length = int.from_bytes(tail[:4], "little")
        if tail[4:] != _MAGIC or length > size - _TAIL_BYTES:
            raise ValueError("no footer of a Parquet file at its end")
        if length > _MAX_BYTES:
            raise ValueError(f"a footer of {length:,} bytes")
        file.seek(size - _TAIL_BYTES - length)
        footer = _Footer(file.read(length))
    try:
        return list(footer.groups(names))
    except (IndexError, UnicodeDecodeError) as error:
        raise ValueError("its footer does not hold together") from error


class _Footer:
    """Goes through the bytes of a footer once; what is not asked for is passed over. What breaks off or is of another
    type than it should be raises IndexError."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def groups(self, names: Collection[str]) -> Iterator[list[ColumnPart]]:
        for field, kind in self._fields():
            if field != _GROUPS:
                self._pass_over(kind)
                continue
            for _ in self._items(kind, _STRUCTURE):
                yield [part for part in self._group() if part.name in names]

    def _group(self) -> Iterator[ColumnPart]:
        for field, kind in self._fields():
            if field != _COLUMNS:
                self._pass_over(kind)
                continue
            for _ in self._items(kind, _STRUCTURE):
                yield from self._column()

    def _column(self) -> Iterator[ColumnPart]:
        for field, kind in self._fields():
            if field == _TOLD and kind == _STRUCTURE:
                yield self._part()
            else:
                self._pass_over(kind)

    def _part(self) -> ColumnPart:
        path, unpacked, encodings = [""], 0, frozenset[int]()
        for field, kind in self._fields():
            if field == _ENCODINGS:
                encodings = frozenset(self._integer() for _ in self._items(kind, *_INTEGERS))
            elif field == _PATH:
                path = [self._binary().decode("utf-8") for _ in self._items(kind, _BINARY)] or path
            elif field == _UNPACKED and kind in _INTEGERS:
                unpacked = self._integer()
            else:
                self._pass_over(kind)
        return ColumnPart(path[0], unpacked, encodings)

    def _fields(self) -> Iterator[tuple[int, int]]:
        """The number and the type of each field of a structure; whoever takes it reads the value or passes over it."""
        field = 0
        while head := self._byte():
            field = field + (head >> 4) if head >> 4 else self._integer()
            yield field, head & 0x0F

    def _items(self, kind: int, *wanted: int) -> Iterator[int]:
        """Once for each item of a list of one of the ``wanted`` types, before it is read: its type."""
        if kind not in _LISTS:
            raise IndexError("no list")
        head = self._byte()
        count = head >> 4 if head >> 4 < _LONG_LIST else self._number()
        if wanted and count and head & 0x0F not in wanted:
            raise IndexError("a list of something else")
        for _ in range(count):
            yield head & 0x0F

    def _pass_over(self, kind: int, level: int = 0) -> None:
        """A value that nobody asked for."""
        if level > _MAX_LEVELS:
            raise IndexError("values within values")
        if kind in _INTEGERS:
            self._number()
        elif kind == _BINARY:
            self._binary()
        elif kind == _STRUCTURE:
            for _, inner in self._fields():
                self._pass_over(inner, level + 1)
        elif kind in _LISTS:
            for inner in self._items(kind):
                if inner in _TRUTHS:  # which stand in the head of a field, and take a byte in a list
                    self._byte()
                else:
                    self._pass_over(inner, level + 1)
        elif kind in (_BYTE, _DOUBLE):
            self._at += 8 if kind == _DOUBLE else 1
        elif kind not in _TRUTHS:
            raise IndexError(f"a value of the type {kind}")

    def _binary(self) -> bytes:
        count = self._number()
        start = self._at
        self._at += count
        if self._at > len(self._data):
            raise IndexError("a text that breaks off")
        return self._data[start : self._at]

    def _byte(self) -> int:
        self._at += 1
        return self._data[self._at - 1]

    def _number(self) -> int:
        found = shift = 0
        while shift <= _MAX_SHIFT:
            byte = self._byte()
            found |= (byte & 0x7F) << shift
            if byte < 0x80:
                return found
            shift += 7
        raise IndexError("a number without end")

    def _integer(self) -> int:
        number = self._number()
        return (number >> 1) ^ -(number & 1)
