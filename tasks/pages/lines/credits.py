"""What the dated line of an article and its labelled fields say: when, who first printed it, who made it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from tasks.lexicon.characters import pattern_of
from tasks.pages.lines.common_words import is_common_word
from tasks.pages.lines.mixed_lines import with_mixed
from tasks.pages.lines.personal_names import NEXT_DESK, looks_like_name, read_bare_names, split_names, without_place
from tasks.pages.lines.publication_dates import PublicationDate, find_date
from tasks.pages.lines.stated_days import publication_date

# From where a post was sent (来自 微博网页版): no one who printed it.
_DEVICE = re.compile(
    r"(?:微博)?(?:网页版|手机版|视频号|超话)$|(?:iPhone|iPad|Android|HUAWEI|华为|小米|荣耀|vivo|OPPO)\b", re.IGNORECASE
)
_NO_OUTLET = re.compile(r"(?:网络|互联网|本站|本网)?(?:转载|整理|原创)|网络|互联网|本站|本网|未知|不详|佚名|综合")


_LABELS = {
    "outlet": r"(?:稿件|文章|信息|新闻|本文|资料|原文|素材)?\s*(?:来源于|来源|出处|来自|稿源|转自|摘自|供稿单位|发布机构|信息来源)",
    "author": r"(?:文章|本文)?(?:(?:[[:han:]]{2,8}(?:报|网|社|台))?(?:特约|实习|见习|全媒体|首席)?记者|作者|撰文|[撰供投]稿人?|文字|通讯员"
    r"|采写|文(?=\s*[：:/／|｜丨])"
    r"|(?:口述|讲述|整理|执笔|主笔|采访|楼主|发帖人)(?=\s*[：:|｜丨]))",
    "both": r"(?:图[/／]?文|文[/／]?图)(?=\s*[：:|｜丨])",
    "editor": r"(?:(?:本版)?(?:责任编辑|责编|编辑)|责任编辑|责编|编辑|编审|值班编辑|网络编辑|实习编辑|执行编辑|主编|审核|校对|责任校对|编校|责任编校|初审|复审|终审"
    r"|[一二三]审(?=\s*[：:/／|｜丨])|监制|值班主任|值班编委|值班总编|编发|签审|版面编辑|美编|新媒体编辑)",
    "photographer": r"(?:摄影|摄像|摄影记者|图片|图|摄|供图|图片来源|制图|视频)",
    "date": r"(?:发布|发表|更新|刊发|出版|上传|录入|公布|创建|成文|刊登)?(?:时间|日期|于)",
    "rubric": r"(?:所属)?(?:栏目|专栏|版面|版名|频道)",
    "other": r"(?:点击|浏览|阅读|人气|访问|评论|字号|字体|查看|分类|关键词|关键字|标签|分享|打印|大小|版次|版式|[组排制]版|热度|次数|责任单位|索引号|文号|主题分类)(?:数|量|次数|人次)?",
}

# What people did, by the label before their names.
_MADE = {
    "author": ["authors"],
    "both": ["authors", "photographers"],
    "editor": ["editors"],
    "photographer": ["photographers"],
}
# A label is followed by a colon or a slash; only those that name a person's work may be followed by a mere space.
_SPACED = {"author", "editor"}
_SPACED_OUTLET = r"|(?<=[|｜\d]\s(?:来源|来自|出处|稿源))\s(?=[[:han:]])"

# A label and its mark: 来源：, 责任编辑 |, 作者 with a space behind.
_LABEL = pattern_of(
    r"(?<![[:han:]])(?=[[:han:]\s])(?:"
    + "|".join(
        rf"(?P<{name}>{pattern})(?:\s*[：:/／]\s*|\s*[|｜丨]\s*(?=[[:han:]])"
        + (r"|(?=\s))" if name in _SPACED else _SPACED_OUTLET + ")" if name == "outlet" else ")")
        for name, pattern in _LABELS.items()
    )
    + ")"
)

_PICTURED_BY = pattern_of(
    r"[\s|｜](?P<name>[[:han:]]{2,4})\s*[/／]?\s*(?:摄影报道|摄影|摄)\s*$"
)  # 来源：青石网 李一鸣 摄
# Who posted an entry of a blog or of a forum: 由 李一鸣 发布于 2021年3月4日.
_POSTED_BY = pattern_of(
    r"^\s*(?:由|[Bb]y)\s*(?P<name>[[:han:]]{2,4}?)\s*(?:发布|发表|撰写|上传|投稿|分享)(?:于|[：:\s\d]|$)"
)
_INSTANCES = frozenset("一二三")  # 一审 is a reader of proofs, and a court (一审：有期徒刑三年)
_LABEL_END = re.compile(r"[：:/／|｜丨\s]")  # without one there is no label

_FIELD_END = re.compile(
    r"\s{2,}|[|｜丨\[\]【】()（）;；]|\s(?=(?:作者|编辑|责任编辑|责编|来源|时间|发布|浏览|点击|阅读))"
)

BODY_NAME = re.compile(
    r"(?:报|网|社|台|局|委|委员会|办|办公室|厅|部|院|中心|公司|政府|学校|大学|整理|综合|转载|来源|资料|图片|客户端)$"
)

_DIVISIONS = ("镇", "乡", "县", "市", "村", "街道", "社区")  # whose office sends a text in (供稿：石桥镇)
_OFFICES = ("科", "股", "处", "站", "所", "室", "队", "组")  # within a body (作者：基层政权科)
_DESK = pattern_of(r"(?:^|(?<=[\s、，]))[[:han:]]{0,6}(?:记者|通讯员|实习生|编辑)\s*")
_NO_PERSON = re.compile(
    r"查看|更多|返回|点击|分享|听新闻|朗读|电话|热线|扫码|微信|微博|评论|来源|编辑|责任|阅读|打印|收藏|举报|参与|互动|翻摄|报道|旅游|房产|教育|健康|财经"
)
_NO_NAME = re.compile(r"[\d：:]|号$|电话|邮箱|单位")  # fields of an index table, not people
MEDIA_NAME = re.compile(r"(?:报|网|社|台|刊|周刊|杂志|在线|新闻|客户端|观察|融媒|传媒|频道|发布|月刊|党员|支部)$")


_SEVERAL = pattern_of(
    r"[[:han:]]{2,4}(?:\s*[；;，,]\s*[[:han:]]{2,4}){1,5}[；;]?"
)  # 李一鸣；王芳, as databases list them
_PASSED = re.compile(r"^[（(][^）)]*\d{4}年[^）)]*(?:通过|公布|修订|修正|批准|施行)[^）)]*[）)]$")
_ADDRESS = re.compile(r"(?:https?://)?(?:[a-z0-9\-]+\.)+[a-z]{2,10}(?:/\S*)?(?=\s|$)", re.IGNORECASE)
_PRINTED_IN = pattern_of(r"^[（(]?\s*[《【]?\s*([[:han:]]{2,10}(?:报|刊|周刊|杂志|月刊))\s*[》】]\s*[（(]?$")
# The line below a text that says which paper or journal it was taken from: （摘自《青石周刊》2020年第3期）.
_TAKEN_FROM = pattern_of(
    r"^[（(【\[]?\s*(?:本文|此文|原文)?\s*(?:原载|原刊|刊[载登发]|刊|载|摘编?|转|选|转载|据)(?:于|自)?\s*[：:]?\s*《(?P<name>[[:han:]·]{2,14})》"
    r"(?:报道|消息)?[^，。；《》]{0,30}(?:[，,][^，。；《》]{0,6}[删改][^，。；《》]{0,2})?。?[）)】\]]?$"
)
_PAPER_ALONE = pattern_of(
    r"^[（(]\s*《?(?P<name>[[:han:]]{2,10}(?:报|周刊|月刊|杂志|新闻网|通讯社))》?(?:供稿)?\s*[）)]$"
)
# A paper, or who puts a text on the site of a body of several offices: 2021-03-04 青石县人民法院 阅读数：7.
_PRINTS = re.compile(
    rf"{MEDIA_NAME.pattern}|(?:政府|法院|检察院|委员会|办公室|[市县区省]委|[市县区省]\S{{0,8}}局|办事处|党校|中心)$"
)
# A paper right behind the day, before a label or the place of a report: 青石日报/记者 …/台北报导.
_PAPER_BEHIND = pattern_of(r"^《?(?P<name>[[:han:]]{2,10}(?:报|新闻网|周刊|通讯社|中央社))》?(?=\s|[/／|｜]|$)")
_OUTLET_ALONE = pattern_of(r"[[:han:]\w\-]{2,16}")
_ORIGINAL = re.compile(r"^原创\s*[：:]?\s+")
# A label set as wide as the longer ones below it: 记 者 |, 编 辑：.
_WIDE_LABEL = pattern_of(r"(?<![[:han:]])([记作编责校来供监摄一二三])\s{1,2}([者辑审编对源稿制影])(?=\s*[：:|｜丨/])")
# Of the next field, right behind who printed it: 来源：青石网编辑：李一鸣.
_GLUED_LABEL = re.compile(r"(?<=[报网社台端号部局府心理])(?:责任编辑|责编|编辑|作者|记者|发布时间|时间)[：:]")
_ASKS = re.compile(r"[？?！!]")  # the reporter asks (记者：为什么要设议事点？), which names nobody
_NEXT_FIELD = re.compile(
    r"(?:发布|更新|发表)?(?:时间|日期)|(?:责任)?编辑|作者|记者|字[体号]|分享|点击|浏览|阅读|评论|打印|收藏|关注"
)
# The number of a document (青民函〔2023〕46号) or of a case (（2023）青0101民初118号).
_DOCUMENT_NUMBER = pattern_of(
    r"^[[:han:]]{0,14}[〔﹝\[（(](?:19|20)\d{2}[〕﹞\]）)]\s*第?\s*\d{1,5}\s*号$"
    r"|^[〔﹝\[（(](?:19|20)\d{2}[〕﹞\]）)][[:han:]]{1,2}\d{0,6}[[:han:]]{1,4}\d{1,6}号"
    r"(?:之[[:one_to_ten:]\d]{1,2})?$"
)


def is_document_number(text: str) -> bool:
    """Whether a line is the number of a document or of a case, as it stands between title and text.

    >>> is_document_number("青民函〔2023〕46号"), is_document_number("附件1号")
    (True, False)
    """
    return _DOCUMENT_NUMBER.match(text) is not None


def is_note_of_passing(text: str) -> bool:
    """Whether ``text`` is the line below the title of an act that says when it was passed.

    >>> is_note_of_passing("（2015年3月1日青石县第十届人民代表大会第二次会议通过）")
    True
    """
    return bool(_PASSED.match(text))


def without_address(text: str) -> str:
    """``text`` without the address of the site, which small sites print beside the day."""
    return _ADDRESS.sub("", text) if "." in text else text


@dataclass(slots=True)
class Credits:
    """What one or more lines say about an article; fields that nothing was said about stay empty."""

    date: PublicationDate | None = None
    outlet: str | None = None
    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    photographers: list[str] = field(default_factory=list)
    rubric: str | None = None
    account: str | None = None  # that posted it as its own; first to print it where no source is named

    @property
    def is_empty(self) -> bool:
        return not (self.date or self.outlet or self.authors or self.editors or self.photographers)

    def fill(self, other: Credits) -> None:
        """Take from ``other`` what is not known yet, and a day that is more plainly that of publication; names are
        added."""
        if other.date and (self.date is None or _plainness(other.date) > _plainness(self.date)):
            self.date = other.date
        self.outlet = self.outlet or other.outlet
        self.rubric = self.rubric or other.rubric
        self.account = self.account or other.account
        for mine, theirs in (
            (self.authors, other.authors),
            (self.editors, other.editors),
            (self.photographers, other.photographers),
        ):
            mine.extend(name for name in theirs if name not in mine)


def _plainness(date: PublicationDate) -> tuple[bool, int]:
    return date.on is not None, date.rank


def read_credits(raw: str) -> Credits:
    """What one line with labelled fields (来源：… 作者：… 2019-…) says; empty where it says nothing.

    >>> found = read_credits("2019-03-04 08:00 来源：青石日报 作者：李一鸣 责任编辑：王芳")
    >>> found.outlet, found.authors, found.editors, found.date.on.isoformat()
    ('青石日报', ['李一鸣'], ['王芳'], '2019-03-04')
    >>> read_credits("由 李一鸣 发布于 2021年3月4日 · 3条评论").authors
    ['李一鸣']
    """
    said = _said_by(raw)
    return Credits(said.date, said.outlet, [*said.authors], [*said.editors], [*said.photographers], said.rubric)


_BARS = str.maketrans("│┃︱∣¦", "|||||")  # between the fields of a row, as typesetters have them


@lru_cache(maxsize=1_000)  # a line near the title is asked by several judges
def _said_by(raw: str) -> Credits:
    raw = raw.translate(_BARS)
    found = Credits(date=publication_date(raw))
    taken = _TAKEN_FROM.match(raw.strip()) if "《" in raw[:16] else None
    taken = taken or _PAPER_ALONE.match(raw.strip())
    if taken is not None:
        found.outlet = taken["name"]
    if found.date is None:
        raw = _WIDE_LABEL.sub(r"\1\2", raw)
    if "来源" in raw:
        raw = _GLUED_LABEL.sub(r"  \g<0>", raw)
    marks = list(_LABEL.finditer(raw)) if _LABEL_END.search(raw) is not None else []
    for number, mark in enumerate(marks):
        end = marks[number + 1].start() if number + 1 < len(marks) else len(raw)
        name = mark.lastgroup or ""
        value = raw[mark.end() : end]
        if name == "outlet":
            outlet = clean_outlet(value)
            found.outlet = found.outlet or outlet
            beside = read_bare_names(value.partition(outlet)[2]) if outlet else None
            if beside and all(len(name) > 2 for name in beside):
                found.authors.extend(beside)
        elif name == "rubric":
            column = _FIELD_END.split(value.strip())[0].split(" ")[0]
            found.rubric = column if pattern_of(r"[[:han:]·]{2,10}").fullmatch(column) else None
        elif name in _MADE and not _ASKS.search(value):
            in_form = name in ("both", "photographer") or mark.group()[0] in _INSTANCES
            _note_people(found, name, _persons_of(value, in_form=in_form))
    pictured = _PICTURED_BY.search(raw) if found.outlet and not found.photographers and len(raw) <= 80 else None
    if pictured is not None and looks_like_name(pictured["name"]):
        found.photographers.append(pictured["name"])
    posted = _POSTED_BY.match(raw) if not found.authors else None
    if posted is not None and looks_like_name(posted["name"]):
        found.authors.append(posted["name"])
    return found


def _note_people(found: Credits, label: str, people: list[str]) -> None:
    for made in _MADE[label]:
        target: list[str] = getattr(found, made)
        target.extend(person for person in people if person not in target)


def read_unlabelled(raw: str, credits: Credits, site: str | None = None) -> Credits:
    """``credits`` of a dated line, with what stands beside the date without a label: outlet and names.

    >>> found = read_unlabelled("青石日报 2021年1月20日 李一鸣 王芳", read_credits("青石日报 2021年1月20日 李一鸣 王芳"))
    >>> found.outlet, found.authors
    ('青石日报', ['李一鸣', '王芳'])
    """
    if credits.date is not None and without_address(raw) != raw:
        raw = without_address(raw)
        credits.date = publication_date(raw)
    date = credits.date
    if date is None or len(raw) > 80:
        return credits
    if date.on is not None:
        credits.outlet, credits.authors = with_mixed(raw, (date.start, date.end), credits.outlet, credits.authors)
    before, after = raw[: date.start].strip(), raw[date.end :].strip()
    printed = _PRINTED_IN.match(before)
    if printed is not None and not credits.outlet:
        credits.outlet = printed.group(1)
    second = find_date(after)
    if second is not None and second.start == 0:
        after = after[second.end :].strip()
    if _ORIGINAL.match(before):
        _take_original(_ORIGINAL.sub("", before).split(), credits)
        return credits
    if (
        not credits.outlet
        and (date.on is None or MEDIA_NAME.search(before))
        and pattern_of(r"[[:han:]·]{2,12}|《[[:han:]·]{2,14}》").fullmatch(before)
    ):
        credits.outlet = before.strip("《》")
    if not credits.authors and date.on is not None and before != credits.outlet:
        credits.authors = _names_ahead(before)
    after = after.lstrip("|｜/／·，, ")
    paper = _PAPER_BEHIND.match(after) if not credits.outlet else None
    if paper is not None:
        credits.outlet, after = paper["name"], after[paper.end() :]
    label = _LABEL.search(after)
    if label is None and "：" not in after:
        is_glued = not before and not raw[date.end :][:1].isspace()  # 2021-03-04李一
        _take_parts_behind(after, before, credits, site, is_glued=is_glued)
    elif label is not None and not credits.outlet:
        # Alone between the day and the next field stands the outlet.
        alone = after[: label.start()].strip(" |｜/·")
        if len(alone) > 2 and _PRINTS.search(alone) and _OUTLET_ALONE.fullmatch(alone):
            credits.outlet = clean_outlet(alone)
    return credits


def _names_ahead(before: str) -> list[str]:
    """The names before a day. One short word alone there is as often the name of a column as that of a person."""
    ahead = read_bare_names(before)
    return ahead if ahead and all(len(name) > 2 for name in ahead) else []


def _take_original(words: list[str], credits: Credits) -> None:
    """Author and account from what stands before the day of an account's own post: 原创 李一鸣 青石发布."""
    if len(words) > 1:
        names = read_bare_names(" ".join(words[:-1]))
        credits.authors.extend(name for name in names or [] if name not in credits.authors)
    credits.account = words[-1] if words else None


