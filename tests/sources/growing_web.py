"""An invented web whose sites print new articles every day, each in its own way of saying so.

A site is a function of the day: which pages it has on that morning. All of them lie on one loopback server, below a
path of their own; hosts are told apart by their names in the real web, here by their paths.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tasks.sources.source_lists import SourceEntry

FIRST_DAY = date(2024, 3, 1)
_TOWNS = ["南岭", "青石", "河湾", "大坪", "柳树", "石桥", "东山", "新店", "云台", "黄土"]
_ON_A_PAGE = 10


@dataclass(frozen=True)
class Article:
    """One article: its path, its title and the day on which it is printed."""

    path: str
    title: str
    day: date


@dataclass(frozen=True)
class Site:
    """``entry`` with ``{root}`` in its addresses; ``pages`` gives the index pages by path for the articles so far."""

    name: str
    entry: dict[str, object]
    pages: Callable[[str, list[Article], date], dict[str, str]]
    per_day: int


def articles_of(site: Site, number: int, today: date) -> list[Article]:
    """The articles of a site up to and with ``today``, newest first; ten stood there before the first day."""
    found = []
    day = FIRST_DAY - timedelta(days=_ON_A_PAGE // max(site.per_day, 1))
    serial = 0
    while day <= today:
        for _ in range(site.per_day):
            serial += 1
            town = _TOWNS[(serial + number) % len(_TOWNS)]
            path = f"/s{number}/{day:%Y%m}/t{day:%Y%m%d}_{5000 + serial}.html"
            if site.name == "epaper":
                path = f"/s{number}/html/{day:%Y-%m/%d}/content_{5000 + serial}.htm"
            found.append(Article(path, f"{town}镇第{serial}次院坝议事会开到田埂上", day))
        day += timedelta(days=1)
    return found[::-1]


def page_of(article: Article) -> str:
    """The page of an article."""
    return (
        f"<html><head><title>{article.title}</title></head><body><h1>{article.title}</h1>"
        f"<p>{article.day:%Y-%m-%d} 来源：山前日报</p><p>{'议事会上，村民把修路的事摆上桌面，当场定下三条办法。' * 4}</p></body></html>"
    )


def _items(articles: list[Article]) -> str:
    rows = (f'<li><a href="{one.path}">{one.title}</a><span>{one.day:%m-%d}</span></li>' for one in articles)
    return f"<ul class='list'>{''.join(rows)}</ul>"


def _sliced(articles: list[Article]) -> list[list[Article]]:
    return [articles[start : start + _ON_A_PAGE] for start in range(0, len(articles), _ON_A_PAGE)]


_NAVIGATION = "<ul class='nav'><li><a href='/zwgk/'>政务公开</a></li><li><a href='/hd/'>互动交流</a></li></ul>"


def _scripted(root: str, articles: list[Article], today: date) -> dict[str, str]:
    slices = _sliced(articles)
    return {
        f"{root}/{'index' if n == 0 else f'index_{n}'}.html": _NAVIGATION
        + _items(some)
        + f'<script>createPageHTML({len(slices)}, {n}, "index", "html");</script>'
        for n, some in enumerate(slices)
    }


def _numbered(root: str, articles: list[Article], today: date) -> dict[str, str]:
    slices = _sliced(articles)
    numbers = "".join(f'<a href="{root}/list?page={n + 1}">{n + 1}</a>' for n in range(len(slices)))
    pages = {f"{root}/list?page={n + 1}": _items(some) + numbers for n, some in enumerate(slices)}
    return pages | {f"{root}/list": _items(slices[0]) + numbers}


def _linked(root: str, articles: list[Article], today: date) -> dict[str, str]:
    slices = _sliced(articles)
    return {
        f"{root}/{'' if n == 0 else f'{n + 1}.shtml'}": _items(some)
        + (f'<a href="{root}/{n + 2}.shtml">下一页</a>' if n + 1 < len(slices) else "")
        for n, some in enumerate(slices)
    }


def _issues(root: str, articles: list[Article], today: date) -> dict[str, str]:
    pages = {}
    for day in {one.day for one in articles}:
        of_day = [one for one in articles if one.day == day]
        folder = f"{root}/html/{day:%Y-%m/%d}"
        nodes = "".join(f'<a href="node_{n}.htm">第{n:02}版：乡村</a>' for n in (1, 2))
        for n, some in ((1, of_day[::2]), (2, of_day[1::2])):
            areas = "".join(f'<area shape="rect" coords="0,0,9,9" href="{one.path}">' for one in some)
            pages[f"{folder}/node_{n}.htm"] = f"<map>{areas}</map>{nodes}"
    return pages


def _listed(root: str, articles: list[Article], today: date) -> dict[str, str]:
    return {
        f"{root}/api?p={n + 1}": json.dumps(
            {"data": [{"u": one.path, "t": one.title, "d": f"{one.day:%Y-%m-%d}"} for one in some]}
        )
        for n, some in enumerate(_sliced(articles))
    }


def _fed(root: str, articles: list[Article], today: date) -> dict[str, str]:
    items = "".join(f"<item><title>{one.title}</title><link>{{host}}{one.path}</link></item>" for one in articles[:20])
    return {f"{root}/rss.xml": f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'}


def _mapped(root: str, articles: list[Article], today: date) -> dict[str, str]:
    urls = "".join(f"<url><loc>{{host}}{one.path}</loc></url>" for one in articles)
    index = f"<sitemapindex><sitemap><loc>{{host}}{root}/map1.xml</loc></sitemap></sitemapindex>"
    return {f"{root}/sitemap.xml": index, f"{root}/map1.xml": f"<urlset>{urls}</urlset>"}


SITES = [
    Site("scripted", {"kind": "section", "locations": ["{root}/index.html"]}, _scripted, 3),
    Site("numbered", {"kind": "section", "locations": ["{root}/list"]}, _numbered, 4),
    Site("linked", {"kind": "section", "locations": ["{root}/"]}, _linked, 2),
    Site("patterned", {"kind": "section", "locations": ["{root}/index.html"], "next": "index_{n}.html"}, _scripted, 1),
    Site("epaper", {"kind": "epaper", "locations": ["{root}/html/{date:%Y-%m/%d}/node_1.htm"], "days": 2}, _issues, 6),
    Site(
        "api",
        {
            "kind": "api",
            "locations": ["{root}/api?p=1"],
            "next": "{root}/api?p={n}",
            "items": "data",
            "address": "u",
            "title": "t",
            "day": "d",
        },
        _listed,
        3,
    ),
    Site("feed", {"kind": "feed", "locations": ["{root}/rss.xml"]}, _fed, 2),
    Site("sitemap", {"kind": "sitemap", "locations": ["{root}/sitemap.xml"]}, _mapped, 2),
]


def web_on(day: date, host: str, sites: int) -> dict[str, bytes]:
    """Every page of the first ``sites`` sites (the eight ways over and over) on the morning of ``day``."""
    pages: dict[str, str] = {}
    for number in range(sites):
        site = SITES[number % len(SITES)]
        articles = articles_of(site, number, day)
        pages |= {one.path: page_of(one) for one in articles}
        pages |= site.pages(f"/s{number}", articles, day)
    return {path: text.replace("{host}", host).encode() for path, text in pages.items()}


def entries_at(host: str, sites: int) -> list[SourceEntry]:
    """The tables of the list of sources that names them."""
    found = []
    for number in range(sites):
        site = SITES[number % len(SITES)]
        filled = json.loads(json.dumps(site.entry).replace("{root}", f"{host}/s{number}"))
        if filled["kind"] in {"section", "api"}:
            filled["max_index_pages"] = 20
        found.append(SourceEntry.model_validate({"name": f"{site.name} {number}"} | filled))
    return found
