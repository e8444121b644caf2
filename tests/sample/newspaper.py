"""One page of an invented newspaper, flattened to text: rubrics with their pinyin, four articles, the damage of
columns."""

from __future__ import annotations

from typing import Any

from tests.sample.stories import load_story, parse_body

FILE_NAME = "paper.taihang-xiangbao.example/20210817-page3.txt"


def _article(name: str) -> tuple[dict[str, Any], list[str]]:
    story = load_story(name)
    return story, [block.text for block in parse_body(story["body"])]


def newspaper_dump() -> str:
    school, school_body = _article("linzhou-school")
    ledger, ledger_body = _article("newspaper-ledger")
    comment, comment_body = _article("newspaper-comment")
    photo, photo_body = _article("newspaper-photo")
    # A column ends inside a sentence of the second paragraph: the dump shows an empty line there.
    cut = school_body[1].index("，办起了") + 3
    school_body[1] = f"{school_body[1][:cut]}\n\n{school_body[1][cut:]}"
    # The fourth paragraph breaks off, and its end stands below the fifth.
    cut = school_body[3].index("“水渠修到哪里")
    school_body[3:5] = [school_body[3][:cut], school_body[4], school_body[3][cut:]]
    # The paragraph that tells how the boards work stands a second time where the columns meet.
    ledger_body.append(ledger_body[1])
    # The head of the comment's third paragraph is lost with its first sentence.
    comment_body[2] = comment_body[2].split("。", 1)[1]
    lines = [
        "一线 YIXIAN",
        school["kicker"],
        school["title"],
        f"本报记者 {school['authors'][0]}",
        *school_body,
        ledger["title"],
        f"本报记者 {' '.join(ledger['authors'])}",
        *ledger_body,
        "槐下谈 HUAIXIATAN",
        comment["title"],
        comment["authors"][0],
        *comment_body,
        "镜头 JINGTOU",
        "",
        photo["title"],
        photo_body[0] + f" {photo['photographers'][0]} 摄",
        "扫码看更多 版面编辑 栗小满",
    ]
    return "\n\n".join(lines) + "\n"


def newspaper_articles() -> list[dict[str, Any]]:
    """What a reader finds on the page, in reading order."""
    found = []
    for name in ("linzhou-school", "newspaper-ledger", "newspaper-comment", "newspaper-photo"):
        story, body = _article(name)
        if name == "newspaper-comment":
            body[2] = body[2].split("。", 1)[1]
        found.append(
            {
                "story": name,
                "title": story["title"],
                "kicker": story.get("kicker", "").removesuffix("——") or None,
                "rubric": story["rubric"],
                "published_on": None,
                "site": None,
                "outlet": None,
                "authors": story.get("authors", []),
                "photographers": story.get("photographers", []),
                "is_complete": name != "newspaper-comment",
                "text": "\n".join(body),
            }
        )
    return found
