"""Nothing but public addresses is dialled, however an address is written and wherever it comes from."""

import pytest

from etl.sources.web import FetchError, Limits, Web
from tests.conftest import outside
from tests.faults import chosen
from tests.faults.addresses import PUBLIC, Case, cases
from tests.faults.serving import path_of, raw, run

FEW = 40
LIMITS = Limits(seconds=2, tries=1)


def pytest_generate_tests(metafunc):
    if "case" in metafunc.fixturenames:
        hostile = chosen(cases(), metafunc.config, FEW)
        names = [f"{number}-{ascii(case.address)[1:60]}" for number, case in enumerate(hostile)]
        metafunc.parametrize("case", hostile, ids=names)


async def asked(case: Case) -> tuple[FetchError, str | None, list[str]]:
    """Return how an address is refused, the trusted server that redirected to it, and which hosts were looked up."""
    looked_up = []

    async def lookup(host, port):
        looked_up.append(host)
        return case.answer

    async def redirect(reader, writer):
        status = (
            "404 No\r\n" if await path_of(reader) == "/robots.txt" else f"302 There\r\nLocation: {case.address}\r\n"
        )
        writer.write(f"HTTP/1.1 {status}Content-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()

    async with raw(redirect) as place, Web(LIMITS, [place], lookup) as web:
        with pytest.raises(FetchError) as caught:
            await web.get(f"http://{place}/" if case.redirected else case.address)
    return caught.value, place if case.redirected else None, looked_up


def test_a_hostile_address_is_refused(case, dialled):
    error, redirecting, looked_up = run(asked(case))
    assert not error.passing
    assert str(error).isprintable()
    assert {"{}:{}".format(*place) for place in dialled} == ({redirecting} if redirecting else set())
    assert len(looked_up) == bool(case.answer)


def test_there_are_at_least_520_hostile_addresses():
    assert len(cases()) >= 520


def test_a_host_is_dialled_where_it_was_found_though_the_next_answer_is_another(dialled):
    answers = [[PUBLIC], ["127.0.0.1"]]

    async def lookup(host, port):
        return answers.pop(0)

    async def twice():
        async with Web(LIMITS, (), lookup) as web:
            for _ in range(2):
                with pytest.raises(FetchError):
                    await web.get("http://example.org/")

    run(twice())
    assert set(dialled) == {(PUBLIC, 80)}
    assert answers == [["127.0.0.1"]]
    dialled.clear()  # the watch over the tests has cut this call off


@pytest.mark.parametrize(
    "address",
    [
        "http://8.8.8.8/",
        "https://[2606:4700::1111]/",
        "http://[64:ff9b::8.8.8.8]/",
        "HTTP://Example.ORG:80/a#b",
        "https://example.org./ä?ö=ü",
        "http://münchen.example/",
        "https://a_b.example.org:443/",
        "http://168.63.129.17/",
    ],
)
def test_a_public_address_is_dialled(address, dialled):
    async def lookup(host, port):
        return [PUBLIC]

    async def once():
        async with Web(LIMITS, (), lookup) as web:
            with pytest.raises(FetchError):
                await web.get(address)

    run(once())
    assert dialled
    assert all(outside(place) for place in dialled)
    dialled.clear()  # the watch over the tests has cut this call off


@pytest.mark.parametrize(
    ("trusted", "address"),
    [
        ("127.0.0.1:{port}", "http://127.0.0.2:{port}/"),
        ("127.0.0.1:{port}", "http://localhost:{port}/"),
        ("localhost:{port}", "http://127.0.0.1:{port}/"),
        ("127.0.0.1:1{port}", "http://127.0.0.1:{port}/"),
        ("127.0.0.1", "http://127.0.0.1:{port}/"),
        (".:{port}", "http://127.0.0.1:{port}/"),
    ],
)
def test_trust_is_in_one_host_and_port(trusted, address, dialled):
    async def lookup(host, port):
        return ["127.0.0.1"]

    async def once():
        async with Web(LIMITS, [trusted.format(port=8123)], lookup) as web:
            with pytest.raises(FetchError):
                await web.get(address.format(port=8123))

    run(once())
    assert dialled == []


def test_a_trusted_name_may_be_anywhere():
    async def page(reader, writer):
        await path_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes")
        await writer.drain()

    async def lookup(host, port):
        return ["127.0.0.1"]

    async def once():
        async with raw(page) as place:
            trusted = f"Intranet.Example:{place.partition(':')[2]}"
            async with Web(LIMITS, [trusted], lookup) as web:
                return await web.get(f"http://{trusted.replace(':', '.:')}/a#b")

    assert run(once()).content == b"yes"
