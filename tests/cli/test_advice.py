import subprocess
import sys

import pytest

from tests.cli.said import Said, at_terminal
from uncramp import advice
from uncramp.advice.leaflet import Leaflet
from uncramp.advice.safety import SAFETY


def words(text: str) -> str:
    return " ".join(text.split())


def test_safety_says_when_to_call_for_help_first(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "safety")
    assert said.status == 0
    assert said.lines[2] == "Call the emergency number now"
    for text in SAFETY.texts():
        assert text in words(said.out).replace(" - ", " ")


def test_safety_needs_no_settings_no_library_no_atlas_and_no_data_file() -> None:
    without = """
import sys
class Refusing:
    def find_spec(self, name, path=None, target=None):
        if name in {"uncramp.atlas", "uncramp.library.library", "uncramp.settings", "uncramp.audio",
                    "uncramp.system.routine_file", "uncramp.system.resources",
                    "uncramp.system.paths", "platformdirs"}:
            raise ImportError(name)
sys.meta_path.insert(0, Refusing())
import importlib.resources
def no_file(*_): raise FileNotFoundError
importlib.resources.files = no_file
from uncramp.cli.main import main
sys.exit(main(["safety"]))
"""
    told = subprocess.run(
        [sys.executable, "-c", without], capture_output=True, text=True, encoding="utf-8",
        check=False, env={"LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert "Call the emergency number now" in told.stdout
    assert told.stderr == ""


def test_safety_is_readable_where_only_ascii_is() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "uncramp", "safety"], capture_output=True, check=False,
        env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert b"38 to 40 degrees C" in told.stdout


def test_evidence_says_what_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    said = words(Said(capsys, "evidence").out)
    assert "Magnesium: little or no difference" in said
    assert "We found no trial that tested it." in said
    assert "doi 10.1016/S1836-9553(12)70068-1" in said


def test_advice_lists_its_pages(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "advice")
    named = [line.split()[0] for line in said.lines[: said.lines.index("")]]
    assert named == ["causes", "prevention", "sleep", "foot-pain", "safety", "evidence"]


@pytest.mark.parametrize("card", advice.load_cards(), ids=lambda card: card.id)
def test_each_card_opens(capsys: pytest.CaptureFixture[str], card: Leaflet) -> None:
    said = Said(capsys, "advice", card.id.upper())
    assert said.status == 0
    assert said.lines[0] == card.title
    for text in card.texts():
        assert text in words(said.out).replace(" - ", " ")


@pytest.mark.parametrize(("name", "told"), [("sleeping", "sleep"), ("zzz", "The pages are causes")])
def test_an_unknown_page(capsys: pytest.CaptureFixture[str], name: str, told: str) -> None:
    said = Said(capsys, "advice", name)
    assert (said.status, said.out) == (2, "")
    assert told in said.err


@pytest.mark.parametrize("columns", [20, 40, 200])
def test_a_page_fits_its_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("NO_COLOR", "1")
    at_terminal(monkeypatch)
    said = Said(capsys, "safety")
    assert max(map(len, said.lines)) <= min(columns, 78)


def test_headings_are_bold_on_a_terminal_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b" not in Said(capsys, "safety").out
    at_terminal(monkeypatch)
    assert "\x1b[1mCall the emergency number now\x1b[0m" in Said(capsys, "safety").lines
