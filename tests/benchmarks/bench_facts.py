"""Articles of 1,500 characters per CPU second for each kind of fact, beside jieba's tagger alone on the same text.

    python tests/benchmarks/bench_facts.py --articles 300

The articles are composed from the invented stories of the bundled sample. jieba itself is measured where it is
installed, its Rust port rjieba always. Figures of one run compare; those of different runs on a shared machine do not.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
import tomllib
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))

import rjieba  # noqa: E402

from tasks.facts.kinds import BATCH, FACT_KINDS, FactKind, read_facts, read_facts_of_all  # noqa: E402
from tasks.facts.text.reading import Reading  # noqa: E402

STORIES = PROJECT / "tests" / "sample" / "stories"
ARTICLE_CHARACTERS = 1500
# The sample's stories state a figure every 30 characters, so that they have much to test; real local news states 10 to
# 20 in 1,500 characters. Paragraphs denser than this are left out, which makes articles of 15 to 20 figures.
CHARACTERS_PER_NUMERAL = 36
NUMERAL = re.compile(r"\d[\d.]*|[二两三四五六七八九十百千万]+")


def articles(count: int) -> list[str]:
    """Invented articles of 1,500 characters, each in another order of paragraphs, so that nothing is cached."""
    paragraphs = [
        paragraph
        for story in sorted(STORIES.glob("*.toml"))
        for paragraph in tomllib.loads(story.read_text(encoding="utf-8"))["body"].split("\n")
        if len(NUMERAL.findall(paragraph)) * CHARACTERS_PER_NUMERAL <= len(paragraph)
    ]
    shuffle = random.Random(20)
    made = []
    for _ in range(count):
        shuffle.shuffle(paragraphs)
        made.append("\n".join(paragraphs)[:ARTICLE_CHARACTERS])
    return made


def seconds(given: Sequence[Any], read: Callable[[Any], object]) -> float:
    """CPU seconds for one of ``given``."""
    start = time.process_time()
    for one in given:
        read(one)
    return (time.process_time() - start) / len(given)


def show(name: str, taken: float) -> None:
    print(f"{name:16s} {1 / taken:8.0f} articles per CPU second {1000 * taken:8.3f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=300)
    texts = articles(parser.parse_args().articles)
    issued = date(2021, 5, 6)

    def reading(text: str) -> Reading:
        return Reading(text, published_on=issued)

    batches = [texts[first : first + BATCH] for first in range(0, len(texts), BATCH)]

    def tagger() -> float:
        return seconds(texts, rjieba.tag)

    def all_kinds() -> float:
        return seconds(batches, lambda batch: read_facts_of_all(list(map(reading, batch)))) * len(batches) / len(texts)

    read_facts(reading("\n".join(texts[:3])))  # tables are loaded on first use
    # The machine's speed changes from second to second: the two take turns, and the median of the ratios counts.
    rounds = [(all_kinds(), tagger()) for _ in range(5)]
    show("all kinds", median(taken for taken, _ in rounds))
    show("rjieba's tagger", median(taken for _, taken in rounds))
    print(
        f"all kinds take {median(taken / alone for taken, alone in rounds):.1f} times as long as rjieba's tagger alone"
    )
    try:
        import jieba.posseg as jieba_tagger  # noqa: PLC0415
    except ImportError:
        print("jieba is not installed: only its Rust port is measured")
    else:
        show("jieba's tagger", seconds(texts, lambda text: list(jieba_tagger.cut(text))))
    print("of which, each kind on what it needs from the kinds before it:")
    # Dates are resolved once for all kinds; what is remembered of one article is gone when the same one comes again, as
    # there are hundreds in between.
    show("sentences", seconds(texts, reading))
    prepared = [reading(text) for text in texts]
    show("words and tags", seconds(prepared, lambda article: article.words))
    known: dict[str, dict[str, Any]] = {text: {} for text in texts}
    for kind in FACT_KINDS:

        def read(article: Reading, kind: FactKind = kind) -> None:
            found = known[article.text]
            found[kind.table] = kind.reader(article, *(found[table] for table in kind.needs))

        show(kind.table, seconds(prepared, read))


if __name__ == "__main__":
    main()
