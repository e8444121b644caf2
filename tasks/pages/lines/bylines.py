"""Bylines, datelines and photo credits: lines and beginnings of paragraphs that name who made an article."""

from __future__ import annotations

import re

from tasks.lexicon.characters import pattern_of
from tasks.lexicon.gazetteer import gazetteer
from tasks.pages.lines.common_words import is_common_word
from tasks.pages.lines.personal_names import NEXT_DESK, REPORTER, looks_like_name, read_bare_names, split_names

LONGEST_BYLINE = 60  # characters, those of four desks and five names; longer is a sentence about reporters
_LEADERS = "■◆●◎○□▲△★☆•· \N{IDEOGRAPHIC SPACE}"
# A line of nothing but who wrote it: 本报记者 李红梅 通讯员 周敏.
_BYLINE = pattern_of(
    rf"^[\[（(【〔]?\s*(?:文字?|撰文|作者)?[/／：:\s]*(?P<desk>{REPORTER})\s*[：:/／]?\s*"
    rf"(?P<names>[[:han:]·\s、，,/／A-Za-z]{{2,60}}?)\s*[/／|｜]?\s*(?:文[/／、]?图|图[/／、]?文|文并[摄图]|摄影报道|报道|综合报道|采写"
    rf"|摄|文)?[\]）)】〕]?$"
)
# From where they reported, between the last name and the word for it: 李红梅 青石报道.
_REPORTED_FROM = pattern_of(r"(?<=[[:han:]])[\s　]+(?P<place>[[:han:]]{2,4})(?=报[道导][\]）)】〕]?$)")

# The agency and day with which a news item begins: 【青石社5月6日电】, 本报讯.
_DATELINE = pattern_of(
    r"^[【\[（(〔]?\s*(?P<agency>[[:han:]A-Za-z\d·\-—\s]{0,32}?)\s*(?P<day>(?:\d{1,2}月)?\d{1,2}日)?\s*(?P<mark>[电讯訊電]|消息"
    r"|快讯)"
    r"(?=[\s（(：:，】\]）)]|记者|通讯员|\Z)"
)

_BYLINE_SIGN = re.compile(r"[记通评撰观实|｜：:/／_]")  # 记者, 通讯员 and their like, or what follows a label
_LABELLED = pattern_of(
    r"^[\[（(【]?\s*(?:文|作者|撰文|文字|口述|整理|采写)\s*[|｜：:/／_]\s*(?P<names>[[:han:]·\s、，,]{2,40})[\]）)】]?$"
)
_REPORTERS_FIRST = pattern_of(
    rf"^[（(【\[]\s*(?:{REPORTER})\s*[：:/／]?\s*(?P<names>[[:han:]·\s、，,]{{2,40}}?)[)）】\]]"
)

# The names between an agency's mark and the text: （记者李红梅）.
_DATELINE_NAMES = pattern_of(
    rf"^[\s】\]）)：:，]*[（(\[]?\s*(?P<desk>{REPORTER})\s*[：:/／]?\s*(?P<names>[[:han:]·\s、"
    rf"，,A-Za-z]{{2,50}}?)(?P<end>[)）\]]|\s*(?:报道|摄影报道|文/图)|\s{{1,}}(?=[[:han:]\d“]))"
)

# The same in brackets of their own, which alone end them: （记者 李红梅 通讯员 周敏）.
_BRACKETED_NAMES = pattern_of(
    rf"^[\s】\]）)：:，]*[（(\[]\s*(?P<desk>[[:han:]]{{0,4}}?{REPORTER})(?P<gap>\s*[：:/／]?\s*)"
    r"(?P<names>[[:han:]·\s、，,/／A-Za-z]{2,60}?)"
    r"\s*(?:综合报道|摄影报道|报道|文/图|图/文|文并摄|采写)?\s*[)）\]]"
)

_BARE_DATELINE_NAMES = pattern_of(r"^\s*[（(](?P<names>[[:han:]]{2,4}(?:[\s、，]+[[:han:]]{2,4}){0,3})[）)]")

_AGENCY = pattern_of(
    r"^[[:han:]]{1,12}?(?:日报|晚报|早报|晨报|时报|都市报|报|新闻网|网|新华社|新闻社|通讯社|社|电视台|电台|台|客户端)"
)

