"""The rooms hold: the contracts can fail, files stay small."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_FILE = 400

# One wrong import each, and the contract that must say so.
TRESPASSES = {
    "core/astray_clock.py": ("import time", "core.astray_clock", "time"),
    "core/astray_disk.py": ("from pathlib import Path", "core.astray_disk", "pathlib"),
    "core/astray_store.py": ("import sqlite3", "core.astray_store", "sqlite3"),
    "core/astray_room.py": ("import uncramp.atlas", "core.astray_room", "uncramp.atlas"),
    "core/toml/astray_routine.py": (
        "import uncramp.core.routine",
        "core.toml.astray_routine",
        "uncramp.core.routine",
    ),
    "core/plan/astray_run.py": (
        "import uncramp.core.run",
        "core.plan.astray_run",
        "uncramp.core.run",
    ),
    "library/astray_speech.py": (
        "import uncramp.speech",
        "library.astray_speech",
        "uncramp.speech",
    ),
    "runs/astray_session.py": ("import uncramp.session", "runs.astray_session", "uncramp.session"),
    "audio/astray_child.py": (
        "import uncramp.audio.child",
        "audio.astray_child",
        "uncramp.audio.child",
    ),
    "listening/astray_microphone.py": (
        "import uncramp.listening.microphone",
        "listening.astray_microphone",
        "uncramp.listening.microphone",
    ),
    "cli/commands/astray_command.py": (
        "import uncramp.cli.commands.check",
        "cli.commands.astray_command",
        "uncramp.cli.commands.check",
    ),
    "tui/astray_places.py": (
        "import uncramp.system.paths",
        "tui.astray_places",
        "uncramp.system.paths",
    ),
    "plain/astray_clock.py": ("import time", "plain.astray_clock", "time"),
    "session/astray_toml.py": ("import tomlkit", "session.astray_toml", "tomlkit"),
    "plain/astray_front.py": ("import uncramp.tui", "plain.astray_front", "uncramp.tui"),
    "plain/astray_screen.py": ("import textual", "plain.astray_screen", "textual"),
    "audio/astray_front.py": ("import uncramp.plain", "audio.astray_front", "uncramp.plain"),
    "atlas/astray_top.py": ("import uncramp.cli.main", "atlas.astray_top", "uncramp.cli.main"),
    "tui/astray_top.py": ("import uncramp.cli.main", "tui.astray_top", "uncramp.cli.main"),
}


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What import-linter says about a copy of the program with every trespass in it."""
    copy = tmp_path_factory.mktemp("trespass")
    shutil.copytree(ROOT / "src/uncramp", copy / "uncramp")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for path, (statement, _, _) in TRESPASSES.items():
        (copy / "uncramp" / path).write_text(f"{statement}\n", encoding="utf-8")
    (copy / "uncramp" / "astray.py").touch()
    told = _lint_imports(copy)
    assert told.returncode == 1, told.stderr
    return told.stdout


@pytest.mark.parametrize("path", TRESPASSES)
def test_a_trespass_is_told(complaints: str, path: str) -> None:
    _, importer, imported = TRESPASSES[path]
    assert any(
        line.strip().lstrip("- ").startswith(f"uncramp.{importer} -> {imported} ")
        or line.strip()
        .lstrip("- ")
        .startswith(f"Illegal import of {imported} by uncramp.{importer}")
        for line in complaints.splitlines()
    ), complaints


def test_a_room_without_a_floor_is_told(complaints: str) -> None:
    assert "uncramp.astray" in complaints or "- astray" in complaints, complaints


def test_the_contracts_hold() -> None:
    told = _lint_imports(ROOT)
    assert told.returncode == 0, told.stdout


def test_no_file_is_too_long_to_read() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for folder in ("src", "tests")
        for path in (ROOT / folder).rglob("*.py")
    }
    assert lengths
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def _lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    # A wide page, so that no line of the report is folded.
    where = os.pathsep.join([str(folder), str(folder / "src")])
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": where, "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
