"""Pages of any number, none like another: the sample's templates filled with its invented sentences, of real size.

A page of the sample has 5 kB; those of 93 real local pages had 20 to 770 kB (half of them 80 to 225), 500 to 6,000 tags
and 12 to 780 links, most of it menus, lists, scripts and styles. Here each site has its own amount of these within that
range, its menus the same on all its pages and its lists of headlines new on each, as portals have them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from html import escape

from tests.sample.stories import HERE, Block, Page, Site, load_pages
from tests.sample.templates import TEMPLATES

SITES = 40  # of ten templates
SENTENCES = (14, 60)  # of an article, some 600 to 2,600 characters
# What surrounds an article, from the quarter of real pages that has least to the quarter that has most.
MENU_LINKS = (40, 260)
LIST_LINKS = (10, 240)
SCRIPT_CHARACTERS = (5_000, 70_000)
STYLE_CHARACTERS = (2_000, 100_000)

_SENTENCE = re.compile(r"[^。！？]+[。！？]+[”’）]*")
_NUMBER = re.compile(r"\d+")
_SCRIPT = (
    "(function(w,d){{var q{0}=w.q{0}||[];q{0}.push(['_setId','{1}']);for(var i=0;i<{0};i++){{if(d.images[i]&&"
    "d.images[i].src.indexOf('/t{1}')>-1){{d.images[i].onerror=null;}}}}w.q{0}=q{0};}})(window,document);\n"
)
_STYLE = ".c{0} .list-{1} li a:hover{{color:#{0:06x};line-height:{1}px;padding:0 {1}px 2px;background:none}}\n"


@cache
def _material() -> tuple[tuple[Page, ...], tuple[str, ...], tuple[str, ...]]:
    """Pages to be filled anew, sentences to fill them with, and phrases for headlines."""
    pages = [page for page in load_pages()[0] if page.site.template in TEMPLATES and page.site.charset != "big5"]
    lines = {block.text: None for page in pages for block in page.blocks if block.kind == "paragraph"}
    sentences = [found for line in lines for found in _SENTENCE.findall(line) if found.count("“") == found.count("”")]
    headlines = (HERE / "headlines.txt").read_text("utf-8").splitlines()
    phrases = [*headlines, *{page.title: None for page in pages}]
    return tuple(pages), tuple(sentences), tuple(phrases)


def pages_of_many_sites(count: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """The path and the bytes of ``count`` pages, the same for the same seed."""
    pages, _, _ = _material()
    templates = sorted({page.site.template for page in pages})
    for number in range(count):
        site = number % SITES
        look = random.Random(f"{seed} site {site}")
        draw = random.Random(f"{seed} page {number}")
        of_template = [page for page in pages if page.site.template == templates[site % len(templates)]]
        page = _filled(draw.choice(of_template), site, number, draw)
        body = _surrounded(TEMPLATES[page.site.template](page), page.site, look, draw)
        yield f"{page.site.host}/{number:06}.html", body.encode(page.site.charset, "xmlcharrefreplace")


def _filled(page: Page, site: int, number: int, draw: random.Random) -> Page:
    """``page`` with another text, title, day and address, on site number ``site``."""
    _, sentences, phrases = _material()
    told = [_with_other_numbers(draw.choice(sentences), draw) for _ in range(draw.randint(*SENTENCES))]
    blocks = []
    while told:
        length = draw.randint(1, 5)
        blocks.append(Block("paragraph", "".join(told[:length])))
        told = told[length:]
    return replace(
        page,
        site=replace(page.site, host=f"s{site:02}.{page.site.host}", name=f"{page.site.name[:-1]}{site}台"),
        story=f"{page.story}-{number}",
        title=f"{draw.choice(phrases)[:14]}：{draw.choice(phrases)[:16]}",
        published=page.published + timedelta(hours=draw.randint(0, 20_000)),
        blocks=tuple(blocks),
        headlines=tuple(_headline(draw) for _ in range(24)),
    )


def _with_other_numbers(sentence: str, draw: random.Random) -> str:
    return _NUMBER.sub(lambda number: str(draw.randint(1, 9)) + number[0][1:-1] + str(draw.randint(1, 9)), sentence)


def _headline(draw: random.Random) -> str:
    _, _, phrases = _material()
    return f"{draw.choice(phrases)[:9]} {draw.choice(phrases)[:11]}"


def _links(count: int, draw: random.Random, folder: str) -> str:
    rows = (
        f'<li class="i{place % 7}"><a href="/{folder}/{draw.randint(1, 99999)}.html" target="_blank" '
        f'title="{escape(name)}">{escape(name)}</a><span>{draw.randint(1, 12)}-{draw.randint(1, 28)}</span></li>\n'
        for place, name in ((place, _headline(draw)) for place in range(count))
    )
    return "".join(rows)


def _surrounded(markup: str, site: Site, look: random.Random, draw: random.Random) -> str:
    """``markup`` with as much around the article as pages of ``site`` have."""
    menus = "".join(
        f'<div class="m{part}"><h4>{escape(_headline(look)[:4])}</h4><ul>{_links(12, look, "col")}</ul></div>\n'
        for part in range(look.randint(*MENU_LINKS) // 12)
    )
    lists = "".join(
        f'<div class="box"><div class="hd"><b>{escape(_headline(look)[:4])}</b></div>'
        f"<ul>{_links(10, draw, 'p')}</ul></div>\n"
        for _ in range(look.randint(*LIST_LINKS) // 10)
    )
    script = _repeated(_SCRIPT, look.randint(*SCRIPT_CHARACTERS), look)
    style = _repeated(_STYLE, look.randint(*STYLE_CHARACTERS), look)
    head = f'<style type="text/css">\n{style}</style>\n<script type="text/javascript">\n{script}</script>\n</head>'
    top = f'<div class="site-top"><!-- {site.host} top begin -->\n{menus}<!-- top end --></div>\n'
    foot = f'<div class="site-foot"><!-- lists begin -->\n{lists}<!-- lists end --></div>\n</body>'
    opened = re.search(r"<body[^>]*>", markup)
    if opened is None:
        raise ValueError(f"a template without a body: {site.template}")
    whole = f"{markup[: opened.end()]}\n{top}{markup[opened.end() :]}"
    return whole.replace("</head>", head, 1).replace("</body>", foot, 1)


def _repeated(line: str, length: int, look: random.Random) -> str:
    found, size = [], 0
    while size < length:
        found.append(line.format(look.randint(1, 9_999_999), look.randint(10, 999)))
        size += len(found[-1])
    return "".join(found)
