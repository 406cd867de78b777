"""Every test of the full screen draws for a terminal with all colours."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from tests.tui.idle import wait_for_idle
from uncramp.tui.app import UncrampApp

_PARSED: dict[tuple[object, ...], list[RuleSet]] = {}


@pytest.fixture(autouse=True)
def _parse_styles_once(monkeypatch: pytest.MonkeyPatch) -> None:
    # Each app would parse the same style sheets again.
    parse = Stylesheet._parse_rules

    def parse_once(self: Stylesheet, *source: Any, **others: Any) -> list[RuleSet]:
        key = (*source, *sorted(others.items()), *sorted(self._variables.items()))
        if key not in _PARSED:
            _PARSED[key] = parse(self, *source, **others)
        return _PARSED[key]

    monkeypatch.setattr(Stylesheet, "_parse_rules", parse_once)


@pytest.fixture(autouse=True)
def _wait_for_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("app", "pilot"):
        monkeypatch.setattr(f"textual.{module}.wait_for_idle", wait_for_idle)


@pytest.fixture(autouse=True)
def _all_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    for name in ("NO_COLOR", "TEXTUAL_THEME", "UNCRAMP_THEME", "COLORFGBG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def suspended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let another program have a terminal that is not there; tests/real has a real one."""

    @contextmanager
    def suspend(self: UncrampApp) -> Iterator[None]:
        yield

    monkeypatch.setattr(UncrampApp, "suspend", suspend)
