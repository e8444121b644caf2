"""What the scripts of a page say about its article: JSON-LD for search engines, and the state that a page is drawn
from."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from tasks.lexicon.characters import pattern_of
from tasks.pages.drafts import Draft
from tasks.pages.html.markup import Markup
from tasks.pages.html.said_unseen import FIELD
from tasks.pages.lines.lines import han_count
from tasks.pages.lines.personal_names import looks_like_name, split_names
from tasks.pages.lines.publication_dates import date_of_machine_text

Script = tuple[str, str, str]  # type, id, text

# For time alone: characters of a script that are read.
MOST_SCRIPT_CHARS = 2_000_000
# For time alone: nodes of a JSON-LD graph; those of news pages have some dozens.
MOST_NODES = 2_000
_ARTICLE_TYPES = ("Article", "NewsArticle", "BlogPosting", "Report", "WebPage", "ReportageNewsArticle")
_FIELD = r"""(?<![A-Za-z_])["']?(?:{names})["']?\s*:\s*(?:"((?:[^"\\\n]|\\.){{2,40}})"|'((?:[^'\\\n]|\\.){{2,40}})')"""
_STATE_FIELDS = {
    "outlet": re.compile(
        _FIELD.format(names="source|sourceName|source_name|originName|mediaName|media_name|copyfrom|origin")
    ),
    "author": re.compile(_FIELD.format(names="author|authorName|author_name|reporter|writer")),
    "date": re.compile(
        r"""(?<![A-Za-z_])["']?(?:[a-zA-Z_]{0,12}_)?(?:[a-z]{0,12}Time|time|[a-z]{0,12}Date|date)"""
        r"""(?:_?[sS]tr(?:ing)?)?["']?\s*:\s*(?:"([^"\\\n]{8,30})"|'([^'\\\n]{8,30})')"""
    ),
    "editor": re.compile(_FIELD.format(names="editor|editorName|editor_name|dutyEditor|responsibleEditor")),
}
_HAN = pattern_of(r"[[:han:]]{2}")


@dataclass(slots=True)
class ScriptFields:
    """``body`` is the plain text that JSON-LD gives of the article; everything is as the script has it."""

    headline: str | None = None
    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    outlet: str | None = None
    publisher: str | None = None
    body: str | None = None
    date: str | None = None


def read_linked_data(scripts: Sequence[Script]) -> ScriptFields:
    """The fields of the article in the page's JSON-LD, empty where it has none.

    >>> script = '{"@type":"NewsArticle","author":{"@type":"Person","name":"秦一苇"},"publisher":{"name":"青禾在线"}}'
    >>> found = read_linked_data([("application/ld+json", "", script)])
    >>> found.authors, found.publisher
    (['秦一苇'], '青禾在线')
    """
    found = ScriptFields()
    for kind, _, text in scripts:
        if "ld+json" not in kind or len(text) > MOST_SCRIPT_CHARS:
            continue
        try:
            data = json.loads(text.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = node.get("@type")
            named = kinds if isinstance(kinds, list) else [kinds]
            if not any(one in _ARTICLE_TYPES for one in named):
                continue
            found.headline = found.headline or _text(node.get("headline"))
            found.body = found.body or _text(node.get("articleBody"))
            found.publisher = found.publisher or next(iter(_names(node.get("publisher"))), None)
            if not found.authors:
                found.authors = [
                    name for one in _names(node.get("author")) for name in split_names(one) if looks_like_name(name)
                ]
    return found


def read_state(scripts: Sequence[Script], title: str) -> ScriptFields:
    """Source, author and editor in the script that holds ``title``: the state of a page that a script draws.

    >>> state = 'var data={title:"村里有了新驿站",source:"青禾日报",editorName:"盛一宁"}'
    >>> read_state([("", "", state)], "村里有了新驿站").outlet
    '青禾日报'
    """
    found = ScriptFields()
    if not title:
        return found
    for kind, name, text in scripts:
        if kind == FIELD and len(text) <= 40:
            if "source" in name and _HAN.search(text):
                found.outlet = found.outlet or text
            elif "author" in name or "reporter" in name:
                found.authors = found.authors or _people(text)
            elif "editor" in name:
                found.editors = found.editors or _people(text)
    for kind, _, text in scripts:
        if kind == FIELD or len(text) > MOST_SCRIPT_CHARS:
            continue
        place = max(text.find(title), text.find(json.dumps(title)[1:-1]))
        if place < 0:
            continue
        values = {}
        for name, pattern in _STATE_FIELDS.items():
            matches = list(pattern.finditer(text))
            nearest = min(matches, key=lambda match: abs(match.start() - place), default=None)
            value = (nearest.group(1) or nearest.group(2)).strip() if nearest else ""
            values[name] = _unescaped(value)
        if not found.outlet and _HAN.search(values["outlet"]) and len(values["outlet"]) <= 20:
            found.outlet = values["outlet"]
        found.date = values["date"] or None
        found.authors = found.authors or _people(values["author"])
        found.editors = found.editors or _people(values["editor"])
        break
    return found


def _people(value: str) -> list[str]:
    names = split_names(value)
    return names if names and all(looks_like_name(name) for name in names) else []


def _unescaped(value: str) -> str:
    if "\\" not in value:
        return value
    try:
        return str(json.loads(f'"{value}"'))
    except ValueError:
        return value


def _nodes(data: object) -> Iterator[dict[str, object]]:
    """Every object of a JSON document, outer ones first, without recursion."""
    waiting = [data]
    for _ in range(MOST_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, dict):
            yield node
            waiting.extend(value for value in node.values() if isinstance(value, dict | list))
        elif isinstance(node, list):
            waiting.extend(value for value in node if isinstance(value, dict | list))


def _text(value: object) -> str | None:
    return value.strip() if isinstance(value, str) and value.strip() else None


def _names(value: object) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        for single in name if isinstance(name, list) else [name]:
            if isinstance(single, str) and single.strip():
                yield single.strip()


def take_script_fields(markup: Markup, draft: Draft, normalize: Callable[[str], str]) -> None:
    """Add to ``draft`` what linked data and the state of a page drawn by a script say of the article."""
    linked = read_linked_data(markup.scripts)
    if linked.publisher and not draft.site and 2 <= len(linked.publisher) <= 20 and han_count(linked.publisher):
        draft.site = normalize(linked.publisher)
    if not draft.credits.authors:
        draft.credits.authors.extend(normalize(name) for name in linked.authors)
    if markup.is_drawn:
        state = read_state(markup.scripts, markup.title)
        draft.credits.outlet = draft.credits.outlet or (normalize(state.outlet) if state.outlet else None)
        if not draft.credits.authors:
            draft.credits.authors.extend(normalize(name) for name in state.authors)
        if not draft.credits.editors:
            draft.credits.editors.extend(normalize(name) for name in state.editors)
        if draft.credits.date is None and state.date:
            in_script = date_of_machine_text(state.date)
            if in_script is not None and draft.days.hold(in_script):
                draft.credits.date = replace(in_script, origin="meta")
