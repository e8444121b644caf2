"""What a careful reader finds in the sample, in a form that a test can compare with the tables."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from typing import Any

from tests.sample.newspaper import FILE_NAME, newspaper_articles
from tests.sample.stories import HERE, Page, load_sites

_WITHOUT_AUTHORS = {"government", "digest", "spam_dump", "finance_dump"}


def _article(page: Page) -> dict[str, Any]:
    template = page.site.template
    article = {
        "story": page.story,
        "title": page.title,
        "kicker": _kicker(page),
        "summary": page.summary or None if template == "channel" else None,
        "published_on": f"{page.published:%Y-%m-%d}",
        "published_at": page.published.isoformat() if _shows_time(page) else None,
        "site": page.site.name,
        "outlet": page.credit or None,
        "authors": [] if template in _WITHOUT_AUTHORS else list(page.authors),
        "editors": list(page.editors),
        "photographers": list(page.photographers) if template in {"reader", "declared"} else [],
        "captions": [block.text for block in page.blocks if block.kind == "caption"],
        "is_complete": True,
        "damage": template if template.endswith("_dump") and template != "plain_dump" else None,
        "text": page.text,
    }
    if template in {"portal", "reader"}:
        article["rubric"] = page.rubric or None
    return article


def _kicker(page: Page) -> str | None:
    shows = {"portal", "table_layout", "epaper", "declared", "region_dump"}
    return page.kicker.strip("—") or None if page.site.template in shows else None


def _shows_time(page: Page) -> bool:
    return page.precision != "day" and page.site.template not in {"epaper", "scan_dump"}


def expected(pages: list[Page], rows: list[Page], odd: dict[str, bytes]) -> dict[str, Any]:
    """Pages by name, rows by address, story chains, and the claims of ``claims.toml``."""
    claims = tomllib.loads((HERE / "claims.toml").read_text(encoding="utf-8"))
    found: dict[str, Any] = {}
    for page in pages:
        found[page.file_name] = {"status": "loaded", "articles": [_article(page)]}
    found[FILE_NAME] = {"status": "loaded", "articles": newspaper_articles()}
    for name in odd:
        found[name] = dict(claims["odd"][name])
    chains: dict[str, list[Page]] = defaultdict(list)
    for page in [*pages, *rows]:
        chains[page.story].append(page)
    row_keys = {id(page) for page in rows}
    stories = {}
    for story, members in sorted(chains.items()):
        members.sort(key=lambda page: (page.published, page.site.key))
        stories[story] = {
            "article_count": len(members),
            "site_count": len({page.site.key for page in members}),
            "first_published_on": f"{members[0].published:%Y-%m-%d}",
            "last_published_on": f"{members[-1].published:%Y-%m-%d}",
            "members": [
                {
                    "uri": page.url if id(page) in row_keys else page.file_name,
                    "site": page.site.name,
                    "published_on": f"{page.published:%Y-%m-%d}",
                    "credit": page.credit or None,
                }
                for page in members
            ],
        }
    return {
        "note": "Made by build.py. Names under `pages` are paths below pages/;"
            " texts of damaged pages are the clean ones.",
        "pages": found,
        "rows": {page.url: {"status": "loaded", "articles": [_article(page)]} for page in rows} | claims["odd_rows"],
        "stories": stories,
        "sites": {site.name: site.host for site in load_sites().values()},
        **{key: value for key, value in claims.items() if key not in {"odd", "odd_rows"}},
    }
