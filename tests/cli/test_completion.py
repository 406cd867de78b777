"""`uncramp completion`: the scripts, in the shells that are on this machine."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.said import Said
from uncramp.cli.completion import SHELLS, script
from uncramp.cli.overview import COMMANDS
from uncramp.cli.parser import whole_parser
from uncramp.library.trash import throw_away
from uncramp.system import paths
from uncramp.system.files import private_folder

CASES = {
    "uncramp bedt": "bedtime bedtime-light bedtime-stretch bedtime-warm-soak",
    "uncramp expo": "export",
    "uncramp --n": "--night",
    "uncramp run my-": "my-own",
    "uncramp run bedtime --without cov": "cover-up",
    "uncramp run bedtime --time fo": "foot-soak=",
    "uncramp bedtime --speed 20 --time fo": "foot-soak=",
    "uncramp bedtime --pla": "--plain",
    "uncramp run ./mine.toml --without st": "stand-up",
    "uncramp config set night.f": "night.from",
    "uncramp config un": "unset",
    "uncramp config set theme oce": "ocean",
    "uncramp config set animations t": "true",
    "uncramp trash restore g": "gone",
    "uncramp run bedtime --side l": "left",
    "uncramp me --set preg": "pregnant",
    "uncramp point KD": "KD1 KD3",
    "uncramp advice ca": "causes",
    "uncramp completion f": "fish",
    "uncramp timer 5m --vol": "--volume",
    "uncramp run min": "mine.toml",
    "uncramp ctl pa": "pause",
    "uncramp status --escape po": "polybar",
}
"""What is typed, and what it may become."""

_BASH = """
source ./script
source ./script
while IFS= read -r line; do
  COMP_WORDS=($line) COMP_CWORD=$(( $(wc -w <<<"$line") - 1 )) COMPREPLY=()
  _uncramp 2>/dev/null
  echo "${COMPREPLY[*]}"
done < cases
"""
_FISH = """
source ./script
source ./script
while read -l line
  string join -- ' ' (complete -C $line | string replace -r '\\t.*' '')
end < cases
"""

_ZSH = """
PS1= ZLE_RPROMPT_INDENT=0
fpath=($PWD $fpath)
autoload -Uz compinit
compinit -u -D
setopt no_auto_list no_beep
typeset -aU test_found
compadd() {
  # What only asks is answered; all else is written down, and said to have been added.
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)' '* ]]; then builtin compadd "$@"; return; fi
  local -a test_hits
  builtin compadd -A test_hits "$@"
  test_found+=($test_hits)
  (($#test_hits))
}
ask() {
  local test_line
  while IFS= read -r test_line; do
    test_found=() BUFFER=$test_line CURSOR=$#test_line
    zle complete-word
    print -r -- $test_found >>told
  done <cases
  exit
}
zle -N zle-line-init ask
"""
"""A `.zshrc` that completes each case at the first prompt, and leaves. zsh completes only there."""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a routine, another routine in the library, and a command `uncramp`."""
    program = tmp_path / "bin" / "uncramp"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m uncramp "$@"\n', "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    routine = 'title = "Mine"\n[[steps]]\nname = "Stand up"\nopen = true\n'
    (tmp_path / "mine.toml").write_text(routine, "utf-8")
    private_folder(paths.routines_folder())
    (paths.routines_folder() / "my-own.toml").write_text(routine, "utf-8")
    gone = paths.routines_folder() / "gone.toml"
    gone.write_text(routine, "utf-8")
    throw_away(gone, paths.trash_folder(), 1_795_262_400.0)
    (tmp_path / "cases").write_text("".join(f"{line}\n" for line in CASES), "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("shell", "asks"), [("bash", _BASH), ("fish", _FISH)], ids=["bash", "fish"]
)
def test_the_shell_completes_what_is_typed(shell: str, asks: str, place: Path) -> None:
    # Both are also read a second time, as by a shell's own file that is read again.
    if shutil.which(shell) is None or sys.platform == "win32":
        pytest.skip(f"this machine has no {shell}")
    (place / "script").write_text(script(whole_parser(), shell), "utf-8")
    told = subprocess.run(
        [shell, "-c", asks], cwd=place, capture_output=True, text=True, check=False, timeout=60
    )
    found = [" ".join(sorted(line.split())) for line in told.stdout.splitlines()]
    assert dict(zip(CASES, found, strict=True)) == CASES
    assert told.stderr == ""


def test_zsh_completes_what_is_typed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("zsh") is None or sys.platform == "win32":
        pytest.skip("this machine has no zsh")
    (place / "_uncramp").write_text(script(whole_parser(), "zsh"), "utf-8")
    (place / ".zshrc").write_text(_ZSH, "utf-8")
    monkeypatch.setenv("ZDOTDIR", str(place))
    monkeypatch.setenv("TERM", "xterm")
    ours, its = os.openpty()
    with subprocess.Popen(["zsh", "-d", "-i"], cwd=place, stdin=its, stdout=its, stderr=its) as zsh:
        os.close(its)
        said = b"".join(iter(lambda: _read(ours), b""))
        os.close(ours)
    assert zsh.returncode == 0, said.decode()
    told = (place / "told").read_text("utf-8")
    found = [" ".join(sorted(line.split())) for line in told.splitlines()]
    assert dict(zip(CASES, found, strict=True)) == CASES


def _read(terminal: int) -> bytes:
    """What was written to a terminal; empty when all who could write have left."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_one_that_the_shell_can_read(shell: str, tmp_path: Path) -> None:
    file = tmp_path / "script"
    made = script(whole_parser(), shell)
    file.write_text(made, "utf-8")
    assert all(name in made for name in COMMANDS)
    assert "uncramp completion --list" in made
    if shutil.which(shell) is not None:
        told = subprocess.run([shell, "-n", str(file)], capture_output=True, check=False)
        assert (told.returncode, told.stderr) == (0, b"")


def test_what_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    ids = Said(capsys, "completion", "--list", "ids").lines
    assert "bedtime" in ids
    assert ids == sorted(ids)
    steps = Said(capsys, "completion", "--list", "steps", "--", "run", "bedtime", "--spe").lines
    times = Said(capsys, "completion", "--list", "times", "--", "run", "bedtime").lines
    assert {"fill-and-test-the-basin", "foot-soak"} <= set(steps)
    assert "foot-soak=" in times
    assert "fill-and-test-the-basin=" not in times, "it lasts until the person says so"
    for word in steps:
        assert Said(capsys, "show", "bedtime", "--without", word).status == 0, word
    none = Said(capsys, "completion", "--list", "steps", "--", "run", "nothing")
    assert (none.status, none.out) == (0, "")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), 'Say for which shell. Write "bash", "zsh" or "fish".'),
        (("Bahs",), '"Bahs" is not a shell it can complete for. Write "bash".'),
        (("tcsh",), 'Write "bash", "zsh" or "fish".'),
    ],
)
def test_another_shell_is_answered(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = Said(capsys, "completion", *words)
    assert (said.status, said.out) == (2, "")
    assert told in said.err


def test_without_shtab_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "shtab", None)
    said = Said(capsys, "completion", "bash")
    assert (said.status, said.out) == (2, "")
    assert "needs the Python package shtab" in said.err
