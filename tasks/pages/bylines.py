"""What the lines around an article say about it: when, who first printed it, who wrote, edited and photographed it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tasks.pages.common_words import is_common_word
from tasks.pages.publication_dates import PublicationDate, find_date

_DATA = Path(__file__).parent / "data"

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
    ]
)
_NO_OUTLET = frozenset(
    [
        "网络",
        "互联网",
        "本站",
        "本网",
        "未知",
        "不详",
        "原创",
        "本站原创",
        "转载",
        "网络转载",
        "网络整理",
        "佚名",
        "综合",
        "整理",
    ]
)

_LABELS = {
    "outlet": r"(?:稿件|文章|信息|新闻|本文|资料|原文)?\s*(?:来源于|来源|出处|来自|稿源|转自|摘自|供稿单位|发布机构|信息来源)",
    "author": r"(?:文章|本文)?(?:(?:[㐀-鿿]{2,8}(?:报|网|社|台))?(?:特约|实习|见习|全媒体|首席)?记者|作者|撰文|撰稿|文字|供稿|通讯员|采写|文)",
    "editor": r"(?:责任编辑|责编|编辑|编审|值班编辑|网络编辑|实习编辑|执行编辑|主编|审核|校对|责任校对|编校|责任编校|初审|复审|终审|监制|值班主任|版面编辑|美编|新媒体编辑)",
    "photographer": r"(?:摄影|摄影记者|图片|图|摄|供图|图片来源|制图|视频)",
    "date": r"(?:发布|发表|更新|刊发|出版|上传|录入|公布|创建|成文|刊登)?(?:时间|日期|于)",
    "rubric": r"(?:所属)?(?:栏目|专栏|版面|版名|频道)",
    "other": r"(?:点击|浏览|阅读|人气|访问|评论|字号|字体|查看|分类|关键词|关键字|标签|分享|打印|大小|版次|热度|次数|责任单位|索引号|文号|主题分类)(?:数|量|次数|人次)?",
}
# A label is followed by a colon or a slash; only those that name a person's work may be followed by a mere space.
_SPACED = {"author", "editor"}
_LABEL = re.compile(
    "|".join(
        rf"(?P<{name}>(?<![㐀-鿿]){pattern})(?:\s*[：:/／]\s*" + (r"|(?=\s))" if name in _SPACED else ")")
        for name, pattern in _LABELS.items()
    )
)
_FIELD_END = re.compile(
    r"\s{2,}|[|｜丨\[\]【】()（）;；]|\s(?=(?:作者|编辑|责任编辑|责编|来源|时间|发布|浏览|点击|阅读))"
)
_NAME = re.compile(r"[㐀-鿿·]{2,4}|[㐀-鿿]{2,6}·[㐀-鿿]{2,8}|[A-Za-z][\w .\-]{1,28}")
_BODY_NAME = re.compile(
    r"(?:报|网|社|台|局|委|办|部|院|中心|公司|政府|学校|大学|整理|综合|转载|来源|资料|图片|客户端)$"
)
_NAME_GAP = re.compile(r"[\s、，,/／和及与;；&]+")
_REPORTER = (
    r"(?:本报|本网|本刊|本台|本社|特约|见习|实习|全媒体|融媒体|首席|资深|驻[㐀-鿿]{2,4}|[㐀-鿿]{2,8}(?:报|网|社|台|刊|客户端|中心))*"
    r"(?:全媒体|融媒体|首席|见习|实习|特约)*(?:记者|通讯员|特派记者|评论员|撰稿人|观察员|实习生)"
)
_BYLINE = re.compile(
    rf"^[\[（(【〔]?\s*(?:文字?|撰文|作者)?[/／：:\s]*(?P<desk>{_REPORTER})\s*[：:/／]?\s*(?P<names>[㐀-鿿·\s、，,/／A-Za-z]{{2,60}}?)\s*(?:文/图|图/文|文并摄|摄影报道|报道|综合报道|采写|摄|文)?[\]）)】〕]?$"
)
_NEXT_DESK = re.compile(_REPORTER)
_DATELINE = re.compile(
    r"^[【\[（(〔]?\s*(?P<agency>[㐀-鿿A-Za-z\d·\-—\s]{0,32}?)\s*(?P<day>(?:\d{1,2}月)?\d{1,2}日)?\s*(?P<mark>[电讯訊電]|消息|快讯)"
    r"(?=[\s（(：:，】\]）)]|记者|通讯员|\Z)"
)
_DATELINE_NAMES = re.compile(
    rf"^[\s】\]）)：:，]*[（(\[]?\s*(?P<desk>{_REPORTER})\s*[：:/／]?\s*(?P<names>[㐀-鿿·\s、，,A-Za-z]{{2,50}}?)(?P<end>[)）\]]|\s*(?:报道|摄影报道|文/图)|\s{{1,}}(?=[㐀-鿿\d“]))"
)
_AGENCY = re.compile(
    r"^[㐀-鿿]{2,12}?(?:日报|晚报|早报|晨报|时报|都市报|报|新闻网|网|新华社|新闻社|通讯社|社|电视台|电台|台|客户端)"
)
_PHOTO_CREDIT = re.compile(
    rf"(?:^|[\s。，！？）)”])[（(\[]?\s*(?:{_REPORTER})?\s*(?P<names>[㐀-鿿·]{{2,4}}(?:[\s、]+[㐀-鿿·]{{2,4}}){{0,3}})\s*[/／]?\s*(?:摄影报道|摄影|供图|摄|/图)[)）\]]?\s*[。]?$"
)
_DESK_PHOTO_CREDIT = re.compile(
    rf"(?P<all>[（(]?{_REPORTER}\s*(?P<names>[㐀-鿿·\s、]{{2,20}}?)\s*(?:摄影|摄|供图)[)）]?)\s*[。]?$"
)


@dataclass(slots=True)
class Credits:
    """What one or more lines say about an article; fields that nothing was said about stay empty."""

    date: PublicationDate | None = None
    outlet: str | None = None
    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    photographers: list[str] = field(default_factory=list)
    rubric: str | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.date or self.outlet or self.authors or self.editors or self.photographers)

    def fill(self, other: Credits) -> None:
        """Take from ``other`` what is not known yet; names are added."""
        if other.date and (self.date is None or (self.date.on is None and other.date.on is not None)):
            self.date = other.date
        self.outlet = self.outlet or other.outlet
        self.rubric = self.rubric or other.rubric
        for mine, theirs in (
            (self.authors, other.authors),
            (self.editors, other.editors),
            (self.photographers, other.photographers),
        ):
            mine.extend(name for name in theirs if name not in mine)


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    words = (_DATA / "surnames.txt").read_text("utf-8").split()
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
    >>> split_names("李一鸣王小芳")
    ['李一鸣', '王小芳']
    """
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
        if len(piece) >= 4 and re.fullmatch(r"[㐀-鿿]+", piece) and not looks_like_name(piece):
            names.extend(_cut_glued(piece) or [piece])
        else:
            names.append(piece)
    return [name for name in names if name not in NOBODY and len(name) >= 2]


