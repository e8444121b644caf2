"""Pages that hold other articles: part of a story where they hold one, of none where they hold several.

A page joins the story of what it holds only if everything it holds is one story; otherwise it is a round-up, stands
alone and is linked to each. So a round-up never chains unrelated stories together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from tasks.duplicates.folding import Counts
from tasks.duplicates.relations import Texts, Unions, is_most_of
from tasks.duplicates.sketches import Sketches, tier_limit, tiers_of

_SAME_PLACE_SHARE = 0.5  # two parts that lie on the same stretch of a page, half of the shorter one: the same material
# For time alone: parts of one group that are laid beside the page (they are copies of one another), and hosts that are
# laid beside a part.
_COMPARED_PARTS = 3
# For time alone.
_COMPARED_HOSTS = 8
_OPENING_SIZE = 0.7  # of a host: an opening, with what follows it in the cut text, is shorter
_OPENING_SHARE = 0.55  # of a host: articles cut after three fifths are still copies
_SPREAD = 1.15  # an item below another article stands there in one piece; a copy cut here and there is spread wider
_MOST_OF_A_PART = 0.8  # a phrase of it that the page prints once more elsewhere does not widen its place


@dataclass(frozen=True, slots=True)
class Holding:
    """``host`` prints ``part`` nearly whole without belonging to its story."""

    host: int
    part: int


def resolve_holdings(
    groups: Unions, holds: Sequence[tuple[int, int]], sketches: Sketches, texts: Texts
) -> list[Holding]:
    """Join each page with the one story it holds; returns what round-ups and longer pages hold besides.

    ``groups`` is changed in place. Hosts are taken from short to long, so that what a page holds is settled before it.
    """
    openings = _shared_openings(groups, holds, sketches, texts)
    roots = groups.roots()
    base = roots.tolist()
    members: dict[int, list[int]] = defaultdict(list)
    hosts_of: dict[int, set[int]] = defaultdict(set)
    parts_of: dict[int, set[int]] = defaultdict(set)
    for host, part in holds:
        if (host, part) in openings:
            continue
        hosts_of[base[host]].add(host)
        parts_of[host].add(part)
    for index in np.flatnonzero(np.isin(roots, list(hosts_of))).tolist():
        members[base[index]].append(index)
    sizes = sketches.gram_counts.tolist()
    longest = {group: max(sizes[member] for member in members[group]) for group in hosts_of}
    linked = _Linked(groups)
    found = [Holding(host, part) for host, part in sorted(openings)]
    for group in sorted(hosts_of, key=lambda group: (longest[group], group)):
        _resolve_group(
            group, members[group], sorted(hosts_of[group]), parts_of, groups, linked, sizes, sketches, texts, found
        )
    return found


def _shared_openings(
    groups: Unions, holds: Sequence[tuple[int, int]], sketches: Sketches, texts: Texts
) -> set[tuple[int, int]]:
    """Pairs (host, part) where the part is no more than the opening that several unrelated hosts begin with.

    Such a text may have been cut from any of them: it makes them no more one story than a round-up would.
    """
    if not holds:
        return set()
    pairs = np.array(holds, dtype=np.int64)
    part_size, host_size = sketches.gram_counts[pairs[:, 1]], sketches.gram_counts[pairs[:, 0]]
    pairs = pairs[part_size < _OPENING_SIZE * host_size]
    hosts_of: dict[int, list[int]] = defaultdict(list)
    for host, part in pairs[open_alike(sketches, pairs[:, 0], pairs[:, 1])].tolist():
        hosts_of[part].append(host)
    related = {(groups.root(host), groups.root(part)) for host, part in holds}
    found: set[tuple[int, int]] = set()
    for part, hosts in sorted(hosts_of.items()):
        by_root: dict[int, int] = {}
        for host in sorted(hosts):
            by_root.setdefault(groups.root(host), host)
        if len(by_root) < 2:
            continue
        compared = dict(sorted(by_root.items())[:_COMPARED_HOSTS])
        texts.fetch([part, *compared.values()])
        roots = [root for root, host in compared.items() if texts.align(host, part).left_covered < _OPENING_SHARE]
        if any((one, other) not in related and (other, one) not in related for one, other in combinations(roots, 2)):
            found |= {(host, part) for host in hosts}
    return found


def open_alike(sketches: Sketches, hosts: Counts, parts: Counts) -> npt.NDArray[np.bool_]:
    """Where the first sample of a host stands at the same place in its part: one breaks off, the other goes on."""
    counts = sketches.bounds[parts + 1] - sketches.bounds[parts]
    pair = np.repeat(np.arange(len(parts)), counts)
    places = np.arange(len(pair)) + np.repeat(sketches.bounds[parts] - np.cumsum(counts) + counts, counts)
    first = sketches.bounds[hosts][pair]
    is_same = sketches.hashes[places] == sketches.hashes[first]
    is_same &= sketches.starts[places] == sketches.starts[first]
    alike = np.zeros(len(parts), dtype=np.bool_)
    alike[pair[is_same]] = True
    return alike


class _Linked:
    """What the pages of a story hold besides it: stories by any of their texts, whatever is joined later on."""

    def __init__(self, groups: Unions) -> None:
        self._groups = groups
        self._held: dict[int, set[int]] = {}

    def add(self, story: int, held: set[int]) -> None:
        root = self._groups.root(story)
        self._held[root] = self._held.get(root, set()) | held

    def beside(self, story: int) -> set[int]:
        """The stories that pages of ``story`` hold, without itself."""
        return {self._groups.root(text) for text in self._held.get(story, ())} - {story}

    def join(self, left: int, right: int) -> None:
        """Make one story of two."""
        both = [self._held.pop(self._groups.root(text), set()) for text in (left, right)]
        self._groups.join(left, right)
        self.add(left, set.union(*both))


def _resolve_group(
    group: int,
    members: list[int],
    hosts: list[int],
    parts_of: dict[int, set[int]],
    groups: Unions,
    linked: _Linked,
    sizes: Sequence[int],
    sketches: Sketches,
    texts: Texts,
    found: list[Holding],
) -> None:
    joins: list[tuple[int, int]] = []
    own_links: set[int] = set()
    is_roundup = False
    for host in hosts:
        by_story: dict[int, list[int]] = defaultdict(list)
        for part in sorted(parts_of[host], key=lambda part: (-sizes[part], part)):
            if groups.root(part) != groups.root(host):
                by_story[groups.root(part)].append(part)
        held_by_a_part = {story for root in by_story for story in linked.beside(root)}
        by_story = {root: parts for root, parts in by_story.items() if root not in held_by_a_part}
        for root in _beside_the_group(host, members, parts_of, by_story, sizes, sketches, texts):
            found += [Holding(host, part) for part in by_story.pop(root)[:1]]
            own_links.add(root)
        if not by_story:
            continue
        clusters = _same_place(host, by_story, texts)
        if len(clusters) > 1:
            is_roundup = True
        joins += [(host, root) for cluster in clusters for root in cluster]
        for cluster in clusters:
            for root in cluster[1:]:
                if len(clusters) > 1:
                    linked.join(cluster[0], root)
    if is_roundup:
        for host, root in joins:
            part = max((p for p in parts_of[host] if groups.root(p) == groups.root(root)), key=lambda p: (sizes[p], -p))
            found.append(Holding(host, part))
            own_links.add(groups.root(root))
    else:
        for host, root in joins:
            linked.join(host, root)
    linked.add(group, own_links)


def _beside_the_group(
    host: int,
    members: list[int],
    parts_of: dict[int, set[int]],
    by_story: dict[int, list[int]],
    sizes: Sequence[int],
    sketches: Sketches,
    texts: Texts,
) -> list[int]:
    """Stories that only ``host`` holds, beside what it shares with the other members of its own group."""
    if len(members) == 1:
        return []
    samples = _SampleSets(sketches)
    beside = []
    for root, parts in by_story.items():
        if is_most_of(parts[0], host, sizes):
            continue
        others = [member for member in members if member != host and parts_of[member].isdisjoint(parts)]
        for other in others[:_COMPARED_PARTS]:
            limit = samples.limit(other)
            comparable = {one for one in samples.of(host) & samples.of(parts[0]) if one <= limit}
            if len(comparable & samples.of(other)) < _SAME_PLACE_SHARE * len(comparable):
                texts.fetch([host, parts[0]])
                if _stands_in_one_piece(texts.align(host, parts[0]).spans):
                    beside.append(root)
                break
    return beside


def _stands_in_one_piece(spans: Counts) -> bool:
    """Whether a host prints a part, as ``Alignment.spans`` tells, in no more room than the part itself takes."""
    if not len(spans):
        return True
    printed = np.concatenate(([0], np.cumsum(spans[:, 1] - spans[:, 0])))
    most = _MOST_OF_A_PART * printed[-1]
    last = np.searchsorted(printed, printed[:-1] + most)
    firsts = np.flatnonzero(last < len(printed))
    last = last[firsts] - 1
    room = spans[last, 1] - spans[firsts, 0]
    narrowest = int(np.argmin(room))
    start, end = firsts[narrowest], last[narrowest]
    own_room = spans[start : end + 1, 3].max() - spans[start : end + 1, 2].min()
    return bool(room[narrowest] <= _SPREAD * own_room)


class _SampleSets:
    """The samples of single texts: so few that sets are quicker than arrays."""

    def __init__(self, sketches: Sketches) -> None:
        self._sketches = sketches
        self._sets: dict[int, set[int]] = {}

    def of(self, text: int) -> set[int]:
        if text not in self._sets:
            self._sets[text] = set(self._sketches.samples_of(text).tolist())
        return self._sets[text]

    def limit(self, text: int) -> int:
        """The greatest hash that can be among the samples of a text."""
        return tier_limit(int(tiers_of(self._sketches.gram_counts[text : text + 1])[0]))


def _same_place(host: int, by_story: dict[int, list[int]], texts: Texts) -> list[list[int]]:
    """The stories held by ``host``, those that lie on the same stretch of it together."""
    if len(by_story) == 1:
        return [list(by_story)]
    roots = sorted(by_story)
    texts.fetch([host, *(part for root in roots for part in by_story[root][:_COMPARED_PARTS])])
    spans = {
        root: np.concatenate([_place(host, part, texts) for part in by_story[root][:_COMPARED_PARTS]]) for root in roots
    }
    clusters = Unions(len(roots))
    for left in range(len(roots)):
        for right in range(left + 1, len(roots)):
            ours, theirs = spans[roots[left]], spans[roots[right]]
            shorter = min(_length(ours), _length(theirs))
            if _overlap(ours, theirs) >= _SAME_PLACE_SHARE * max(shorter, 1):
                clusters.join(left, right)
    together: dict[int, list[int]] = defaultdict(list)
    for place, root in enumerate(roots):
        together[clusters.root(place)].append(root)
    return list(together.values())


def _place(host: int, part: int, texts: Texts) -> Counts:
    """The stretches of ``host`` that print ``part``; all between them where these lie scattered: cut from one
    article."""
    spans = texts.align(host, part).spans
    if _stands_in_one_piece(spans):
        return spans
    (start, _, own_start, _), (_, end, _, own_end) = spans.min(axis=0), spans.max(axis=0)
    return np.array([[start, end, own_start, own_end]])


def _mask(spans: Counts, size: int) -> npt.NDArray[np.bool_]:
    edges = np.zeros(size + 1, dtype=np.int64)
    np.add.at(edges, spans[:, 0], 1)
    np.add.at(edges, spans[:, 1], -1)
    return np.cumsum(edges) > 0


def _length(spans: Counts) -> int:
    return int(_mask(spans, int(spans[:, 1].max(initial=0))).sum())


def _overlap(left: Counts, right: Counts) -> int:
    size = int(max(left[:, 1].max(initial=0), right[:, 1].max(initial=0)))
    return int((_mask(left, size) & _mask(right, size)).sum())
