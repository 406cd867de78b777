"""`uncramp share`: the page for a phone, offered on the local network until it is fetched."""

import errno
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from uncramp.cli.arguments import Arguments
from uncramp.cli.export_words import export_words
from uncramp.cli.phone_export import write_phone_page
from uncramp.cli.routine_plan import routine_plan
from uncramp.core.text.safe_text import shown
from uncramp.export.draft import CannotExport
from uncramp.export.page_server import OfferEnding, PageServer, check_address, local_address
from uncramp.plain.output import Drawing, complain, write
from uncramp.system.clocks import system_clocks
from uncramp.system.os_errors import reason_of

NOT_FETCHED = 1


def share(asked: Arguments) -> int:
    """Offer the page. 0: fetched, 1: not fetched in time, 2: it could not be offered."""
    found = routine_plan(asked)
    if found is None:
        return 2
    name = f"{found.entry.id}.html"
    address = asked.address or local_address()
    if address is None:
        return complain("This machine is on no network. Connect it to the phone's, and try again.")
    try:
        # Making the page takes a while.
        check_address(address)
    except (OSError, UnicodeError) as error:
        return _refused(address, error)
    with TemporaryDirectory(prefix="uncramp-") as folder:
        file = Path(folder) / name
        asked.force = False
        try:
            write_phone_page(file, found.answer, found.plan, found.settings, asked)
        except CannotExport as problem:
            return complain(export_words(problem, file))
        page = file.read_bytes()
    return _offer(page, name, address)


def _offer(page: bytes, name: str, address: str) -> int:
    try:
        server = PageServer(page, name, address, system_clocks().steady)
    except (OSError, UnicodeError) as error:
        return _refused(address, error)
    write(_words(server.url))
    if server.serve() is OfferEnding.FETCHED:
        write(
            [
                "It was fetched, and is not offered any more. To be sure of it, save or download "
                "it on the phone by its browser's menu."
            ]
        )
        return 0
    write(["Nobody fetched it in ten minutes. It is not offered any more."])
    return NOT_FETCHED


def _refused(address: str, error: OSError | UnicodeError) -> int:
    is_elsewhere = getattr(error, "errno", None) == errno.EADDRNOTAVAIL
    if is_elsewhere or isinstance(error, UnicodeError | socket.gaierror):
        reason = "this machine has no such address"
    else:
        reason = reason_of(error)
    how = "Leave out --address, or name this machine's own address on the phone's network."
    return complain(f"The page cannot be offered at {shown(address)}: {reason}. {how}")


def _words(url: str) -> Iterator[str]:
    """What to do. The code and the address come last, so that 24 rows show both."""
    yield (
        "Everybody on this network who has the address can fetch the page, once. It travels "
        "unencrypted. It is offered until then, or for ten minutes; Ctrl-C ends it."
    )
    yield ""
    if sys.stdout.isatty():
        yield from map(Drawing, _qr_lines(url))
        yield ""
    yield "Open this address on the phone, which has to be on the same network:"
    yield url


def _qr_lines(url: str) -> Iterator[str]:
    """The address as a QR code: two rows of it in each line, dark on its own background."""
    try:
        import segno
    except ImportError:
        return

    rows = [list(row) for row in segno.make(url, error="l", micro=False).matrix_iter(border=2)]
    if len(rows) % 2:
        rows.append([0] * len(rows[0]))
    signs = {(0, 0): " ", (0, 1): "▄", (1, 0): "▀", (1, 1): "█"}
    for upper, lower in zip(rows[::2], rows[1::2], strict=True):
        line = "".join(signs[bool(a), bool(b)] for a, b in zip(upper, lower, strict=True))
        yield f"\x1b[30;107m{line}\x1b[0m"
