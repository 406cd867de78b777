"""A sound is where it was put on a tape, and a player's pace is found from what it has read."""

import os
import sys

import pytest

from uncramp.audio.child.tape import WATCHED_MS, Pace, Tape
from uncramp.audio.samples.clip import Clip

if sys.platform == "win32":
    pytest.skip("no player is a program that reads a tape", allow_module_level=True)

CLIP = Clip(1_000, 1, b"\x11\x11" * 10)


def read(tape: Tape) -> bytes:
    return os.pread(tape.fileno(), 100_000, 0)


def test_samples_end_with_the_sound() -> None:
    with Tape(CLIP, 100, is_wav=False) as tape:
        assert read(tape) == bytes(220)
        tape.lay(40)
        assert read(tape) == bytes(80) + CLIP.frames


def test_a_wav_keeps_its_length() -> None:
    with Tape(CLIP, 100, is_wav=True) as tape:
        tape.lay(40)
        content = read(tape)
        assert content[:4] + content[8:12] == b"RIFFWAVE"
        assert content[44:] == bytes(80) + CLIP.frames + bytes(120)


def test_a_sound_never_stands_outside_the_tape() -> None:
    for place, begins in ((-5, 0), (1_000, 100)):
        with Tape(CLIP, 100, is_wav=False) as tape:
            tape.lay(place)
            assert read(tape) == bytes(2 * begins) + CLIP.frames


def test_what_was_read_is_seen() -> None:
    with Tape(CLIP, 100, is_wav=False) as tape:
        assert tape.taken(os.getpid()) == 0
        os.read(tape.fileno(), 60)
        assert tape.taken(os.getpid()) == 30


def test_a_file_opened_anew_is_seen_too() -> None:
    with Tape(CLIP, 100, is_wav=True) as tape:
        again = os.open(f"/proc/self/fd/{tape.fileno()}", os.O_RDONLY)
        os.read(again, 44 + 60)
        assert tape.taken(os.getpid()) == 30
        os.close(again)


def test_the_pace_is_of_the_least_delayed_look() -> None:
    pace = Pace(1_000)
    assert not pace.is_known
    for held_up_ms, now_ms in ((7, 1_000), (0, 1_100), (40, 1_200)):
        pace.see(now_ms + held_up_ms, now_ms - 900)
    assert pace.is_known
    assert pace.place_at(2_000) == 1_100


def test_an_old_look_counts_no_more() -> None:
    pace = Pace(1_000)
    pace.see(1_000, 300)
    pace.see(1_001 + WATCHED_MS, 200 + WATCHED_MS)
    assert pace.place_at(2_000) == 1_199