# Taiwan and Hong Kong: 〔记者王小明／台北报导〕, （中央社记者王小明台北3日电）, 记者李芳／综合报道.
_FILED_REPORT = pattern_of(
    r"^[〔（(【\[]?\s*(?P<agency>[[:han:]]{2,4}社)?\s*(?:[[:han:]]{0,4}记者|特派员|编译|实习记者)\s*(?P<names>[[:han:]、，\s]{2,24}?)\s*"
    r"(?:[/／][[:han:]]{0,6}?(?:综合|连线|即时)?(?:报导|报道|专访|外电)|\d{1,2}日(?:专电|综合报导|电|讯))[〕）)】\]]?"
)
# Who took a picture, at the end of its caption: （李红梅 摄）.
_PHOTO_CREDIT = pattern_of(
    rf"(?:^|[\s。，！？）)”])[（(\[]?\s*(?:{REPORTER})?\s*(?P<names>[[:han:]·]{{2,4}}(?:[\s、"
    rf"]+[[:han:]·]{{2,4}}){{0,3}})\s*[/／]?\s*(?:摄影报道|摄影|供图|摄|/图)[)）\]]?\s*[。]?$"
)

# Who wrote and pictured an article: the same people (… 文/图) …
_OF_BOTH = re.compile(r"\s*[/／|｜]?\s*(?:文[/／、]?图|图[/／、]?文|文并[摄图]|摄影报道)[\]）)】〕]?$")
_OF_BOTH_AHEAD = re.compile(r"^(?:文[/／、]?图|图[/／、]?文|摄影报道)\s*[：:|｜]?\s*")
# … or some each: 李一鸣 文 王芳 图.
_OF_EACH = pattern_of(
    r"^(?P<text>[[:han:]·、\s]{2,48}?)\s*[/／]?\s*(?:撰文|文字|文)[\s；;，,]+(?P<picture>[[:han:]·、\s]{2,24}?)"
    r"\s*[/／]?\s*(?:摄影|图|摄)$"
)
_PAPER_OF_DESK = pattern_of(
    r"^[（(【\s□■]*《?(?P<paper>[[:han:]]{2,8}?(?:报|新闻网|周刊))》?\s*(?:全媒体|特约|见习|首席)?(?:记者|通讯员)"
)
# Who took a picture and did not write: 本报记者 李一鸣 摄.
_ONLY_PICTURED = re.compile(r"(?<![并文/／])(?:摄影?|供图)\s*[)）]?$")

# The same by a desk: 本报记者 李一鸣 摄, 青石日报记者李一鸣 图.
_DESK_PHOTO_CREDIT = pattern_of(
    rf"(?P<all>[（(]?{REPORTER}\s*[/／：:]?\s*(?P<names>[[:han:]·\s、]{{2,20}}?)\s*(?:摄影|摄|供图|图)[)）]?)\s*[。]?$"
)


# A journal's note on an author begins with the name: 作者简介：李一鸣，青石县委党校讲师.
_NOTE_ON_AUTHOR = pattern_of(
    r"^[\[【（(]?\s*(?:第一)?作者(?:简介|介绍)\s*[\]】）)]?\s*[：:]?\s*(?P<name>[[:han:]]{2,4})\s*[（(，,]"
)
# At the end of what an office sends in: （青石县民政局　李一鸣）.
_SIGNED_FROM = pattern_of(
    r"^[（(]\s*[[:han:]]{2,14}(?:[局委办部会镇乡社报台院所站队]|街道|中心|办公室|政府|支部)[\s　]+(?P<names>[[:han:]·\s　、]{2,20})[）)]$"
)


