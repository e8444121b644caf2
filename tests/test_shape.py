"""The shape of the house: what is reached, how long a function is, who enters which door. Exceptions may only
shrink."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
SOURCES = {
    ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__"): path
    for package in ("flows", "tasks", "warehouse")
    for path in sorted((PROJECT / package).rglob("*.py"))
}
TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in SOURCES.items()}

RUN_BY_HAND = {"tasks.lexicon.gazetteer.derive", "tasks.repair.data.build"}  # they make the tables that a run reads

MOST_LINES, MOST_BRANCHES = 60, 30
# Each with the measured reason why it stays whole. Lines and branches as they are, and a tenth: what grows beyond is to
# be parted, and what has become short leaves the list.
LONG_FUNCTIONS = {
    # Over every node or cell of a page: parted, the walk takes a fifth longer.
    "tasks.pages.html.markup._walk": (111, 62),
}

# A family is entered by its reading.py; these look into another one, for the reason that stands above them.
SIDE_DOORS = {
    # A claim is dated by the dates of its own clause, also by those that are no fact of their own (去年 without a day of
    # issue); the door gives only what is one. Figures leave out every digit that was read as a date, fact or not.
    ("tasks.facts.claims.dates_above", "tasks.facts.dates.resolution"),
    ("tasks.facts.claims.governing_dates", "tasks.facts.dates.resolution"),
    ("tasks.facts.claims.reading", "tasks.facts.dates.resolution"),
    ("tasks.facts.claims.times", "tasks.facts.dates.calendar"),
    ("tasks.facts.claims.times", "tasks.facts.dates.resolution"),
    ("tasks.facts.claims.told_years", "tasks.facts.dates.calendar"),
    ("tasks.facts.claims.told_years", "tasks.facts.dates.resolution"),
    ("tasks.facts.figures.exclusions", "tasks.facts.dates.resolution"),
    # Which place an article is about is asked of the scene, which the door builds and keeps.
    ("tasks.facts.claims.topics", "tasks.facts.places.scenes"),
    # The practices of the title are looked for when all others are known: a second door of the same family.
    ("tasks.facts.kinds", "tasks.facts.practices.headlines"),
    # The door of pages chooses between its two inner families and hands the tree of a page from one to the other; what
    # a site repeats is counted in the same lines, and is a question of its own that no page alone can answer.
    ("tasks.pages.reading", "tasks.pages.dumps.cutting"),
    ("tasks.pages.reading", "tasks.pages.html.body_element"),
    ("tasks.pages.reading", "tasks.pages.html.embedded"),
    ("tasks.pages.reading", "tasks.pages.html.markup"),
    ("tasks.pages.site_lines", "tasks.pages.dumps.cutting"),
    ("tasks.pages.site_lines", "tasks.pages.html.markup"),
}
# Sentences, words, anchors and signs of an article: what every kind of fact stands on, not a kind of its own.
GROUND_FLOOR = "tasks.facts.text"

# Names that stand in several rooms, with what each means there; the folder says which. reading is the door of each
# family. A name that is no longer shared leaves the table.
SHARED_NAMES = {
    "anchors": "the glossary's two: a shared run of letters, a place where something can begin; links of an index page",
    "articles": "those of a dump while they are put together, those of a shard as rows",
    "captions": "told by what a dump has lost, and by how a page is marked up",
    "chains": "of reprints, of places within places",
    "connections": "to a host, to a DuckDB file",
    "documents": "those an article cites, those that were fetched",
    "parts": "of a practice, of a page, of the summaries that a run changes",
    "rows": "of names in a sentence, of pages in a file",
    "signs": "how evidence is added up, and the table of those of claims",
    "spellings": "of places, of practices: either reads one name in several forms",
    "status": "how a warehouse stands, what a sentence claims, what is said of a designation",
    "stories": "which articles they are, and their shard",
    "tables": "of stories as rows, of figures in an article",
    "titles": "printed on a page, and what any line says of one",
    "walks": "over characters out of step, over index pages",
    "words": "of an article for search, of designations",
}

COMPILERS = {"re.compile", "pattern_of", "Tail"}
LONG_PATTERN = 100
UNEXPLAINED_PATTERNS = 10  # of more than a hundred characters, neither verbose nor below a comment


def imports_of(tree: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found & SOURCES.keys()


def test_every_module_is_reached_from_the_command() -> None:
    reached: set[str] = set()
    waiting = ["flows.command"]
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        waiting += imports_of(TREES[name])
        if name == "tasks.sites.rules":  # finds the files of the sites in its folder
            waiting += [module for module in SOURCES if module.startswith("tasks.sites.")]
    packages = {name for name, path in SOURCES.items() if path.name == "__init__.py"}
    assert sorted(SOURCES.keys() - reached - packages) == sorted(RUN_BY_HAND)


def test_no_modules_import_one_another_in_a_circle() -> None:
    """Also not for the sake of a type alone."""
    waiting = {name: imports_of(tree) - {name} for name, tree in TREES.items()}
    while ready := {name for name, needs in waiting.items() if not needs & waiting.keys()}:
        waiting = {name: needs for name, needs in waiting.items() if name not in ready}
    assert waiting == {}


def _branches(function: ast.AST) -> int:
    count = 1
    for node in ast.walk(function):
        if isinstance(node, ast.If | ast.IfExp | ast.For | ast.While | ast.ExceptHandler | ast.match_case):
            count += 1
        elif isinstance(node, ast.comprehension):
            count += 1 + len(node.ifs)
        elif isinstance(node, ast.BoolOp):
            count += len(node.values) - 1
    return count


def _functions() -> dict[str, tuple[int, int]]:
    """Lines without the docstring, and branches, of every function."""
    found = {}
    for module, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
                found[f"{module}.{node.name}"] = ((node.end_lineno or 0) - body[0].lineno + 1, _branches(node))
    return found


def test_a_function_can_be_read_at_a_glance() -> None:
    functions = _functions()
    assert {
        name: size
        for name, size in functions.items()
        if any(
            now > most for now, most in zip(size, LONG_FUNCTIONS.get(name, (MOST_LINES, MOST_BRANCHES)), strict=True)
        )
    } == {}


def test_only_functions_that_are_long_are_named_as_such() -> None:
    functions = _functions()
    short = [
        name
        for name in LONG_FUNCTIONS
        if name not in functions or (functions[name][0] <= MOST_LINES and functions[name][1] <= MOST_BRANCHES)
    ]
    assert short == []


def test_a_family_is_entered_by_its_door() -> None:
    families = {name.removesuffix(".reading") for name in SOURCES if name.endswith(".reading")} - {GROUND_FLOOR}
    side_doors = set()
    for name, tree in TREES.items():
        for imported in imports_of(tree):
            family = imported.rpartition(".")[0]
            if family in families and not imported.endswith(".reading") and not f"{name}.".startswith(f"{family}."):
                side_doors.add((name, imported))
    inner = {family for family in families if any(other.startswith(f"{family}.") for other in families)}
    assert {pair for pair in side_doors if pair[1].rpartition(".")[0] not in inner} == SIDE_DOORS


def test_the_name_of_a_module_means_one_thing() -> None:
    rooms = defaultdict(list)
    for name, path in SOURCES.items():
        if path.name != "__init__.py":
            rooms[path.stem].append(name)
    shared = {stem for stem, names in rooms.items() if len(names) > 1} - {"reading"}
    assert shared == SHARED_NAMES.keys()


def test_only_one_place_names_the_files_that_stages_exchange() -> None:
    allowed = {"tasks/work.py", "tasks/runs.py", "warehouse/files.py"}
    naming = [
        str(path.relative_to(PROJECT))
        for path in SOURCES.values()
        if ".work_folder" in path.read_text(encoding="utf-8")
    ]
    assert sorted(set(naming) - allowed) == []


def test_long_patterns_are_verbose_or_explained() -> None:
    unexplained = []
    for name, tree in TREES.items():
        lines = SOURCES[name].read_text("utf-8").splitlines()
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func) in COMPILERS and node.args):
                continue
            pattern = node.args[0]
            length = len(pattern.value) if isinstance(pattern, ast.Constant) else len(ast.unparse(pattern))
            around = lines[node.lineno - 2 : node.end_lineno]
            if length > LONG_PATTERN and "VERBOSE" not in ast.unparse(node) and not any("#" in line for line in around):
                unexplained.append(f"{name}:{node.lineno}")
    assert len(unexplained) <= UNEXPLAINED_PATTERNS, unexplained
