"""Sounds that are ready to play, as many as a limited amount of memory holds."""

import threading
from collections import OrderedDict
from collections.abc import Callable

from uncramp.audio.samples.clip import Clip
from uncramp.audio.samples.prepare import ClipRequest, is_quick, prepared_apart, prepared_here

MOST_KEPT_BYTES = 16_000_000
"""A set of sounds is 0.5 MB, a phrase 0.2 MB. Beyond this, the least recently used is dropped."""


class ClipStore:
    """Prepares sounds to be played, and keeps the most recently used."""

    def __init__(
        self,
        is_quick: Callable[[ClipRequest], bool] = is_quick,
        here: Callable[[ClipRequest], Clip] = prepared_here,
        apart: Callable[[ClipRequest], Clip] = prepared_apart,
        most_bytes: int = MOST_KEPT_BYTES,
    ) -> None:
        """Prepare quick ones with `here` and others with `apart`; both may raise CannotDecode."""
        self._is_quick = is_quick
        self._here = here
        self._apart = apart
        self._most_bytes = most_bytes
        self._kept: OrderedDict[ClipRequest, Clip] = OrderedDict()
        self._lock = threading.Lock()
        self._one_at_a_time = threading.Lock()

    def find(self, request: ClipRequest) -> Clip | None:
        """The sound, if it is kept. Never blocks for long."""
        with self._lock:
            clip = self._kept.get(request)
            if clip is not None:
                self._kept.move_to_end(request)
            return clip

    def make(self, request: ClipRequest, is_still_wanted: Callable[[], bool]) -> Clip | None:
        """Prepare a sound and keep it; None if it is no longer wanted when its turn comes.

        Blocks. Slow ones are prepared one at a time, so that ten of them take no more memory
        than one. Raises CannotDecode.
        """
        if self._is_quick(request):
            return self._keep(request, self._here(request))
        with self._one_at_a_time:
            clip = self.find(request)
            if clip is None and is_still_wanted():
                clip = self._keep(request, self._apart(request))
            return clip

    def _keep(self, request: ClipRequest, clip: Clip) -> Clip:
        with self._lock:
            self._kept[request] = clip
            held = sum(len(clip.frames) for clip in self._kept.values())
            while held > self._most_bytes:
                _, oldest = self._kept.popitem(last=False)
                held -= len(oldest.frames)
        return clip
