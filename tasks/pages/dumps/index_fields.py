"""The index that government portals print above a document, its table flattened to text: labels and values in rows
(索引号 010/2023-07 发布机构 青石县民政局) or each below its label."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.pages.dumps.labelled_heads import field_labels
from tasks.pages.lines.credits import Credits, read_credits
from tasks.pages.lines.lines import Line, is_running

OPEN_LINES_AT_TOP = 24  # of a dump, in which its index stands; each label and each value may have a line of its own
LEAST_LABELS = 3  # of an index; one or two begin a line of credits or of a text as well
LONGEST_ROW = 200  # characters of a row of several fields, of which one may be the title
# Labels that only an index has; beside those, labels of other heads stand in it.
_ONLY_INDEX = (
    "名称 体裁分类 信息索引号 组配分类 信息分类 文件编号 文件类型 统一编号 登记号 信息名称 内容概述 内容分类 生效日期 生效时间 实施日期 施行日期 "
    "废止时间 废止日期 失效日期 失效时间 著录日期 是否有效 时效性 公开范围 公开程序 公开时限 公开类别 公开属性 公开责任部门 责任部门 服务对象 "
    "载体类型 公文种类 公文时效 公开日 公开日期 公开时间 发文日期 发文时间 生成日期 信息生成日期 发文机构 浏览次数 点击次数 访问次数"
)
_OF_INDEX = frozenset(_ONLY_INDEX.split())
_COUNTERS = frozenset(["浏览次数", "点击次数", "访问次数"])  # beside the day of any page as well
# How the readers of credits spell what some of the labels say, where they do not know the label itself.
_SPELLED = {
    "date": "发布时间", "outlet": "发布机构", "公开日": "发布时间", "公开日期": "发布时间", "公开时间": "发布时间", "发文日期": "发布时间",
    "发文时间": "发布时间", "生成日期": "发布时间", "信息生成日期": "发布时间", "发文机构": "发布机构",
}  # fmt: skip
_OF_HEADS = {label: key for label, key in field_labels().items() if len(label) > 1 and not label.isascii()}
_WIDE = sorted({*_OF_INDEX, *(label for label, key in _OF_HEADS.items() if key in ("date", "outlet", "other"))})
_WIDE.sort(key=len, reverse=True)
# A label at the beginning of a row or behind a space or a bar, itself perhaps set wide, with a mark or a space behind.
_LABEL = re.compile(
    r"(?:^|(?<=[\s|｜]))[【\[]?(?P<label>" + "|".join(r"\s{0,2}".join(label) for label in _WIDE) + r")[】\]]?"
    r"(?:\s*[：:]\s*|\s*[|｜]\s*|\s+|$)"
)


def take_index(lines: Sequence[Line]) -> Credits:
    """What the index at the top of a dump says of its document; its lines are judged as metadata.

    >>> rows = ("索 引 号 010/2023-07 发布机构 青石县民政局 公开日 2023-07-04", "文号 青民发〔2023〕4号 有效性 有效", "全文如下")
    >>> lines = [Line("".join(row.split()), row) for row in rows]
    >>> take_index(lines).outlet, [line.kind for line in lines]
    ('青石县民政局', ['metadata', 'metadata', ''])
    """
    top = [line for line in lines if not line.kind][:OPEN_LINES_AT_TOP]
    top = top[: next((number for number, line in enumerate(top) if is_running(line.text) and not _is_row(line)), None)]
    held: list[tuple[Line, list[tuple[str, str]]]] = []
    labels: set[str] = set()
    open_label: str | None = None
    pending: list[Line] = []  # lines below a label that is alone on its line
    for line in top:
        fields = _fields_of(line.raw)
        if not fields:
            if open_label is not None and not pending:
                pending.append(line)
            else:
                open_label = None
            continue
        if pending and held:
            held.append((pending[0], [(open_label or "", pending[0].raw)]))
        pending = []
        labels.update(label for label, _ in fields)
        held.append((line, [(_spelled(label), value) for label, value in fields]))
        is_alone = len(fields) == 1 and not fields[0][1]
        open_label = _spelled(fields[0][0]) if is_alone else None
    said = Credits()
    if len(labels) < LEAST_LABELS or labels.isdisjoint((_OF_INDEX - _COUNTERS) | {"索引号"}):
        return said
    for line, known in held:
        line.kind, line.reason = "metadata", "index of the document"
        for key, value in known:
            if key and value:
                said.fill(read_credits(f"{key}：{value}"))
    return said


def _spelled(label: str) -> str:
    return _SPELLED.get(label) or _SPELLED.get(_OF_HEADS.get(label, ""), "")


def _is_row(line: Line) -> bool:
    return len(_fields_of(line.raw)) > 1


def _fields_of(raw: str) -> list[tuple[str, str]]:
    """The labels of a row and what stands behind each; empty where the row does not begin with one."""
    if len(raw) > LONGEST_ROW:
        return []
    marks = list(_LABEL.finditer(raw))
    if not marks or raw[: marks[0].start()].strip("•·|｜ "):
        return []
    if len(marks) == 1 and not re.search(r"[：:|｜]", marks[0].group()):
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(raw)]
    return [
        ("".join(mark["label"].split()), raw[mark.end() : end].strip(" |｜"))
        for mark, end in zip(marks, ends, strict=True)
    ]
