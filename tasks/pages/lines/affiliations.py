"""Where the authors of a journal's article work: the line below their names."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.lexicon.characters import pattern_of

_AFFILIATION = pattern_of(
    r"^[（(](?:\d[.．、]?\s*)?[[:han:]](?:[^（）()。]|[（(][[:han:]]{2,4}[）)]){2,40}[\s，,；;]*\d{6}[）)]$"
)
# Without brackets the place stands between two commas: 青石县委党校，青石，123456.
_BARE_AFFILIATION = pattern_of(
    r"^[[:han:]]{2,24}(?:大学|学院|党校|学校|研究[院所]|研究中心|医院|[局委部])[^，。；]{0,16}[，,][[:han:]\s]{2,12}[，,\s]\d{6}$"
)
_NUMBERED_AFFILIATIONS = pattern_of(
    r"^[（(]?(?:[（(]?\d{1,2}\s*[.．、]?\s*[[:han:]][[:han:]（）()\s、，,·]{3,60}?\s*\d{6}\s*[）)]?[\s；;。]*)+[）)]?$"
)
_BRACKETED_AFFILIATIONS = pattern_of(
    r"^(?:[\[（(〔]\d{1,2}[\]）)〕]\s*[[:han:]（）]{2,24}(?:大学|学院|党校|研究[院所]|研究中心|[局委部办])[\s；;，,]*)+$"
)
# An author and the school or institute: 李一鸣 / 青石大学法学院，从事…研究.
_WORKS = pattern_of(r"^[[:han:]]{2,4}\s*[/／：:，,（(].{0,60}(?:大学|学院|党校|研究[院所])")


def is_affiliation(text: str) -> bool:
    """Whether ``text`` is the line below the authors of a journal's article that says where they work.

    >>> is_affiliation("（青石县委党校，青石 123456）"), is_affiliation("（完）")
    (True, False)
    >>> is_affiliation("（1.青禾大学，河南 青禾 450000；2.青禾县委党校，河南 青禾 450001）")
    True
    >>> is_affiliation("1.青禾大学 法学院，河南 青禾 450000；2.青禾县委党校，河南 青禾 450001")
    True
    """
    return any(
        form.match(text) for form in (_AFFILIATION, _BARE_AFFILIATION, _NUMBERED_AFFILIATIONS, _BRACKETED_AFFILIATIONS)
    )


def tells_of_authors(text: str, names: Sequence[str]) -> bool:
    """Whether a line above the text tells where its authors, known by ``names``, work.

    >>> tells_of_authors("李一鸣 / 青石大学法学院，从事法学研究", ["李一鸣"]), tells_of_authors("王芳 / 青石大学", ["李一鸣"])
    (True, False)
    """
    return bool(names) and text.startswith(tuple(names)) and _WORKS.match(text) is not None
