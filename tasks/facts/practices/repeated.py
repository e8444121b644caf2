"""Institutions that a text names again and again without any mark: 议事廊, 民情回条.

Their heads are too short to be looked for everywhere (室, 榜, 条): only what stands three times before the same head, or
also in the title, is worth a look.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tasks.facts.practices.name_words import may_name
from tasks.facts.text.reading import Reading
from tasks.lexicon.body_heads import words as body_words
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.practice_heads import Head, head_of
from tasks.lexicon.word_lists import words_for

_ENDINGS = "室站点屋亭廊墙角岗团队会榜卡簿账码圈日班课铺坊桌箱券条约法制窗哨堂馆灯"
# Two characters and an ending. The ending comes first, so that the search leaps from one to the next.
_GRAM_END = pattern_of(rf"[{_ENDINGS}](?<=[[:han:]]{{2}}[{_ENDINGS}])")
_NO_HEAD = Head("", "other", "weak")
_LEAST_MENTIONS = 3
_LONGEST_NAME = 10
# What a body, a building or a meeting anywhere is called.
_NO_INSTITUTION = re.compile(
    r"(?:委员|委|常|党|董事|监事|教|工|商|协|学|大|年|开|都|不|社|机|才|就|只|还|也|将|总|这|那)[会制条]$|[村镇乡县市区]$"
)


def repeated_phrases(reading: Reading, taken: bytearray) -> Iterator[tuple[int, int, Head]]:
    """Start, end and head of each mention of what the text names three times, or twice and in the title.

    >>> reading = Reading("村里有了民情簿。民情簿人人写，干部天天看民情簿。")
    >>> {reading.text[start:end] for start, end, _ in repeated_phrases(reading, bytearray(30))}
    {'民情簿'}
    """
    text, title = reading.text, reading.title
    grams = Counter(text[last.start() - 2 : last.end()] for last in _GRAM_END.finditer(text))
    done: set[str] = set()
    for gram, count in grams.items():
        if count + (gram in title) < _LEAST_MENTIONS:
            continue
        name = _name(reading, gram, count, taken)
        if name is None or name in done:
            continue
        done.add(name)
        head = head_of(name) or Head(name[-1], "other", "quoted")
        position = text.find(name)
        while position >= 0:
            end = position + len(name)
            if not (taken[position] or taken[end - 1]):
                yield position, end, head
            position = text.find(name, end)


def _name(reading: Reading, gram: str, count: int, taken: bytearray) -> str | None:
    """The longest noun phrase that ends in ``gram`` wherever most of its mentions stand; None where it is an ordinary
    word."""
    text, words = reading.text, reading.words
    stop_verbs, naming_words = words_for("boundary_words", "phrase"), words_for("name_parts", "practice")
    phrases: Counter[str] = Counter()
    position = text.find(gram)
    while position >= 0:
        end = position + len(gram)
        if not taken[position] and words.is_start[end]:
            start = end
            for index in range(words.index_of(end - 1), -1, -1):
                word, begins = words.texts[index], words.starts[index]
                is_last = start == end
                if end - begins > _LONGEST_NAME or not word.isalnum():
                    break
                if not is_last and not may_name(word, words.tags[index], stop_verbs, naming_words):
                    break
                start = begins
                phrases[text[start:end]] += 1
        position = text.find(gram, end)
    needed = max(_LEAST_MENTIONS - (gram in reading.title), round(count * 0.6))
    names = [phrase for phrase, found in phrases.items() if found >= needed and len(phrase) >= len(gram)]
    if not names:
        return None
    name = max(names, key=len)
    last = words.texts[words.index_of(text.find(name) + len(name) - 1)]
    if len(last) > 1 and is_word(last) and len((head_of(last) or _NO_HEAD).noun) < len(last):
        return None  # 兴趣社团: 团 is a part of another word
    if is_word(name) or name in body_words("bare") or _NO_INSTITUTION.search(name):
        return None
    return name
