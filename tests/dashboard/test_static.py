"""Files that do not change are kept by browsers, and answers are compressed for those that can read them."""

import gzip

import brotli
import pytest

from dashboard import static
from dashboard.app import create_app
from etl.store import Store

READ = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@pytest.mark.parametrize("encoding", READ)
def test_a_page_is_the_same_in_every_encoding(client, encoding):
    answer = client.get("/", headers={"Accept-Encoding": encoding})
    assert answer.headers.get("Content-Encoding", "") == encoding
    assert "What articles say about trade" in READ[encoding](answer.data).decode()


def test_a_file_under_its_version_is_kept_for_ever_and_served_from_its_compressed_copy(tmp_path, database, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(static, "PASSES", static.PASSES[:1])  # the best takes long
    app = create_app(Store.open(database))
    client = app.server.test_client()
    address = app.get_asset_url("style.css") + "?m=1"
    plain = client.get(address, headers={"Accept-Encoding": "br"})
    assert plain.headers["Cache-Control"] == static.FOREVER
    assert "Content-Encoding" not in plain.headers
    static.compress(app).join()
    short = client.get(address, headers={"Accept-Encoding": "br"})
    assert short.headers["Content-Encoding"] == "br"
    assert brotli.decompress(short.data) == plain.data
    assert "immutable" not in client.get("/assets/style.css").headers.get("Cache-Control", "")


def test_an_app_under_a_path_answers_there_alone(database):
    client = create_app(Store.open(database), "/trade/").server.test_client()
    assert client.get("/trade/healthz").json == {"status": "ok"}
    assert client.get("/healthz").status_code == 404
    assert client.get("/trade/api/claims.json").status_code == 200


def test_health_is_that_of_the_database(tmp_path, database):
    path = tmp_path / "leaving.db"
    path.write_bytes(database.read_bytes())
    client = create_app(Store.open(path)).server.test_client()
    assert client.get("/healthz").status_code == 200
    path.unlink()
    assert client.get("/healthz").status_code == 503
