"""Texts that tell of no place's governance, whatever they name: of books and films, of the dead, of other countries.

What the hero of a novel founds, what a physician set up for his village sixty years ago and what a town in Japan tries
out stand behind the same verbs as a practice of a county.
"""

from __future__ import annotations

import re

from tasks.facts.text.needed import led
from tasks.facts.text.reading import Reading
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.gazetteer import gazetteer
from tasks.lexicon.word_lists import any_of, words_for

_WORK = re.compile("小说|散文集|诗集|长篇|影片|电影|电视剧|话剧|报告文学|剧作|一书|本书")
_OF_WORKS = re.compile(
    "作者|书中|主人公|笔下|叙事|人物形象|文学|读者|情节|题眼|这部作品|写作|导演|编剧|观众|银幕|章节|出版社|笔触"
)
_FEWEST_WORDS_OF_WORKS = 3  # different ones
# 小说连载：渡口（三）, 渡口（短篇小说）: a title that calls its text invented; one that speaks of novels does not.
_INVENTED_TITLE = re.compile(
    "^(?:[【［\\[（(])?(?:长篇|中篇|短篇|微型|网络|小|历史)?(?:小说|童话|寓言|剧本|小品|相声|快板|独幕剧)(?:剧本)?(?:连载|选载|选登)?(?:[】］\\]）):：·|｜]|$)"
    "|(?:小说|童话|寓言|剧本|小品|相声|快板|小说连载|连载)(?:[（(][^（）()]{1,8}[）)]|[】］\\]）)])?$"
)
# 申论真题, 公基模拟卷: the county of the task is that of nobody, though a real one has its name.
_EXAM_TITLE = re.compile(
    "真题|试题|试卷|模拟[题卷]|押题|申论[^，。]{0,12}(?:卷|题|范文|材料)|题目?[及与和]答案|[练学]习题|[选判简][择断答]题|题库|测试题|竞赛题"
)
# 商铺招租, 某某小区盛大开盘: the names are those of goods.
_ADVERT_TITLE = re.compile("招租|租售|热租|开盘|热销|大酬宾|限时(?:优惠|特惠|抢购)|促销|认购|首付")
# What such a paper says: 材料2, 问题一, 下列正确的是.
_EXAM_TEXT = pattern_of(
    r"材料\s*[[:one_to_ten:]\d]|给定(?:的)?(?:材料|资料)|根据(?:以上|上述|所给)?材料|问题[[:one_to_ten:]\d]|作答|答题"
    r"|（\s*）|下列[^。]{0,20}(?:的是|正确|错误)"
)
_FAREWELL_TITLE = re.compile("送别|怀念|悼念|追思|缅怀|追忆|散文|随笔|(?:^|[的忆：])(?:父亲|母亲|爷爷|奶奶|外公|外婆)")
_FAREWELL = re.compile("病逝|逝世|辞世|溘然|享年|离开我们|离世")
_HEAD = 120  # characters in which a text says whom or what country it is about
_SOMEBODY = re.compile(
    "(?<!其)[他她](?!们)|父亲|母亲|爷爷|奶奶|外公|外婆|[^，。；“”]{1,3}(?:先生|老人|老师|医生)(?=[^，。；“”]{0,20}$)"
)
_AT_PLACE = pattern_of("在[[:han:]]{1,12}?[县区镇乡村社旗][[:han:]]{0,10}$")
# 1929年, 延安时期: long ago; 2019年, 如今: no longer.
_TIME = pattern_of(
    r"((?:1[0-8]\d\d|19[0-4]\d)年|(?:延安|苏区|红军|抗战|抗日战争|土地革命|解放战争|民国)时期|苏维埃|人民公社|(?<=[[:han:]]{2})公社(?=“)|生产大队"
    r"|(?:先秦|[东西]周|战国|(?<![\d万亿千百十])[秦汉隋唐元明清]|[东西前后]汉|[东西两]晋|[南北两]宋|北魏|五代|辽代|金代)(?:[代朝初末]|(?:时期?|年间|王朝))"
    r"|(?:[东西两]汉|[东西两]晋|[南北两]宋|明清|晚清|清廷)"
    r"|(?:开元|贞观|庆历|熙宁|元丰|元祐|绍兴|淳熙|洪武|永乐|嘉靖|万历|崇祯|康熙|雍正|乾隆|嘉庆|道光|咸丰|同治|光绪|宣统)(?=年间|[元[:one_to_ten:]]{1,3}年|[初末]年))"
    r"|(?:19[5-9]\d|20\d\d)年|如今|现在|近年|今[年天]|去年|目前|新时代"
)
_CLAUSE_END = re.compile("[，。；：！？\n]")
# Who acts at the beginning of a clause, with a body of its own or none: 学院党委, 某村镇银行.
_UNDERTAKING = pattern_of(
    r"(?:[^的、，]{0,14}?[月日年]|近日|今年|去年|近年来|目前|当地|随后|为此)?[^“”的、与和及由对向为给]{0,14}?"
    r"(?:(?<!物业)(?<!供电)(?<!自来水)(?<!燃气)(?<!公交)公司|集团|(?:(?<!道德)(?<!时间)(?<!积分)(?<!爱心)(?<!诚信)(?<!信用))银行|[支分]行|信用社|农信联?社"
    r"|大学|学院|[我该]校|我院|俱乐部|球队|剧团|剧院|医院|该院|超市|酒店|楼盘|开发商|房企|景区|旅行社)"
    r"(?:[^“”，的、和与]{0,10}(?:党委|党支部|工会|校区|教研室|[系部处室]))?"
    r"(?:也|还|又|则|已|将|把|近年|近日|今年|去年|先后|率先|大力|全力|积极|另辟|内部|向|从|于|以|按|设|推|实|组|建|成|开|启|打|形|创|举|发|获|总结|运用|采用|引入)"
)
# Who keeps a shop, trains a team or posts what he makes: 老板杨姐推出, 教练打造的.
_PRIVATE = pattern_of(
    r"[^，的]{0,16}(?:老板|店主|摊主|店长|掌柜|馆主|教练|博主|主播|画家|作家|导演|编剧|球迷|粉丝|商家|设计师)"
    r"[[:han:]]{0,3}(?:推|创|办|建|设|发|开|组|打|独|提)"
)
# A place or an office of it that acts: 石桥镇推出, 县民政局与; its name may be any.
_PLACE_ACTS = led(
    r"(?:[县旗镇乡]|[市省](?![场民政级容域])|(?<![景园小城地山校辖新片厂特灾矿牧战社])区|街道|社区|(?<![农乡])村|[县区市镇乡村]里)"
    r"(?:[^，的“”、]{0,10}(?:局|委|办|政府|党支部|党总支|法院|检察院|部|中心|所))?"
    r"(?:也|还|又|则|已|将|把|从|在|于|对|与|和|联合|推|试|建|设|成|组|实|开|启|出|制|聘|招|选|创|探|率|先|积|全|大|针|结|围|依|引|动|发)"
)
# Only texts about this country name them.
_HOME_BODY = re.compile("党委|党工委|党支部|党总支|[县区市省]委|居委会|村委会|街道办|派出所|人大代表")


