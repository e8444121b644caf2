"""Which texts are copies of which: sure pairs by their sketches, doubtful ones by their texts.

The outcome is a function of the set of texts: every pair is judged by itself, and a doubtful pair is left out only
where it could not join anything that sure pairs have not joined already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from tasks.duplicates.alignments import NEAR_SHARE, WHOLE_SHARE, Alignment, Profile, align, place_in, profiles_of
from tasks.duplicates.folding import Counts
from tasks.duplicates.matches import Matches

Flags = npt.NDArray[np.bool_]
TextSource = Callable[[Sequence[str]], dict[str, str]]

_SURE_ANCHORS = 24  # shares estimated from fewer anchors are off by more than a tenth too often
_PARTLY_SURE_ANCHORS = 48
_PARTLY_SURE_MARGIN = 3  # anchors over NEAR_SHARE: one for either end of the passage, one for its density
_SURE_ENTIRE_ANCHORS = 12
_SURE_ENTIRE_SHARE = 0.9  # of WHOLE_SHARE, a part that fills nearly all of the estimate: the rest has to be read
_MISSING_DIGIT_ANCHORS = 2  # three changed numbers tear out three or four anchors
_BRIDGES_OF_A_FORM = 2
_DIGITS_OF_A_PART = 0.5  # of what the covered share lets expect: the numbers of a text may stand in what was cut
_DIGITS_OF_A_COPY = 0.75  # of what all anchors let expect, where texts differ here and there: a form keeps fewer
_ANCHORS_OF_A_COPY = 0.5  # of a form, most anchors touch a slot; of a copy with few edits, most are whole
_ANCHORS_OF_A_SHORT_COPY = 0.8  # of a form whose slots are few, three in four may be left
_TELLING_DIGIT_ANCHORS = 3
_DOUBTFUL_SHARE = 0.3  # of anchors; texts with a twentieth of their characters damaged still share that many
_DOUBTFUL_STEPS = 2
_DOUBTFUL_EXTENT = 0.5  # a few anchors in the same order over half of the text: a copy damaged all over
_PASSAGE_DENSITY = 0.9
_PASSAGE_SHARE = 0.52  # NEAR_SHARE less two of 24: the estimate is off by an anchor at either end of a passage
_PASSAGE_ENDS = 2
_SMALLEST_PART_GRAMS = 30  # less than a sentence or two "held" by a page is a phrase
_JUDGED_AT_ONCE = 128  # what one pair tells of its group spares others of the next lot from being read
_MOST_OF_A_HOST = 0.5  # a part under it is an item of a page, and pages are looked at one by one
# For memory alone: profiles of texts that are kept, about 400 MB at 1,500 characters.
_KEPT_PROFILES = 20_000


class Texts:
    """Texts by index, fetched in batches and profiled once; the only place where texts are asked for."""

    def __init__(self, article_ids: Sequence[str], text_of: TextSource) -> None:
        self._article_ids = article_ids
        self._text_of = text_of
        self._profiles: dict[int, Profile] = {}

    def fetch(self, indices: Sequence[int]) -> None:
        """Make sure that the profiles of ``indices`` are at hand."""
        missing = sorted({index for index in indices if index not in self._profiles})
        if len(self._profiles) + len(missing) > _KEPT_PROFILES:
            self._profiles.clear()
            missing = sorted(set(indices))
        if not missing:
            return
        texts = self._text_of([self._article_ids[index] for index in missing])
        profiles = profiles_of([texts.get(self._article_ids[index], "") for index in missing])
        self._profiles.update(zip(missing, profiles, strict=True))

    def align(self, left: int, right: int) -> Alignment:
        """The alignment of two texts that were fetched."""
        return align(self._profiles[left], self._profiles[right])

    def place_in(self, host: int, part: int) -> tuple[int, int, float]:
        """Where one text that was fetched prints another: start, end in the folded text, share of the part."""
        return place_in(self._profiles[host], self._profiles[part])


class Unions:
    """Groups of indices that grow by joining; the root of a group is its smallest index."""

    def __init__(self, count: int) -> None:
        self.parents = list(range(count))

    @classmethod
    def of_pairs(cls, count: int, left: Counts, right: Counts) -> Unions:
        """Groups in which the indices of each pair are together."""
        parents, before = np.arange(count), np.full(count, -1)
        while (parents != before).any():
            before = parents.copy()
            least = np.minimum(parents[left], parents[right])
            np.minimum.at(parents, left, least)
            np.minimum.at(parents, right, least)
            parents = parents[parents]
        groups = cls(0)
        groups.parents = parents.tolist()
        return groups

    def root(self, index: int) -> int:
        parents = self.parents
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    def roots(self) -> Counts:
        """The root of every index."""
        found = np.array(self.parents, dtype=np.int64)
        while (found != (further := found[found])).any():
            found = further
        return found

    def join(self, left: int, right: int) -> None:
        left, right = self.root(left), self.root(right)
        if left != right:
            self.parents[max(left, right)] = min(left, right)


Relations = tuple[Unions, list[tuple[int, int]]]


def find_relations(matches: Matches, gram_counts: Counts, texts: Texts) -> Relations:
    """Groups of texts that are near copies of one another, and pairs (host, part) where one holds another nearly whole.

    A part may lie in the same group as its host; such pairs are left out.
    """
    sure_near, sure_whole, doubtful = judged_by_sketch(matches)
    groups = Unions.of_pairs(len(gram_counts), matches.left[sure_near], matches.right[sure_near])
    holds = [
        (left, right) if right_covered > left_covered else (right, left)
        for left, right, left_covered, right_covered in zip(
            matches.left[sure_whole].tolist(),
            matches.right[sure_whole].tolist(),
            matches.left_covered[sure_whole].tolist(),
            matches.right_covered[sure_whole].tolist(),
            strict=True,
        )
    ]
    sizes = gram_counts.tolist()
    holds = [(host, part) for host, part in holds if sizes[part] >= _SMALLEST_PART_GRAMS]
    roots = groups.roots()
    rest = np.flatnonzero(doubtful & (roots[matches.left] != roots[matches.right]))
    # The likeliest first: most of the others are then joined already and need not be read.
    likeliest = rest[np.lexsort((rest, -matches.shared[rest]))]
    pairs = list(zip(matches.left[likeliest].tolist(), matches.right[likeliest].tolist(), strict=True))
    _Judge(groups, holds, sizes, texts).read(pairs)
    return groups, [(host, part) for host, part in holds if groups.root(host) != groups.root(part)]


def judged_by_sketch(matches: Matches) -> tuple[Flags, Flags, Flags]:
    """Which pairs are surely near copies, which surely hold one another, and which only their texts can tell."""
    less = np.minimum(matches.left_covered, matches.right_covered)
    more = np.maximum(matches.left_covered, matches.right_covered)
    fits = _numbers_fit(matches, more)
    sure_near = fits & (matches.possible >= _SURE_ANCHORS)
    # Two thirds of a short text may be all that a form does not fill in.
    partly = (less >= NEAR_SHARE + _PARTLY_SURE_MARGIN / np.maximum(matches.possible, 1)) & (more < WHOLE_SHARE)
    partly &= matches.possible >= _PARTLY_SURE_ANCHORS
    sure_near &= (less >= WHOLE_SHARE) | partly
    sure_whole = (matches.possible >= _SURE_ENTIRE_ANCHORS) & (more >= _SURE_ENTIRE_SHARE)
    sure_whole &= fits & ~sure_near
    doubtful = more >= _DOUBTFUL_SHARE
    in_step = (matches.in_step >= _DOUBTFUL_STEPS) & (2 * matches.in_step >= matches.shared - 1)
    doubtful |= in_step & (matches.extent >= _DOUBTFUL_EXTENT)
    doubtful &= ~sure_near & ~sure_whole & ~_is_one_passage(matches, more)
    return sure_near, sure_whole, doubtful


def is_most_of(part: int, host: int, sizes: Sequence[int]) -> bool:
    """Whether one text is so long beside another that it is no item of it among others."""
    return sizes[part] >= _MOST_OF_A_HOST * sizes[host]


class _Judge:
    """Reads the texts of doubtful pairs; adds to ``groups`` and ``holds`` what they turn out to be."""

    def __init__(self, groups: Unions, holds: list[tuple[int, int]], sizes: Sequence[int], texts: Texts) -> None:
        self._groups = groups
        self._holds = holds
        self._sizes = sizes
        self._texts = texts
        self._hosts_of: dict[int, list[int]] = defaultdict(list)
        for host, part in holds:
            self._note(host, part)

    def read(self, pairs: list[tuple[int, int]]) -> None:
        """Judge ``pairs`` in their order, without those that can tell nothing new.

        A cut copy hangs on its story by one of its hosts; only where a story holds several texts that are not copies
        of one another does it matter which page holds which.
        """
        while pairs:
            left_out: set[tuple[int, int]] = set()
            for at in range(0, len(pairs), _JUDGED_AT_ONCE):
                some = [pair for pair in pairs[at : at + _JUDGED_AT_ONCE] if self._is_open(pair, left_out)]
                self._texts.fetch([index for pair in some for index in pair])
                for pair in some:
                    if self._is_open(pair, left_out):
                        self._judge(*pair)
            roots = self._groups.roots()
            # In the same order again: pairs of other groups, which share these lots, must not show.
            pairs = [pair for pair in pairs if pair in left_out]
            again = np.array(pairs, dtype=np.int64).reshape(-1, 2)
            pairs = [pairs[number] for number in np.flatnonzero(self._several_held(roots)[roots[again]].any(axis=1))]
            self._hosts_of.clear()

    def _is_open(self, pair: tuple[int, int], left_out: set[tuple[int, int]]) -> bool:
        root = self._groups.root
        left, right = root(pair[0]), root(pair[1])
        if left == right:
            return False
        part, host = pair if (self._sizes[pair[0]], pair[0]) <= (self._sizes[pair[1]], pair[1]) else pair[::-1]
        if is_most_of(part, host, self._sizes) and any(
            root(other) == root(host) for other in self._hosts_of.get(part, ())
        ):
            left_out.add(pair)
            return False
        return True

    def _judge(self, left: int, right: int) -> None:
        relation = self._texts.align(left, right).relation
        if relation == "near":
            self._groups.join(left, right)
        elif relation is not None:
            host, part = (left, right) if relation == "holds" else (right, left)
            if self._sizes[part] >= _SMALLEST_PART_GRAMS:
                self._holds.append((host, part))
                self._note(host, part)

    def _note(self, host: int, part: int) -> None:
        if is_most_of(part, host, self._sizes):
            self._hosts_of[part].append(host)

    def _several_held(self, roots: Counts) -> Flags:
        """Which groups, by their roots, have members that hold texts of more than one other group."""
        held = roots[np.array(self._holds, dtype=np.int64).reshape(-1, 2)]
        held = held[held[:, 0] != held[:, 1]]
        least, greatest = np.full(len(roots), len(roots)), np.full(len(roots), -1)
        np.minimum.at(least, held[:, 0], held[:, 1])
        np.maximum.at(greatest, held[:, 0], held[:, 1])
        several: Flags = least < greatest
        return several


def _numbers_fit(matches: Matches, more: npt.NDArray[np.float64]) -> Flags:
    """Anchors with digits agree about as often as the others; where they do not, it may be one form filled in twice."""
    few_missing = matches.digits_possible - matches.digits_shared < _MISSING_DIGIT_ANCHORS
    agree = matches.digits_shared >= _DIGITS_OF_A_PART * more * matches.digits_possible
    as_often = matches.digits_shared * matches.possible >= _DIGITS_OF_A_COPY * matches.shared * matches.digits_possible
    is_unedited = matches.bridges < _BRIDGES_OF_A_FORM
    agree &= as_often | is_unedited
    agree |= few_missing & (more >= _SURE_ENTIRE_SHARE)
    # Texts that differ here and there have to be read where too few numbers or anchors tell a form from a copy.
    told = matches.digits_possible >= _TELLING_DIGIT_ANCHORS
    is_short = matches.possible < _PARTLY_SURE_ANCHORS
    told &= matches.shared >= np.where(is_short, _ANCHORS_OF_A_SHORT_COPY, _ANCHORS_OF_A_COPY) * matches.possible
    is_unedited &= ~is_short | (matches.bridges == 0)  # the only bridge of a short text may be a slot
    return agree & (told | is_unedited)


def _is_one_passage(matches: Matches, more: npt.NDArray[np.float64]) -> Flags:
    """One unedited passage in common that is clearly too little of either text: no need to read them."""
    unedited = more >= _PASSAGE_DENSITY * matches.extent
    # Where nothing had to be bridged, the ends are all that can be wrong.
    limit = np.where(matches.bridges == 0, NEAR_SHARE - _PASSAGE_ENDS / np.maximum(matches.possible, 1), _PASSAGE_SHARE)
    too_little = more < limit
    return unedited & too_little & (matches.possible >= _SURE_ANCHORS)
