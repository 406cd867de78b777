"""What one open device plays: silence, with each sound mixed in at its own sample.

Sounds close together share a device. Opening one for each took too long on a busy machine: it
started too late, or ran dry beside the others.
"""

import threading
from collections import deque
from collections.abc import Callable, Generator

from uncramp.audio.child.backend import Playback
from uncramp.audio.samples.clip import Clip, added
from uncramp.system.clocks import steady_ms

WATCHED_MS = 3_000
"""The device's pace is estimated from its requests in this time."""
SOUNDED_MS = 2_000
"""The buffer depth shows within this time; later the device's clock and ours drift apart."""


class BufferDepth:
    """How long after a request the first of its samples is heard.

    No device reports this. But a device starts as soon as it has its first samples, unless it
    is delayed: the most that it ever held is its depth.
    """

    def __init__(self) -> None:
        """Know nothing of the device yet."""
        self.ms = 0.0

    def see(self, since_first_ms: float, given_ms: float) -> None:
        """Note a request: how much was given before it, and how long after the first it came."""
        if since_first_ms < SOUNDED_MS:
            self.ms = max(self.ms, given_ms - since_first_ms)


class Layer:
    """One sound in the mix."""

    def __init__(self, clip: Clip, playback: Playback) -> None:
        """Play `clip` at the playback's moment."""
        self.clip = clip
        self.playback = playback
        self.place: int | None = None
        """The device's sample at which it starts, once that is decided."""
        self.over = threading.Event()
        """Set when all of it was given to the device, or when no more will be."""
        self.is_cut_off = False
        """Was the device closed before all of it was given?"""


class Mix:
    """Everything that one device plays, made as the device requests samples."""

    def __init__(
        self,
        rate: int,
        channels: int,
        depth: BufferDepth,
        now_ms: Callable[[], float] = steady_ms,
    ) -> None:
        """Begin with silence; `depth` is shared by all mixes on the same kind of device."""
        self._per_ms = rate / 1000
        self._width = 2 * channels
        self._depth = depth
        self._now_ms = now_ms
        self._first_ms: float | None = None
        self._given = 0
        self._seen: deque[tuple[float, float]] = deque()
        """When each request came, and when the device must have begun according to it."""
        self._layers: list[Layer] = []
        self._lock = threading.Lock()

    @property
    def depth_ms(self) -> float:
        """How long after a sample was given it is heard."""
        return self._depth.ms

    def add(self, clip: Clip, playback: Playback) -> Layer:
        """Play a sound at the playback's moment."""
        layer = Layer(clip, playback)
        with self._lock:
            self._layers.append(layer)
        return layer

    def cut_off(self) -> None:
        """Note that the device takes nothing more."""
        with self._lock:
            layers, self._layers = self._layers, []
        for layer in layers:
            layer.is_cut_off = True
            layer.over.set()

    def blocks(self) -> Generator[bytes, int, None]:
        """Give the device what it asks for, as long as it asks."""
        wanted = yield b""
        while True:
            wanted = yield self.block(wanted)

    def block(self, wanted: int) -> bytes:
        """Make the next samples; `wanted` counts them per channel."""
        began_ms = self._began_ms()
        block = bytearray(wanted * self._width)
        with self._lock:
            layers = [layer for layer in self._layers if not layer.playback.is_stopped]
            self._layers = [layer for layer in layers if self._lay(layer, block, wanted, began_ms)]
        self._given += wanted
        return bytes(block)

    def _began_ms(self) -> float:
        now_ms = self._now_ms()
        given_ms = self._given / self._per_ms
        if self._first_ms is None:
            self._first_ms = now_ms
        self._depth.see(now_ms - self._first_ms, given_ms)
        began_ms = now_ms - given_ms
        # A request never comes before there is room for it. So the earliest one shows when the
        # device started. If a request comes too late, the device has run out of sound and started
        # again.
        if self._seen and began_ms - min(began for _, began in self._seen) > self._depth.ms:
            self._seen.clear()
        self._seen.append((now_ms, began_ms))
        while self._seen[0][0] < now_ms - WATCHED_MS:
            self._seen.popleft()
        return min(began for _, began in self._seen)

    def _lay(self, layer: Layer, block: bytearray, wanted: int, began_ms: float) -> bool:
        """Mix a sound's share into the block. Returns whether there is more of it."""
        if layer.place is None:
            heard_ms = layer.playback.at_ms - self._depth.ms - began_ms
            place = round(heard_ms * self._per_ms)
            if place >= self._given + wanted:
                return True
            # A sound that comes too late is heard from its beginning, unless part of it was heard.
            layer.place = place if layer.playback.has_begun else max(place, self._given)
            layer.playback.has_begun = True
        skipped = max(0, self._given - layer.place) * self._width
        begins = max(0, layer.place - self._given) * self._width
        frames = layer.clip.frames[skipped : skipped + len(block) - begins]
        ends = begins + len(frames)
        block[begins:ends] = added(bytes(block[begins:ends]), frames)
        if skipped + len(frames) < len(layer.clip.frames):
            return True
        layer.over.set()
        return False
