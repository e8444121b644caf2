"""Notices of one form stay apart, their reprints do not."""

from __future__ import annotations

import pytest

from tests.duplicates.composition import groups_of, stories_of
from tests.duplicates.lookalikes import FORMS, look_alike

COUNT = 400


def test_hundreds_of_notices_of_a_few_forms_stay_apart() -> None:
    notices = {f"a{number:04d}": look_alike(number) for number in range(COUNT)}
    together = [sorted(group) for group in groups_of(stories_of(**notices)) if len(group) > 1]
    assert together == []


@pytest.mark.parametrize(
    "seeds",
    [
        pytest.param((4670, 4778), id="names of places that share letters by chance"),
        pytest.param((4451, 4971), id="a name before the first words in common"),
        pytest.param((42, 4866), id="names of one letter more or less"),
        pytest.param((2293, 5265), id="few and small numbers"),
        pytest.param((37, 4361), id="most anchors between the slots"),
    ],
)
def test_notices_that_are_the_same_in_much_by_chance_stay_apart(seeds: tuple[int, int]) -> None:
    notices = {f"a{number:04d}": look_alike(number) for number in seeds}
    assert len(groups_of(stories_of(**notices))) == 2


@pytest.mark.parametrize("form", range(len(FORMS)))
def test_a_reprint_of_a_notice_stays_with_it(form: int) -> None:
    notices = {f"a{number:04d}": look_alike(number) for number in range(form, 40, len(FORMS))}
    text = notices[f"a{form:04d}"]
    reprint = f"本地要闻 浏览次数：{form + 300}\n{text}\n【字体：大 中 小】【关闭窗口】"
    groups = groups_of(stories_of(**notices, reprint=reprint))
    assert frozenset((f"a{form:04d}", "reprint")) in groups
    assert len(groups) == len(notices)