def read_byline(raw: str) -> list[str] | None:
    """The names in a line that is only a byline (本报记者 李一鸣 王芳, 文/李一鸣); None for any other line.

    >>> read_byline("本报记者 李一鸣 王芳")
    ['李一鸣', '王芳']
    >>> read_byline("记者走进青石社区，见到了李一鸣。") is None
    True
    >>> read_byline("（青石县民政局　李一鸣）"), read_byline("（青石县民政局 二楼大厅）")
    (['李一鸣'], None)
    """
    text = raw.strip().strip("　").lstrip(_LEADERS)
    signed = _SIGNED_FROM.match(text) if text[:1] in ("（", "(") else None
    if signed is not None:
        return read_bare_names(signed["names"])
    if len(text) > LONGEST_BYLINE or _BYLINE_SIGN.search(text) is None:
        return None
    match = _BYLINE.match(_without_place(text))
    if match:
        names = split_names(NEXT_DESK.sub(" ", match["names"]))
        return names if names and all(_can_sign(name) for name in names) else None
    labelled = _LABELLED.match(text)
    if labelled:
        names = split_names(labelled["names"])
        return names if names and all(looks_like_name(name) for name in names) else None
    return None


def _without_place(text: str) -> str:
    """A byline without the place from which its people reported.

    >>> _without_place("青石网记者 李一鸣 成都报道"), _without_place("青石网记者 李一鸣 王芳报道")
    ('青石网记者 李一鸣报道', '青石网记者 李一鸣 王芳报道')
    """
    place = _REPORTED_FROM.search(text)
    if place is None or (looks_like_name(place["place"]) and not _is_place(place["place"])):
        return text
    return text[: place.start()] + text[place.end() :]


def _is_place(word: str) -> bool:
    return is_common_word(word) or word in gazetteer().short


def _can_sign(name: str) -> bool:
    return looks_like_name(name) or len(name) <= 4 or "·" in name


def paper_of_desk(raw: str) -> str | None:
    """The paper whose reporter signs, where the byline names it.

    >>> paper_of_desk("青石晚报记者 李一鸣"), paper_of_desk("本报记者 李一鸣")
    ('青石晚报', None)
    """
    match = _PAPER_OF_DESK.match(raw)
    return match["paper"] if match is not None and not match["paper"].startswith(("本", "该")) else None


def is_picture_credit(raw: str) -> bool:
    """Whether a byline says who took a picture and not who wrote.

    >>> is_picture_credit("本报记者 李一鸣 摄"), is_picture_credit("本报记者 李一鸣 文并摄")
    (True, False)
    """
    return _ONLY_PICTURED.search(raw.rstrip()) is not None


def read_pictures(raw: str) -> tuple[list[str], list[str]] | None:
    """Who wrote and who pictured an article, of a byline that says both; None for any other line.

    >>> read_pictures("□ 本报记者 李一鸣 文/图"), read_pictures("李一鸣 文 王芳 图")
    ((['李一鸣'], ['李一鸣']), (['李一鸣'], ['王芳']))
    >>> read_pictures("本报记者 李一鸣") is None
    True
    """
    text = raw.strip().lstrip(_LEADERS)
    if len(text) > 60 or ("图" not in text and "摄" not in text):
        return None
    each = _OF_EACH.match(text)
    if each is not None:
        wrote, pictured = (split_names(NEXT_DESK.sub(" ", each[part])) for part in ("text", "picture"))
        return (
            (wrote, pictured)
            if wrote and pictured and all(looks_like_name(name) for name in (*wrote, *pictured))
            else None
        )
    if _OF_BOTH.search(text) is None and _OF_BOTH_AHEAD.match(text) is None:
        return None
    rest = _OF_BOTH_AHEAD.sub("", _OF_BOTH.sub("", text))
    names = read_byline(rest) or read_bare_names(rest)
    return (names, names) if names else None


