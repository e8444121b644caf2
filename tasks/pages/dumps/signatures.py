"""Who signs a letter, a notice or a speech of a text dump, and the day below the signature."""

from __future__ import annotations

import re

from tasks.lexicon.characters import pattern_of
from tasks.pages.drafts import BodyPart, Draft
from tasks.pages.dumps.line_marks import Mark
from tasks.pages.lines.credits import BODY_NAME
from tasks.pages.lines.lines import ends_sentence
from tasks.pages.lines.personal_names import looks_like_name, read_bare_names
from tasks.pages.lines.stated_days import PLAIN

LONGEST_SIGNATURE = 30  # characters: the full name of a body with its county; a longer line is a sentence
_BODY = pattern_of(
    r"^[[:han:]（）]{2,26}(?:政府|委员会|办公室|指挥部|领导小组|党组|[局厅委]|[村居管]委会|支部|总支|工会|法院|检察院"
    r"|[课专]题组|调研组|编写组|写作组|研究组)$"
)
# Whom a letter or a speech speaks to: 编辑同志：, 尊敬的各位代表：.
_SALUTATION = pattern_of(
    r"^(?:(?:尊敬|敬爱|亲爱)的)?[[:han:]、，（） ]{0,24}"
    r"(?:编辑|单位|部门|政府|办事处|企业|同志们?|朋友们?|先生们?|女士们?|乡亲们?|代表们?|委员们?|居民|村民|老师|大家|你们?好|您好|[书记长任])\s*[：:！!]$"
)
_CLOSING = re.compile(r"^(?:此致|敬礼|此呈|顺颂|祝)")
# The writer by what he or she is, and the name: 读者 李一鸣, 翠湖小区居民 王芳.
_WRITER = pattern_of(
    r"^(?P<whose>[[:han:]0-9]{0,16})(?P<what>读者|居民|村民|业主|市民|网友|职工|教师|学生|家长|党员|群众|听众|观众)\s*[：:]?\s+"
    r"(?P<name>[[:han:]·]{2,4}|[[:han:]]\s[[:han:]])$"
)
# The writer of a letter by where he or she lives: 青石县 李一鸣.
_WRITER_FROM = pattern_of(
    r"^[[:han:]0-9]{1,20}(?:[省市县区旗镇乡村]|街道|社区|小区|家属院)\s+(?P<name>[[:han:]·]{2,4}|[[:han:]]\s[[:han:]])$"
)
_BEHIND = pattern_of(r"[（(](?P<names>[[:han:]\s、]{2,16})[）)]\s*$")
# Name and post on one line: 李一鸣 青石县社会治理研究院院长.
_NAME_AND_POST = pattern_of(
    r"^(?P<name>[[:han:]]{2,3}|[[:han:]]\s[[:han:]])\s+[[:han:]、]{4,30}(?:院长|主任|书记|教授|研究员|会长|所长|局长|县长|市长|镇长|校长|博士|讲师)$"
)
_SENDER = re.compile(r"[^、]{2,}(?:[局委办部会镇乡村社报台院所站队]|街道|社区|中心|政府|支部|学校)$")
_PEN_NAME = pattern_of(r"^[□◎○]\s*(?P<name>[[:han:]·]{2,5})$")
_SPEECH = re.compile(r"(?:讲话|致辞|发言|报告|演讲|述职|贺词|献词|党课|讲稿)(?:提纲|稿|摘要|要点|节选)?(?:[（(].*)?$")
# Who speaks by post and name: 青石县委书记 李一鸣.
_SPEAKER = pattern_of(
    r"^[（(]?[[:han:]、（）]{2,30}?(?:书记|长|主任|主席|专员|代表|委员|政委|校长|经理|会长)\s*[：:]?\s+"
    r"(?P<name>[[:han:]·]{2,4}|[[:han:]]\s[[:han:]])[）)]?$"
)


def is_salutation(text: str) -> bool:
    """Whether a line is whom a letter or a speech speaks to.

    >>> is_salutation("尊敬的钟书记："), is_salutation("同志们："), is_salutation("主要做法：")
    (True, True, False)
    """
    return _SALUTATION.match(text) is not None


def is_signature(text: str) -> bool:
    """Whether a line is the name of a body that signs."""
    return _BODY.match(text) is not None


