"""Text dumps: what a careless crawler kept of mirror sites, scans and a newspaper page."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.damage_simulator import damage, site_table, to_mirror_traditional
from tests.sample.stories import Page

_TAG = re.compile(r"</?[a-z]+[^<>]*>")
# A mirror renders the body as <p> elements; the crawler removed the tags that were still whole after the byte edits.
_PARAGRAPH = "<p>　　{}</p>\n\n"


def _mirrored(markup: str, page: Page) -> str:
    site = page.site
    shown = damage(
        to_mirror_traditional(markup),
        site_table(site.readings),
        site.cuts,
        fold_punctuation=site.fold_punctuation,
    )
    return _TAG.sub("", shown)


def _body_markup(page: Page) -> str:
    return "".join(_PARAGRAPH.format(block.text) for block in page.blocks)


def _moment(page: Page) -> str:
    return f"{page.published:%Y-%m-%d}" if page.precision == "day" else f"{page.published:%Y-%m-%d %H:%M:%S}"


def spam_dump(page: Page) -> str:
    site = page.site
    bullet = f'<strike id="{site.debris}"></strike>'
    nested = f'<strike id="{site.debris}"><code id="{site.debris}"></code></strike>'
    head = f"{site.spam}\n\n{bullet}\n  • {nested}\n    \n    \n  • {nested}\n  • "
    credit = f"  来源：{page.credit}" if page.credit else ""
    article = f"<h1>{page.title}</h1>\n\n{_moment(page)}{credit}   \n\n\n{_body_markup(page)}"
    tail = (
        f"相关热词： 乡镇 治理 社区\n分享到：\n\n以上内容系网友转载，观点仅代表作者本人，与本站立场无关，如有侵权请与站长联系删除。\n\n"
        f"{site.name} 版权所有 Copyright(C) 2009-2023 {site.host} All Rights Reserved     备案号：{site.icp}"
    )
    return head + _mirrored(article + tail, page)


_REGIONS = "地区：河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东"
_TRADES = "行业：果树|蔬菜|茶叶|药材|养蜂|养鱼|养羊|粮油|花卉|食用菌|农机|农资"


def region_dump(page: Page) -> str:
    site = page.site
    head = f"{site.name}\n\n{_REGIONS}\n\n{_TRADES}\n\n当前位置：首页 > 新闻资讯 > {site.channel}\n\n"
    author = "、".join(page.authors) or "佚名"
    info = f"{site.name}   时间：{_moment(page)}    作者：{author}    来源：{page.credit}"
    kicker = f"——{page.kicker.removeprefix('——')}\n\n" if page.kicker else ""
    tail = (
        f"{site.name}免责声明：本站部分文章系转载自网络，本文仅代表作者个人观点，与本站无任何关系，请读者自行判断信息的真实性。\n\n"
        f"阅读排行榜\n\n" + "\n".join(page.headlines[:6]) + "\n\n猜你喜欢\n\n" + "\n".join(page.headlines[6:10]) + "\n"
    )
    return _mirrored(f"{head}<h1>{page.title}</h1>\n\n{kicker}{info}\n\n{_body_markup(page)}{tail}", page)


_COUNTIES = "望都县| 涞源县| 平遥县| 建昌县| 抚松县| 睢宁县| 永嘉县| 霍山县| 顺昌县| 遂川县| 莘县| 鲁山县| 嘉鱼县| 桃江县| 阳山县|"


def finance_dump(page: Page) -> str:
    site = page.site
    credit = f"来源： {page.credit}" if page.credit else ""
    head = f"{site.name} > {site.channel} > 正文\n<h1>{page.title}_每日看点</h1>\n{_moment(page)}{credit}\n\n"
    lead, rest = page.blocks[:1], page.blocks[1:]
    body = (
        "".join(_PARAGRAPH.format(block.text) for block in lead)
        + "(相关资料图)\n\n"
        + "".join(_PARAGRAPH.format(block.text) for block in rest)
    )
    tail = (
        "关键词：\n\n专题新闻\n"
        + "".join(f"  • {name}\n" for name in page.headlines[:6])
        + f"最近更新\n\n{site.icp}\n\nCopyright © 2012-2022  {site.name}   All Rights Reserved.\n{_COUNTIES}"
    )
    return _mirrored(head + body + tail, page)


_WIDTH = 34  # characters a scanned column holds
_ASCII_PUNCTUATION = str.maketrans("，：；？！", ",:;?!")


_CLOSING = "，。：；？！、”’）》,:;?!"


def _columns(text: str) -> list[str]:
    """Lines of the column's width; a closing mark hangs at the end of its line, as compositors set it."""
    lines, start = [], 0
    while start < len(text):
        end = start + _WIDTH
        while end < len(text) and text[end] in _CLOSING:
            end += 1
        lines.append(text[start:end])
        start = end
    return lines


def scan_dump(page: Page) -> str:
    """A scanned clipping: lines cut at the column's width, stray spaces, half-width punctuation, 和 read as " and "."""
    lines = [page.title, "", f"{page.credit} {page.published:%Y年%m月%d日}  {' '.join(page.authors)}", ""]
    for ordinal, block in enumerate(page.blocks):
        text = block.text
        if ordinal % 2:
            text = re.sub(r"(?<=[\u4e00-\u9fff])和(?=[\u4e00-\u9fff])", " and ", text, count=1)
        if ordinal % 3 == 1:
            text = text.translate(_ASCII_PUNCTUATION)
        middle = len(text) // 2
        if ordinal % 3 == 0 and "\u4e00" <= text[middle - 1] <= "\u9fff" and "\u4e00" <= text[middle] <= "\u9fff":
            text = f"{text[:middle]} {text[middle:]}"
        lines += _columns(text)
        lines.append("")
    return "\n".join([*lines, f"{page.site.name} 免费阅读 更多文档请登录下载", "第 1 页 共 1 页", ""])


def plain_dump(page: Page) -> str:
    """Nothing is wrong with this text: it must come through as it is."""
    lines = [
        page.title,
        f"{page.published:%Y年%m月%d日 %H:%M}　来源：{page.credit}　作者：{'　'.join(page.authors)}",
        "",
    ]
    lines += [f"　　{block.text}" for block in page.blocks]
    return "\r\n".join([*lines, "", f"{page.site.name} {page.site.host}", ""])


def mojibake_dump(page: Page) -> str:
    """GBK bytes that somebody read as Latin-1 and saved again: every character is wrong and none is lost."""
    return plain_dump(page).encode("gbk").decode("latin-1")


DUMPS: dict[str, Callable[[Page], str]] = {
    "spam_dump": spam_dump,
    "region_dump": region_dump,
    "finance_dump": finance_dump,
    "scan_dump": scan_dump,
    "plain_dump": plain_dump,
    "mojibake_dump": mojibake_dump,
}
