"""What two sketches alone say of their texts: surely copies, to be read, or not worth reading; both sides of each
limit."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pytest

from tasks.duplicates.matches import Matches
from tasks.duplicates.relations import judged_by_sketch

Verdict = Literal["near", "whole", "read", "left"]
# A text of 60 anchors and one that shares 54 of them in one passage; a third of the anchors hold digits.
COPY = {
    "left_covered": 0.9, "right_covered": 0.9, "extent": 1.0, "shared": 54, "in_step": 53, "bridges": 0,
    "possible": 60, "digits_shared": 18, "digits_possible": 20,
}  # fmt: skip
CUT = COPY | {"left_covered": 0.85, "right_covered": 0.85}
# One printed within a page, edited all over, and one of which only scattered anchors are left.
PART = COPY | {"left_covered": 0.3, "right_covered": 0.95, "shared": 57, "digits_shared": 19}
EDITED = COPY | {"left_covered": 0.7, "right_covered": 0.7, "bridges": 3, "shared": 42, "digits_shared": 14}
SCATTERED = COPY | {
    "left_covered": 0.2, "right_covered": 0.2, "extent": 0.9, "shared": 8, "in_step": 5, "bridges": 3,
    "digits_shared": 2,
}  # fmt: skip
PASSAGE = COPY | {"left_covered": 0.4, "right_covered": 0.4, "extent": 0.4, "shared": 24, "digits_shared": 8}


def judged(**values: float) -> Verdict:
    columns = {"left": 0, "right": 1, **values}
    near, whole, doubtful = judged_by_sketch(Matches(*(np.array([columns[name]]) for name in Matches.__slots__)))
    verdicts: tuple[tuple[Verdict, bool], ...] = (("near", near[0]), ("whole", whole[0]), ("read", doubtful[0]))
    return next((verdict for verdict, holds in verdicts if holds), "left")


def test_a_plain_copy_is_sure_and_what_shares_little_is_left() -> None:
    assert [judged(**pair) for pair in (COPY, PART, EDITED, SCATTERED, PASSAGE)] == [
        "near",
        "whole",
        "near",
        "read",
        "left",
    ]


@pytest.mark.parametrize(
    ("pair", "change", "verdict"),
    [
        pytest.param(CUT, {"possible": 24, "shared": 22}, "near", id="24 anchors make a copy sure"),
        pytest.param(CUT, {"possible": 23, "shared": 22}, "read", id="23 anchors have to be read"),
        pytest.param(CUT, {"possible": 40, "shared": 32, "bridges": 1}, "near", id="four of five of a short text"),
        pytest.param(CUT, {"possible": 40, "shared": 31, "bridges": 1}, "read", id="less of a short text is read"),
        pytest.param(EDITED, {"possible": 48, "shared": 40}, "near", id="48 anchors make an edited copy sure"),
        pytest.param(EDITED, {"possible": 47, "shared": 40}, "read", id="47 anchors of an edited copy are read"),
        pytest.param(EDITED, {"left_covered": 0.66}, "near", id="three anchors over six tenths are sure"),
        pytest.param(EDITED, {"left_covered": 0.64}, "read", id="two anchors over six tenths are read"),
        pytest.param(PART, {"possible": 12, "shared": 12}, "whole", id="twelve anchors make a part sure"),
        pytest.param(PART, {"possible": 11, "shared": 11}, "read", id="eleven anchors of a part are read"),
        pytest.param(PART, {"right_covered": 0.91}, "whole", id="nine tenths printed make a part sure"),
        pytest.param(PART, {"right_covered": 0.89}, "read", id="a part printed by less is read"),
        pytest.param(EDITED, {"digits_shared": 11}, "near", id="numbers kept three in four as often as words"),
        pytest.param(EDITED, {"digits_shared": 10}, "read", id="numbers kept less often may be those of a form"),
        pytest.param(EDITED, {"digits_shared": 8, "bridges": 1}, "near", id="one bridge is no form"),
        pytest.param(EDITED, {"digits_shared": 8, "bridges": 2}, "read", id="two bridges may be slots of a form"),
        pytest.param(COPY, {"digits_shared": 9}, "near", id="half of the numbers may stand in what was cut"),
        pytest.param(COPY, {"digits_shared": 8}, "read", id="less than half of the numbers is another event"),
        pytest.param(COPY, {"digits_possible": 4, "digits_shared": 0}, "read", id="no number of four is kept"),
        pytest.param(PART, {"digits_possible": 1, "digits_shared": 0}, "whole", id="one anchor torn by a number"),
        pytest.param(PART, {"digits_possible": 2, "digits_shared": 0}, "read", id="two anchors torn by numbers"),
        pytest.param(EDITED, {"digits_possible": 3, "digits_shared": 3}, "near", id="three numbers tell a copy"),
        pytest.param(EDITED, {"digits_possible": 2, "digits_shared": 2}, "read", id="two numbers tell nothing"),
        pytest.param(EDITED, {"shared": 30, "digits_shared": 10}, "near", id="half of the anchors are whole"),
        pytest.param(EDITED, {"shared": 29, "digits_shared": 10}, "read", id="most anchors touch a slot"),
        pytest.param(SCATTERED, {"in_step": 3, "shared": 7}, "read", id="half of the anchors are in step"),
        pytest.param(SCATTERED, {"in_step": 2, "shared": 5}, "read", id="two anchors in step are read"),
        pytest.param(SCATTERED, {"in_step": 1, "shared": 3}, "left", id="one anchor in step is chance"),
        pytest.param(SCATTERED, {"extent": 0.5}, "read", id="over half of the text"),
        pytest.param(SCATTERED, {"extent": 0.45}, "left", id="over less of the text is a passage"),
        pytest.param(SCATTERED, {"in_step": 1, "right_covered": 0.3}, "read", id="three tenths in common are read"),
        pytest.param(SCATTERED, {"in_step": 1, "right_covered": 0.28}, "left", id="less in common is left"),
        pytest.param(PASSAGE, {"right_covered": 0.57, "extent": 0.57}, "read", id="a passage of nearly six tenths"),
        pytest.param(PASSAGE, {"right_covered": 0.55, "extent": 0.55}, "left", id="a shorter passage is too little"),
        pytest.param(
            PASSAGE, {"right_covered": 0.53, "extent": 0.55, "bridges": 1}, "read", id="over half with a bridge"
        ),
        pytest.param(
            PASSAGE, {"right_covered": 0.5, "extent": 0.55, "bridges": 1}, "left", id="half of it with a bridge"
        ),
        pytest.param(PASSAGE, {"extent": 0.46}, "read", id="a passage with holes has to be read"),
        pytest.param(PASSAGE, {"extent": 0.44}, "left", id="a dense passage is no copy"),
    ],
)
def test_a_limit_of_the_sketch_lies_between(pair: dict[str, float], change: dict[str, float], verdict: Verdict) -> None:
    assert judged(**pair | change) == verdict
