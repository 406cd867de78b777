"""One page offered on the local network: to the first client, and only for a while.

It knows only one HTTP request for one path. Anything else gets an answer without
content, or none. Whatever a client does, a bounded number of threads waits a bounded time.
"""

import hmac
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from secrets import token_urlsafe

from uncramp.core.lazy.dataclass import dataclass

MOST_AT_ONCE = 16
"""The most connections at a time; more are closed at once."""
_LONGEST_REQUEST = 8_192
_PIECE = 65_536
_NOT_HERE = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class OfferEnding(Enum):
    """Why a page is no longer offered."""

    FETCHED = "fetched"
    TIME = "time"
    """Nobody fetched it in time."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long it waits, in seconds."""

    offer_s: float = 600.0
    request_s: float = 5.0
    """For a whole request."""
    answer_s: float = 120.0
    """For the client to take the whole page."""


class PageServer:
    """Offers `page` at `address`, from the moment it is made until `serve` returns."""

    def __init__(
        self,
        page: bytes,
        name: str,
        address: str,
        clock: Callable[[], float],
        patience: Patience | None = None,
    ) -> None:
        """`name` ends the path; `clock` gives seconds. Raises OSError if it cannot listen there."""
        self._page = page
        self._clock = clock
        self._patience = patience or Patience()
        self._listener = socket.create_server((address, 0), backlog=1_024)
        port = self._listener.getsockname()[1]
        self._host = f"{address}:{port}"
        self._path = f"/{token_urlsafe(16)}/{name}"
        self._seats = threading.BoundedSemaphore(MOST_AT_ONCE)
        self._page_lock = threading.Lock()
        self._is_fetched = threading.Event()

    @property
    def url(self) -> str:
        """The page's address."""
        return f"http://{self._host}{self._path}"

    def serve(self) -> OfferEnding:
        """Offer the page until it is fetched or the time is over."""
        end_s = self._clock() + self._patience.offer_s
        self._listener.settimeout(0.2)
        try:
            while not self._is_fetched.is_set():
                if self._clock() >= end_s:
                    return OfferEnding.TIME
                try:
                    client, _ = self._listener.accept()
                except TimeoutError:
                    continue
                except OSError:
                    # The client has gone, or the machine has no file left for it.
                    self._is_fetched.wait(0.05)
                    continue
                self._seat(client)
            return OfferEnding.FETCHED
        finally:
            self._listener.close()

    def _seat(self, client: socket.socket) -> None:
        """Listen to a client in a separate thread, if one can be started."""
        if not self._seats.acquire(blocking=False):
            client.close()
            return
        try:
            threading.Thread(target=self._attend, args=(client,), daemon=True).start()
        except RuntimeError:
            # The machine has no thread left.
            self._seats.release()
            client.close()

    def _attend(self, client: socket.socket) -> None:
        try:
            with client, suppress(OSError):
                self._answer(client)
        finally:
            self._seats.release()

    def _answer(self, client: socket.socket) -> None:
        request = self._request(client)
        if request is None:
            return
        # Of two clients at the same time one gets it; if that fails, another may.
        if self._is_for_the_page(request) and self._page_lock.acquire(blocking=False):
            try:
                if not self._is_fetched.is_set() and self._send(client):
                    self._is_fetched.set()
                    return
            finally:
                self._page_lock.release()
        client.settimeout(1.0)
        client.sendall(_NOT_HERE)

    def _request(self, client: socket.socket) -> list[bytes] | None:
        """The lines of a request's head; None if it is not one."""
        end_s = self._clock() + self._patience.request_s
        head = b""
        while b"\r\n\r\n" not in head:
            left_s = end_s - self._clock()
            if left_s <= 0 or len(head) > _LONGEST_REQUEST:
                return None
            client.settimeout(left_s)
            piece = client.recv(4_096)
            if not piece:
                return None
            head += piece
        return head.partition(b"\r\n\r\n")[0].split(b"\r\n")

    def _is_for_the_page(self, request: list[bytes]) -> bool:
        words = request[0].split(b" ")
        hosts = [
            value.strip()
            for name, _, value in (line.partition(b":") for line in request[1:])
            if name.strip().lower() == b"host"
        ]
        # Another name with this address could belong to a page that wants to read this one.
        return (
            len(words) == 3
            and words[0] == b"GET"
            and words[2].startswith(b"HTTP/1.")
            and hmac.compare_digest(words[1], self._path.encode())
            and hosts == [self._host.encode()]
        )

    def _send(self, client: socket.socket) -> bool:
        """Send the page. Did the client take all of it?"""
        # The phone may keep it: a browser that put its tab away has nowhere to load it from again.
        head = (
            "HTTP/1.1 200 OK\r\n"
            "Content-Type: text/html; charset=utf-8\r\n"
            f"Content-Length: {len(self._page)}\r\n"
            "Cache-Control: private, max-age=31536000\r\n"
            "X-Content-Type-Options: nosniff\r\n"
            "Referrer-Policy: no-referrer\r\n"
            "Connection: close\r\n\r\n"
        )
        end_s = self._clock() + self._patience.answer_s
        data = memoryview(head.encode() + self._page)
        while data:
            left_s = end_s - self._clock()
            if left_s <= 0:
                return False
            client.settimeout(left_s)
            data = data[client.send(data[:_PIECE]) :]
        # Some of it may still be on its way: the client closes once it has all of it.
        client.shutdown(socket.SHUT_WR)
        client.settimeout(max(min(end_s - self._clock(), 10.0), 0.1))
        try:
            client.recv(1)
        except TimeoutError:
            pass
        except OSError:
            return False
        return True


def check_address(address: str) -> None:
    """Raise OSError or UnicodeError if this machine cannot offer anything at `address`."""
    socket.getaddrinfo(address, 0, socket.AF_INET)
    socket.create_server((address, 0)).close()


def local_address() -> str | None:
    """This machine's address on its network, such as 192.168.1.20; None if it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: the system only says from where it would be (address: RFC 5737).
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address: str = probe.getsockname()[0]
    return None if address.startswith("127.") or address == "0.0.0.0" else address
