"""`scripts/run` and `scripts/test` in a fresh copy, once, from anywhere, and lacking something."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the scripts are for a POSIX shell")


@pytest.fixture(scope="module")
def started(
    tmp_path_factory: pytest.TempPathFactory, outer_environment: dict[str, str]
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A copy of the checkout in a folder with a space in its name, and its first start."""
    copy = _copied(tmp_path_factory.mktemp("a fresh") / "check out")
    return copy, _start(copy / "scripts/run", ["--help"], outer_environment)


def test_the_first_start_says_what_it_does_in_one_line(
    started: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    copy, first = started
    assert first.returncode == 0, first.stderr
    assert "usage: uncramp" in first.stdout
    (line,) = first.stderr.splitlines()
    assert line.startswith("Setting up with python3")
    assert str(copy) in line


def test_the_second_start_does_nothing_again(
    started: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    copy, _ = started
    # A pip, a venv or a uv would need a Python, and there is none on this path.
    told = _start(copy / "scripts/run", ["--help"], {"PATH": _few_tools(tmp_path)})
    assert (told.returncode, told.stderr) == (0, "")
    assert "usage: uncramp" in told.stdout


def test_it_starts_through_a_link_from_any_folder(
    started: tuple[Path, subprocess.CompletedProcess[str]],
    tmp_path: Path,
    outer_environment: dict[str, str],
) -> None:
    copy, _ = started
    near = copy / "scripts" / "near"
    near.symlink_to("run")
    far = tmp_path / "far away"
    far.symlink_to(near)
    told = _start(far, ["--help"], outer_environment, folder=tmp_path)
    near.unlink()
    assert (told.returncode, told.stderr) == (0, "")


def test_arguments_are_passed_on_as_they_are(
    started: tuple[Path, subprocess.CompletedProcess[str]], outer_environment: dict[str, str]
) -> None:
    copy, _ = started
    told = _start(copy / "scripts/run", ["check", "no such.toml"], outer_environment)
    assert told.returncode == 2
    assert "no such.toml" in told.stdout + told.stderr


def test_an_interrupted_set_up_is_begun_anew(
    started: tuple[Path, subprocess.CompletedProcess[str]],
    tmp_path: Path,
    outer_environment: dict[str, str],
) -> None:
    copy = _copied(tmp_path / "broken off")
    half_made = copy / ".venv" / "bin"
    half_made.mkdir(parents=True)
    (half_made / "python").symlink_to(sys.executable)
    ended = subprocess.Popen(["true"])
    ended.wait()
    (copy / ".venv.unfinished").write_text(f"{ended.pid}\n")
    told = _start(copy / "scripts/run", ["--help"], outer_environment)
    assert told.returncode == 0, told.stderr
    assert "usage: uncramp" in told.stdout
    assert not (copy / ".venv.unfinished").exists()


def test_a_set_up_under_way_is_left_alone(tmp_path: Path) -> None:
    copy = _copied(tmp_path / "busy")
    (copy / ".venv.unfinished").write_text(f"{os.getpid()}\n")
    told = _start(copy / "scripts/run", [], {"PATH": _few_tools(tmp_path)})
    assert told.returncode == 1
    assert "still setting up" in told.stderr
    assert not (copy / ".venv").exists()


def test_without_venv_it_names_the_package(tmp_path: Path) -> None:
    python = f'#!/bin/sh\ncase $2 in *ensurepip*) exit 1 ;; esac\nexec "{sys.executable}" "$@"\n'
    told = _first_start_with(tmp_path, python)
    assert told.returncode == 1
    (line,) = told.stderr.splitlines()
    assert "apt install python3-venv" in line


def test_with_an_old_python_it_names_the_package(tmp_path: Path) -> None:
    python = "#!/bin/sh\ncase $2 in *platform*) echo python3 is 3.9.2 ;; *) exit 1 ;; esac\n"
    told = _first_start_with(tmp_path, python)
    assert told.returncode == 1
    (line,) = told.stderr.splitlines()
    assert "3.11 or newer" in line
    assert "python3 is 3.9.2" in line
    assert "apt install python3" in line


def test_without_any_python_it_names_the_package(tmp_path: Path) -> None:
    told = _first_start_with(tmp_path, None)
    assert told.returncode == 1
    (line,) = told.stderr.splitlines()
    assert "there is no python3" in line


def test_what_the_installer_says_is_shown_when_it_fails(
    tmp_path: Path, outer_environment: dict[str, str]
) -> None:
    copy = _copied(tmp_path / "failing")
    pyproject = copy / "pyproject.toml"
    pyproject.write_text(
        pyproject.read_text("utf-8").replace("hatchling.build", "no_such.build"), "utf-8"
    )
    told = _start(copy / "scripts/run", [], outer_environment)
    assert told.returncode == 1
    assert "no_such" in told.stderr
    assert told.stderr.splitlines()[-1].startswith("Setting up failed")


def test_an_unknown_group_is_answered_with_the_groups() -> None:
    told = _start(ROOT / "scripts/test", ["untis"], dict(os.environ))
    assert told.returncode == 2
    assert 'There is no group "untis"' in told.stderr
    assert "unit" in told.stderr


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("true", 1)])
def test_a_group_left_out_is_named_and_fails_only_in_ci(
    tmp_path: Path, ci: str, status: int
) -> None:
    copy = _copied(tmp_path / "lacking")
    _pretend_ready(copy)
    told = _start(copy / "scripts/test", ["shell"], {"PATH": _few_tools(tmp_path), "CI": ci})
    assert told.returncode == status, told.stderr
    assert "LEFT OUT: this machine has no shellcheck" in told.stdout
    closing = told.stdout.splitlines()[-1]
    assert closing == f"groups: 0 passed, {status} failed, {1 - status} skipped"


def _pretend_ready(copy: Path) -> None:
    binaries = copy / ".venv" / "bin"
    binaries.mkdir(parents=True)
    for name in ("python", "uncramp"):
        (binaries / name).symlink_to(sys.executable)
    stamp = f"{copy.resolve()}\ntest\n{(copy / 'pyproject.toml').read_text('utf-8')}"
    (copy / ".venv/installed-for-test").write_text(stamp, "utf-8")


def _first_start_with(tmp_path: Path, python: str | None) -> subprocess.CompletedProcess[str]:
    tools = _few_tools(tmp_path)
    if python is not None:
        named = Path(tools) / "python3"
        named.write_text(python, "utf-8")
        named.chmod(0o755)
    copy = _copied(tmp_path / "copy")
    return _start(copy / "scripts/run", [], {"PATH": tools})


def _few_tools(tmp_path: Path) -> str:
    """A search path that has what a bare system has, and no Python, uv or shellcheck."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in ("cat", "cmp", "readlink", "rm"):
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    return str(folder)


def _copied(copy: Path) -> Path:
    copy.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    for name in ("scripts", "src", "routines", "sounds"):
        shutil.copytree(ROOT / name, copy / name)
    return copy


def _start(
    script: Path, arguments: list[str], environment: dict[str, str], folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [script, *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
