"""The gazetteer in memory: look-ups by code, by full name, by short form and by township.

Reads the tables of ``data/`` once, on first use. A name may belong to several divisions (there are four 鼓楼区), so every
look-up by name returns all codes; choosing among them is the business of ``tasks.facts.places.reading``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from tasks.closed_lists import listed
from tasks.lexicon.gazetteer.short_forms import short_forms
from tasks.lexicon.word_lists import data_lines, table_rows, word_list
from tasks.records import DivisionLevel

_LEVEL_RANK = {"province": 0, "city": 1, "county": 2}


@dataclass(frozen=True, slots=True)
class Division:
    """One province, city or county. ``full_name`` is the chain (浙江省金华市义乌市), without a gap in municipalities."""

    adcode: str
    name: str
    full_name: str
    level: DivisionLevel
    parent_adcode: str | None
    short_name: str
    ancestors: tuple[str, ...]


class Gazetteer:
    """All divisions and townships with the indexes that reading a text needs."""

    def __init__(self, divisions: dict[str, Division], townships: dict[str, frozenset[str]]) -> None:
        self.by_code = divisions
        self.full: dict[str, tuple[str, ...]] = {}
        self.short: dict[str, tuple[str, ...]] = {}
        self.former: dict[str, tuple[str, ...]] = {}
        self.ordinary_words = frozenset(word_list("ordinary_words", "gazetteer/data"))
        self.children: dict[str, tuple[str, ...]] = {}
        self.townships_by_county = townships
        self._index_names()
        by_name: dict[str, list[str]] = defaultdict(list)
        for code, names in townships.items():
            for name in names:
                by_name[name].append(code)
        self.township: dict[str, tuple[str, ...]] = {name: tuple(sorted(codes)) for name, codes in by_name.items()}
        # By the last two characters before the suffix and the suffix: how long such names are, longest first.
        lengths: dict[str, set[int]] = defaultdict(set)
        for name in self.township:
            lengths[name[-4 if name.endswith(("街道", "苏木")) else -3 :]].add(len(name))
        self.township_lengths = {tail: tuple(sorted(found, reverse=True)) for tail, found in lengths.items()}
        self.names_above_county = frozenset(
            name
            for table in (self.full, self.short, self.former)
            for name, codes in table.items()
            if any(divisions[code].level != "county" for code in codes)
        )
        self.by_prefix: dict[str, tuple[str, ...]] = {}
        grouped: dict[str, set[str]] = defaultdict(set)
        for name in (*self.full, *self.short, *self.former):
            grouped[name[:2]].add(name)
        for prefix, names_with_prefix in grouped.items():
            self.by_prefix[prefix] = tuple(sorted(names_with_prefix, key=lambda name: (-len(name), name)))

    def _index_names(self) -> None:
        full: dict[str, list[str]] = defaultdict(list)
        short: dict[str, list[str]] = defaultdict(list)
        children: dict[str, list[str]] = defaultdict(list)
        ordered = sorted(self.by_code.values(), key=lambda division: (_LEVEL_RANK[division.level], division.adcode))
        for division in ordered:
            full[division.name].append(division.adcode)
            for form in short_forms(division.name):
                short[form].append(division.adcode)
            if division.parent_adcode:
                children[division.parent_adcode].append(division.adcode)
        for row in _rows("customary_names.csv"):
            if row["adcode"] not in short[row["name"]]:
                short[row["name"]].append(row["adcode"])
        for form in [form for form in short if form in full]:
            full[form].extend(code for code in short.pop(form) if code not in full[form])
        self.full = {name: tuple(codes) for name, codes in full.items()}
        self.short = {name: tuple(codes) for name, codes in short.items()}
        self.children = {code: tuple(codes) for code, codes in children.items()}
        former: dict[str, list[str]] = defaultdict(list)
        for row in _rows("former_names.csv"):
            for name in (row["former_name"], *short_forms(row["former_name"])):
                if name not in short and len(name) >= 2:
                    former[name].append(row["successor_adcode"])
        for division in ordered:
            if division.level != "county" or division.name[-1] not in "区市" or len(division.name) < 3:
                continue
            # Counties become cities, both become districts: 崇明县 is read as 崇明区. Other former names are in the table.
            for suffix in "县市" if division.name[-1] == "区" else "县":
                name = division.name[:-1] + suffix
                # 沙湾县 became the only 沙湾市, though 沙湾区 lies elsewhere; of two districts of a name neither is meant.
                is_only_city = division.name[-1] == "市" and len(self.full[division.name]) == 1
                is_only = is_only_city or len(self.short.get(division.name[:-1], ())) == 1
                if name not in self.full and is_only:
                    former[name].append(division.adcode)
        self.former = {name: tuple(dict.fromkeys(codes)) for name, codes in former.items() if name not in self.full}

    def is_within(self, adcode: str, ancestor: str) -> bool:
        """Whether ``adcode`` is ``ancestor`` or lies in it."""
        return adcode == ancestor or ancestor in self.by_code[adcode].ancestors

    def full_name(self, adcode: str) -> str:
        """The whole chain of names, 浙江省金华市义乌市."""
        return self.by_code[adcode].full_name


def _rows(file_name: str) -> list[dict[str, str]]:
    return table_rows(f"gazetteer/data/{file_name}")


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, loaded on first use (about a fifth of a second) and shared afterwards.

    >>> gazetteer().full["鼓楼区"]
    ('320106', '320302', '350102', '410204')
    >>> gazetteer().full_name("429004")
    '湖北省仙桃市'
    """
    divisions: dict[str, Division] = {}
    rows = sorted(_rows("divisions.csv") + _rows("additions.csv"), key=lambda row: _LEVEL_RANK[row["level"]])
    for row in rows:
        parent = divisions.get(row["parent_adcode"])
        forms = short_forms(row["name"])
        divisions[row["adcode"]] = Division(
            adcode=row["adcode"],
            name=row["name"],
            full_name=(parent.full_name if parent else "") + row["name"],
            level=listed(DivisionLevel, row["level"]),
            parent_adcode=parent.adcode if parent else None,
            short_name=forms[0] if forms else row["name"],
            ancestors=(*parent.ancestors, parent.adcode) if parent else (),
        )
    townships = {}
    for line in data_lines("gazetteer/data/townships.txt"):
        code, names = line.split("\t")
        townships[code] = frozenset(names.split(" "))
    return Gazetteer(divisions, townships)


def places() -> list[tuple[str, str, str, str, str | None, str]]:
    """Rows for ``core.places``: adcode, name, full name, level, parent's adcode, short name; in order of adcode.

    >>> places()[0]
    ('110000', '北京市', '北京市', 'province', None, '北京')
    """
    return [
        (d.adcode, d.name, d.full_name, d.level, d.parent_adcode, d.short_name)
        for d in sorted(gazetteer().by_code.values(), key=lambda division: division.adcode)
    ]
