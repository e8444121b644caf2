"""How each site lays out an article in HTML: one function per site template, from a page to markup."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape

from tests.sample.mobile_templates import reader, wechat
from tests.sample.stories import Page

WEEKDAYS = "一二三四五六日"


def _e(text: str) -> str:
    return escape(text, quote=False)


def _links(names: tuple[str, ...] | list[str], folder: str = "/list") -> str:
    return "".join(
        f'<li><a href="{folder}/{i}.html" target="_blank">{_e(name)}</a></li>\n' for i, name in enumerate(names, 1)
    )


def _clock(page: Page) -> str:
    return f"{page.published:%Y-%m-%d}" if page.precision == "day" else f"{page.published:%Y-%m-%d %H:%M}"


def _body(page: Page, paragraph: str = "<p>{}</p>", heading: str = "<p><strong>{}</strong></p>") -> str:
    shown = []
    for number, block in enumerate(page.blocks, 1):
        if block.kind == "caption":
            shown.append(
                f'<p style="text-align:center"><img src="/images/{page.serial}_{number}.jpg" alt=""></p>\n'
                f'<p class="caption" style="text-align:center;color:#888;font-size:14px">{_e(block.text)}</p>'
            )
        else:
            shown.append((heading if block.kind == "heading" else paragraph).format(_e(block.text)))
    return "\n".join(shown)


def portal(page: Page) -> str:
    site = page.site
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.title,
        "datePublished": page.published.isoformat(),
        "author": [{"@type": "Person", "name": name} for name in page.authors],
        "publisher": {"@type": "Organization", "name": site.name},
    }
    kicker = f'<h2 class="pretitle">{_e(page.kicker)}</h2>\n' if page.kicker else ""
    rubric = f'<span class="column">栏目：{_e(page.rubric)}</span> ' if page.rubric else ""
    credit = f'<span class="source">来源：<a href="/source">{_e(page.credit)}</a></span> ' if page.credit else ""
    authors = f'<span class="author">作者：{_e(" ".join(page.authors))}</span>' if page.authors else ""
    editors = f'<div class="editor">责任编辑：{_e(" ".join(page.editors))}</div>' if page.editors else ""
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{_e(page.title)}_{site.channel}_{site.name}</title>
<meta property="og:type" content="article">
<meta property="og:title" content="{escape(page.title)}">
<meta property="og:site_name" content="{site.name}">
<meta name="keywords" content="{site.channel},基层,治理">
<link rel="stylesheet" href="/static/main.{page.serial}.css">
<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>
<script>window.__page={{"id":{page.serial},"ch":"xz"}};(function(d){{var s=d.createElement("script");\
s.src="/static/stat.js";d.head.appendChild(s)}})(document);</script>
</head>
<body>
<div class="top-nav"><ul>
{_links(site.nav)}</ul><form action="/search"><input name="q" placeholder="请输入关键词"><button>搜索</button></form></div>
<div class="crumb">当前位置：<a href="/">{site.name}首页</a> &gt; <a href="/xz/">{site.channel}</a> &gt; 正文</div>
<div class="wrap">
<div class="main">
{kicker}<h1 class="title">{_e(page.title)}</h1>
<div class="info">{rubric}<span class="time">{_clock(page)}</span> {credit}{authors} <span class="size">字号：<a>大</a> \
<a>中</a> <a>小</a></span></div>
<div class="share">分享到：<a>微信</a><a>微博</a><a>QQ空间</a></div>
<div class="article-content" id="content">
{_body(page)}
</div>
{editors}
<div class="copyright">版权声明：凡本网注明来源为其他媒体的稿件，均为转载，转载目的在于传递更多信息，不代表本网观点。如有异议请在七日内与本网联系。</div>
<div class="updown"><p>上一篇：<a href="/p/{page.serial - 1}.html">{page.headlines[0]}</a></p>\
<p>下一篇：<a href="/p/{page.serial + 1}.html">{page.headlines[1]}</a></p></div>
<div class="related"><h3>相关阅读</h3><ul>
{_links(page.headlines[2:8], "/p")}</ul></div>
</div>
<div class="side">
<h3>阅读排行</h3><ol>
{_links(page.headlines[8:16], "/p")}</ol>
<h3>猜你喜欢</h3><ul>
{_links(page.headlines[16:22], "/p")}</ul>
<div class="ad"><a href="https://ad.example/">家门口的好建材 春季团购进行中</a></div>
</div>
</div>
<div class="footer"><p>关于我们 | 联系我们 | 广告服务 | 法律声明 | 网站地图</p><p>{site.name} 版权所有 未经书面授权不得转载 {site.icp}</p></div>
</body>
</html>
"""


