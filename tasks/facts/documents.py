"""Policy documents an article cites: 《…》 titles and reference numbers (…〔2019〕12号), with their issuer where it is said.

《…》 also marks newspapers, books, songs and films: a title counts by its last word (意见, 办法, 条例 …), by its reference
number, or because somebody issued, drew up or signed it.
"""

from __future__ import annotations

import re

from tasks.facts.text.needed import Tail
from tasks.facts.text.reading import Reading
from tasks.facts.text.sought import Sought
from tasks.facts.text.traces import note
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.word_lists import any_of, words_for
from tasks.records import DocumentMention

_TITLE = re.compile(r"《(?P<title>[^《》\n]{2,100}(?:〈[^〉]*〉[^《》\n]*|《[^》\n]*》[^《》\n]*)?)》")
_NUMBER = Sought(r"[〔\[（(【﹝](?P<year>(?:19|20)\d\d)[〕\]）)】﹞]\s?第?\d{1,5}号")
_NUMBER_BEHIND = pattern_of(
    r"\s?[（(](?P<number>[[:han:]]{1,14}[〔\[（(【﹝](?:19|20)\d\d[〕\]）)】﹞]\s?第?\d{1,5}号)"
)
_AGENCY = pattern_of(r"[[:han:]]{1,12}$")
_NOT_AGENCY = re.compile(r".*(?:根据|依据|按照|依照|落实|贯彻|执行|印发|下发|文件|的|了|和|与|及|即|为|是|在|以)")
_DOCUMENT_TAIL = re.compile(
    rf"(?:{any_of(words_for('document_kinds', 'title'))}|若干.{{0,6}})(?:[（(][^（()）]{{1,12}}[）)])?$"
)
_WORK_TAIL = re.compile(r"(?:日报|晚报|晨报|早报|时报|周报|快报|商报|都市报|青年报|画报|周刊|月刊|半月刊|杂志|导报)$")
_WORK_BEHIND = re.compile(
    r"(?:杂志|报(?![告道送名])|记者|一书|一文|电影|歌曲|节目|栏目|小品|舞蹈|话剧|主题曲|专题片|微电影|纪录片|电视剧|等歌|等书|等曲|唱|期刊|报纸)"
)
# Before a title in 《》 that is sung, played or read, and no document: 合唱.
_WORK_BEFORE = re.compile(
    r"(?:歌曲|唱|唱响|合唱|独唱|舞蹈|电影|小说|书籍|阅读|朗诵|诵读|小品|话剧|戏曲|表演|表演唱|快板|三句半|相声|剧目|短片|影片|观看|专题片|微电影|纪录片|电视剧|名著|栏目|杂志|画册)$"
)
# Who issued a document, and the verb: 县委联合县政府印发了.
_ISSUED_BEFORE = Tail(
    r"(?P<issuer>[[:han:]、]{2,30}?)?(?:联合|共同|先后|正式|研究|又|还|便|并|已|也|近日|日前|专门)*"
    rf"(?P<verb>{any_of(words_for('practices/setting_up_verbs', 'issue'))})"
    r"(?:下发|实施|并实施|印发|出台)?(?:了|的|过)?(?:关于)?$"
)
# The body at the end of what stands before the verb of issuing: 青石县民政局.
_ISSUER_NAME = pattern_of(
    r"(?:国务院|中共中央|中办|国办|中央|全国人大|[[:han:]]{0,14}(?:党委|市委|省委|区委|县委|镇委|州委|自治区|政府|办公厅|办公室|委员会|人大常委会|人大|常委会|"
    r"组织部|宣传部|政法委|纪委|监委|党工委|管委会|[[:han:]]{1,8}(?:部|局|委|厅|署|办|会|院|中心|镇|乡|街道|村|社区|公司|集团)))$"
)
_ISSUER_CUT = re.compile(r".*(?:根据|按照|依据|依照|落实|贯彻|结合|经|由|的|了|在|从|对|将|把|，|、)")
_BETWEEN_ISSUERS = re.compile("、|以及|(?<=[局委部厅办府会院室署])和|会同|联合")
_POSSESSIVE = pattern_of(
    r"(?P<issuer>(?:国务院|中共中央|中办|国办|全国人大常委会|[[:han:]]{2,12}(?:局|部|厅|委|政府|办公室|办公厅)))(?:的|关于)?$"
)


