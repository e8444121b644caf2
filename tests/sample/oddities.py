"""Inputs that hold no article: list pages, a search result, an error page, empty, binary and hostile files, copies."""

from __future__ import annotations

from tests.sample.stories import Page, Site

_DAYS = ("03-02", "03-01", "02-27", "02-26", "02-24", "02-23", "02-20", "02-18")


def list_page(site: Site, titles: list[str], year: int) -> str:
    items = "\n".join(
        f'<li><span class="date">{year}-{_DAYS[i % len(_DAYS)]}</span><a href="/p/{i}.html">{title}</a></li>'
        for i, title in enumerate(titles)
    )
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{site.channel}_{site.name}</title></head>
<body><div class="nav">{" ".join(f"<a href='/{i}/'>{name}</a>" for i, name in enumerate(site.nav))}</div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; {site.channel}</div>
<div class="list"><h2>{site.channel}</h2><ul>
{items}
</ul></div>
<div class="pager"><a>首页</a> <a>上一页</a> <b>1</b> <a href="2.html">2</a> <a href="3.html">3</a> <a>下一页</a> \
<a>尾页</a> 共 36 页 716 条</div>
<div class="footer">{site.name} 版权所有 {site.icp}</div></body></html>
"""


def search_page(site: Site, titles: list[str]) -> str:
    items = "\n".join(
        f'<div class="result"><h3><a href="/p/{i}.html">{title}</a></h3><p>…{title}。'
        f'记者在现场看到，<em>网格</em>……</p><span>{site.name} 2021-{_DAYS[i % len(_DAYS)]}</span></div>'
        for i, title in enumerate(titles)
    )
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>“网格”的搜索结果_{site.name}</title></head>
<body><form><input name="q" value="网格"><button>搜索</button></form>
<p>为您找到相关结果约 1,204 条，用时 0.032 秒</p>
<div>排序：<a>按相关度</a> <a>按时间</a></div>
{items}
<div class="pager"><b>1</b> <a>2</a> <a>3</a> <a>4</a> <a>下一页</a></div></body></html>
"""


def error_page(site: Site) -> str:
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gbk">\
<title>404 - 找不到文件或目录。</title></head>
<body><h1>对不起，您访问的页面不存在或已被删除</h1>
<p>错误代码：404</p><p>请检查您输入的网址是否正确，或<a href="/">返回{site.name}首页</a>。页面将在 <span id="s">5</span> 秒后自动跳转。</p></body></html>
"""


def login_page() -> str:
    return """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>会员登录</title></head><body>
<h1>请登录后阅读</h1><p>本栏目仅对订阅会员开放，登录后可阅读全文。</p>
<form method="post" action="/login"><input name="user" placeholder="手机号">\
<input name="password" type="password" placeholder="密码"><button>登录</button></form>
<p>还没有账号？<a href="/join">立即订阅</a></p></body></html>
"""


def script_page() -> str:
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>loading</title></head><body><div id="app"></div>\n'
        + (
            '<script>(function(){var a=[];for(var '
            'i=0;i<1e3;i++){a.push(\'<div>\'+i)}window.__data={"code":0,"list":[]};})();</script>\n'
            * 60
        )
    )


def nested_page() -> str:
    """Six thousand unclosed elements around half a word, attributes without an end, a comment that is never closed."""
    return (
        "<html><body>"
        + '<div class="a"><span><b>' * 2000
        + '入口<a href="/x'
        + "<td><p>" * 50
        + '"<!-- '
        + "<ul><li>" * 200
    )


def binary_bytes() -> bytes:
    """The head of a PNG image and some bytes that are no text in any charset."""
    header = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000100000001008060000001ff3ff61")
    return header + bytes((number * 73 + 41) % 256 for number in range(1500)) + bytes(64)


def round_up(site: Site, first: Page, second: Page) -> str:
    """A weekly round-up of ``site`` that prints two stories of other outlets whole, one after the other."""
    parts = []
    for number, page in zip("一二", (first, second), strict=True):
        body = "\n".join(f"<p>{block.text}</p>" for block in page.blocks)
        parts.append(f"<h3>{number}、{page.title}</h3>\n{body}")
    joined = "\n".join(parts)
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>每周乡治见闻（第46期）_{site.channel}_{site.name}</title>
<meta property="og:site_name" content="{site.name}"></head>
<body><div class="top-nav"><ul>{"".join(f"<li><a href='/{i}/'>{name}</a></li>" for i, name in enumerate(site.nav))}</ul\
></div>
<div class="crumb">当前位置：<a href="/">{site.name}首页</a> &gt; {site.channel} &gt; 正文</div>
<h1 class="title">每周乡治见闻（第46期）</h1>
<div class="info"><span class="time">2020-11-15 09:00</span> <span class="source">来源：{site.name}综合</span></div>
<div class="article-content" id="content">
<p>编者按：本栏目每周摘编各地媒体上的基层见闻，供读者参考。</p>
{joined}
</div>
<div class="footer"><p>{site.name} 版权所有 {site.icp}</p></div></body></html>
"""