def _take_parts_behind(after: str, before: str, credits: Credits, site: str | None, *, is_glued: bool = False) -> None:
    """Outlet and authors from what stands behind a day, each without a label."""
    parts = [part for part in re.split(r"[\s|｜/·]+", after) if part]
    if (
        not credits.outlet
        and parts
        and (parts[0] == site or MEDIA_NAME.search(parts[0]))
        and _OUTLET_ALONE.fullmatch(parts[0])
    ):
        credits.outlet = parts.pop(0)
    if not credits.authors and 1 <= len(parts) <= 4:
        names = read_bare_names(" ".join(parts))
        # One short word alone beside a date is as often the name of a column as that of a person.
        is_third = is_glued or (bool(credits.outlet) and credits.outlet == before)  # outlet, day and then who wrote it
        if names and (len(names) > 1 or len(names[0]) > 2 or (is_third and not is_common_word(names[0]))):
            credits.authors = names


def clean_outlet(value: str) -> str | None:
    """The name of the outlet in the text after 来源：, None where it names none."""
    value = value.strip(" \t　:：")
    date = find_date(value)
    if date and date.precision == "year" and value[0:1] == "《":
        return value[: date.end].strip()  # a journal, and the issue
    if date and date.start > 0:
        value = value[: date.start]
    elif date and date.end < len(value) and date.start == 0:
        value = value[date.end :]
    value = _FIELD_END.split(value.strip())[0].strip(" \t　:：,，。·|-—《》<>")
    tokens = value.split()
    if (
        len(tokens) > 1
        and pattern_of(r"[[:han:]]").match(tokens[1])
        and (len(tokens[0]) >= 3 or MEDIA_NAME.search(tokens[0]))
    ):
        value = tokens[0]  # what follows is the next field without its label, or a button
    if (
        not value
        or _NO_OUTLET.fullmatch(value)
        or _DEVICE.match(value)
        or _NEXT_FIELD.match(value)
        or len(value) > 30
        or re.fullmatch(r"[\d\W_]+", value)
    ):
        return None
    return value


