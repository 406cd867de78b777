"""Every test of the full screen draws for a terminal of all colours, whatever it is started on."""

import pytest


@pytest.fixture(autouse=True)
def _all_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    for name in ("NO_COLOR", "TEXTUAL_THEME", "UNCRAMP_THEME", "COLORFGBG"):
        monkeypatch.delenv(name, raising=False)