def read_documents(reading: Reading) -> tuple[DocumentMention, ...]:
    """Every cited document in order; ``title`` without its marks, ``number`` as printed, ``issuer`` where it is said.

    >>> text = "县政府办公室印发《关于推进村务公开的意见》（云政办发〔2021〕7号），《云河日报》作了报道。"
    >>> [(document.title, document.number, document.issuer) for document in read_documents(Reading(text))]
    [('关于推进村务公开的意见', '云政办发〔2021〕7号', '县政府办公室')]
    """
    text = reading.text
    found: list[DocumentMention] = []
    for match in _TITLE.finditer(text):
        title = match["title"].strip()
        before = text[max(match.start() - 40, 0) : match.start()]
        number = _NUMBER_BEHIND.match(text, match.end())
        issued = _ISSUED_BEFORE.search(before)
        rule = _what_tells(title, before, text[match.end() : match.end() + 8], number is not None, issued is not None)
        if rule is None:
            continue
        note("document_mentions", match.start(), match.end(), rule)
        found.append(
            DocumentMention(
                match.start(), match.end(), title, number["number"] if number else None, _issuer(before, issued)
            )
        )
    spans = [(document.start_char, document.end_char + len(document.number or "") + 2) for document in found]
    for match in _NUMBER.finditer(text):
        if any(start <= match.start("year") < end for start, end in spans):
            continue
        agency = _AGENCY.search(text, max(match.start() - 12, 0), match.start())
        if agency is None:
            continue
        prefix = _NOT_AGENCY.match(agency[0])
        start = agency.start() + (prefix.end() if prefix else 0)
        if start < match.start():
            note("document_mentions", start, match.end(), "a number of a document with the letters of its agency")
            found.append(DocumentMention(start, match.end(), None, text[start : match.end()], None))
    return tuple(sorted(found, key=lambda document: document.start_char))


def _what_tells(title: str, before: str, behind: str, has_number: bool, is_issued: bool) -> str | None:
    """What tells that ``title`` is that of a document and not of a work; None where it is no document's."""
    if has_number:
        return "a title with the number of the document behind it"
    if _WORK_TAIL.search(title) or _WORK_BEHIND.match(behind) or _WORK_BEFORE.search(before):
        return None
    if is_issued:
        return "a title behind a verb of issuing"
    tail = _DOCUMENT_TAIL.search(title)
    return None if tail is None else f"a title that ends in {tail[0]}"


def _issuer(before: str, issued: re.Match[str] | None) -> str | None:
    window = before[: issued.start("verb")] if issued is not None else before
    window = window[max(window.rfind(char) for char in "，。；：！？\n”》") + 1 :]
    window = re.sub(r"(?:联合|共同|先后|正式|研究|专门|近日|日前|又|还|并|已|也)+$", "", window)
    if issued is None:
        match = _POSSESSIVE.search(window)
        return _ISSUER_CUT.sub("", match["issuer"]) or None if match else None
    return _joint_issuers(window)


def _joint_issuers(window: str) -> str | None:
    """The body at the end of ``window``, with those before it in one list: 市委组织部、市财政局.

    >>> _joint_issuers("按照市委组织部、市财政局和市民政局")
    '市委组织部、市财政局、市民政局'
    >>> _joint_issuers("围绕养老、市民政局")
    '市民政局'
    """
    names: list[str] = []
    for part in reversed(_BETWEEN_ISSUERS.split(window)):
        match = _ISSUER_NAME.search(part)
        name = _ISSUER_CUT.sub("", match[0]) if match is not None else ""
        if not name:
            break
        names.insert(0, name)
        if name != part:
            break  # 按照|市委组织部: the list begins here
    return "、".join(names) or None
