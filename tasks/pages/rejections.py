"""Why a page is not an article: a closed list of reasons, told by what the page says and how it is made.

``empty_page``, ``error_page``, ``login_wall``, ``paywall``, ``search_results``, ``forum_pager``, ``list_page``,
``attachment_only``, ``no_text``, ``no_article_found``; ``too_large`` and ``too_deep`` are decided before parsing
(``tasks.pages.html.markup``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.pages.drafts import Draft
from tasks.pages.lines.lines import Line
from tasks.records import RejectionReason

Rejection = tuple[RejectionReason, str]

# A page that says it is not there: 404, 页面不存在, 内容已删除.
_ERROR = re.compile(
    r"(?:页面|网页|文章|内容|信息|链接|文件|资源)(?:不存在|未找到|没有找到|找不到|无法(?:找到|访问|显示)|已(?:经)?(?:被)?(?:删除|下线|失效|移除|撤销|过期))|(?:找不到|未找到"
    r"|没有找到|无法找到|不存在).{0,10}(?:页面|网页|文件|文章|内容)"
    r"|\b(?:404|403|500|502|503)\b\s*(?:错误|Not\s*Found|Forbidden|Error|-|，|:|：|页面|$)|Not\s*Found|服务器(?:内部)?错误"
    r"|系统(?:发生)?(?:错误|异常|繁忙)|访问(?:出错|被拒绝|受限|过于频繁)|出错了|Bad\s*Gateway|Access\s*Denied|(?:正在|自动)(?:为您)?跳转|请(?:开启"
    r"|启用)\s*JavaScript",
    re.IGNORECASE,
)
_SEARCH = re.compile(r"搜索结果|检索结果|的搜索|搜索[_\-:：“]|站内搜索|搜索_|-\s*搜索$|^搜索")
_SEARCH_TITLE = re.compile(r"(?:搜索|检索|查询)结果\s*(?:[-_|–—].{0,16})?$")
_SEARCH_URI = re.compile(
    r"[?&](?:q|wd|kw|key|keyword|keywords|query|search|searchword)=|/(?:search|so)(?:[/?.]|$)", re.IGNORECASE
)
# A page that asks for a login before it shows anything.
_LOGIN = re.compile(
    r"(?:请|需要?)(?:您)?(?:先)?(?:登录|登陆|注册)(?:后|才|以|再|并|账号|会员|[，。！]|$)|(?:登录|登陆|注册)后(?:方可|才能|即可|可以|可|再)?(?:查看|阅读|浏览|访问|继续)"
    r"|(?:仅|只)(?:限|对|供)(?:注册|登录)?(?:会员|用户)(?:阅读|查看|开放)?|扫码登录|您(?:尚|还)未登录|没有权限(?:查看|访问|阅读)"
)
_SIGN_UP = re.compile(r"(?:立即|马上|免费|快速|欢迎)(?:注册|登录|登陆)|(?:用户|会员|账号|邮箱)(?:注册|登录|登陆)$")
_BARRED = re.compile(r"(?:登录|登陆|注册)后?.{0,6}(?:查看|阅读|浏览).{0,4}(?:全文|全部|完整|更多内容|剩余|余下)")
# A page that shows a part and sells the rest.
_PAYWALL = re.compile(
    r"(?:付费|购买|订阅|开通会员|成为会员|开通\s*VIP|充值|支付).{0,14}(?:阅读|查看|解锁|继续|获取).{0,4}(?:全文|全部|剩余|余下|更多|完整|本文|内容)?|(?:剩余|还有"
    r"|余下)\s*\d+\s*[%％].{0,10}(?:付费|未读|内容|订阅)|(?:本文|此文|该文)(?:为|是|系)?(?:付费|会员|订阅)(?:内容|文章|专享|专属)|(?:付费|会员|订阅者?)(?:专享"
    r"|专属)(?:内容|文章)?",
    re.IGNORECASE,
)
_FORUM = re.compile(r"贴吧|论坛|BBS|bbs|版块|主题帖|帖子列表|跟帖")

_ATTACHED = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|pptx?|zip|rar)\b|附件\s*\d*\s*[：:.]\s*\S", re.IGNORECASE)

SHORT_NOTICE = 200  # an error or login page says no more; an article that mentions one says more
SHORT_LEAD = 400  # what a paywall shows before it closes
LIST_LINKS = 12  # links whose text is a headline; below this a page without text is just a page without text


def reject_textless(lines: Sequence[Line]) -> Rejection:
    """The reason for a page that prints the title and the credits of an article and no text of it."""
    for line in lines:
        if line.removed_as not in ("hidden", "share") and _ATTACHED.search(line.text):
            return "attachment_only", f"what the page says is in a file: {line.text[:60]}"
    return "no_text", "the page prints a title and credits, and no text"


def reject_empty(lines: Sequence[Line], *, title: str, uri: str, script_chars: int) -> Rejection:
    """The reason for a page on which no body was found."""
    shown = [line for line in lines if line.removed_as != "hidden"]
    text = " ".join(line.text for line in shown)[:4_000]
    if not shown:
        if script_chars:
            return "empty_page", f"nothing but scripts ({script_chars:,} characters) and no text in them"
        return "empty_page", "the page shows no text"
    notice = _notice(f"{title} {text}", len(text))
    if notice is not None:
        return notice
    headlines = sum(1 for line in shown if line.link_share >= 0.6 and len(line.text) >= 8)
    if _SEARCH.search(title) or (_SEARCH_URI.search(uri) and headlines >= 3):
        return "search_results", f"{headlines} links under a search"
    if headlines >= LIST_LINKS or sum(1 for line in shown if line.link_share >= 0.6) >= 40:
        if _FORUM.search(title):
            return "forum_pager", f"{headlines} topics of a forum"
        return "list_page", f"{headlines} headlines that are links, and no running text"
    if sum(1 for line in shown if re.search(r"(?:19|20)\d{2}[-./年]\d{1,2}[-./月]\d{1,2}", line.text)) >= 5:
        return "list_page", "dated entries, and no running text"
    return "no_article_found", "no element holds running text"


def _is_of_a_search(title: str, headline: str, uri: str, *, is_credited: bool) -> bool:
    if _SEARCH_TITLE.search(title) or _SEARCH_TITLE.search(headline):
        return True
    calls_itself_so = _SEARCH.search(title) or _SEARCH.search(headline)
    return bool(calls_itself_so) and (not is_credited or _SEARCH_URI.search(uri) is not None)


def _notice_beside(lines: Sequence[Line], length: int) -> Rejection | None:
    """What a line beside a short text says of it."""
    for line in lines:
        if (
            line.kind in ("removed", "metadata")
            and line.removed_as != "hidden"
            and len(line.text) <= 60
            and line.link_share < 0.6
        ):
            notice = _notice(line.text, length, is_beside=True)
            if notice is not None:
                return notice
    return None


def reject_found(
    draft: Draft, lines: Sequence[Line], *, title: str, uri: str, has_printed_title: bool
) -> Rejection | None:
    """The reason why what was found is no article after all, None where it is one."""
    body = " ".join(part.text for part in draft.parts)
    if not any(char.isalpha() for char in body):
        return "no_article_found", "the text holds no words"
    own = f"{draft.title or ''} {body}"
    notice = _notice(own, len(body))
    if notice is not None:
        return notice
    if len(body) <= SHORT_LEAD and (notice := _notice_beside(lines, len(body))) is not None:
        return notice
    credits = draft.credits
    is_credited = bool(credits.date or credits.authors or credits.outlet or credits.editors)
    if _is_of_a_search(title, draft.title or "", uri, is_credited=is_credited):
        return "search_results", "the page calls itself the result of a search"
    if is_credited:
        return None
    if _SIGN_UP.search(f"{title} {draft.title or ''}") or (len(body) <= SHORT_NOTICE and "验证码" in body):
        return "login_wall", "the page asks its reader to sign in"
    if has_printed_title:
        return None
    headlines = sum(1 for line in lines if line.kind == "removed" and line.link_share >= 0.6 and len(line.text) >= 8)
    if _FORUM.search(title) and headlines >= 20:
        return "forum_pager", f"{headlines} topics of a forum and {len(body)} characters of text"
    if headlines >= 40 and len(body) < 300:
        return "list_page", f"{headlines} headlines that are links and {len(body)} characters of text without a date"
    return None


def _notice(text: str, length: int, *, is_beside: bool = False) -> Rejection | None:
    """The reason where a short text is a notice of the site rather than an article.

    ``is_beside``: the notice stands beside the text; then only what bars the rest of an article counts.
    """
    if length <= SHORT_LEAD:
        found = _PAYWALL.search(text)
        if found:
            return "paywall", f"the page says: {found.group()}"
    if length <= SHORT_NOTICE and is_beside:
        found = _BARRED.search(text)
        return ("login_wall", f"the page says: {found.group()}") if found else None
    if length <= SHORT_NOTICE:
        found = _ERROR.search(text)
        if found:
            return "error_page", f"the page says: {found.group()}"
        found = _LOGIN.search(text)
        if found:
            return "login_wall", f"the page says: {found.group()}"
    return None