def read_dateline(raw: str) -> tuple[str, list[str], str | None] | None:
    """The dateline with which a paragraph begins (本报讯, 新华社某地5月3日电（记者 …）): its text, names, agency.

    >>> read_dateline("青石日报5月3日讯（记者 李一鸣）会议召开。")
    ('青石日报5月3日讯（记者 李一鸣）', ['李一鸣'], '青石日报')
    """
    head = raw[:90]
    filed = _FILED_REPORT.match(head)
    if filed:
        people = _leading_names(filed["names"])
        if people:
            return filed.group().strip(), people, filed["agency"] or None
    match = _DATELINE.match(head)
    if not match or len(match.group().strip()) < 3:
        named = _REPORTERS_FIRST.match(head)
        if named:
            reporters = split_names(NEXT_DESK.sub(" ", named["names"]))
            is_people = bool(reporters) and all(looks_like_name(name) for name in reporters)
            return (named.group(), reporters, None) if is_people else None
        return None
    agency_text = (match["agency"] or "").strip("【[（(") or ""
    if not agency_text and not match["day"]:
        return None
    if not match["day"] and not _is_agency(agency_text, match, head):
        return None
    if match["mark"] in ("消息", "快讯") and not match["day"] and not agency_text:
        return None
    end = match.end()
    names: list[str] = []
    bracketed = _BRACKETED_NAMES.match(head[end:])
    people = _bracketed_people(bracketed) if bracketed is not None else []
    if bracketed is not None and people:
        names, end = people, end + bracketed.end()
    named = None if names else _DATELINE_NAMES.match(head[end:]) or _BARE_DATELINE_NAMES.match(head[end:])
    if named:
        people = split_names(NEXT_DESK.sub(" ", named["names"]))
        if people and all(looks_like_name(name) for name in people):
            names = people
            end += named.end()
    agency = _agency_of(agency_text)
    return raw[:end].strip(), names, agency


def _is_agency(text: str, match: re.Match[str], head: str) -> bool:
    """Whether what stands before 讯 printed the text; where reporters follow in brackets, whatever it is called."""
    if text.startswith("本") or _AGENCY.search(text):
        return True
    bracketed = _BRACKETED_NAMES.match(head[match.end() :]) if match["mark"] in ("讯", "訊") else None
    return bracketed is not None and bool(_bracketed_people(bracketed))


def _bracketed_people(match: re.Match[str]) -> list[str]:
    """The people in the brackets of a dateline, empty where these say something else (（记者当时在场）).

    A name without a surname (苏和, 阿依古丽·买买提) is told by the space or the dot with which it is set."""
    people = split_names(NEXT_DESK.sub(" ", match["names"]))
    is_spaced = bool(match["gap"])
    return (
        people if all(looks_like_name(name) or "·" in name or (is_spaced and len(name) <= 4) for name in people) else []
    )


def _leading_names(text: str) -> list[str]:
    """The names at the beginning of ``text``; the place where they reported from may be glued to the last.

    >>> _leading_names("王小明台北"), _leading_names("李芳、王小明")
    (['王小明'], ['李芳', '王小明'])
    """
    names = []
    for piece in re.split(r"[、，,\s]+", text.strip()):
        name = next(
            (piece[:length] for length in (3, 2) if looks_like_name(piece[:length]) and len(piece) >= length), None
        )
        if name is None:
            break
        names.append(name)
    return names


def _agency_of(text: str) -> str | None:
    match = _AGENCY.search(text)
    if not match or match.group().startswith("本"):
        return None
    return match.group().removeprefix("据")


def read_note_on_author(raw: str) -> list[str]:
    """The author whom a journal's note describes: 作者简介：李一鸣，青石县委党校讲师.

    >>> read_note_on_author("[作者简介]李一鸣（1977—），男，讲师"), read_note_on_author("作者简介：某校讲师")
    (['李一鸣'], [])
    """
    match = _NOTE_ON_AUTHOR.match(raw)
    return [match["name"]] if match is not None and looks_like_name(match["name"]) else []


def photo_credit(raw: str) -> tuple[str, list[str]] | None:
    """The credit at the end of a caption (本报记者 李一鸣 摄) as the text before it and the photographers.

    >>> photo_credit("居民在新建的凉亭里聊天。 本报记者李一鸣摄")
    ('居民在新建的凉亭里聊天。', ['李一鸣'])
    """
    if "摄" not in raw and "图" not in raw:
        return None
    text = raw.strip()
    for pattern in (_DESK_PHOTO_CREDIT, _PHOTO_CREDIT):
        match = pattern.search(text)
        if match:
            names = split_names(NEXT_DESK.sub(" ", match["names"]))
            is_given = "供图" in match.group()  # by offices too: 社区供图
            if is_given:
                names = [name for name in names if looks_like_name(name) or "·" in name]
            if names or is_given:
                start = match.start("all") if "all" in pattern.groupindex else match.start()
                if start < len(text) and text[start : start + 1] in "。！？”）)，":
                    start += 1
                return text[:start].strip(" \t　（("), names
    return None