def read_writer(raw: str, parts: list[BodyPart]) -> str | None:
    """Who signs the letter of ``parts`` on the line ``raw``; in a text that is no letter only readers sign.

    >>> read_writer("读者 李一鸣", []), read_writer("石桥村村民 李一鸣", [])
    ('李一鸣', None)
    >>> read_writer("青石县 李一鸣", [BodyPart("paragraph", "编辑同志：")])
    '李一鸣'
    """
    is_read = _WRITER.match(raw.strip())
    match = is_read or _WRITER_FROM.match(raw.strip())
    if match is None:
        return None
    is_letter = bool(parts) and (is_salutation(parts[0].text) or any(_CLOSING.match(part.text) for part in parts[-3:]))
    name = "".join(match["name"].split())
    return (
        name
        if (is_letter or (is_read and match["what"] == "读者")) and (looks_like_name(name) or "·" in name)
        else None
    )


def read_pen_name(raw: str) -> list[str] | None:
    """The pen name behind the sign with which papers set off who wrote.

    >>> read_pen_name("□ 老土"), read_pen_name("■ 背景")
    (['老土'], None)
    """
    match = _PEN_NAME.match(raw)
    return [match["name"]] if match is not None else None


def read_name_and_post(raw: str) -> str | None:
    """Who wrote, of a line below the title that gives the name first and the post or the body behind it.

    >>> read_name_and_post("李 一 青石县社会治理研究院院长"), read_name_and_post("李一鸣 王芳")
    ('李一', None)
    """
    match = _NAME_AND_POST.match(raw.strip())
    name = "".join(match["name"].split()) if match is not None else ""
    return name if looks_like_name(name) else None


def read_speaker(raw: str, title: str | None) -> str | None:
    """Who holds the speech called ``title``, of a line of a post and a name.

    >>> read_speaker("青石县委书记 李一鸣", "在全县大会上的讲话"), read_speaker("青石县委书记 李一鸣", "李一鸣调研")
    ('李一鸣', None)
    """
    if title is None or _SPEECH.search(title) is None:
        return None
    match = _SPEAKER.match(raw.strip())
    name = "".join(match["name"].split()) if match is not None else ""
    return name if looks_like_name(name) else None


def read_names_behind(raw: str, *, is_alone: bool) -> list[str] | None:
    """The names in brackets with which a text ends, on a line of their own or behind its last sentence.

    >>> read_names_behind("账目每月贴出来。（李一鸣 王芳）", is_alone=False), read_names_behind("（完）", is_alone=True)
    (['李一鸣', '王芳'], None)
    >>> read_names_behind("账目贴出来。（青石县委文明办 石桥街道 李一鸣）", is_alone=False)
    ['李一鸣']
    """
    match = _BEHIND.search(raw[-30:])
    if match is None or (not ends_sentence(raw[-30:][: match.start()]) and not (is_alone and match.start() == 0)):
        return None
    words = match["names"].split()
    while len(words) > 1 and _SENDER.search(words[0]):
        del words[0]  # the office or the paper that sent it in: （青石县委文明办 李一鸣）
    return read_bare_names(" ".join(words))


def names_behind_all(parts: list[BodyPart]) -> list[str]:
    """Who signs behind the last sentence of a text; where each of several briefs is signed so, all of them."""
    if read_names_behind(parts[-1].lines[-1].raw, is_alone=False) is None:
        return []
    found = (read_names_behind(part.lines[-1].raw, is_alone=False) for part in parts)
    return list(dict.fromkeys(name for names in found for name in names or ()))


def take_day_of_signature(mark: Mark, text: str, draft: Draft) -> bool:
    """Whether a line is nothing but the day below a signature, or a signature and its day: then it is the day on which
    the article was published, where the page states no other."""
    date = mark.credits.date if mark.credits is not None else None
    if date is None or date.on is None or date.rank != PLAIN or not draft.parts or date.end < len(text) - 2:
        return False
    before = text[: date.start].strip()
    above = draft.parts[-1]
    is_below = not before and len(above.text) <= LONGEST_SIGNATURE and not ends_sentence(above.text)
    is_beside = len(before) <= LONGEST_SIGNATURE and BODY_NAME.search(before) is not None and is_signature(before)
    if not is_below and not is_beside:
        return False
    draft.signed = draft.signed or draft.possible(date, text)
    return True
