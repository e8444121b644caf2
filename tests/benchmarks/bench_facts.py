"""Articles of 1,500 characters per CPU second for each kind of fact, beside jieba's tagger alone on the same text.

    python tests/benchmarks/bench_facts.py --articles 300

The articles are composed from the invented stories of the bundled sample. jieba itself is measured where it is installed,
its Rust port rjieba always. Figures of one run compare; those of different runs on a shared machine do not.
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
from typing import Any

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))

import rjieba  # noqa: E402

from tasks.facts.dates import read_dates  # noqa: E402
from tasks.facts.documents import read_documents  # noqa: E402
from tasks.facts.facts import read_facts  # noqa: E402
from tasks.facts.figures import read_figures  # noqa: E402
from tasks.facts.practices import read_practices  # noqa: E402
from tasks.facts.readings import Reading  # noqa: E402
from tasks.facts.words import count_words  # noqa: E402

STORIES = PROJECT / "tests" / "sample" / "stories"
ARTICLE_CHARACTERS = 1500
# The sample's stories state a figure every 30 characters, so that they have much to test; real local news states 10 to 20
# in 1,500 characters. Paragraphs denser than this are left out, which makes articles of 15 to 20 figures.
CHARACTERS_PER_NUMERAL = 36
NUMERAL = re.compile(r"\d[\d.]*|[二两三四五六七八九十百千万]+")


class Nowhere:
    mentions = ()

    def adcode_at(self, start_char: int) -> str | None:
        return None


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


def per_second(given: Sequence[Any], read: Callable[[Any], object]) -> float:
    read(given[0])
    start = time.process_time()
    for one in given:
        read(one)
    return len(given) / (time.process_time() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=300)
    texts = articles(parser.parse_args().articles)
    issued, nowhere = date(2021, 5, 6), Nowhere()

    def reading(text: str) -> Reading:
        return Reading(text, published_on=issued)

    whole: dict[str, Callable[[str], object]] = {
        "all kinds": lambda text: read_facts(reading(text)),
        "sentences": reading,
        "words and tags": lambda text: reading(text).words,
        "rjieba's tagger": rjieba.tag,
    }
    try:
        import jieba.posseg as jieba_tagger  # noqa: PLC0415
    except ImportError:
        print("jieba is not installed: only its Rust port is measured")
    else:
        whole["jieba's tagger"] = lambda text: list(jieba_tagger.cut(text))
    # Words are cut once and dates resolved once for all kinds: each kind is measured on a reading that has its words,
    # figures on one whose dates are not known yet.
    kinds: dict[str, Callable[[Reading], object]] = {
        "dates": read_dates,
        "figures": lambda article: read_figures(article, nowhere, ()),
        "practices": lambda article: read_practices(article, nowhere),
        "documents": read_documents,
        "word counts": count_words,
    }
    for name, read in whole.items():
        print(f"{name:16s} {per_second(texts, read):8.0f} articles per CPU second")
    prepared = [reading(text) for text in texts]
    for article in prepared:
        _ = article.words
    for kind, read_kind in kinds.items():
        print(f"{kind:16s} {per_second(prepared, read_kind):8.0f} articles per CPU second")


if __name__ == "__main__":
    main()
