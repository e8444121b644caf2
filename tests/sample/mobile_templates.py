"""Two layouts made for telephones: an account's nested sections, hidden until a script runs, and a reader
application."""

from __future__ import annotations

from html import escape

from tests.sample.stories import Block, Page


def _e(text: str) -> str:
    return escape(text, quote=False)


def wechat(page: Page) -> str:
    def section(block: Block) -> str:
        text = _e(block.text)
        if block.kind == "heading":
            return (
                '<section style="margin:10px auto;display:flex;justify-content:center;"><section '
                'style="padding:4px 12px;'
                f'border-bottom:2px solid #3b7;"><p style="margin:0;"><strong><span '
                f'style="font-size:17px;">{text}</span></strong></p></section></section>'
            )
        return (
            '<section style="line-height:1.75em;margin:0 8px;"><section><section style="letter-spacing:1px;">'
            f'<p style="text-indent:2em;"><span '
            f'style="font-size:15px;color:rgb(62,62,62);">{text}</span></p></section></section></section>'
        )

    stamp = int(page.published.timestamp())
    inner = "\n".join(section(block) for block in page.blocks)
    return f"""<!DOCTYPE html>
<html class=""><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1.0">
<meta property="og:title" content="{escape(page.title)}" />
<meta property="og:site_name" content="微信公众平台" />
<meta property="og:article:author" content="{_e(" ".join(page.authors))}" />
<title></title>
<script type="text/javascript">window.logs={{pagetime:{{}}}};var biz="MzA0{page.serial}==";var ct = "\
{stamp}";var createTime = '{page.published:%Y-%m-%d %H:%M}';var nickname = "{page.site.name}";</script>
</head>
<body id="activity-detail" class="zh_CN mm_appmsg">
<div id="js_article" class="rich_media"><div class="rich_media_inner">\
<div id="page-content" class="rich_media_area_primary">
<h1 class="rich_media_title" id="activity-name">
{_e(page.title)}
</h1>
<div id="meta_content" class="rich_media_meta_list">
<span class="rich_media_meta rich_media_meta_text">{_e(" ".join(page.authors))}</span>
<span class="rich_media_meta rich_media_meta_nickname" id="profileBt">\
<a href="javascript:void(0);" id="js_name">{page.site.name}</a></span>
<em id="publish_time" class="rich_media_meta rich_media_meta_text"></em>
</div>
<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0; ">
<section style="text-align:center;"><p><span style="font-size:12px;color:#aaa;">点击上方蓝字 关注我们</span></p></section>
<section data-role="outer"><section data-role="paragraph">
{inner}
</section></section>
<section><p style="text-align:center;">\
<img data-src="https://img.zhijiang-street.example/{page.serial}/640?wx_fmt=png" data-ratio="0.5"></p></section>
<section style="font-size:13px;"><p>往期回顾</p>
<p><a href="/s/a{page.serial}">{page.headlines[5]}</a></p><p>\
<a href="/s/b{page.serial}">{page.headlines[6]}</a></p></section>
</div>
<div class="rich_media_tool"><span>阅读 {page.serial % 3000}</span> <span>在看</span> <span>预览时标签不可点</span></div>
</div></div></div>
<div id="js_pc_qr_code" style="display:none"><p>微信扫一扫<br>关注该公众号</p></div>
<script>document.getElementById("js_content").style.visibility="visible";\
document.getElementById("publish_time").innerText=createTime;</script>
</body></html>
"""


def reader(page: Page) -> str:
    photographers = f'<span class="who">摄影 {_e(" ".join(page.photographers))}</span>' if page.photographers else ""
    authors = f'<span class="who">{_e(" ".join(page.authors))}</span>' if page.authors else ""
    figures = {block.text for block in page.blocks if block.kind == "caption"}
    parts = []
    for number, block in enumerate(page.blocks):
        text = _e(block.text)
        if block.text in figures:
            parts.append(f'<figure><img src="/i/{page.serial}{number}.webp"><figcaption>{text}</figcaption></figure>')
        else:
            parts.append(f"<h2>{text}</h2>" if block.kind == "heading" else f"<p>{text}</p>")
    rubric = f'<span class="rubric">{_e(page.rubric)}</span>' if page.rubric else ""
    return f"""<!doctype html><html lang=zh><head><meta charset=utf-8><meta name=viewport content="width=device-width">
<title>{_e(page.title)} | {page.site.name}</title>
<meta property=og:site_name content={page.site.name}>
<link rel=canonical href={page.url}></head><body>
<header><nav>{" ".join(f"<a href=/t/{i}>{name}</a>" for i, name in enumerate(page.site.nav))}</nav></header>
<main><article>{rubric}<h1>{_e(page.title)}</h1>
<p class=meta><span>{page.published.month}月{page.published.day}日 {page.published:%H:%M}</span>\
<time datetime="{page.published.isoformat()}">{page.published:%Y-%m-%d}</time>\
<span>{_e(page.credit)}</span>{authors}{photographers}</p>
{"".join(parts)}
</article>
<aside><h3>更多内容</h3>{"".join(f"<a href=/a/{i}><h4>{_e(name)}</h4><p>{_e(name)}，记者近日走访了解到，这件事在当地有了新的进展……</p></a>" for i,
name in enumerate(page.headlines[4:9]))}</aside></main>
<footer>下载客户端看更多 · {page.site.icp}<p hidden>{"县城 乡镇 村庄 " * 40}</p></footer></body></html>
"""
