"""Documents per CPU second of the search for stories, beside rensa's usual API where that is installed.

    python tests/benchmarks/bench_duplicates.py --documents 100000 --peer 100000
    python tests/benchmarks/bench_duplicates.py --documents 1000000 --arrivals 1000

The corpus is composed from invented clauses: 70 % stand alone, 30 % are edited copies in groups of up to 20. Peak memory
includes the corpus itself. Figures of one run compare; those of different runs on a shared machine do not.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tasks.duplicates.sketches import sketch
from tasks.duplicates.stories import find_stories

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
    draw = random.Random(seed)
    clauses = ["".join(draw.choices(CHARACTERS, k=draw.randint(5, 18))) for _ in range(CLAUSE_COUNT)]

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


def measure_stories(documents: Sequence[str]) -> float:
    """CPU seconds from texts to story tables."""
    ids = [f"{number:07d}" for number in range(len(documents))]
    begin = time.process_time()
    sketches = sketch(documents)
    sketched = time.process_time()
    frame = sketches.to_frame(ids)
    tables = find_stories(frame.clear(), frame, lambda some: {one: documents[int(one)] for one in some})
    end = time.process_time()
    print(
        f"stories: {len(documents)} documents, {tables.stories.height} stories, sketching {sketched - begin:.1f} s, "
        f"all {end - begin:.1f} CPU s, {len(documents) / (end - begin):.0f} documents per CPU second, "
        f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB"
    )
    return end - begin


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--peer", type=int, default=0, help="documents that rensa reads for comparison")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    documents = make_documents(options.documents, options.seed)
    ours = measure_stories(documents)
    if options.peer:
        theirs = measure_rensa(documents[: options.peer])
        if theirs is not None:
            ratio = (theirs / options.peer) / (ours / options.documents)
            print(f"{ratio:.1f} times as many documents per CPU second")


if __name__ == "__main__":
    main()
