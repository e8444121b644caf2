"""Sites of any number of invented pages in twelve templates: what the body of each page must keep, whatever the site
repeats.

Bulletins of one form share salutations, headings, heads of tables and closing words; a daily column shares its day and
its source; a portal prints slogans and services around every article, another the same disclaimer; spam is put into all
pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_MATTERS = ("渠水", "晒场", "石桥", "路灯", "水磨", "老井", "戏台", "码头", "菜园", "车棚")
_DEEDS = ("轮流照看", "重新修好", "按月清点", "分段包干", "记账公开", "夜里巡查", "集中认领")


@dataclass(frozen=True, slots=True)
class InventedPage:
    """``body`` holds lines that stand inside the article; the page alone keeps them."""

    uri: str
    source: str
    body: tuple[str, ...]


def _sentence(number: int, place: int) -> str:
    matter, deed = _MATTERS[(number + place) % len(_MATTERS)], _DEEDS[(number * 3 + place) % len(_DEEDS)]
    return f"入冬以后，第{number * 7 + place}户人家把{matter}{deed}，谁家有空谁去，账目一笔一笔写在村口的墙上，大家看得明白。"


def _paragraphs(lines: tuple[str, ...]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def _portal(number: int) -> InventedPage:
    body = ("大事回眸", _sentence(number, 0), _sentence(number, 1), "（完）" if number % 2 else _sentence(number, 2))
    html = (
        f"<html><head><title>{_MATTERS[number % 10]}的第{number}个冬天-青禾村志网</title></head><body><div><a href=/>首页</a>"
        f"<a href=/cs>村史</a></div><h2>记录身边事 "
        f"服务乡里人</h2><h1>{_MATTERS[number % 10]}的第{number}个冬天</h1><div>2021-10-07</div>"
        f"<div>来源：青禾日报</div><div class=c>{_paragraphs(body)}</div><div>版权所有 青禾村志网</div></body></html>"
    )
    return InventedPage(f"http://portal.example/a/{number}.html", html, body[:3])


def _bulletin(number: int) -> InventedPage:
    opening = (
        "各县（市、区）民政局：",
        f"现将第{number}期社区议事办结情况通报如下，请对照查找差距，及时完成整改。",
        "一、总体情况",
    )
    told = (_sentence(number, 3), "二、分县情况")
    closing = (
        "三、工作要求",
        f"请各地于{number % 28 + 1}日前补报未办结事项清单，逾期不再受理。",
        "特此通报。",
        "联系电话：0579-0000000",
        "金华市民政局",
    )
    rows = (
        ("县（市）", "办结", "惠及"),
        *(
            (name, f"{number + 40 * n}件", f"{number + 7 * n}户")
            for n, name in enumerate(("兰溪市", "永康市", "武义县"))
        ),
    )
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    html = (
        f"<html><head><title>第{number}期社区议事办结情况通报-金华市民政局</title></head><body><h1>第{number}期社区议事办结情况通报</h1>"
        f"<div>2023-02-05 来源：金华市民政局</div><div class=c>{_paragraphs(opening + told)}<table>{table}</table>"
        f"{_paragraphs(closing)}</div></body></html>"
    )
    cells = tuple("｜".join(row) for row in rows)
    return InventedPage(f"http://mzj.example/tb/{number}.html", html, (*opening, *told, *cells, *closing))


def _notice(number: int) -> InventedPage:
    body = (
        f"青民函〔2023〕{number}号",
        "各街道办事处：",
        f"经研究，决定举办第{number}期社区网格员轮训班，现将有关事项通知如下。",
        "一、培训对象",
        _sentence(number, 4),
        "二、培训时间",
        "报名时间：2023年3月7日-3月26日",
        "主办单位：青禾区民政局",
        "咨询电话：0579-0000000",
        "欢迎社会各界监督。",
    )
    html = (
        f"<html><head><title>关于举办第{number}期轮训班的通知_青禾区人民政府</title></head><body><div class=nav><a href=/>首页</a></div>"
        f"<div class=main><h1>关于举办第{number}期轮训班的通知</h1><div class=info><span>发布时间：</span><span>2023-03-03</span>"
        f"<span>来源：</span><span>青禾区民政局</span></div><div class=TRS_Editor>{_paragraphs(body)}</div></div>"
        "<div class=foot>主办：青禾区人民政府办公室 网站标识码：1234567890</div></body></html>"
    )
    return InventedPage(f"http://www.qhq.example/zwgk/202303/t20230303_{number}.html", html, body[1:])


def _broken_lines(number: int) -> InventedPage:
    body = ("【编者按】这是本栏目的一组来信。", _sentence(number, 5), _sentence(number, 6), "——摘自《青禾来信》")
    html = (
        f"<html><head><title>来信第{number}封：{_MATTERS[number % 10]}怎么办</title></head><body><table><tr><td><font size=5>"
        f"来信第{number}封：{_MATTERS[number % 10]}怎么办</font></td></tr><tr><td>2009年03月04日 08:15 青禾晚报</td></tr><tr><td>"
        f"{'<br><br>'.join(body)}</td></tr></table><center>青禾晚报 版权所有</center></body></html>"
    )
    return InventedPage(f"http://old.example/{number}.html", html, body[1:3])


def _account(number: int) -> InventedPage:
    body = (_sentence(number, 7), _sentence(number, 8), _sentence(number, 9))
    html = (
        '<html><head><meta property="og:site_name" content="微信公众平台"><title></title></head><body>'
        f'<h1 id="activity-name">{_MATTERS[number % 10]}边的第{number}次议事</h1><div '
        f'id="js_name">青禾街坊</div><div id="js_content">'
        f"<section><section>{'</section><section>'.join(body)}</section></section><section>长按二维码关注我们</section></div></"
        f"body></html>"
    )
    return InventedPage(f"https://mp.weixin.qq.com/s/{number}", html, body)


def _dump(number: int) -> InventedPage:
    body = (_sentence(number, 1), "一、怎么管", _sentence(number, 2), "二、怎么看", _sentence(number, 3))
    lines = (
        "首页",
        "关于我们",
        f"{_MATTERS[number % 10]}边的第{number}本账",
        "2022-05-06 来源：青禾日报",
        *body,
        "更多精彩内容请下载青禾客户端",
        "青禾新闻网 版权所有 Copyright 2019 qinghe-news.cn",
    )
    return InventedPage(f"dumps/{number}.txt", "\n".join(lines), body)


def _dump_of_form(number: int) -> InventedPage:
    body = (
        "各村：",
        f"第{number}期清单已经印发，请对照办理。",
        _sentence(number, 6),
        "一、要求",
        "按时上报，不得漏报。",
        "芦花镇人民政府",
    )
    head = ("首页", "机构职能", f"关于印发第{number}期清单的通知", "2022-01-02 来源：芦花镇")
    foot = ("主办单位：芦花镇人民政府", "网站标识码：3300000000")
    return InventedPage(f"dumps/form-{number}.txt", "\n".join((*head, *body, *foot)), body)


def _thread(number: int) -> InventedPage:
    body = ("各位乡亲好：", _sentence(number, 5), _sentence(number, 6), "请大家理性发言。")
    html = (
        f"<html><head><title>第{number}帖：大家议一议 - 芦花论坛</title></head><body><a href=/>论坛首页</a><h1>第{number}帖：大家议一议</h1>"
        f"<div class=authi>版主 发表于 2021-4-{number % 28 + 1} 09:15</div><div "
        f"class=t_f id=postmessage_{number}0>{'<br>'.join(body)}</div>"
        f"<div class=authi>甲 发表于 2021-5-1</div><div class=t_f id=postmessage_{number}1>支持。</div></body></html>"
    )
    return InventedPage(f"http://bbs.example/t-{number}.html", html, body)


def _disclaimed(number: int) -> InventedPage:
    body = (_sentence(number, 7), _sentence(number, 8))
    foot = (
        "免责声明：本网转载内容仅为传递信息，如有侵权请与我们联系。",
        "编辑部电话：0570-0000000",
        "扫描下方二维码，关注芦花在线",
    )
    html = (
        f"<html><head><title>{number}户人家的冬天-芦花在线</title></head><body><a href=/>首页</a><h1>{number}户人家的冬天</h1>"
        f"<div>2021-01-02 08:00 来源：芦花日报 作者：蓝一舟</div><div class=content>{_paragraphs(body + foot)}</div></body></html>"
    )
    return InventedPage(f"http://zx.example/{number}.html", html, body)


def _spammed(number: int) -> InventedPage:
    body = (
        _sentence(number, 4),
        "怎么分水，村里有三条老规矩：",
        "一不抢，二不堵，三不夜里放。",
        _sentence(number, 5),
    )
    html = (
        f"<html><head><title>老规矩（{number}）-芦花村网</title></head><body><h1>老规矩（{number}）</h1><div>2020-05-06 来源：芦花村</div>"
        f"<div class=c><p>亚洲国产精品视频在线观看 免费高清无码下载 成人娱乐平台</p>{_paragraphs(body)}</div><div>芦花村网 版权所有</div></body></html>"
    )
    return InventedPage(f"http://spammed.example/{number}.html", html, body)


_GROUNDS = "根据有关规定，经民主评议，拟将下列人员纳入补助，现予公示。"
_TELEPHONES = ("监督电话：0570-0000001", "咨询电话：0570-0000002", "芦花镇人民政府")


def _contacts(number: int) -> InventedPage:
    body = (_GROUNDS, _sentence(number, 3), "公示时间：2022年5月5日至2022年5月11日", *_TELEPHONES)
    html = (
        f"<html><head><title>第{number}批补助公示-芦花镇人民政府</title></head><body><h1>第{number}批补助公示</h1>"
        f"<div>2022-05-04 来源：民政办</div><div class=c>{_paragraphs(body)}</div><p>责任编辑：蓝一舟</p>"
        "<div>芦花镇人民政府 版权所有 网站标识码：3300000000</div></body></html>"
    )
    return InventedPage(f"http://bz.example/{number}.html", html, body)


def _dump_of_contacts(number: int) -> InventedPage:
    body = (_GROUNDS, _sentence(number, 4), *_TELEPHONES)
    head = ("芦花在线", "首页", f"第{number}批补助名单公示", "2022-05-04 来源：芦花日报")
    foot = ("（责编：蓝一舟）", "分享到：", "关于我们 | 广告服务", "芦花在线版权所有")
    return InventedPage(f"dumps/contacts-{number}.txt", "\n".join((*head, *body, *foot)), body)


TEMPLATES: dict[str, Callable[[int], InventedPage]] = {
    "portal": _portal,
    "bulletin": _bulletin,
    "notice": _notice,
    "broken lines": _broken_lines,
    "account": _account,
    "dump": _dump,
    "dump of a form": _dump_of_form,
    "thread": _thread,
    "disclaimed": _disclaimed,
    "spammed": _spammed,
    "contacts": _contacts,
    "dump of contacts": _dump_of_contacts,
}
