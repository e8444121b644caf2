"""A page, whatever it came as, read into articles and an account of everything else on it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache, partial
from urllib.parse import unquote

from tasks.pages.drafts import Draft, finish
from tasks.pages.dumps.cutting import cut_lines, indents_paragraphs, join_wrapped
from tasks.pages.dumps.reading import read_dump
from tasks.pages.html.body_element import reveal_waiting, running_chars
from tasks.pages.html.embedded import find_embedded, mended_fragment, read_decoded
from tasks.pages.html.markup import Hiding, Markup, parse_markup
from tasks.pages.html.reading import read_html
from tasks.pages.languages import is_chinese
from tasks.pages.lines.lines import Line, han_count
from tasks.pages.lines.publication_dates import PossibleDays
from tasks.pages.page_kinds import is_html
from tasks.pages.placed_lines import dump_of_placed_lines
from tasks.pages.source_bounds import MAX_VISIBLE_CHARS, excess_of, excess_of_dump
from tasks.records import (
    FIRST_DAY,
    Block,
    Page,
    RejectionReason,
    RemovedBlock,
    Repair,
)
from tasks.repair.blocks import is_traditional, normalize_block, unclean_blocks
from tasks.repair.writing.typography import BLOCK_END

# For time alone: characters of a page; the mending parser needs three seconds for this.
LONGEST_MENDED = 300_000
_POST_TEXTS = ("content_noencode", "content", "text", "desc", "description")  # the fullest first
LEAST_POST_HAN = 10  # Chinese characters of a post; what is shorter is a name
LEAST_RUNNING_CHARS = 60  # a page that shows less than two sentences may keep its article in a script
# For time alone: characters of a line whose parts are each normalised. A longer one begins with names and fields at
# most, and only those of a page in traditional characters need it.
LONGEST_SPACED = 200
# For time alone: characters of a line (navigation, labels) that is set once, since it comes again on every page.
LONGEST_LABEL = 40
_SPACES = re.compile(r"\S+")


def read_page(
    text: str,
    *,
    uri: str,
    media_type: str | None,
    repeated: frozenset[str] = frozenset(),
    fetched_on: date | None = None,
    first_day: date = FIRST_DAY,
    parsed: bytes | None = None,
) -> Page:
    """The articles of one page, or a rejection, with a block for every line of it.

    ``text`` is the decoded source after ``repair_source``; ``repeated`` are lines that the site prints on many pages;
    ``fetched_on`` is the day on which it was fetched, after which it cannot have been published,
    and ``first_day`` the earliest on which it can have been;
    ``parsed`` holds the bytes of its ``Markup``, where this run has parsed it already.
    Never raises on odd input.
    """
    if not text.strip():
        return _rejected("empty_page", "the page holds no characters")
    uri = unquote(uri) if "%" in uri else uri
    days = PossibleDays(fetched_on, first_day)
    placed = dump_of_placed_lines(text)
    if placed is not None and excess_of(text) is None and excess_of_dump(placed) is None:
        return _read_dump_page(placed, uri, repeated, days)
    if parsed is not None:
        return _read_html_page(Markup.from_bytes(parsed), uri, repeated, days)
    excess = excess_of(text)
    if excess is not None:
        return _rejected(*excess)
    if is_html(text, media_type):
        return _read_html_page(parse_markup(text), uri, repeated, days)
    excess = excess_of_dump(text)
    if excess is not None:
        return _rejected(*excess)
    return _read_dump_page(text, uri, repeated, days)


def _read_html_page(markup: Markup, uri: str, repeated: frozenset[str], days: PossibleDays) -> Page:
    visible = sum(markup.leaves.char_counts)
    if visible > MAX_VISIBLE_CHARS:
        return _too_large(visible)
    reveal_waiting(markup)
    shell: list[Line] = []
    posted = _posted(markup)
    if posted is not None:
        shell = _lines_of(markup, is_traditional(posted[1]))
        for line in shell:
            line.remove("other", "the shell of a page whose article is in a script")
        markup = _with_embedded(markup, *posted)
    elif running_chars(markup, Hiding.NONE) < LEAST_RUNNING_CHARS:
        embedded = find_embedded(markup.scripts)
        excess = excess_of(embedded[1]) if embedded is not None else None
        if excess is not None:
            return _rejected(*excess)
        if embedded is not None:
            shell = _lines_of(markup, is_traditional(embedded[1]))
            for line in shell:
                line.remove("other", "the shell of a page whose article is in a script")
            markup = _with_embedded(markup, *embedded)
            visible = sum(markup.leaves.char_counts)
            if visible > MAX_VISIBLE_CHARS:
                return _too_large(visible)
    traditional = is_traditional(markup.leaves.shown_text())

    def normalize(value: str) -> str:
        return _normalized(value, traditional)[0]

    lines = _lines_of(markup, traditional)
    reading = read_html(markup, lines, uri=uri, repeated=repeated, normalize=normalize, days=days)
    return page_of(reading.drafts, [*lines, *shell], reading.reason, reading.detail)


def _posted(markup: Markup) -> tuple[str, str] | None:
    """(title, text) of an account's post of a few words or pictures, which its page keeps in a script alone."""
    fields = read_decoded(markup.scripts)
    content = next((fields[name] for name in _POST_TEXTS if han_count(fields.get(name, "")) >= LEAST_POST_HAN), None)
    if content is None or running_chars(markup, Hiding.NONE) >= LEAST_RUNNING_CHARS:
        return None
    markup.account = markup.account or fields.get("nick_name", "")
    for name in ("create_time", "ori_create_time", "publish_time"):
        if name in fields:
            markup.add_field(name, fields[name])
    return fields.get("title", ""), content


