"""Items of a list inside a paragraph (一是…。二是…, 其二, 第三，): what one names is not spoken of in the next."""

from __future__ import annotations

from tasks.lexicon.characters import pattern_of

# The first character stands alone before what is asked of it, so that the search leaps from one to the next.
_ITEM = pattern_of(r"[[:one_to_ten:]其第](?:(?<![其第])是|(?<=其)[[:one_to_ten:]]|(?<=第)[[:one_to_ten:]][，、])")
_BEFORE_ITEM = pattern_of(r"[[:sentence_end:]；：\n]")
_FIRST_ITEM = ("一是", "其一", "第一")


def begins_item(text: str, at: int) -> bool:
    """Whether an item begins at ``at``.

    >>> [begins_item("有短板。一是缺人。二是缺钱。", at) for at in (0, 4, 9)]
    [False, True, True]
    """
    return _ITEM.match(text, at) is not None


def begins_first_item(text: str, at: int) -> bool:
    """Whether the first item of a list begins at ``at``: what stands above it is spoken of in all of them."""
    return text.startswith(_FIRST_ITEM, at)


def item_starts(text: str) -> list[int]:
    """Where items begin behind the end of a sentence or what announces them, in order.

    >>> item_starts("有短板。一是缺人；二是缺钱，三是好事。")
    [4, 9]
    """
    return [match.start() for match in _ITEM.finditer(text, 1) if _BEFORE_ITEM.match(text, match.start() - 1)]
