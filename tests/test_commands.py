"""What each command prints, and that what goes wrong is one line and an exit code."""

import json
import os
import pty
import signal
import sqlite3
import subprocess
import sys

import pandas as pd
import pytest

from etl.__main__ import COMMANDS
from etl.store import Store
from etl.table import DTYPES, NAMES
from tests.making import ROOT, article_file, claim, edition, etl, etl_here, sources_file, write

TRADE = "Trade between China and Russia rose 26.3% to $240 billion in 2023."


@pytest.fixture
def database(tmp_path):
    return tmp_path / "trade.db"


@pytest.fixture
def article(tmp_path):
    return article_file(tmp_path / "news", "a.txt", TRADE)


def run(*arguments, how=etl_here, **options):
    done = how(*arguments, **options)
    assert done.returncode == 0, done.stderr
    return done


def test_refresh_prints_a_table_and_a_second_run_writes_nothing(tmp_path, article, database):
    (tmp_path / "news" / "b.txt").write_text("No header.")
    command = ("refresh", "--sources", sources_file(tmp_path, news=article.parent), "--database", database)
    first = run(*command, how=etl)
    assert [cell.strip() for cell in first.stdout.splitlines()[3].strip("│").split("│")] == [
        *("news", "2", "1", "0", "0", "0", "1"),
        str(len(Store.open(database).claims())),
    ]
    assert first.stderr.startswith("news/b.txt: no date")
    assert "1 written" in first.stdout
    assert "0 written" in run(*command, how=etl).stdout


def test_refresh_prints_the_same_as_json(tmp_path, article, database):
    (tmp_path / "news" / "b.txt").write_text("No header.")
    command = ("refresh", "--sources", sources_file(tmp_path, news=article.parent), "--json")
    report = json.loads(run(*command, TRADETRACE_DATABASE=str(database)).stdout)
    assert report["database"] == str(database)
    assert (report["documents"], report["new"], report["written"], report["rejected"]) == (2, 1, 1, 1)
    (source,) = report["sources"]
    assert source["rejections"][0]["address"] == "b.txt"
    again = json.loads(run(*command, TRADETRACE_DATABASE=str(database)).stdout)
    assert (again["written"], again["unchanged"], again["claims"]) == (0, 1, 0)


def test_refresh_tells_which_pairs_its_new_figures_are_of(tmp_path, article, database):
    article_file(article.parent, "b.txt", "Japan's exports rose 4% in 2023.")
    command = ("refresh", "--sources", sources_file(tmp_path, news=article.parent), "--database", database)
    figures = [("CHN", "RUS", 2), ("JPN", None, 1)]
    assert "new: 3 figures: 2 on China – Russia, 1 on Japan – world\n" in run(*command).stdout
    assert "new:" not in run(*command).stdout
    database.unlink()
    new = json.loads(run(*command, "--json").stdout)["new_figures"]
    assert [(one["reporter"], one["partner"], one["figures"]) for one in new] == figures


def test_refresh_goes_on_past_a_source_that_fails_and_fails_when_none_works(tmp_path, article, database):
    some = sources_file(tmp_path, gone=tmp_path / "gone", news=article.parent)
    done = run("refresh", "--sources", some, "--database", database)
    assert done.stderr == f"gone: there is no folder {tmp_path}/gone: correct the path of the source 'gone'\n"
    done = etl_here("refresh", "--sources", sources_file(tmp_path, gone=tmp_path / "gone"), "--database", database)
    assert done.returncode == 1


def test_extract_gives_the_claims_of_files_and_of_records(tmp_path, article):
    records = tmp_path / "news.jsonl"
    record = {"id": "r/1", "date": "2024-02-09", "url": "", "title": "", "text": TRADE, "lang": "en"}
    records.write_text(json.dumps(record) + "\n\n" + json.dumps(record | {"id": "r/2", "date": ""}) + "\n")
    claims = [json.loads(line) for line in run("extract", article, records).stdout.splitlines()]
    assert {claim["article_id"] for claim in claims} == {"a", "r/1", "r/2"}
    assert all(list(claim) == list(NAMES) for claim in claims)
    assert all(TRADE[claim["start"] : claim["end"]] == claim["quote"] for claim in claims)


