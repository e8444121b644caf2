"""The declared stories, sites and pages of the sample, read from their TOML files."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SHANGHAI = timezone(timedelta(hours=8))
CAPTION = "![", "]"


@dataclass(frozen=True)
class Block:
    kind: str  # heading, paragraph or caption
    text: str


@dataclass(frozen=True)
class Site:
    key: str
    name: str
    host: str
    template: str
    path: str
    nav: tuple[str, ...] = ()
    channel: str = ""
    icp: str = ""
    editor: str = ""
    charset: str = "utf-8"
    declared_charset: str = ""
    spam: str = ""
    debris: str = ""
    cuts: str = ""
    readings: int = 0
    fold_punctuation: bool = False


@dataclass(frozen=True)
class Page:
    """One story as one site shows it, every edit of that site applied."""

    site: Site
    story: str
    title: str
    kicker: str
    summary: str
    rubric: str
    number: str
    outlet: str
    credit: str
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    photographers: tuple[str, ...]
    published: datetime
    precision: str
    blocks: tuple[Block, ...]
    fetched_at: str = ""
    headlines: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(block.text for block in self.blocks if block.kind != "caption")

    @property
    def slug(self) -> str:
        return f"{self.published:%m%d}-{self.story}"

    @property
    def url(self) -> str:
        path = self.site.path.format(day=f"{self.published:%Y-%m/%d}", slug=self.slug)
        return f"https://{self.site.host}{path}"

    @property
    def file_name(self) -> str:
        suffix = ".txt" if self.site.template.endswith("_dump") else ".html"
        return f"{self.site.host}/{self.published:%Y%m%d}-{self.story}{suffix}"

    @property
    def serial(self) -> int:
        """A number that looks like the site's own count and never changes."""
        return int(hashlib.sha256(self.url.encode()).hexdigest()[:6], 16) % 90000 + 10000


def parse_body(body: str) -> tuple[Block, ...]:
    blocks = []
    for line in body.strip().splitlines():
        if line.startswith("## "):
            blocks.append(Block("heading", line[3:]))
        elif line.startswith(CAPTION[0]):
            blocks.append(Block("caption", line[len(CAPTION[0]) : -len(CAPTION[1])]))
        else:
            blocks.append(Block("paragraph", line))
    return tuple(blocks)


def load_story(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / "stories" / f"{name}.toml").read_text(encoding="utf-8"))


def load_sites() -> dict[str, Site]:
    declared = tomllib.loads((HERE / "sites.toml").read_text(encoding="utf-8"))
    return {key: Site(key=key, **{**values, "nav": tuple(values.get("nav", ()))}) for key, values in declared.items()}


def _moment(value: str) -> tuple[datetime, str]:
    for pattern, precision in (("%Y-%m-%d %H:%M:%S", "second"), ("%Y-%m-%d %H:%M", "minute"), ("%Y-%m-%d", "day")):
        try:
            return datetime.strptime(value, pattern).replace(tzinfo=SHANGHAI), precision
        except ValueError:
            continue
    raise ValueError(f"not a moment: {value}")


def _editors(story: dict[str, Any], site: Site) -> tuple[str, ...]:
    """Sites with an editor of their own print that name, the portal the one who edited the story."""
    if site.editor:
        return (site.editor,)
    return tuple(story.get("editors", [])) if site.template == "portal" else ()


def make_page(entry: dict[str, Any], sites: dict[str, Site], headlines: list[str]) -> Page:
    story = load_story(entry["story"])
    body = story["body"]
    for old, new in entry.get("edits", []):
        if old not in body:
            raise ValueError(f"{entry['story']}: nothing to edit at {old}")
        body = body.replace(old, new)
    blocks = parse_body(body)[: entry.get("keep")]
    published, precision = _moment(entry.get("published", story.get("published", "")))
    page = Page(
        site=sites[entry["site"]],
        story=entry["story"],
        title=entry.get("title", story["title"]),
        kicker=entry.get("kicker", story.get("kicker", "")),
        summary=entry.get("summary", story.get("summary", "")),
        rubric=entry.get("rubric", story.get("rubric", "")),
        number=story.get("number", ""),
        outlet=story["outlet"],
        credit=entry.get("credit", ""),
        authors=tuple(entry.get("authors", story.get("authors", []))),
        editors=_editors(story, sites[entry["site"]]),
        photographers=tuple(story.get("photographers", [])),
        published=published,
        precision=precision,
        blocks=blocks,
        fetched_at=entry.get("fetched_at", ""),
    )
    start = page.serial % len(headlines)
    return replace(page, headlines=tuple(headlines[start:] + headlines[:start]))


def load_pages() -> tuple[list[Page], list[Page]]:
    """The pages kept as files and the rows of ``rows.jsonl``, in the order in which they are declared."""
    sites = load_sites()
    headlines = (HERE / "headlines.txt").read_text(encoding="utf-8").splitlines()
    declared = tomllib.loads((HERE / "pages.toml").read_text(encoding="utf-8"))
    files = [make_page(entry, sites, headlines) for entry in declared["page"]]
    rows = [make_page(entry, sites, headlines) for entry in declared["row"]]
    return files, rows
