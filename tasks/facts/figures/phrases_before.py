"""The noun phrase before a figure: 纠纷化解率|97.5%, 办公用房面积|870平方米."""

from __future__ import annotations

from tasks.facts.figures.nouns import (
    ADVERBS,
    MANNERS,
    PAID,
    PLURAL_SCOPE,
    QUOTES,
    SUFFIXES,
    Word,
    is_noun,
    names_something,
    words_between,
)
from tasks.facts.text.reading import TaggedWords
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.word_lists import word_set, words_for

_LONE = frozenset("已也共均都仅约可将能会又再还就才便只各")  # 身高已|有1米4: the beginning of a verb the figure follows
_LEADS = frozenset(
    ("新建", "现有", "已有", "原有", "新增", "改建", "扩建", "共有", "全部", "各类", "相关", "有关", "预计")
)
_PREFIXES = frozenset("不未非总")  # 不|文明|行为: without it the noun says the contrary
# What is done to a thing, when the clause says that it was carried out, is part of what is counted: 完成|厕所|改造|860座.
_CARRIED_OUT = frozenset(("完成", "实施", "开展", "推进", "启动"))
_HANDLED = frozenset("把将对给被让向")  # 把176户的意见: the figure itself is what is handled


def _is_led(word: Word, taken: list[Word]) -> bool:
    """Whether a verb at the beginning of a clause rules what stands behind it (服务|商户)."""
    return bool(taken) and word.text in words_for("name_parts", "attributive") and len(taken[-1].text) > 1


def _is_made_a_noun(word: Word, left: Word | None, taken: list[Word]) -> bool:
    """Whether ``word`` is part of a noun though it is none itself: by its suffix, or because no list knows it so."""
    if len(word.text) == 1 and word.text in SUFFIXES and left is not None and _can_be_made_a_noun(left, word.text):
        return True
    if word.text == "口" and not taken:
        return left is not None and left.text[-1] == "人"  # 老年人|口
    if len(word.text) < 2:
        return (word.text == "比" and not taken and left is not None and left.text == "占") or (
            word.text == "占" and bool(taken) and taken[-1].text == "比"
        )
    if not taken:
        # 频次, 积分: the segmenter knows them as adverbs only
        return word.tag in ("d", "ad") and word.text not in ADVERBS and left is not None
    return len(taken[-1].text) == 1 and word.tag[0] in "vdab"  # 同意|率


def _leads_to_figure(word: Word) -> bool:
    """Whether a word between noun and figure says nothing of what is counted."""
    if word.tag[0] in "dc" or word.text in ADVERBS or word.text in _LONE:
        return True
    return word.tag == "p" and word.text not in _HANDLED


def phrase_before(
    words: TaggedWords, text: str, first: int, last: int, *, of_things: bool = False
) -> tuple[int, int] | None:
    """Where the last noun phrase in ``first:last`` stands; None where a verb that does something stands behind it.

    ``of_things``: persons, firms or cases are counted, with which something may be done (服务|商户300家, but 收费标准5元).

    >>> from tasks.facts.text.reading import tag_words
    >>> def before(text: str) -> str | None:
    ...     span = phrase_before(tag_words(text), text, 0, len(text))
    ...     return span and text[slice(*span)]
    >>> before("纠纷化解率"), before("办公用房面积"), before("减少往返里程"), before("他们")
    ('纠纷化解率', '办公用房面积', '往返里程', None)
    """
    found = words_between(words, first, last)
    carried_out = _carried_out(found) if len(found) > 2 else []
    if carried_out:
        return carried_out[-1].start, carried_out[0].end
    taken: list[Word] = []
    is_quoted = False
    for index in range(len(found) - 1, -1, -1):
        word = found[index]
        if word.text == "”" and of_things and len(taken) > 1 and taken[-1].text in word_set("settling_verbs"):
            break  # “小哨兵”|排查|矛盾纠纷
        if word.text in QUOTES:
            is_quoted = word.text == "”" or (word.text == "·" and is_quoted)
            continue
        if is_quoted:
            taken.append(word)
            continue
        if word.text[0] == "每" or (taken and word.text in ADVERBS):
            break
        verdict = _goes_back(word, found[index - 1] if index else None, taken, of_things=of_things)
        if verdict in ("take", "last"):
            taken.append(word)
        if verdict == "none":
            return None
        if verdict in ("stop", "last"):
            break
    before = next((word for word in reversed(found) if taken and word.end <= taken[-1].start), None)
    return _trimmed(taken, of_things=of_things, is_object=before is not None and before.tag[0] == "v")