def is_of_a_work(reading: Reading) -> bool:
    """Whether a text is about a book, a film or a play, or is one.

    >>> is_of_a_work(Reading("长篇小说里，作者写了一个村庄。书中的支书办起“渡口夜校”，人物形象丰满。"))
    True
    >>> is_of_a_work(Reading("文学爱好者在村里办起“渡口夜校”，读者来自邻村，电影也放。"))
    False
    >>> is_of_a_work(Reading("渡口村办起“渡口夜校”。", title="小说连载：渡口（三）"))
    True
    >>> is_of_a_work(Reading("渡口村办起“渡口夜校”。", title="小说家到渡口村采风"))
    False
    """
    text = reading.text
    return _INVENTED_TITLE.search(reading.title) is not None or (
        _WORK.search(text) is not None
        and len({match[0] for match in _OF_WORKS.finditer(text)}) >= _FEWEST_WORDS_OF_WORKS
    )


def is_advertisement(reading: Reading) -> bool:
    """Whether a text sells or lets something, by its title.

    >>> is_advertisement(Reading("", title="石桥镇“云上客厅”商铺招租")), is_advertisement(Reading("", title="商铺摆进村"))
    (True, False)
    """
    return _ADVERT_TITLE.search(reading.title) is not None


def is_exam(reading: Reading) -> bool:
    """Whether a text is the paper of an examination, whose county is that of no map.

    >>> is_exam(Reading("材料2\\nL市推行“渡口夜校”。", title="2023年申论真题"))
    True
    >>> is_exam(Reading("石桥镇开展申论真题练习，办起“渡口夜校”。", title="石桥镇用真题练兵"))
    False
    """
    return _EXAM_TITLE.search(reading.title) is not None and _EXAM_TEXT.search(reading.text) is not None


