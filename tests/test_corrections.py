"""A figure that a user corrects stays corrected, whatever is read again; what was extracted is kept beside it."""

import json
import sqlite3
import tomllib
from contextlib import closing

import pytest

import etl
from etl import corrections
from etl.corrections import CorrectionError
from etl.store import Anew, Query, Store
from tests.making import ROOT, article_file, edition, etl_here, sources_file, write

CASES = tomllib.loads((ROOT / "tests/data/corrections.toml").read_text(encoding="utf-8"))["case"]
TRADE = "Trade between China and Russia rose 26.3% to $240 billion in 2023."
RESTATED = "China's exports to Russia rose to 111 billion dollars (about 103 billion euros) in 2023."


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


class World:
    """Articles, a database and a file of corrections, in the hands of the commands."""

    def __init__(self, folder):
        self.folder, self.news, self.file = folder, folder / "news", folder / "corrections.toml"
        article_file(self.news, "a.txt", TRADE)
        article_file(self.news, "b.txt", RESTATED)
        self.refresh()

    @property
    def store(self):
        return Store.open(self.folder / "trade.db")

    def refresh(self, *options):
        sources = sources_file(self.folder, news=self.news)
        common = ("--sources", sources, "--database", self.store.path, "--corrections", self.file)
        done = etl_here("refresh", *common, *options)
        assert done.returncode == 0, done.stderr
        return done

    def correct(self, *arguments):
        return etl_here("correct", *arguments, "--file", self.file, "--database", self.store.path)

    def corrected(self, *arguments):
        done = self.correct(*arguments)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def table(self):
        return self.store.claims().set_index("claim_id")

    def id_of(self, quote):
        rows = self.store.claims()
        return rows.loc[rows["quote"] == quote, "claim_id"].item()


def summaries(store):
    pairs = store.pairs()
    counted = store.coverage([(pair.one, pair.other) for pair in pairs])
    return pairs, sorted(store.series(), key=repr), counted, store.summary().figures


def assert_summaries_are_right(store, folder):
    """Compare what is kept of the claims with what a new database makes of the same claims."""
    afresh = Store.open(folder / "afresh.db")
    afresh.remove("s")
    articles = {}
    for one in store.stated():
        articles.setdefault(one.article_id, []).append(one)
    write(afresh, *(edition(key, *claims) for key, claims in articles.items()))
    assert summaries(store) == summaries(afresh)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_is_wrong_with_a_file_is_told_with_its_line(tmp_path, case):
    path = tmp_path / "corrections.toml"
    path.write_text(case["content"], encoding="utf-8")
    (problem,) = corrections.load(path).problems
    assert problem.removeprefix(str(path)) == case["problem"]


def test_a_file_that_is_not_there_corrects_nothing(tmp_path):
    assert corrections.load(tmp_path / "none.toml") == corrections.Corrections({})


def test_a_corrected_figure_is_so_at_once_and_stays_so(world):
    level = world.id_of("$240 billion")
    told = world.corrected(level, "value=24e9", "partner=KAZ", "period_end=2023-06-30", "--why", "Misread.")
    assert "was  $240 billion: level of trade, China and Russia, 2023-01-01 to 2023-12-31" in told
    assert "is   $240 billion: level of trade, China and Kazakhstan, 2023-01-01 to 2023-06-30" in told
    assert "value: 240,000,000,000 -> 24,000,000,000" in told
    changes = [
        lambda: None,
        lambda: world.refresh(),
        lambda: world.refresh("--again"),
        lambda: article_file(world.news, "a.txt", f"{TRADE} More is to come.") and world.refresh(),
    ]
    for change in changes:
        change()
        row = world.table().loc[level]
        assert (row["value"], row["partner"], row["flags"], row["reporter"]) == (24e9, "KAZ", "corrected", "CHN")
        assert str(row["period_end"].date()) == "2023-06-30"
        assert [pair.other for pair in world.store.pairs(["KAZ"])] == ["KAZ"]
        assert_summaries_are_right(world.store, world.folder)
    (held,) = world.store.corrected(row["article_id"]).values()
    assert (held.why, held.extracted["value"], held.extracted["partner"]) == ("Misread.", 240e9, "RUS")


