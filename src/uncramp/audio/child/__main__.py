"""The speaker process, `python -m uncramp.audio.child`: plays cues at their moments.

Standard input and output have one message a line each (`uncramp.audio.messages`). It ends when
its standard input does, and when its parent does.
"""

import argparse
import os
import signal
import sys
import threading
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from uncramp.audio.backends import ORDER
from uncramp.audio.child.backend import Backend
from uncramp.audio.child.backend_choice import BackendChooser, Choice
from uncramp.audio.child.bell import Bell
from uncramp.audio.child.library_backends import (
    MiniaudioBackend,
    WinsoundBackend,
    has_miniaudio,
    has_winsound,
)
from uncramp.audio.child.program_backends import library_programs, system_programs
from uncramp.audio.child.schedule import Say, Schedule, in_a_thread
from uncramp.audio.messages import (
    Cancel,
    Chosen,
    FromSpeaker,
    NotAMessage,
    decode_to_speaker,
    encode,
)

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Play what standard input sends, until it ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--order", default=",".join(ORDER))
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    # miniaudio would load these if they are installed: 30 MB and 0.4 s for nothing used here.
    sys.modules |= dict.fromkeys(("numpy", "ssl", "_hashlib"), cast(Any, None))
    say = _standard_output()
    _end_with_parent()
    names = arguments.order.split(",")
    backends = _backends(names, arguments.folder, say)
    here = {backend.name for backend in backends}
    not_here = tuple(name for name in dict.fromkeys(names) if name not in here)

    def tell(choice: Choice) -> None:
        say(Chosen(choice.backend, choice.tried, choice.reasons, not_here))

    order = BackendChooser(backends, tell)
    in_a_thread(order.choose)
    schedule = Schedule(order, say)
    in_a_thread(lambda: _listen(schedule))
    schedule.follow()
    _leave(schedule)


def _backends(names: list[str], folder: Path | None, say: Say) -> list[Backend]:
    """Find those of the named backends that this machine has, in that order, and the bell."""
    found: dict[str, Backend] = {**library_programs(folder), **system_programs(folder)}
    if has_miniaudio():
        found["miniaudio"] = MiniaudioBackend()
    if has_winsound():
        found["winsound"] = WinsoundBackend()
    return [*(found[name] for name in names if name in found), Bell(say)]


def _standard_output() -> Say:
    """Keep standard output for messages alone, so that no library writes between the lines."""
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    lock = threading.Lock()

    def say(message: FromSpeaker) -> None:
        with lock, suppress(OSError):
            out.write(encode(message))

    return say


def _end_with_parent() -> None:
    """Have Linux end us with our parent, even if another process keeps our input open."""
    if sys.platform != "linux":
        return
    # We lead our own session, so this ends our players too.
    signal.signal(signal.SIGTERM, lambda number, frame: os.killpg(0, signal.SIGKILL))
    with suppress(OSError, AttributeError):
        prctl: Any = import_module("ctypes").CDLL(None).prctl
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _listen(schedule: Schedule) -> None:
    for line in sys.stdin.buffer:
        with suppress(NotAMessage):
            message = decode_to_speaker(line)
            if isinstance(message, Cancel):
                # At once: do not wait for what the schedule is doing.
                schedule.cancel()
            schedule.inbox.put(message)
    _leave(schedule)


def _leave(schedule: Schedule) -> None:
    schedule.cancel()
    # Exit at once: no thread of a sound library may delay it.
    os._exit(0)


if __name__ == "__main__":
    main()