@pytest.mark.parametrize("form", ["csv", "parquet", "jsonl"])
def test_extract_writes_each_format(tmp_path, article, form):
    out = tmp_path / f"claims.{form}"
    run("extract", article, "--to", out)
    table = read(out)
    assert table["value"].tolist() == [26.3, 240e9]
    assert list(table.columns) == list(NAMES)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["news", out.name])


def test_extract_counts_what_it_does_not_list_even_when_it_read_nothing(tmp_path):
    (tmp_path / "bad.jsonl").write_text("[]\n" * 1000)
    done = etl_here("extract", tmp_path / "bad.jsonl")
    lines = done.stderr.splitlines()
    assert done.returncode == 1
    assert lines[-1] == f"and {1000 - len(lines) + 1} more could not be read"


def test_extract_leaves_a_file_alone_when_nothing_could_be_read(tmp_path):
    (tmp_path / "bad.txt").write_text("No date.")
    out = tmp_path / "claims.csv"
    out.write_text("kept")
    assert etl_here("extract", tmp_path / "bad.txt", "--to", out).returncode == 1
    assert out.read_text() == "kept"


def read(path):
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    return pd.read_csv(path) if path.suffix == ".csv" else pd.read_json(path, lines=True)


def test_extract_prints_mentions(article):
    mentions = [json.loads(line) for line in run("extract", "--mentions", article).stdout.splitlines()]
    assert {mention["kind"] for mention in mentions} == {"quantity", "area", "period", "cue"}
    by_quote = {mention["quote"]: mention for mention in mentions}
    assert by_quote["$240 billion"] == {
        "article_id": "a",
        "kind": "quantity",
        "quote": "$240 billion",
        "start": TRADE.index("$"),
        "end": TRADE.index("$") + 12,
        "value": 240e9,
        "value_high": None,
        "unit": "USD",
        "qualifier": "exact",
    }
    assert by_quote["China"]["code"] == "CHN"
    assert (by_quote["2023"]["period_start"], by_quote["2023"]["period_end"]) == ("2023-01-01", "2023-12-31")


def test_extract_tells_what_it_cannot_read_and_goes_on(tmp_path, article):
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(b'{"id": 1}\nnot json\n[1]\n\xff\n' + b"[" * 100_000 + b'\n{"id": "x", "text": "x", "date": "1"}\n')
    done = etl_here("extract", bad, tmp_path / "none.txt", article, tmp_path)
    lines = [line.removeprefix(str(tmp_path)) for line in done.stderr.splitlines()]
    assert done.returncode == 1
    assert lines[0] == "/bad.jsonl, line 1: it has no text: id, date and text must be there"
    assert [line.partition(": ")[0] for line in lines[1:6]] == [f"/bad.jsonl, line {n}" for n in range(2, 7)]
    assert lines[6] == "/none.txt: No such file or directory"
    assert lines[7] == ": Is a directory"
    assert len(done.stdout.splitlines()) == 2


def test_extract_needs_neither_pandas_nor_a_database(article):
    code = "import sys; from etl.__main__ import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    arguments = [sys.executable, "-c", code, "extract", article]
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"pandas", "sqlalchemy", "pyarrow"} & set(done.stderr.split())
    assert len(done.stdout.splitlines()) == 2


def test_explain_shows_mentions_claims_and_rules():
    shown = run("explain", TRADE, "--date", "2024-02-09").stdout
    for words in (TRADE, "26.3 %, exact", "240,000,000,000 USD", "2023-01-01 to 2023-12-31 (A)", "CHN", "rule", "yoy"):
        assert words in shown
    assert "No claim" in run("explain", "-", stdin="He is 7 years old.").stdout