def channel(page: Page) -> str:
    site = page.site
    credit = f"&nbsp;&nbsp;来源：{_e(page.credit)}" if page.credit else ""
    authors = f"&nbsp;&nbsp;记者&nbsp;{'&nbsp;'.join(page.authors)}" if page.authors else ""
    lead = f'<div class="abstract"><b>[摘要]</b>{_e(page.summary)}</div>\n' if page.summary else ""
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" \
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{_e(page.title)}-{site.name}</title>
<meta property="og:title" content="{_e(page.title)}"/>
<meta property="article:published_time" content="{page.published.isoformat()}"/>
</head>
<body>
<div id="head"><a href="/" class="logo">{site.name}</a><ul class="menu">
{_links(site.nav, "/c")}</ul></div>
<div id="path"><a href="/">{site.name}</a> &gt;&gt; <a href="/c/">{site.channel}</a> &gt;&gt; 内容</div>
<div class="box_left">
  <div class="hd"><h1>{_e(page.title)}</h1>
  <p class="sub">{page.published:%Y年%m月%d日 %H:%M}{credit}{authors}</p></div>
  {lead}<div class="bd" id="zoom">
<div>
{_body(page, "<div class='para'>　　{}</div>", "<div class='para'><b>　　{}</b></div>")}
</div>
  </div>
  <div class="ft">[责任编辑：{_e(page.editors[0])}]</div>
  <div class="tags">标签：<a>基层</a><a>社区</a></div>
  <div class="hot"><h4>热门推荐</h4><ul>
{_links(page.headlines[3:9], "/c")}</ul></div>
  <div class="comment"><h4>网友评论</h4><p>文明上网，理性发言。</p><p>网友 风吹麦浪：支持！</p><p>网友 路过的猫：我们这儿什么时候也能有</p></div>
</div>
<div class="box_right"><h4>48小时点击</h4><ul>
{_links(page.headlines[10:18], "/c")}</ul></div>
<div id="foot">Copyright © 2010-2024 {site.name} All Rights Reserved. {site.icp} 违法和不良信息举报电话：000-00000000</div>
</body>
</html>
"""


def table_layout(page: Page) -> str:
    site = page.site
    nav = " | ".join(f'<a href="/{i}/"><font color="#FFFFFF">{name}</font></a>' for i, name in enumerate(site.nav))
    lines = []
    for block in page.blocks:
        text = _e(block.text)
        lines.append(f"<b>　　{text}</b>" if block.kind == "heading" else f"　　{text}")
    kicker = f'<tr><td align="center"><font size="3">{_e(page.kicker)}</font></td></tr>\n' if page.kicker else ""
    moment = f"{page.published.year}-{page.published.month}-{page.published.day} {page.published:%H:%M:%S}"
    ranking = "".join(
        f'<tr><td height="22">·<a href="/news/{i}.htm">{_e(name)}</a></td></tr>\n'
        for i, name in enumerate(page.headlines[:8])
    )
    return f"""<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset={site.declared_charset}">
