"""Derive the compact tables in ``data/`` from the CSV files of china-division 2.7.0.

Run once per release of the source: ``python -m tasks.lexicon.gazetteer.derive FOLDER``, where FOLDER holds
``provinces.csv``, ``cities.csv``, ``areas.csv`` and ``streets.csv`` as published. Not needed at run time.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).parent / "data"
_SOURCE = "gazetteer/divisions.py; china-division 2.7.0 (MIT licence), derived by derive.py\n"
_DIVISIONS = f"# provinces, cities and counties with the codes of GB/T 2260 and their parents; {_SOURCE}"
_TOWNSHIPS = f"# townships, towns and street offices by county, by city where it has no counties; {_SOURCE}"

# The statistics bureau gives development zones codes of its own (county part 70 to 79) that GB/T 2260 does not have.
_ZONE = re.compile(r"开发区|园区|管理区|新区|新城|示范区|风景名胜区|食品区|实验区|聚集区|管委会|创意园")
_PLACEHOLDER = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
# Street-level rows that are offices of statistics rather than places anyone writes about.
_TOWNSHIP = re.compile(r"(?:街道|镇|乡|苏木)$")


def _own_name(name: str, county: str) -> str:
    """A township's name without its county's, which the source puts before the townships of some counties."""
    own = name.removeprefix(county).removeprefix("人民政府") if county else name
    return own if len(own) > len("街道") or (own[-1] in "镇乡" and len(own) > 1) else name


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def derive(folder: Path) -> None:
    """Write ``divisions.csv`` and ``townships.txt`` from the four tables in ``folder``."""
    rows: list[tuple[str, str, str, str]] = []
    for province in _read(folder / "provinces.csv"):
        rows.append((province["code"] + "0000", province["name"], "province", ""))
    city_codes = set()
    for city in _read(folder / "cities.csv"):
        if city["name"] not in _PLACEHOLDER:
            city_codes.add(city["code"])
            rows.append((city["code"] + "00", city["name"], "city", city["provinceCode"] + "0000"))
    counties = {}
    for county in _read(folder / "areas.csv"):
        code = county["code"]
        if (
            code[4:] == "00"
            or code == "620201"
            or (code[4] == "7" and _ZONE.search(county["name"]))
            or county["name"].startswith("中沙群岛")
        ):
            continue
        in_city = county["cityCode"] in city_codes
        parent = county["cityCode"] + "00" if in_city else county["provinceCode"] + "0000"
        counties[code] = county["name"]
        rows.append((code, county["name"], "county", parent))
    with (DATA / "divisions.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(_DIVISIONS)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("adcode", "name", "level", "parent_adcode"))
        writer.writerows(sorted(rows))
    townships = defaultdict(list)
    for street in _read(folder / "streets.csv"):
        code = street["areaCode"] if street["areaCode"] in counties or street["areaCode"][4:] == "00" else ""
        name = _own_name(street["name"].removesuffix("办事处"), counties.get(street["areaCode"], ""))
        if _TOWNSHIP.search(name):
            townships[code or street["cityCode"] + "00"].append(name)
    with (DATA / "townships.txt").open("w", encoding="utf-8", newline="") as file:
        file.write(_TOWNSHIPS)
        for code in sorted(townships):
            file.write(f"{code}\t{' '.join(dict.fromkeys(townships[code]))}\n")


if __name__ == "__main__":
    derive(Path(sys.argv[1]))
