"""The words around quotation marks that tell speech from names and mottoes, and who speaks."""

from __future__ import annotations

import re

from tasks.facts.text.needed import Head, led
from tasks.lexicon.characters import SENTENCE_END, pattern_of
from tasks.lexicon.names import words
from tasks.lexicon.word_lists import any_of, words_for

# Marks that end a quoted sentence; a spoken one may trail off or be drawn out.
QUOTE_ENDS = SENTENCE_END + "…!?～"
# Before marks that hold a name, a motto or a writing rather than speech: 打造, 横幅写着.
NO_SPEECH_BEFORE = re.compile(
    r"(?:标语|口号|横幅|字样|大字|牌子|写着|印着|刻着|挂着|贴着|题为|名为|名叫|叫做|称为|称作|誉为|主题[为是]|内容[为是]|即|就是|是|的|"
    r"所谓|打造|形成|构建|建立|实行|推行|开展|围绕|坚持|按照|树立|落实|实施|聚焦|以|了|和|、|推动|实现|从|到|向|把|将|对|为|在|用)[：:]?$"
)
PRONOUN = led(
    r"他(?<!其他)(?!们|人|乡|日)|她(?<!其她)(?!们|人|乡|日)|老人(?!们)|老人家|对方|小伙子|老汉|这位(?:老人|书记|主任|居民|村民|大姐|大妈|大爷)"
)
PRONOUN_SAYS = re.compile("[他她](?:对记者|告诉记者)?(?:说|表示|坦言|介绍|回忆|认为|觉得)")
PRONOUN_BETWEEN = pattern_of(r"[他她](?!们)[^[:sentence_end:]“”\n，]{1,12}[，：,:](?=“)")  # “普通话说不好，”她笑了，“…”
EXCEPT = re.compile("除(?:了)?[^，。；：“”]{0,14}$")  # 除了县武装部长周敏没到会外
OLD = frozenset(("老人", "老人家", "老汉"))
AGED = re.compile(r"(?<!\d)(?:5[5-9]|[6-9]\d|1[01]\d)多?岁")
SAME_ONE = re.compile(
    "(?:[他她][^，。；：“”]{0,8}|(?:说完|说罢|说着|接着|随后)[^。；：“”]{0,20})[，：]"
)  # “…。”她接着说，“…”
_LEADS_TO_THOUGHT = re.compile(r"(?:认为|指出|坦言|直言|觉得|感叹)[^。；：“”]{0,12}$|(?:在于|就是|叫作|叫)$")
# 认为，这些做法“把…变成了…”: a judgement of which the marks hold the verb.
_JUDGES = re.compile(r"(?:认为|评价|表示|指出|说|坦言|直言|总结)[，：]?(?:这|此|该|其)[^，。；：“”]{0,8}$")
_LONGEST_LEAD = 16
LABEL = re.compile(r"\s*(?:问|答|记者|主持人)[：:]\s*")  # who asks and answers in an interview
BROUGHT_IN = re.compile(r"(?:一[位名个]|某|有位|有个)[^，。；“”]{0,10}$")  # 一位社区|书记
SPOKEN_OF = {pronoun: re.compile(f"{pronoun}(?!们)") for pronoun in "他她"}
PLURAL_OR_NEW = led(
    r"[一两三几](?:位|名|个|些)|有(?:的|些|人|位|个|名|居民|村民|业主|群众|网友)|某位|许多|不少|大家|们|众人|众|纷纷"
)
# Whoever speaks in the last clause before a quote, without a name, though the clause before it has one.
SOMEBODY = pattern_of(
    r"[，；](?:这时|此时|当场|马上|立刻|忽然|突然)?(?:有(?:的|些)?(?:人|居民|村民|业主|群众|网友|党员|代表|职工|老人|家长|学生|商户)|旁人|众人|大家|"
    r"[[:han:]]{0,4}人员|店员|营业员|保安|接线员|客服|(?:村民|居民|乡亲|老人|大伙儿?|孩子)们)[^，。；“”]{0,14}[：:]$"
)
# Words of talk, which mottoes (党员带头，群众跟上) hardly have.
OF_TALK = re.compile("[了着过都就也还呢吧吗嘛]")
# Before a person who is spoken to or of, and does not speak: 对|李红梅.
TOWARDS = re.compile(
    r"(?:对|向|给|跟|和|与|问|看着|看到|看见|握着|拉着|陪着|陪|帮|帮着|找|找到|见到|见|告诉|感谢|谢谢|提起|说起|谈起|谈到|说到|提到|望着|称赞|采访|叫|请|替|为|被|拍着|扶着)$"
)
# A post that opens a clause and is no part of a longer name; 老 and 这位 point at someone known.
BARE_POST = re.compile(
    rf"(?:^|(?<=[，。！？；：”\n]))(?:老|这位|该|社区|村|镇|街道)?(?P<post>{any_of(words_for('names/posts', 'opening'))})"
    r"(?!们|和|、|介绍会)"
)
GENERIC_SUBJECT = re.compile(
    r"人|居民|村民|业主|群众|青年|孩子|妻子|丈夫|婆婆|母亲|父亲|妈妈|爸爸|儿子|女儿|邻居|游客|商户|网友|代表|专家|同事|家属"
)
# “打低分得罪人”（评分员田某，2022年7月访谈): how studies cite whom they asked
INTERVIEWED = re.compile(r"[（(][^（）()\n]{2,40}?(?:访谈|口述|受访|采访)[^（）()\n]{0,12}[）)]")
# Who is of somebody: 周敏|的女儿, 冉某|儿子.
_KIN = any_of(words("called_or_kin") - {"名叫", "叫做", "叫作", "本名"})
OWNED = Head(
    r"的(?!一?[通番席段封]?[^，。：“”]{0,4}(?:电话|来电|来信|讲述|心声|回忆)|回答|话|说法|体会|感受|解释|看法|总结|比喻|经验"
    r"|心愿|答复|理由|态度|语气|声音)"
    rf"|{_KIN}|家(?:的|里|中|门前|门口)"
)
INTERRUPTED = pattern_of(r"[^[:sentence_end:]“”\n]{2,30}[，：,:](?=“)")
# “党员带头干。”这是石桥的真实写照: a motto, said by nobody
SAYING = Head(
    r"[，,]?(?:这|这句话|这些话?)?(?:也|正|就|既|已|已经|便)?(?:是|成为|成了)[^[:sentence_end:]\n说讲]{0,80}?(?:写照|缩影|口号|理念|目标|宗旨|要求|原则|标语|共识"
    r"|准则|法宝|秘诀)"
)
# “账要算清楚。”是周敏常说的话
IS_WHAT_IS_SAID = pattern_of(
    r"[，,]?(?:这)?(?:句话)?(?:是|成了|成为)[^[:sentence_end:]\n]{0,40}?(?:说|口头禅|念叨|挂在嘴边|心声|感言|感慨)"
)
IN_EYES = re.compile(r"(?:在|用)[^，。！？\n“”]{2,24}(?:看来|的话说|的话来说|的话讲|心目中)[，,：:]$")
# 说这话的，是李红梅。
SAID_BY = re.compile(
    r"(?:说|讲)(?:出)?(?:这|此)?(?:番|句|些)?(?:话)?的(?:人)?[，,]?(?:正)?是?$|(?:说|讲)(?:这|此)(?:番|句|些)?话的"
)
# Whose officer speaks is not told: 该负责人, 前述私募负责人.
NO_BODY = re.compile(r"^(?:前述|上述|该|某|有关|相关|当地|另|其)|一[家位名]|多家|某")
# Up to the last word for who speaks for an office.
TO_OFFICE = re.compile(r".*(?:负责人|负责同志|工作人员|发言人|有关人士)", re.DOTALL)


