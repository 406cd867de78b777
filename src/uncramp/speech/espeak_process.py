"""The program's side of the process that loads eSpeak NG's library."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from uncramp.audio.samples.clip import Clip
from uncramp.speech.engine import MAKE_WITHIN_S, CannotSpeak, NoVoice, VoiceOptions
from uncramp.system.child_launch import end_child, start_child
from uncramp.system.os_errors import reason_of

SYSTEM_LIBRARY = "libespeak-ng.so.1"
"""The library's name on Linux: a desktop's speech dispatcher installs it without the program."""
_WHEEL = "espeakng_loader"

Launch = Callable[[Sequence[str]], "subprocess.Popen[bytes]"]


def launched(arguments: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Start the process of the library."""
    return start_child("uncramp.speech.espeak_child", arguments)


class EspeakLibrary:
    """eSpeak NG's library in a separate process, started at the first phrase."""

    def __init__(self, name: str, arguments: Sequence[str] | None, launch: Launch = launched):
        """`name` is for the settings; `arguments` say where the library is, None if missing."""
        self.name = name
        self._arguments = arguments
        self._launch = launch
        self._process: subprocess.Popen[bytes] | None = None

    def is_there(self) -> bool:
        """Is there a library to load?"""
        return self._arguments is not None

    @property
    def pid(self) -> int | None:
        """The id of the process; None while none runs."""
        return self._process.pid if self._process else None

    def make(self, text: str, options: VoiceOptions) -> Clip:
        """The text as speech. Raises CannotSpeak."""
        asked = {
            "text": text,
            "voices": options.voices,
            "rate": options.rate,
            "pitch": options.pitch,
        }
        process = self._started()
        patience = threading.Timer(MAKE_WITHIN_S, process.kill)
        patience.daemon = True
        try:
            patience.start()
            head, samples = _exchange(process, asked)
        except RuntimeError:
            self.close()
            raise CannotSpeak("this machine starts no more threads") from None
        except (OSError, ValueError):
            self.close()
            raise CannotSpeak(f"{self.name}: its process ended") from None
        finally:
            patience.cancel()
        if "no_voice" in head:
            raise NoVoice(f"{self.name} has no voice {' or '.join(options.voices)}")
        if "why" in head:
            self.close()
            raise CannotSpeak(f"{self.name}: {head['why']}")
        return Clip(int(head["rate"]), 1, samples)

    def close(self) -> None:
        """End the process, if it runs."""
        process, self._process = self._process, None
        if process is not None:
            end_child(process)

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._arguments is None:
            raise CannotSpeak(f"{self.name} is not installed")
        if self._process is None:
            try:
                self._process = self._launch(self._arguments)
            except OSError as problem:
                raise CannotSpeak(f"{self.name} cannot be started: {reason_of(problem)}") from None
        return self._process


def from_wheel() -> EspeakLibrary:
    """The library that the extra `uncramp[voice]` brings."""
    found = find_spec(_WHEEL)
    folder = Path(found.origin).parent if found and found.origin else None
    arguments = None
    if folder is not None:
        endings = {"win32": "espeak-ng.dll", "darwin": "libespeak-ng.dylib"}
        library = folder / endings.get(sys.platform, "libespeak-ng.so")
        arguments = [str(library), "--data", str(folder / "espeak-ng-data")]
    return EspeakLibrary("espeakng-loader", arguments)


def from_system() -> EspeakLibrary:
    """The library of the system, without its program."""
    return EspeakLibrary("espeak-ng", [SYSTEM_LIBRARY] if sys.platform == "linux" else None)


def _exchange(
    process: "subprocess.Popen[bytes]", asked: dict[str, Any]
) -> tuple[dict[str, Any], bytes]:
    """Send a request and read the answer. Raises OSError or ValueError if there is none."""
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(json.dumps(asked).encode() + b"\n")
    process.stdin.flush()
    head: dict[str, Any] = json.loads(process.stdout.readline())
    length = int(head.get("length", 0))
    samples = process.stdout.read(length)
    if len(samples) != length:
        raise ValueError
    return head, samples
