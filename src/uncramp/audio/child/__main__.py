"""The speaker process, `python -m uncramp.audio.child`: plays cues at their moments.

Standard input and output have one message a line each (`uncramp.audio.messages`). It ends when
its standard input does, and when its parent does.
"""

import argparse
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path

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
    decode_to_speaker,
    encode,
)
from uncramp.system.child_process import end_with_parent, keep_output, leave_out_heavy_modules
from uncramp.system.line_messages import NotAMessage


def main() -> None:
    """Play what standard input sends, until it ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--order", default=",".join(ORDER))
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    leave_out_heavy_modules()
    say = _standard_output()
    end_with_parent()
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
    out = keep_output()
    lock = threading.Lock()

    def say(message: FromSpeaker) -> None:
        with lock, suppress(OSError):
            out.write(encode(message))

    return say


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
