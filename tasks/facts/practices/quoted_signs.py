"""What speaks for and against a quoted stretch being the name of a practice: the table of signs and their patterns.

Vetoes come first: speech, nicknames, persons and firms are no practices whatever else stands around them. What is left
is weighed. Each sign has an example and a counter-example in tests/cases/facts/practices/quoted_signs.json.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import compress

from tasks.facts.practices import introductions, slogans
from tasks.facts.practices.honours import counts_faults, is_called_wrong, is_honour, is_title_of_honour
from tasks.facts.practices.quoted_stretches import QuotedStretch
from tasks.facts.practices.rolls import has_its_members, is_entry_before, is_entry_of_roll, is_in_roll
from tasks.facts.text.needed import led
from tasks.facts.text.signs import Sign, weigh
from tasks.lexicon.body_heads import words as body_words
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.practice_heads import Head, head_of, well_known
from tasks.lexicon.word_lists import any_of, word_set, words_for

# A verb of founding or a head noun is enough, a numeral or a word of the trade alone is not.
ENOUGH = 1.45

_SENTENCE_MARK = pattern_of(r"[[:sentence_end:]；：…]")
_SPEECH_BEFORE = led(rf"(?:[：:]|{any_of(words_for('names/speech_words', 'opens'))}|告诉[^，。]{{0,6}})，?$")
_LONGEST_SPEECH = 10  # characters: 告诉 with whom has nine
_NICKNAME_BEFORE = re.compile(r"[叫称喊唤誉](?:[他她我你俺咱]们?)(?:为|作|是|做)?$")  # 大家都叫他“何管家”
_LAST_OF_CALLED = frozenset("他她我你俺咱们为作是做称：:")  # with which the two end
_COMPANY_BEFORE = re.compile(  # …有限公司（以下简称“云帆”）
    r"(?:公司|集团|局|[医学法]院|会|银行|大学|中心|厂|社)[（(](?:以下|下文)?(?:简称|下称)为?[：:]?$"
)
_PERSON_OR_COHORT = pattern_of(  # somebody, a generation or a firm: “李经理”, “90后”, “云帆集团”
    r"[[:han:]]{1,2}(?:经理|警官|主任|书记|老师|局长|所长|科长|教授|律师|医生|法官|老板|先生|女士|师傅|总|队长|阿姨|大爷|叔叔)"
    r"|[\dO零〇五六七八九]{1,2}0?[后後]|[[:han:]A-Za-z]{2,8}(?:集团|公司|股份|药业|科技|传媒)"
)
_WAY_OF_DOING = re.compile("(?:做法|工作法|机制|制度|模式|品牌)")  # “田头法官”做法
_LAST_OF_OTHERS = frozenset("理官任记师长授生板士傅总姨爷叔后後团司份业技媒")
_WORKS = ("研究", "论文", "报告", "思想", "精神", "主义", "问题", "难题")  # what is written, believed or wrong
_IN_PAPER = led(r"(?:[报刊]》?|版)(?:上?的|上|开[设辟]的?)?$")
_COLUMN_BEHIND = re.compile("栏目|专栏|副刊")
_MUSIC = re.compile(r"[曲章歌]$")
_VOICE = re.compile(
    r"[我你您咱俺她他吗呢吧啊呀哦嘛]|怎么|什么|没有|不是|这样|那样|为啥|咋|急需|缺少|希望|盼望|建议(?!书)"
)
# Behind a quoted word for what is wrong: “没人管”难题, “等靠要”思想.
_PROBLEM_BEHIND = pattern_of(
    r"(?:等)?(?:的)?(?:[[:han:]]{0,4})?(?:问题|难题|困境|现象|怪圈|矛盾|顽疾|瓶颈|堵点|痛点|困局|之忧|之痛|之困|乱象|短板|弊端|心态"
    r"|思想|病|陋习|症结|之间|隐患|纠纷|烦恼|尴尬|局面|卡点|难点|壁垒|藩篱)|[[:han:]]{2}难(?=[，。；、])"
)
# Behind a quoted word for a part that is played: 当好“娘家人”角色, “保姆”式的.
_ROLE_BEHIND = re.compile(
    r"(?:成了|成为|式的?|者|们|地|角色|作用|关系|一样|般|似的|变|到“|转(?=[变为])|为“|上(?![门线岗墙传报])|里|中|下(?![沉乡])"
    r"|的(?:感觉|说法|声音|想法|角色|作用|身份|心态|人|老人|群众|居民|意识))"
)
# 成为了居民身边的“后勤部”
_BECAME_BEFORE = re.compile(
    r"(?:成为|成了|变成|当成|看作|视作)了?[^，。；“”]{1,14}的$|(?:成为|成了|变成)了?(?:城市|基层|社区|乡村|农村|当地)$"
)
_LIKENED_BEFORE = re.compile(
    r"(?:形象地[^，。]{0,4}|戏称为?|比作|比喻[为成]|(?:不|仅|只|仅仅|单单)是(?:一[次个场种项条])?)$"
)
_SPREAD_BEHIND = re.compile(
    r"(?:已|正|也|先后|还)?(?:在全[省市县区国州]|被评为|获评|荣获|入选|启动以来|实施以来|运行以来|成立以来|推行以来"
    r"|揭牌|上线|开张|开业|启动|开通)"
)
# 所谓“安全账户” keeps its distance, 所谓“圆桌议事”，就是… explains a name.
_SO_CALLED = ("所谓", "所谓的")
_EXPLAINED_BEHIND = pattern_of(r"[[:han:]]{0,8}?[，,]?(?:就是|即|是指|指的?是|是由|意为|也就是)")
_COUNTED_BEHIND = re.compile(r"(?:共|达)?\d{1,6}(?:多|余)?[个件条项处家支名户场]")
_PAIRED_BEHIND = pattern_of(r"[[:han:]]{1,3}“大")  # “小板凳”撬动“大治理”
_PAIRED_BEFORE = pattern_of(r"”[[:han:]]{1,3}$")
_NUMBER_NAME = pattern_of(
    r"""\d\s?\+|\+\s?[NnXx\d]                                             # 1+3+N
    |^[[:one_to_ten:]两百千][[:han:]]{1,2}[[:one_to_ten:]两百千][[:han:]]{1,3}$   # 三查两访
    |^[二三四五六七八九十两]+(?:条|类|套|道|把|双|链|图|表|书|好|有|无|优|美|动|结合|同|要)[[:han:]]{1,4}$
    |^[[:one_to_ten:]两]+(?:大|张|个|项|步|字|色|级|会|长|员|员制|定|必|清单|带|联|融|化|制|岗|心|治|站|办|查|访|问|帮
        |[[:han:]](?:融合|联动|共建|同步|合一|一体|联创|共治|协同))
    |^[[:han:]]{2,3}[二三四五六七八九十]+(?:条|步|法|招|约|规|不|必)$              # 分水五条
    |^[[:one_to_ten:]两百]户(?:联|一|互|共)[[:han:]]{1,3}$                     # 十户联防
    |^一[窗网门码图表键证][[:han:]]{1,3}$                                      # 一窗受理
    """,
    re.VERBOSE,
)
# 通过“揭榜比武”、公开选聘等方式: one of several ways of doing it
_WAY_BEHIND = re.compile(
    r"(?:、[^，。；“”]{1,14})?等(?:多种)?(?:方式|形式|举措|做法|办法|载体|途径|机制|制度|活动|品牌|平台|项目)"
)


# “议事长”评分细则, “红管家”进驻行动方案: what is written about it
_RULES_BEHIND = pattern_of(
    r"[[:han:]]{0,4}(?:评分细则|实施细则|实施方案|工作方案|行动方案|管理办法|评选办法|考核办法|评选标准|选树|评选|评比|章程)"
)
# “冬学班”开进村: it goes about its work.
_AT_WORK_BEHIND = re.compile(
    rf"(?:每[周月季年天日晚]|(?:已经?)?(?:开|办|运行|坚持|持续|推行|实行)了?(?:整整)?[\d一二两三四五六七八九十半]{{1,3}}(?:多|余)?(?:年|个月)|"
    rf"从[^，。；“”]{{2,8}}(?:开始|起)(?:，|$)|{any_of(words_for('practices/at_work_words', 'quoted'))}|运行(?!不)"
    r"|由[^，。]{2,12}(?:组成|担任|轮流)|(?:会|可|能)?(?:免费)?(?:为|给|向))"
)
# “甲、乙”在8个区开展试点, “甲”在全县推开
_TRIED_BEHIND = re.compile(r"(?:在|于|先后在)?[^，。；“”\n]{0,14}?(?:开展|进行|启动)?(?:试点|试行|推广|推开|铺开|落地)")
_FROM_BEFORE = re.compile(r"(?:从|由|自)(?:过去的?|以前的?|原来的?|当初的?|单一的?)?$")
_TO_BEHIND = re.compile(r"[^，。；“”\n]{0,4}(?:到|变|转|走向|升级|，?再到|迈向|向)")
_CALLED_BY_PEOPLE = re.compile(
    # 管它叫 names a thing, 叫他 a person
    r"(?:居民|村民|群众|大家|大伙儿?|乡亲|乡亲们|人们|网友|媒体|业内|外界|人|牧民|职工|同事)(?:(?!管[它这])[^，。；]){0,8}(?:称为?|叫做?|誉为|称作|唤作)$"
)


def is_vetoed(inner: str, before: str, behind: str = "", *, is_listed: bool = False) -> bool:
    """Whether a quoted stretch cannot name a practice, whatever else stands around it; ``is_listed``: in a roll.

    >>> is_vetoed("何管家", "大家都叫他"), is_vetoed("红管家", "街道推出")
    (True, False)
    """
    if _SENTENCE_MARK.search(inner):
        return True
    own = head_of(inner)
    is_entry = (own is not None and own.noun != inner and is_entry_before(before)) or slogans.is_asked_about(behind)
    if not (is_entry or is_listed) and _SPEECH_BEFORE.search(before, max(len(before) - _LONGEST_SPEECH, 0)):
        return True
    if before[-1:] in _LAST_OF_CALLED and (_COMPANY_BEFORE.search(before) or _NICKNAME_BEFORE.search(before)):
        return True
    if (
        inner in word_set("national_terms")
        or inner in body_words("bare")
        or (inner[-1] in _LAST_OF_OTHERS and _PERSON_OR_COHORT.fullmatch(inner) and not _WAY_OF_DOING.match(behind))
    ):
        return True
    if inner.isascii() and inner.isalnum() and not inner.isdigit():
        return True  # “LED”
    # “双报到双报告” counts deeds
    is_work = inner.endswith((*_WORKS, "+")) and inner[0] not in "双两三四五六七八九"
    if (
        is_work
        or is_title_of_honour(inner)
        or (len(inner) == 2 and inner[1] == "单" and inner[0] not in "两二三四五六七八九")
    ):
        return True  # “点单”, “派单” are steps of a practice
    # “联盟”, “平台”: the kind of thing, not its name
    return own is not None and own.noun == inner and (len(inner) == 2 or own.strength != "strong")


def is_part_to_play(text: str, end: int) -> bool:
    """Whether what stands behind a quoted stretch makes it a part that somebody plays: “管家”的角色."""
    return _ROLE_BEHIND.match(text, end) is not None


def _is_venue(of: QuotedStretch) -> bool:
    """在“屋场会”上: where something happens is a thing."""
    return (
        of.own_head is not None
        and of.behind[:1] in ("上", "里", "中")
        and "在" in re.split("[，。；：]", of.before)[-1]
    )


_SAYING = 4  # characters


def _is_ordinary_word(of: QuotedStretch) -> bool:
    """A single word of everyday language needs two of these: a verb of founding, a head noun, a second use."""
    # 点石成金 is a saying, whatever its last character is the head of elsewhere.
    has_head = of.own_head is not None and not (of.own_head.strength == "quoted" and len(of.inner) == _SAYING)
    if has_head or of.inner in well_known() or not is_word(of.inner):
        return False
    return (of.is_founded + (of.head is not None or of.listed is not None) + (of.count > 1)) < 2


def _has_head(words: str) -> bool:
    head = head_of(words)
    return head is not None and head.strength in ("strong", "medium") and len(head.noun) > 1


# “了” inside tells of something that happened: “给发展中国家提供了样本” is said.
_TELLS = re.compile(r"..+了.+")


# The names of one article at hand: a page that repeats a name thousands of times is read for it once.
@lru_cache(maxsize=64)
def _occurrences(text: str, name: str) -> int:
    return text.count(name)


def _is_of(head: Head | None, *strengths: str) -> bool:
    return head is not None and head.strength in strengths


# A sign that names one of them is only asked of stretches that have it: half of what speaks for a name need not be.
_TELLING = ("strong", "medium", "quoted")  # heads, but the weak ones
_TRAITS = ("head", "no head", "own head", "listed", "said again", "unfounded")
_HEAD, _NO_HEAD, _OWN_HEAD, _LISTED, _AGAIN, _UNFOUNDED = ((trait,) for trait in _TRAITS)
QUOTED_SIGNS: tuple[Sign[QuotedStretch], ...] = (
    Sign("head noun behind", 3.0, lambda of: _is_of(of.head, *_TELLING) and not of.has_of, only=_HEAD),
    Sign("head noun behind 的", 1.5, lambda of: _is_of(of.head, *_TELLING) and of.has_of, only=_HEAD),
    Sign("weak head behind", 1.5, lambda of: _is_of(of.head, "weak") and not of.has_of, only=_HEAD),
    Sign("weak head behind 的", 0.8, lambda of: _is_of(of.head, "weak") and of.has_of, only=_HEAD),
    Sign("head behind the list", 2.0, lambda of: _is_of(of.listed, *_TELLING), only=_LISTED),
    Sign("weak head behind the list", 1.0, lambda of: _is_of(of.listed, "weak"), only=_LISTED),
    Sign("strong head of its own", 2.0, lambda of: _is_of(of.own_head, "strong"), only=_OWN_HEAD),
    Sign("head of its own", 1.4, lambda of: _is_of(of.own_head, "medium"), only=_OWN_HEAD),
    Sign("short head of its own", 1.2, lambda of: _is_of(of.own_head, "quoted"), only=_OWN_HEAD),
    # “邻里学校”解决了接送难: it acts, so it is a thing
    Sign(
        "thing that acts",
        0.9,
        lambda of: of.own_head is not None and (of.before[-1:] in "。；，—\n" or is_entry_before(of.before)),
        only=_OWN_HEAD,
    ),
    Sign("form of a numbered name", 1.1, lambda of: _NUMBER_NAME.search(of.inner)),
    Sign("as many members as its number", 1.5, lambda of: has_its_members(of.text, of.start, of.end)),
    Sign("word of the trade", 0.7, lambda of: of.has_trade),
    Sign("founded, named or counted", 2.0, lambda of: of.is_founded),
    Sign("in use", 0.3, lambda of: not of.is_founded and introductions.is_used(of.before), only=_UNFOUNDED),
    Sign("gone to see", 0.8, lambda of: introductions.is_visited(of.before)),
    Sign(
        "set going",
        0.6,
        lambda of: not of.is_founded and of.own_head is not None and introductions.is_set_going(of.before),
        only=_OWN_HEAD,
    ),
    # “务虚” said twice is still no name
    Sign("quoted twice", 0.8, lambda of: of.count > 1 and of.is_likely_used_as_name, only=_AGAIN),
    Sign("an instrument quoted twice", 0.8, lambda of: of.count > 1 and of.is_instrument, only=_AGAIN),
    Sign("quoted three times", 1.2, lambda of: of.count > 2 and of.is_likely_used_as_name, only=_AGAIN),
    Sign("in the title", 0.5, lambda of: of.inner in of.title),
    Sign("marked in the title", 0.3, lambda of: f"“{of.inner}”" in of.title),
    Sign("one of several ways", 1.2, lambda of: _WAY_BEHIND.match(of.behind) and not _VOICE.search(of.inner)),
    Sign("has rules of its own", 1.5, lambda of: _RULES_BEHIND.match(of.behind)),
    Sign("spread or counted", 1.0, lambda of: _SPREAD_BEHIND.match(of.behind) or _COUNTED_BEHIND.match(of.behind)),
    Sign("used without marks", 0.4, lambda of: len(of.inner) >= 3 and _occurrences(of.text, of.inner) > of.count),
    Sign("known everywhere", 3.0, lambda of: of.inner in well_known()),
    Sign(
        "so-called and explained",
        2.0,
        lambda of: of.before.endswith(_SO_CALLED) and _EXPLAINED_BEHIND.match(of.behind),
    ),
    Sign("so-called", -3.0, lambda of: of.before.endswith(_SO_CALLED) and not _EXPLAINED_BEHIND.match(of.behind)),
    Sign(
        "half of a pair",
        -3.0,
        lambda of: _PAIRED_BEHIND.match(of.behind) or (of.inner[0] == "大" and _PAIRED_BEFORE.search(of.before)),
    ),
    Sign("problem", -4.0, lambda of: of.head is None and _PROBLEM_BEHIND.match(of.behind)),
    Sign(
        "part to play",
        -1.5,
        lambda of: of.head is None and of.listed is None and _ROLE_BEHIND.match(of.behind) and not _is_venue(of),
    ),
    Sign("something told", -3.0, lambda of: of.head is None and len(of.inner) >= 6 and _TELLS.fullmatch(of.inner)),
    Sign("likened", -3.0, lambda of: _LIKENED_BEFORE.search(of.before)),
    # “甲方出一点、乙方出一点”的“两个一点”: the first explains the second
    Sign("explains the next", -3.0, lambda of: of.behind.startswith("的“")),
    Sign("ordinary word", -3.0, lambda of: of.head is None and _is_ordinary_word(of)),
    Sign("ordinary word with a head", -1.4, lambda of: of.head is not None and _is_ordinary_word(of)),
    # 志愿服务队“渡口灯”: the kind of thing stands before its name
    Sign("head noun before", 1.5, lambda of: of.head is None and _has_head(of.before), only=_NO_HEAD),
    Sign("owned", 0.8, lambda of: introductions.is_owned(of.before) or is_entry_of_roll(of.text, of.start, of.end)),
    Sign("at work", 1.2, lambda of: of.head is None and _AT_WORK_BEHIND.match(of.behind), only=_NO_HEAD),
    Sign("tried out", 3.5, lambda of: of.head is None and _TRIED_BEHIND.match(of.behind), only=_NO_HEAD),
    # 从“村规”到“组约”
    Sign("from one to the other", -3.0, lambda of: _FROM_BEFORE.search(of.before) and _TO_BEHIND.match(of.behind)),
    Sign("called so by people", -2.0, lambda of: _CALLED_BY_PEOPLE.search(of.before)),
    Sign("line of a roll", 0.7, lambda of: "\n" in of.text and is_in_roll(of.text, of.start, of.end)),
    Sign(
        "said to be there",
        0.6,
        lambda of: not of.is_founded and of.own_head is not None and introductions.is_there(of.before),
        only=_OWN_HEAD,
    ),
    # 乡里有个“脚板日志”：…，邻乡学了脚板日志
    Sign(
        "there and told again",
        1.1,
        lambda of: (
            of.own_head is None
            and len(of.inner) >= 4
            and introductions.is_there(of.before)
            and _occurrences(of.text, of.inner) > of.count
        ),
    ),
    Sign("only in a heading", -1.5, lambda of: of.is_in_heading and of.count == 1),
    Sign(
        "image in a heading",
        -1.5,
        lambda of: of.head is None and of.count == 1 and of.is_in_heading and slogans.is_pictured(of.before),
    ),
    Sign("belief", -3.0, lambda of: slogans.is_believed(of.behind)),
    Sign("subject of study", -9.0, lambda of: slogans.is_studied(of.text, of.end)),
    Sign("state of things", -4.0, lambda of: slogans.is_state(of.inner, of.behind)),
    Sign("verb", -4.0, lambda of: slogans.is_verb(of.behind)),
    Sign(
        "one of several tasks",
        -4.0,
        lambda of: len(of.inner) == 2 and of.head is None and slogans.is_task(of.inner, of.before, of.text),
    ),
    Sign("praise of a place", -9.0, lambda of: of.head is None and slogans.is_praise(of.inner)),
    Sign("what a place is called", -9.0, lambda of: slogans.is_name_of_place(of.before, of.behind)),
    # 矛盾纠纷的‘讲解员’: what one is to others
    Sign(
        "part that one plays to others",
        -3.0,
        lambda of: (
            of.head is None
            and len(of.inner) == 3
            and of.inner[2] == "员"
            and of.before.endswith("的")
            and _occurrences(of.text, of.inner) == 1
        ),
    ),
    Sign("what somebody is", -9.0, lambda of: slogans.is_of_person(of.behind)),
    Sign(
        "said to be set up", 1.5, lambda of: of.head is None and slogans.is_said_to_be(of.text, of.end), only=_NO_HEAD
    ),
    Sign("order from above", -1.5, lambda of: of.head is None and slogans.is_ordered(of.before)),
    Sign(
        "short and bare",
        -0.8,
        lambda of: (
            len(of.inner) <= 3 and of.head is None and of.listed is None and of.own_head is None and not of.is_founded
        ),
    ),
    Sign("manner of doing", -2.0, lambda of: of.inner[-1] in "式型"),  # “订单式”培训
    Sign(
        "object of change",
        -2.3,
        lambda of: (
            (introductions.is_object_of_change(of.before) or _BECAME_BEFORE.search(of.before))
            # 成了乡亲们的“树下说法堂” under a title that has it in marks as well: what it became is its name
            and not (of.own_head is not None and (f"“{of.inner}”" in of.title or slogans.is_opened(of.behind)))
        ),
    ),
    Sign("voice", -2.5, lambda of: of.head is None and _VOICE.search(of.inner)),
    Sign("voice with a head", -1.0, lambda of: of.head is not None and _VOICE.search(of.inner)),
    Sign("figure of speech", -9.0, lambda of: of.head is None and of.inner in word_set("figures_of_speech")),
    Sign("honour", -4.0, lambda of: is_honour(of.inner, of.before, of.behind)),
    Sign("theme", -9.0, lambda of: slogans.is_theme(of.before, of.behind)),
    Sign("stands at an event", -9.0, lambda of: slogans.is_at_event(of.before)),
    Sign("team that plays", -9.0, lambda of: slogans.is_team(of.inner, of.before, of.behind)),
    Sign("celebration", -9.0, lambda of: slogans.is_celebration(of.inner)),
    Sign("point of a speech", -9.0, lambda of: slogans.is_point_of_speech(of.inner)),
    Sign("motto of an event", -4.0, lambda of: of.behind.startswith("活动") and slogans.is_motto(of.inner)),
    # 他用“六十岁进山”的行动: how somebody acted
    Sign("deed behind 的", -0.5, lambda of: of.behind.startswith(("的行动", "的活动"))),
    # 建设更多“老年运动场”: any of a kind
    Sign("any of a kind", -2.5, lambda of: of.before.endswith(slogans.ANY_OF_A_KIND)),
    Sign("column of a newspaper", -9.0, lambda of: _IN_PAPER.search(of.before) and _COLUMN_BEHIND.match(of.behind)),
    Sign("called wrong", -4.0, lambda of: is_called_wrong(of.before) and of.own_head is None and of.head is None),
    Sign("number of faults", -2.5, lambda of: counts_faults(of.inner)),
    Sign("piece of music", -9.0, lambda of: of.head is None and of.own_head is None and _MUSIC.search(of.inner)),
    Sign("phrase with 的", -2.5, lambda of: "的" in of.inner and of.head is None),
    Sign("list", -1.8, lambda of: "、" in of.inner and of.head is None and of.own_head is None),
    Sign("two clauses", -1.5, lambda of: "，" in of.inner and of.head is None),
    Sign("two clauses with a head", -0.5, lambda of: "，" in of.inner and of.head is not None),
    # “书记负总责、委员分工抓、科室具体落实”的机制: who does what
    Sign("says who does what", -4.0, lambda of: of.has_of and len(of.inner) > 22 and "、" in of.inner),
    Sign("sentence", -1.5, lambda of: len(of.inner) > 16 and of.head is None),
)
# Asked only where what speaks for a name is enough, which is seldom: it saves a third of the time.
_AGAINST = tuple(sign for sign in QUOTED_SIGNS if sign.weight < 0)


@cache
def _for(lacks: tuple[bool, ...]) -> tuple[Sign[QuotedStretch], ...]:
    """What may speak for a stretch that ``lacks`` those of ``_TRAITS``, in order."""
    lacking = frozenset(compress(_TRAITS, lacks))
    return tuple(sign for sign in QUOTED_SIGNS if sign.weight > 0 and lacking.isdisjoint(sign.only or ()))


def is_name(of: QuotedStretch) -> bool:
    """Whether the signs of a stretch add up to a name."""
    lacks = (of.head is None, of.head is not None, of.own_head is None, of.listed is None, of.count < 2, of.is_founded)
    total = weigh(_for(lacks), of)
    return total >= ENOUGH and total + weigh(_AGAINST, of) >= ENOUGH


def is_spoken_against(stretch: QuotedStretch) -> bool:
    """Whether any sign speaks against ``stretch`` being a name."""
    return weigh(_AGAINST, stretch) < 0