def _cut_glued(text: str) -> list[str] | None:
    if not text:
        return []
    if len(text) > 16:
        return None
    for length in (3, 2, 4):
        if len(text) >= length and looks_like_name(text[:length]):
            rest = _cut_glued(text[length:])
            if rest is not None:
                return [text[:length], *rest]
    return None


def read_credits(raw: str) -> Credits:
    """What one line with labelled fields (来源：… 作者：… 2019-…) says; empty where it says nothing.

    >>> found = read_credits("2019-03-04 08:00 来源：青石日报 作者：李一鸣 责任编辑：王芳")
    >>> found.outlet, found.authors, found.editors, found.date.on.isoformat()
    ('青石日报', ['李一鸣'], ['王芳'], '2019-03-04')
    """
    found = Credits(date=find_date(raw))
    marks = list(_LABEL.finditer(raw))
    for number, mark in enumerate(marks):
        end = marks[number + 1].start() if number + 1 < len(marks) else len(raw)
        name = mark.lastgroup or ""
        value = raw[mark.end() : end]
        if name == "outlet":
            outlet = clean_outlet(value)
            found.outlet = found.outlet or outlet
        elif name == "rubric":
            column = _FIELD_END.split(value.strip())[0].split(" ")[0]
            found.rubric = column if re.fullmatch(r"[㐀-鿿·]{2,10}", column) else None
        elif name in ("author", "editor", "photographer"):
            target = {"author": found.authors, "editor": found.editors, "photographer": found.photographers}[name]
            for person in _persons_of(value):
                if person not in target:
                    target.append(person)
    return found