def _carried_out(found: list[Word]) -> list[Word]:
    """What is said to have been carried out, the last word first: a verb of two characters behind nouns, at the end."""
    last = found[-1]
    is_deed = last.tag == "v" and len(last.text) == 2 and is_word(last.text) and last.text not in PAID
    if not is_deed or _acts(last) or not any(word.text in _CARRIED_OUT for word in found[:-2]):
        return []
    taken = [last]
    for word in reversed(found[:-1]):
        if word.text in _CARRIED_OUT:
            return taken if len(taken) > 1 else []
        is_compound = word.tag == "v" and len(taken) == 1  # 除险|加固
        if not (is_noun(word) or word.tag[0] in "jba" or is_compound) or word.text in words_for(
            "boundary_words", "phrase"
        ):
            return []
        taken.append(word)
    return []


def _goes_back(word: Word, left: Word | None, taken: list[Word], *, of_things: bool) -> str:
    """``take``, ``skip``, ``stop``, ``last`` (take and stop), or ``none`` where nothing is left to be counted."""
    is_led = of_things and left is None and _is_led(word, taken)
    if is_noun(word) and not is_led and word.text not in ADVERBS:
        return "take"
    if (not taken and left is not None and _is_done(word, left)) or _is_made_a_noun(word, left, taken):
        return "take"
    if not taken:
        return "skip" if _leads_to_figure(word) else "none"
    if word.tag[0] == "v" and not is_led and _belongs_to_noun(word, taken[-1], left):
        return "take"
    if word.text in _PREFIXES:
        return "take" if word.text == "总" else "last"
    return "take" if word.tag[0] == "a" and len(word.text) > 1 else "stop"


def _trimmed(taken: list[Word], *, of_things: bool, is_object: bool) -> tuple[int, int] | None:
    """Where the words ``taken`` from the last to the first stand, without what leads them; None where they name
    nothing."""
    if of_things and len(taken) > 1 and len(taken[-2].text) > 1 and taken[-1].text in word_set("settling_verbs"):
        taken.pop()  # 排查|矛盾纠纷163件
    while taken and (taken[-1].text in PLURAL_SCOPE or (len(taken) > 1 and taken[-1].text in _LEADS)):
        taken.pop()
    if taken and not is_object and all(word.tag == "ns" and word.text[-1] not in SUFFIXES for word in taken):
        return None  # 英国将为多达30万…: who acts, not what is counted
    return (taken[-1].start, taken[0].end) if names_something(taken, is_done=True) else None


def _is_done(word: Word, left: Word) -> bool:
    """Whether a verb at the end is what is done and counted: 参加|正规|演出19次, 屋面|防水21.5万平方米."""
    if word.tag[0] not in "va" or len(word.text) < 2:
        return False
    if word.text in words_for("boundary_words", "phrase"):
        return word.text in PAID and left.tag[0] in "njlb"  # 固定资产|投资, 总|投资
    is_kind = word.text in words_for("name_parts", "attributive") and left.tag[0] in "nj"
    return is_kind or (left.tag[0] == "a" and len(left.text) > 1)


def _can_be_made_a_noun(word: Word, suffix: str) -> bool:
    if suffix == "会" and word.tag[0] not in "nvj":
        return False  # 肯定会
    return len(word.text) > 1 and word.tag[0] in "vnjabdl"


def _belongs_to_noun(verb: Word, right: Word, left: Word | None) -> bool:
    """Whether a verb is part of the noun on its right: 化解|率, 物业费|收缴|率, 经济|管理|权限."""
    if len(verb.text) < 2:
        return False
    if len(right.text) == 1 and right.tag[0] not in "abd":  # 化解率, 取暖煤: one character alone is half a noun
        return True
    if verb.text in words_for("name_parts", "attributive") or verb.text in words_for("counted_deeds", "deed"):
        return left is None or left.tag[0] not in "pcu"
    if left is not None and left.tag[0] == "v" and verb.text not in words_for("boundary_words", "phrase"):
        return True  # 减少|往返|里程
    rules = verb.text in words_for("boundary_words", "phrase") or verb.text in word_set("settling_verbs") or _acts(verb)
    return left is not None and left.tag[0] in "nj" and left.text not in MANNERS and not rules


def _acts(verb: Word) -> bool:
    return is_word(verb.text) and verb.text[-1] in "了到出起成得过着为入向给予"
