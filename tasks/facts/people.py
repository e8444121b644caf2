"""People of an article: every named person at every mention, with the post and organisation as printed nearest.

Names are judged by ``names.person_names``; a name that is clear once is then found wherever it stands. Authors and
photographers of the article are not its people.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import rjieba

from tasks.facts.gazetteer import gazetteer
from tasks.facts.names.honorifics import ADDRESS_POSTS, addressed, familiar
from tasks.facts.names.lexicon import given_name_characters, surnames, words
from tasks.facts.names.person_names import ACCEPTED, SPEECH, NameGuess, guess_name
from tasks.facts.names.posts import post_ending_at
from tasks.facts.people_roles import PrintedRole, printed_role
from tasks.facts.places import PlaceReading
from tasks.facts.readings import Reading, TaggedWords
from tasks.records import OrganizationMention, PersonMention

# What stands before the names of those who wrote the article rather than of those it is about.
_BYLINE = re.compile(
    r"(?:记者|通讯员|特约记者|见习记者|实习生|特派员|摄影报道|(?<!工)作者|责编|编辑|文/图|图/文|文图|供稿|摄影)[：:、 \u3000/]*"
    r"(?:[\u4e00-\u9fff·]{2,4}[、 \u3000]{1,2})*$"
)
_DOTTED = re.compile(r"[\u4e00-\u9fff]{2,6}(?:[·•‧][\u4e00-\u9fff]{1,7})+")
# Characters of Tibetan, Yi, Mongol, Uyghur and Kazakh names in Chinese writing; four in a row are a name, not words.
_TRANSCRIBED = re.compile(
    r"[次仁扎西旦增洛桑卓玛央金尼格索朗多吉拉姆曲珍白措达瓦巴罗布贡让益顿珠拥阿果木呷尔日史沙比俄惹伍且特乌兰其娜斯琴图雅"
    r"苏和宝音买提艾合卜杜古丽热依力江吐逊麦克孜汗吾努嘎毕勒德哈森丹加嘉旺杰秋错泽郎绒那]{3,6}"
)
_NAME_TAGS = frozenset(("nr", "nrt", "nrfg", "ns", "nz", "zg", "j", "g", "ng"))
_QUOTED_TITLE = re.compile(r"《[^》\n]{1,60}》")


# Forms of address that stand for someone's full name told elsewhere; 高女士 and 王大妈 are names of their own.
_RESOLVED = ADDRESS_POSTS | frozenset(("律师", "医生", "老师", "警官", "大夫", "护士", "法官", "教授"))


@dataclass(slots=True)
class _Found:
    start: int
    end: int
    name: str
    role: PrintedRole | None = None


def read_people(
    reading: Reading, places: PlaceReading, organizations: Sequence[OrganizationMention]
) -> tuple[PersonMention, ...]:
    """One row for each mention of a named person, in order.

    >>> from tasks.facts.places import read_places
    >>> reading = Reading("石桥社区党委书记周敏说：“先解决停车。”居民高女士点头。周敏记了下来。")
    >>> [(m.name, m.role) for m in read_people(reading, read_places(reading), ())]
    [('周敏', '党委书记'), ('高女士', '居民'), ('周敏', '党委书记')]
    """
    text = reading.text
    blocked = _Blocked(reading, places)
    guesses = _guesses(reading, blocked)
    names = _accepted(text, guesses)
    found = _occurrences(reading, names, blocked)
    found += _dotted(reading, blocked)
    found += _transcribed(reading, found, blocked)
    found.sort(key=lambda item: (item.start, -item.end))
    for item in found:
        item.role = printed_role(text, item.start, item.end, places, organizations)
    called = _addressed(reading, found, blocked, places, organizations)
    for item in called:
        item.role = printed_role(text, item.start, item.end, places, organizations)
    found = sorted([*found, *called], key=lambda item: (item.start, -item.end))
    return _with_roles_carried(_without_overlaps(found))


class _Blocked:
    """Stretches in which no person is to be found: place names, cited titles, bylines."""

    def __init__(self, reading: Reading, places: PlaceReading) -> None:
        self.text = reading.text
        self.contributors = frozenset(reading.contributors)
        spans = [(m.start_char, m.end_char) for m in places.mentions]
        spans += [match.span() for match in _QUOTED_TITLE.finditer(reading.text)]
        spans.sort()
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]

    def covers(self, start: int, end: int) -> bool:
        """Whether ``start:end`` overlaps a place name or a cited title."""
        index = bisect_right(self.starts, start) - 1
        if index >= 0 and self.ends[index] > start:
            return True
        return index + 1 < len(self.starts) and self.starts[index + 1] < end

    def is_byline(self, start: int, name: str) -> bool:
        """Whether the name signs the article."""
        if name in self.contributors:
            return True
        return bool(_BYLINE.search(self.text, max(0, start - 24), start))


def _guesses(reading: Reading, blocked: _Blocked) -> list[NameGuess]:
    text, tagged = reading.text, reading.words
    weights, firsts = surnames(), _first_characters()
    found = []
    for index, start in enumerate(tagged.starts):
        if text[start] not in firsts:
            continue
        guess = guess_name(text, start, tagged, index)
        if guess is not None and guess.score > 1.5:
            found.append(guess)
    # Behind a post a name may begin inside what the segmenter took for a word (主任|何静 read as 主|任何|静).
    for match in _after_posts().finditer(text):
        start = match.end()
        if start >= len(text) or not "\u4e00" <= text[start] <= "\u9fff":
            continue
        if tagged.is_start[start] and text[start] in weights:
            continue
        guess = guess_name(text, start, tagged, tagged.index_of(start), after_post=match.lastgroup == "post")
        if guess is not None and guess.score >= ACCEPTED + 0.5 and guess.has_context:
            found.append(guess)
    found.sort(key=lambda guess: guess.start)
    return [guess for guess in found if not blocked.covers(guess.start, guess.end)]


@cache
def _first_characters() -> frozenset[str]:
    return frozenset(surname[0] for surname in surnames())


@cache
def _after_posts() -> re.Pattern[str]:
    """Matches the end of the posts that mostly stand before names."""
    return re.compile(
        r"(?P<post>书记|主任|[局部处科所站院校园厂会村镇乡县区市组队班店馆行]长|经理|主席|居民|村民|民警|网格员|志愿者|党员|代表|负责人|干部)|(?:[员工农匠主]|文书|教师|老师)(?=[\u4e00-\u9fff]{2,3}(?:说|，|今年|表示|介绍|告诉|坦言|笑|的))"
    )


def _accepted(text: str, guesses: list[NameGuess]) -> dict[str, float]:
    """Names that are clear at least once, with their best score."""
    known = gazetteer()
    best: dict[str, float] = {}
    supported: set[str] = set()
    clear_ends: set[int] = set()
    clear_starts: set[int] = set()
    for guess in guesses:
        name = text[guess.start : guess.end]
        if name in known.short and not guess.has_context:
            continue
        if len(name) == 2 and not guess.has_context and guess.score < 5.5 and rjieba.has_word(name):
            continue
        if guess.score >= (ACCEPTED - 0.5 if guess.has_context else ACCEPTED):
            best[name] = max(best.get(name, 0.0), guess.score)
            clear_ends.add(guess.end)
            clear_starts.add(guess.start)
            if guess.has_context:
                supported.add(name)
    # In a list of names (王芳、李军和赵敏) the clear ones vouch for their neighbours.
    for guess in guesses:
        listed_after = text[guess.start - 1 : guess.start] in ("、", "和", "与") and guess.start - 1 in clear_ends
        listed_before = text[guess.end : guess.end + 1] in ("、", "和", "与") and guess.end + 1 in clear_starts
        if guess.score >= 1.5 and (listed_after or listed_before):
            name = text[guess.start : guess.end]
            best[name] = max(best.get(name, 0.0), guess.score)
            clear_ends.add(guess.end)
    # A three-character name seen only once beside its own first two characters took the next word's beginning with it.
    for name in [name for name in best if len(name) == 3 and name[:2] in best and name not in supported]:
        if text.count(name[:2]) > text.count(name):
            del best[name]
    for name in [name for name in best if len(name) == 2]:
        whole = _always_followed(text, name)
        if whole is not None:
            best[whole] = best.pop(name)
            continue
        longer = [other for other in best if len(other) == 3 and other.startswith(name)]
        if longer and text.count(name) == sum(text.count(other) for other in longer):
            del best[name]
    return best


def _always_followed(text: str, name: str) -> str | None:
    """The three-character name of which ``name`` is the beginning at every mention (裴江 is always 裴江月)."""
    following = set()
    at = text.find(name)
    count = 0
    while at >= 0:
        end = at + len(name)
        after = text[end : end + 1]
        if not "\u4e00" <= after <= "\u9fff" or SPEECH.match(text, end) or rjieba.has_word(text[end : end + 2]):
            return None
        following.add(after)
        count += 1
        at = text.find(name, end)
    if count < 2 or len(following) != 1:
        return None
    last = following.pop()
    return name + last if given_name_characters().get(last, 0.0) > -1.2 and last not in "的是在把也和说被又就" else None


def _occurrences(reading: Reading, names: dict[str, float], blocked: _Blocked) -> list[_Found]:
    if not names:
        return []
    text = reading.text
    ordered = sorted(names, key=lambda name: (-len(name), name))
    pattern = re.compile("|".join(map(re.escape, ordered)))
    found = []
    for match in pattern.finditer(text):
        start, end = match.span()
        if blocked.covers(start, end) or blocked.is_byline(start, match.group()):
            continue
        found.append(_Found(start, end, match.group()))
    return found


def _dotted(reading: Reading, blocked: _Blocked) -> list[_Found]:
    """Names written with a middle dot (阿依古丽·买买提): the words that touch the dots."""
    text, tagged = reading.text, reading.words
    found = []
    for match in _DOTTED.finditer(text):
        first = match.group().find(match.group().strip("·•‧").split("·")[0])
        dots = [match.start() + at for at, char in enumerate(match.group()) if char in "·•‧"]
        left = match.start() + max(first, 0)
        head = _transcribed_run(text, dots[0] - 1, -1, left) or _word_run(tagged, dots[0] - 1, -1, left)
        tail = _transcribed_run(text, dots[-1] + 1, 1, match.end()) or _word_run(tagged, dots[-1] + 1, 1, match.end())
        if head is None or tail is None or blocked.covers(head, tail):
            continue
        found.append(_Found(head, tail, text[head:tail]))
    return found


def _transcribed_run(text: str, char: int, step: int, limit: int) -> int | None:
    """The outer edge of the run of characters used in transcriptions that touches a dot, of at most six."""
    table = words("transcription_characters")
    at, taken = char, 0
    while 0 <= at < len(text) and text[at] in table and taken < 6 and (at >= limit if step < 0 else at < limit):
        at += step
        taken += 1
    return (at + 1 if step < 0 else at) if taken >= 2 else None


def _word_run(tagged: TaggedWords, char: int, step: int, limit: int) -> int | None:
    """The outer edge of the name part that touches a dot: one word, or several where they are single characters."""
    index = tagged.index_of(char)
    edge = None
    while 0 <= index < len(tagged.texts):
        word, tag, start = tagged.texts[index], tagged.tags[index], tagged.starts[index]
        outer = start if step < 0 else start + len(word)
        if (outer < limit) if step < 0 else (outer > limit):
            break
        if tag not in _NAME_TAGS and (edge is not None or rjieba.has_word(word) and len(word) > 1):
            break
        edge = outer
        if len(word) > 1 and tag not in ("nr", "nrt"):
            break
        index += step
    return edge


def _transcribed(reading: Reading, found: list[_Found], blocked: _Blocked) -> list[_Found]:
    text = reading.text
    result = []
    names: set[str] = set()
    for match in _TRANSCRIBED.finditer(text):
        start, end = match.span()
        if blocked.covers(start, end):
            continue
        name = match.group()
        closes = reading.words.is_start[end] or text[end : end + 1] in "家的说介表告，。、"
        if closes and post_ending_at(text, start, max(0, start - 12)) is not None and not rjieba.has_word(name):
            names.add(name)
    # 乌兰图雅 rather than the 乌兰图 that looks like a surname with a given name.
    found[:] = [item for item in found if not any(name.startswith(item.name) and name != item.name for name in names)]
    for name in sorted(names):
        at = text.find(name)
        while at >= 0:
            result.append(_Found(at, at + len(name), name))
            at = text.find(name, at + 1)
    return result


def _addressed(
    reading: Reading,
    found: list[_Found],
    blocked: _Blocked,
    places: PlaceReading,
    organizations: Sequence[OrganizationMention],
) -> list[_Found]:
    """People called by surname alone; one whose full name the article tells gets that name."""
    text, tagged = reading.text, reading.words
    by_surname: dict[str, list[_Found]] = {}
    spans = [(item.start, item.end) for item in found]
    starts = [start for start, _ in spans]
    for item in found:
        by_surname.setdefault(item.name[:1], []).append(item)
    result = []
    for match in addressed().finditer(text):
        start, end = match.span()
        surname, title = match.group(1), match.group(2)
        if not tagged.is_start[start] or not (tagged.is_start[end] or title in ("某", "某某")):
            continue
        if _inside(starts, spans, start) or blocked.covers(start, end):
            continue
        if len(title) == 1 and title != "某" and tagged.texts[tagged.index_of(start)] != match.group():
            continue
        if text[start - 1 : start] in ("副", "正", "总", "老", "小", "两", "各", "的") and start and len(title) == 1:
            continue
        if surname == "任" and start and "\u4e00" <= text[start - 1] <= "\u9fff":
            continue  # 段兴华任组长
        full = _full_names(by_surname.get(surname, []), start, title)
        if surnames()[surname] < 0 and not full:
            continue
        if title in ADDRESS_POSTS and tagged.texts[tagged.index_of(start)] not in (surname, match.group()):
            continue
        name = full[0] if len(full) == 1 and title in _RESOLVED else match.group()
        result.append(_Found(start, end, name))
    for match in familiar().finditer(text):
        start, end = match.span()
        index = tagged.index_of(start)
        if not (tagged.is_start[start] and (tagged.is_start[end] or SPEECH.match(text, end))) or not _acts(
            text, tagged, index, end
        ):
            continue
        if _inside(starts, spans, start) or blocked.covers(start, end):
            continue
        namesakes = by_surname.get(match.group(1), [])
        role = printed_role(text, start, end, places, organizations)
        if role is not None:  # 茶农老骆 is not the 骆 who is a clerk
            namesakes = [item for item in namesakes if item.role is None or item.role.role.endswith(role.role[-2:])]
        full = _full_names(namesakes, start, "")
        result.append(_Found(start, end, full[0] if len(full) == 1 else match.group()))
    return result


def _full_names(found: list[_Found], before: int, title: str) -> list[str]:
    """Whom a surname may mean: those who hold that post, else those named before, else all of that surname."""
    holders = [item.name for item in found if title and item.role and item.role.role.endswith(title)]
    earlier = [item.name for item in found if item.start < before]
    return list(dict.fromkeys(holders or earlier or [item.name for item in found]))


def _acts(text: str, tagged: TaggedWords, index: int, end: int) -> bool:
    """Whether what follows a familiar name (老吴, 小周) is what follows a person: a verb, an adverb, a time, a mark."""
    if text[end : end + 1] in "，、。：的":
        return tagged.tags[index] == "nr" or tagged.texts[index][-1:] != text[end - 1 : end]
    after = tagged.index_of(end) if end < len(text) else index
    return tagged.tags[after][0] in "vdtrpc" or SPEECH.match(text, end) is not None


def _inside(starts: list[int], spans: list[tuple[int, int]], position: int) -> bool:
    index = bisect_right(starts, position) - 1
    return index >= 0 and spans[index][1] > position


def _without_overlaps(found: list[_Found]) -> list[_Found]:
    kept: list[_Found] = []
    for item in found:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _with_roles_carried(found: list[_Found]) -> tuple[PersonMention, ...]:
    """Mentions without a post of their own take the person's last one, or the first that is printed later."""
    first: dict[str, PrintedRole] = {}
    for item in found:
        if item.role is not None:
            first.setdefault(item.name, item.role)
    last: dict[str, PrintedRole] = {}
    mentions = []
    for item in found:
        if item.role is not None:
            if item.role.organization is None and item.name in last:
                item.role = PrintedRole(item.role.role, last[item.name].organization)
            last[item.name] = item.role
        role = item.role or last.get(item.name) or first.get(item.name)
        mentions.append(
            PersonMention(
                item.start, item.end, item.name, role.role if role else None, role.organization if role else None
            )
        )
    return tuple(mentions)
