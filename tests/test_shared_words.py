"""Words that several rules know stand once: lists of fifteen words or more in common are merged, or say why not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
DATA = PROJECT / "tasks/lexicon/data"
SHARED = 15
# A longer list is the vocabulary of a whole class (verbs that bound a name, nouns inside one, heads of bodies,
# signs of claims): words of any other list stand in it too, for reasons of its own.
WHOLE_CLASS = 250
HAN = "\u4e00-\u9fff"
ALTERNATIVE = re.compile(rf"(?<![{HAN}\]])[{HAN}]{{1,8}}(?=[|)]|$)")

# Lists that stay two, each with the reason. A pair that no longer shares so many words leaves the table.
PRACTICES = "one says what is too common to spread, one what kind each is, one keeps search from cutting them"
MONEY = "facts.figures.bare_numbers._MONEY"
CHANGE, TAIL = "facts.figures.shared_subjects._CHANGE", "facts.figures.leads._TAIL"
GOES_ON, PAYWALL = "pages.completeness._GOES_ON", "pages.rejections._PAYWALL"
LABELS, PUBLISHING = "pages.lines.credits._LABELS", "pages.lines.stated_days._PUBLISHING"
APART = {
    ("common_practices", "domain_words"): PRACTICES,
    ("common_practices", "well_known_practices"): PRACTICES,
    ("domain_words", "well_known_practices"): PRACTICES,
    ("counted_deeds", MONEY): "what makes a bare number money is mostly a noun, half of them with a guard of their own",
    (TAIL, CHANGE): "what grew by a number and what grew to it take other particles, so each verb stands with its own",
    (GOES_ON, PAYWALL): "one ends a text that goes on, one sells a page: the same nouns in phrases of another order",
    (
        "pages.dumps.labelled_heads._FIELDS",
        LABELS,
    ): "names of the columns of a database are whole, labels on a page are not",
    (
        "pages.html.head._SPAM",
        "pages.lines.word_spam._SELLING",
    ): "a title of a page is spam for a word, a line for three",
    (LABELS, PUBLISHING): "a label before its colon is optional in parts, a word right before a day is whole",
}


def data_lists() -> Iterator[tuple[str, set[str]]]:
    """The words of each file of the lexicon: of a table the first column."""
    for path in sorted(DATA.rglob("*.*")):
        lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
        if path.suffix == ".txt":
            yield path.stem, {word for line in lines for word in line.split()}
        else:
            yield path.stem, {re.split("[,\t]", line)[0] for line in lines[1:]}


def code_lists() -> Iterator[tuple[str, set[str]]]:
    """The words of each constant of a module: the alternatives of its patterns, the words of its collections."""
    for path in sorted((PROJECT / "tasks").rglob("*.py")):
        module = ".".join(path.relative_to(PROJECT / "tasks").with_suffix("").parts)
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.value is not None:
                texts = [
                    each.value
                    for each in ast.walk(node.value)
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                ]
                words = {word for text in texts if "|" in text for word in ALTERNATIVE.findall(text)}
                words |= {word for text in texts if "|" not in text and " " in text for word in text.split()}
                words |= {text for text in texts if re.fullmatch(rf"[{HAN}]+", text)}
                if len(words) >= SHARED:
                    yield f"{module}.{node.targets[0].id}", words


def test_lists_that_share_fifteen_words_are_one_or_say_why_they_are_not() -> None:
    lists = [*data_lists(), *code_lists()]
    assert len(lists) > 80
    found = {
        tuple(sorted((name, other)))
        for (name, words), (other, others) in combinations(lists, 2)
        if max(len(words), len(others)) <= WHOLE_CLASS
        if sum(len(word) > 1 for word in words & others) >= SHARED
    }
    assert found == APART.keys()
