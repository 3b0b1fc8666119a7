"""An article that many print is stored once, with every address at which it was found."""

import tomllib

import pytest

from etl import pipeline, sources
from etl.findings import Receipt
from etl.store import Store
from tests.making import ROOT, article_file, etl_here, sources_file
from tests.test_corrections import dump

CASES = tomllib.loads((ROOT / "tests/data/copies.toml").read_text(encoding="utf-8"))["case"]
TRADE = "Trade between China and Russia rose 26.3% in 2023 to $240 billion. "
LONG = TRADE + "The customs office of China said so in Beijing on Friday when it gave out its figures. " * 4
HIGHER = LONG.replace("240", "242")


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


class World:
    """Two sources and a database."""

    def __init__(self, folder):
        self.folder, self.store = folder, Store.open(folder / "trade.db")
        for name in ("one", "two"):
            (folder / name).mkdir()

    def write(self, name, text=LONG, **header):
        source, file = name.split("/")
        given = {"url": f"https://{source}.example/{file}", "publisher": f"{source} daily", "title": name} | header
        return article_file(self.folder / source, f"{file}.txt", text, **given)

    def refresh(self):
        """Return how many articles were new, changed, unchanged, copies and rejected."""
        catalogue = sources.load(sources_file(self.folder, one=self.folder / "one", two=self.folder / "two"))
        reports = pipeline.refresh(self.store, catalogue, lambda *_: None)
        kinds = ("new", "changed", "unchanged", "copies")
        return (*(sum(getattr(report, kind) for report in reports) for kind in kinds), self.rejected(reports))

    def rejected(self, reports):
        return sum(len(report.rejected) for report in reports)

    def articles(self):
        return sorted(self.store.claims()["title"].unique())

    def copies(self):
        ids = self.store.claims()["article_id"].unique()
        return {copy.title for article_id in ids for copy in self.store.copies(article_id)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_is_a_copy(world, case):
    text = " ".join(LONG.split()[: case.get("words", 60)])
    changed = text
    for old, new in case.get("replaces", ()):
        changed = changed.replace(old, new)
    world.write("one/a", text, **case.get("first", {}))
    world.write("two/b", changed, **case.get("second", {}))
    assert world.refresh() == ((1, 0, 0, 1, 0) if case["copy"] else (2, 0, 0, 0, 0))
    assert world.refresh() == (0, 0, 2, 0, 0)


def test_a_copy_is_kept_with_its_address_and_written_once(world):
    world.write("one/a")
    world.write("two/b", date="2024-02-10")
    world.refresh()
    before = dump(world.store.path, "copies")
    assert world.refresh() == (0, 0, 2, 0, 0)
    assert dump(world.store.path, "copies") == before
    (copy,) = world.store.copies(world.store.claims()["article_id"].iloc[0])
    assert (copy.source, copy.address, copy.url) == ("two", "b.txt", "https://two.example/b")
    assert (copy.publisher, copy.title, str(copy.published)) == ("two daily", "two/b", "2024-02-10")


def test_copies_are_found_across_refreshes_and_within_a_batch(world):
    for name in ("one/a", "one/b", "two/c"):
        world.write(name)
    assert world.refresh() == (1, 0, 0, 2, 0)
    world.write("two/d")
    assert world.refresh() == (0, 0, 3, 1, 0)
    assert (world.articles(), world.copies()) == (["one/a"], {"one/b", "two/c", "two/d"})


def test_a_copy_that_changes_becomes_an_article(world):
    world.write("one/a")
    world.write("two/b")
    world.refresh()
    world.write("two/b", HIGHER)
    assert world.refresh() == (1, 0, 1, 0, 0)
    assert (world.articles(), world.copies()) == (["one/a", "two/b"], set())


def test_of_an_article_that_changes_the_copies_become_articles(world):
    world.write("one/a")
    world.write("two/b")
    world.write("two/c")
    world.refresh()
    world.write("one/a", HIGHER)
    assert world.refresh() == (1, 1, 0, 1, 0)
    assert (world.articles(), world.copies()) == (["one/a", "two/b"], {"two/c"})
    assert world.refresh() == (0, 0, 3, 0, 0)


def test_a_stored_article_that_comes_to_repeat_another_stays_one(world):
    world.write("one/a")
    world.write("two/b", HIGHER)
    world.refresh()
    world.write("two/b")
    assert world.refresh() == (0, 1, 1, 0, 0)
    assert world.articles() == ["one/a", "two/b"]


def test_when_an_article_is_removed_a_copy_takes_its_place(world):
    world.write("one/a")
    world.write("two/b")
    world.write("two/c")
    world.refresh()
    world.store.remove(world.store.claims()["article_id"].iloc[0])
    (world.folder / "one" / "a.txt").unlink()
    assert world.store.sources() == []
    assert world.refresh() == (1, 0, 0, 1, 0)
    assert (world.articles(), world.copies()) == (["two/b"], {"two/c"})


@pytest.mark.parametrize(("source", "articles"), [("one", ["two/b"]), ("two", ["one/a"])])
def test_a_source_is_removed_whether_its_article_is_kept_or_the_copy(world, source, articles):
    world.write("one/a")
    world.write("two/b")
    world.refresh()
    assert etl_here("remove", source, "--yes", "--database", world.store.path).returncode == 0
    assert world.copies() == set()
    for path in (world.folder / source).iterdir():
        path.unlink()
    world.refresh()
    assert (world.articles(), world.copies()) == (articles, set())
    assert [one.source for one in world.store.sources()] == ["one" if source == "two" else "two"]


def test_two_documents_of_one_address_are_copies_when_their_words_are_the_same(world):
    world.write("one/a", TRADE, url="https://example.org/x")
    world.write("two/b", TRADE.upper(), url="https://example.org/x?utm_source=feed")
    world.write("two/c", HIGHER, url="https://example.org/x")
    assert world.refresh() == (1, 0, 0, 1, 1)
    assert world.refresh() == (0, 0, 2, 0, 1)
    assert world.copies() == {"two/b"}


def test_add_tells_of_what_an_article_is_a_copy(world):
    world.write("one/a")
    world.refresh()
    (article_id,) = world.store.claims()["article_id"].unique()
    path = world.write("two/b")
    for _ in range(2):
        done = etl_here("add", path, "--database", world.store.path)
        assert done.stdout.startswith(f"a copy of: {article_id}\n  26.3%: growth of trade")
    assert world.copies() == {"two/b"}


def test_what_names_a_forgotten_document_is_read_anew(world):
    world.write("one/a")
    world.write("two/b")
    world.refresh()
    lists = [Receipt(source, "https://example.org/feed", "listed", etag="1") for source in ("one", "two", "three")]
    world.store.write(1, [], lists)
    world.store.remove(world.store.claims()["article_id"].iloc[0])
    assert [len(world.store.seen(source)) for source in ("one", "two", "three")] == [0, 0, 1]
