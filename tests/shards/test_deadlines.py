"""A page that would hang a reader is rejected; time is counted on the processor."""

from __future__ import annotations

import re
import threading

import pytest

from tasks.shards.deadlines import TooSlowError, named, page_deadline


def test_work_without_end_is_stopped_in_python_and_in_a_regular_expression() -> None:
    def endless() -> None:
        while True:
            pass

    with pytest.raises(TooSlowError), page_deadline(0.05):
        endless()
    with pytest.raises(TooSlowError), page_deadline(0.05):
        re.match(r"(a|a)*b", "a" * 60)


def test_a_page_in_time_is_not_disturbed_and_neither_is_the_next() -> None:
    with page_deadline(0.05):
        pass
    assert sum(range(3_000_000)) > 0


def test_in_a_thread_there_is_no_limit() -> None:
    seen: list[bool] = []

    def work() -> None:
        with page_deadline(0.001):
            seen.append(sum(range(300_000)) > 0)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [True]


def test_the_reason_is_its_own() -> None:
    assert named(TooSlowError("x"))[0] == "too_slow"
