"""The post and organisation printed beside a name: before it, after it, or in the clause that says who someone is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from tasks.facts.people.stretches import tag_of
from tasks.facts.places.reading import PlaceReading
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.gazetteer import gazetteer
from tasks.lexicon.names import words
from tasks.lexicon.posts import occupation_ending_at, post_ending_at, title_starting_at
from tasks.lexicon.speech import SPEECH
from tasks.lexicon.word_lists import words_for
from tasks.records import OrganizationMention

_TO_CLAUSE = re.compile(".*[，。！？；：\n“”‘’（）()]", re.DOTALL)
# 王敏，是某协会的秘书长；王敏如今是某社团的负责人；王敏（某公司经理）
_IS = re.compile(
    r"(?:同志|先生|女士)?[，,]?(?:今年)?(?:\d{1,3}岁)?[，,]?(?:如今|现在|目前|原本|原来|曾经|曾|也|便|就|既|正|本|还|都|一直|同时|又)?"
    r"(?:全票|高票|正式|先后|连续|被|又|以[^，。；：]{1,12}(?:票数?|优势|高票))?(?:是|系|为|任|担任|现任|当选为?|选为|推选为|任命为|受聘(?:担任|为)?|聘为|评为|"
    r"兼任|出任|身为|作为|成为|当上了?|做了|干了)"
    r"(?P<what>(?:(?!、(?:选举|推选|任命|聘请|聘任|补选))[^，。！？；：\n“”（）]){1,40})"
)
# A post behind the name, set off by a mark: 李红梅，村党支部书记，…; 李红梅（村医）. Of 从, 和, 来 only a county may begin so.
_APPOSED = re.compile(
    r"[（(，,](?:[今现]年)?(?:\d{1,3}岁[，,])?(?:[男女汉][，,])?"
    r"(?![还也与及另就又便把在到对向给有是说被请]|和(?![县平田政顺硕龙林静])|都(?![昌匀江安兰])|来(?![宾安凤])|从(?![江化])|让(?!胡))(?P<what>[^，"
    r"。！？；：\n“”（）()]{2,24})[）)，,。；]"
)
# 于敏（女，满族）：某县某镇网格员 as a line of its own, or at the head of one.
_WHAT_IS_SAID = (
    r"[：:](?P<what>[^，。！？；：\n“”（）()]{2,45}?)(?=[。；，\n]|$|[[:han:]·]{2,4}[（(](?:[男女]|[[:han:]]{1,5}族))"
)
_PRESENTED = pattern_of(rf"(?:[（(][^（）()\n]{{1,14}}[）)])?{_WHAT_IS_SAID}")
# Sex or people in brackets and a colon tell by themselves that a row of a list begins, where its line was joined to
# another.
_ROW = pattern_of(rf"[（(](?:[男女]|(?:[男女][，,、])?[[:han:]]{{1,5}}族)[）)]{_WHAT_IS_SAID}")
_HELD_BY = re.compile(r"(?P<what>[^，。！？；：\n“”]{2,20})由[^，。！？；：\n]{0,16}$")  # 会长由企业家周敏|担任
_AS = re.compile(
    r"(?:作为|身为|身兼|担任|当选|当上|现任|曾任|任(?![命免])|是)(?P<what>[^，。！？；：\n“”]{1,30}?)[，,的]$"
)
_THEN = re.compile("(?:时|期间|后|以来|至今|的时候|[一两三四五六七八九十]+年|\\d{1,2}年)$")  # 任村主任|时
_LATIN = re.compile(r"[A-Za-z][A-Za-z .'-]{1,36}[（(]$")  # 总监Kevin Lin（林凯文）
_FROM_HOME = re.compile("[、，]?(?:来自|家住)[^，。；、“”]{2,16}的$")  # 店老板、来自某市的|周敏
_YOUNG = frozenset(("青年", "小伙", "小伙子", "姑娘"))  # what one is by age says less than an office told behind it
_ASIDE = re.compile(r"[（(][^（）()\n]{1,5}[）)]$")  # 书记（时任）黄某
# Words by which the body before a post is known from a mere phrase (坐在一旁的物业经理).
_BODY_END = re.compile(
    r"(?:[省市区县旗州镇乡村局厅委部办处科室所站院校园厂队社会组团店馆行]|街道|社区|小区|公司|集团|中心|机关|支部|人大|政协|联盟|制药|政府|大学|学院|单位|医院|企业|基地)$"
)
_JOINED_DEPARTMENT = re.compile(
    r"(?:住房|人力资源|发展|资源|文化|农业|水利|卫生|林业|工业|经济|粮食|民族|政治|市场|民政|财经事务|政制)(?P<joint>[和与及])"
)
_NOTE_BEFORE = re.compile(r"[（(][^（）()\n]{1,4}[）)]$")
_PARTS, _PARTS_BUT_AND = re.compile("[、及了着]"), re.compile("[、了着]")
_JOINTS = re.compile("[与]|和(?![平田政顺硕龙静林布]|县)")  # no joint in 和田市
_ALSO = pattern_of("兼[[:han:]]{1,6}$")
_MANY = re.compile("一大?批|一群|许多|不少|多[名位]|[几两三]名|们|各级|一些|所有")  # 陈校长，全县的一大批学生，…
_AGENT = re.compile("(?<![自理])由|邀请|请来|请(?!假)|(?<!谦)让")
_AGE = re.compile(r"[、，]?(?:今年)?\d{1,3}岁的?$")
_CALLED = re.compile(r"(?P<what>[^，。！？；：\n]{2,30})[，,](?:他|她|名字)?(?:名叫|叫|就是|便是)$")
# 丁敏，女，1970年3月生，…，现任某县县长: a life told in one sentence ends with the post held now.
_LIFE = re.compile(
    r"[，,（(](?:[^，。；\n“”（）]{1,8}[，,]){0,4}(?:生于)?\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:出?生|，)[^。\n“”]{0,160}"
    r"(?:。(?:现任|任|历任)[^。\n“”]{0,80})?"
)
# 丁敏，男，侗族，1951年6月生，某县某村寨老；: the form of a list, which ends with what its bearer is.
_LISTED = pattern_of(
    r"[，,：:（(](?:[男女]|[[:han:]]{1,5}族)"
    r"(?:[，,、）)]+(?:[男女]|[[:han:]]{1,5}族|(?:生于)?\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:出?生)?"
    r"|\d{1,3}岁|中共(?:预备)?党员|[[:han:]]{0,6}(?:学历|文化|人|大学|本科|大专|中专|高中|研究生|硕士|学士|博士)))*"
    r"[，,）)]+(?P<what>[^，。；：\n“”（）()]{2,45})(?=[，。；\n]|$)"
)
_TOOK_OFFICE = re.compile(r"(?:现任|起任|升任|(?<![历曾])任)(?P<what>[^，。；\n“”（）]{2,24})")
# 免去周敏同志|县教育局副局长职务, 接受周敏|辞去副县长职务的请求: the post that one leaves
_RELIEVED = re.compile(
    "(?:同志)?(?P<verb>辞去(?:其|所任)?|不再(?:担任|兼任))?(?:的|所任的?|原任的?)?(?P<what>[^，。；：\n“”]{2,36}?)(?:的|等)?职务"
)
_RELIEVES = re.compile("(?:免去|免除|撤销|罢免)[^，。；\n“”]{0,28}$")
_LONGEST_RELIEF = 44  # for time alone: characters behind a name among which 职务 ends such a clause
_WORKS = re.compile(
    r"(?:在[^，。！？；：\n“”]{2,16}?)?(?:当|做|担任)(?:了|着|过|起)?(?P<what>[^，。！？；：\n“”]{2,14})"
)
# The characters with which the patterns above begin or end, asked first as few names have any of them beside them.
_AGE_ENDS, _ASIDE_ENDS, _AS_ENDS, _CALLED_ENDS = map(frozenset, ("岁的\n", "）)\n", "，,的", "叫是"))
_IS_BEGINS = frozenset("以同先女，,今如现目原曾也便就既正本还都一又全高连被是系为任担当选推受聘评兼出身作成做干")
_APPOSED_BEGINS, _WORKS_BEGINS = frozenset("（(，,"), frozenset("在当做担")
_JOB_TITLES = frozenset(["老师", "医生", "护士", "警官", "律师", "法官", "教授", "大夫", "同学"])
_HANDLING = frozenset(("承办", "主办", "协办", "经办", "包联", "包片"))  # 承办法官吴静 judges for no body of that name
_BEHIND_A_DEPUTY = frozenset("，。、：；）")  # 周敏代表村民发言 speaks for others
_STRIP = re.compile(
    r"^(?:请来|邀来|据|在|和|与|及|对|向|由|给|请|让|被|是|为|以|从|到|当|经|跟|同|找到|来到|走进|正在|记者|通过|随着|原来|其中|此时|这时|如今|今年|"
    r"去年|近日|日前|当天|现场|每天|平时|采访|联系|看到|见到|听到|包括|作为|以及|一位|一名|这位|那位|来自|身为|曾任|现任|时任|原任|这是|那是|担任|任|家住|住在)+"
)


class PrintedRole(NamedTuple):
    """A post as printed and the organisation or place it belongs to, where the text says so."""

    role: str
    organization: str | None


def printed_role(
    text: str, start: int, end: int, places: PlaceReading, organizations: Sequence[OrganizationMention]
) -> PrintedRole | None:
    """The post printed beside the name at ``start:end``, None where the clause tells none."""
    left = _clause_start(text, start)
    before = text[start - 1 : start]
    named = _named_for(text, start, end, organizations)
    if named is not None:
        return named
    age = _AGE.search(text, start - 10, start) if before in _AGE_ENDS else None
    at = age.start() if age is not None else start
    post = post_ending_at(text, at, left)
    if post is None and text[at - 1 : at] == "”":
        at -= 1  # “最美志愿者”柯蓝
        post = post_ending_at(text, at, at - 8)
    if post is not None:
        told = _role_told_behind(text, start, end, organizations) if text[post:at] in _YOUNG else None
        return told or _whole_role(text, left, post, at, organizations)  # 台湾青年周敏，是某社区的主任助理
    occupation = occupation_ending_at(text, start, left)
    if occupation is not None:
        return PrintedRole(text[occupation:start], None)
    aside = _ASIDE.search(text, start - 8, start) if before in _ASIDE_ENDS else None
    if aside is not None:
        post = post_ending_at(text, aside.start(), _clause_start(text, aside.start()))
        if post is not None:
            return PrintedRole(text[post : aside.start()], None)
    after = title_starting_at(text, end)
    if after is not None:
        return PrintedRole(text[end:after], _body_ending_at(start, organizations))  # 县林业局周敏副局长
    if text[end : end + 2] in _JOB_TITLES:
        return PrintedRole(text[end : end + 2], None)
    if text.startswith("代表", end) and (text[end + 2 : end + 3] in _BEHIND_A_DEPUTY or SPEECH.match(text, end + 2)):
        return PrintedRole("代表", None)
    if text[end - 2 : end] in _JOB_TITLES and end - start <= 4:
        return PrintedRole(text[end - 2 : end], None)
    if before in _AS_ENDS:
        said = _AS.search(text, max(0, text.rfind("\n", max(0, start - 40), start), start - 40), start)
        if said is not None:
            role = role_in(text, said.start("what"), said.end("what"), organizations)
            if role is not None:
                return role
    if before == "的" and (told := _role_before_of(text, start, left, organizations)) is not None:
        return told
    if before in _CALLED_ENDS:
        called = _CALLED.search(text, max(0, text.rfind("\n", max(0, start - 40), start), start - 40), start)
        if called is not None:
            role = role_in(text, called.start("what"), called.end("what"), organizations)
            if role is not None:
                return role
    return _role_told_behind(text, start, end, organizations)


def _body_ending_at(end: int, organizations: Sequence[OrganizationMention]) -> str | None:
    number = bisect_left(organizations, end, key=attrgetter("end_char"))
    is_there = number < len(organizations) and organizations[number].end_char == end
    return organizations[number].name if is_there else None


def _role_before_of(
    text: str, start: int, left: int, organizations: Sequence[OrganizationMention]
) -> PrintedRole | None:
    """The post before a 的 that leads to the name, or before whence its bearer comes (店老板、来自某市的|周敏)."""
    home = _FROM_HOME.search(text, max(left, start - 24), start)
    if home is not None:
        post = post_ending_at(text, home.start(), _clause_start(text, home.start()))
        if post is not None:
            return PrintedRole(text[post : home.start()], None)
    post = post_ending_at(text, start - 1, left)
    return None if post is None else PrintedRole(text[post : start - 1], _organization(text, left, post, organizations))


def _whole_role(text: str, left: int, post: int, end: int, organizations: Sequence[OrganizationMention]) -> PrintedRole:
    """The post at ``post:end`` with the one that stands before 兼 in it."""
    also = _ALSO.search(text, left, post)
    earlier = None if also is None else post_ending_at(text, also.start(), left)
    post = _first_of_row(text, left, post if earlier is None else earlier)  # 党委副书记兼治保主任
    return PrintedRole(text[post:end], _organization(text, left, post, organizations))


def _role_told_behind(
    text: str, start: int, end: int, organizations: Sequence[OrganizationMention]
) -> PrintedRole | None:
    """The post that the words behind a name tell: what its bearer is, holds now or works as."""
    before, following = text[start - 1 : start], text[end : end + 1] or "\n"
    left = _RELIEVED.match(text, end) if text.find("职务", end, end + _LONGEST_RELIEF) > 0 else None
    if left is not None and (left["verb"] or _RELIEVES.search(text, max(0, start - 30), start) is not None):
        return role_in(text, *left.span("what"), organizations)
    if following in "，,（(" and (life := _LIFE.match(text, end)) is not None:
        for took in reversed(list(_TOOK_OFFICE.finditer(text, life.start(), life.end()))):
            role = role_in(text, took.start("what"), took.end("what"), organizations)
            if role is not None:
                return role
    if following in "，,：:（(" and (listed := _LISTED.match(text, end)) is not None:
        return role_in(text, *listed.span("what"), organizations)
    if following in "：:（(" and (start == 0 or before == "\n"):
        presented = _PRESENTED.match(text, end)
        if presented is not None:
            first, last = presented.span("what")
            # The next row's name may have two characters or three: 网格员|周敏（女）, 网格员|马秀梅（女）.
            for role_end in (last, last + 1, last + 2) if text[last : last + 1].isalnum() else (last,):
                role = role_in(text, first, role_end, organizations)
                if role is not None:
                    return role
    for pattern, begins in ((_IS, _IS_BEGINS), (_APPOSED, _APPOSED_BEGINS), (_WORKS, _WORKS_BEGINS)):
        if following not in begins and not (begins is _IS_BEGINS and following.isdecimal()):
            continue
        match = pattern.match(text, end)
        if match is not None and _MANY.search(match["what"]) is None:
            first, last = match.span("what")
            then = _THEN.search(text, first, last)
            for role_end in (last,) if then is None else (last, then.start()):
                role = role_in(text, first, role_end, organizations)
                if role is not None:
                    return role
    return None


def _named_for(text: str, start: int, end: int, organizations: Sequence[OrganizationMention]) -> PrintedRole | None:
    """The post that the form of a list gives to a name, or that it is said to hold, whatever stands beside it."""
    if text[end : end + 1] in "（(" and (row := _ROW.match(text, end)) is not None:
        return role_in(text, row.start("what"), row.end("what"), organizations)
    if text[start - 1 : start] in ("：", ":"):  # 联系人：周敏
        post = post_ending_at(text, start - 1, max(0, start - 16))
        return None if post is None or SPEECH.match(text, end) else PrintedRole(text[post : start - 1], None)
    if text[start - 1 : start] in ("（", "(") and (latin := _LATIN.search(text, max(0, start - 40), start)) is not None:
        return role_in(text, _clause_start(text, latin.start()), latin.start(), organizations)
    if text.startswith(_HOLDS, end):
        held = _HELD_BY.search(text, max(0, text.rfind("\n", max(0, start - 36), start), start - 36), start)
        return None if held is None else role_in(text, held.start("what"), held.end("what"), organizations)
    return None


_HOLDS = ("担任", "兼任", "出任")


def role_in(text: str, left: int, right: int, organizations: Sequence[OrganizationMention]) -> PrintedRole | None:
    """The post or occupation that ends at ``right``, with the body between ``left`` and it."""
    if text[right - 1 : right] == "之" or text[right - 2 : right] == "之一":
        right -= 2
    post = post_ending_at(text, right, left)
    if post is None:
        post = occupation_ending_at(text, right, left)
    if post is None:
        return None
    post = _first_of_row(text, left, post)
    return PrintedRole(text[post:right], _organization(text, left, post, organizations))


def _first_of_row(text: str, left: int, post: int) -> int:
    """Where the first post of a row begins whose last begins at ``post``: 县医院党委书记、医共体总院院长."""
    while True:
        mark = text.rfind("、", left, post)
        if mark < 0 or _BODY_END.search(text[mark + 1 : post]) is None:
            return post
        earlier = post_ending_at(text, mark, left)
        if earlier is None or text.startswith("代表", mark - 2):
            return post
        if not _OF_MANY.isdisjoint(text[max(left, earlier - _NEAR) : earlier]):
            return post
        post = earlier


_NEAR = 3  # characters before a post in which 各 tells that many hold it
_OF_MANY = frozenset("各等名位")  # 各村书记、县林业局局长周敏: the first post is that of others


def _clause_start(text: str, position: int) -> int:
    floor = max(0, position - 45)
    match = _TO_CLAUSE.match(text, floor, position)
    return floor if match is None else match.end()


# In a list of people what is said of a name stands behind it: 周敏（女，回族）：青石镇石桥村网格员.
_NAME_BEFORE = re.compile(r"^(?:[（(][^（）()]{1,16}[）)])?\s*[：:]\s*")
# In a chronicle: 5月11日|通辽市副市长.
_DAY_BEFORE = re.compile(r"^(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}[日月](?:[上下中]午|晚上?|凌晨)?")


def _organization(text: str, left: int, post: int, organizations: Sequence[OrganizationMention]) -> str | None:
    """The body before the post: an organisation found there, else the words themselves where they are few."""
    at = post - 1 if text[post - 1 : post] == "的" else post
    note = _NOTE_BEFORE.search(text, max(0, left - 6), left) if at <= left else None
    if note is not None:
        left, at = _clause_start(text, note.start()), note.start()  # 文武社区（村）|党支部书记
        post = at
    start_of = attrgetter("start_char")
    first, behind = (bisect_left(organizations, char, key=start_of) for char in (left, post))
    for number in range(behind - 1, first - 1, -1):
        if organizations[number].end_char >= at - 2:
            return organizations[number].name
    chunk = _DAY_BEFORE.sub("", _STRIP.sub("", _NAME_BEFORE.sub("", text[left:at].strip())))
    chunk = _AGENT.split(chunk)[-1]
    joined = _JOINED_DEPARTMENT.search(chunk)
    chunk = (_PARTS if joined is None or joined["joint"] != "及" else _PARTS_BUT_AND).split(chunk)[-1]
    of_what = chunk.rpartition("的")[2]
    if of_what[:2] in gazetteer().by_prefix:
        chunk = of_what  # 上月受查的某省某市市委
    if joined is None:
        chunk = _JOINTS.split(chunk)[-1]
    if (
        chunk in _HANDLING
        or chunk.endswith(("返乡", "回乡", "下乡", "家乡", "老乡"))
        or not 2 <= len(chunk) <= 20
        or "的" in chunk
    ):
        return None
    if text[post + 1 : post + 2] == "长" and _shares_its_end(chunk, text[post], text[left:at] == chunk):
        return chunk + text[post]
    return chunk if _BODY_END.search(chunk) else None


_LEVELS, _OFFICES = frozenset("市县区镇乡州旗"), frozenset("局处厅科部")
_LONGEST_TOWN = 3  # characters of a town without its suffix that may stand before 镇长 and is in no list


def _shares_its_end(chunk: str, end: str, is_whole: bool) -> bool:
    """Whether a body and its head's post have a character in common: 县财政|局长, 东莞|市长, 白沙|乡长."""
    if chunk.endswith(end):
        return False
    if end in _OFFICES:
        return any(chunk.endswith(field) for field in (*words_for("bodies/departments", "field"), "社会"))
    if end not in _LEVELS:
        return False
    if chunk in gazetteer().short:
        return True
    return is_whole and len(chunk) <= _LONGEST_TOWN and tag_of(chunk) in ("ns", "nz", "nr", "nrt")


__all__ = ["PrintedRole", "printed_role", "role_in", "words"]
