"""The identifier of a story stays with its articles; one that gives way is an alias."""

from __future__ import annotations

import polars as pl

from tasks.duplicates.identifiers import ALIAS_SCHEMA, keep_identifiers
from tasks.duplicates.tables import STORY_ARTICLE_SCHEMA, STORY_LINK_SCHEMA, STORY_SCHEMA, StoryTables
from tasks.records import stable_id

NO_ALIASES = pl.DataFrame(schema=ALIAS_SCHEMA)


def tables_of(*stories: str) -> StoryTables:
    """A story for each string of one-letter articles, the first of which is canonical."""
    ids = {story: stable_id("story", story[0]) for story in stories}
    members = [{"article_id": article, "story_id": ids[story]} for story in stories for article in story]
    heads = [{"story_id": ids[story], "canonical_article_id": story[0]} for story in stories]
    links = [{"story_id": ids[story], "article_id": "r", "start_char": 0} for story in stories]
    return StoryTables(
        pl.DataFrame(heads, schema=STORY_SCHEMA),
        pl.DataFrame(members, schema=STORY_ARTICLE_SCHEMA),
        pl.DataFrame(links, schema=STORY_LINK_SCHEMA),
    )


def shown(tables: StoryTables) -> pl.DataFrame:
    return tables.story_articles.select("article_id", "story_id")


def story_of(tables: StoryTables) -> dict[str, str]:
    return dict(shown(tables).iter_rows())


def test_the_first_run_names_stories_after_their_canonical_articles() -> None:
    made = tables_of("ab", "c")
    kept, aliases = keep_identifiers(made, shown(made).clear(), NO_ALIASES)
    assert story_of(kept) == story_of(made)
    assert aliases.is_empty()


def test_a_new_canonical_article_leaves_the_identifier_as_it_was() -> None:
    before = tables_of("ab", "c")
    kept, aliases = keep_identifiers(tables_of("xab", "c"), shown(before), NO_ALIASES)
    assert story_of(kept)["x"] == story_of(before)["a"]
    assert set(kept.stories["story_id"]) == set(kept.story_links["story_id"]) == set(story_of(before).values())
    assert aliases.is_empty()


def test_of_stories_that_become_one_the_larger_names_it_and_the_other_is_an_alias() -> None:
    before = tables_of("ab", "cde")
    kept, aliases = keep_identifiers(tables_of("abcde"), shown(before), NO_ALIASES)
    larger, smaller = story_of(before)["c"], story_of(before)["a"]
    assert set(story_of(kept).values()) == {larger}
    assert aliases.rows() == [(smaller, larger)]


def test_a_story_that_splits_off_gets_a_name_that_no_other_had() -> None:
    before = tables_of("abc")
    kept, aliases = keep_identifiers(tables_of("a", "bc"), shown(before), NO_ALIASES)
    assert story_of(kept)["b"] == story_of(before)["a"]
    assert story_of(kept)["a"] not in set(story_of(before).values())
    assert aliases.is_empty()


def test_an_alias_follows_its_story_and_outlives_it() -> None:
    before = tables_of("abc", "de")
    aliases = pl.DataFrame([("old", story_of(before)["a"])], schema=ALIAS_SCHEMA, orient="row")
    merged, known = keep_identifiers(tables_of("deabc"), shown(before), aliases)
    final = story_of(before)["a"]
    assert dict(known.rows()) == {
        story_of(before)["d"]: final,
        "old": final,
    }
    _, left = keep_identifiers(tables_of("x"), shown(merged), known)
    assert set(left["alias_id"]) == {"old", story_of(before)["d"], final}
    assert left["story_id"].null_count() == 3


def test_an_identifier_comes_back_with_its_articles() -> None:
    before = tables_of("ab")
    _, aliases = keep_identifiers(tables_of("x"), shown(before), NO_ALIASES)
    kept, left = keep_identifiers(tables_of("ab", "x"), shown(tables_of("x")), aliases)
    assert story_of(kept)["a"] == story_of(before)["a"]
    assert left.is_empty()