def _with_embedded(markup: Markup, title: str, content: str) -> Markup:
    """A page made of the article that ``markup`` keeps in a script, with the head that ``markup`` has."""
    if "<" not in content:
        content = "".join(f"<p>{line}</p>" for line in content.split("\n"))
    elif len(content) <= LONGEST_MENDED:
        content = mended_fragment(content)
    page = parse_markup(f"<article class='content'>{content}</article>")
    page.metas, page.scripts, page.canonical = markup.metas, markup.scripts, markup.canonical
    page.paper, page.times, page.account = markup.paper, markup.times, markup.account
    page.title, page.is_drawn = title or markup.title, True
    return page


def _read_dump_page(text: str, uri: str, repeated: frozenset[str], days: PossibleDays) -> Page:
    traditional = is_traditional(text)
    lines = []
    cut = cut_lines(text)
    is_set_in = indents_paragraphs(cut)
    for raw in join_wrapped(cut, lambda part: _normalized(part, traditional)[0]):
        if raw.is_markup:
            line = Line(raw.text, raw.text, gap=raw.gap)
            line.remove("markup", "debris of markup")
        else:
            normal, repairs = _normalized(raw.text, traditional)
            line = Line(normal, _simplified(raw.text, traditional), repairs, gap=raw.gap)
            line.is_indented = is_set_in and raw.is_indented
            if raw.is_page_number:
                line.remove("other", "number of a printed page")
        lines.append(line)
    drafts = read_dump(lines, repeated=repeated, days=days)
    for draft in drafts:
        if draft.credits.date is None or draft.credits.date.on is None:
            draft.take_day_of_address(uri)
    return page_of(drafts, lines, None, None)


def _simplified(raw: str, traditional: bool) -> str:
    """``raw`` with each of its parts normalised, so that the spaces between names and fields survive."""
    if len(raw) > LONGEST_SPACED and not traditional:
        return raw
    return _SPACES.sub(lambda part: _normalized(part.group(), traditional)[0], raw)


