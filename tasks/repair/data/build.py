"""Build the compact tables of this folder from the published packages named below; run by hand, results are committed.

    python tasks/repair/data/build.py --jieba dict.txt --pypinyin pinyin_dict.json --opencc data/ \
        --pinyin2hanzi hmm_transition.json

``language.tsv.gz``  adjacent characters within words, from jieba 0.42.1's dict.txt (MIT, word and frequency). Each line: a
                     character; the levels of its uses as the first of a word, as the last, and in all; then a follower
                     and a level, again and again. A level is chr(40 + 4 * log2(count)), rounded.
``words.tsv.gz``      words of up to five characters and their level, from the same list. Sorted; each line starts with the
                     number of characters it shares with the line before.
``pairs.tsv.gz``      which character follows which in running text, words or not, from Pinyin2Hanzi 0.1.1 (MIT), which
                     counted news pages. Each line: a character, the level of its uses, then a follower and a level,
                     again and again.
``readings.tsv``     pinyin reading and the GBK characters read so, from pypinyin 0.55 (MIT).
``traditional.tsv``  Traditional character and its Simplified form, from OpenCC 1.4.2 (Apache-2.0), with the variants that
                     mirror sites use and OpenCC leaves alone.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import unicodedata
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).parent
FIRST_LEVEL = 40  # "(": above white space and the digits and signs that could be mistaken for separators
LONGEST_WORD = 5
RAREST_WORD, NOMINAL_COUNT = 2, 3  # 3 is what jieba gives the words of lists that were never counted
RAREST_NEIGHBOURS = 5  # in some 2 million per common character; half of all pairs are below and say little
RAREST_PAIR = 3  # jieba's own floor: rarer pairs come from words it only lists
# Variants that mirrors and input methods produce and OpenCC 1.4 does not map.
EXTRA_VARIANTS = {
    "陜": "陕",
    "著": "着",
    "爲": "为",
    "麽": "么",
    "衆": "众",
    "説": "说",
    "産": "产",
    "綫": "线",
    "畧": "略",
}


def level(count: int) -> str:
    return chr(FIRST_LEVEL + round(4 * math.log2(max(count, 1))))


def is_han(word: str) -> bool:
    return all("\u4e00" <= character <= "\u9fff" for character in word)


def build_language(dictionary: Path) -> None:
    first: Counter[str] = Counter()
    last: Counter[str] = Counter()
    total: Counter[str] = Counter()
    followers: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, frequency, _ = line.split(" ")
        if not is_han(word):
            continue
        count = int(frequency)
        first[word[0]] += count
        last[word[-1]] += count
        for character in word:
            total[character] += count
        for left, right in pairwise(word):
            followers[left][right] += count
    lines = []
    for character in sorted(total):
        pairs = "".join(
            right + level(count) for right, count in sorted(followers[character].items()) if count >= RAREST_PAIR
        )
        levels = "".join(level(counter[character]) for counter in (first, last, total))
        lines.append(character + levels + pairs)
    write_packed("language.tsv.gz", lines)


def build_words(dictionary: Path) -> None:
    counts = {}
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, frequency, _ = line.split(" ")
        count = int(frequency)
        if (
            len(word) <= LONGEST_WORD
            and is_han(word)
            and count >= RAREST_WORD
            and (count != NOMINAL_COUNT or len(word) == 4)
        ):  # idioms
            counts[word] = count
    lines = []
    before = ""
    for word in sorted(counts):
        shared = next(
            (i for i, (one, other) in enumerate(zip(before, word, strict=False)) if one != other), len(before)
        )
        lines.append(f"{shared}{word[shared:]}{level(counts[word])}")
        before = word
    write_packed("words.tsv.gz", lines)


def build_pairs(transitions: Path) -> None:
    lines = []
    for character, followers in sorted(json.loads(transitions.read_text(encoding="utf-8"))["data"].items()):
        once = followers.pop("default")  # the probability of what was seen once
        pairs = "".join(
            right + level(round(share / once))
            for right, share in sorted(followers.items())
            if share >= RAREST_NEIGHBOURS * once and is_han(right)
        )
        if pairs:
            lines.append(character + level(round(1 / once)) + pairs)
    write_packed("pairs.tsv.gz", lines)


def write_packed(name: str, lines: list[str]) -> None:
    (HERE / name).write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), compresslevel=9, mtime=0))


def build_readings(dictionary: Path) -> None:
    characters_of: defaultdict[str, list[str]] = defaultdict(list)
    for code, readings in json.loads(dictionary.read_text(encoding="utf-8")).items():
        character = chr(int(code))
        if not encodes_as_pair(character):
            continue
        for reading in readings.split(","):
            composed = unicodedata.normalize("NFC", reading.strip())
            if all(len(letter.encode("gbk", "replace")) <= 2 and letter.encode("gbk", "ignore") for letter in composed):
                characters_of[composed].append(character)
    lines = [f"{reading}\t{''.join(sorted(characters))}" for reading, characters in sorted(characters_of.items())]
    (HERE / "readings.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def encodes_as_pair(character: str) -> bool:
    return len(character.encode("gbk", "ignore")) == 2


def build_traditional(folder: Path) -> None:
    simplified = dict(EXTRA_VARIANTS)
    for line in (folder / "TSCharacters.txt").read_text(encoding="utf-8").splitlines():
        if "\t" in line and not line.startswith("#"):
            traditional, forms = line.split("\t")
            form = forms.split(" ")[0]
            if len(traditional) == len(form) == 1 and form != traditional:
                simplified.setdefault(traditional, form)
    lines = [f"{traditional}\t{form}" for traditional, form in sorted(simplified.items())]
    (HERE / "traditional.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jieba", type=Path, required=True, help="dict.txt")
    parser.add_argument("--pypinyin", type=Path, required=True, help="pinyin_dict.json")
    parser.add_argument("--opencc", type=Path, required=True, help="folder with TSCharacters.txt")
    parser.add_argument("--pinyin2hanzi", type=Path, required=True, help="hmm_transition.json")
    arguments = parser.parse_args()
    build_language(arguments.jieba)
    build_words(arguments.jieba)
    build_readings(arguments.pypinyin)
    build_traditional(arguments.opencc)
    build_pairs(arguments.pinyin2hanzi)


if __name__ == "__main__":
    main()
