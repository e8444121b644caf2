"""Repair in characters per CPU second: clean Simplified text (nothing to do) and mirrored text (pinyin and byte
shifts).

    python tests/benchmarks/bench_repair.py             # speed; invented articles full of speech, torn every 125
    characters python tests/benchmarks/bench_repair.py FILE.jsonl  # speed; damaged are these texts, as --simulate does
    it python tests/benchmarks/bench_repair.py --simulate  # what becomes of damaged runs; texts of the sample
    python tests/benchmarks/bench_repair.py --simulate FOLDER_OF_TXT | FILE.jsonl  # a line's ``body`` or ``text``

Targets on an idle machine: 20 M for clean text, 0.5 M for damaged text. Of the runs 99 % exact, at most one character
in 100,000 wrong, and that one with a confidence below .9.
"""

from __future__ import annotations

import argparse
import difflib
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tasks.repair.blocks import is_traditional, normalize_block  # noqa: E402
from tasks.repair.sources import repair_source  # noqa: E402
from tests.damage_simulator import PINYIN_OF, Lost, damage, site_table, to_mirror_traditional  # noqa: E402

ARTICLES: list[str] = json.loads((ROOT / "tests/cases/repair/clean_articles.json").read_text("utf-8"))
COPIES = 80


def invented_pages() -> list[str]:
    """Pages of 24 paragraphs (some 1,500 characters), no two alike: paragraphs are numbered and shuffled by their
    position."""
    paragraphs = [paragraph for article in ARTICLES for paragraph in article.split("\n")]
    count = len(paragraphs)
    return [
        "\n".join(f"第{page}组。{paragraphs[(page * 7 + place * 5) % count]}" for place in range(24))
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


def clean_texts(source: Path | None) -> list[str]:
    """Chinese articles of the sample, or of a folder of text files, or of the lines of a jsonl file."""
    if source is None:
        pages = json.loads((ROOT / "tests/sample/expected.json").read_text("utf-8"))["pages"].values()
        texts = [article["text"] for page in pages for article in page.get("articles", ())]
    elif source.is_dir():
        texts = [path.read_text("utf-8") for path in sorted(source.glob("*.txt"))]
    else:
        rows = map(json.loads, source.read_text("utf-8").splitlines())
        texts = [row.get("body") or row.get("text") or "" for row in rows]
    chosen = dict.fromkeys(text for text in texts if text and "\N{REPLACEMENT CHARACTER}" not in text)
    return [text for text in chosen if 0.6 * len(text) < sum("\u4e00" <= each <= "\u9fff" for each in text)]


def simulated(
    texts: Sequence[str], seed: int, *, strict_python: bool = True, lost_at_cut: Lost = "?"
) -> list[tuple[str, str]]:
    """Each text as a mirror has it, and that damaged with a table of 30 to 90 characters and all cuts."""
    choice = random.Random(seed)
    pairs = []
    for text in texts:
        table = {each: PINYIN_OF[each] for each in choice.sample(list(PINYIN_OF), choice.randint(30, 90))}
        truth = to_mirror_traditional(text)
        pairs.append((truth, damage(truth, table, strict_python=strict_python, lost_at_cut=lost_at_cut)))
    return pairs


def simulate(texts: Sequence[str], seed: int, *, strict_python: bool, lost_at_cut: Lost) -> None:
    """Repairs the texts as ``simulated`` damages them, and compares."""
    counts: Counter[str] = Counter()
    seconds = 0.0
    for truth, damaged in simulated(texts, seed, strict_python=strict_python, lost_at_cut=lost_at_cut):
        start = time.process_time()
        repaired = repair_source(damaged)
        seconds += time.process_time() - start
        counts["characters"] += len(damaged)
        opcodes = difflib.SequenceMatcher(None, repaired.text, truth, autojunk=False).get_opcodes()
        differences = [
            (start, end, max(end - start, other_end - other_start))
            for tag, start, end, other_start, other_end in opcodes
            if tag != "equal" and (repaired.text[start:end] + truth[other_start:other_end]).strip(" ")
        ]
        shift = 0
        for repair in sorted((each for each in repaired.repairs if each.layer == 0), key=lambda each: each.start_char):
            first = repair.start_char + shift
            last = first + len(repair.restored)
            shift += len(repair.restored) - len(repair.damaged)
            if repair.kind == "pinyin":
                counts["annotations"] += 1
                counts["annotations exact"] += not any(start < last and end > first for start, end, _ in differences)
                continue
            wrong = sum(size for start, end, size in differences if start <= last and end >= first)
            differences = [each for each in differences if not (each[0] <= last and each[1] >= first)]
            counts["runs"] += 1
            if repair.kind == "lost":
                counts["lost"] += 1
            elif wrong == 0:
                counts["exact"] += 1
            else:
                counts["wrong"] += 1
                counts["wrong characters"] += wrong
                counts["wrong at .9 or more"] += repair.confidence >= 0.9
        counts["runs"] += len(differences)
        counts["not found"] += len(differences)
    total = max(counts["runs"], 1)
    shares = ", ".join(
        f"{counts[name]} {name} ({counts[name] / total:.1%})" for name in ("exact", "lost", "wrong", "not found")
    )
    print(
        f"decoder {'Python' if strict_python else 'PHP'}{', silent at cuts' if not lost_at_cut else ''}: "
        f"{counts['characters']} characters, {total} torn runs: {shares}"
    )
    all_runs = total + counts["annotations"]
    print(
        f"  of all {all_runs} damaged runs, readings put behind characters among them, exact:"
        f" {(counts['exact'] + counts['annotations exact']) / all_runs:.2%}"
    )
    rate = 100_000 / max(counts["characters"], 1)
    print(
        f"  wrong characters in 100,000: {counts['wrong characters'] * rate:.1f};"
        f" wrong runs with a confidence of .9 or more: {counts['wrong at .9 or more']};"
        f" {counts['characters'] / seconds / 1e6:.2f} M characters per CPU second"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--simulate", action="store_true", help="what becomes of damaged runs")
    parser.add_argument("source", nargs="?", type=Path, help="a folder of .txt files or a .jsonl file")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if arguments.simulate:
        texts = clean_texts(arguments.source)
        silences: tuple[Lost, ...] = ("?", "")
        for lost_at_cut in silences:
            for strict_python in (True, False):
                simulate(texts, arguments.seed, strict_python=strict_python, lost_at_cut=lost_at_cut)
        return
    clean = invented_pages()
    damaged = [damage(to_mirror_traditional(page), site_table(60)) for page in clean]
    if arguments.source is not None:
        texts = clean_texts(arguments.source)
        damaged = [page for _, page in simulated(texts, arguments.seed)]
        for _, page in simulated(texts, arguments.seed + 1):
            repair_source(page)  # a shard has a thousand pages: most scores have been asked for before
    measure("clean: repair_source", clean, repair_source)
    measure("clean: normalize_block on each line", clean, set_blocks)
    measure("damaged: repair_source", damaged, repair_source)
    measure("damaged: normalize_block on each line", damaged, set_blocks)


if __name__ == "__main__":
    main()
