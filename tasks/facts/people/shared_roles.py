"""Posts that a name has from elsewhere: from the row it stands in, or from another mention of the same person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tasks.facts.people.roles import PrintedRole, role_in
from tasks.facts.people.spans import FoundName
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.posts import post_starting_at
from tasks.records import OrganizationMention, PersonMention


def share_in_rows(text: str, found: list[FoundName]) -> None:
    """Give what stands before a row of names (村民王芳、李强和赵敏) to each of them that has no post of its own."""
    for before, item in pairwise(found):
        if item.role is None and before.role is not None and text[before.end : item.start] in ("、", "和", "与", "及"):
            role, organization = before.role
            is_led = before.is_shared or text.endswith((role, f"{role}：", f"{role}:"), 0, before.start)
            if is_led:
                item.role, item.is_shared = PrintedRole(role, organization), True


# 周敏笑了。他今年45岁，是某村的村支书: told of whom a pronoun means, where nobody else was named between.
_SAID_OF_PRONOUN = re.compile(
    r"[。，；！？][他她](?:今年)?(?:\d{1,3}岁)?[，]?(?:如今|现在|目前|同时|本身|也|还)?(?:是|现任|担任|时任)(?P<what>[^，。；：\n“”]{2,30})[，。；]"
)


def tell_by_pronoun(text: str, found: list[FoundName], organizations: Sequence[OrganizationMention]) -> None:
    """Give a name of which no mention has a post the one that a pronoun behind it is told to hold."""
    told = {item.name for item in found if item.role is not None}
    for number, item in enumerate(found):
        if item.name in told:
            continue
        behind = found[number + 1].start if number + 1 < len(found) else len(text)
        line_end = text.find("\n", item.end)
        end = behind if line_end < 0 else min(behind, line_end)
        said = _SAID_OF_PRONOUN.search(text, item.end, end)
        if said is not None and (role := role_in(text, *said.span("what"), organizations)) is not None:
            item.role = role
            told.add(item.name)


_AND_OTHERS = pattern_of(r"等(?:[\d[:one_to_ten:]多]{1,3}[名位个])?(?=[[:han:]])")  # 王芳、李强等3名村民


# 王芳、李守正（女）：某镇某社区网格员
_PRESENTS = pattern_of(r"(?:[（(](?:[男女]|[[:han:]]{1,5}族)[）)])?[：:][^，。“”\n]{2,45}(?:[；。\n]|$)")


def share_back(text: str, found: list[FoundName]) -> None:
    """Give what stands behind a row of names (王芳、李强等村民) to each of them that has no post of its own."""
    behind: PrintedRole | None = None
    next_start = -1
    for item in reversed(found):
        if text[item.end : item.end + 1] == "等":
            others = _AND_OTHERS.match(text, item.end)
            post = None if others is None else post_starting_at(text, others.end())
            behind = None if others is None or post is None else PrintedRole(text[others.end() : post], None)
        elif item.role is not None and _PRESENTS.match(text, item.end) is not None:
            behind = item.role
        elif item.role is not None and text[item.end : item.end + 1] == "为":
            behind = item.role  # 任命卫国良、田丽为副市长
        elif next_start != item.end + 1 or text[item.end] not in "、和与及":
            behind = None
        if item.role is None and behind is not None:
            item.role, item.is_shared = behind, True
        next_start = item.start


def with_roles_carried(found: list[FoundName]) -> tuple[PersonMention, ...]:
    """Mentions without a post of their own take the person's last one, or the first that is printed later."""
    first: dict[str, PrintedRole] = {}
    for item in found:
        if item.role is not None:
            first.setdefault(item.name, item.role)
    last: dict[str, PrintedRole] = {}
    mentions = []
    for item in found:
        if item.role is not None:
            if item.name in last and last[item.name].role.endswith(item.role.role):
                item.role = last[item.name]  # 周敏书记 after 党委书记周敏
            elif item.role.organization is None and item.name in last:
                item.role = PrintedRole(item.role.role, last[item.name].organization)
            last[item.name] = item.role
        role = item.role or last.get(item.name) or first.get(item.name)
        mentions.append(
            PersonMention(
                item.start, item.end, item.name, role.role if role else None, role.organization if role else None
            )
        )
    return tuple(mentions)
