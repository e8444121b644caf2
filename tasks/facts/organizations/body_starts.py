"""Where bodies begin that no word before their head tells: at a town's short name, behind a person's, behind 原."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.facts.organizations.bodies import Body
from tasks.facts.organizations.links import last_name
from tasks.facts.places.reading import PlaceReading
from tasks.facts.text.reading import Reading
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.dictionary import is_word

_FORMER = pattern_of("原[[:han:]]{2}")


def short_names_of_towns(places: PlaceReading) -> list[str]:
    """将台堡 of 将台堡镇: what its bodies are called by (将台堡司法所); the longest first, always in one order."""
    towns = {mention.place_name for mention in places.mentions if mention.level == "township"}
    names = {last_name(town, "township") for town in towns}
    short = {name.removesuffix("街道")[: None if name.endswith("街道") else -1] for name in names if len(name) > 2}
    return sorted((name for name in short if len(name) > 1), key=lambda name: (-len(name), name))


def begin_with_town(text: str, body: Body, short_names: Sequence[str]) -> None:
    """Let a body begin with the short name of a town that the article names, whatever stands before it (约上将台堡司法所)."""
    if body.place is not None or body.kind not in ("government", "party") or body.level:
        return
    for name in short_names:
        at = text.find(name, max(0, body.start - len(name)), body.end)
        if at >= 0:
            body.start = body.stem_start = at
            body.rule = "name"  # it counts inside a post, as what has a place of its own does
            return


def begin_behind_name(reading: Reading, body: Body) -> None:
    """Let a body in a roster begin behind the name that opens its line (朱文良|县道路运输管理中心)."""
    for name in reading.roster:
        if name.start <= body.start < name.end < body.end:
            body.start, body.stem_start = name.end, max(body.stem_start, name.end)


def begin_behind_former(text: str, found: list[Body]) -> None:
    """Let bodies that are no more begin behind 原 (原|湘江机械厂, but 原野公司)."""
    for body in found:
        if _FORMER.match(text, body.start, body.end) is not None and body.place is None:
            body.start += not is_word(text[body.start : body.start + 2])
