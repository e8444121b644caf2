"""Pages in the make of many content-management systems: what a reader takes for the article comes out, and nothing
else."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tasks.pages.reading import read_page
from tests.pages.case_files import CASES

_FILE = json.loads((CASES / "styles.json").read_text("utf-8"))
_TEXTS: list[str] = _FILE["paragraphs"]


def filled(given: str) -> str:
    """``given`` with the paragraphs in the places of @1@, @2@ … (@U1@: as a script writes them in ASCII)."""
    for number, text in enumerate(_TEXTS, 1):
        given = given.replace(f"@U{number}@", json.dumps(text)[1:-1]).replace(f"@{number}@", text)
    return given


def folded(text: str | None) -> str:
    return re.sub(r"[\W_]", "", text or "")


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in _FILE["cases"]])
def test_a_page_of_any_make_gives_its_article_and_nothing_else(case: dict[str, Any]) -> None:
    given, expect = case["given"], case["expect"]
    text = filled(given.get("html") or given.get("dump"))
    media_type = "text/html" if "html" in given else "text/plain"
    page = read_page(text, uri=given.get("uri", "http://www.example.cn/a.html"), media_type=media_type)
    if expect.get("rejected"):
        assert page.articles == ()
        return
    assert len(page.articles) == expect.get("articles", 1)
    article = page.articles[0]
    found: dict[str, Any] = {
        "title": article.title,
        "day": str(article.published_on),
        "site": article.site,
        "outlet": article.outlet,
        "summary": article.summary,
        "complete": article.is_complete,
    }
    for role in ("author", "editor", "photographer"):
        found[f"{role}s"] = sorted(who.name for who in article.contributors if who.role == role)
    for field, want in expect.items():
        if field in found:
            have = found[field]
            assert (sorted(want) if isinstance(want, list) else folded(str(want))) == (
                have if isinstance(want, list) else folded(str(have))
            ), field
    whole = folded(article.text)
    place = -1
    for paragraph in expect["paragraphs"]:
        following = whole.find(folded(filled(paragraph)))
        assert following > place, paragraph
        place = following
    assert [noise for noise in expect.get("absent", []) if folded(noise) in whole] == []
