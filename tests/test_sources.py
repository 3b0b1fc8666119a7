"""Sources name what is read; a folder is read without surprises."""

import os
import tomllib

import pytest

from etl import sources
from etl.entries import EntriesError
from etl.findings import Document, Rejection
from etl.sources import Source, SourceError
from etl.sources.files import READABLE
from etl.sources.unpacking.bounds import LARGEST
from tests.making import ROOT, article_file

CASES = tomllib.loads((ROOT / "tests/data/sources.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_typo_is_told_with_its_line_and_key(tmp_path, case):
    path = tmp_path / "sources.toml"
    path.write_text(case["content"], encoding="utf-8")
    if case.get("whole"):
        with pytest.raises(EntriesError) as error:
            sources.load(path)
        problems = [str(error.value)]
    else:
        catalogue = sources.load(path)
        assert len(catalogue.sources) == case["usable"]
        problems = [problem for _, problem in catalogue.problems]
    (problem,) = (problem.removeprefix(str(path)) for problem in problems)
    if "begins" in case:
        assert problem.startswith(case["begins"])
        assert problem.endswith(case["ends"])
    else:
        assert problem == case["problem"]


def test_the_file_that_ships_names_the_sample_and_a_folder_that_may_be_missing():
    catalogue = sources.load(sources.default_sources())
    assert catalogue.problems == ()
    by_id = {source.id: source for source in catalogue.sources}
    assert by_id["sample"].path == ROOT / "data" / "sample"
    assert by_id["articles"].path == ROOT / "data" / "articles"
    assert by_id["articles"].optional


def test_a_file_that_is_missing_or_not_utf_8_is_told(tmp_path):
    with pytest.raises(EntriesError, match=r"none.toml cannot be read: No such file"):
        sources.load(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_bytes(b"\xff")
    with pytest.raises(EntriesError, match="not UTF-8"):
        sources.load(tmp_path / "bad.toml")


def test_every_module_of_the_folder_is_a_kind():
    files = {path.stem for path in (ROOT / "etl/sources").glob("*.py")} - {"__init__"}
    assert set(sources.kinds()) == files


def read(folder, **changes):
    return list(sources.read(Source("s", "files", folder, **changes)))


def test_files_are_read_in_order_with_their_paths(tmp_path):
    for name in ("b.txt", "a.md", "c/d.markdown", "c/A.TXT"):
        article_file(tmp_path, name, "x")
    for name in (".hidden.txt", "README.md", ".git/x.txt", "c/readme.md"):
        article_file(tmp_path, name, "x")
    documents = read(tmp_path, language="de", publisher="P")
    assert [document.address for document in documents] == ["a.md", "b.txt", "c/A.TXT", "c/d.markdown"]
    assert documents[0] == Document("s", "a.md", (tmp_path / "a.md").read_bytes(), "de", "P")
    assert sources.count(Source("s", "files", tmp_path)) == 4


def test_a_missing_folder_is_an_error_unless_it_may_be_missing(tmp_path):
    with pytest.raises(SourceError, match=r"there is no folder .*none: correct the path of the source 's'"):
        read(tmp_path / "none")
    assert read(tmp_path / "none", optional=True) == []
    assert read(tmp_path) == []


def test_what_is_no_article_is_refused_unread(tmp_path):
    with (tmp_path / "huge.txt").open("wb") as huge:
        huge.truncate(100_000_000)
    (tmp_path / "picture.png").write_bytes(b"x")
    os.mkfifo(tmp_path / "pipe.txt")
    reasons = {one.address: one.reason for one in read(tmp_path) if isinstance(one, Rejection)}
    assert reasons == {
        "huge.txt": "too large: 100.0 MB, and 5 MB are read at most",
        "picture.png": f"not a text: the names of articles end in {', '.join(READABLE)}",
        "pipe.txt": "not a file that can be read to its end",
    }


def test_a_file_of_the_largest_size_is_read(tmp_path):
    (tmp_path / "large.txt").write_bytes(b"x" * LARGEST)
    (document,) = read(tmp_path)
    assert isinstance(document, Document)


def test_links_are_followed_only_inside_the_folder(tmp_path):
    secret = article_file(tmp_path, "outside/secret.txt", "x")
    folder = tmp_path / "folder"
    real = article_file(folder, "real.txt", "x")
    (folder / "away.txt").symlink_to(secret)
    (folder / "broken.txt").symlink_to(folder / "none.txt")
    (folder / "inside.txt").symlink_to(real)
    (folder / "loop").symlink_to(folder)
    (folder / "round.txt").symlink_to(folder / "round.txt")
    found = {one.address: one for one in read(folder)}
    assert {address for address, one in found.items() if isinstance(one, Document)} == {"real.txt", "inside.txt"}
    assert "out of its folder" in found["away.txt"].reason
    assert "not followed" in found["loop"].reason
    assert "cannot be read" in found["broken.txt"].reason
    assert "round.txt" in found


def test_a_folder_that_is_a_link_itself_is_read(tmp_path):
    article_file(tmp_path / "real", "a.txt", "x")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert [one.address for one in read(tmp_path / "link")] == ["a.txt"]


def test_a_name_that_is_not_utf_8_can_be_stored(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"date 2024\n\nx")
    (document,) = read(tmp_path)
    assert document.address.encode("utf-8") == "caf\ufffd.txt".encode()
