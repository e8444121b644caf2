"""Repair in characters per CPU second: clean Simplified text (nothing to do) and mirrored text (pinyin and byte shifts).

    python tests/benchmarks/bench_repair.py

Targets on an idle machine: 20 M for clean text, 0.5 M for damaged text.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tasks.repair.blocks import is_traditional, normalize_block  # noqa: E402
from tasks.repair.sources import repair_source  # noqa: E402
from tests.damage_simulator import damage, site_table, to_mirror_traditional  # noqa: E402

ARTICLES: list[str] = json.loads((ROOT / "tests/cases/repair/clean_articles.json").read_text("utf-8"))
COPIES = 200


def invented_pages() -> list[str]:
    """Pages of six paragraphs, no two alike: paragraphs are numbered and shuffled by their position."""
    paragraphs = [paragraph for article in ARTICLES for paragraph in article.split("\n")]
    count = len(paragraphs)
    return [
        "\n".join(f"第{page}组。{paragraphs[(page * 7 + place * 5) % count]}" for place in range(6))
        for page in range(COPIES)
    ]


def measure(name: str, pages: Sequence[str], work: Callable[[str], object]) -> float:
    for page in pages[:5]:
        work(page)
    start = time.process_time()
    for page in pages:
        work(page)
    rate = sum(map(len, pages)) / (time.process_time() - start) / 1e6
    print(f"{name:42s} {rate:8.2f} M characters per CPU second")
    return rate


def set_blocks(page: str) -> None:
    traditional = is_traditional(page)
    for line in page.split("\n"):
        normalize_block(line, traditional=traditional)


def main() -> None:
    clean = invented_pages()
    damaged = [damage(to_mirror_traditional(page), site_table(60)) for page in clean]
    measure("clean: repair_source", clean, repair_source)
    measure("clean: normalize_block on each line", clean, set_blocks)
    measure("damaged: repair_source", damaged, repair_source)
    measure("damaged: normalize_block on each line", damaged, set_blocks)


if __name__ == "__main__":
    main()
