"""The offered page is fetched once by who has its address; nobody else gets anything."""

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import pytest

from uncramp.export.page_server import MOST_AT_ONCE, OfferEnding, PageServer, Patience
from uncramp.system.clocks import system_clocks

PAGE = b"<!doctype html>" + b"x" * 12_000_000
SHORT = Patience(offer_s=60.0, request_s=0.3, answer_s=0.5)


@contextmanager
def serving(patience: Patience = SHORT) -> Iterator[tuple[PageServer, "Future[OfferEnding]"]]:
    server = PageServer(PAGE, "r.html", "127.0.0.1", system_clocks().steady, patience)
    with ThreadPoolExecutor(1) as pool:
        ending = pool.submit(server.serve)
        yield server, ending
        # Whatever was done to it, it lives, and gives the page to the next who asks.
        while not ending.done() and PAGE not in refused(lambda: fetched(server)):
            pass
        assert ending.result(10) is OfferEnding.FETCHED


def place_of(server: PageServer) -> tuple[str, int, str]:
    host, _, path = server.url.removeprefix("http://").partition("/")
    name, _, port = host.partition(":")
    return name, int(port), f"/{path}"


def connected(server: PageServer) -> socket.socket:
    name, port, _ = place_of(server)
    return socket.create_connection((name, port), 10)


def request(server: PageServer, **other: str) -> bytes:
    name, port, path = place_of(server)
    host = other.get("host", f"{name}:{port}")
    line = f"{other.get('method', 'GET')} {other.get('path', path)} HTTP/1.1"
    return f"{line}\r\nHost: {host}\r\n\r\n".encode()


def told(client: socket.socket) -> bytes:
    """All that comes until the other end closes."""
    pieces = []
    try:
        while piece := client.recv(65_536):
            pieces.append(piece)
    except ConnectionResetError:
        pass
    return b"".join(pieces)


def fetched(server: PageServer, **other: str) -> bytes:
    with connected(server) as client:
        client.sendall(request(server, **other))
        return told(client)


def test_it_is_fetched_once() -> None:
    with serving() as (server, ending):
        found = fetched(server)
        assert found.startswith(b"HTTP/1.1 200 OK\r\n") and found.endswith(PAGE)
        assert b"\r\nCache-Control: private, max-age=" in found, "it is loaded only once"
        assert ending.result(10) is OfferEnding.FETCHED
        with pytest.raises(OSError):
            connected(server)


def test_the_path_cannot_be_guessed() -> None:
    with serving() as (one, _), serving() as (two, _):
        assert place_of(one)[2] != place_of(two)[2]
        assert len(place_of(one)[2].split("/")[1]) >= 22


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/"}, {"path": "/favicon.ico"}, {"path": "/../../etc/passwd"}, {"path": "*"},
        {"host": "evil.example"}, {"host": "127.0.0.1"}, {"host": ""}, {"method": "POST"},
        {"method": "HEAD"}, {"host": "a\r\nHost: b"},
    ],
)  # fmt: skip
def test_nobody_else_gets_anything(other: dict[str, str]) -> None:
    with serving() as (server, _):
        assert fetched(server, **other) == (
            b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )


ODD: list[bytes] = [
    b"",
    b"\r\n\r\n",
    b"\x00\xff" * 3_000,
    b"GET",
    b"x" * 100_000,
    b"GET / HTTP/1.1\r\n",
]


@pytest.mark.parametrize("data", ODD, ids=range(len(ODD)))
def test_what_is_no_request_gets_nothing(data: bytes) -> None:
    with serving() as (server, _), connected(server) as client:
        client.sendall(data)
        assert PAGE not in told(client)


def test_of_two_at_once_one_gets_it() -> None:
    with serving(Patience(answer_s=20.0)) as (server, _), connected(server) as slow:
        slow.sendall(request(server))
        assert slow.recv(12) == b"HTTP/1.1 200"
        assert b"404" in fetched(server)
        assert told(slow).endswith(PAGE)


def test_who_reads_too_slowly_does_not_keep_others_from_it() -> None:
    with serving() as (server, ending), connected(server) as slow:
        slow.sendall(request(server))
        assert slow.recv(12) == b"HTTP/1.1 200"
        # It is given up after a while, and then the next one gets the page.
        answers = iter(lambda: fetched(server), None)
        assert any(PAGE in answer for answer in answers)
        assert ending.result(10) is OfferEnding.FETCHED


def test_a_thousand_connections_are_outlived() -> None:
    with serving() as (server, _), ExitStack() as stack:
        before = threading.active_count()
        for _ in range(1_000):
            try:
                stack.enter_context(connected(server))
            except OSError:
                break
            assert threading.active_count() <= before + MOST_AT_ONCE + 1


def refused(ask: Callable[[], bytes]) -> bytes:
    """What is answered; nothing, where the connection is refused."""
    try:
        return ask()
    except OSError:
        return b""


def test_nobody_came() -> None:
    server = PageServer(PAGE, "r.html", "127.0.0.1", system_clocks().steady, Patience(offer_s=0.1))
    assert server.serve() is OfferEnding.TIME
