"""A description of this machine that can be shared: no name, no home folder."""

import getpass
import os
import platform
import re
import shutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from uncramp import __version__
from uncramp.system import paths, resources
from uncramp.system.host import host_name

PACKAGES = (
    "textual",
    "miniaudio",
    "just-playback",
    "simpleaudio-patched",
    "simpleaudio",
    "espeakng-loader",
)


def versions() -> dict[str, str]:
    """The versions of the program, Python, the system, the backends and the voices."""
    found = {"uncramp": __version__, "Python": platform.python_version()}
    found["system"] = f"{platform.system()} {platform.release()} {platform.machine()}"
    for package in PACKAGES:
        with suppress(PackageNotFoundError):
            found[package] = version(package)
    return found


def terminal(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The terminal: its type, size, colours, and programs in between."""
    size = shutil.get_terminal_size()
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    found = {
        "output": "a terminal" if is_terminal else "not a terminal",
        "TERM": environment.get("TERM", "not set"),
        "size": f"{size.columns} x {size.lines}" if is_terminal else "unknown",
        "colours": _colours(environment),
        "encoding": getattr(sys.stdout, "encoding", None) or "unknown",
    }
    between = [
        name
        for name, variables in (
            ("tmux", ("TMUX",)),
            ("screen", ("STY",)),
            ("SSH", ("SSH_CONNECTION", "SSH_TTY")),
        )
        if any(environment.get(variable) for variable in variables)
    ]
    if between:
        found["through"] = ", ".join(between)
    return found


def _colours(environment: Mapping[str, str]) -> str:
    if environment.get("NO_COLOR"):
        return "none: NO_COLOR is set"
    if environment.get("COLORTERM") in ("truecolor", "24bit"):
        return f"16 million ({environment['COLORTERM']})"
    term = environment.get("TERM", "")
    if term in ("", "dumb"):
        return "none"
    return "256" if "256color" in term else "16"


def folders() -> dict[str, str]:
    """Where the person's files are."""
    places = {
        "your routines": paths.routines_folder(),
        "settings": paths.settings_file(),
        "history": paths.history_folder(),
        "logs": paths.logs_folder(),
        "cache": paths.cache_folder(),
        "bundled sounds": resources.bundled_sounds(),
    }
    return {name: str(place) for name, place in places.items()}


def anonymous(text: str) -> str:
    """Write `~` for the person's home folder, and neither their name nor the machine's."""
    home = str(Path.home())
    for folder in {home, os.path.realpath(home)}:
        if len(folder) > 1:
            text = text.replace(folder, "~")
    name = ""
    with suppress(Exception):  # a container may have no name for its user
        name = getpass.getuser()
    if name:
        # Only in a path: a name may also be an ordinary word.
        text = re.sub(rf"(?<=[/\\]){re.escape(name)}(?=[/\\\s\"']|$)", "you", text)
    host = host_name()
    if len(host) > 1 and host != "localhost":
        text = re.sub(rf"(?<![\w-]){re.escape(host)}(?![\w-])", "this-machine", text)
    return text
