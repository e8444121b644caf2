"""Personal names in bylines: their form, and where glued names come apart."""

from __future__ import annotations

import re
from functools import cache

from tasks.lexicon.characters import pattern_of
from tasks.lexicon.names import surnames_of_lists
from tasks.pages.lines.common_words import is_common_word

REPORTER = (
    r"(?:《[[:han:]]{2,12}》|本报|本网|本刊|本台|本社|特约|见习|实习|全媒体|融媒体|首席|资深|驻[[:han:]]{2,4}|[[:han:]]{1,8}(?:报|网|社|台|刊|客户端|中心|新闻"
    r"|传媒|融媒|财经|观察)·?)*"
    r"(?:全媒体|融媒体|首席|见习|实习|特约)*(?:记者|通讯员|特派记者|评论员|撰稿人|观察员|实习生)"
)

NEXT_DESK = pattern_of(REPORTER)

# 佚名 and its like say that the author is not known; a site's robot or desk is no person either.
NOBODY = frozenset(
    [
        "佚名",
        "未知",
        "不详",
        "无名",
        "匿名",
        "无",
        "网络",
        "互联网",
        "本站",
        "本网",
        "本报",
        "admin",
        "管理员",
        "系统管理员",
        "编辑",
        "小编",
        "记者",
        "转载",
        "原创",
        "本站原创",
        "网友",
        "综合",
        "综合整理",
        "通讯员",
        "特约记者",
        "整理",
        "实习生",
        "新闻中心",
        "编辑部",
        "供图",
        "摄影",
        "摄影报道",
        "图文",
        "资料图",
        "资料图片",
        "网络图片",
        "受访者",
        "受访者供图",
        "采访对象",
        "主办方",
        "本刊",
        "本刊记者",
        "本刊编辑部",
    ]
)

_NOT_NAMES = re.compile(r"[的了是在也亦被把]|对此")  # words of a sentence, in no row of names
_REPORTING = re.compile(r"(?:报道|报导|专电|外电|编译|连线|整理|摄影)$")  # where and how they reported: 台北报导
_BARE = pattern_of(r"[[:han:]\s、，·]+")
# The sign behind an author that tells where he works or that he answers letters: 李一鸣1,2，王芳[2]*.
_NOTE_SIGN = pattern_of(
    r"(?<=[[:han:]])\s?(?:[\[（(〔]?(?:\d{1,2}|[*＊①-⑨¹²³])[\]）)〕]?)(?:\s?[，,]\s?(?:\d{1,2}|\*))*(?=[\s，,、]|$)"
)
# Where an author works, behind a colon of its own: 作者：李一鸣：青石大学法学院，青石.
_NAME_AND_PLACE = pattern_of(r"^([[:han:]]{2,4}(?:\s*[，,、]\s*[[:han:]]{2,4}){0,5})\s*[：:]\s*[[:han:]]{2,}.*$")
_HAN_ONLY = pattern_of(r"[[:han:]]+")
_NAME_MARK = re.compile(r"[、，,/／;；]+")
_NAME_GAP = pattern_of(r"[\s、，,/／;；&]+|(?<=[[:han:]]{2})[和及与](?=[[:han:]]{2})")  # 和 may be part of a name: 苏和


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    words = surnames_of_lists()
    return frozenset(w for w in words if len(w) == 1), frozenset(w for w in words if len(w) == 2)


def looks_like_name(text: str) -> bool:
    """Whether ``text`` has the form of a Chinese personal name: a known surname and one or two characters more.

    >>> looks_like_name("欧阳明"), looks_like_name("的时候")
    (True, False)
    """
    single, double = _surnames()
    if text in NOBODY:
        return False
    if len(text) in (3, 4) and text[:2] in double:
        return True
    return len(text) in (2, 3) and text[0] in single


def split_names(text: str) -> list[str]:
    """The personal names in ``text``, which holds nothing else; glued names are cut where a surname begins.

    >>> split_names("李一鸣 王芳、赵东")
    ['李一鸣', '王芳', '赵东']
    >>> split_names("李一鸣王小芳"), split_names("李 一，王 小 芳")
    (['李一鸣', '王小芳'], ['李一', '王小芳'])
    """
    parts = [part for part in _NAME_MARK.split(text.strip()) if part.strip()]
    if len(parts) > 1 and any(" " in part.strip() for part in parts):  # set wide: 李 一,王 小 芳
        return [name for part in parts for name in split_names(part)]
    pieces = [piece for piece in _NAME_GAP.split(text.strip()) if piece]
    if pieces and all(len(piece) == 1 for piece in pieces) and 2 <= len(pieces) <= 4:
        pieces = ["".join(pieces)]
    merged: list[str] = []
    for piece in pieces:
        # A name of two characters is often set with a space between them to fill the width of three.
        if len(piece) == 1 and merged and len(merged[-1]) == 1:
            merged[-1] += piece
        else:
            merged.append(piece)
    names: list[str] = []
    for piece in merged:
        if len(piece) >= 4 and _HAN_ONLY.fullmatch(piece) and not looks_like_name(piece):
            names.extend(_cut_glued(piece) or [piece])
        else:
            names.append(piece)
    return [name for name in names if name not in NOBODY and len(name) >= 2 and not _REPORTING.search(name)]


def _cut_glued(text: str) -> list[str] | None:
    if not text:
        return []
    if len(text) > 16 or _NOT_NAMES.search(text):
        return None
    for length in (3, 2, 4):
        if len(text) >= length and looks_like_name(text[:length]):
            rest = _cut_glued(text[length:])
            if rest is not None:
                return [text[:length], *rest]
    return None


def read_bare_names(raw: str) -> list[str] | None:
    """The names in a line that consists of one to four personal names and nothing else, else None.

    >>> read_bare_names("李一鸣 王芳"), read_bare_names("思考")
    (['李一鸣', '王芳'], None)
    >>> read_bare_names("李一鸣1，王芳2")
    ['李一鸣', '王芳']
    >>> read_bare_names("李一鸣, 王芳"), read_bare_names("王者, 归来")
    (['李一鸣', '王芳'], None)
    >>> read_bare_names("李一鸣 1 ，王芳 1,2")
    ['李一鸣', '王芳']
    """
    if "。" in raw:
        return None  # a paragraph: to look it through for the signs of notes takes longer
    text = raw.strip(" \t　·●◎○■□▲△◆/／()（）")
    notes = len(_NOTE_SIGN.findall(text))
    if notes:  # journals number their authors by where they work: 李一鸣1，王芳2
        text = _NOTE_SIGN.sub(" ", text)
    text = text.replace(",", "，").replace(";", "，").replace("；", "，").strip()
    if not 2 <= len(text) <= 24 or not _BARE.fullmatch(text):
        return None
    names = split_names(text)
    if not names or len(names) > 4 or not all(looks_like_name(name) for name in names):
        return None
    if notes < len(names) and any(is_common_word(name) for name in names):
        return None
    return names


def without_place(value: str) -> str:
    """The names without where they work, behind a colon of its own.

    >>> without_place("李一鸣：青石大学法学院，青石"), without_place("发布：今天上午")
    ('李一鸣', '发布：今天上午')
    """
    placed = _NAME_AND_PLACE.match(value)
    are_names = placed is not None and all(map(looks_like_name, re.split(r"\s*[，,、]\s*", placed[1])))
    return placed[1] if placed is not None and are_names else value