_MEDIA = re.compile(r"(?:报|网|社|台|刊|周刊|杂志|在线|新闻|客户端|观察|融媒|传媒|频道|发布|月刊|党员|支部)$")


def read_unlabelled(raw: str, credits: Credits, site: str | None = None) -> Credits:
    """``credits`` of a dated line, with what stands beside the date without a label: outlet and names.

    >>> found = read_unlabelled("青石日报 2021年1月20日 李一鸣 王芳", read_credits("青石日报 2021年1月20日 李一鸣 王芳"))
    >>> found.outlet, found.authors
    ('青石日报', ['李一鸣', '王芳'])
    """
    date = credits.date
    if date is None or len(raw) > 80:
        return credits
    before, after = raw[: date.start].strip(), raw[date.end :].strip()
    second = find_date(after)
    if second is not None and second.start == 0:
        after = after[second.end :].strip()
    if not credits.outlet and (date.on is None or _MEDIA.search(before)) and re.fullmatch(r"[㐀-鿿·]{2,12}", before):
        credits.outlet = before
    if _LABEL.search(after) or "：" in after:
        return credits
    parts = [part for part in re.split(r"[\s|｜/·]+", after) if part]
    if (
        not credits.outlet
        and parts
        and (parts[0] == site or _MEDIA.search(parts[0]))
        and re.fullmatch(r"[㐀-鿿\w\-]{2,16}", parts[0])
    ):
        credits.outlet = parts.pop(0)
    if not credits.authors and 1 <= len(parts) <= 4:
        names = read_bare_names(" ".join(parts))
        # One short word alone beside a date is as often the name of a column as that of a person.
        if names and (len(names) > 1 or len(names[0]) > 2):
            credits.authors = names
    return credits


def clean_outlet(value: str) -> str | None:
    """The name of the outlet in the text after 来源：, None where it names none."""
    value = value.strip(" \t　:：")
    date = find_date(value)
    if date and date.start > 0:
        value = value[: date.start]
    elif date and date.end < len(value) and date.start == 0:
        value = value[date.end :]
    value = _FIELD_END.split(value.strip())[0].strip(" \t　:：,，。·|-—《》<>")
    if not value or value in _NO_OUTLET or len(value) > 30 or re.fullmatch(r"[\d\W_]+", value):
        return None
    return value


def _persons_of(value: str) -> list[str]:
    value = re.split(
        r"\s{2,}(?![㐀-鿿]{2,4}(?:\s|$))|[|｜\[\]【】()（）;；,，]\s*(?=\D*\d)|[|｜\[\]【】()（）;；]", value.strip()
    )[0]
    value = re.sub(r"[_\-]+[A-Za-z]{0,4}\d*$", "", value).strip()
    value = _NEXT_DESK.sub(" ", value)
    found = split_names(value)
    if len(found) == 1:  # it may be a pen name
        return [
            name for name in found if len(name) <= 12 and not _BODY_NAME.search(name) and not re.search(r"\d", name)
        ]
    names = []
    for name in found:
        if not (looks_like_name(name) or re.fullmatch(r"[㐀-鿿]{2,4}|[㐀-鿿]+·[㐀-鿿·]+", name)) or _BODY_NAME.search(
            name
        ):
            break
        names.append(name)
    return names[:8]


