"""What the README says the sample answers is what the sample answers."""

from __future__ import annotations

import duckdb
import pytest

from tests.readme_answers import README, answer_of, question_pairs

pytestmark = pytest.mark.xdist_group("flow")  # one server and one load of the sample for the group


def test_the_answers_of_the_readme_are_those_of_the_sample(
    sample: duckdb.DuckDBPyConnection,
) -> None:
    pairs = question_pairs(README.read_text("utf-8"))
    assert len(pairs) == 12, "ten questions, and what is claimed and what is not"
    for query, answer in pairs:
        assert answer_of(sample, query) == answer, "run `make run`, then `python -m tests.readme_answers warehouse/...`"
        assert len(answer.splitlines()) > 1, "a question without an answer shows nothing"
