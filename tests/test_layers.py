"""Data flows one way: a stage imports only what stands before it, and the dashboard only the table."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.making import ROOT

# Each line may import the lines above it, and itself. The longest name that begins a module's is its place.
STAGES = """
etl.errors
etl.whole
etl.entries
etl.findings
etl.model
etl.lexicon
etl.language
etl.sources
etl.extraction.gate
etl.pages
etl.articles
etl.extraction.sentences
etl.extraction.mentions
etl.extraction.claims
etl.extraction.conversions
etl.extraction.claims.drafts
etl.extraction.claims.assemble
etl.extraction
etl.attempt
etl.rates
etl.derive
etl.checks
etl.table
etl.explanation
etl.dictionary
etl.formats
etl.corrections
etl.store
etl.again
etl.copies
etl.outcomes
etl.pipeline
etl.bulk
etl
etl.commands
etl.__main__
""".strip().splitlines()
# What the dashboard may know of the other half.
OF_ETL = (
    "etl.errors",
    "etl.findings",
    "etl.language",
    "etl.model",
    "etl.rates",
    "etl.derive",
    "etl.table",
    "etl.explanation",
    "etl.store",
)
# The one module that runs the extractor, on a text that was pasted.
OF_PASTED = ("etl.articles", "etl.attempt", "etl.extraction")
# Libraries that have one place each.
PLACES = {
    "sqlalchemy": ("etl.store",),
    "sqlite3": ("etl.store",),
    "filelock": ("etl.store",),
    "babel": ("etl.language",),
    "aiohttp": ("etl.sources.web",),
    "yarl": ("etl.sources.web",),
    "protego": ("etl.sources.web",),
    "stamina": ("etl.sources.web",),
    "feedparser": ("etl.sources",),
    "trafilatura": ("etl.pages",),
    "selectolax": ("etl.pages",),
    "tomlkit": ("etl.corrections", "etl.commands.sources"),
    "typer": ("etl.commands", "etl.__main__", "dashboard.__main__"),
    "rich": ("etl.commands",),
    "currency_converter": ("etl.rates",),
    "dash": ("dashboard",),
    "plotly": ("dashboard",),
}
# What an article says, in the words of the code; no word of a language is compared with it.
SAID = {"text", "key", "quote", "title", "casefold", "lower", "upper"}
WORD = re.compile(r"[^\W\d_]{2}")
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for folder in ("etl", "dashboard")
    for path in sorted((ROOT / folder).rglob("*.py"))
}


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def of(package: str) -> list[str]:
    return [module for module in MODULES if within(module, package)]


def stage(module: str) -> int:
    return STAGES.index(max((name for name in STAGES if within(module, name)), key=len))


@cache
def imports(module: str) -> frozenset[str]:
    """Return what a module imports, anywhere in it."""
    return frozenset(_names(ast.walk(_tree(MODULES[module]))))


def ours(module: str) -> set[str]:
    return {name for name in imports(module) if name in MODULES and name != module}


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _names(nodes: Iterator[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (name if name in MODULES else str(node.module) for name in names)


@pytest.mark.parametrize("module", of("etl"))
def test_a_stage_imports_only_what_stands_before_it(module):
    assert {name for name in ours(module) if within(name, "etl") and stage(name) > stage(module)} == set()
    assert {name for name in imports(module) if within(name, "dashboard")} == set()


@pytest.mark.parametrize("module", MODULES)
def test_a_library_is_used_only_in_its_place(module):
    strange = {
        name
        for name in imports(module)
        for library, places in PLACES.items()
        if within(name, library) and not any(within(module, place) for place in places)
    }
    assert strange == set()


@pytest.mark.parametrize("module", ["etl.lexicon", "etl.language", *of("etl.extraction")])
def test_no_word_of_a_language_stands_in_the_code(module):
    tree = _tree(MODULES[module])
    constants = {
        node.targets[0].id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    words = {
        text.value
        for compared in _compared(ast.walk(tree))
        if any(isinstance(part, ast.Attribute) and part.attr in SAID for part in ast.walk(compared))
        for part in ast.walk(compared)
        for text in ast.walk(constants.get(part.id, part) if isinstance(part, ast.Name) else part)
        if isinstance(text, ast.Constant) and isinstance(text.value, str) and WORD.search(text.value)
    }
    assert words == set()


def _compared(nodes: Iterator[ast.AST]) -> Iterator[ast.AST]:
    """Yield what compares texts: `word == "x"`, `word in WORDS`, `word.endswith("x")`."""
    for node in nodes:
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(node, ast.Compare) or (isinstance(called, ast.Attribute) and called.attr.endswith("with")):
            yield node


@pytest.mark.parametrize("module", of("dashboard"))
def test_the_dashboard_knows_the_table_and_nothing_else_of_the_etl(module):
    allowed = (*OF_ETL, *(OF_PASTED if module == "dashboard.pasted" else ()), "dashboard")
    assert {name for name in ours(module) if not any(within(name, one) for one in allowed)} == set()


@pytest.mark.parametrize("module", of("dashboard.charts"))
def test_a_chart_knows_neither_dash_nor_the_database_nor_pages(module):
    foreign = ("dash", "flask", "etl.store", "dashboard.pages", "dashboard.app")
    assert {name for name in imports(module) if any(within(name, one) for one in foreign)} == set()


def test_a_selection_knows_no_chart_no_page_and_no_dash():
    foreign = ("dash", "flask", "dashboard.charts", "dashboard.pages")
    assert {name for name in imports("dashboard.selection") if any(within(name, one) for one in foreign)} == set()


def test_nothing_imports_in_a_circle():
    done: set[str] = set()

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, " -> ".join((*way[way.index(module) :], module))
        if module not in done:
            for name in sorted(_at_start(module)):
                visit(name, (*way, module))
            done.add(module)

    for module in MODULES:
        visit(module, ())


def _at_start(module: str) -> set[str]:
    """Return what a module imports when it is imported, not when its functions run."""
    return {name for name in _names(iter(_tree(MODULES[module]).body)) if name in MODULES and name != module}
