"""Write the sample's pages, its rows and what a reader should find in them: ``python -m tests.sample.build``.

The result is committed. Building it again gives the same bytes, on any machine and at any time; ``--check`` compares
without writing and exits with 1 where a committed file differs.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.damage_simulator import to_mirror_traditional
from tests.sample import expectations, oddities
from tests.sample.dumps import DUMPS
from tests.sample.newspaper import FILE_NAME as NEWSPAPER
from tests.sample.newspaper import newspaper_dump
from tests.sample.stories import HERE, Page, load_pages, load_sites
from tests.sample.templates import TEMPLATES

# Words in which a Traditional original does not keep the character that a mirror's one-to-one table keeps.
_TRADITIONAL_WORDS = (
    {"以后": "以後", "之后": "之後", "后来": "後來", "然后": "然後", "唱戏后": "唱戲後", "戏后": "戲後", "天后": "天後"}
    | {word: word.replace("里", "裡") for word in ("村里", "镇里", "县里", "厨房里", "锅里", "缸里", "手里", "哪里")}
    | {"干部": "幹部", "准": "準", "面条": "麵條", "三只": "三隻"}
)


def markup(page: Page) -> str:
    """The page as text, before it is encoded."""
    if page.site.template in DUMPS:
        return DUMPS[page.site.template](page)
    shown = TEMPLATES[page.site.template](page)
    if page.site.template == "digest":
        for simplified, traditional in _TRADITIONAL_WORDS.items():
            shown = shown.replace(simplified, traditional)
        shown = to_mirror_traditional(shown)
    return shown


def encoded(page: Page) -> bytes:
    """The page's bytes; a character that its charset has not becomes a numeric entity, as editors' tools write it."""
    return markup(page).encode(page.site.charset, "xmlcharrefreplace")


def odd_files(files: dict[str, bytes], pages: list[Page]) -> dict[str, bytes]:
    """Files that hold no article of their own, by name."""
    sites = load_sites()
    by_name = {(page.site.key, page.story): page for page in pages}
    headlines = list(pages[0].headlines)
    yuanshan, jinchuan, lupan = sites["yuanshan"], sites["jinchuan"], sites["lupan"]
    lanxi, xinxian = by_name["yuanshan", "lanxi-alliance"], by_name["xiangsheng", "xinxian-rules"]
    first, second = by_name["lupan", "yishui-volunteers"], by_name["qinghe", "mingshan-station"]
    pushed = by_name["bafang", "deqing-property"]
    return {
        f"{yuanshan.host}/list-xiangzhen.html": oddities.list_page(yuanshan, headlines, 2021).encode(),
        f"{jinchuan.host}/channel-xiangzhen.html": oddities.list_page(jinchuan, headlines[::-1], 2020).encode(),
        f"{lupan.host}/index.html": oddities.list_page(lupan, headlines[5:] + headlines[:5], 2022).encode(),
        f"{yuanshan.host}/search-wangge.html": oddities.search_page(yuanshan, headlines[:10]).encode(),
        f"{sites['xiangsheng'].host}/old-page.html": oddities.error_page(sites["xiangsheng"]).encode("gbk"),
        f"{yuanshan.host}/20201115-round-up.html": oddities.round_up(yuanshan, first, second).encode(),
        # The same bytes under a second name.
        f"{lanxi.site.host}/20190416-lanxi-alliance-print.html": files[lanxi.file_name],
        f"{xinxian.site.host}/show-5521.html": files[xinxian.file_name],
        f"{pushed.site.host}/20190710-deqing-property-push.txt": files[pushed.file_name],
        "broken/empty.txt": b"",
        "broken/empty.html": b"",
        "broken/blank.html": b"\r\n \t\r\n",
        "broken/attachment.html": oddities.binary_bytes(),
        "broken/scripts-only.html": oddities.script_page().encode(),
        "broken/unclosed.html": oddities.nested_page().encode(),
    }


def build() -> dict[str, bytes]:
    """Every file of the sample that is made: its path below this folder, and its bytes."""
    pages, rows = load_pages()
    files = {page.file_name: encoded(page) for page in pages}
    if len(files) != len(pages):
        raise ValueError("two pages share a file name")
    odd = odd_files(files, pages)
    files |= odd
    files[NEWSPAPER] = newspaper_dump().encode()
    made = {f"pages/{name}": data for name, data in files.items()}
    lines = []
    for page in rows:
        kind = "text" if page.site.template in DUMPS else "html"
        lines.append(
            json.dumps({"uri": page.url, "fetched_at": page.fetched_at, kind: markup(page)}, ensure_ascii=False)
        )
    # A forwarded link to the first row's page, a page that came empty, and a page behind a login.
    forwarded = json.loads(lines[0]) | {
        "uri": f"{rows[0].url}?from=groupmessage",
        "fetched_at": "2022-03-19T04:10:40+08:00",
    }
    empty = {
        "uri": "https://news.wuchuan-online.example/system/2022-03/16/gone.shtml",
        "fetched_at": "2022-03-18T04:10:25+08:00",
        "html": "",
    }
    login = {
        "uri": "https://qinghe-weekly.example/member/notes",
        "fetched_at": "2022-03-18T04:10:31+08:00",
        "html": oddities.login_page(),
    }
    lines += [json.dumps(row, ensure_ascii=False) for row in (forwarded, empty, login)]
    made["rows.jsonl"] = ("\n".join(lines) + "\n").encode()
    found = expectations.expected(pages, rows, odd)
    made["expected.json"] = (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()
    return made


def main() -> int:
    made = build()
    if "--check" in sys.argv[1:]:
        there = {str(path.relative_to(HERE)) for path in (HERE / "pages").rglob("*") if path.is_file()}
        stale = sorted(
            name for name, data in made.items() if not (HERE / name).exists() or (HERE / name).read_bytes() != data
        )
        stale += sorted(there - made.keys())
        print("\n".join(f"differs: {name}" for name in stale) or "The sample is as its builder makes it.")
        return 1 if stale else 0
    for path in sorted((HERE / "pages").rglob("*"), reverse=True):
        if path.is_file() and str(path.relative_to(HERE)) not in made:
            path.unlink()
    for name, data in made.items():
        path = Path(HERE / name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    print(f"{len(made)} files, {sum(map(len, made.values())):,} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
