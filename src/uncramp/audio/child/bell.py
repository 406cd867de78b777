"""The terminal's bell: the last backend, which cannot fail."""

from collections.abc import Callable

from uncramp.audio.child.backend import Playback
from uncramp.audio.messages import FromSpeaker, RingBell
from uncramp.audio.samples.clip import Clip


class Bell:
    """The terminal's bell, which the program rings when this process asks for it."""

    name = "bell"

    def __init__(self, say: Callable[[FromSpeaker], None]) -> None:
        """Ask for it with `say`, which sends a message to the program."""
        self._say = say

    def prove(self) -> None:
        """Do nothing: there is nothing to test."""

    def play(self, clip: Clip, playback: Playback) -> None:
        """Wait for the moment and ring."""
        if playback.wait_until(playback.at_ms + playback.delay_ms):
            playback.has_begun = True
            self._say(RingBell())