def read_byline(raw: str) -> list[str] | None:
    """The names in a line that is only a byline (本报记者 李一鸣 王芳, 文/李一鸣); None for any other line.

    >>> read_byline("本报记者 李一鸣 王芳")
    ['李一鸣', '王芳']
    >>> read_byline("记者走进青石社区，见到了李一鸣。") is None
    True
    """
    text = raw.strip().strip("　")
    if len(text) > 50:
        return None
    match = _BYLINE.match(text)
    if match:
        names = split_names(_NEXT_DESK.sub(" ", match["names"]))
        return names if names and all(looks_like_name(name) or len(name) <= 4 for name in names) else None
    labelled = re.match(
        r"^[\[（(【]?\s*(?:文|作者|撰文|文字|口述|整理|采写)\s*[|｜：:/／]\s*(?P<names>[㐀-鿿·\s、，,]{2,40})[\]）)】]?$",
        text,
    )
    if labelled:
        names = split_names(labelled["names"])
        return names if names and all(looks_like_name(name) for name in names) else None
    return None


def read_bare_names(raw: str) -> list[str] | None:
    """The names in a line that consists of one to four personal names and nothing else, else None.

    >>> read_bare_names("李一鸣 王芳"), read_bare_names("思考")
    (['李一鸣', '王芳'], None)
    """
    text = raw.strip(" \t　·●◎○■□▲△◆/／()（）")
    if not 2 <= len(text) <= 24 or not re.fullmatch(r"[㐀-鿿\s、·]+", text):
        return None
    names = split_names(text)
    if not names or len(names) > 4 or not all(looks_like_name(name) and not is_common_word(name) for name in names):
        return None
    return names


def read_dateline(raw: str) -> tuple[str, list[str], str | None] | None:
    """The dateline with which a paragraph begins (本报讯, 新华社某地5月3日电（记者 …）): its text, names, agency.

    >>> read_dateline("青石日报5月3日讯（记者 李一鸣）会议召开。")
    ('青石日报5月3日讯（记者 李一鸣）', ['李一鸣'], '青石日报')
    """
    head = raw[:90]
    match = _DATELINE.match(head)
    if not match or len(match.group().strip()) < 3:
        named = re.match(
            rf"^[（(【\[]\s*(?:{_REPORTER})\s*[：:/／]?\s*(?P<names>[㐀-鿿·\s、，,]{{2,40}}?)[)）】\]]", head
        )
        if named:
            reporters = split_names(_NEXT_DESK.sub(" ", named["names"]))
            is_people = bool(reporters) and all(looks_like_name(name) for name in reporters)
            return (named.group(), reporters, None) if is_people else None
        return None
    agency_text = (match["agency"] or "").strip("【[（(") or ""
    if not agency_text and not match["day"]:
        return None
    if not match["day"] and not _AGENCY.search(agency_text) and not agency_text.startswith("本"):
        return None
    if match["mark"] in ("消息", "快讯") and not match["day"] and not agency_text:
        return None
    end = match.end()
    names: list[str] = []
    named = _DATELINE_NAMES.match(head[end:])
    if named:
        people = split_names(_NEXT_DESK.sub(" ", named["names"]))
        if people and all(looks_like_name(name) for name in people):
            names = people
            end += named.end()
    agency = _agency_of(agency_text)
    return raw[:end].strip(), names, agency


def _agency_of(text: str) -> str | None:
    match = _AGENCY.search(text)
    if not match or match.group().startswith("本"):
        return None
    return match.group()


def photo_credit(raw: str) -> tuple[str, list[str]] | None:
    """The credit at the end of a caption (本报记者 李一鸣 摄) as the text before it and the photographers.

    >>> photo_credit("居民在新建的凉亭里聊天。 本报记者李一鸣摄")
    ('居民在新建的凉亭里聊天。', ['李一鸣'])
    """
    text = raw.strip()
    for pattern in (_DESK_PHOTO_CREDIT, _PHOTO_CREDIT):
        match = pattern.search(text)
        if match:
            names = split_names(match["names"])
            if names:
                start = match.start("all") if "all" in pattern.groupindex else match.start()
                if start < len(text) and text[start : start + 1] in "。！？”）)，":
                    start += 1
                return text[:start].strip(" \t　（("), names
    return None
