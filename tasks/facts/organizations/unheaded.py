"""Bodies told by no head noun: fields of work in a list (税务、人社等部门), streets and communities that act, short names.

税务、人社等部门 are two offices of the county the text speaks of. 望湖街道推出… is the street's government, 走进望湖街道 a
place alone. What a bracket introduces (以下简称“恒泰”) stands for the body before it from then on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from tasks.facts.organizations.links import last_name
from tasks.facts.places.reading import PlaceReading
from tasks.facts.text.reading import Reading, TaggedWords
from tasks.facts.text.sought import Sought
from tasks.facts.text.traces import note
from tasks.lexicon.body_heads import words
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.gazetteer import gazetteer
from tasks.lexicon.posts import post_starting_at
from tasks.lexicon.word_lists import any_of, words_for
from tasks.records import (
    BodyKind,
    OrganizationMention,
)

_MOST_FIELDS = 60  # characters before 部门 that a list of fields may take
_OPENS = frozenset("，。；：！？、\n“”…　 ")
# What follows a place that acts: verbs of organising, and the adverbs and prepositions that lead them.
_ACTS = re.compile(
    r"(?:还|也|又|便|则|先后|积极|主动|充分|不断|持续|大力|全面|深入|统筹|率先|专门|进一步|及时|迅速|立即|连夜|定期)*"
    rf"(?:{any_of(words_for('practices/setting_up_verbs', 'act'))}|立足|紧扣|聚焦|针对|依托|通过|坚持|搬|"
    r"把|将|为(?:居民|群众|企业|老人|辖区|商户|业主|党员)|以[^，。；\n]{1,20}为(?:抓手|引领|契机|载体|核心|主线|依托|平台|牵引|突破口)|"
    r"在[^，。；\n]{2,14}[，]?(?:建起|设立|成立|打造|推出|推行|开设|开展|搭建))"
)
# A body that is founded under a name in marks, which says by its end what it is; an alliance or a team is a practice.
_FOUNDED_IN_MARKS = Sought(
    r"(?:成立|组建|设立|建立|创办|创建|组成)(?:了|起)?“(?P<name>[[:han:]A-Za-z0-9]{2,16}?"
    r"(?P<head>党支部(?:委员会)?|党总支|党委|协会|联合会|商会|基金会|合作社|公司))”"
)
_KINDS: dict[str, BodyKind] = {"党": "party", "公司": "enterprise", "合作社": "enterprise"}
_ALIAS = Sought(r"[（(](?:以下|下文)?(?:简称|下称)(?:为)?[：:]?[“\"]([^“”\"（）()，。\n]{2,10})[”\"]")


def unheaded_organizations(
    reading: Reading, places: PlaceReading, found: Sequence[OrganizationMention]
) -> tuple[OrganizationMention, ...]:
    """``found`` with these bodies added where they overlap none of ``found``, in order.

    >>> from tasks.facts.places.reading import read_places
    >>> from tasks.facts.text.reading import Reading
    >>> reading = Reading("义乌市稠城街道联合税务、人社等部门上门服务。")
    >>> [mention.name for mention in unheaded_organizations(reading, read_places(reading), ())]
    ['稠城街道', '义乌市税务部门', '义乌市人社部门']
    """
    text = reading.text
    short = list(_short_names(text, found))
    by_rule = {
        "the short name that the text gives a body": short,
        "a field of work before 部门": list(_departments(text, places)),
        "a subdistrict or community that opens its clause and acts": list(_acting(text, places)),
        "in one list with an office": list(_listed(reading, found)),
        "founded under a name in marks": list(_founded_in_marks(text, places)),
    }
    added = [mention for mentions in by_rule.values() for mention in mentions]
    rules = {mention: rule for rule, mentions in reversed(by_rule.items()) for mention in mentions}
    if not added:
        return tuple(found)
    whole = {mention.surface: mention.name for mention in short}
    found = [mention._replace(name=whole.get(mention.surface, mention.name)) for mention in found]
    taken = bytearray(len(text))
    kept = list(found)
    for mention in found:
        taken[mention.start_char : mention.end_char] = b"\1" * (mention.end_char - mention.start_char)
    for mention in added:
        note("organization_mentions", mention.start_char, mention.end_char, rules[mention])
        if 1 not in taken[mention.start_char : mention.end_char]:
            taken[mention.start_char : mention.end_char] = b"\1" * (mention.end_char - mention.start_char)
            kept.append(mention)
    return tuple(sorted(kept, key=lambda mention: mention.start_char))


@cache
def _fields() -> re.Pattern[str]:
    field = any_of(words_for("bodies/departments", "field"))
    return re.compile(
        rf"(?P<fields>{field}(?:、{field})+(?:[和与及]{field})?|{field}(?:[和与及]{field})?(?=等))"
        r"(?:等(?:多个|\d{1,2}个|[两二三四五六七八九十]个|多|有关|相关)?)?(?:职能|执法|主管|行业)?$"
    )


@cache
def _ends_of_fields() -> frozenset[str]:
    return frozenset(word[-2:] for word in words_for("bodies/departments", "field"))


def _departments(text: str, places: PlaceReading) -> Iterator[OrganizationMention]:
    at = text.find("部门")
    while at >= 0:
        # Most 部门 are 相关部门 or 职能部门: the pattern is asked only behind 等 or the end of a field.
        may_be_listed = "等" in text[max(0, at - 8) : at] or text[at - 2 : at] in _ends_of_fields()
        listed = _fields().search(text, at - _MOST_FIELDS, at) if may_be_listed else None
        if listed is not None:
            code = places.adcode_at(listed.start())
            whose = gazetteer().by_code[code].name if code else ""
            for field in pattern_of(r"[^[:list_mark:]]+").finditer(listed["fields"]):
                start, end = listed.start() + field.start(), listed.start() + field.end()
                yield OrganizationMention(
                    start, end, text[start:end], f"{whose}{text[start:end]}部门", "government", code
                )
        at = text.find("部门", at + 2)


def _acting(text: str, places: PlaceReading) -> Iterator[OrganizationMention]:
    for mention in places.mentions:
        start, end = mention.start_char, mention.end_char
        if not mention.surface.endswith(("街道", "社区")) or mention.surface[0] in "该本我全此":
            continue
        if (start and text[start - 1] not in _OPENS) or _ACTS.match(text, end) is None:
            continue
        name = last_name(mention.place_name, mention.level)
        if not mention.surface.endswith(name):
            name = mention.surface
        kind: BodyKind = "government" if name.endswith("街道") else "community"
        yield OrganizationMention(end - len(name), end, name, name, kind, places.adcode_at(start))


def _listed(reading: Reading, found: Sequence[OrganizationMention]) -> Iterator[OrganizationMention]:
    """What stands in one list with an office and ends as offices do: 镇党政办、|村建办|、|农业综合服务站|抽调人员."""
    text, tagged = reading.text, reading.words
    starts = {mention.start_char for mention in found}
    for mention in found:
        if mention.kind != "government" or not mention.surface.endswith(_OFFICE_ENDS):
            continue
        start = mention.end_char
        while text[start : start + 1] == "、" and start + 1 not in starts:
            end = _office_end(tagged, start + 1)
            office = text[start + 1 : end]
            if not office or office in words("bare") or post_starting_at(text, end) is not None:
                break
            if office[:-1] in words_for("bodies/departments", "field") or len(office) > 4 or text[end] in "、，和等":
                yield OrganizationMention(start + 1, end, office, office, "government", mention.adcode)
            start = end


_OFFICE_ENDS = ("办", "所", "站", "中心", "股", "科", "大队")
_NO_NOUNS = frozenset("pcdruxymqtf")  # first letters of the tags of words that no office's name holds
# Characters: 退役军人事务信息公开服务中心 (an office for veterans) has fourteen; what is longer is a row of nouns.
_LONGEST_OFFICE = 20


def _office_end(tagged: TaggedWords, start: int) -> int:
    """Where the nouns at ``start`` end that end as an office's name does; ``start`` where they do not."""
    index = tagged.index_of(start)
    end = start
    while index < len(tagged.texts) and end - start < _LONGEST_OFFICE:
        word, tag = tagged.texts[index], tagged.tags[index]
        if tagged.starts[index] != end or (tag[0] in _NO_NOUNS and word not in _OFFICE_ENDS) or word == "的":
            break
        end += len(word)
        index += 1
        if word.endswith(_OFFICE_ENDS) and 3 <= end - start <= _LONGEST_OFFICE:
            return end
    return start


def _founded_in_marks(text: str, places: PlaceReading) -> Iterator[OrganizationMention]:
    named: set[str] = set()
    for founded in _FOUNDED_IN_MARKS.finditer(text):
        name, head, start = founded["name"], founded["head"], founded.start("name")
        if name in named:
            continue
        named.add(name)
        kind = _KINDS.get(head[:1], _KINDS.get(head, "social"))
        at = start
        while at >= 0:
            yield OrganizationMention(at, at + len(name), name, name, kind, places.adcode_at(start))
            at = text.find(name, at + len(name))


def _short_names(text: str, found: Sequence[OrganizationMention]) -> Iterator[OrganizationMention]:
    ends = {mention.end_char: mention for mention in found}
    given: set[str] = set()
    for match in _ALIAS.finditer(text):
        whole = ends.get(match.start())
        if whole is None:
            continue
        alias = match[1]
        at = text.find(alias, match.start(1))
        while at >= 0:
            yield OrganizationMention(at, at + len(alias), alias, whole.name, whole.kind, whole.adcode)
            if alias in given:
                break  # a name that is given again stands behind the first time too
            at = text.find(alias, at + len(alias))
        given.add(alias)
