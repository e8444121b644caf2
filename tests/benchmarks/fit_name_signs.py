"""What the weights of the signs of a personal name would be if they were fitted to annotated articles and cases.

    python tests/benchmarks/fit_name_signs.py [FOLDER ...]

A FOLDER holds annotated articles in the form of tests/cases/facts/articles, which are always read together with the
cases of people. Every place where a name may begin is an example: the annotation tells which of the stretches that
begin there is the name, or that none is. A choice among them and none (a conditional logit), drawn towards the weights
in the tables, is cross-validated over documents; the script prints how often either set of weights chooses wrongly on
what was left out, and the signs that the data would move most. Nothing is written: a weight
is changed by hand, in its table, where the gain is more than chance. The folds are dealt with a fixed seed.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))

from tasks.facts.people.person_names import ACCEPTED, signs_of, stretches_at  # noqa: E402
from tasks.facts.text.reading import Reading  # noqa: E402

CASES = PROJECT / "tests" / "cases" / "facts"
FOLDS = 10
SEED = 20
# How hard the weights are held at those of the tables: below 1 rare signs run off and a third more choices are wrong,
# beyond 10 nothing moves.
PULL = 3.0
STEPS, RATE = 3000, 0.05


class Example(NamedTuple):
    """One stretch: its document, where it begins, the weights of its signs by name, and whether it is the name."""

    document: int
    place: int
    signs: dict[str, float]
    is_name: bool


def documents(folders: list[Path]) -> list[tuple[str, frozenset[str]]]:
    """Texts with the names annotated in them."""
    found = []
    for path in sorted(path for folder in [CASES / "articles", *folders] for path in folder.glob("*.json")):
        annotated = json.loads(path.read_text("utf-8"))
        if not isinstance(annotated, dict) or "people" not in annotated.get("facts", {}):
            continue
        names = {
            name for person in annotated["facts"]["people"] for name in (person["name"], *person.get("aliases", ()))
        }
        for article in annotated["articles"]:
            lines = [line for section in article["body"] for line in (section.get("heading"), *section["paragraphs"])]
            found.append(("\n".join(line for line in lines if line), frozenset(names)))
    for path in sorted((CASES / "people").glob("*.json")):
        for case in json.loads(path.read_text("utf-8")):
            found.append((case["given"]["text"], frozenset(person["name"] for person in case["expect"])))
    return found


def examples(texts: list[tuple[str, frozenset[str]]]) -> list[Example]:
    """Every stretch that may be a name, of all documents; those that begin together have the same ``place``."""
    found: list[Example] = []
    place = -1
    for number, (text, names) in enumerate(texts):
        reading = Reading(text)
        for start in reading.anchors.name_starts:
            place += 1
            for stretch in stretches_at(text, start, reading.words, reading.words.index_of(start)):
                is_name = stretch.surface in names and not any(
                    text.startswith(name, start) and len(name) > stretch.length for name in names
                )
                found.append(Example(number, place, dict(signs_of(stretch)), is_name))
    return found


def chosen(scores: npt.NDArray[np.float64], places: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """The best stretch of each place, where it is good enough."""
    best = np.full(int(places.max()) + 1, -np.inf)
    np.maximum.at(best, places, scores)
    good_enough: npt.NDArray[np.bool_] = scores >= ACCEPTED
    return good_enough & (scores == best[places])


def fitted(
    table: npt.NDArray[np.float64],
    is_name: npt.NDArray[np.float64],
    places: npt.NDArray[np.int64],
    at_first: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """Weights under which the names are chosen and the others are not, near to ``at_first``."""
    weights = at_first.copy()
    for _ in range(STEPS):
        odds = np.exp(np.clip(table @ weights - ACCEPTED, -30, 30))
        sums = np.ones(int(places.max()) + 1)  # that nothing is chosen has odds of 1
        np.add.at(sums, places, odds)
        slope = table.T @ (odds / sums[places] - is_name) + PULL * (weights - at_first)
        weights -= RATE * slope / len(is_name) * 100
    return weights


def wrong_choices(
    scores: npt.NDArray[np.float64], is_name: npt.NDArray[np.float64], places: npt.NDArray[np.int64]
) -> int:
    """At how many places something else is chosen than what the annotation names."""
    differs = chosen(scores, places) != (is_name > 0)
    return len(np.unique(places[differs]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    texts = documents(parser.parse_args().folders)
    seen = examples(texts)
    first = seen[0].signs
    characters = next(iter(first))  # what the characters say is a strength of its own, weighted once
    names = sorted({name for example in seen for name in example.signs})
    column = {name: number for number, name in enumerate(names)}
    at_first = np.zeros(len(names))
    table = np.zeros((len(seen), len(names)))
    for row, example in enumerate(seen):
        for name, weight in example.signs.items():
            table[row, column[name]] = weight if name == characters else 1.0
            at_first[column[name]] = 1.0 if name == characters else weight
    is_name = np.array([float(example.is_name) for example in seen])
    places = np.array([example.place for example in seen])
    fold_of = [number % FOLDS for number in range(len(texts))]
    random.Random(SEED).shuffle(fold_of)
    folds = np.array([fold_of[example.document] for example in seen])
    wrong = {"tables": 0, "fitted": 0}
    for fold in range(FOLDS):
        out = folds == fold
        weights = fitted(table[~out], is_name[~out], places[~out], at_first)
        for label, tried in (("tables", at_first), ("fitted", weights)):
            wrong[label] += wrong_choices(table[out] @ tried, is_name[out], places[out])
    print(
        f"{len(texts)} documents, {len(set(places))} places where "
        f"a name may begin, at {int(is_name.sum())} of them one does"
    )
    print(f"wrong on what was left out: {wrong['tables']} by the tables, {wrong['fitted']} by fitted weights")
    weights = fitted(table, is_name, places, at_first)
    moved: list[Any] = sorted(names, key=lambda name: -abs(weights[column[name]] - at_first[column[name]]))
    for name in moved[:25]:
        used = int((table[:, column[name]] != 0).sum())
        print(f"{at_first[column[name]]:6.1f} -> {weights[column[name]]:6.1f}  {used:5d} times  {name}")


if __name__ == "__main__":
    main()
