"""Whether a word of Chinese stands across a line break: the proof that two lines are one sentence."""

from __future__ import annotations

import rjieba

from tasks.lexicon.characters import pattern_of

_TAIL = pattern_of(r"[[:han:]]{1,4}$")
_HEAD = pattern_of(r"^[[:han:]]{1,4}")


def is_word_across(before: str, after: str) -> bool:
    """Whether the end of ``before`` and the beginning of ``after`` share a word of the dictionary.

    >>> is_word_across("各社区按名", "单通知居民"), is_word_across("通知了党员", "创办的平台")
    (True, False)
    """
    tail, head = _TAIL.search(before), _HEAD.search(after)
    if tail is None or head is None:
        return False
    place = 0
    # Words of the dictionary alone: the guesses of its model for unknown names make one of 农 and 肖丽, who is a person.
    for word in rjieba.cut(tail.group() + head.group(), hmm=False):
        place += len(word)
        if place == len(tail.group()):
            return False
        if place > len(tail.group()):
            return True
    return False


def begins_with_particle(after: str) -> bool:
    """Whether ``after`` begins with a particle that follows a verb or an attribute and never begins a sentence.

    >>> begins_with_particle("了三个驿站"), begins_with_particle("了解情况"), begins_with_particle("地方干部")
    (True, False, False)
    """
    if after[:1] not in ("了", "着", "过", "的", "地", "得"):
        return False
    head = _HEAD.search(after)
    words = rjieba.cut(head.group()) if head else []
    return bool(words) and len(words[0]) == 1
