"""One cue on its way through the backends, until one of them plays it or it is too late."""

from collections.abc import Callable, Mapping

from uncramp.audio.child.backend import Backend, NoSound, Playback
from uncramp.audio.child.backend_choice import BackendChooser
from uncramp.audio.messages import Play
from uncramp.audio.samples.clip import Clip
from uncramp.core.lazy.dataclass import dataclass

GIVEN_UP_MS = 100
"""A sound that fails later than this after its moment is not started again."""


@dataclass(frozen=True, slots=True)
class Playing:
    """What a cue is played with: the backends, the lateness of each, the steady clock in ms."""

    order: BackendChooser
    lateness_ms: Mapping[str, float]
    now_ms: Callable[[], float]


class CuePlayback:
    """A cue that is being played."""

    def __init__(self, cue: Play, clip: Clip, playing: Playing) -> None:
        """Play `clip` at the cue's moment, earlier by the lateness of the backend."""
        self._playing = playing
        self._moment_ms = cue.at_ms - cue.delay_ms - clip.onset_ms
        self.cue = cue
        self.clip = clip
        self.playback = Playback(self._moment_ms, delay_ms=cue.delay_ms)
        self._in: Backend | None = None

    def stuck_in(self) -> Backend | None:
        """The backend that should have begun and has not, if any."""
        if self.playback.has_begun or self.playback.is_stopped:
            return None
        return self._in

    def play(self) -> bool:
        """Play with the current backend, or with the next ones while it is not too late.

        Blocks until it is over. Returns whether a backend with a device played all of it.
        """
        order, playback = self._playing.order, self.playback
        if not order.wait((self.cue.late_ms - self._late_ms()) / 1000):
            return False
        for backend in order.from_used():
            if not self.clip.frames and backend.name != "bell":
                continue
            self._in = backend
            playback.at_ms = self._moment_ms - self._playing.lateness_ms.get(backend.name, 0.0)
            try:
                backend.play(self.clip, playback)
                return backend.name != "bell" and not playback.is_stopped
            except NoSound as problem:
                why = str(problem)
            except Exception as problem:  # no error in a library may end the sound
                why = f"{backend.name}: {problem}"
            if playback.is_stopped:
                return False
            order.failed(backend, why)
            # A sound that was heard in part is not started again.
            if self._late_ms() > (GIVEN_UP_MS if playback.has_begun else self.cue.late_ms):
                return False
            playback.has_begun = False
        return False

    def _late_ms(self) -> float:
        return self._playing.now_ms() - self.cue.at_ms
