"""What the docs name exists: paths, modules, classes, commands and settings."""

import importlib.util
import re
from pathlib import Path

import pytest

from uncramp.cli.main import main
from uncramp.settings.spec import SETTINGS

ROOT = Path(__file__).parents[1]
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
ROOTS = (ROOT, ROOT / "src" / "uncramp", ROOT / "docs", ROOT / "src" / "uncramp" / "data")
QUOTED = re.compile(r"`([^`\n]+)`")
FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
PLACE = re.compile(r"[\w.*-]+(?:/[\w.*-]+)+/?|[\w-]+/|[\w-]+\.(?:py|tcss|yml)")
CLASS = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)+|Session|Clocks")
SETTING = re.compile(r"(?:night|volume|sound|voice)\.\w+")

EXAMPLES = {"routines/NAME.toml", "export/", "8x20s/10s"}
"""Names that are examples, or planned and marked as such."""


def quoted_words() -> list[tuple[str, str]]:
    """Every word of the pages in backticks, with its page."""
    found = []
    for page in PAGES:
        for text in QUOTED.findall(FENCED.sub("", page.read_text("utf-8"))):
            found += [(page.name, word.rstrip(",")) for word in text.split()]
    return found


def exists(place: str) -> bool:
    """Is there such a file, folder or module below one of the roots?"""
    if "/" not in place:
        return any((ROOT / "src" / "uncramp").rglob(place))
    return any(
        next(root.glob(name), None) is not None
        for root in ROOTS
        for name in (place.rstrip("/"), f"{place}.py")
    )


def test_every_path_exists() -> None:
    places = {(page, word) for page, word in quoted_words() if PLACE.fullmatch(word)}
    assert len(places) >= 60
    lost = {(page, word) for page, word in places if word not in EXAMPLES and not exists(word)}
    assert not lost


def test_a_path_that_does_not_exist_is_noticed() -> None:
    assert exists("session/key_table.py")
    assert exists("core/toml/parser")
    assert not exists("commands/run.py")
    assert exists("spec.py")
    assert not exists("tui/place.py")
    assert not exists("place.py")


def test_every_module_that_is_run_exists() -> None:
    text = "\n".join(page.read_text("utf-8") for page in PAGES)
    modules = set(re.findall(r"python -m ([\w.]*\w)", text))
    assert "tests.house_report" in modules
    assert not {name for name in modules if importlib.util.find_spec(name) is None}


def test_every_class_exists() -> None:
    classes = {word for _, word in quoted_words() if CLASS.fullmatch(word)}
    source = "\n".join(file.read_text("utf-8") for file in (ROOT / "src").rglob("*.py"))
    assert {"RunOptions", "OwnData"} <= classes
    assert not {
        name for name in classes if not re.search(rf"^class {name}\b", source, re.MULTILINE)
    }


def test_every_setting_exists() -> None:
    words = {word for _, word in quoted_words() if SETTING.fullmatch(word)}
    assert "sound.delay" in words
    assert not words - {setting.name for setting in SETTINGS}


@pytest.mark.parametrize(
    "command",
    sorted(
        {
            match[1]
            for page in PAGES
            for match in re.finditer(r"`(?:uncramp|scripts/run) ([a-z][\w-]*)", page.read_text())
        }
    ),
)
def test_every_command_exists(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    if (ROOT / "routines" / f"{command}.toml").is_file():
        return
    with pytest.raises(SystemExit) as left:
        main([command, "--help"])
    assert left.value.code == 0
    assert f"uncramp {command}" in capsys.readouterr().out
