"""An article while it is being put together, and its final form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from tasks.lexicon.characters import pattern_of
from tasks.pages.lines.credits import Credits
from tasks.pages.lines.lines import Line
from tasks.pages.lines.publication_dates import ANY_DAY, PossibleDays, PublicationDate, date_of_url
from tasks.pages.lines.stated_days import publication_date
from tasks.records import Article, Contributor, Paragraph

_COUNTER = pattern_of(r"^\d{1,3}\s*/\s*\d{1,3}\s*(?=[[:han:]“])")  # of pictures: 3/12


@dataclass(slots=True)
class BodyPart:
    """A heading or a paragraph of the body; ``lines`` are those it was put together from, in reading order."""

    kind: Literal["heading", "paragraph"]
    text: str
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """What is known of one article so far."""

    title: str | None = None
    ordinal: int = 0
    kicker: str | None = None
    rubric: str | None = None
    summary: str | None = None
    dateline: str | None = None
    site: str | None = None
    stated: PublicationDate | None = None  # the day that the page prints between title and text
    signed: PublicationDate | None = None  # the day below the text, which is that of writing where another is stated
    credits: Credits = field(default_factory=Credits)
    parts: list[BodyPart] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    missing: str | None = None
    days: PossibleDays = ANY_DAY  # on one of which the page was published

    def possible(self, found: PublicationDate | None, raw: str) -> PublicationDate | None:
        """``found``, or where the page cannot have been published on it another day that the line ``raw`` states."""
        return found if found is None or self.days.hold(found) else publication_date(raw, self.days)

    def take_credits(self, found: Credits, raw: str) -> None:
        """Add what the line ``raw`` says of the article."""
        found.date = self.possible(found.date, raw)
        self.credits.fill(found)

    def take_day_of_address(self, *addresses: str) -> None:
        """Take the first possible day under which one of the ``addresses`` of the page on the web is filed."""
        for address in addresses:
            found = date_of_url(address) if address.startswith("http") else None
            if found is not None and self.days.hold(found):
                self.credits.date = replace(found, origin="address")
                return

    @property
    def char_count(self) -> int:
        return sum(len(part.text) for part in self.parts)


def tell_by_summary(draft: Draft, lines: Sequence[Line]) -> None:
    """Make the summary the text of an article of which nothing else can be read: an abstract, the lead before a
    wall."""
    line = next(line for line in lines if line.kind == "summary")
    line.kind = "paragraph"
    counter = _COUNTER.match(line.text)
    place = line.text.find(draft.summary or "") if draft.summary else -1
    line.cut_to(counter.end() if counter else max(place, 0), len(line.text))
    draft.parts.append(BodyPart("paragraph", line.text, [line]))
    draft.summary = None


def finish(draft: Draft, ordinal: int) -> Article:
    """The record of ``draft``: text, paragraphs with their offsets, summary and captions, contributors in order."""
    paragraphs: list[Paragraph] = []
    if draft.summary:
        paragraphs.append(Paragraph("summary", draft.summary, None, None))
    texts: list[str] = []
    offset = 0
    for part in draft.parts:
        if not part.text:
            continue
        kind = "heading" if part.kind == "heading" else "paragraph"
        paragraphs.append(Paragraph(kind, part.text, offset, offset + len(part.text)))  # type: ignore[arg-type]
        texts.append(part.text)
        offset += len(part.text) + 1
    paragraphs.extend(Paragraph("caption", caption, None, None) for caption in draft.captions if caption)
    credits = draft.credits
    found = credits.date
    return Article(
        ordinal=ordinal,
        title=draft.title or None,
        kicker=draft.kicker or None,
        summary=draft.summary or None,
        rubric=draft.rubric or None,
        dateline=draft.dateline or None,
        published_at=found.at if found else None,
        published_on=found.on if found else None,
        published_precision=found.precision if found else None,
        published_from=found.origin if found else None,
        site=draft.site or None,
        outlet=credits.outlet or None,
        text="\n".join(texts),
        is_complete=draft.missing is None,
        incomplete_reason=draft.missing,
        paragraphs=tuple(paragraphs),
        contributors=_contributors(credits),
    )


def _contributors(credits: Credits) -> tuple[Contributor, ...]:
    found: list[Contributor] = []
    roles: Sequence[tuple[str, list[str]]] = (
        ("author", credits.authors),
        ("editor", credits.editors),
        ("photographer", credits.photographers),
    )
    for role, names in roles:
        found.extend(Contributor(role, name) for name in dict.fromkeys(names))  # type: ignore[arg-type]
    return tuple(found)
