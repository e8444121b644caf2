"""The labelled fields with which databases, crawlers and clerks head an article: 标题：…, 【篇名】…, "source": "…"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from tasks.lexicon.characters import pattern_of
from tasks.pages.lines.letter_fields import LETTER_FIELDS
from tasks.pages.lines.lines import Line, aligned, is_running

OPEN_LINES_AT_TOP = 12  # of a dump; the fields of its first article begin within them
# Names of fields by what they say. What was collected when, and how long it is, says nothing of the article.
_FIELDS = {
    "title": "标题 题目 题名 篇名 文题 主标题 主题名称 文章标题 新闻标题 标题名称 title headline",
    "theme": "主题",  # a title beside a kicker or above everything; a notice names its theme below its title
    "kicker": "副标题 副题 引题 肩题 眉题 subtitle",
    "outlet": "来源 出处 媒体 报纸 报纸名称 报刊 刊名 期刊 期刊名称 来源媒体 媒体名称 文章来源 信息来源 新闻来源 稿件来源 来源网站 "
    "发布机构 发布机关 发布单位 发文机关 发文单位 制发机关 公众号 source media publisher newspaper journal",
    "author": "作者 责任者 著者 记者 撰文 撰稿 文章作者 author authors writer",
    "editor": "编辑 责任编辑 责编 editor",
    "date": "时间 日期 发布时间 发布日期 发表时间 发表日期 刊发日期 刊登日期 出版日期 报纸日期 见报日期 date time pubdate "
    "播出时间 播出日期 pubtime publish_date publish_time pub_date "
    "pub_time publishtime publishdate published datetime",
    "content": "正文 内容 全文 正文内容 文章内容 新闻内容 content text body",
    "address": "链接 网址 地址 原文链接 原文地址 文章链接 url link",
    "summary": "摘要 内容提要 导语 导读 文摘 abstract summary",
    "rubric": "栏目 栏目名称 节目 节目名称",
    "year": "年 年份 year",
    "issue": "期 期号 issue",
    "other": "编号 序号 字数 采集时间 抓取时间 爬取时间 入库时间 作者单位 单位 机构 作者机构 版次 版号 关键词 关键字 分类 类别 标签 "
    "浏览量 阅读量 "
    "索引号 发文字号 文号 成文日期 主题词 主题分类 公开方式 公开形式 有效性 效力状态 体裁 分类号 语种 id keywords category tags channel crawl_time",
}
# How the line readers spell a field.
_SPELLED = {"outlet": "来源：", "author": "作者：", "editor": "编辑：", "date": "发布时间：", "summary": "摘要："}
# A label in brackets, in quotes or before a colon, a comma or a space: 【作者】, "source":, 标题：.
_FIELD = pattern_of(
    r"[“”\"'{\s]*(?P<open>[【\[〔]?)(?P<label>[[:han:]](?:\s{0,3}[[:han:]]){0,5}|[A-Za-z_]{2,16})[】\]〕“”\"']*"
    r"(?:(?P<mark>(?<=[】\]〕])\s*[：:]?|\s*[：:])|\s?[，,|｜]\s?|\s)\s*"
)
_COLUMN = pattern_of(r"(?P<label>[[:han:]]{2,6}|[A-Za-z_]{2,16})\s+")
_NUMBER = re.compile(r"第?\d{1,4}[年期]?")
_QUOTES = "“”\"'"
_TAIL = re.compile(r"[“”\"'][,，}\s]*$")
_LEAST_FIELDS = 2  # one field alone is as often a line of the text (内容：义诊)
_LEAST_UNMARKED = 3  # of the columns of a table: a label without a mark begins many a sentence
_ANSWERS = ("答复", "回复")
_LETTER_LABELS = frozenset(["满意度", "满意度评价", "办理状态", "处理状态", "信件状态"])  # below the answer to a letter
_YEAR = re.compile(r"(?:19|20)\d{2}$")
_ISSUE = re.compile(r"\d{1,3}$")


@dataclass(frozen=True, slots=True)
class LabelledHead:
    """The lines from ``start`` hold the fields of an article, that at ``title`` its title."""

    start: int
    title: int
    kicker: int | None = None
    rubric: str | None = None


@dataclass(frozen=True, slots=True)
class _Field:
    place: int
    key: str
    label: str
    value: str
    value_start: int  # in the line's ``raw``
    is_marked: bool
    is_quoted: bool


@cache
def field_labels() -> dict[str, str]:
    """What kind of field each label names."""
    tables = (*_FIELDS.items(), *LETTER_FIELDS.items())
    return {label: key for key, labels in tables for label in labels.split()}


def take_labelled_heads(lines: Sequence[Line]) -> list[LabelledHead]:
    """The labelled heads of a dump in order. Their lines are cut to what they say and spelled as the readers of lines
    know them; what none of these reads is judged.

    >>> lines = [Line(text, text) for text in ("标题：小院议事", "媒体：青禾日报", "正文：", "村里的事在院里议。")]
    >>> take_labelled_heads(lines)[0].title, lines[0].text, lines[1].raw, lines[2].kind
    (0, '小院议事', '来源：青禾日报', 'metadata')
    >>> take_labelled_heads([Line(text, text) for text in ("内容：义诊、理发", "村里的事在院里议。")])
    []
    """
    open_places = [place for place, line in enumerate(lines) if not line.kind]
    heads: list[LabelledHead] = []
    quoted: list[int] = []
    ends: list[int] = []  # where fields stand below the text of an article
    first_label: str | None = None
    top = open_places[:OPEN_LINES_AT_TOP]
    text = next((number for number, place in enumerate(top) if is_running(lines[place].text)), len(top))
    for number, fields in _runs_of_fields(lines, open_places):
        run = _with_theme(fields, is_title=number == 0 or first_label == fields[0].label)
        title = next((field for field in run if field.key == "title"), None)
        is_at_top = number <= text and number < OPEN_LINES_AT_TOP
        is_another = title is not None and title.label == first_label  # as the first article was headed
        if heads and title is None and _goes_on(run):
            _spell(lines, run)
            ends.append(run[0].place)
            continue
        if not _is_head(run, is_first=number == 0 or is_another):
            continue
        if not is_at_top and not is_another:
            continue
        _spell(lines, run)
        if title is not None:
            first_label = first_label or title.label
            kicker, rubric = _first(run, "kicker"), _first(run, "rubric")
            heads.append(
                LabelledHead(
                    run[0].place, title.place, kicker.place if kicker else None, rubric.value if rubric else None
                )
            )
            quoted += [field.place for field in run if field.key == "content" and field.is_quoted]
    starts = [head.start for head in heads]
    for place in quoted:
        _close(lines, place, min((end for end in (*starts, *ends) if end > place), default=len(lines)))
    return heads


def _first(run: Sequence[_Field], key: str) -> _Field | None:
    return next((field for field in run if field.key == key and field.value), None)


def _runs_of_fields(lines: Sequence[Line], open_places: Sequence[int]) -> list[tuple[int, list[_Field]]]:
    """The fields that stand right below each other, each run with the number of its first open line."""
    runs: list[tuple[int, list[_Field]]] = []
    is_open = False
    for number, place in enumerate(open_places):
        field = _field_of(lines[place].raw, place)
        if field is None:
            is_open = False
            continue
        if is_open and not any(field.key == other.key == "title" for other in runs[-1][1]):
            runs[-1][1].append(field)
        else:
            runs.append((number, [field]))
        is_open = field.key != "content"
    return runs


def _with_theme(run: list[_Field], *, is_title: bool) -> list[_Field]:
    is_title = any(field.key == "kicker" for field in run) or (is_title and run[0].key == "theme")
    return [replace(field, key="title") if is_title and field.key == "theme" else field for field in run]


def _field_of(raw: str, place: int) -> _Field | None:
    match = _FIELD.match(raw)
    label = "".join(match["label"].split()).lower() if match is not None else ""
    key = field_labels().get(label)
    if match is not None and key is None:  # 标题 小院议事：… is no label of seven characters
        match = _COLUMN.match(raw)
        key = field_labels().get(match["label"].lower()) if match is not None else None
    if match is None or key is None:
        return None
    mark = match.groupdict().get("mark")
    is_marked = mark is not None and (bool(match["open"]) or mark.strip() != "")
    value = raw[match.end() :].rstrip()
    is_quoted = raw.lstrip("{ ")[:1] in _QUOTES  # as in JSON, the value stands in quotes too
    if is_quoted:
        value = _TAIL.sub("", value.lstrip(_QUOTES))
    start = match.end() + raw[match.end() :].find(value)
    if key in ("year", "issue") and _NUMBER.fullmatch(value) is None:
        return None
    return _Field(place, key, label, value, start, is_marked, is_quoted)


def _close(lines: Sequence[Line], place: int, end: int) -> None:
    """Cut the mark that closes the quoted text which begins at ``place`` off its last line."""
    last = next((line for line in reversed(lines[place:end]) if not line.kind), None)
    tail = _TAIL.search(last.text) if last is not None else None
    if last is not None and tail is not None:
        last.cut_to(0, tail.start())


def _goes_on(run: Sequence[_Field]) -> bool:
    """Whether fields below the text are of the same article: the answer to a letter, or the rest of a record."""
    is_answer = any(field.key == "content" and field.label.startswith(_ANSWERS) for field in run)
    return is_answer or all(field.is_quoted or field.label in _LETTER_LABELS for field in run)


def _is_head(run: Sequence[_Field], *, is_first: bool) -> bool:
    keys = {field.key for field in run if field.key not in ("other", "theme", "rubric")}
    if not all(field.is_marked for field in run):
        return len(keys) >= _LEAST_UNMARKED and "title" in keys
    return len(keys) >= _LEAST_FIELDS or (is_first and "title" in keys)


def _spell(lines: Sequence[Line], run: Sequence[_Field]) -> None:
    issue = next((field.value for field in run if field.key == "issue" and _ISSUE.match(field.value)), None)
    has_title = any(field.key == "title" for field in run)
    for field in run:
        line = lines[field.place]
        if field.key == "kicker" and not has_title:
            continue  # its label alone tells it from the title below
        if field.key in ("title", "kicker", "content") and field.value:
            start = aligned(line.text, line.raw[: field.value_start])
            line.cut_to(start, aligned(line.text, line.raw[: field.value_start] + field.value))
            line.raw = field.value
        elif field.key in _SPELLED:
            line.raw = f"{_SPELLED[field.key]}{field.value}"
        elif field.key == "year" and issue is not None and _YEAR.match(field.value):
            line.cut_to(aligned(line.text, line.raw[: field.value_start]), len(line.text))
            line.raw = f"{field.value}年第{issue}期"
        else:
            line.kind, line.reason = "metadata", "field of the head"
