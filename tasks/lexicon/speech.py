"""What stands behind somebody who speaks or thinks: the verb, with the words of manner and address before it."""

from __future__ import annotations

import re

from tasks.lexicon.word_lists import any_of, words_for

# 也笑着说, 对记者坦言. Single verbs that begin other words (讲座, 道路, 称号, 问题, 答案) are none before those.
SPEECH = re.compile(
    r"[，,]?(?:[^，。！？；：“”\n、]{0,6}?(?:地|着|，))?(?:[也还则又就曾便都]{0,2})(?:连忙|率先|首先|坦率|自豪|高兴|激动|感慨|欣慰|无奈|动情|骄傲|乐呵呵|笑呵呵|感激|深情"
    r"|兴奋|开心)?"
    r"(?:地|得)?(?:对记者|向记者|跟记者|给记者|对此|如是|接着|继续|笑着|笑|这样|进一步|解释|介绍|补充|回忆|感叹|感慨|坦言|直言)?"
    rf"(?:{any_of(words_for('names/speech_words', 'follows'))}|讲(?![究解座堂台])|道(?![路理德具歉])|称(?![重职号呼霸])|问(?![题责卷候诊])"
    r"|答(?![案卷复])|打开了?话匣子|发言(?!人|稿|席))"
)
