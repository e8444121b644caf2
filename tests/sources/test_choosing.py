"""What a run asks for: new pages once, failed ones for some days, known ones once more, within a source's budget."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tasks.sources.choosing import Choice, Known, choose_addresses, still_wanted
from tasks.sources.indexes.listed_articles import ListedArticle

NOW = datetime(2024, 3, 20, tzinfo=UTC)


def ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def choose(names: str, known: dict[str, Known] | None = None, budget: int = 99, refetch_days: int = 30) -> Choice:
    named = [ListedArticle(name, "portal", None, None, "index") for name in names]
    return choose_addresses(named, known or {}, {"portal": budget}, NOW, refetch_days)


def asked(choice: Choice) -> str:
    return "".join(listed.uri for listed in choice.ask)


def test_a_new_page_is_asked_for_once_and_a_known_one_not_again() -> None:
    choice = choose("abca", {"b": Known(named_at=ago(2), fetched_at=ago(2))})
    assert (asked(choice), choice.here) == ("ac", ("b",))


def test_a_known_page_is_checked_once_after_some_days() -> None:
    assert asked(choose("a", {"a": Known(fetched_at=ago(29))})) == ""
    choice = choose("a", {"a": Known(fetched_at=ago(30))})
    assert (asked(choice), choice.rechecks) == ("a", ("a",))
    assert asked(choose("a", {"a": Known(fetched_at=ago(90), was_rechecked=True)})) == ""


def test_a_page_that_its_sitemap_says_has_changed_is_asked_for_again_at_once() -> None:
    named = [ListedArticle(name, "portal", None, None, "map") for name in "ab"]
    known = dict.fromkeys("ab", Known(fetched_at=ago(1), was_rechecked=True))
    assert asked(choose_addresses(named, known, {}, NOW, 30, {"b"})) == "b"


def test_a_page_that_failed_or_said_nothing_is_asked_for_again_for_a_week() -> None:
    assert asked(choose("a", {"a": Known(named_at=ago(6), has_failed=True)})) == "a"
    assert asked(choose("a", {"a": Known(named_at=ago(7), has_failed=True)})) == ""
    busy = Known(named_at=ago(3), fetched_at=ago(1), has_nothing_to_read=True)
    assert asked(choose("a", {"a": busy})) == "a"
    assert asked(choose("a", {"a": Known(named_at=ago(9), fetched_at=ago(9), has_nothing_to_read=True)})) == ""


def test_a_budget_holds_new_pages_first_and_says_what_it_leaves() -> None:
    choice = choose("abcd", {"a": Known(fetched_at=ago(99))}, budget=2)
    assert (asked(choice), choice.left) == ("bc", {"portal": 2})


def test_what_was_left_over_is_wanted_in_the_next_run_though_nothing_names_it_any_more() -> None:
    known = {"a": Known(named_at=ago(1)), "b": Known(fetched_at=ago(1)), "c": Known(named_at=ago(9), has_failed=True)}
    assert still_wanted("abc", known, NOW, 30) == ["a"]
    assert still_wanted("abc", known, NOW, 1) == ["a", "b"]