def test_explain_colours_a_terminal_and_keeps_what_looks_like_markup():
    shown = run("explain", "[red]Exports[/red] rose 3%.", how=etl, FORCE_COLOR="1", NO_COLOR="").stdout
    assert "\x1b[" in shown
    assert "[red]" in shown


def test_explain_marks_what_was_inferred():
    shown = run("explain", "Trade between China and Russia grew. It rose 3% in 2023.", "--date", "2024").stdout
    assert "inferred from the context" in shown


def test_add_takes_a_file_or_standard_input_and_prints_its_claims(article, database):
    added = run("add", article, "--database", database).stdout
    assert added.startswith("added: ")
    assert "26.3%: growth of trade, China and Russia, 2023-01-01 to 2023-12-31" in added
    assert run("add", article, "--database", database).stdout.startswith("already there, unchanged: ")
    options = (
        "--date",
        "2024",
        "--url",
        "https://example.org/x",
        "--title",
        "T",
        "--publisher",
        "P",
        "--language",
        "en",
    )
    run("add", "-", *options, "--database", database, stdin=TRADE)
    rows = Store.open(database).claims()
    assert {"P"} == set(rows["publisher"].dropna())
    assert rows["url"].nunique() == 1
    assert rows["article_id"].nunique() == 2


def test_remove_asks_first_and_says_what_went(database):
    write(Store.open(database), edition("a1", claim("c1")))
    done = etl_here("remove", "a1", "--database", database, stdin="n\n")
    assert (done.returncode, done.stderr) == (1, "nothing was removed\n")
    assert "removed 1 article with 1 figure" in run("remove", "a1", "--database", database, stdin="y\n").stdout
    write(Store.open(database), edition("a1", claim("c1")))
    assert "removed 1 article" in run("remove", "s", "--yes", "--database", database).stdout
    assert Store.open(database).claims().empty


@pytest.mark.parametrize("form", ["csv", "parquet", "jsonl"])
def test_export_writes_the_whole_table(tmp_path, database, form):
    write(Store.open(database), edition("a1", claim("c1", sentence="=1+1"), claim("c2", quote="-3%", partner=None)))
    run("export", tmp_path / f"out.{form}", "--database", database)
    table = read(tmp_path / f"out.{form}")
    assert table["claim_id"].tolist() == ["c1", "c2"]
    assert table["quote"].tolist() == ["$240bn", "-3%"]
    assert table["sentence"][0] == ("'=1+1" if form == "csv" else "=1+1")
    if form == "parquet":
        assert table.dtypes.astype(str).to_dict() == DTYPES


def test_sources_lists_what_is_read_and_what_came_of_it(tmp_path, article, database):
    names = sources_file(tmp_path, news=article.parent)
    done = run("sources", "--sources", names, "--database", database)
    assert "never read" in done.stdout
    assert "there is no database" in done.stderr
    run("refresh", "--sources", names, "--database", database)
    run("add", "-", "--date", "2024", "--database", database, stdin=TRADE)
    shown = run("sources", "--sources", names, "--database", database, how=etl).stdout
    assert str(article.parent) in shown
    assert "by hand" in shown


def test_sources_prints_a_long_path_whole_on_a_narrow_terminal(tmp_path, database):
    names = sources_file(tmp_path, news=tmp_path / ("long" * 40))
    shown = run("sources", "--sources", names, "--database", database, how=etl, COLUMNS="80").stdout
    assert "long" * 40 in shown
    assert "never read" in shown


def test_languages_lists_the_language_files():
    assert "en.toml" in run("languages").stdout


