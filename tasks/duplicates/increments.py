"""Which stories new and gone articles can change: the others are those of the last run.

What becomes of a text hangs on its family alone: the texts that are its copies, that it holds or that hold it, and so
on. So it is enough to find the families that an article joins or leaves. Pairs of known texts can begin or cease to
meet as well, where a key becomes crowded, is crowded no more, or gets another hub; of such texts the families are
looked at too. What comes out is a little more than what changes, never less.

Nothing is kept for this from run to run but the sketches, over which one or two walks are made
(``tasks.duplicates.holders``), and the stories with their links, which hold a family together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import polars as pl

from tasks.duplicates.anchors import Flags
from tasks.duplicates.folding import Counts
from tasks.duplicates.holders import Held, Keys, ToldCrowds, joined, keys_of, walk
from tasks.duplicates.matches import FEW_ANCHORS, find_matches
from tasks.duplicates.relations import Texts, TextSource, judged_by_sketch
from tasks.duplicates.sketches import Sketches, tiers_of

SKETCH_COLUMNS = ("article_id", "text_hash", "gram_count", "sample_hashes", "sample_starts")

# Above this share of all articles it is cheaper to look at all of them at once.
MOST_OF_ALL = 0.3
_PAIRS_AT_ONCE = 1_024  # read together: two thousand texts of 1,500 characters take some 40 MB


class Corpus(Protocol):
    """The articles of the last run."""

    def count(self) -> int:
        """How many there are."""

    def gone(self) -> pl.DataFrame:
        """SKETCH_COLUMNS of those whose page was read again or is no longer there."""

    def walk(self) -> Iterator[pl.DataFrame]:
        """All of them, some thousands at a time: article_id, text_hash, gram_count, sample_hashes, is_gone."""

    def sketches(self, article_ids: Sequence[str]) -> pl.DataFrame:
        """SKETCH_COLUMNS of these articles."""

    def kin(self, article_ids: Sequence[str]) -> pl.DataFrame:
        """Of these articles article_id, story_id, article_count of the story, and whether links join it to others
        (is_linked)."""

    def linked(self, article_ids: Sequence[str]) -> tuple[list[str], list[str]]:
        """The stories of these articles, those that links join to them, and so on; and all articles of these."""


@dataclass(frozen=True, slots=True)
class Concerned:
    """The known stories that new and gone articles can change: their identifiers, all their articles, those that are
    gone included, and how crowded the keys of their texts are."""

    stories: list[str]
    articles: list[str]
    held: Held

    def crowds_of(self, texts: Sequence[str]) -> ToldCrowds:
        """The crowds for the search among the articles concerned (``tasks.duplicates.stories.find_stories``)."""
        return ToldCrowds(self.held, texts)


def concerned_by(fresh: pl.DataFrame, corpus: Corpus, text_of: TextSource) -> Concerned | None:
    """What the articles ``fresh`` (SKETCH_COLUMNS) and those that are gone concern; None where that is so much of all
    that all had better be looked at. ``text_of`` returns the texts of articles that are there now, by id."""
    gone = corpus.gone().select(SKETCH_COLUMNS)
    fresh = fresh.select(SKETCH_COLUMNS)
    moved = pl.concat([fresh, gone])

    def walked(wanted: Keys) -> Held:
        return walk(wanted, _frames(corpus, fresh))

    held = walked(keys_of(moved))
    texts = held.texts
    gained = _meeting_anew(held)
    is_moved = texts["text_hash"].is_in(moved["text_hash"].unique().implode())
    is_added = is_moved & ~texts["was"] & texts["is_now"]
    paired = texts.filter(is_added)["text_hash"].to_list()
    seeds = {*gone["article_id"], *texts.filter(texts["was"] & is_moved)["known_id"], *_parting(held, corpus)}
    if len(gained):
        # Texts that meet others anew though they are known: of these others nothing has been asked yet.
        known = texts[gained].filter(~pl.col("text_hash").is_in(paired))
        paired += known["text_hash"].to_list()
        held = walked(joined(held.keys, keys_of(corpus.sketches(known["known_id"].to_list()))))
        texts = held.texts
    numbers = _partners(held, _numbers_of(texts, paired))
    if len(numbers) > MOST_OF_ALL * corpus.count() + fresh.height:
        return None
    seeds |= _met(held, numbers, paired, fresh, corpus, text_of)
    stories, articles = corpus.linked(sorted(seeds))
    if len(articles) > MOST_OF_ALL * corpus.count():
        return None
    members = pl.concat([corpus.sketches(sorted({*articles} - {*gone["article_id"]})), fresh])
    return Concerned(stories, articles, walked(keys_of(members, least_holders=2)))


def _frames(corpus: Corpus, fresh: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The articles of then and now, with what ``holders.walk`` wants to know of them."""
    columns = ["article_id", "text_hash", "gram_count", "sample_hashes"]
    yield fresh.select(*columns, was=pl.lit(value=False), is_now=pl.lit(value=True))
    for frame in corpus.walk():
        yield frame.select(*columns, was=pl.lit(value=True), is_now=~pl.col("is_gone"))