<title>{_e(page.title)} - {site.name}</title>
<style type="text/css"><!-- td{{font-size:14px;line-height:24px}} --></style>
</head>
<body topmargin="0">
<table width="960" border="0" align="center" bgcolor="#336633"><tr><td height="30">{nav}</td></tr></table>
<table width="960" border="0" align="center"><tr>
<td width="220" valign="top"><table width="100%">
<tr><td bgcolor="#EEEEEE"><b>本周热点</b></td></tr>
{ranking}</table></td>
<td width="740" valign="top"><table width="100%">
<tr><td>您的位置：<a href="/">{site.name}</a> → <a href="/zl/">{site.channel}</a> → 正文</td></tr>
{kicker}<tr><td align="center"><font size="5" color="#CC0000"><b>{_e(page.title)}</b></font></td></tr>
<tr><td align="center">发布时间：{moment}&nbsp;&nbsp;来源：{_e(page.credit)}&nbsp;&nbsp;作者：\
{_e("　".join(page.authors))}&nbsp;&nbsp;点击数：&nbsp;{page.serial % 700 + 40}</td></tr>
<tr><td><hr size="1"></td></tr>
<tr><td class="nr">
{"<br>&nbsp;<br>".join(lines)}
</td></tr>
<tr><td align="right">(编辑：{_e("、".join(page.editors))})</td></tr>
<tr><td>【<a href="javascript:window.print()">打印本页</a>】【<a href="javascript:window.close()">关闭窗口</a>】</td></tr>
</table></td></tr></table>
<div style="position:absolute;left:-9999px;top:0">\
<a href="http://b1.example/">娱乐城注册送礼金</a> <a href="http://b2.example/">真人视讯平台</a> \
<a href="http://b3.example/">高仿手表批发</a></div>
<table width="960" align="center"><tr>\
<td align="center">{site.name} 主办　{site.icp}<br>建议使用1024×768分辨率浏览</td></tr></table>
</body>
</html>
"""


def epaper(page: Page) -> str:
    day = page.published
    areas = "\n".join(
        f'<area coords="{i * 60},0,{i * 60 + 58},180" shape="rect" href="content_{i}.htm" title="{_e(name)}">'
        for i, name in enumerate(page.headlines[:5])
    )
    return f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{page.site.name}-{_e(page.title)}</title>
<!--enpproperty <articleid>{page.serial}</articleid><date>{day:%Y-%m-%d} 00:00:00.0</date>\
<author>{_e(" ".join(page.authors))}</author><title>{_e(page.title)}</title><introtitle>{_e(page.kicker)}</introtitle>\
<nodename>{page.site.channel}</nodename><website>{page.site.name}</website>/enpproperty-->
</head><body>
<div class="paper"><a href="node_1.htm">上一版</a> <a href="node_3.htm">下一版</a>
<strong>{page.site.channel}</strong> <span id="date">{day:%Y年%m月%d日} 星期{WEEKDAYS[day.weekday()]}</span>
<img src="../../page/b03.jpg" usemap="#pagepicmap"><map name="pagepicmap">
{areas}
</map>
<ul id="titles">{_links(page.headlines[:5], "content")}</ul></div>
<div class="detail">
<p class="yinti">{_e(page.kicker)}</p>
<h1>{_e(page.title)}</h1>
<p class="zuozhe">本报记者 {_e(" ".join(page.authors))}</p>
<div id="ozoom" style="zoom:100%"><founder-content>
{_body(page, "<P>　　{}</P>", "<P>　　<STRONG>{}</STRONG></P>")}
</founder-content></div>
<div class="tools">放大 缩小 默认 <a>朗读</a></div>
</div>
<div class="cr">本报所有自采新闻图文版权均归{page.outlet}社所有，未经允许不得转载 {page.site.icp}</div>
</body></html>
"""


def declared(page: Page) -> str:
    kicker = f'<div class="subtitle">{_e(page.kicker)}</div>' if page.kicker else ""
    photographers = f" 摄影：{_e(' '.join(page.photographers))}" if page.photographers else ""
    return f"""<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset={page.site.declared_charset}" />
<title>{_e(page.title)}--{page.site.name}</title>
<meta name="publishdate" content="{page.published:%Y-%m-%d}">
<meta name="author" content="{_e(" ".join(page.authors))}">
</head>
<body>
<div class="nav"><ul>{_links(page.site.nav, "/n")}</ul></div>
<div class="w1000">
<div class="pos">{page.site.name} &gt; {page.site.channel} &gt; 正文</div>
<div class="artTitle">{_e(page.title)}</div>
{kicker}
<div class="artInfo"><span>{page.published:%Y-%m-%d %H:%M:%S}</span> <span>来源:{_e(page.credit)}</span> \
<span>作者:{_e(" ".join(page.authors))}{photographers}</span></div>
<div class="artCon" id="artibody">
{_body(page, "<p>&emsp;&emsp;{}</p>", "<h3>{}</h3>")}
</div>
</html>
<div class="pages"><span>1</span></div>
<div class="like"><b>猜你喜欢</b><ul>{_links(page.headlines[1:9], "/xw")}</ul></div>
<div class="foot">{page.site.name}所刊登内容之知识产权均属其运营方，未经许可不得使用 {page.site.icp} 地址：新闻路1号</div>
</body>
"""


