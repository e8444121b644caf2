"""Documents per CPU second of the search for stories, beside rensa's usual API where that is installed.

    python tests/benchmarks/bench_duplicates.py --documents 100000 --peer 100000
    python tests/benchmarks/bench_duplicates.py --documents 1000 --look-alikes 6000

The corpus is composed from invented clauses: 70 % stand alone, 30 % are edited copies in groups of up to 20. Texts lie
in a temporary file and are fetched from there, as the warehouse would. Figures of one run compare; those of different
runs on a shared machine do not.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).parents[2]))

from tasks.duplicates.sketches import sketch
from tasks.duplicates.stories import find_stories
from tests.duplicates.lookalikes import look_alike

CHUNK_DOCUMENTS = 10_000
CLAUSE_COUNT = 25_000
SENTENCES_PER_DOCUMENT = 38  # about 1,500 characters
# Frequent characters make the clauses share bigrams as real text does.
CHARACTERS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家"
    "电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明"
    "看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边"
)


def make_documents(count: int, seed: int) -> list[str]:
    """``count`` invented documents, the same for the same seed."""
    draw = random.Random(0)  # all draws share the clauses, as all news shares its set phrases
    clauses = ["".join(draw.choices(CHARACTERS, k=draw.randint(5, 18))) for _ in range(CLAUSE_COUNT)]
    draw = random.Random(seed)

    def sentence() -> str:
        parts = [draw.choice(clauses) + str(draw.randint(10, 9999)) * (draw.random() < 0.2) for _ in range(3)]
        return "，".join(parts) + "。"

    def compose(size: int) -> list[str]:
        return [sentence() for _ in range(max(5, round(draw.lognormvariate(0, 0.5) * size)))]

    def edit(sentences: Sequence[str]) -> list[str]:
        kind = draw.randrange(5)
        if kind == 0:
            return list(sentences)
        if kind == 1:
            return [one for one in sentences if draw.random() > 0.1] or list(sentences)
        if kind == 2:
            return [sentence(), *sentences, sentence()]
        if kind == 3:
            return list(sentences[: max(len(sentences) * 3 // 5, 1)])
        return ["".join(draw.choice(CHARACTERS) if draw.random() < 0.03 else c for c in one) for one in sentences]

    documents: list[str] = []
    while len(documents) < count * 0.3:
        original = compose(SENTENCES_PER_DOCUMENT)
        copies = min(20, 1 + int(draw.expovariate(0.3)))
        documents += ["".join(original), *("".join(edit(original)) for _ in range(copies))]
    while len(documents) < count:
        documents.append("".join(compose(SENTENCES_PER_DOCUMENT)))
    draw.shuffle(documents)
    return documents[:count]


class Shelf:
    """Texts in a file, by number."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed, and so removed, at exit
        self._edges = [0]

    def add(self, texts: Sequence[str]) -> None:
        for text in texts:
            encoded = text.encode()
            self._file.write(encoded)
            self._edges.append(self._edges[-1] + len(encoded))
        self._file.flush()

    def fetch(self, ids: Sequence[str]) -> dict[str, str]:
        return {one: self._read(int(one)) for one in ids}

    def _read(self, number: int) -> str:
        start, end = self._edges[number], self._edges[number + 1]
        return os.pread(self._file.fileno(), end - start, start).decode()


def sketched(count: int, seed: int, shelf: Shelf, first: int = 0) -> tuple[pl.DataFrame, float]:
    """The sketches of ``count`` documents, which are put on the shelf, and the CPU seconds that sketching took."""
    frames, spent = [], 0.0
    for start in range(0, count, CHUNK_DOCUMENTS):
        documents = make_documents(min(CHUNK_DOCUMENTS, count - start), seed + start)
        ids = [f"{first + start + number:08d}" for number in range(len(documents))]
        shelf.add(documents)
        begin = time.process_time()
        frames.append(sketch(documents).to_frame(ids))
        spent += time.process_time() - begin
    return pl.concat(frames, rechunk=True), spent


def peak_gigabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def measure_stories(count: int, seed: int, shelf: Shelf) -> float:
    """CPU seconds from texts to story tables; prints them."""
    frame, sketching = sketched(count, seed, shelf)
    begin = time.process_time()
    tables = find_stories(frame.clear(), frame, shelf.fetch)
    spent = sketching + time.process_time() - begin
    print(
        f"stories: {count} documents, {tables.stories.height} stories, "
        f"sketching {sketching:.1f} s, all {spent:.1f} CPU s,"
        f" {count / spent:.0f} documents per CPU second, peak {peak_gigabytes():.2f} GB",
        flush=True,
    )
    return spent


def measure_rensa(documents: Sequence[str]) -> float | None:
    """CPU seconds of rensa from shingle lists to pairs of Jaccard .5 or more, None where it is not installed."""
    try:
        import rensa  # noqa: PLC0415 - optional, only for the comparison
    except ImportError:
        print("rensa is not installed: no comparison")
        return None
    begin = time.process_time()
    index = rensa.RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
    signatures = []
    for number, text in enumerate(documents):
        signature = rensa.RMinHash(num_perm=128, seed=42)
        signature.update([text[at : at + 5] for at in range(len(text) - 4)])
        index.insert(number, signature)
        signatures.append(signature)
    pair_count = sum(
        other > number and signature.jaccard(signatures[other]) >= 0.5
        for number, signature in enumerate(signatures)
        for other in index.query(signature)
    )
    spent = time.process_time() - begin
    print(f"rensa: {pair_count} pairs, {spent:.1f} CPU s, {len(documents) / spent:.0f} documents per CPU second")
    return spent


def measure_look_alikes(count: int) -> None:
    """How many of so many notices of a few forms are taken for copies of one another."""
    notices = {f"{number:08d}": look_alike(number) for number in range(count)}
    frame = sketch(list(notices.values())).to_frame(list(notices))
    tables = find_stories(frame.clear(), frame, lambda ids: {one: notices[one] for one in ids})
    print(f"look-alikes: {count} notices, {tables.stories.height} stories")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--peer", type=int, default=0, help="documents that rensa reads for comparison")
    parser.add_argument("--look-alikes", type=int, default=0, help="notices of a few forms")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    shelf = Shelf()
    ours = measure_stories(options.documents, options.seed, shelf)
    if options.peer:
        numbers = [str(number) for number in range(min(options.peer, options.documents))]
        theirs = measure_rensa(list(shelf.fetch(numbers).values()))
        if theirs is not None:
            ratio = (theirs / len(numbers)) / (ours / options.documents)
            print(f"{ratio:.1f} times as many documents per CPU second")
    if options.look_alikes:
        measure_look_alikes(options.look_alikes)


if __name__ == "__main__":
    main()
