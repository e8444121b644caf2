"""How a text introduces a name: the verb, count or owner that stands right before it."""

from __future__ import annotations

from functools import cache

from tasks.facts.text.needed import Tail
from tasks.lexicon.word_lists import any_of, word_set, words_for

# What may stand between the verb of founding and the name: 推出了一批特色“…”, 建成320平方米的“…”, 打造具有侨乡特色的“…”.
_BETWEEN = (
    r"(?:实施|建立|推出|推行|打造|形成|构建|开展|性地?|性推出|落地)?(?:了|起了?|出了?|过|以|的|为|成)?"
    r"(?:一批|一个|一支|一套|一项|一条|一张|一本|全[区县市镇省]|统一的|多个|具有[[:han:]]{0,8}的|以[[:han:]]{1,12}为[[:han:]]{1,6}的"
    r"|(?:全[国省市县区])?(?:第一|首)[个支家批部套项条本座]|(?:\d{1,6}|[一二两三四五六七八九十]{1,3})(?:多|余)?(?:个|支|家|批|套|项|条|处|座|名|类|间|所|张|块|台|期|场)"
    r"|[\d.]{1,9}[万亿]?元的|[[:han:]]{0,6}(?:系列|特色|的))?$"
)
# 党建, 共建, 创建, 承办, 福建: a verb's last character that belongs to another word.
_BARE_VERB = r"(?:(?<![党共创承举主福构组修筹兴])(?:办|建|设)|(?<=试着)[搞开组])"
# Before a name that is counted or paid for: 有一支, 建成12个, 投入30万元的.
_COUNTED = Tail(
    r"有(?:了)?一[支个张间座条处家本块]$|(?:\d+|[二两三四五六七八九十百]+)(?:多|余)?(?:个|家|支|处|座|条|名|间|所|项|类|种|张|本)"
    r"(?:[[:han:]]{1,3}的|特色|示范|标准化|党建|服务|社区|便民|公益|事项|业务)?$"
    r"|首[批个支家](?:[[:han:]]{1,4}(?:级|示范))?$|(?:安排|拨付|拿出|筹集|募集|列支|出资|投入)[\d.]+[万亿]?余?元的?$"
)
# Whose it is: 凤翔区的“…”, 石桥村“…”, 该镇“…”. Behind 在 it is only where something happens.
_OWNED = Tail(r"[[:han:]](?:省|市|县|区|旗|镇|乡|街道|苏木|社区|村|嘎查|团|连|法院|分局)(?:的)?$|[村镇乡县区]内的?$")
# What is gone to see or copied from elsewhere is a practice there.
_VISITED = Tail(
    r"(?:观摩|考察|参观|取经|借鉴|视察|照搬|复制|移植|效仿|引进)(?:了|过|学习|一下)?(?:当地|该[县镇村区]|其|他们)?的?$"
)
# Verbs that set going or keep up what need not be a practice (执行规定): they count where the name itself tells its kind.
_SET_GOING = Tail(
    r"(?:搞起?来?|共建|合建|执行|沿用|采用|实行的是|采取的是|推行的是|有了|都有|还有|设|设了|恢复|重启|续办|停办|取消|撤销|停用|弃用|叫停|终止|挂出|送来"
    r"|(?:(?<![参增])加|添|增加)(?=了)|[搭支垒架竖]起)(?:了|过|着|起了?)?$"
)
_THERE = Tail(
    r"(?:没有|另有|还有|也有|都有|就有|有个|有[一两几][个支间所处家]|设有|建有|办有|缺少|[镇村县乡区市里]有)$"
)
_HIGHEST = 22  # characters before a name in which its verb is looked for


@cache
def _founded() -> Tail:
    return Tail(f"(?:{any_of(words_for('practices/setting_up_verbs', 'found'))}|{_BARE_VERB}){_BETWEEN}")


@cache
def _named() -> Tail:
    words = any_of(word_set("practices/naming_verbs"))
    return Tail(
        rf"(?:{words}|(?<![大喊呼惨])叫|管(?:它|这|它们)?叫|形成的|聘[请任]?[^，。；“”]{{1,18}}(?:为|担任)"
        rf"|(?:规矩|办法|做法|法子|制度|机制|妙招|品牌|名字)(?:就)?是)$"
    )


@cache
def _used() -> Tail:
    return Tail(f"{any_of(words_for('boundary_words', 'using'))}$")


@cache
def _changed() -> Tail:
    return Tail(f"{any_of(words_for('boundary_words', 'change'))}[了过着]?$")


def words_before(text: str, at: int) -> str:
    """The characters before ``at`` in which an introduction is looked for."""
    return text[max(at - _HIGHEST, 0) : at]


def is_founded(words: str) -> bool:
    """Whether a verb of founding stands before the name, with what may stand between.

    >>> is_founded("镇里推出了一批"), is_founded("镇里讨论了")
    (True, False)
    """
    return _founded().search(words) is not None


@cache
def _created() -> Tail:
    return Tail(f"(?:{any_of(words_for('practices/setting_up_verbs', 'create'))}|{_BARE_VERB}){_BETWEEN}")


def is_created(words: str) -> bool:
    """Whether a verb that brings something into being stands before the name; 完善 and 推进 are talk of policy.

    >>> is_created("街道组建了3支"), is_created("街道完善")
    (True, False)
    """
    return _created().search(words) is not None


def is_named(words: str) -> bool:
    """Whether a verb of naming stands before the name: 取名为, 被称作."""
    return _named().search(words) is not None


def is_counted(words: str) -> bool:
    """Whether a number with its measure word stands before the name: 12个特色."""
    return _COUNTED.search(words) is not None


def is_used(words: str) -> bool:
    """Whether a word of use or a preposition stands before the name: 依托, 通过."""
    return _used().search(words) is not None


def is_visited(words: str) -> bool:
    """Whether somebody goes to see what is named, or copies it: 观摩, 照搬了."""
    return _VISITED.search(words) is not None


def is_set_going(words: str) -> bool:
    """Whether a verb stands before the name that sets going or gives up practices as well as other things: 搞起了, 撤销."""
    return _SET_GOING.search(words) is not None


def is_there(words: str) -> bool:
    """Whether the words before say that something is there or is not: 镇里另有, 没有, 也有.

    >>> is_there("镇里另有"), is_there("我们没有"), is_there("只有")
    (True, True, False)
    """
    return _THERE.search(words) is not None


def is_object_of_change(words: str) -> bool:
    """Whether a verb that overcomes, becomes or plays stands before the word: 破解, 变成, 当好."""
    return _changed().search(words) is not None


def is_owned(words: str) -> bool:
    """Whether a place or body stands right before the name.

    >>> is_owned("上虞区的"), is_owned("大家的")
    (True, False)
    """
    return _OWNED.search(words) is not None