def test_undoing_gives_back_what_was(world):
    before, kept = world.table(), summaries(world.store)
    level, growth = world.id_of("$240 billion"), world.id_of("26.3%")
    world.corrected(level, "value=24e9", "--why", "Misread.")
    world.corrected(growth, "hide", "--why", "A joke.")
    assert growth not in world.table().index
    world.refresh()
    world.corrected(growth, "hide", "--why", "A bad joke.")
    for one in (level, growth):
        world.corrected(one, "undo")
    assert world.table().sort_index().equals(before.sort_index())
    assert summaries(world.store) == kept
    assert tomllib.loads(world.file.read_text()).get("correction", []) == []


def test_a_hidden_figure_is_in_no_answer_and_kept_with_its_sentence(world):
    growth = world.id_of("26.3%")
    assert "is   not shown" in world.corrected(growth, "hide", "--why", "A joke.")
    for _ in range(2):
        world.refresh("--again")
        assert world.store.claim(growth) is None
        assert not world.store.stated(Query(text="26.3"))[1:]
        assert_summaries_are_right(world.store, world.folder)
    (held,) = (one for one in world.store.corrected(world.store.stated_in([growth])[growth]).values())
    assert (held.hidden.quote, held.hidden.sentence, held.why) == ("26.3%", TRADE, "A joke.")


def test_an_amount_restates_none_that_is_hidden(world):
    base, restated = world.id_of("111 billion dollars"), world.id_of("103 billion euros")
    assert world.table().loc[restated, "converts"] == base
    world.corrected(base, "hide", "--why", "Wrong.")
    assert world.table()["converts"].isna().all()
    world.corrected(base, "undo")
    assert world.table().loc[restated, "converts"] == base


def test_the_file_may_be_edited_by_hand_and_keeps_its_comments(world):
    level, growth = world.id_of("$240 billion"), world.id_of("26.3%")
    entry = '# of the level\n[[correction]]\nclaim = "{}"  # first\nwhy = "x"\nset = {{ coverage = "goods" }}\n\n'
    world.file.write_text(f"# ours\n\n{entry.format(level)}# of the growth\n{entry.format(growth)}# the end\n")
    world.refresh()
    assert set(world.table().loc[[level, growth], "coverage"]) == {"goods"}
    world.corrected(level, "coverage=services", "product=Crude  Oil", "--why", 'It says "services".')
    assert world.table().loc[level, ["coverage", "product"]].tolist() == ["services", "crude oil"]
    world.corrected(level, "undo")
    text = world.file.read_text()
    assert level not in text
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        *("# ours", "# of the level", "# of the growth", "# of the level", "# the end")
    ]
    world.file.unlink()
    world.refresh()
    assert world.table()["coverage"].isna().all()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("c0", "value=1", "--why", "x"), "has no claim 'c0'"),
        (("c0", "undo"), "has no correction of 'c0'"),
        (("{}", "value=1"), "the correction has no why"),
        (("{}", "valu=1", "--why", "x"), "unknown field 'valu': did you mean 'value'?"),
        (("{}", "value=many", "--why", "x"), "value must be a number in full units, like 240e9 or 26.3, not 'many'"),
        (("{}", "period_end=1999-12-31", "--why", "x"), "its period would end, on 1999-12-31, before it starts"),
    ],
)
def test_what_is_no_correction_is_one_line_and_writes_nothing(world, arguments, said):
    before = world.table()
    done = world.correct(*(argument.format(world.id_of("$240 billion")) for argument in arguments))
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert said in done.stderr
    assert not world.file.exists()
    assert world.table().equals(before)


