"""When a sample was heard, judged by when blocks of samples came."""

from collections import deque

WATCHED_MS = 3_000.0
"""The beginning is judged by the blocks of this time: device and machine drift apart."""


class SampleClock:
    """Ties the samples of a microphone to the steady clock."""

    def __init__(self, rate_hz: int) -> None:
        """Nothing has come yet."""
        self._rate_hz = rate_hz
        self._samples = 0
        self._seen: deque[tuple[float, float]] = deque()
        """When each block came, and when the first sample must have been heard by it."""

    def take(self, now_ms: float, samples: int) -> None:
        """Note that a block of `samples` came at `now_ms`."""
        self._samples += samples
        began_ms = now_ms - self._samples * 1000 / self._rate_hz
        self._seen.append((now_ms, began_ms))
        while self._seen[0][0] < now_ms - WATCHED_MS:
            self._seen.popleft()

    @property
    def began_ms(self) -> float:
        """When the first sample was heard; call it after `take`.

        No block comes before its samples were heard: the earliest one shows it best.
        """
        return min(began_ms for _, began_ms in self._seen)
