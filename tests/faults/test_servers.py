"""A hostile, slow or broken server costs its limit and one line, and never more."""

import asyncio
import os
import re
import resource
import socket
import ssl
import struct
import subprocess
import sys
import time
from asyncio.subprocess import PIPE, STDOUT
from typing import NamedTuple

import pytest

from etl.sources.web import FetchError, Limits, Web
from tests.conftest import DIALLED, outside
from tests.faults import chosen
from tests.faults.servers import OK, SIZE, Drip, Endless, Hang, Hostile, Packed, Reset, bomb, head, hostile
from tests.faults.serving import path_of, raw, run
from tests.making import ROOT

FEW = 12
LIMITS = Limits(seconds=1, size=SIZE, tries=1, patience=2)
AT_ONCE = 50
SLACK = 3  # seconds that a busy machine may be late
MEMORY = 40_000_000  # bytes: less than one bomb unpacks to
FOUND = head(OK, "Content-Length: 3") + b"yes"
NOTHING = head("404 No", "Content-Length: 0", "Connection: close")
# Asks places on the command line, in a process that trusts the certificate that its environment names.
CLIENT = """
import asyncio, sys
from etl.sources.web import FetchError, Limits, Web

async def main():
    async with Web(Limits(seconds=1, tries=1), sys.argv[1:]) as web:
        for place in sys.argv[1:]:
            try:
                print((await web.get(f"https://{place}/")).content.decode())
            except FetchError as error:
                print(error)

asyncio.run(main())
"""


class Outcome(NamedTuple):
    """What became of asking a server: why it gave nothing, and the seconds that it took."""

    error: Exception | None
    seconds: float


def pytest_generate_tests(metafunc):
    if "server" in metafunc.fixturenames:
        servers = chosen(hostile(), metafunc.config, FEW)
        metafunc.parametrize("server", servers, ids=[server.name for server in servers])


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """The file of a key and of the certificate that it signs for itself, for 127.0.0.1."""
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    made = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=here -addext subjectAltName=IP:127.0.0.1"
    subprocess.run([*made.split(), "-keyout", path, "-out", path.with_name("one.pem")], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + path.with_name("one.pem").read_bytes())
    return path


@pytest.fixture(scope="session")
def tls(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture(scope="module")
def outcomes(request, tls):
    """What became of each server; they were asked beside each other."""
    servers = chosen(hostile(), request.config, FEW)
    for form in {step.form for server in servers for step in server.steps if isinstance(step, Packed)}:
        bomb(form)

    async def everything():
        few = asyncio.Semaphore(AT_ONCE)
        return await asyncio.gather(*[asked(server, tls, few) for server in servers])

    DIALLED.clear()
    before = peak()
    found = dict(zip([server.name for server in servers], run(everything()), strict=True))
    assert [place for place in DIALLED if outside(place)] == []
    assert peak() - before < MEMORY
    return found


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1_024


async def asked(server: Hostile, tls, few: asyncio.Semaphore) -> Outcome:
    async def handle(reader, writer):
        path = "/" if server.tls in ("silent", "garbage") else await path_of(reader)
        hostile_here = (path == "/robots.txt") == (server.at == "robots.txt")
        await play(server.steps if hostile_here else (NOTHING,), path, writer)

    scheme = "http" if server.tls == "none" else "https"
    encrypted = tls if server.tls == "self-signed" else None
    async with few, raw(handle, encrypted) as place, Web(LIMITS, [place]) as web:
        began = time.monotonic()
        try:
            await web.get(f"{scheme}://{place}/")
        except Exception as error:
            return Outcome(error, time.monotonic() - began)
        return Outcome(None, time.monotonic() - began)


async def play(steps, path: str, writer: asyncio.StreamWriter) -> None:
    """Send what a server sends, and close."""
    for step in steps:
        match step:
            case Drip(content, gap):
                for byte in content:
                    await send(writer, bytes([byte]))
                    await asyncio.sleep(gap)
            case Endless(content, gap):
                while True:
                    await send(writer, content)
                    await asyncio.sleep(gap)
            case Packed(form):
                await send(writer, bomb(form))
            case Hang():
                await asyncio.Event().wait()
            case Reset():
                await asyncio.sleep(0.05)  # what was sent before is read before
                linger = struct.pack("ii", 1, 0)
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                return
            case _:
                await send(writer, step.replace(b"{path}", path.encode()))
    writer.close()
    await writer.wait_closed()


async def send(writer: asyncio.StreamWriter, content: bytes) -> None:
    writer.write(content)
    await writer.drain()


def test_a_hostile_server_is_given_up(server, outcomes):
    outcome = outcomes[server.name]
    assert isinstance(outcome.error, FetchError)
    assert re.search(server.says, str(outcome.error))
    assert str(outcome.error).isprintable()
    assert outcome.seconds < LIMITS.seconds + SLACK


def test_there_are_at_least_100_hostile_servers():
    assert len({server.name for server in hostile()}) == len(hostile()) >= 100


def test_what_is_encrypted_is_read_within_the_same_limits(certificate, tls):
    async def page(reader, writer):
        await play((NOTHING if await path_of(reader) == "/robots.txt" else FOUND,), "/", writer)

    async def drip(reader, writer):
        steps = (NOTHING,) if await path_of(reader) == "/robots.txt" else (head(), Drip(b"x" * 99, 0.1))
        await play(steps, "/", writer)

    async def once():
        async with raw(page, tls) as good, raw(drip, tls) as slow:
            command = (sys.executable, "-Wd", "-c", CLIENT, good, slow)
            environment = {**os.environ, "SSL_CERT_FILE": str(certificate), "PYTHONPATH": str(ROOT)}
            client = await asyncio.create_subprocess_exec(*command, env=environment, stdout=PIPE, stderr=STDOUT)
            return (await client.communicate())[0].decode().splitlines()

    assert run(once()) == ["yes", "its answer takes longer than 1 s"]


@pytest.mark.parametrize("steps", [(), (head()[:-2],), (head(), b"x")], ids=["answer", "head", "body"])
def test_a_fetch_that_is_called_off_leaves_nothing_open(steps):
    left = []

    async def once():
        waiting = asyncio.Event()

        async def hang(reader, writer):
            if await path_of(reader) == "/robots.txt":
                return await play((NOTHING,), "/", writer)
            for step in steps:
                await send(writer, step)
            waiting.set()
            left.append(await reader.read())
            return None

        async with raw(hang) as place, Web(trusted=[place]) as web:
            fetching = asyncio.create_task(web.get(f"http://{place}/"))
            await waiting.wait()
            fetching.cancel()
            with pytest.raises(asyncio.CancelledError):
                await fetching
            while not left:
                await asyncio.sleep(0)

    run(once())
    assert left == [b""]