def _meeting_anew(held: Held) -> Counts:
    """Numbers of the texts that may meet others anew, by what has become of their keys."""
    found = [np.zeros(0, dtype=np.int64)]
    for tier in range(len(held.keys)):
        was_crowded, hub_before = held.crowds(tier, now=False)
        is_crowded, hub = held.crowds(tier, now=True)
        keys, texts = held.holders(tier, now=True)
        found.append(hub[was_crowded & is_crowded & (hub_before != hub)])
        found.append(texts[(was_crowded & ~is_crowded)[keys]])
    return np.unique(np.concatenate(found))


def _parting(held: Held, corpus: Corpus) -> set[str]:
    """Known articles, one for each text that may no longer meet one of its family, by what has become of a key.

    Two texts of different families that met were neither copies nor did one hold the other: they lose nothing.
    """
    groups, texts = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    hubs = [np.zeros(0, dtype=np.int64)]
    for tier in range(len(held.keys)):
        was_crowded, hub_before = held.crowds(tier, now=False)
        is_crowded, hub = held.crowds(tier, now=True)
        # All others of a crowd met its hub, and each other not at all.
        hubs.append(hub_before[was_crowded & ((hub_before != hub) | ~is_crowded)])
        keys, holders = held.holders(tier, now=False)
        parting = (is_crowded & ~was_crowded)[keys]
        groups.append(keys[parting] * len(held.keys) + tier)
        texts.append(holders[parting])
    names = held.texts["known_id"]
    of_hubs = names[np.unique(np.concatenate(hubs))]
    lost = pl.DataFrame({"group": np.concatenate(groups), "article_id": names[np.concatenate(texts)]})
    kin = corpus.kin(pl.concat([of_hubs, lost["article_id"]]).unique().to_list())
    has_family = kin.filter((pl.col("article_count") > 1) | pl.col("is_linked"))
    family = pl.when("is_linked").then(pl.lit("")).otherwise("story_id")
    together = (
        lost.join(has_family, on="article_id").with_columns(family=family).filter(pl.len().over("group", "family") > 1)
    )
    return {*has_family.filter(pl.col("article_id").is_in(of_hubs.implode()))["article_id"], *together["article_id"]}


def _numbers_of(texts: pl.DataFrame, hashes: Sequence[str]) -> Counts:
    wanted = pl.Series("text_hash", hashes, dtype=pl.String)
    return np.flatnonzero(texts["text_hash"].is_in(wanted.implode()).to_numpy())


