"""A small share of the fuzz, which runs for as long as one likes by hand."""

from __future__ import annotations

from tests.repair.fuzz import run


def test_random_bytes_and_strings_are_read_without_complaint() -> None:
    assert run(seconds=600, most=1_000, seed=20) == 1_000
