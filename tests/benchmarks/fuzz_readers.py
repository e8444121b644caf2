"""Mutated input through the readers, for as long as one likes: ``python -m tests.benchmarks.fuzz_readers READER
[SECONDS [SEED]]``.

READER is html, dump, feed, sitemap, warc, rows, facts or all (one after the other). Each case is a piece of the sample
or an invented container, mutated; it goes through what a run would do with it. Counted are cases, exceptions (what a
run would report as processing_failed, or not catch at all) and cases over ``SECONDS_ALLOWED``; the first of each kind
is printed as a Python literal, and the same seed finds it again.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tasks.facts.kinds import FACT_KINDS, read_facts
from tasks.facts.text.reading import Reading
from tasks.pages.reading import read_page
from tasks.records import Fetched
from tasks.repair.decoding.charsets import decode
from tasks.repair.sources import repair_source
from tasks.shards.deadlines import TooSlowError, page_deadline
from tasks.shards.verification import verified_facts, verify_page
from tasks.sources.containers import open_container
from tasks.sources.rows import read_rows

SAMPLE = Path(__file__).resolve().parents[1] / "sample" / "pages"
SECONDS_ALLOWED = 5.0  # of CPU time for one case; cases are some kilobytes
MAX_BYTES = 20_000_000
TODAY = date(2026, 1, 1)

FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>山前日报</title>\
<link>http://a.example/</link>
<item><title>溪口镇推行“楼栋议事厅”</title><link>http://a.example/1.html</link><pubDate>Mon, 06 May 2024 08:00:00 +0800</pubDate>
<description><![CDATA[<p>5月5日，溪口镇的居民把停车难题带进议事厅，全镇已有36个议事厅。</p>]]></description></item>
<item><title>二</title><link>/2.html</link><guid>http://a.example/2.html</guid></item></channel></rss>"""
SITEMAP = """<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>http://a.example/1.html</loc><lastmod>2024-05-06T08:00:00+08:00</lastmod></url><url>\
<loc>http://a.example/2.html</loc></url></urlset>"""
WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: http://a.example/1.html\r\n"
    b"WARC-Date: 2024-05-06T08:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: 86\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body>abcdef</body></html>\r\n\r\n"
)
ROWS = "\n".join(
    json.dumps({"uri": f"http://a.example/{n}", "text": "溪口镇推行“楼栋议事厅”，已有36个。", "fetched_at": moment},
    ensure_ascii=False)
    for n, moment in enumerate(("2024-05-06T08:00:00+08:00", "0001-01-01T00:00:00+14:00", "2024-05-06", None))
)  # fmt: skip
# What stands between other characters where readers stumble: ends of tags, numbers, quotes, names, days, odd
# characters.
PIECES = (
    "<", ">", "</p>", "<table>", "<tr><td>", "</div>", "<!--", "-->", "<script>", "<![CDATA[", "]]>", "&#x0;", "&amp;",
    "<title>", "<map><area>", "\"", "'",
    "“", "”", "《", "》", "（", "）", "、", "，", "。", "：", "；", "\n", "\r", "\t", "\x00", "\x1b[2J", "\ud800", "\ufffd",
    "\ue5e5", "\u200b", "\N{IDEOGRAPHIC SPACE}",
    "2024年2月30日", "0000-00-00", "9999年12月31日", "十七八零三百二十余户", "3.5万元", "百分之", "-1", "%", "1e999", "说：“", "书记", "村", "县",
    "居委会",
    "记者", "来源：", "试点", "2023-05-06 08:00", "第", "和", "张三 ", "1年1月1日", "WARC/1.0\r\n", "Content-Length: 99999999\r\n",
    "\r\n\r\n", "{", "}", "[", "null",
    "<!DOCTYPE x [<!ENTITY a \"b\">]>", "&a;", "<loc>", "http://[::1]:99999/", "é", "\U0001f600", "阿卜杜热依木·努尔",
)  # fmt: skip

Reader = Callable[[bytes], object]


def mutated(data: bytes, others: list[bytes], choice: random.Random) -> bytes:
    """``data`` cut, doubled, spliced with one of ``others``, sprinkled with PIECES and flipped bytes."""
    out = bytearray(data)
    for _ in range(choice.randint(1, 8)):
        place = choice.randrange(len(out) + 1)
        length = choice.choice((1, 1, 3, 30, 300))
        kind = choice.randrange(6)
        if kind == 0:
            del out[place : place + length]
        elif kind == 1:
            out[place:place] = out[place : place + length] * choice.randint(1, 20)
        elif kind == 2:
            other = choice.choice(others)
            start = choice.randrange(len(other) + 1)
            out[place:place] = other[start : start + length]
        elif kind == 3:
            piece = choice.choice(PIECES).encode("utf-8", "surrogatepass")
            out[place:place] = piece * choice.choice((1, 1, 1, 50))
        elif kind == 4 and place < len(out):
            out[place] = choice.randrange(256)
        else:
            out[place : place + length] = choice.randbytes(choice.choice((0, 1, length)))
    return bytes(out)


