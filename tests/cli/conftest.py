"""What tests of several commands use."""

import sys
from collections.abc import Callable

import pytest

from tests.cli.history_stage import NOW, epoch


@pytest.fixture
def history_now(monkeypatch: pytest.MonkeyPatch, use_zone: Callable[[str], None]) -> None:
    """The commands of the history are given at `NOW`, in UTC, with nobody to ask."""
    use_zone("UTC")
    monkeypatch.setattr(sys, "stdin", None)
    clocks = type("Clocks", (), {"wall": staticmethod(lambda: epoch(NOW))})
    monkeypatch.setattr("uncramp.cli.history_access.system_clocks", clocks)
