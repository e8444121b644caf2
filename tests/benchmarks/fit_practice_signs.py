"""What the labelled cases would make of the weights of the signs of practices, beside the ones set by hand.

    python tests/benchmarks/fit_practice_signs.py [--gold FOLDER]

Each quoted stretch and noun phrase of the invented articles that was weighed is labelled by whether it is one of the
article's practices. A logistic regression that is drawn towards the weights set by hand is fitted on all of them, and
on all but one article in turn: the last figure is what fitted weights would be worth on articles they have not seen.
Nothing is written; no chance is involved.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))

from tasks.facts.practices.governance import Governance  # noqa: E402
from tasks.facts.practices.quoted_signs import ENOUGH, QUOTED_SIGNS  # noqa: E402
from tasks.facts.practices.reading import reckon  # noqa: E402
from tasks.facts.practices.unquoted_signs import UNQUOTED_SIGNS  # noqa: E402
from tasks.facts.text.reading import Reading  # noqa: E402
from tasks.facts.text.signs import Sign  # noqa: E402

CASES = PROJECT / "tests" / "cases" / "facts"
STEPS = 3000
RATE = 0.01
STEEPNESS = 1.6  # of the logistic curve: a sum one above what is enough is a name four times in five
Floats = npt.NDArray[np.float64]


class Labelled(NamedTuple):
    """One weighed stretch or phrase of the article ``label``."""

    label: str
    signs: frozenset[str]
    enough: float
    is_practice: bool


def articles(gold: Path | None) -> Iterator[tuple[str, str, str, list[dict[str, Any]]]]:
    """Label, title, text and practices of each annotated article."""
    for case in json.loads((CASES / "practices" / "articles.json").read_text("utf-8")):
        yield case["label"], case["given"]["title"], case["given"]["text"], [{"name": name} for name in case["expect"]]
    for case in json.loads((CASES / "articles" / "practices.json").read_text("utf-8")):
        yield case["label"], case["given"]["title"], case["given"]["text"], case["expect"]["practices"]
    for path in sorted(gold.glob("*.json")) if gold else ():
        document = json.loads(path.read_text("utf-8"))
        for index, article in enumerate(document["articles"]):
            lines = [line for part in article["body"] for line in (part.get("heading"), *part["paragraphs"]) if line]
            named = [row for row in document["facts"].get("practices", []) if row.get("article", 0) == index]
            yield f"{path.stem}#{index}", article["title"], "\n".join(lines), named


def labelled(gold: Path | None, *, is_quoted: bool) -> list[Labelled]:
    """What was weighed of all articles; what an annotation leaves open is left out."""
    found = []
    for label, title, text, practices in articles(gold):
        reading = Reading(text, title=title)
        governance = Governance(reading)
        must = [_spellings(row) for row in practices if not row.get("optional")]
        may = [_spellings(row) for row in practices] + [{part} for row in practices for part in row.get("parts", ())]
        for row in reckon(reading):
            name = _bare(text[row.start_char : row.end_char])
            is_practice = any(_agree(name, forms) for forms in must)
            is_open = not is_practice and any(_agree(name, forms) for forms in may)
            is_marked = text[row.start_char] in "“「‘"
            if is_marked is is_quoted and not is_open and governance.is_spoken_of_at(row.start_char):
                found.append(Labelled(label, frozenset(row.signs), row.enough, is_practice))
    return found


def fitted(features: Floats, labels: Floats, enough: Floats, by_hand: Floats) -> tuple[Floats, float]:
    """Weights and a shift of the threshold by logistic regression, drawn towards ``by_hand``."""
    weights, shift = by_hand.copy(), 0.0
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-STEEPNESS * (features @ weights - enough + shift)))
        weights -= RATE * (STEEPNESS * features.T @ (chance - labels) + weights - by_hand)
        shift -= RATE * (STEEPNESS * float((chance - labels).sum()) + shift)
    return weights, shift


def report(signs: tuple[Sign[Any], ...], rows: list[Labelled]) -> None:
    """Print both sets of weights and how many rows each gets wrong."""
    names = [sign.name for sign in signs]
    by_hand = np.array([sign.weight for sign in signs])
    features = np.array([[name in row.signs for name in names] for row in rows], float)
    labels = np.array([row.is_practice for row in rows], float)
    enough = np.array([row.enough for row in rows])
    groups = np.array([row.label for row in rows])

    def wrong(weights: Floats, shift: float, chosen: npt.NDArray[np.bool_]) -> int:
        return int(((features[chosen] @ weights + shift >= enough[chosen]) != labels[chosen]).sum())

    everywhere = np.ones(len(rows), bool)
    weights, shift = fitted(features, labels, enough, by_hand)
    unseen = 0
    for group in sorted(set(groups)):
        own = groups == group
        unseen += wrong(*fitted(features[~own], labels[~own], enough[~own], by_hand), own)
    print(f"{len(rows)} weighed, {int(labels.sum())} of them practices")
    print(
        f"wrong: {wrong(by_hand, 0.0, everywhere)} by hand, {wrong(weights, shift, everywhere)} fitted on all,", end=" "
    )
    print(f"{unseen} fitted on all other articles")
    for name, hand, fit, count in zip(names, by_hand, weights, features.sum(0), strict=True):
        print(f"  {name:32} {hand:6.2f} {fit:6.2f}  {int(count)} rows")


def _spellings(practice: dict[str, Any]) -> set[str]:
    return {_bare(name) for name in (practice["name"], *practice.get("aliases", ()))}


def _agree(name: str, forms: set[str]) -> bool:
    return any(name == form or (min(len(name), len(form)) > 2 and (name in form or form in name)) for form in forms)


def _bare(name: str) -> str:
    return "".join(char for char in name if char.isalnum())


def main() -> None:
    """Print what the labelled cases say of the quoted and of the unquoted signs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, help="a folder of further annotated articles")
    gold = parser.parse_args().gold
    print(f"quoted stretches (enough: {ENOUGH})")
    report(QUOTED_SIGNS, labelled(gold, is_quoted=True))
    print("noun phrases without marks")
    report(UNQUOTED_SIGNS, labelled(gold, is_quoted=False))


if __name__ == "__main__":
    main()
