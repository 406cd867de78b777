"""What a person gets by installing: a wheel made from the source archive, and nothing around it."""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def built(
    tmp_path_factory: pytest.TempPathFactory, outer_environment: dict[str, str]
) -> tuple[Path, Path]:
    """The source archive, and the wheel that is made from it."""
    folder = tmp_path_factory.mktemp("built")
    _succeed([sys.executable, "-m", "build", "--outdir", folder, ROOT], outer_environment)
    (archive,), (wheel,) = folder.glob("*.tar.gz"), folder.glob("*.whl")
    return archive, wheel


@pytest.fixture(scope="module")
def program(
    built: tuple[Path, Path],
    tmp_path_factory: pytest.TempPathFactory,
    outer_environment: dict[str, str],
) -> Path:
    """The command, installed from the wheel into a new environment."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=True)
    binaries = folder / ("Scripts" if sys.platform == "win32" else "bin")
    _succeed([binaries / "python", "-m", "pip", "install", "--quiet", built[1]], outer_environment)
    return binaries / "uncramp"


def test_the_source_archive_holds_what_a_packager_needs(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {
        "LICENSE",
        "README.md",
        "CHANGELOG.md",
        "docs/architecture.md",
        "routines/bedtime.toml",
        "scripts/test",
        "src/uncramp/__init__.py",
        "tests/test_wheel.py",
    }
    assert wanted <= names
    assert _under(names, "sounds/") == _in_checkout("sounds")


def test_the_wheel_holds_every_bundled_routine_and_sound(built: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(built[1]) as wheel:
        names = set(wheel.namelist())
    for folder in ("routines", "sounds"):
        assert _in_checkout(folder) == {
            name.removeprefix("uncramp/_bundled/")
            for name in _under(names, f"uncramp/_bundled/{folder}/")
        }
    assert not any(name.startswith("tests/") for name in names)


def test_the_installed_program_lists_its_routines(program: Path, tmp_path: Path) -> None:
    told = _in_an_empty_folder([program, "list"], tmp_path)
    assert told.returncode == 0, told.stderr
    assert "bedtime" in told.stdout
    assert "acute-calf" in told.stdout


def test_the_installed_program_finishes_bedtime(program: Path, tmp_path: Path) -> None:
    told = _in_an_empty_folder([program, "run", "bedtime", "--plain", "--speed", "600"], tmp_path)
    assert told.returncode == 0, told.stderr
    assert "finished" in told.stdout.splitlines()[-1].casefold()


def _in_an_empty_folder(
    command: list[str | Path], folder: Path
) -> subprocess.CompletedProcess[str]:
    assert not list(folder.iterdir())
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def _in_checkout(folder: str) -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return {name for name in listed if (ROOT / name).is_file()}


def _under(names: set[str], folder: str) -> set[str]:
    return {name for name in names if name.startswith(folder) and not name.endswith("/")}


def _succeed(command: list[str | Path], environment: dict[str, str]) -> None:
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
