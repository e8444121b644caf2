"""Article extraction side by side: body F1, titles, days and pages per CPU second, same pages, same process.

    .venv/bin/python tests/benchmarks/bench_pages.py ../shared/pages [--peers-python OTHER/bin/python] [--every N]

The pages folder holds gold.jsonl and html/ and is not part of the project. Peers (trafilatura, magic-html,
readability-lxml, resiliparse, gne) are no dependency: they are measured by an interpreter that has them installed, with
this same file. Every extractor reads the project's sample pages before it is measured. Pages are read one by one and
texts compared as they are: of a page in Traditional characters Fangzhi gives the text in Simplified ones, which counts
as wrong here.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).resolve().parents[1] / "sample" / "pages"
Found = tuple[str, str, str]  # text, title, day
Extractor = Callable[[bytes], Found]


def fold(text: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text or "").lower())


def grams(text: str) -> Counter[str]:
    folded = fold(text)
    return Counter(folded[place : place + 4] for place in range(max(len(folded) - 3, 1))) if folded else Counter()


def f1(want: str, have: str) -> float:
    wanted, had = grams(want), grams(have)
    hit = sum((wanted & had).values())
    return 2 * hit / (sum(wanted.values()) + sum(had.values())) if hit else 0.0


def text_of(body: bytes) -> str:
    for charset in ("utf-8-sig", "gb18030"):
        try:
            return body.decode(charset)
        except UnicodeDecodeError:
            continue
    return body.decode("gb18030", "replace")


def stripped(markup: str) -> str:
    return re.sub(r"<[^>]+>", "\n", markup)


def fangzhi() -> Extractor:
    read_page = import_module("tasks.pages.reading").read_page
    decode = import_module("tasks.repair.decoding.charsets").decode
    repair_source = import_module("tasks.repair.sources").repair_source

    def extract(body: bytes) -> Found:
        text = decode(body).text or ""
        page = read_page(repair_source(text).text, uri="page.html", media_type="text/html")
        if not page.articles:
            return "", "", ""
        first = page.articles[0]
        return "\n".join(article.text for article in page.articles), first.title or "", str(first.published_on or "")

    return extract


def trafilatura() -> Extractor:
    bare_extraction = import_module("trafilatura").bare_extraction

    def extract(body: bytes) -> Found:
        found = bare_extraction(text_of(body), with_metadata=True, favor_precision=True)
        values = found.as_dict() if hasattr(found, "as_dict") else (found or {})
        return values.get("text") or "", values.get("title") or "", values.get("date") or ""

    return extract


def magic_html() -> Extractor:
    extractor = import_module("magic_html").GeneralExtractor()

    def extract(body: bytes) -> Found:
        found = extractor.extract(text_of(body), base_url="https://page.example/")
        return stripped(found.get("html") or ""), found.get("title") or "", ""

    return extract


def readability() -> Extractor:
    read_document = import_module("readability").Document

    def extract(body: bytes) -> Found:
        document = read_document(text_of(body))
        return stripped(document.summary()), document.short_title(), ""

    return extract


def resiliparse() -> Extractor:
    extract_plain_text = import_module("resiliparse.extract.html2text").extract_plain_text
    html_tree = import_module("resiliparse.parse.html").HTMLTree

    def extract(body: bytes) -> Found:
        tree = html_tree.parse(text_of(body))
        return extract_plain_text(tree, main_content=True), tree.title or "", ""

    return extract


def gne() -> Extractor:
    extractor = import_module("gne").GeneralNewsExtractor()

    def extract(body: bytes) -> Found:
        found = extractor.extract(text_of(body))
        return found.get("content") or "", found.get("title") or "", (found.get("publish_time") or "")[:10]

    return extract


EXTRACTORS = {
    "fangzhi": fangzhi,
    "trafilatura": trafilatura,
    "magic-html": magic_html,
    "readability-lxml": readability,
    "resiliparse": resiliparse,
    "gne": gne,
}


def measure(extract: Extractor, rows: list[dict[str, Any]], bodies: list[bytes]) -> dict[str, float]:
    found: list[Found] = []
    started = time.process_time()
    for body in bodies:
        try:
            found.append(extract(body))
        except Exception:  # a peer that breaks on a page has found nothing there
            found.append(("", "", ""))
    seconds = time.process_time() - started
    scores = [
        f1(row["body"], text)
        for row, (text, _, _) in zip(rows, found, strict=True)
        if row["gold_kind"].startswith("full")
    ]
    titles = [fold(row["title"]) == fold(title) for row, (_, title, _) in zip(rows, found, strict=True) if row["title"]]
    days = [
        row["published_at"][:10] == day for row, (_, _, day) in zip(rows, found, strict=True) if row["published_at"]
    ]
    return {
        "f1": sum(scores) / max(len(scores), 1),
        "titles": sum(titles) / max(len(titles), 1),
        "days": sum(days) / max(len(days), 1),
        "pages_per_second": len(bodies) / seconds,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--peers-python", help="an interpreter that has the peers installed")
    parser.add_argument("--every", type=int, default=1, help="take every n-th page only")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    options = parser.parse_args()
    rows = [json.loads(line) for line in (options.pages / "gold.jsonl").read_text("utf-8").splitlines()]
    rows = rows[:: options.every]
    bodies = [(options.pages / "html" / row["file"]).read_bytes() for row in rows]
    # Tables and patterns that a process loads once are no matter of speed per page, for none of them.
    warm_up = [bodies[0], *(page.read_bytes() for page in sorted(SAMPLE.rglob("*.html")))]
    results: dict[str, dict[str, float]] = {}
    for name, build in EXTRACTORS.items():
        try:
            extract = build()
        except ImportError:
            continue
        for body in warm_up:
            with suppress(Exception):
                extract(body)
        results[name] = measure(extract, rows, bodies)
    if options.peers_python:
        command = [options.peers_python, __file__, str(options.pages), "--json", "--every", str(options.every)]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        results |= json.loads(printed.splitlines()[-1])
    if options.json:
        print(json.dumps(results))
        return
    print(f"{len(rows)} pages\n{'':18s}{'F1':>8s}{'titles':>8s}{'days':>8s}{'pages/s':>9s}")
    for name, result in results.items():
        print(
            f"{name:18s}{result['f1']:8.3f}{result['titles']:8.3f}{result['days']:8.3f}"
            f"{result['pages_per_second']:9.1f}"
        )


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main()
