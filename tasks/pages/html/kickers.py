"""The kicker and the sub-title of an HTML page: the lines right above and right below its title."""

from __future__ import annotations

import re

from tasks.pages.drafts import Draft
from tasks.pages.html.markup import Markup
from tasks.pages.lines.bylines import read_byline
from tasks.pages.lines.credits import read_credits
from tasks.pages.lines.line_patterns import stock_phrase
from tasks.pages.lines.lines import Line, ends_sentence, han_count, is_headline
from tasks.pages.lines.titles import behind_kicker_label, folded, is_subtitle

# The class or id of the line above a headline.
KICKER_HINT = re.compile(
    r"(?:^|[ _-])(?:pre-?title|sub-?title\w*|subhead\w*|intro-?title|kicker|eyebrow|yinti\w*|futi\w*|f-?title|shoulder"
    r"|jianti|ytitle|second-?title)(?:[ _-]|$)"
)


def take_kicker(markup: Markup, lines: list[Line], title_lines: list[int], draft: Draft) -> None:
    """The line right above the title (引题) or right below it (副题), where it is set as a title too."""
    title = lines[title_lines[0]]
    for index in (title_lines[0] - 1, title_lines[-1] + 1):
        if not 0 <= index < len(lines):
            continue
        line = lines[index]
        text = line.text
        if line.kind or line.link_share > 0 or not 6 <= len(text) <= 60 or han_count(text) * 2 < len(text):
            continue
        hints = markup.elements.hints_of(line.element)
        labelled = behind_kicker_label(text)
        named = bool(KICKER_HINT.search(hints) or labelled) or is_subtitle(text)
        beside = line.tag in ("h1", "h2", "h3", "h4", "h5", "h6") or (
            line.is_centered and title.is_centered and index < title_lines[0]
        )
        if not named and not (beside and len(text) >= 8 and is_headline(text, 60)):
            continue
        if folded(text) in folded(draft.title or ""):  # the title, or the first of the lines it is broken into
            line.kind, line.article = "title", 0
            continue
        if stock_phrase(text) is not None or ends_sentence(text):
            continue
        if read_byline(line.raw) or not read_credits(line.raw).is_empty:
            continue
        line.kind, line.article = "kicker", draft.ordinal
        kicker = (labelled or text).strip("—–―─- ")
        draft.kicker = f"{draft.kicker} {kicker}" if draft.kicker else kicker
