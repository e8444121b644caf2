"""The proof of a repair: a restored run that is damaged again must look as the page does."""

from __future__ import annotations

from collections.abc import Iterator

from tasks.repair.torn.gbk import pairs_by_character
from tasks.repair.torn.mirrors import BROKEN_ANNOTATION, HEADLESS_ANNOTATION, Mirror, before_annotation
from tasks.repair.torn.readings import characters_by_reading
from tasks.repair.torn.redamage import Decoder, as_php, as_python, characters_inside, folded, shows, torn
from tasks.repair.torn.swallowed import without_private_use
from tasks.repair.torn.verdicts import Reading
from tasks.repair.torn.walks import CUT_MARKS, FOLDED, FULL_MARKS

_CUTS = [(full, next((narrow for narrow, wide in FOLDED.items() if wide == full), full)) for full in FULL_MARKS]


class Proof:
    """Proves readings of one page. ``drops_tags``: what is left of a broken tag went, else it was made whole."""

    def __init__(self, text: str, mirror: Mirror, *, drops_tags: bool) -> None:
        self._text = text
        self._pinyin_of = mirror.pinyin_of
        self._drops_tags = drops_tags
        self._decoders = [as_python, as_php]
        self._without_private_use: list[Decoder] = [lambda piece: without_private_use(as_php(piece))]

    def holds(self, at: int, reading: Reading) -> bool:
        """Damages the restored run, which begins at ``at``, again, with the character before it, and compares."""
        text = self._text
        start = before_annotation(text, at) if BROKEN_ANNOTATION.match(text, at) else at
        head = text[start - 1] if start and text[start - 1] in pairs_by_character() else ""
        damaged = head + text[start : reading.end_char]
        original = (head + reading.restored).removesuffix("<")
        following = text[reading.end_char : reading.end_char + 1]
        if following in CUT_MARKS and reading.is_open:
            original += FOLDED.get(following, following)
            damaged += following
        if self._drops_tags and damaged.endswith(">") and reading.is_open:
            damaged = damaged[: damaged.rindex("?") + 1]
        # Mirrors cut at ！ and ？ before 。: the other way round ``。”`` would never be torn.
        cuts = [full for full, narrow in _CUTS if full in damaged or narrow in damaged]
        data = original.encode("gb18030", "replace")
        damaged_folded = folded(damaged)
        for readings in self._tables(damaged, characters_inside(data)):
            pieces = torn(data, readings, cuts)
            for decode in self._without_private_use if reading.is_with_gaps else self._decoders:
                if shows(pieces, decode, damaged_folded, swallowed=reading.is_open):
                    if not reading.is_with_gaps and decode is not self._decoders[0]:
                        self._decoders.reverse()  # a page was decoded but once: by the same the next time
                    return True
        return False

    def _tables(self, damaged: str, inside: set[str]) -> Iterator[dict[str, str]]:
        """The readings to be put behind the characters ``inside`` the original, true ones and those across two.

        These are the page's own, and where a reading is none of theirs, it is that of a character that it can belong
        to.
        """
        known: dict[str, str] = {}
        if not self._pinyin_of.keys().isdisjoint(inside):
            known = {each: reading for each, reading in self._pinyin_of.items() if each in inside}
        if ")" not in damaged:
            yield known
            return
        headless: dict[str, str] = {}
        bystanders: list[dict[str, str]] = []
        for match in HEADLESS_ANNOTATION.finditer(damaged):
            reading = match.group(1)
            characters = list(characters_by_reading().get(reading, frozenset()) & inside)
            characters.sort(key=lambda each: (self._pinyin_of.get(each) != reading, each))
            headless |= dict.fromkeys(characters[:1], reading)
            if len(characters) > 1 and characters[0] not in known:  # a rare reading of a bystander
                bystanders.append({**known, characters[1]: reading})
        yield known | headless
        # Of overlapping characters a mirror tears the one apart that comes later in its table, whose order we don't
        # see.
        yield headless | known
        others = {each: reading for each, reading in known.items() if each not in headless}
        turned = dict(reversed(headless.items()))
        yield others | turned
        if len(headless) > 1:
            yield turned | others
        yield from bystanders