def journal(page: Page) -> str:
    credit = f'<p class="from">文章来源 / {_e(page.credit)}</p>' if page.credit else ""
    authors = f"<p>文 / {_e('、'.join(page.authors))}</p>" if page.authors else ""
    return f"""<!DOCTYPE html>
<html lang="zh-Hans">
<head><meta charset="UTF-8"><title>{_e(page.title)} – {page.site.name}</title>
<meta property="og:title" content="{_e(page.title)}">
<meta property="og:site_name" content="{page.site.name}"></head>
<body class="post-template-default single single-post">
<header class="site-header"><a rel="home" href="/">{page.site.name}</a>\
<ul class="menu">{_links(page.site.nav)}</ul></header>
<article class="post type-post hentry">
<header class="entry-header"><h1 class="entry-title">{_e(page.title)}</h1>
<div class="entry-meta"><time class="entry-date published" datetime="{page.published.isoformat()}">{page.published:%Y年}\
{page.published.month}月{page.published.day}日</time> <span class="cat-links">{page.site.channel}</span></div></header>
<div class="entry-content">
{authors}
{_body(page, "<p>{}</p>", "<h2>{}</h2>")}
{credit}
</div>
<footer class="entry-footer">标签：<a rel="tag">乡镇</a>、<a rel="tag">田野</a></footer>
</article>
<nav class="post-navigation"><div class="nav-previous">上一篇 <a href="#">{page.headlines[2]}</a></div>\
<div class="nav-next">下一篇 <a href="#">{page.headlines[3]}</a></div></nav>
<div class="widget-area"><section class="widget"><h2>近期文章</h2><ul>{_links(page.headlines[9:14])}</ul></section></div>
<footer class="site-footer">© {page.site.name} {page.site.icp}</footer>
</body></html>
"""


def government(page: Page) -> str:
    number = page.number or "无"
    issuer = page.credit if page.number else page.site.name
    return f"""<!DOCTYPE html>
<html>
<head>
<meta charset="UTF-8">
<meta name="SiteName" content="{page.site.name}">
<meta name="ColumnName" content="{page.site.channel}">
<meta name="ArticleTitle" content="{_e(page.title)}">
<meta name="PubDate" content="{page.published:%Y-%m-%d %H:%M}">
<meta name="ContentSource" content="{_e(page.credit)}">
<title>{page.site.name} {page.site.channel} {_e(page.title)}</title>
</head>
<body>
<div class="header">{_links(page.site.nav, "/col")}</div>
<table class="xxgk"><tr><td>索引号</td><td>00000000/{page.published.year}-{page.serial}</td><td>主题分类</td><td>城乡治理</td></tr>
<tr><td>发文机关</td><td>{_e(issuer)}</td><td>文号</td><td>{_e(number)}</td></tr>
<tr><td>成文日期</td><td>{page.published:%Y-%m-%d}</td><td>有效性</td><td>有效</td></tr></table>
<div class="article">
<h1>{_e(page.title)}</h1>
<div class="explain">发布时间：{page.published:%Y-%m-%d %H:%M}　来源：{_e(page.credit)}　浏览次数：<span id="hits"></span>　字体：[ \
<a>大</a> <a>中</a> <a>小</a> ]</div>
<div id="UCAP-CONTENT">
<div class="TRS_Editor"><style type="text/css">.TRS_Editor P{{line-height:2;font-family:宋体;font-size:12pt;}}</style>
{_body(page, '<p align="justify" style="text-indent:2em">{}</p>',
'<p align="justify" style="text-indent:2em"><b>{}</b></p>')}
</div></div>
<div class="fujian">附件：暂无</div>
<div class="print">【打印本页】【关闭窗口】 扫一扫在手机打开当前页</div>
</div>
<div class="footer">主办单位：{page.site.name}编辑部　网站标识码：0000000000　{page.site.icp}</div>
</body>
</html>
"""


def digest(page: Page) -> str:
    credit = f" | 出处 {_e(page.credit)}" if page.credit else ""
    return f"""<html>
<head><title>{_e(page.title)} @ {page.site.name}</title></head>
<body bgcolor="#fffff0">
<div id="menu">{" ｜ ".join(page.site.nav)}</div>
<div id="post">
<h2>{_e(page.title)}</h2>
<div class="date">{page.published:%Y/%m/%d %H:%M}{credit}</div>
{_body(page, "<p>{}</p>", "<h3>{}</h3>")}
</div>
<div id="side"><h4>最多人看</h4><ul>{_links(page.headlines[5:11])}</ul></div>
<div id="bottom">本站文章由网友推荐，{page.site.name}不代表其立场。</div>
</body>
</html>
"""


TEMPLATES: dict[str, Callable[[Page], str]] = {
    "portal": portal,
    "channel": channel,
    "table_layout": table_layout,
    "epaper": epaper,
    "wechat": wechat,
    "reader": reader,
    "declared": declared,
    "journal": journal,
    "government": government,
    "digest": digest,
}
