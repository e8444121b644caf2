"""How close the articles come to hand-made truth, on real pages that lie beside the project and are not part of it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tasks.pages.html.markup import parse_markup
from tasks.pages.reading import read_page
from tasks.records import Article, Page
from tasks.repair.decoding.charsets import decode
from tasks.repair.sources import repair_source
from tasks.repair.writing.script import to_simplified


def fold(text: str | None) -> str:
    simplified = to_simplified(unicodedata.normalize("NFKC", text or ""), traditional=True)
    return re.sub(r"[\W_]", "", simplified.lower())


def grams(text: str) -> Counter[str]:
    folded = fold(text)
    return Counter(folded[place : place + 4] for place in range(max(len(folded) - 3, 1)))


def f1(want: str, have: str) -> float:
    wanted, had = grams(want), grams(have)
    return 2 * sum((wanted & had).values()) / max(sum(wanted.values()) + sum(had.values()), 1)


def read(path: Path) -> Page:
    text = decode(path.read_bytes()).text
    assert text is not None
    media_type = "text/plain" if path.suffix == ".txt" else "text/html"
    return read_page(repair_source(text).text, uri=str(path), media_type=media_type)


@pytest.fixture(scope="module")
def truth_and_pages() -> list[tuple[dict[str, Any], Page]]:
    folder = Path(__file__).resolve().parents[3] / "shared" / "pages"
    if not folder.is_dir():
        pytest.skip("no ../shared beside this clone: its pages are not part of the project")
    rows = [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines()]
    return [(row, read(folder / "html" / row["file"])) for row in rows]


def test_no_real_article_is_rejected(truth_and_pages: list[tuple[dict[str, Any], Page]]) -> None:
    assert [row["file"] for row, page in truth_and_pages if not page.articles] == []


def test_bodies_of_real_pages_agree_with_their_truth(truth_and_pages: list[tuple[dict[str, Any], Page]]) -> None:
    scores = [
        f1(row["body"], "\n".join(article.text for article in page.articles))
        for row, page in truth_and_pages
        if row["gold_kind"].startswith("full")
    ]
    assert sum(scores) / len(scores) >= 0.985


def test_days_and_titles_of_real_pages_are_right(truth_and_pages: list[tuple[dict[str, Any], Page]]) -> None:
    dated = [(row, page) for row, page in truth_and_pages if row["published_at"]]
    right = sum(str(page.articles[0].published_on) == row["published_at"][:10] for row, page in dated)
    assert right / len(dated) >= 0.99
    # One of the collections takes <title> for the title, names of column and site included; that is no title.
    titled = [(row, page) for row, page in truth_and_pages if row["title"] and row["origin"] != "readability"]
    right = sum(fold(page.articles[0].title) == fold(row["title"]) for row, page in titled)
    assert right / len(titled) >= 0.97


def test_pages_flattened_to_text_keep_most_of_their_quality(
    truth_and_pages: list[tuple[dict[str, Any], Page]],
) -> None:
    folder = Path(__file__).resolve().parents[3] / "shared" / "pages" / "html"
    scores = []
    for row, _ in truth_and_pages[::3]:
        text = decode((folder / row["file"]).read_bytes()).text or ""
        leaves = parse_markup(text).leaves
        lines = [raw for raw, hiding in zip(leaves.raws, leaves.hidings, strict=True) if not hiding]
        page = read_page("\n".join(lines), uri="page.txt", media_type="text/plain")
        if row["gold_kind"].startswith("full"):
            scores.append(f1(row["body"], "\n".join(article.text for article in page.articles)))
    assert sum(scores) / len(scores) >= 0.93


def test_list_pages_are_rejected(shared: Path) -> None:
    pages = [read(path) for path in sorted((shared / "pages" / "fixtures" / "list_pages").glob("*.html"))]
    reasons = [page.rejection_reason for page in pages if not page.articles]
    assert len(reasons) >= len(pages) - 1
    assert set(reasons) <= {"list_page", "search_results", "forum_pager"}


def seeds(shared: Path) -> list[tuple[dict[str, Any], tuple[Article, ...]]]:
    found = []
    for path in sorted((shared / "gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        found.append((gold, read(shared / "seeds" / gold["document"]).articles))
    return found


def test_seeds_give_their_articles_with_every_field(shared: Path) -> None:
    for gold, articles in seeds(shared):
        assert len(articles) == len(gold["articles"])
        for want, have in zip(gold["articles"], articles, strict=True):
            assert fold(have.title) == fold(want["title"])
            assert fold(have.kicker) == fold(want["kicker"])
            assert fold(have.site) == fold(want["site"])
            assert fold(have.outlet) == fold(want["source"])
            assert fold(have.summary) == fold(want["summary"])
            assert str(have.published_on or "") == (want["published_at"] or "")[:10]
            for role in ("author", "editor", "photographer"):
                names = {fold(who.name) for who in have.contributors if who.role == role}
                assert names == {fold(name) for name in want[f"{role}s"]}


def test_seeds_give_their_text_and_no_noise(shared: Path) -> None:
    for gold, articles in seeds(shared):
        for want, have in zip(gold["articles"], articles, strict=True):
            parts = [[section.get("heading") or "", *section["paragraphs"]] for section in want["body"]]
            assert f1("\n".join(part for section in parts for part in section if part), have.text) >= 0.97
            headings = {fold(section["heading"]) for section in want["body"] if section.get("heading")}
            assert {fold(part.text) for part in have.paragraphs if part.kind == "heading"} == headings
            captions = {fold(caption) for caption in want["captions"]}
            assert {fold(part.text) for part in have.paragraphs if part.kind == "caption"} == captions
        text = fold("".join(article.text for article in articles))
        assert [noise for noise in gold["noise"] if len(fold(noise)) >= 6 and fold(noise) in text] == []


def test_every_seed_gives_its_number_of_articles(shared: Path) -> None:
    counts = [len(read(path).articles) for path in sorted((shared / "seeds").glob("*.txt"))]
    assert counts == [1, 1, 1, 6, 1]
