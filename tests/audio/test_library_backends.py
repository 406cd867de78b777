"""Backends inside the speaker process, tested with a library that plays nothing."""

import threading
from collections.abc import Generator
from types import SimpleNamespace
from typing import Any

import pytest

from uncramp.audio.child import library_backends
from uncramp.audio.child.backend import NoSound, Playback
from uncramp.audio.child.library_backends import MiniaudioBackend
from uncramp.audio.samples.clip import Clip
from uncramp.system import sound_library
from uncramp.system.clocks import steady_ms

SOUND = Clip(1_000, 1, b"\1\0" * 20)


class FailedError(Exception):
    """What the library raises."""


class Library:
    """A sound library whose device takes sound at once, or does not."""

    MiniaudioError = FailedError
    SampleFormat = SimpleNamespace(SIGNED16=2)
    Backend = dict.fromkeys(("WASAPI", "COREAUDIO", "PULSEAUDIO", "ALSA"))

    def __init__(
        self,
        backend: str = "PulseAudio",
        takes: bool = True,
        fails_after_context: bool | None = None,
    ) -> None:
        self.backend = backend
        self.takes = takes
        self.fails_after_context = fails_after_context
        self.opened: list[Device] = []
        self.contexts: list[object] = []
        self.ended_contexts: list[object] = []
        self.lib = SimpleNamespace(ma_context_uninit=self.ended_contexts.append)
        self.outputs = [{"name": "Speakers"}]
        self.PlaybackDevice = type("PlaybackDevice", (Device,), {"library": self})

    def Devices(self, backends: object) -> SimpleNamespace:  # noqa: N802
        return SimpleNamespace(backend=self.backend, get_playbacks=lambda: self.outputs)


class Device:
    """Requests sound in a separate thread until it is closed."""

    library: Library

    def __init__(self, **form: Any) -> None:
        library = self.library
        library.opened.append(self)
        self.takes = library.takes
        self.channels = form["nchannels"]
        self.given = bytearray()
        self._is_closed = threading.Event()
        self._thread: threading.Thread | None = None
        if library.fails_after_context is False:
            raise FailedError("cannot init context", -2)
        self._context = object()
        library.contexts.append(self._context)
        if library.fails_after_context:
            raise FailedError("failed to init device", -401)
        self.backend = library.backend

    def start(self, blocks: Generator[bytes, int, None]) -> None:
        if self.takes:
            self._thread = threading.Thread(target=self._take, args=(blocks,))
            self._thread.start()

    def _take(self, blocks: Generator[bytes, int, None]) -> None:
        while not self._is_closed.wait(0.001):
            self.given += blocks.send(10)

    def close(self) -> None:
        self._is_closed.set()
        if self._thread is not None:
            self._thread.join()

    @property
    def is_closed(self) -> bool:
        return self._is_closed.is_set()


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_backends, "GRACE_MS", 500)
    monkeypatch.setattr(MiniaudioBackend, "PERIOD_MS", 1)


def with_library(monkeypatch: pytest.MonkeyPatch, library: Library) -> Library:
    monkeypatch.setattr(library_backends, "miniaudio_library", lambda: library)
    return library


def test_a_sound_is_given_to_a_device_which_is_closed_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    library = with_library(monkeypatch, Library())
    MiniaudioBackend().play(SOUND, Playback(steady_ms()))
    (device,) = library.opened
    assert SOUND.frames in bytes(device.given)
    assert device.is_closed
    # Else the sound server has no place for the 64th.
    assert len(library.contexts) == 1
    assert library.ended_contexts == library.contexts


@pytest.mark.parametrize(
    ("library", "words"),
    [
        (Library(fails_after_context=True), "miniaudio: failed to init device, -401"),
        (Library(fails_after_context=False), "miniaudio: cannot init context, -2"),
        (Library(backend="Null"), "miniaudio found no device"),
        (Library(takes=False), "miniaudio: the device stopped taking sound"),
    ],
)
def test_a_library_that_fails_or_pretends_makes_no_sound(
    monkeypatch: pytest.MonkeyPatch, library: Library, words: str
) -> None:
    with_library(monkeypatch, library)
    with pytest.raises(NoSound) as problem:
        MiniaudioBackend().prove()
    assert str(problem.value) == words
    assert [device.is_closed for device in library.opened] == [True]
    assert library.ended_contexts == library.contexts


def test_a_server_without_an_output_is_no_sound_and_no_device_is_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    library = with_library(monkeypatch, Library())
    library.outputs.clear()
    with pytest.raises(NoSound, match="miniaudio found no device"):
        MiniaudioBackend().prove()
    assert not library.opened


def test_a_library_that_is_broken_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> object:
        raise ImportError("libasound.so.2 is missing")

    monkeypatch.setattr(sound_library, "import_module", broken)
    with pytest.raises(NoSound, match=r"miniaudio cannot be loaded: libasound\.so\.2 is missing"):
        MiniaudioBackend().prove()


def test_sounds_near_each_other_share_a_device_and_other_forms_have_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    library = with_library(monkeypatch, Library())
    backend = MiniaudioBackend()
    held = Playback(steady_ms() + 60_000)
    stereo = Clip(1_000, 2, b"\2\0" * 40)
    holder = threading.Thread(target=backend.play, args=(SOUND, held))
    holder.start()
    for clip in (SOUND, SOUND, stereo):
        backend.play(clip, Playback(steady_ms()))
    held.stop()
    holder.join(30)
    assert [device.channels for device in library.opened] == [1, 2]
    assert bytes(library.opened[0].given).count(SOUND.frames) == 2
    assert all(device.is_closed for device in library.opened)


def test_stopped_in_its_midst_the_device_is_closed_and_another_sound_goes_on_in_a_new_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    library = with_library(monkeypatch, Library())
    backend = MiniaudioBackend()
    long = Clip(1_000, 1, b"\3\0" * 1_000_000)
    cut, other = Playback(steady_ms()), Playback(steady_ms() + 60_000)
    players = [
        threading.Thread(target=backend.play, args=arguments)
        for arguments in ((long, cut), (SOUND, other))
    ]
    for player in players:
        player.start()
    begun = threading.Event()
    while not cut.has_begun or not library.opened:
        begun.wait(0.001)
    cut.stop()
    players[0].join(30)
    assert library.opened[0].is_closed
    while len(library.opened) < 2 and players[1].is_alive():
        begun.wait(0.001)
    other.stop()
    players[1].join(30)
    assert [device.is_closed for device in library.opened] == [True, True]
