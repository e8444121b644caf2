"""A text dump cut into lines: stray markup set apart, sentences that a line break cut in two put together again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from tasks.lexicon.characters import pattern_of
from tasks.pages.lines.affiliations import is_affiliation
from tasks.pages.lines.bylines import read_dateline
from tasks.pages.lines.credits import read_credits
from tasks.pages.lines.lines import clause_marks, closes, ends_sentence, han_count, is_running
from tasks.pages.lines.wrapped_words import begins_with_particle, is_word_across

LONGEST_HEADING = 45  # characters
# The share of lines as long as the width at which a dump is cut: where some are longer, and where none is.
WRAPPED_SHARE, LEAST_WRAPPED_SHARE = 0.5, 0.3
# For time alone: characters of the page that are searched for a phrase that proves a join.
SEARCHED_CHARS = 30_000
LEAST_LINE = 8  # characters of a line of running text in the narrowest column; names are shorter
LEAST_FLUSH = 3  # lines that go on flush below an open one: fewer stand in any dump
LEAST_OPENING = 2  # paragraphs below a full stop, most of which are set in
NEARLY_FULL = 0.85  # of the full width: a line ends earlier where a mark or a long number would not fit; titles do too
MOST_MOVED = 3  # characters that a number or a mark takes to the next line of a narrow column
INDENT = 4  # halves of a character by which the first line of a paragraph is set in
# A comment ends before the next begins: of thousands that never close, none is sought to the end of the line.
_TAG = re.compile(r"</?[A-Za-z!][^<>\n]{0,300}>|<!--(?:(?!<!--).)*?-->")
_BREAKING = re.compile(r"</?(?:p|div|br|li|ul|ol|h[1-6]|td|tr|table|section|article)\b", re.IGNORECASE)
# Line feeds, and the marks that some programs and converters write for them.
_LINE_END = re.compile("\r\n|[\n\r\v\f\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")
# The number at the foot of a printed page, between dashes or dots or with its word: — 3 —, 第 3 页 共 12 页.
_PAGE_NUMBER = re.compile(r"[—–―－\-·•]{1,2}\s*\d{1,3}\s*[—–―－\-·•]{1,2}|第?\s*\d{1,3}\s*页[\s,，/]*共\s*\d{1,3}\s*页")
MOST_PARTING = 2  # spaces between two fields of a line of credits
_INDENTS = ("\N{IDEOGRAPHIC SPACE}", " ", "\t")
# A headline in brackets right before the dateline of its brief: 【石桥镇：账本挂上树】本报讯 ….
_BRIEF = pattern_of(
    r"^(?P<title>【[^【】]{9,40}】)\s*(?=(?:本报|本刊|本网|本社|[[:han:]]{2,10}社)[[:han:]\d]{0,14}[讯电])"
)
# A record of a crawler on one line: its keys, what stands between two of its values, and the mark of a line end.
_RECORD_KEY = re.compile(r'(?<=[{,])\s*"[A-Za-z_]{2,16}"\s*:\s*')
_RECORD_GAP = re.compile(r"[,\s}\]]+$")
_RECORD_LINE_END = "\\n"
LEAST_KEYS = 3
_BRACES = re.compile(r"[{}\[\],\s|｜]+")  # of a record on several lines
# A post of a microblog begins with its headline in brackets, mostly a topic (#…#), on the line of its text.
_POST = pattern_of(r"^(?P<topics>(?:#[^#]{2,30}#\s*)*)(?P<title>【#?[^【】#]{8,40}#?】)\s*(?=[^【】\s]{20})")
_BARS = re.compile(r"(?:\s*[|｜])+\s*$")  # behind the last cell of a row of a table
# A comment whose first sign was lost, and the place of an image or a link without words in Markdown.
_DEBRIS = re.compile(r"\S?!--[^<>]{0,300}-->|(?:!?\[\]\([^()\s]{0,300}\)\s*)+")
_BULLET = re.compile(r"^\s*[•●◆■▪◦‣]+(?=\s|$|<)\s*")
_RUBRIC_LATIN = pattern_of(r"^[[:han:]]{2,8}\s+[A-Z]{4,}$")
_INNER_STOP = pattern_of(r"[[:sentence_end:]；!?;]|[，,].*[，,]")
_PAIRS = {"《": "》", "“": "”", "（": "）", "(": ")", "「": "」"}


@dataclass(slots=True)
class RawLine:
    """``gap``: blank lines before it (an image left its place); ``is_markup``: debris of tags, nothing to
    read; ``begins_parted`` and ``ends_parted``: a space at that end parts it from what a cut line goes on with."""

    text: str
    gap: int = 0
    is_markup: bool = False
    is_bulleted: bool = False
    is_indented: bool = False
    begins_parted: bool = False
    ends_parted: bool = False
    is_page_number: bool = False


def cut_lines(text: str) -> list[RawLine]:
    """The lines of a dump in order; every visible character of ``text`` is in exactly one of them.

    >>> [line.text for line in cut_lines("• <sup></sup>\\n青石镇新闻")]
    ['• <sup> </sup>', '青石镇新闻']
    """
    found: list[RawLine] = []
    gap = 0
    has_sentence = False
    for physical in _LINE_END.split(text):
        stripped = " ".join(physical.split())
        if not stripped:
            gap += 1
            continue
        post = _POST.match(stripped) if not has_sentence else None
        if post is not None:
            topics = [RawLine(post["topics"].strip(), is_markup=True)] if post["topics"] else []
            pieces = [*topics, RawLine(post["title"]), *_pieces(stripped[post.end() :])]
        else:
            pieces = _pieces_of_record(stripped) or _pieces(stripped)
        for piece in pieces:
            piece.gap, piece.is_indented = gap, physical[:1] in _INDENTS
            piece.begins_parted, piece.ends_parted = _parted(physical)
            piece.is_page_number = _PAGE_NUMBER.fullmatch(piece.text) is not None
            if not piece.is_markup:
                gap = 0
        found.extend(pieces)
        has_sentence = has_sentence or any(is_running(piece.text) for piece in pieces)
    return found


def _pieces_of_record(line: str) -> list[RawLine]:
    """The fields of a record that stands on one line, its text cut at the marks of its line ends; empty for others.

    >>> [piece.text for piece in _pieces_of_record(r'{"id": 7, "title": "小院议事", "content": "事在院里议。\\n记在账上。"}')]
    ['{', '"id": 7', ',', '"title": "小院议事"', ',', '"content": "事在院里议。', '\\\\n', '记在账上。"', '}']
    """
    keys = list(_RECORD_KEY.finditer(line)) if line.startswith(("{", "[{")) else []
    if len(keys) < LEAST_KEYS:
        return []
    pieces = [RawLine(line[: keys[0].start()], is_markup=True)]
    for key, end in zip(keys, [*(key.start() for key in keys[1:]), len(line)], strict=True):
        field = line[key.start() : end]
        gap = _RECORD_GAP.search(field)
        for number, text in enumerate(field[: gap.start() if gap else None].split(_RECORD_LINE_END)):
            if number:
                pieces.append(RawLine(_RECORD_LINE_END, is_markup=True))
            if text.strip():
                pieces.append(RawLine(text.strip()))
        if gap is not None:
            pieces.append(RawLine(gap.group().strip(), is_markup=True))
    return pieces


def _parted(physical: str) -> tuple[bool, bool]:
    """Whether one space or two stand before a line, and behind it; more set a paragraph in."""
    before, behind = len(physical) - len(physical.lstrip()), len(physical) - len(physical.rstrip())
    return 0 < before <= MOST_PARTING and "\N{IDEOGRAPHIC SPACE}" not in physical[:before], 0 < behind <= MOST_PARTING


def _pieces(line: str) -> list[RawLine]:
    if _BRACES.fullmatch(line) or _DEBRIS.fullmatch(line):
        return [RawLine(line, is_markup=True)]
    bars = _BARS.search(line) if line[-1] in "|｜" else None
    if bars is not None:
        return [*_pieces(line[: bars.start()]), RawLine(bars.group().strip(), is_markup=True)]
    brief = _BRIEF.match(line)
    if brief is not None:
        return [RawLine(brief["title"]), *_pieces(line[brief.end() :])]
    bullet = _BULLET.match(line)
    pieces: list[RawLine] = []
    debris: list[str] = []
    if bullet:
        debris.append(bullet.group().strip())
        line = line[bullet.end() :]
    if "<" not in line:
        if debris:
            pieces.append(RawLine(" ".join(debris), is_markup=True))
        if line:
            pieces.append(RawLine(line, is_bulleted=bool(bullet)))
        return pieces
    texts: list[str] = [""]
    place = 0
    for tag in _TAG.finditer(line):
        texts[-1] += line[place : tag.start()]
        debris.append(tag.group())
        if _BREAKING.match(tag.group()) and texts[-1].strip():
            texts.append("")
        place = tag.end()
    texts[-1] += line[place:]
    if debris:
        pieces.append(RawLine(" ".join(debris), is_markup=True))
    pieces.extend(RawLine(text.strip(), is_bulleted=bool(bullet)) for text in texts if text.strip())
    return pieces


def join_wrapped(lines: list[RawLine], simplify: Callable[[str], str] = str) -> list[RawLine]:
    """``lines`` with those joined that are one sentence: hard-wrapped text, and columns that broke inside a word.

    A line that ends open is joined to the next only where something proves it: a word that stands across the break (one
    of the dictionary, or four characters that the page prints together elsewhere), a mark that can only continue a
    sentence, or a page whose lines are all cut at one width. ``simplify`` gives a short text in Simplified characters.
    """
    width = _wrap_width(lines)
    full = _full_width(lines)
    text = "\n".join(line.text for line in lines if not line.is_markup)[:SEARCHED_CHARS]
    joined: list[RawLine] = []
    previous: RawLine | None = None
    above = RawLine("")
    for each in lines:
        if each.is_page_number:  # between two lines of a text: it parts no sentence
            joined.append(replace(each))
            continue
        is_broken = previous is not None and joined[-1].is_page_number and not closes(previous.text)
        line = replace(each, gap=0) if is_broken else replace(each)
        if previous is not None and (
            _fills_line(previous, above, line, full) or _continues(previous, line, width, text, simplify)
        ):
            gap = " " if previous.ends_parted or line.begins_parted else ""
            previous.text, previous.ends_parted = f"{previous.text}{gap}{line.text}", line.ends_parted
        else:
            previous = line
            joined.append(line)
        above = each
    return joined


def indents_paragraphs(lines: list[RawLine]) -> bool:
    """Whether a dump sets its paragraphs in and its headings not: then what is set in is no heading, however short."""
    running = [line for line in lines if not line.is_markup and len(line.text) >= 40]
    indented = sum(line.is_indented for line in running)
    if len(running) < 3 or indented * 5 < len(running) * 4:
        return False
    opens = next(place for place, line in enumerate(lines) if line is running[0])
    labels = (line for line in lines[opens:] if not line.is_markup and not line.is_indented)
    return sum(len(line.text) <= LONGEST_HEADING for line in labels) >= 2


def _wrap_width(lines: list[RawLine]) -> int | None:
    """The width at which the lines of the whole dump are cut, None where they are paragraphs."""
    lengths = [len(line.text) for line in lines if not line.is_markup and len(line.text) >= 15]
    if len(lengths) < 12:
        return None
    longest = Counter(min(length, 200) for length in lengths)
    width = max(longest, key=lambda length: (longest[length - 1] + longest[length] + longest[length + 1], length))
    near = sum(longest[length] for length in range(width - 2, width + 2))
    is_ragged = max(lengths) > width + 6
    # Paragraphs vary: hardly any are as long as the longest one, where lines cut at one width are by the dozen.
    least = WRAPPED_SHARE if max(lengths) > width + 1 else LEAST_WRAPPED_SHARE
    if near < len(lengths) * least or is_ragged or width > 60:
        return None
    return max(lengths) if max(lengths) == width + 1 else width  # lines set in are shorter by their indent


def _full_width(lines: list[RawLine]) -> int | None:
    """The width at which a printed page or column cuts its lines, where only the first line of each paragraph is set
    in; None for other dumps. A Latin letter or a digit is half as wide as a character."""
    texts = [line for line in lines if not line.is_markup and not line.is_page_number]
    paired = [(above, line) for above, line in pairwise(texts) if len(above.text) >= LEAST_LINE]
    flush = sorted(
        _width(above.text) + INDENT * above.is_indented
        for above, line in paired
        if not line.is_indented and line.gap == 0 and not closes(above.text)
    )
    opening = [line for above, line in pairwise(texts) if ends_sentence(above.text) and len(line.text) >= LEAST_LINE]
    if len(flush) < LEAST_FLUSH or len(opening) < LEAST_OPENING:
        return None
    if sum(line.is_indented for line in opening) * 5 < len(opening) * 4:
        return None
    full = flush[len(flush) * 4 // 5]  # marks run over the edge, and titles end before it
    return full if sum(width >= _least_full(full) for width in flush) * 3 >= len(flush) * 2 else None


def _least_full(full: int) -> float:
    """The width from which on a line is one cut at the ``full`` width."""
    return min(full * NEARLY_FULL, full - 2 * MOST_MOVED)


def _fills_line(start: RawLine, above: RawLine, line: RawLine, full: int | None) -> bool:
    """Whether ``above``, in the paragraph that begins at ``start``, is cut at the ``full`` width of a page whose
    paragraphs are set in, and ``line`` is not set in."""
    if full is None or not start.is_indented or line.is_indented or line.is_markup or line.gap:
        return False
    if ends_sentence(above.text) and len(line.text) < LEAST_LINE:
        return False
    return _width(above.text) + INDENT * above.is_indented >= _least_full(full)


def _width(text: str) -> int:
    return sum(1 if char.isascii() else 2 for char in text)


def _stands_alone(before: str) -> bool:
    """Whether a line is one of credits, or too short and too foreign to have been broken."""
    if not read_credits(before[:120]).is_empty and len(before) <= 120 and not _INNER_STOP.search(before):
        return True
    return len(before) < 20 or han_count(before) * 2 < len(before) or is_affiliation(before)


def _continues(previous: RawLine, line: RawLine, width: int | None, page: str, simplify: Callable[[str], str]) -> bool:
    if previous.is_markup or line.is_markup or line.is_bulleted:
        return False
    before, after = previous.text, line.text
    if not before or not after or closes(before) or _RUBRIC_LATIN.match(after):
        return False
    if after[0] in "，。、；：？！”’）》」,.;:?!)" and len(after) > 1:
        return True
    if after.startswith("——") and not clause_marks(before):
        return False  # a sub-title below a title that is just as long as a line
    last_width = len(before) if width is None else len(before) % max(width, 1)
    if width is not None and line.gap == 0 and (last_width == 0 or last_width >= width - 3):
        return True
    if _stands_alone(before) or (len(after) < 15 and not closes(after)):
        return False
    if _unclosed(before) and not any(mark in after for mark in _unclosed(before)):
        return False
    if line.gap == 0 and len(before) >= 50 and is_running(before) and _INNER_STOP.search(before) and closes(after):
        return read_dateline(after) is None
    return clause_marks(before) > 0 and _is_one_word(before, after, page, simplify)


def _is_one_word(before: str, after: str, page: str, simplify: Callable[[str], str]) -> bool:
    """Whether the break stands inside a word, or before a particle."""
    tail, head = simplify(before[-4:]), simplify(after[:4])
    if is_word_across(tail, head):
        return True
    return closes(after) and (begins_with_particle(head) or before[-2:] + after[:2] in page)


def _unclosed(text: str) -> list[str]:
    return [closer for opener, closer in _PAIRS.items() if text.count(opener) > text.count(closer)]
