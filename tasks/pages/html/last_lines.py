"""The last lines of a body: labels with nothing behind them, headings that nothing follows, who runs the site."""

from __future__ import annotations

from tasks.lexicon.characters import pattern_of
from tasks.pages.drafts import Draft
from tasks.pages.lines.credits import MEDIA_NAME
from tasks.pages.lines.lines import ends_sentence

_DANGLING = pattern_of(r"^[^[:han:]]{0,3}[[:han:]]{1,8}\s*[：:]$")
_HOST_OF_SITE = pattern_of(r"^[[:han:]]{2,20}(?:政府|[局厅委办]|办公室|委员会|中心|公司)(?:主办|主管|承办)$")


def settle_last_lines(draft: Draft) -> None:
    """Take from the end of ``draft`` what ends no article."""
    _drop_dangling_labels(draft)
    _settle_last_headings(draft)
    _drop_host_of_site(draft)


def _drop_dangling_labels(draft: Draft) -> None:
    """Labels at the end of the body (附件：) with nothing behind them announce what the page does not hold."""
    while draft.parts and _DANGLING.match(draft.parts[-1].text):
        for line in draft.parts.pop().lines:
            line.article = None
            line.remove("other", "a label with nothing behind it")


def _settle_last_headings(draft: Draft) -> None:
    """A heading that nothing follows is the last line of the text (a signature, a place) unless it is marked up."""
    while draft.parts and draft.parts[-1].kind == "heading":
        part = draft.parts.pop()
        line = part.lines[0]
        is_label = not pattern_of(r"[[:sentence_end:]]|^“").search(line.text)
        if not is_label or not (line.tag.startswith("h") or line.is_bold):
            part.kind = line.kind = "paragraph"
            draft.parts.append(part)
            return
        line.remove("related", "a heading that nothing of the article follows")
        line.article = None


def _drop_host_of_site(draft: Draft) -> None:
    """Remove who runs the site where that is centred as the last line below a finished sentence (青石县农业农村局主办).

    So does a paper with its own name (青石晚报社). An invitation names its hosts too, but as fields or among its other
    lines.
    """
    parts = draft.parts
    if len(parts) < 2 or not ends_sentence(parts[-2].text):
        return
    text, outlet = parts[-1].text, draft.credits.outlet or draft.site or ""
    is_paper = len(outlet) >= 3 and text.startswith(outlet) and len(text) <= len(outlet) + 3 and MEDIA_NAME.search(text)
    if not is_paper and not _HOST_OF_SITE.match(text):
        return
    if all(line.is_centered for line in parts[-1].lines):
        for line in parts.pop().lines:
            line.article = None
            line.remove("footer", "who runs the site")
