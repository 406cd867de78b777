"""What the listening process makes of the samples that a microphone hands over."""

import queue
from array import array
from collections.abc import Callable, Generator, Iterator
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.core.claps.made_sounds import (
    ROOMS,
    Hand,
    Samples,
    added,
    as_heard,
    at_level,
    echo_of,
    in_room,
    silence,
)
from uncramp.core.claps.detector import RATE_HZ, ClapPair
from uncramp.listening.messages import FromEar, Level, Opened, ProgramStopped, Silent
from uncramp.listening.microphone import capture
from uncramp.listening.microphone.__main__ import (
    LOOKS_EVERY_MS,
    SILENT_MS,
    Came,
    Listener,
    listen,
)
from uncramp.listening.microphone.capture import NoMicrophone, open_microphone
from uncramp.listening.microphone.meter import APART_MS, Meter, level_of
from uncramp.listening.microphone.sample_clock import WATCHED_MS, SampleClock
from uncramp.system.sound_library import NoSoundLibrary

BLOCK = RATE_HZ // 25
BLOCK_MS = 40.0
BEGAN_MS = 500_000.0


def two_claps(at_s: float, gap_s: float, length_s: float) -> "array[int]":
    """Two claps half a metre away, and a soft noise."""
    chance = np.random.default_rng(7)
    hand, answer = Hand.any(chance, "clap"), echo_of(chance, ROOMS[0], 0.5)
    sound: Samples = silence(length_s)
    for moment_s in (at_s, at_s + gap_s):
        added(sound, in_room(hand.strike(chance), answer), moment_s)
    noise = 10 ** (-60 / 20) * chance.standard_normal(len(sound))
    return as_heard(at_level(sound, -18) + noise)