def read_markup(data: bytes, media_type: str) -> None:
    """As a run reads a page: decoded, repaired, read and verified."""
    text = decode(data, media_type=media_type).text
    if text is not None:
        verify_page(
            read_page(repair_source(text).text, uri="http://a.example/x", media_type=media_type, fetched_on=TODAY),
            TODAY,
        )


def read_container(data: bytes) -> None:
    """As fetching opens an archive, a feed or a sitemap, with the pages in it."""
    contents = open_container(Fetched("http://a.example/x", "fuzz", data), MAX_BYTES)
    for page in contents.pages if contents else ():
        if page.body:
            read_markup(page.body, "text/html")


def read_row_file(data: bytes, path: Path) -> None:
    """As a file of rows is read."""
    path.write_bytes(data)
    for _ in read_rows(str(path), "fuzz", MAX_BYTES):
        pass


def read_article_facts(data: bytes) -> None:
    """As the facts of an article are read and verified: none may be wrong by the promises of its table."""
    text = repair_source(data.decode("utf-8", "ignore")).text.replace("\x00", "")
    if text.strip():
        reading = Reading(text, title=text[:20], published_on=TODAY)
        _, problems = verified_facts(reading.text, read_facts(reading), FACT_KINDS)
        if problems:
            raise AssertionError("; ".join(problems))


def readers(folder: Path) -> dict[str, tuple[list[bytes], Reader]]:
    """The seeds and the reader of each kind."""
    pages = [path.read_bytes() for path in sorted(SAMPLE.rglob("*.html")) if path.stat().st_size]
    dumps = [path.read_bytes() for path in sorted(SAMPLE.rglob("*.txt")) if path.stat().st_size]
    rows = ROWS.encode()
    table = folder / "seed.parquet"
    import polars as pl  # noqa: PLC0415 (the other readers need none of it)

    pl.DataFrame({"uri": ["http://a.example/1"] * 3, "text": ["溪口镇已有36个议事厅。"] * 3}).write_parquet(table)
    return {
        "html": (pages, lambda data: read_markup(data, "text/html")),
        "dump": (dumps, lambda data: read_markup(data, "text/plain")),
        "feed": ([FEED.encode(), FEED.encode("gbk").replace(b"utf-8", b"gbk")], read_container),
        "sitemap": ([SITEMAP.encode(), gzip.compress(SITEMAP.encode(), mtime=0)], read_container),
        "warc": ([WARC * 3, gzip.compress(WARC, mtime=0) * 2], read_container),
        "rows": ([rows], lambda data: read_row_file(data, folder / "rows.jsonl")),
        "parquet": ([table.read_bytes()], lambda data: read_row_file(data, folder / "rows.parquet")),
        "facts": (dumps, read_article_facts),
    }


def run(name: str, seconds: float, seed: int, seeds: list[bytes], reader: Reader) -> Counter[str]:
    """How many cases there were, and how many of them ended in an exception or took too long."""
    choice = random.Random(f"{name} {seed}")
    counts: Counter[str] = Counter()
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        data = mutated(choice.choice(seeds), seeds, choice)
        counts["cases"] += 1
        outcome = ""
        try:
            with page_deadline(SECONDS_ALLOWED):
                reader(data)
        except TooSlowError:
            outcome = "hangs"
        except Exception as error:
            outcome = f"crashes: {type(error).__name__}"
            if not counts[outcome]:
                print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
        if outcome:
            if not counts[outcome]:
                print(f"{name}, case {counts['cases']} of seed {seed}, {outcome}: {data!r}", file=sys.stderr)
            counts[outcome] += 1
    return counts


def main() -> None:
    wanted, seconds, seed = (sys.argv[1:] + ["all", "60", "1"][len(sys.argv) - 1 :])[:3]
    with TemporaryDirectory() as folder:
        for name, (seeds, reader) in readers(Path(folder)).items():
            if wanted in {name, "all"}:
                print(name, dict(run(name, float(seconds), int(seed), seeds, reader)), flush=True)


if __name__ == "__main__":
    main()