def _persons_of(value: str, *, in_form: bool = False) -> list[str]:
    """The people in the text after a label; ``in_form``: only names in form count (agencies sign pictures too)."""
    are_listed = _SEVERAL.fullmatch(value.strip()) is not None
    if are_listed:
        value = re.sub(r"[；;，,]", " ", value)
    value = pattern_of(
        r"\s{2,}(?![[:han:]]{2,4}(?:\s|$))|[|｜\[\]【】()（）;；,，]\s*(?=\D*\d)|[|｜\[\]【】()（）;；]"
    ).split(value.strip())[0]
    value = re.sub(r"[_\-]+[A-Za-z]{0,4}\d*$", "", value).strip()
    value = without_place(value)
    value = NEXT_DESK.sub(" ", _DESK.sub(" ", value))
    found = split_names(value)
    if len(found) > 1 and len(found[0]) > 3 and (BODY_NAME.search(found[0]) or found[0].endswith(_OFFICES)):
        del found[0]  # where they work: 青石县融媒体中心 李一鸣 王芳
    if in_form:
        return [name for name in found if looks_like_name(name)][:8]
    if len(found) == 1:  # it may be a pen name
        name = found[0]
        is_pen_name = (
            "《" not in name and len(name) <= 12 and (len(name) <= 8 or not pattern_of(r"[[:han:]]").search(name))
        )
        is_body = BODY_NAME.search(name) or (len(name) > 2 and name.endswith(_DIVISIONS))
        is_body = is_body or (len(name) > 3 and name.endswith(_OFFICES))
        return [name] if is_pen_name and not is_body and not _NO_NAME.search(name) else []
    names: list[str] = []
    for name in found:
        is_name = looks_like_name(name) or pattern_of(r"[[:han:]]{2,3}|[[:han:]]+·[[:han:]·]+").fullmatch(name)
        is_word = (
            bool(names) and not are_listed and len(name) == 2 and not looks_like_name(name) and is_common_word(name)
        )
        if not is_name or is_word or BODY_NAME.search(name) or _NO_PERSON.search(name):
            break
        names.append(name)
    return names[:8]
