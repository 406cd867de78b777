"""`uncramp share`: what it says, and that the page is fetched at the address that it says."""

import io
import re
import sys
import urllib.request
from threading import Thread

import pytest

from uncramp.cli.main import main


class Heard(io.StringIO):
    """Standard output, of which the address is fetched as soon as it is written."""

    def __init__(self) -> None:
        super().__init__()
        self.page = b""
        self.fetching: Thread | None = None

    def write(self, text: str) -> int:
        found = re.search(r"http://127\S+", text)
        if found:
            self.fetching = Thread(target=self._fetch, args=(found[0],))
            self.fetching.start()
        return super().write(text)

    def isatty(self) -> bool:
        return True

    def _fetch(self, url: str) -> None:
        with urllib.request.urlopen(url, timeout=20) as answer:
            self.page = answer.read()


def test_the_page_is_fetched_at_the_address_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = Heard()
    monkeypatch.setattr(sys, "stdout", heard)
    # Without an encoder it is quick.
    monkeypatch.setattr("uncramp.cli.phone_export.has_encoder", lambda: False)
    assert main(["share", "sleep-setup", "--no-voice", "--address", "127.0.0.1"]) == 0
    assert heard.fetching is not None
    heard.fetching.join()
    assert heard.page.startswith(b"<!doctype html>")
    said = heard.getvalue()
    assert "Everybody on this network" in said and "It was fetched" in said
    assert "\u2580" in said


@pytest.mark.parametrize("address", ["203.0.113.7", "no address"])
def test_an_address_of_somebody_else_is_refused_before_the_page_is_made(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    def made(*_: object) -> None:
        pytest.fail("The page was made.")

    monkeypatch.setattr("uncramp.cli.commands.share.write_phone_page", made)
    status = main(["share", "sleep-setup", "--address", address])
    words = f"cannot be offered at {address}: this machine has no such address. Leave out --address"
    assert status == 2 and words in capsys.readouterr().err
