"""The article that a page keeps as a string in a script, for pages that show no text until the script has run."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence

from tasks.lexicon.characters import pattern_of
from tasks.pages.html.said_unseen import FIELD
from tasks.pages.lines.lines import han_count

# For time alone: nodes of a document in a script.
MOST_NODES = 5_000
MIN_HAN = 80  # a lead or a message of the interface is shorter
# For time alone: characters of a script that is searched for an article.
MAX_SCRIPT_CHARS = 8_000_000

_TEXT_KEYS = frozenset(("text", "content", "value", "data"))
_MAY_HOLD_HAN = pattern_of(r"[[:han:]]|\\u[3-9]|&#")
_STRING = re.compile(r'"((?:[^"\\\n]|\\.){80,})"|\'((?:[^\'\\\n]|\\.){80,})\'')
# The field of a script's data that holds the headline.
_TITLE = re.compile(
    r"""(?<![A-Za-z])["']?(?:title|articleTitle|newsTitle|headline|header|docTitle)["']?\s*[:=]"""
    r"""\s*(?:"((?:[^"\\\n]|\\.){4,160})"|'((?:[^'\\\n]|\\.){4,160})')"""
)
_DECODED = re.compile(r"([A-Za-z_]+)['\"]?\s*[:=]\s*JsDecode\('((?:[^'\\]|\\.)*)'\)")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL)
# A node of a document: its kind, then what it says.
_TEXT_NODE = re.compile(
    r'"type"\s*:\s*"(?:text|txt|p|para|paragraph)"\s*,[^{}]{0,200}?"(?:content|text|value|data)"\s*:\s*"((?:[^"\\\n]'
    r'|\\.){2,})"'
)


def find_embedded(scripts: Sequence[tuple[str, str, str]]) -> tuple[str, str] | None:
    """(title, markup or text) of the longest Chinese string in the scripts, None where none is long enough.

    >>> found = find_embedded([("", "", 'var d={"title":"村里有了新驿站","content":"<p>' + "驿站开门了。" * 20 + '</p>"}')])
    >>> found[0], found[1][:9]
    ('村里有了新驿站', '<p>驿站开门了。')
    """
    best: tuple[int, str, str] | None = None
    for kind, _, text in scripts:
        if len(text) > MAX_SCRIPT_CHARS:
            continue
        if kind == FIELD:
            count = han_count(text)
            if count >= MIN_HAN and (best is None or count > best[0]):
                title = next((held for one, its, held in scripts if one == FIELD and "title" in its), "")
                best = (count, title, text)
            continue
        if not _MAY_HOLD_HAN.search(text):
            continue
        for match in _STRING.finditer(text):
            literal = match.group(1) if match.group(1) is not None else match.group(2)
            if best is not None and len(literal) <= best[0]:
                continue
            value = _unquoted(literal)
            if value[:1] in ("{", "["):
                value = _text_of_document(value)
            count = han_count(value)
            if count >= MIN_HAN and (best is None or count > best[0]) and "function(" not in value:
                stated = _TITLE.search(text)
                best = (count, _unquoted(stated.group(1) or stated.group(2)) if stated else "", value)
    return (best[1], best[2]) if best is not None else _pieced_together(scripts)


def read_decoded(scripts: Sequence[tuple[str, str, str]]) -> dict[str, str]:
    """The fields that an account's page writes as ``name: JsDecode('…')``, decoded; of each name the first that is
    filled.

    >>> read_decoded([("", "", r"var d = {title: JsDecode('\\x26quot;议事亭\\x26quot;'), desc: JsDecode('')}")])
    {'title': '"议事亭"'}
    """
    found: dict[str, str] = {}
    for kind, _, text in scripts:
        if kind == FIELD or "JsDecode(" not in text or len(text) > MAX_SCRIPT_CHARS:
            continue
        for match in _DECODED.finditer(text):
            value = html.unescape(_ESCAPE.sub(_unescaped, match.group(2))).strip()
            if value:
                found.setdefault(match.group(1), value)
    return found


def _unescaped(match: re.Match[str]) -> str:
    code = match.group(1) or match.group(2)
    if code:
        return chr(int(code, 16))
    return {"n": "\n", "r": "\n", "t": " "}.get(match.group(3), match.group(3))


def _text_of_document(value: str) -> str:
    """The texts of a document that is a string of JSON itself, as editors of blocks keep it; ``value`` where it is
    none."""
    try:
        waiting = [json.loads(value)]
    except (ValueError, RecursionError):
        return value
    found: list[str] = []
    while waiting and len(found) < MOST_NODES:
        node = waiting.pop()
        if isinstance(node, dict):
            found.extend(held for key, held in node.items() if key in _TEXT_KEYS and isinstance(held, str) and held)
            waiting.extend(reversed([held for held in node.values() if isinstance(held, dict | list)]))
        elif isinstance(node, list):
            waiting.extend(reversed(node))
    return "\n".join(found) or value


def _pieced_together(scripts: Sequence[tuple[str, str, str]]) -> tuple[str, str] | None:
    """(title, text) of the article that a script keeps paragraph by paragraph, each said to be text.

    >>> pieces = ",".join('{"type":"text","content":"驿站开门了，来的人不少，大家都说好。"}' for _ in range(6))
    >>> _pieced_together([("", "", '{"header":"村里有了新驿站","sections":[' + pieces + "]}")])[1][:8]
    '驿站开门了，来的'
    """
    for kind, _, text in scripts:
        if kind == FIELD or len(text) > MAX_SCRIPT_CHARS or not _MAY_HOLD_HAN.search(text):
            continue
        pieces = [_unquoted(match.group(1)) for match in _TEXT_NODE.finditer(text)]
        if sum(map(han_count, pieces)) >= MIN_HAN:
            stated = _TITLE.search(text)
            return _unquoted(stated.group(1) or stated.group(2)) if stated else "", "\n".join(filter(None, pieces))
    return None


def mended_fragment(content: str) -> str:
    """``content`` as whole markup: what an editor pasted into a script is often unclosed, commented and scripted.

    BeautifulSoup costs some 20 µs a node, fifty times the fast tree; it is worth that here, where a fragment is small
    and rare.

    >>> mended_fragment("<p>驿站开门了<!-- 编辑批注 --><script>x()</script><p>天天有人")
    '<p>驿站开门了</p><p>天天有人</p>'
    """
    from bs4 import BeautifulSoup, Comment  # noqa: PLC0415 (an eighth of a CPU second, for what few pages hold)

    soup = BeautifulSoup(content, "lxml")
    for element in soup(["script", "style", "noscript"]):
        element.decompose()
    for comment in soup.find_all(string=lambda string: isinstance(string, Comment)):
        comment.extract()
    return soup.body.decode_contents() if soup.body else ""


def _unquoted(literal: str) -> str:
    try:
        value = json.loads(f'"{literal}"') if '"' not in literal.replace('\\"', "") else literal
    except ValueError:
        value = literal.replace("\\/", "/").replace('\\"', '"').replace("\\n", "\n")
    if not isinstance(value, str):
        return ""
    if "&lt;" in value or "&quot;" in value:
        value = html.unescape(value)
    return value.strip().strip('"')