BAD = {
    "no such sources file": (("refresh", "--sources", "none.toml"), "none.toml cannot be read: No such file"),
    "a database that cannot be written": (("refresh", "--database", "/proc/x.db"), "/proc/x.db cannot be opened"),
    "a database of another kind": (("refresh", "--database", "mysql://x/y"), "mysql databases are not supported"),
    "add without a date": (("add", "-"), "-: no date: begin with a line like"),
    "add a file that is missing": (("add", "none.txt"), "none.txt: No such file"),
    "add a private address": (
        ("add", "http://127.0.0.1/"),
        "it is not public: 127.0.0.1 is an address of this machine",
    ),
    "add with a bad date": (("add", "-", "--date", "soon"), "the date 'soon' is not"),
    "remove what is not there": (("remove", "nothing"), "knows no article and no source 'nothing'"),
    "export nothing": (("export", "x.csv", "--database", "none.db"), "there is no database"),
    "export into no folder": (("export", "/no/x.csv"), "/no/x.csv cannot be written: there is no folder /no"),
    "explain with a bad date": (("explain", "x", "--date", "2024-13"), "the date '2024-13' is not"),
    "explain nothing": (("explain", ""), "empty"),
    "explain another language": (("explain", "x", "--language", "xx"), "there is no language file for 'xx'"),
    "extract a file that is missing": (("extract", "none.jsonl"), "none.jsonl: No such file"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_goes_wrong_is_one_line_and_exit_code_1(name, database):
    Store.open(database)
    arguments, words = BAD[name]
    done = etl_here(*arguments, stdin="Some text.", TRADETRACE_DATABASE=str(database))
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert words in done.stderr


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("extract",), ("extract", "x", "--format", "xls"), ("export", "x.xls"), ("add",)]
)
def test_wrong_usage_is_exit_code_2_without_a_traceback(arguments):
    done = etl_here(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_every_command_is_documented(command):
    shown = run(command.__name__, "--help").stdout
    assert f"python -m etl {command.__name__}" in (command.__doc__ or "")
    assert "For example" in shown
    assert f"`python -m etl {command.__name__}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["refresh", "add", "remove", "export", "sources"])
def test_every_command_on_a_database_takes_its_address(command):
    assert "--database" in run(command, "--help").stdout


def test_a_reader_that_closes_early_is_no_error(article):
    records = "".join(json.dumps({"id": n, "date": "2024", "text": TRADE}) + "\n" for n in range(2000))
    path = article.with_name("many.jsonl")
    path.write_text(records)
    command = f"{sys.executable} -m etl extract {path} | head -n 1"
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="there is no pseudo-terminal here")
def test_an_interrupted_refresh_says_so_in_one_line(tmp_path, article, database):
    for number in range(5000):
        article_file(article.parent, f"{number}.txt", TRADE)
    command = ["refresh", "--sources", sources_file(tmp_path, news=article.parent), "--database", database]
    process = subprocess.Popen(
        [sys.executable, "-m", "etl", *map(str, command)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while process.poll() is None and not (database.exists() and begun(database)):
        pass
    process.send_signal(signal.SIGINT)
    out, error = process.communicate(timeout=60)
    assert process.returncode == 1
    assert out == ""
    assert error == "stopped: what was reported is stored, and the next refresh goes on from there\n"


def begun(database):
    """Tell whether a refresh has stored anything, at the least cost: it must not end before it is interrupted."""
    with sqlite3.connect(database) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        return "claims" in tables and connection.execute("SELECT 1 FROM claims LIMIT 1").fetchone() is not None


def test_progress_is_shown_on_a_terminal_and_nowhere_else(tmp_path, article, database):
    command = ("refresh", "--sources", sources_file(tmp_path, news=article.parent), "--database", database)
    assert run(*command).stderr == ""
    ours, theirs = pty.openpty()
    arguments = [sys.executable, "-m", "etl", *map(str, command)]
    process = subprocess.Popen(
        arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, env=os.environ | {"TERM": "xterm"}
    )
    process.communicate(timeout=60)
    os.close(theirs)
    assert b"news" in os.read(ours, 100_000)
    os.close(ours)
