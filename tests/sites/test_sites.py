"""Every site with rules of its own has a saved page; new files are tested without being named here."""

from __future__ import annotations

import json
import pkgutil
from pathlib import Path

import pytest

import tasks.sites
from tasks.pages.reading import read_page
from tasks.sites.rules import all_rules, rules_for

SAVED = Path(__file__).resolve().parents[1] / "cases" / "pages" / "sites"
SITES = sorted(module.name for module in pkgutil.iter_modules(tasks.sites.__path__) if module.name != "rules")


@pytest.mark.parametrize("site", SITES)
def test_a_site_with_rules_gives_the_article_of_its_saved_page(site: str) -> None:
    expect = json.loads((SAVED / f"{site}.json").read_text("utf-8"))
    (article,) = read_page((SAVED / f"{site}.html").read_text("utf-8"), uri=expect["uri"], media_type=None).articles
    assert {
        "uri": expect["uri"],
        "title": article.title,
        "site": article.site,
        "published_on": str(article.published_on),
        "text": article.text,
    } == expect


@pytest.mark.parametrize("site", SITES)
def test_the_file_of_a_site_is_named_after_its_host(site: str) -> None:
    rules = rules_for(site.replace("_", "."))
    assert rules is not None
    assert rules in all_rules()


def test_a_host_that_only_ends_alike_has_no_rules() -> None:
    assert rules_for("notmp.weixin.qq.com.example") is None
    assert rules_for(None) is None
