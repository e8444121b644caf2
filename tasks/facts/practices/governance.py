"""Whether a text speaks of local governance: only there is a quoted name likely to be that of a governance practice.

Business, sports and world news put names, slogans and irony into quotation marks as well. Articles about governance use
its everyday words (社区 community, 村民 villagers, 党支部 party branch) from 20 to 60 times in 1,000 characters; stories
of theatres, companies and scenic spots, which local papers print beside them, less than 20 times; world news less than
three times (counted on some eighty articles). In between a name counts where somebody who governs is spoken of.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import compress

from tasks.facts.practices.genres import (
    is_abroad,
    is_advertisement,
    is_exam,
    is_farewell,
    is_long_ago,
    is_of_a_work,
    is_somebodys,
    is_undertakings,
)
from tasks.facts.practices.introductions import is_created
from tasks.facts.text.once import once
from tasks.facts.text.paragraphs import paragraph_end, paragraph_start
from tasks.facts.text.reading import Reading
from tasks.facts.text.sought import Sought
from tasks.lexicon.body_heads import heads_by_ending
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.gazetteer import gazetteer
from tasks.lexicon.word_lists import any_of, word_set

_MOST_OF_OTHERS_PER_1000_CHARACTERS = 20
_LEAST_WORDS_PER_1000_CHARACTERS = 3
_LEAST_DISTINCT_WORDS = 2
_LEAST_WORDS_OF_PARAGRAPH = 2
_ENOUGH_WORDS_OF_PARAGRAPH = 4  # a paragraph of county news within another text has as many
_LEAST_CHARACTERS = 150  # of an article; a caption or a brief may do without any such word

# Words that name a body that governs by their last character or two: 监管局, 镇里.
_BODY = re.compile(
    r"(?:[市县区旗省州村教农团纪监]委|两委|妇联|人大|政协|法院|检察院|部门|(?<![骗格困布残饭结僵棋开赌变危])局|(?<![餐客大展歌舞前门正])厅|[省市县区旗镇乡村]里)$"
)
# A county, district, township or village that acts, or an office of it: 石桥镇组织, 青川县文物局.
_LOW_PLACE = pattern_of(
    r"(?:^|[，、：])(?:[^，。；：“”]{0,12}?[年月日来起]，?)?[[:han:]]{0,12}?"
    r"(?:[县旗镇乡]|(?<![景园小城地山校辖新片厂特灾矿牧战社])区|街道|社区|(?<![农乡])村|(?<=[[:one_to_ten:]\d])[团连])"
    r"(?:[^，。；：的“”、]{1,8}?(?:局|委|办|处|所|站|政府|法院|检察院|支部|党组织|委员会|党委|中心))?"
    r"(?:[去今前\d][\d年月日初底]{1,10})?"
    r"(?:[也又还已都将把从在于为对以自经用，]|率先|先后|陆续|随即|探索|创新|针对|结合|围绕|通过|依托|[[:han:]]{0,2}(?:组织|动员|发动|联合|整合|成立|推[出行]"
    r"|试行|建立|设立|组建|启动|实施|开展|聘请|选聘|招募|选派|出台|制定))"
)
_LONGEST_LEAD = 60  # characters; with when, who and whom a sentence of county news has forty before the name
_LONGEST_PAST = 200  # characters over which a year still is that of what follows
_OF_OTHERS = ("景区", "公司", "集团", "俱乐部")  # which have committees and party branches as well
_HEADS_OF_OTHERS = frozenset(("信息中心", "研究中心", "数据中心", "管理中心", "研究室", "气象台", "殡仪馆"))
_SHORTEST_HEAD = 3  # characters; 中心, 大队 and 办 end other names as well
_PLACE = re.compile(r"(?:省|市|县|区|旗|州|盟|镇|乡|街道|苏木|嘎查|社区|村|屯|寨|团场|连队)$")
_NO_PLACE = re.compile(
    r"(?:[景园城小地山校辖新片厂特灾矿牧战分]区|(?:城|股|都|夜|超|上|集|门|闹)市|农村|乡村|故乡|家乡|同乡|城镇|乡镇|村镇)$"
)
# What goes on behind a subject: verb, adverb, preposition, time, conjunction or a mark.
_GOES_ON = frozenset("vdptcx")
_BEFORE_OBJECT = frozenset(("v", "p"))


@cache
def _bodies() -> Sought:
    found = (head for group in heads_by_ending().values() for head in group if head.rule != "whole")
    heads = {head.text for head in found if head.kind in _GOVERNING}
    return Sought(any_of({head for head in heads - _HEADS_OF_OTHERS if len(head) >= _SHORTEST_HEAD}))


_GOVERNING = ("government", "party", "community")


class Governance:
    """Where ``reading`` speaks of local governance: all over where its words are frequent, else where somebody governs.

    >>> text = "他在赛后说。" * 300 + "\\n石桥镇请村民在社区议事。"
    >>> governance = Governance(Reading(text))
    >>> governance.is_spoken_of_at(0), governance.is_spoken_of_at(len(text) - 1)
    (False, True)
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._text = reading.text
        self._words = reading.words
        self._governed: dict[int, bool] = {}  # by where the sentence begins: one may name a thousand things
        length = len(self._text)
        self._is_nowhere = any(is_of(reading) for is_of in (is_of_a_work, is_exam, is_advertisement, is_abroad))
        self._is_farewell = is_farewell(reading)
        self._is_everywhere = length < _LEAST_CHARACTERS or self._are(_MOST_OF_OTHERS_PER_1000_CHARACTERS)
        self._is_somewhere = self._is_everywhere or self._are(_LEAST_WORDS_PER_1000_CHARACTERS)

    def _are(self, per_1000: int) -> bool:
        """Whether there are so many words, and more than one of them again and again."""
        telling = self._starts
        if len(telling) * 1000 < per_1000 * len(self._text):
            return False
        texts = self._words.texts
        numbers = self._words.numbers
        return len({texts[numbers[start]] for start in telling}) >= _LEAST_DISTINCT_WORDS

    @once
    def _starts(self) -> list[int]:
        is_telling = map(word_set("governance_words").__contains__, self._words.texts)
        return list(compress(self._words.starts, is_telling))

    def is_spoken_of_at(self, char: int) -> bool:
        """Whether the article, or else what stands around the character at ``char``, speaks of local governance."""
        if self._is_nowhere or self._is_of_others(char):
            return False
        if self._is_everywhere or self._is_of_low_place(char):
            return True
        first, end = paragraph_start(self._text, char), paragraph_end(self._text, char)
        count = bisect_left(self._starts, end) - bisect_left(self._starts, first)
        if not self._is_somewhere and count < _LEAST_WORDS_OF_PARAGRAPH:
            return False
        if self._is_led or self._is_governed(char):
            return True
        is_dense = count * 1000 >= _MOST_OF_OTHERS_PER_1000_CHARACTERS * (end - first)
        return is_dense and count >= _ENOUGH_WORDS_OF_PARAGRAPH

    def _is_of_others(self, char: int) -> bool:
        """Whether somebody acts who is no place, or the time is long past."""
        text = self._text
        start = self._reading.sentence_at(char).start_char
        lead = text[max(start, char - _LONGEST_LEAD) : char].rstrip("“‘")
        if is_undertakings(lead) or (self._is_farewell and is_somebodys(lead)):
            return True
        return is_long_ago(text[max(paragraph_start(text, char), char - _LONGEST_PAST) : char])

    @once
    def _is_led(self) -> bool:
        """Whether the first sentence or the title has somebody who governs for its subject."""
        first = self._reading.sentences[0]
        return self._has_actor(first.start_char, first.end_char) or _is_titled(self._reading)

    def _is_governed(self, char: int) -> bool:
        """Whether the sentence of the character at ``char``, or that before it in its paragraph, has one."""
        sentence = self._reading.sentence_at(char)
        known = self._governed.get(sentence.start_char)
        if known is None:
            paragraph = paragraph_start(self._text, char)
            before = self._reading.sentences_between(paragraph, sentence.start_char, last=1)
            known = any(self._has_actor(one.start_char, one.end_char) for one in (sentence, *before))
            self._governed[sentence.start_char] = known
        return known

    def _is_of_low_place(self, char: int) -> bool:
        """Whether a county or what lies in it founds the quoted name at ``char``, which no other news tells of.

        >>> text = "他在赛后说。" * 90 + "2020年，石桥镇组织妇女成立“护堤嫂”。" + "他在赛后说，球队成立“三人组”。"
        >>> governance = Governance(Reading(text))
        >>> [governance.is_spoken_of_at(text.index(name)) for name in ("护堤嫂", "三人组")]
        [True, False]
        """
        if self._text[max(char - 1, 0) : char + 1].find("“") < 0:
            return False
        start = self._reading.sentence_at(char).start_char
        opened = self._text.rfind("“", start, char + 1)
        lead = self._text[max(start, opened - _LONGEST_LEAD) : opened]
        return _LOW_PLACE.search(lead) is not None and is_created(lead)

    def _has_actor(self, start: int, end: int) -> bool:
        words = self._words
        body = next(_bodies().finditer(self._text, start, end), None)
        if body is not None and not self._text[start : body.start()].endswith(_OF_OTHERS):
            return True
        first, last = words.index_of(start), words.index_of(max(end - 1, start))
        for index in range(first, last + 1):
            word = words.texts[index]
            if len(word) > 1 and _BODY.search(word) and (index == first or words.texts[index - 1] not in _OF_OTHERS):
                return True
            if _PLACE.search(word) and not _NO_PLACE.search(word) and self._is_subject(first, index, last):
                return True
        return False

    def _is_subject(self, first: int, index: int, last: int) -> bool:
        """Whether the place that ends with the word at ``index`` is what its clause is about: 石桥镇率先, not 在石桥镇 or
        石桥镇的."""
        texts, tags = self._words.texts, self._words.tags
        if index < last and (tags[index + 1][0] not in _GOES_ON or texts[index + 1][0] in "、”》）"):
            return False
        while index > first and (_PLACE.search(texts[index]) or tags[index].startswith("ns")):
            index -= 1
        return index == first or tags[index] not in _BEFORE_OBJECT


_TITLE_LEAD = pattern_of(r"(?:[^的，。“”：:]{2,12}(?<![景园小城])[省市县区旗镇乡村](?=[^的])|([[:han:]]{2,4})[：:])")


def _is_titled(reading: Reading) -> bool:
    """Whether the title begins with a place that acts (石桥镇推行) or is told of (石桥：)."""
    lead = _TITLE_LEAD.match(reading.title)
    if lead is None:
        return False
    # 江苏昆山：, a province and a city or county by their short names
    is_short = lead[1] is not None and len(lead[1]) == _TWO_SHORT_NAMES and lead[1][2:] in gazetteer().short
    return (
        is_short
        or lead[1] is None
        or any(lead[1] + level in reading.text for level in ("县", "区", "市", "旗", "镇", "乡"))
    )


_TWO_SHORT_NAMES = 4  # characters