FIRST_PERSON = re.compile("(?<!自)[我咱俺]")
# Up to the last mark of a kind: one match instead of a look from behind for each of the marks.
TO_SENTENCE, TO_SENTENCE_OR_QUOTE, TO_CLAUSE = (
    re.compile(f".*[{marks}]", re.DOTALL) for marks in (f"{SENTENCE_END}\n", f"{SENTENCE_END}”\n", "，。！？；：”\n")
)
# What joins a person, post and body included, to another.
TO_JOINT = re.compile(".*[和与跟同、，。；：”\n]", re.DOTALL)
STOPS = frozenset("。！")
SENTENCE_OR_QUOTE = pattern_of("[[:sentence_end:]“]")
CLAUSE_END = pattern_of("[[:sentence_end:]，；“\n]")
CLAUSE_OR_QUOTE = pattern_of("[[:sentence_end:]“：]")


def end_of(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Where ``pattern`` ends that begins at ``start``, 0 where it does not match."""
    match = pattern.match(text, start, end)
    return 0 if match is None else match.end()


def ends_a_thought(before: str, inner: str, behind: str) -> bool:
    """Whether marks hold the end of what somebody thinks: 他认为这“省了跑腿，长了人情”，但….

    A name of its own there is shorter, or the noun of what it names stands behind it (“党建引领，邻里互助”模式).
    """
    if len(inner) >= 8 and inner[0] in "把让将使用" and _JUDGES.search(before, max(0, len(before) - _LONGEST_LEAD)):
        return not behind or behind in "，。；！？\n"
    is_long = len(inner) >= 10 and "，" in inner and (not behind or behind in "，。；！？\n")
    return is_long and _LEADS_TO_THOUGHT.search(before, max(0, len(before) - _LONGEST_LEAD)) is not None


# “一家人”成了他的口头禅: what somebody is said to say
OFTEN_SAID = pattern_of(
    r"[，,]?(?:这)?(?:句话)?(?:是|成了|成为)[^[:sentence_end:]\n]{0,40}?(?:说|口头禅|念叨|挂在嘴边|心声|感言|感慨)"
)