def test_what_is_no_change_is_wrong_usage(world):
    assert world.correct(world.id_of("$240 billion"), "hidden", "--why", "x").returncode == 2


def test_a_correction_without_its_figure_is_told_at_every_refresh(world):
    level = world.id_of("$240 billion")
    world.corrected(level, "value=24e9", "--why", "Misread.")
    article_file(world.news, "a.txt", "Trade between China and Russia came to $240 billion in 2023.")
    for _ in range(2):
        assert f"the correction of {level} changes nothing: there is no such figure" in world.refresh().stderr
        (unmet,) = json.loads(world.refresh("--json").stdout)["corrections"]["unmet"]
        assert (unmet["claim_id"], unmet["why"]) == (level, "Misread.")
    article_file(world.news, "a.txt", TRADE)
    assert world.refresh().stderr == ""
    assert world.table().loc[level, "value"] == 24e9
    etl_here("remove", world.table().loc[level, "article_id"], "--yes", "--database", world.store.path)
    (world.news / "a.txt").unlink()
    assert "changes nothing" in world.refresh().stderr


def test_a_correction_that_makes_no_claim_is_told_and_not_applied(world):
    level = world.id_of("$240 billion")
    world.file.write_text(f'[[correction]]\nclaim = "{level}"\nwhy = "x"\nset = {{ period_end = 1999-12-31 }}\n')
    assert "its period would end, on 1999-12-31, before it starts" in world.refresh().stderr
    assert world.table().loc[level, "flags"] == ""


def test_a_file_with_a_problem_changes_nothing_until_it_is_put_right(world):
    level = world.id_of("$240 billion")
    world.corrected(level, "value=24e9", "--why", "Misread.")
    good = world.file.read_text()
    world.file.write_text(good.replace("value", "valu"))
    told = world.refresh().stderr
    assert "unknown field 'valu'" in told
    assert "the corrections are those of the refresh before" in told
    assert world.table().loc[level, "value"] == 24e9
    assert world.correct(level, "undo").returncode == 1
    with pytest.raises(CorrectionError, match="unknown field 'valu'"):
        etl.refresh(sources_file(world.folder, news=world.news), world.store.path, world.file)
    world.file.write_text(good.replace("24000000000.0", "25e9"))
    etl.refresh(sources_file(world.folder, news=world.news), world.store.path, world.file)
    assert world.table().loc[level, "value"] == 25e9


def test_a_correction_of_a_text_that_has_just_changed_waits_for_the_next_refresh(world):
    level = world.id_of("$240 billion")
    article_id = world.table().loc[level, "article_id"]
    made = corrections.correction(level, "x", {"value": 24e9})
    assert world.store.replace([Anew(article_id, "another", ())], corrections={level: made}) == []
    assert world.store.corrections() == {}
    assert world.table().loc[level, "flags"] == ""


def test_corrections_that_are_applied_write_nothing_again(world):
    world.corrected(world.id_of("$240 billion"), "value=24e9", "--why", "Misread.")
    before = dump(world.store.path)
    world.refresh()
    assert dump(world.store.path) == before


def dump(path, *more):
    """Return all rows of an SQLite file that a refresh may write; of its own account nothing."""
    with closing(sqlite3.connect(path)) as connection:
        tables = ("articles", "claims", "corrections", "documents", "pairs", "series", "coverage", *more)
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}


def test_entries_that_do_not_stand_in_lines_of_their_own_are_left_to_their_writer(world):
    level = world.id_of("$240 billion")
    entries = (f'{{ claim = "{one}", why = "x", hide = true }}' for one in (level, world.id_of("26.3%")))
    world.file.write_text(f"correction = [{', '.join(entries)}]\n")
    world.refresh()
    assert level not in world.table().index
    for change in (("undo",), ("value=1", "--why", "y")):
        done = world.correct(level, *change)
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert world.file.read_text().startswith("correction = [{")
