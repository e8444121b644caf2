"""Places to which a practice goes on by a clause that does not name it: 这一做法在某镇推开, 某镇也办起来了.

Such a clause is read as if the word that points back were the mention; what it adds belongs to the last one before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tasks.facts.claims.clauses import BLANK, Surroundings
from tasks.facts.claims.spots import Group, Spot
from tasks.facts.text.needed import Tail, led
from tasks.facts.text.reading import Reading
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.word_lists import any_of, words_for

# A practice by a word that points back to it; 该镇 and 此事 are others.
_POINTER = led(
    "(?:这一?|这种|这个|这套|这项|这样的|该|此)(?:好|新|老|成功|创新|有效|治理|工作|调解|议事|特色|先进){0,2}"
    "(?:做法|模式|机制|制度|经验|办法|工作法|法子|品牌|方法|举措|点子|主意|妙招|(?<=项)工作)"
    "|(?:该|这[支个家]?)[队会团站所社组班](?:伍)?的(?:做法|模式|经验|办法|法子)"
    "|该(?:社区|街道|[镇乡村县区市旗])的(?:成功|创新)?(?:做法|模式|经验|办法)"
    "|这[个支所家种套](?!县|镇|乡|村|市|区)[^，。；“”]{1,6}?的(?:做法|模式|经验|办法)|(?<=[将把])[其它](?=[推复扩延引铺])"
    "|(?<=[，。；])(?:首|第一|第二)[家个处所支座间辆](?=[^，。；“”]{0,12}(?:落户|设在|建在|开在|办在))"
    "|(?<![[:han:]])(?:试验|试点|试点范围|做法|经验)(?=[^，。；]{0,4}(?:扩大|推广|拓展|延伸|推开)[到至])"
)
# It is there, and not only said of it: in a place, 推开; to a place.
_SPREADS = led(any_of(words_for("practices/setting_up_verbs", "spread")) + "|普及|全覆盖|复制")
# Where a practice goes, behind its verb: 推广到|柳溪镇.
_SPREAD_TO = Tail(
    "(?:推广|推开|推|铺|铺开|扩大|扩展|扩|延伸|拓展|复制|普及|引|引进|引入|带|搬|覆盖|走进|传)(?:到了?|至|向|入|进|了)(?:其他的?|邻近的?|相邻的?|周边的?)?$"
    "|(?:落户|设|建|开|办)(?:到|于|在|至)?(?:了)?$"
)
_USED_IN = Tail("(?:在|于)$")
_AND_TO = re.compile(
    "，(?:并|还|同时|也|已|逐步|陆续|正){0,2}(?:辐射|推广|扩大|扩展|延伸|拓展|复制|推开)(?:带动)?(?:到了?|至)"
)
_NEXT_IN = re.compile("，(?:[\\d去今前]{1,4}年[\\d月底初]{0,4}|随后|并|先后|首先|率先|先|已|目前){0,3}在")
# 柳溪镇|学来了|这一做法.
_TAKES_OVER = Tail(
    "(?:推行|建立|设立|成立|引进|引入|引来|复制|采用|照搬|移植|学来|学到|搬来|用上|实行|沿用|试行|试点)(?:起|了|过)?(?:了)?$"
)
# 柳溪镇也把|这一做法|固定下来.
_KEEPS = re.compile(
    "(?:固定|坚持|延续|沿用|保留|传承)(?:了)?下来"
    "|(?:用|学|搬|引|推|办|建|做|带)了?(?:起来|过来|进来|过去)"
    "|写[入进]了?[^，。；]{0,6}(?:村规|民约|章程)"
)
# 这一做法被|柳溪镇|引入
_TAKEN_BY = re.compile(
    "(?:等地|等\\d{1,3}个[^，。；]{1,4})?(?:先后|相继|陆续|也|直接|原样|整体){0,2}"
    "(?:引入|引进|采用|采纳|照搬|复制|移植|学去|学走|搬去|借用|沿用|用上)"
)
_ALSO = re.compile(
    "(?:今年|去年|前年|随后|很快|此后|后来|[\\d]{1,4}[年月]){0,2}(?:党支部|村委会|“两委”|党委|也|都|又|就|便|则|已经?){0,2}"
)
# 柳溪镇|也办起来了, 柳溪街道|也开了三家: too, without an object of its own.
_TOO = led(
    "(?:今年|去年|前年|随后|随即|不久|后来|很快|紧接着|接着|[今当次]年[春夏秋冬底初]|今[春夏秋冬]|去[秋冬]|\\d{1,2}月)?"
    "也(?:已经?|都|先后|陆续|很快|随后|跟着|照着|学着|照样|如法|样子|依样){0,3}"
    "(?:(?:建|办|开|设|搞|立|挂|放|摆|装|推行|成立|组建|运行|热闹|红火)(?:了?起来了?|起了|了(?:起来|[[:one_to_ten:]\\d两几]{1,3}[家个处所支座间辆张块台条盏口]))"
    "|(?:学了[去来过]{1,2}|学起来了|照着办了|照办了|炮制|用上了|跟了上来|有了))(?=[，。；！])"
    # 柳溪镇等9个乡镇|先后成立
    "|(?:等(?:地|\\d{1,3}个(?:乡镇|镇|乡|街道|村|社区|嘎查)))?(?:都|也|又|随后|很快)?"
    "(?:先后|相继|陆续|纷纷)(?:成立|建立|设立|组建|创办|开办|推行|启用|开课|开班|开张|开讲|挂牌|上岗)了?(?=[，。；])"
    "|(?:于|在)?[\\d今去前]{1,4}年(?:\\d{1,2}月)?(?:也|都|先后|相继|随后){0,2}(?:跟进|效仿|仿效)了?(?=[，。；！])"
    # 西吉县|19个乡镇中已有11个推开
    "|的?(?:\\d{1,3}个)?(?:乡镇|镇|乡|街道|村|社区|苏木|县区?)(?:中|里)?(?:，)?(?:已经?)?有\\d{1,3}个(?:乡镇|镇|乡|街道|村|社区)?(?:已经?)?"
    f"{any_of(words_for('practices/setting_up_verbs', 'spread'))}(?:了)?(?=[，。；！])"
    # 全县|12个乡镇全部推开, 柳溪镇|先后跟进
    "|\\d{1,3}个(?:乡镇|镇|乡|街道|村|社区|苏木)(?:（[^（）]{1,6}）)?(?:已经?|也|都|均|现已)?(?:全部|全面|普遍|同步|陆续|先后)"
    f"{any_of(words_for('practices/setting_up_verbs', 'spread'))}(?:了)?(?=[，。；！])"
    "|(?:也|都|等地?|随后|很快){0,2}(?:先后|相继|陆续|纷纷|随即|紧接着|随后)(?:跟进|效仿|仿效|照办|跟上)(?:了)?(?=[，。；！])"
    "|(?:也|都|等地?|先后|相继|已经?|则){0,2}(?:照此|照着|参照|比照|如法)(?:建|成|设|组|推|开|办|实|试)"
    "|(?:也|都|等地?|先后|相继|已经?|陆续|纷纷|分别){1,2}出台(?:了)?(?:实施)?(?:细则|方案|意见|办法|文件)(?=[，。；！])"
    "|(?:也|都|先后|相继|陆续|分别){1,2}(?:成立|建立|设立|组建)了?(?:分[队会站店校点院]|小分队|类似[^，。；“”]{1,6})(?=[，。；])"
    "|(?:[今去前]年|\\d{4}年)?(?:也|都|先后|相继|陆续|纷纷|已经?){0,2}(?:复制|照搬|移植|引进|引入)"
    "了?[^，。；“”]{1,10}的(?:做法|模式|经验|办法)(?=[，。；])"
    "|(?:各|分别|也|又|已经?){1,2}(?:建成|建起|建了|办了|办起|设立|开办)"
    "了?[一两三\\d]{1,2}(?:所|个|家|处|支|座|间)(?:、[一两三\\d]{1,2}(?:所|个|家|处|支|座|间))*(?=[，。；])"
    "|(?:[今去前]年|[\\d去今前]{1,4}年?\\d{0,2}月)?(?:照样子?|照葫芦画瓢|依样|依葫芦画瓢)(?:建|办|组建?|设|成立|搞|开)(?:起来?|了)?[^，。；“”]{0,6}(?=[，。；])"
    "|(?:也|随后|已经?|随即|很快)?(?:引进|引入|采用|照搬|跟进)了?(?=[，。；！])"
    "|(?:等地?)?(?:等?\\d{1,3}个(?:乡镇|镇|乡|街道|村|社区|嘎查|连队?))?"
    "(?:又|就|便|都|也|先后|相继|陆续|很快|随即|随后|纷纷)?(?:办|建|搞|开|组建|推行|用|做)(?:了)?起来(?:了)?(?=[，。；！])"
)
# Where a later clause says that it is tried or spread: 推行“板凳会”，|先在|石桥镇|试点.
_LATER_PLACES = re.compile(
    "^(?:[\\d今去当同次翌年月底初]{2,8}起?)?(?:并|先期|首期|先行|先|首批|率先|目前|如今|现|已经?|先后|首先|现已|随后|还|又){0,4}"
    "(?:在|于|(覆盖[了到]?|[推扩拓延铺][广展伸开大容面]?[到至及])"
    "|(?:最早|最初|首先|率先|先)?(由))$"
)
# 由|石桥镇|首设: who began what is told before.
_BEGAN_BY = re.compile(
    "(?:最早|最初|首先|率先|先行?|于[^，。；]{2,10}?)?(?:首[设创推办试建倡]|发起|发端"
    f"|{any_of(words_for('practices/setting_up_verbs', 'begun'))})的?$"
)
# Behind the place: 在石桥镇|上线.
_SPREAD_VERB = re.compile(
    rf"^[^，。；]{{0,16}}?(?:{any_of(words_for('practices/setting_up_verbs', 'spread'))}|安装|投放|配备"
    "|[安落]了?[家户]|[扎生]了?根|开了?花|各[设建办开放]"
    "|(?:启动|起步|诞生|亮相|运行)$)"
)
# “板凳会”：石桥镇|建成48个，柳溪镇|建成31个
_ALSO_BUILT = re.compile(
    "(?:已经?|共|也|又)?(?:建成|建有|建起|建了|建立|设立|成立|办起|组建|开设)了?\\d{1,4}[个所家处支座间条]$"
)
_OTHER_THING = re.compile("[“《][^，。；]*$")
# 2018年，石桥镇在全镇|推广: of what was told before.
_SPREAD_ALONE = re.compile(
    "[^，。；：“”《]{0,14}?(?:推广|推开|推行|铺开|试点|试行|实行|运行|普及|先试|先行先试|全覆盖)(?:开来)?了?(?=[，。；])"
)
# 2017年10月，石桥镇|在17个村推广
_SPREAD_IN = re.compile("在\\d{1,3}个[^，。；：“”《]{1,6}(?:推广|推开|推行|铺开|试点|试行)了?(?=[，。；])")
# Before the place, when and by whom: 2017年，州里发文，|在全州推行.
_WHEN_AND_WHO = pattern_of(
    f"(?:[\\d今去前当同次翌年月日底初份]{{2,12}}+|上半年|下半年|起|以来|[春夏秋冬]天?|此后|随后|后来|接着|很快|不久|目前|如今|之后|至此|同时|其后"
    f"|(?:{BLANK}++|[市县区省州旗镇乡])[[:han:]]{{1,8}}(?:局|部|委|办|联)(?:会同|联合|牵头)?"
    f"|{BLANK}++(?:纪委|监委|组织部|政法委|党委|政府)?|被?写[入进][^，。；“”]{{2,14}}|发文|下发(?:文件|通知)|印发(?:文件|通知)"
    "|总结经验后?|研究决定|决定|选[择取定]|[又便就已还仅只率先再即则由从自，]|已经|正式|开始|逐步"
    "|[县市区镇乡州旗]委?(?:里|办|政府)?|党委|政府){0,14}(?:在|于)?"
)
_CHOSEN = ("选择", "选取", "选定")
_LONGEST_LEAD = 40
_LONGEST_SENTENCE = 600  # characters before and behind a word that are read of a sentence without an end
_THEY = led("(?:[今去前当次]年[^，。；]{0,6}?|后来|不久|随后)?(?:他们|人家|那里|那边|那儿)")
_CLAUSE_MARKS = ("", *"，。；：！？\n")
_CLAUSE = re.compile("[，。；：！？\\n]")
# What is only to be, or is not.
NOT_DONE = led(
    "计划|打算|准备|拟(?!定)|将(?:于|在|会|把|向|继续|逐步|陆续|全面)|力争|争取|有望|预计|年内|年底前|明年|下一步|下半年将|要求|希望|建议|考虑|想把|适时|择机|条件成熟"
    "|如果|能否|是否|值得|可以|没有|尚未|未能|未在|难以|无法|不宜|不适合|反对|停办|停了|取消"
)
_PAUSED = re.compile("[。！？]")
_FARTHEST_LINES = 3
_FARTHEST = 240  # characters between a mention and the word that points back to it


class Pointer(NamedTuple):
    """A clause that tells where a practice goes on: the span that stands for the practice, and the places.

    ``word`` is where the word that points back begins, in that clause or the one before.
    """

    start: int
    end: int
    spots: tuple[Spot, ...]
    word: int


def spread_to(text: str, groups: Sequence[Group], starts: Sequence[int], around: Surroundings) -> list[Spot]:
    """The places, each with its clause, of the clauses behind the mention of ``around`` in which it is tried or spread;
    ``groups`` are all places of ``text``, which begin at ``starts``."""
    found: list[Spot] = []
    for span in around.later:
        start, end = (char + around.offset for char in span)
        first = bisect_left(starts, start)
        group = groups[first] if first < len(groups) else None
        if group is None or group.end > end:
            break
        if group.start == start and _ALSO_BUILT.match(text, group.end, end):
            found += [spot._replace(clause=span) for spot in group.spots]
            continue
        lead = _LATER_PLACES.match(text[start : group.start])
        rest = text[group.end : end]
        if lead is not None and lead[2]:
            if _BEGAN_BY.match(rest) is None:
                break
            found += [spot._replace(clause=span) for spot in group.spots]
            continue
        # 拓展到泽国镇 needs no other verb, 在泽国镇上线 does; 在泽国镇建成“茶馆” is of something else.
        verb = _SPREAD_VERB.match(rest)
        if lead is None or not (verb or lead[1]) or _OTHER_THING.search(rest[verb.end() if verb else 0 :]):
            break
        found += [spot._replace(clause=span) for spot in group.spots]
    return found


def told_on(reading: Reading, groups: Sequence[Group]) -> list[Pointer]:
    """The clauses of ``reading`` that tell of places without a name; ``groups`` are all its places, in order.

    >>> from tasks.facts.claims.actors import Actors
    >>> from tasks.facts.places.reading import read_places
    >>> reading = Reading("安吉县梅溪镇办起“板凳会”。去年，这一做法在溪龙乡推开，天子湖镇也办起来了。")
    >>> pointers = told_on(reading, Actors(reading, read_places(reading), ()).groups)
    >>> [(reading.text[p.start : p.end], [spot.name[-3:] for spot in p.spots]) for p in pointers]
    [('这一做法', ['溪龙乡']), ('也办起来了', ['子湖镇'])]
    """
    found = [*_by_word(reading.text, groups), *_by_too(reading.text, groups), *_without_object(reading.text, groups)]
    found += _beyond(reading.text, groups, found)
    return sorted(pointer for pointer in found if not _is_undone(reading.text, pointer))


def belongs_to(reading: Reading, pointer: Pointer, end: int, *, is_only: bool = False) -> bool:
    """Whether ``pointer`` speaks of what is mentioned last, up to ``end``: in its paragraph, or opening the next; where
    so far nothing else is named, ``is_only``, anywhere in the next."""
    between = reading.text[end : pointer.word]
    if is_only and len(between) <= 2 * _FARTHEST and between.count("\n") <= 1:
        return True
    if len(between) > _FARTHEST or between.count("\n") > _FARTHEST_LINES:
        return False
    line = between.rfind("\n")
    return line < 0 or _PAUSED.search(between, line) is None


def _by_word(text: str, groups: Sequence[Group]) -> Iterator[Pointer]:
    starts = [group.start for group in groups]
    for match in _POINTER.finditer(text):
        end = _clause_end(text, match.end())
        spots: list[Spot] = []
        for group in groups[bisect_left(starts, match.end()) : bisect_left(starts, end)]:
            rest = text[group.end : end]
            is_there = _SPREAD_TO.search_before(text, match.end(), group.start) or (
                _USED_IN.search_before(text, match.end(), group.start) and _SPREADS.search(rest)
            )
            is_whole = text[group.start] == "全" and text[group.end - 1] in "县区旗镇乡道村"
            is_taken = text[group.start - 1] == "被" and _TAKEN_BY.match(rest) is not None
            if is_taken or (is_there and (group.part in ("actor", "host") or is_whole)):
                spots += group.spots
        if not spots:
            spots = _takers(text, groups, starts, match.start()) or _keepers(text, groups, starts, match)
        if spots:
            yield Pointer(match.start(), match.end(), tuple(spots), match.start())
        elif (behind := _in_next_clause(text, groups, starts, end, match.start())) is not None:
            yield behind


def _without_object(text: str, groups: Sequence[Group]) -> Iterator[Pointer]:
    """The clauses that only say when and where it is spread, whatever it is: 2017年，州里发文，在全州推行."""
    for number, group in enumerate(groups):
        is_whole = text[group.start] == "全" and text[group.end - 1] in "县区旗镇乡道村州市"
        is_led = text[group.start - 1 : group.start] in ("在", "于") or text.endswith(_CHOSEN, 0, group.start)
        is_there = is_whole or (group.part == "actor" and is_led)
        if not (is_there or (group.part == "actor" and text.startswith("在", group.end))):
            continue
        if (_SPREAD_ALONE if is_there else _SPREAD_IN).match(text, group.end) is None:
            continue
        sentence = max(text.rfind(mark, max(group.start - _LONGEST_LEAD, 0), group.start) for mark in "。；！？\n") + 1
        lead = text[max(sentence, group.start - _LONGEST_LEAD) : group.start]
        for earlier in range(number - 1, -1, -1):
            before = groups[earlier]
            if before.start < group.start - len(lead):
                break
            at = before.start - group.start + len(lead)
            lead = lead[:at] + BLANK * (before.end - before.start) + lead[at + before.end - before.start :]
        if _WHEN_AND_WHO.fullmatch(lead):
            yield Pointer(group.start - 1, group.start, group.spots, group.start - 1)


def _beyond(text: str, groups: Sequence[Group], pointers: Sequence[Pointer]) -> Iterator[Pointer]:
    """The clauses right behind those of ``pointers`` that say how far it goes: 全部开展，并辐射到|柳溪镇."""
    starts = [group.start for group in groups]
    for pointer in pointers:
        lead = _AND_TO.match(text, _clause_end(text, pointer.end))
        first = 0 if lead is None else bisect_left(starts, lead.end())
        if lead is not None and first < len(groups) and groups[first].start == lead.end():
            yield Pointer(lead.start() + 1, lead.end(), groups[first].spots, pointer.word)


def _takers(text: str, groups: Sequence[Group], starts: list[int], char: int) -> list[Spot]:
    """Who takes over what the word at ``char`` points to: the last place of the clause before it."""
    taken = _TAKES_OVER.search_before(text, max(char - 12, 0), char)
    if not taken:
        return []
    clause = max((match.end() for match in _CLAUSE.finditer(text, max(char - 60, 0), char)), default=max(char - 60, 0))
    found = groups[bisect_left(starts, clause) : bisect_left(starts, char)]
    if not found and text[clause - 1 : clause] == "，":
        # 柳溪镇学习石桥镇做法，先后建立了这一机制
        before = max((text.rfind(mark, clause - 60, clause - 1) for mark in "，。；！？\n"), default=-1)
        found = [
            group
            for group in groups[bisect_left(starts, before) : bisect_left(starts, clause)]
            if group.part == "actor"
        ]
    return list(found[-1].spots) if found and found[-1].part == "actor" else []


def _keepers(text: str, groups: Sequence[Group], starts: list[int], pointer: re.Match[str]) -> list[Spot]:
    """Who makes what ``pointer`` points to its own: 柳溪村|把|这一做法|固定下来."""
    if text[pointer.start() - 1 : pointer.start()] not in ("把", "将") or _KEEPS.match(text, pointer.end()) is None:
        return []
    number = bisect_left(starts, pointer.start()) - 1
    if number < 0 or groups[number].part != "actor":
        return []
    group = groups[number]
    return list(group.spots) if _ALSO.fullmatch(text, group.end, pointer.start() - 1) else []


def _in_next_clause(text: str, groups: Sequence[Group], starts: list[int], end: int, word: int) -> Pointer | None:
    """The clause behind that of the ``word`` that points back, which ends at ``end``: it says in which places that is
    spread and nothing else: 县里将这一做法列为实事，在石桥镇、柳溪镇推开."""
    lead = _NEXT_IN.match(text, end)
    first = bisect_left(starts, end)
    if lead is None or first == len(groups) or groups[first].start != lead.end():
        return None
    group = groups[first]
    spread = _SPREADS.search(text, group.end, _clause_end(text, group.end))
    is_there = spread is not None and "“" not in text[group.end : spread.start()]
    if not is_there or not (group.part == "actor" or text[group.start] == "全"):
        return None
    return Pointer(lead.end() - 1, lead.end(), group.spots, word)


def _by_too(text: str, groups: Sequence[Group]) -> Iterator[Pointer]:
    starts = [group.start for group in groups]
    found = [(match, group) for group in groups if (match := _TOO.match(text, group.end)) is not None]
    for they in _THEY.finditer(text):
        match = _TOO.match(text, they.end()) if text[they.start() - 1 : they.start()] in _CLAUSE_MARKS else None
        if match is not None:
            sentence = _sentence_start(text, "。！？\n", they.start())
            named = groups[bisect_left(starts, sentence) : bisect_left(starts, they.start())]
            found += [(match, group) for group in named[:1]]
    for match, group in found:
        if group.part in ("actor", "host"):
            yield Pointer(match.start(), match.end(), group.spots, match.start())


def _is_undone(text: str, pointer: Pointer) -> bool:
    """Whether the sentence up to the end of the clause says that it is only to be."""
    sentence = _sentence_start(text, "。；！？\n", pointer.start)
    return NOT_DONE.search(text, sentence, _clause_end(text, pointer.end)) is not None


def _sentence_start(text: str, marks: str, char: int) -> int:
    """Behind the last of ``marks`` before ``char``, or as far before it as a sentence without an end is read."""
    first = max(char - _LONGEST_SENTENCE, 0)
    return max(first, *(text.rfind(mark, first, char) + 1 for mark in marks))


def _clause_end(text: str, char: int) -> int:
    """Before the next mark of a pause from ``char`` on, or as far behind it as a clause without one is read."""
    last = min(char + _LONGEST_SENTENCE, len(text))
    stop = _CLAUSE.search(text, char, last)
    return last if stop is None else stop.start()
