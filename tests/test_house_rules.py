"""The habits of the house, as far as a machine can see them."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from flows.command import app

PROJECT = Path(__file__).resolve().parents[1]
PACKAGES = ("flows", "tasks", "warehouse")
MODULES = sorted(path for package in PACKAGES for path in (PROJECT / package).rglob("*.py"))
TOP_LEVEL = {"flows", "tasks", "sql", "warehouse", "tests", "deploy", ".ci"}
NO_NOUN = {"utils", "helpers", "common", "misc", "base", "manager", "constants", "types"}


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def name_of(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def tracked_files() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return listed.stdout.splitlines()


def test_the_top_level_has_only_the_rooms_of_the_house() -> None:
    folders = {name.split("/")[0] for name in tracked_files() if "/" in name}
    assert folders <= TOP_LEVEL


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_has_a_noun_for_a_name_and_fits_on_a_few_screens(path: Path) -> None:
    assert path.stem not in NO_NOUN
    assert len(path.read_text("utf-8").splitlines()) <= 400
    assert path.name == "__init__.py" or ast.get_docstring(ast.parse(path.read_text("utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_one_way(path: Path) -> None:
    package, *rest = path.relative_to(PROJECT).parts
    imported = imports_of(path)
    roots = {name.split(".")[0] for name in imported}
    if package != "flows":
        assert "flows" not in roots
    if package == "warehouse" or (package == "tasks" and len(rest) > 1):
        assert "prefect" not in roots, "only flows and the verbs of tasks/ know Prefect"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_settings_read_the_environment(path: Path) -> None:
    source = path.read_text("utf-8")
    if path.relative_to(PROJECT).parts[0] != "flows":
        assert "environ" not in source
        assert "getenv" not in source


def test_every_package_says_what_it_is_by_an_init_file() -> None:
    for package in PACKAGES:
        folders = {path.parent for path in (PROJECT / package).rglob("*.py")}
        assert [name_of(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_the_lock_file_has_hashes_and_no_address() -> None:
    lock = (PROJECT / "requirements.lock").read_text("utf-8")
    assert "://" not in lock
    pins = re.findall(r"^[a-z0-9_.\[\]-]+==", lock, re.MULTILINE | re.IGNORECASE)
    assert len(pins) > 50
    assert lock.count("--hash=sha256:") >= len(pins)


GUIDES = ("README.md", "CONTRIBUTING.md", "tests/cases/README.md", "tests/sample/README.md")


@pytest.mark.parametrize("guide", GUIDES)
def test_the_paths_that_a_guide_names_exist(guide: str) -> None:
    text = (PROJECT / guide).read_text("utf-8")
    named = set(re.findall(r"`((?:flows|tasks|sql|warehouse|tests|deploy)/[\w./-]+)`", text))
    made_by_a_run = {"warehouse/fangzhi.duckdb"}
    assert [path for path in sorted(named - made_by_a_run) if not (PROJECT / path).exists()] == []


@pytest.mark.parametrize(
    "guide", [*GUIDES, "CHANGELOG.md", "DECISIONS.md", "deploy/behaviours.md", "deploy/runbook.md", "deploy/SCALE.md"]
)
def test_a_guide_keeps_to_the_width_of_a_screen(guide: str) -> None:
    """Tables and blocks of code aside, whose lines cannot be broken."""
    text = re.sub(r"^```.*?^```", "", (PROJECT / guide).read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    assert [line for line in text.splitlines() if len(line) > 120 and not line.startswith("|")] == []


def test_the_readme_names_every_command_and_every_summary_table() -> None:
    readme = (PROJECT / "README.md").read_text("utf-8")
    commands = [command.callback.__name__ for command in app.registered_commands if command.callback]
    assert len(commands) > 10
    assert [name for name in commands if f"fangzhi {name}" not in readme] == []
    contract = [
        *(
            "practices_by_place",
            "practice_adoption_by_year",
            "practice_spread",
            "adoptions",
            "exclusions",
            "places_by_year",
        ),
        *("stories_by_reach", "reprints_by_site_pair", "figures_by_place", "figure_conflicts", "speakers"),
        *("organizations_by_practice", "terms_by_month", "articles_by_site_and_month", "damage_by_site", "pilots"),
        *("documents_cited", "run_ledger"),
    ]
    assert [name for name in contract if f"mart.{name}" not in readme] == []
    assert [name for name in contract if not (PROJECT / "sql/mart" / f"{name}.sql").exists()] == []


def test_the_readme_names_every_table_and_macro() -> None:
    readme = (PROJECT / "README.md").read_text("utf-8")
    core, mart, macros = (
        {path.stem for path in (PROJECT / "sql" / kind).glob("*.sql")} for kind in ("core", "mart", "macros")
    )
    assert len(core) > 30
    assert sorted(name for name in core if f"`{name}`" not in readme) == []
    assert sorted(name for name in mart if f"`mart.{name}`" not in readme) == []
    assert sorted(name for name in macros if f"`{name}(" not in readme) == []
    named = set(re.findall(r"`mart\.(\w+)`", readme))
    assert sorted(named - mart) == ["fact_counts"], "the one view that is written by the program"


def test_a_file_of_ours_is_read_under_its_very_name() -> None:
    """Polars takes ``[``, ``*`` and ``?`` in a path for a pattern, and users' folders hold them."""
    code = [path for folder in ("flows", "tasks", "warehouse") for path in (PROJECT / folder).rglob("*.py")]
    calls = [
        (name_of(path), ast.unparse(node))
        for path in code
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"pl.read_parquet", "pl.scan_parquet"}
    ]
    assert len(calls) > 20
    assert [call for call in calls if "glob=False" not in call[1]] == []


def test_every_word_list_says_what_it_is_who_uses_it_and_where_it_is_from() -> None:
    lists = [path for path in (PROJECT / "tasks/lexicon").rglob("data/**/*") if path.suffix in {".txt", ".csv", ".tsv"}]
    assert len(lists) > 30
    heads = {name_of(path): path.open(encoding="utf-8").readline() for path in lists}
    assert [name for name, head in heads.items() if not re.fullmatch(r"# .+; .+; .+\n", head)] == []


# A range of Chinese characters, or the numerals in a row, however written; tasks/lexicon/characters.py has them by
# name.
INLINE_CLASS = re.compile(r"[一㐀]-[龠-鿿]|\\u(?:3400|4e00)|一二三四五六七八九", re.IGNORECASE)
NAMED_CLASS = re.compile(r"\[:\w+:\]")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_class_of_characters_is_named_not_written_out(path: Path) -> None:
    if name_of(path) == "tasks/lexicon/characters.py":
        return
    tree = ast.parse(path.read_text("utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None
        if isinstance(node.body[0], ast.Expr)
    }
    texts = [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]
    assert [(line, text) for line, text in texts if INLINE_CLASS.search(text)] == []
    unnamed = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).startswith("re.")
        and NAMED_CLASS.search(ast.unparse(node))
    ]
    assert unnamed == [], "a pattern that names a class is compiled by pattern_of"


MOST_COLUMNS = 120


def test_lines_of_code_keep_to_the_width_of_a_screen() -> None:
    wide = [
        f"{name}:{number}"
        for name in tracked_files()
        if name.endswith(".py") and (PROJECT / name).exists()
        for number, line in enumerate((PROJECT / name).read_text("utf-8").split("\n"), 1)
        if len(line) > MOST_COLUMNS
    ]
    assert wide == []
