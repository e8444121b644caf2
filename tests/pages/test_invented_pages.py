"""Small invented pages, each with one thing that pages of its kind do: what is text stays, what is not goes where it
belongs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tasks.pages.reading import read_page
from tasks.records import Article
from tests.pages.case_files import cases

_FIELDS = ("title", "kicker", "summary", "rubric", "outlet", "site", "text")


def shown(article: Article) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(article, name) for name in _FIELDS}
    found["day"] = str(article.published_on) if article.published_on else None
    found["day_from"] = article.published_from
    for role in ("author", "editor", "photographer"):
        found[f"{role}s"] = [who.name for who in article.contributors if who.role == role]
    found["lines"] = article.text.split("\n")
    found["headings"] = [part.text for part in article.paragraphs if part.kind == "heading"]
    return found


def check(found: dict[str, Any], expect: dict[str, Any]) -> None:
    for name, want in expect.items():
        if name == "holds":
            assert [line for line in want if line not in found["lines"]] == [], found["lines"]
        elif name == "absent":
            assert [line for line in want if line in found["text"]] == [], found["lines"]
        elif name == "begins":
            assert found["lines"][0] == want
        elif name == "ends":
            assert found["lines"][-1] == want
        else:
            assert found[name] == want, name


@pytest.mark.parametrize(("given", "expect"), cases("invented"))
def test_an_invented_page_is_read_as_a_reader_would(given: dict[str, Any], expect: dict[str, Any]) -> None:
    text = given.get("html") or given["text"]
    fetched_on = date.fromisoformat(given["fetched_on"]) if "fetched_on" in given else None
    media_type = "text/html" if "html" in given else "text/plain"
    page = read_page(text, uri=given["uri"], media_type=media_type, fetched_on=fetched_on)
    if "reason" in expect:
        assert (page.articles, page.rejection_reason) == ((), expect["reason"])
        return
    wanted = expect.get("articles", [expect])
    assert len(page.articles) == len(wanted), [article.title for article in page.articles]
    for article, want in zip(page.articles, wanted, strict=True):
        check(shown(article), want)