def _partners(held: Held, paired: Counts) -> Counts:
    """Numbers of the texts that may have to be laid beside one of the ``paired``, these included."""
    is_paired = np.zeros(held.texts.height, dtype=np.bool_)
    is_paired[paired] = True
    own_tier = tiers_of(held.texts["gram_count"].to_numpy().astype(np.int64))
    found = [paired]
    for tier in range(len(held.keys)):
        pairs, counts = np.unique(_meetings(held, tier, is_paired), return_counts=True)
        left, right = (pairs >> 32), pairs & 0xFFFFFFFF
        anchors = held.texts[f"anchors_{tier}"].to_numpy()
        kept = (counts > 1) | (np.minimum(anchors[left], anchors[right]) <= FEW_ANCHORS)
        kept &= own_tier[right] == tier  # the longer one: at other tiers these two do not compare
        found += [left[kept], right[kept]]
    return np.unique(np.concatenate(found))


def _meetings(held: Held, tier: int, is_paired: Flags) -> Counts:
    """For each key the pairs of texts that it brings together and of which one is paired: the numbers of both as one,
    the lesser first."""
    keys, texts = held.holders(tier, now=True)
    is_crowded, hub = held.crowds(tier, now=True)
    crowded, hubs = is_crowded[keys], hub[keys]
    of_hub = crowded & (is_paired[texts] | is_paired[hubs]) & (texts != hubs)
    sizes = np.bincount(keys, minlength=len(is_crowded))
    begins = np.cumsum(sizes) - sizes
    one = np.flatnonzero(~crowded & is_paired[texts])
    counts = sizes[keys[one]]
    ends = np.cumsum(counts)
    others = np.arange(int(counts.sum())) + np.repeat(begins[keys[one]] - ends + counts, counts)
    left = np.concatenate((texts[of_hub], np.repeat(texts[one], counts)))
    right = np.concatenate((hubs[of_hub], texts[others]))
    unlike = left != right
    left, right = left[unlike], right[unlike]
    pairs: Counts = (np.minimum(left, right) << 32) | np.maximum(left, right)
    return pairs


def _met(
    held: Held, numbers: Counts, paired: Sequence[str], fresh: pl.DataFrame, corpus: Corpus, text_of: TextSource
) -> set[str]:
    """Known articles, one for each text that meets another anew and is its copy, holds it or is held by it."""
    texts = held.texts[numbers]
    known = corpus.sketches(texts.filter("was")["known_id"].to_list())
    rows = pl.concat([known, fresh]).unique("text_hash", keep="first", maintain_order=True)
    rows = rows.join(texts.select("text_hash", "was", "known_id", "now_id"), on="text_hash", how="inner")
    rows = rows.sort("gram_count", "text_hash")
    matches = find_matches(Sketches.from_frame(rows), ToldCrowds(held, rows["text_hash"].to_list()))
    is_paired = rows["text_hash"].is_in(pl.Series(paired, dtype=pl.String).implode()).to_numpy()
    is_new_pair = is_paired[matches.left] | is_paired[matches.right]
    sure_near, sure_whole, doubtful = judged_by_sketch(matches)
    is_related = is_new_pair & (sure_near | sure_whole)
    doubts = np.flatnonzero(is_new_pair & doubtful)
    is_related[doubts] = _are_related(
        list(zip(matches.left[doubts].tolist(), matches.right[doubts].tolist(), strict=True)),
        Texts(rows["now_id"].to_list(), text_of),
    )
    is_concerned = is_paired.copy()
    is_concerned[matches.left[is_related]] = True
    is_concerned[matches.right[is_related]] = True
    return set(rows.filter(pl.Series(is_concerned) & pl.col("was"))["known_id"])


def _are_related(pairs: Sequence[tuple[int, int]], texts: Texts) -> list[bool]:
    """Which pairs their texts show to be copies or to hold one another: a pair that is neither joins nothing,
    whatever else there is."""
    found: list[bool] = []
    for at in range(0, len(pairs), _PAIRS_AT_ONCE):
        some = pairs[at : at + _PAIRS_AT_ONCE]
        texts.fetch([text for pair in some for text in pair])
        found += [texts.align(*pair).relation is not None for pair in some]
    return found