def _normalized(text: str, traditional: bool) -> tuple[str, tuple[Repair, ...]]:
    if len(text) > LONGEST_LABEL:
        repaired = normalize_block(text, traditional=traditional)
        return repaired.text, repaired.repairs
    return _normalized_label(text, traditional)


@lru_cache(maxsize=50_000)
def _normalized_label(text: str, traditional: bool) -> tuple[str, tuple[Repair, ...]]:
    repaired = normalize_block(text, traditional=traditional)
    return repaired.text, repaired.repairs


def _lines_of(markup: Markup, traditional: bool) -> list[Line]:
    leaves = markup.leaves
    count = len(leaves)
    texts, raws = list(leaves.texts), list(leaves.raws)
    spaced = [place for place, raw in enumerate(raws) if " " in raw and (traditional or len(raw) <= LONGEST_SPACED)]
    if traditional:
        unclean = set(range(count + len(spaced)))
    else:
        unclean = unclean_blocks(texts + [raws[place].replace(" ", BLOCK_END) for place in spaced])
    repairs: list[tuple[Repair, ...]] = [()] * count
    for place in unclean:
        if place < count and not leaves.hidings[place]:
            texts[place], repairs[place] = _normalized(texts[place], traditional)
            if " " not in raws[place]:
                raws[place] = texts[place]
    for number, place in enumerate(spaced, count):
        if number in unclean and not leaves.hidings[place]:
            raws[place] = _simplified(raws[place], traditional)
    tags = [*markup.elements.tags, "body"]  # the last for leaves outside all elements, whose element is -1
    centered = [*markup.elements.centered, False]
    return [
        Line(
            text,
            raw,
            its_repairs,
            tags[element],
            links / chars,
            bold * 5 >= chars * 4,
            centered[element],
            False,
            image,
            0,
            element,
        )
        for text, raw, its_repairs, element, links, bold, image, chars in zip(
            texts,
            raws,
            repairs,
            leaves.elements,
            leaves.link_chars,
            leaves.bold_chars,
            leaves.after_images,
            leaves.char_counts,
            strict=True,
        )
    ]


def page_of(drafts: Iterable[Draft], lines: list[Line], reason: RejectionReason | None, detail: str | None) -> Page:
    """The record of a page whose lines have all been judged."""
    articles = tuple(finish(draft, ordinal) for ordinal, draft in enumerate(drafts))
    if articles and not is_chinese("\n".join(article.text for article in articles)):
        articles, reason, detail = (), "not_chinese", "the articles on the page are in another language"
        for line in lines:
            if line.kind != "removed":
                line.article = None
                line.remove("other", "in another language")
    # A page has hundreds of either, and to call their names takes thrice as long.
    new_block, new_removed = partial(tuple.__new__, Block), partial(tuple.__new__, RemovedBlock)
    new_repair = partial(tuple.__new__, Repair)
    blocks: list[Block] = []
    removed: list[RemovedBlock] = []
    repairs: list[Repair] = []
    for line in lines:
        if line.repairs:
            block = len(blocks)
            repairs += [new_repair((*repair[:6], block)) for repair in line.repairs]
        if line.head:
            blocks.append(new_block(("metadata", line.head, line.article)))
        text, kind = line.text, line.kind or "removed"
        if text:
            blocks.append(new_block((kind, text, line.article)))
            if kind == "removed":
                removed.append(new_removed((line.removed_as or "other", line.reason or "not part of an article", text)))
        if line.tail:
            blocks.append(new_block(("metadata", line.tail, line.article)))
    if not articles and reason is None:
        reason, detail = "no_article_found", "no line reads like an article"
    return Page(articles, tuple(blocks), tuple(removed), tuple(repairs), reason, detail)


def _too_large(char_count: int) -> Page:
    return _rejected("too_large", f"{char_count:,} characters of text, at most {MAX_VISIBLE_CHARS:,} are read")


def _rejected(reason: RejectionReason, detail: str) -> Page:
    return Page((), (), (), (), reason, detail)
