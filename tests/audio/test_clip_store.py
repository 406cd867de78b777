"""The store of sounds that are ready to play: bounded, and one slow sound at a time."""

import queue
import threading

import pytest

from tests.audio.schedule_stage import WITHIN_S
from uncramp.audio.child.clip_store import ClipStore
from uncramp.audio.samples.clip import Clip
from uncramp.audio.samples.prepare import ClipRequest
from uncramp.audio.samples.sound_file import CannotDecode


def test_a_store_keeps_no_more_than_its_bytes_and_drops_the_oldest() -> None:
    made: list[str] = []

    def make(wanted: ClipRequest) -> Clip:
        made.append(wanted.path)
        return Clip(48_000, 1, bytes(100))

    store = ClipStore(is_quick=lambda wanted: True, here=make, most_bytes=250)
    for name in ("a", "b", "a", "c", "a", "b"):
        wanted = ClipRequest(name, 1.0)
        if store.find(wanted) is None:
            store.make(wanted, lambda: True)
    assert made == ["a", "b", "c", "b"]


def test_a_store_makes_one_long_sound_at_a_time_and_none_that_nobody_wants_any_more() -> None:
    begun: queue.SimpleQueue[str] = queue.SimpleQueue()
    may_end = threading.Event()

    def slow(wanted: ClipRequest) -> Clip:
        begun.put(wanted.path)
        assert may_end.wait(WITHIN_S)
        return Clip(48_000, 1, b"\0\0")

    store = ClipStore(is_quick=lambda wanted: False, apart=slow)
    first = threading.Thread(target=store.make, args=(ClipRequest("first", 1.0), lambda: True))
    first.start()
    assert begun.get(timeout=WITHIN_S) == "first"
    found: list[Clip | None] = []
    second = threading.Thread(
        target=lambda: found.append(store.make(ClipRequest("second", 1.0), lambda: False))
    )
    second.start()
    may_end.set()
    for thread in (first, second):
        thread.join(WITHIN_S)
    assert found == [None]
    assert begun.empty()


def test_a_store_hands_on_why_a_sound_cannot_be_made_ready() -> None:
    with pytest.raises(CannotDecode, match="cannot be opened"):
        ClipStore().make(ClipRequest("/nowhere/a.wav", 1.0), lambda: True)