def told(
    listener: Listener, samples: "array[int]", late_ms: Callable[[int], float] = lambda _: 0.0
) -> list[tuple[float, FromEar]]:
    """What is reported and when, if the blocks come as late as that."""
    found = []
    for place in range(len(samples) // BLOCK):
        now_ms = BEGAN_MS + (place + 1) * BLOCK_MS + late_ms(place)
        block = samples[place * BLOCK : (place + 1) * BLOCK]
        found += [(now_ms, message) for message in listener.hear(block.tobytes(), now_ms)]
    return found


def test_two_claps_are_told_once_with_their_moments() -> None:
    samples = two_claps(2.0, 0.3, 4.0)
    ((at_ms, message),) = told(Listener(tells_level=False), samples, lambda place: place * 7 % 31)
    assert isinstance(message, ClapPair)
    assert message.first_ms == pytest.approx(BEGAN_MS + 2_000, abs=20)
    assert message.second_ms == pytest.approx(BEGAN_MS + 2_300, abs=20)
    assert at_ms - message.second_ms < 500


def test_the_level_is_reported_seldom_and_only_if_wanted() -> None:
    samples = two_claps(2.0, 0.3, 4.0)
    found = told(Listener(tells_level=True), samples)
    levels = [(at_ms, message.level) for at_ms, message in found if isinstance(message, Level)]
    assert 2 <= len(levels) <= 6
    assert max(level for _, level in levels) >= 5
    assert levels[-1][1] <= 1
    assert all(later[0] - sooner[0] >= APART_MS for sooner, later in pairwise(levels))


def test_a_steady_noise_is_reported_once() -> None:
    meter = Meter()
    chance = np.random.default_rng(3)
    levels = [meter.take(-36 + 0.5 * float(chance.normal()), at * BLOCK_MS) for at in range(500)]
    assert [level for level in levels if level is not None] == [levels[0]]


def test_levels_reach_from_silence_to_full_scale() -> None:
    assert [level_of(db) for db in (-90, -60, -53, -36, -18, 0)] == [0, 0, 1, 4, 7, 7]


def test_zeros_alone_are_told_after_a_while_and_so_is_their_end() -> None:
    listener = Listener(tells_level=False)
    zeros = array("h", bytes(2 * RATE_HZ * 6))
    ((at_ms, message),) = told(listener, zeros)
    assert message == Silent(True)
    assert at_ms - BEGAN_MS == pytest.approx(SILENT_MS, abs=2 * BLOCK_MS)
    noise = array("h", [1, -1] * RATE_HZ)
    assert [message for _, message in told(listener, noise)] == [Silent(False)]


def test_it_ends_once_the_program_is_stopped() -> None:
    came: Came = queue.SimpleQueue()
    opened, told, looks = Opened("PulseAudio", ()), list[FromEar](), list[int]()
    for place in range(100):
        came.put((BEGAN_MS + place * BLOCK_MS, bytes(2 * BLOCK)))

    def is_stopped() -> bool:
        looks.append(100 - came.qsize())
        return len(looks) == 3

    ended = listen(Listener(tells_level=False), came, opened, told.append, is_stopped)
    assert (told, ended) == ([opened], ProgramStopped())
    blocks = -(-LOOKS_EVERY_MS // BLOCK_MS)
    assert looks == [1, 1 + blocks, 1 + 2 * blocks]


def test_a_late_block_does_not_move_the_moments_and_a_lasting_gap_does() -> None:
    clock = SampleClock(RATE_HZ)
    clock.take(BEGAN_MS + 40, BLOCK)
    clock.take(BEGAN_MS + 80 + 900, BLOCK)
    assert clock.began_ms == BEGAN_MS
    # As after a sleep of the device: a second of samples is missing for good.
    for place in range(3, 3 + round(WATCHED_MS / BLOCK_MS) + 2):
        clock.take(BEGAN_MS + 1_000 + place * BLOCK_MS, BLOCK)
    assert clock.began_ms == BEGAN_MS + 1_000


class FakeMiniaudio:
    """The library, with the devices that a test wants."""

    class MiniaudioError(Exception):
        pass

    def __init__(self, *names: str, refuses: str = "") -> None:
        self.Backend = dict.fromkeys(("WASAPI", "COREAUDIO", "PULSEAUDIO", "ALSA"))
        self.SampleFormat = SimpleNamespace(SIGNED16="s16")
        self.closed = self.released = 0
        self.lib = SimpleNamespace(ma_context_uninit=self._release)
        self.opened: dict[str, Any] = {}
        library = self

        class CaptureDevice:
            _context = "context"
            backend = "PulseAudio"

            def __init__(self, **options: Any) -> None:
                library.opened = options
                if refuses:
                    raise library.MiniaudioError(refuses, -1)

            def start(self, blocks: Generator[None, bytes, None]) -> None:
                blocks.send(b"\x01\x00")
                blocks.send(b"\x02\x00")

            def close(self) -> None:
                library.closed += 1

        self.CaptureDevice = CaptureDevice
        captures = [{"name": name} for name in names]
        self.Devices = lambda backends: SimpleNamespace(get_captures=lambda: captures)

    def _release(self, _: object) -> None:
        self.released += 1


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Any], None]]:
    def use(library: Any) -> None:
        monkeypatch.setattr(capture, "miniaudio_library", library)

    yield use


def test_the_microphone_is_opened_with_one_channel_at_the_rate_of_the_detector(
    install: Callable[[Any], None],
) -> None:
    names = ("Built-in Audio", "Monitor of Built-in Audio", "Headset")
    library, came = FakeMiniaudio(*names), list[bytes]()
    install(lambda: library)
    opened = open_microphone(came.append)
    assert (opened.system, opened.names) == ("PulseAudio", ("Built-in Audio", "Headset"))
    assert came == [b"\x01\x00", b"\x02\x00"]
    assert (library.opened["nchannels"], library.opened["sample_rate"]) == (1, RATE_HZ)
    assert library.closed == 0


def test_a_machine_that_only_hears_what_it_plays_has_no_microphone(
    install: Callable[[Any], None],
) -> None:
    install(lambda: FakeMiniaudio("Monitor of Built-in Audio"))
    with pytest.raises(NoMicrophone, match=r"^this machine has no microphone\.$"):
        open_microphone(lambda _: None)


def test_a_device_that_cannot_be_opened_is_released(install: Callable[[Any], None]) -> None:
    library = FakeMiniaudio("Built-in Audio", refuses="failed to init device")
    install(lambda: library)
    with pytest.raises(NoMicrophone, match="failed to init device"):
        open_microphone(lambda _: None)
    assert (library.closed, library.released) == (1, 1)


def test_without_the_library_it_says_so(install: Callable[[Any], None]) -> None:
    def absent() -> Any:
        raise NoSoundLibrary("miniaudio cannot be loaded: No module named 'miniaudio'")

    install(absent)
    with pytest.raises(NoMicrophone, match="the library miniaudio"):
        open_microphone(lambda _: None)
