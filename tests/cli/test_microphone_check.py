"""What `uncramp doctor` finds of a microphone, with a listening process that tells it."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.listening.fake_child import OPENED, FakeChildren
from uncramp.cli.microphone_check import MicrophoneFound, check_microphone, microphone_lines
from uncramp.listening.ear import HEARS_NOTHING, Ear
from uncramp.listening.messages import Cannot, FromEar, Level
from uncramp.system.clocks import steady_ms

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it waits for pipes")

WHICH = "Opened by PulseAudio: the system's default of Built-in Audio, Headset."


class Heard:
    """A check of a microphone whose process tells some things, and more once it is asked to."""

    def __init__(
        self, told: tuple[FromEar, ...], then: Callable[["Heard"], None] | None = None
    ) -> None:
        self.children = FakeChildren()
        self.asked = 0
        self._told, self._then = told, then
        ear = Ear(lambda: (), tells_level=True, launch=self._launch)
        self.found = check_microphone(self._ask, ear)

    def _launch(self, tells_level: bool) -> "subprocess.Popen[bytes]":
        child = self.children.launch(tells_level)
        self.children.last.tell(*self._told)
        if self._then is None:
            self.children.last.die()
        return child

    def _ask(self) -> None:
        self.asked += 1
        if self._then is not None:
            self._then(self)


def test_claps_end_it_with_what_was_heard() -> None:
    def clapped(on: Heard) -> None:
        on.children.last.tell(Level(0), Level(6), Level(2))
        # Not long ago, however slow this machine is.
        on.children.last.clap(steady_ms() + 60_000)

    heard = Heard((OPENED,), clapped)
    assert heard.asked == 1
    assert heard.found == MicrophoneFound(
        True, WHICH, OPENED.system, OPENED.microphones, (-42.0, -42.0), False, True
    )
    assert heard.children.last.is_closed


def test_a_microphone_that_does_not_open_says_why() -> None:
    heard = Heard((Cannot("this machine has no microphone."),))
    words = "Not listening: this machine has no microphone."
    assert (heard.found, heard.asked) == (MicrophoneFound(False, words), 0)
    assert microphone_lines(heard.found) == [words]


def test_a_process_that_ends_meanwhile_has_no_open_microphone() -> None:
    heard = Heard((OPENED,))
    assert not heard.found.is_open and "has ended" in heard.found.words


def test_what_gives_only_zeros_is_said() -> None:
    lines = microphone_lines(MicrophoneFound(True, WHICH, "ALSA", ("A",), (-54, -54), True))
    assert lines == [WHICH, HEARS_NOTHING]
