"""What each command may load before it has answered: counts, because times are the machine's.

One more module seldom matters. If a number has grown by ten, a command now loads a package that it
does not need: import that at its first use, or raise the number here and say why in the commit.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

SCREEN_AND_SOUND = ("textual", "rich", "miniaudio")
UNASKED = (*SCREEN_AND_SOUND, "uncramp.listening", "uncramp.core.claps", "uncramp.audio.sound_log")
"""Nobody has asked the run for a screen, for sound or to listen."""
SLOW = (*SCREEN_AND_SOUND, "dataclasses", "inspect", "difflib", "tomli_w", "tomlkit", "asyncio")
"""Each takes as long to load as a quick command's own modules."""
PARSES = (*SLOW, "argparse", "gettext", "locale")
"""What the reading of a usual command line must not load either."""
READS_NO_TOML = (*PARSES, "tomllib")
READS_NO_OPTIONS = (*READS_NO_TOML, "re", "typing", "pathlib")

BUDGETS = {
    "--version": (["--version"], 5, READS_NO_OPTIONS),
    "--help": (["--help"], 6, READS_NO_OPTIONS),
    "where": (["where"], 26, READS_NO_TOML),
    "completion --list": (["completion", "--list", "ids"], 28, (*READS_NO_TOML, "shtab")),
    "list": (["list"], 51, READS_NO_TOML),
    "point": (["point", "KD3", "--no-picture"], 38, PARSES),
    "config": (["config"], 63, SLOW),
    "check": (["check", str(ROOT / "routines/bedtime.toml")], 74, PARSES),
    "show": (["show", "bedtime"], 110, PARSES),
    "run --plain": (["run", "bedtime", "--plain", "--speed", "1000"], 157, UNASKED),
}
"""The arguments, how many modules of our own they may load, and which others they must not."""

COMPILED = {"check": (10, 27), "show": (15, 31), "run --plain": (23, 39)}
"""How many texts, such as the `__init__` of a class, and regular expressions a command may compile:
each takes about as long as loading a module.
"""

MOST_LOOKS = 2
"""How often a quick command may look for garbage."""

_RUN = """
import sys, gc, os, _sre
looks, left, texts, patterns, at_first = [], [], [], [], []
class Output:
    def write(self, text, to=sys.stdout):
        if not at_first:
            at_first.extend(sys.modules)
        return to.write(text)
    def __getattr__(self, name, of=sys.stdout):
        return getattr(of, name)
sys.stdout = Output()
compile_pattern = _sre.compile
def counted(*arguments):
    patterns.append(arguments[0])
    return compile_pattern(*arguments)
_sre.compile = counted
def note(event, about):
    if event == "compile" and about[1] == "<string>":
        texts.append(about[0])
sys.addaudithook(note)
os._exit = left.append
gc.callbacks.append(lambda phase, _: looks.append(phase == "start"))
from uncramp.start import main
status = main()
loaded = sorted(sys.modules)
own = sum(name.partition(".")[0] == "uncramp" for name in loaded)
found = [status, own, loaded, sum(looks), left, len(texts), len(patterns), at_first]
import json
print(json.dumps(found), file=sys.stderr)
"""


@pytest.mark.parametrize("command", BUDGETS)
def test_a_command_loads_only_what_it_needs(command: str, tmp_path: Path) -> None:
    arguments, most, unwanted = BUDGETS[command]
    if command == "list":
        # The first one of a person reads all routines, and writes the index of them.
        _told(arguments, tmp_path)
    done = _told(arguments, tmp_path)
    assert done.status == 0
    assert [name for name in done.loaded if name in unwanted] == []
    assert done.own <= most
    assert done.looks <= MOST_LOOKS
    texts, patterns = COMPILED.get(command, (sys.maxsize, sys.maxsize))
    assert done.texts <= texts
    assert done.patterns <= patterns
    # Python takes long to free everything; a run has threads to wait for.
    assert done.left == ([] if command == "run --plain" else [done.status])


def test_a_plain_run_says_its_first_line_before_it_lets_others_in(tmp_path: Path) -> None:
    done = _told(BUDGETS["run --plain"][0], tmp_path)
    late = ("socket", "selectors", "uncramp.early_frame", "uncramp.settings.writer")
    assert [name for name in done.at_first if name in late] == []
    assert sum(name.partition(".")[0] == "uncramp" for name in done.at_first) <= 159


@pytest.mark.parametrize(("screen", "most"), [("run", 176), ("library", 159)])
def test_the_full_screen_loads_no_more_than_it_opens_with(screen: str, most: int) -> None:
    look = (
        f"import json, sys, uncramp.tui.opening, uncramp.tui.{screen}.screen; "
        "print(json.dumps(sorted(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    loaded = json.loads(told.stdout)
    unwanted = ("ssl", "_ssl", "_hashlib", "importlib.metadata", "email", "argparse")
    assert [name for name in loaded if name in unwanted] == []
    assert sum(name.partition(".")[0] == "uncramp" for name in loaded) <= most


@dataclass(frozen=True, slots=True)
class Done:
    """What a command did."""

    status: int
    own: int
    """How many modules of our own it loaded."""
    loaded: list[str]
    looks: int
    """How often it looked for garbage."""
    left: list[int]
    """The statuses with which it ended the process without cleaning up."""
    texts: int
    patterns: int
    at_first: list[str]
    """What was loaded when it wrote its first line."""


def _told(arguments: list[str], home: Path) -> Done:
    folders = {"HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"}
    told = subprocess.run(
        [sys.executable, "-c", _RUN, *arguments],
        cwd=home,
        env={**os.environ, **dict.fromkeys(folders, str(home)), "UNCRAMP_SOUND": "none"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert told.stdout, "it said nothing"
    return Done(*json.loads(told.stderr.splitlines()[-1]))