def is_farewell(reading: Reading) -> bool:
    """Whether a text takes leave of somebody: an obituary, or a memory of one's father.

    >>> is_farewell(Reading("许大夫于昨日病逝，享年八十岁。")), is_farewell(Reading("许大夫昨日坐诊。"))
    (True, False)
    """
    return _FAREWELL_TITLE.search(reading.title) is not None or _FAREWELL.search(reading.text[:_HEAD]) is not None


def is_somebodys(clauses: str) -> bool:
    """Whether in the words before a name one person acts, and no place, nor in one.

    >>> is_somebodys("那时村里穷，他办起了"), is_somebodys("镇里办起了"), is_somebodys("他在石桥村带头办起了")
    (True, False, False)
    """
    return _SOMEBODY.search(clauses) is not None and _AT_PLACE.search(clauses) is None


def is_long_ago(paragraph: str) -> bool:
    """Whether the words of a paragraph before a name are in the time before 1950.

    >>> is_long_ago("熙宁三年，王安石推行"), is_long_ago("统筹协同治理十年，村里办起")
    (True, False)
    >>> is_long_ago("1929年，他在乡里组织"), is_long_ago("1929年，村民渡江。2019年，村里办起")
    (True, False)
    """
    times = [match[1] for match in _TIME.finditer(paragraph)]
    return bool(times and times[-1])


def is_undertakings(sentence: str) -> bool:
    """Whether in the words of a sentence before a name a firm, a bank, a university or a troupe acts.

    >>> is_undertakings("某银行推出"), is_undertakings("学院党委实施"), is_undertakings("镇里与银行推出")
    (True, True, False)
    >>> is_undertakings("老板杨姐推出"), is_undertakings("县人民医院也开展了")
    (True, True)
    >>> is_undertakings("针对公司用工难，石桥镇推出"), is_undertakings("物业公司推出")
    (False, False)
    """
    clauses = _CLAUSE_END.split(sentence)
    for clause in reversed(clauses):
        if _PLACE_ACTS.search(clause) is not None:
            return False
        if _UNDERTAKING.match(clause) is not None or _PRIVATE.match(clause) is not None:
            return True
    return False


def is_abroad(reading: Reading) -> bool:
    """Whether a text begins in another country and names no body that only this one has.

    >>> is_abroad(Reading("据日本媒体报道，一个小城推行“邻里厨房”。"))
    True
    >>> is_abroad(Reading("日本客人来到石桥镇，镇党委书记介绍了“邻里厨房”。"))
    False
    """
    text = reading.text
    if _COUNTRY.search(reading.title + text[:_HEAD]) is None or _HOME_BODY.search(text) is not None:
        return False
    full = gazetteer().full
    return not any(
        text[end - length : end] in full
        for end in (match.end() for match in _HOME_PLACE.finditer(text))
        for length in _LENGTHS
    )


# Districts bear the same names in all East Asia (城北区), counties and cities seldom.
_HOME_PLACE = re.compile("[县市旗]")
_LENGTHS = (3, 4, 5)
_COUNTRY = re.compile(any_of(words_for("names/foreign_places", "country")))
