"""A person's own sound is read in any format; if it cannot be read, words say why."""

import os
import shutil
import struct
import sys
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from uncramp.audio.samples import sound_file
from uncramp.audio.samples.clip import Clip
from uncramp.audio.samples.decode import NO_LIBRARY
from uncramp.audio.samples.sound_file import (
    COMMON_RATES,
    LARGEST_BYTES,
    LONGEST_S,
    CannotDecode,
    kind_problem,
    read_clip,
    sound_problem,
)
from uncramp.system.resources import SOUND_SETS, sound_set

FIXTURES = Path(__file__).parent / "fixtures"
GONGS = ("gong.wav", "gong.flac", "gong.mp3", "gong.ogg")
NO_SOUND = "has no sound that can be read. Save it as WAV, FLAC, MP3 or OGG."
EMPTY = "is empty: there is no sound in it. Save it as WAV, FLAC, MP3 or OGG."


@pytest.fixture
def no_miniaudio(monkeypatch: pytest.MonkeyPatch) -> None:
    says_so = (sys.executable, "-c", f"import os; os._exit({NO_LIBRARY})")
    monkeypatch.setattr(sound_file, "DECODE_COMMAND", says_so)


def written(
    path: Path, frames: bytes, *, width: int = 2, channels: int = 1, rate: int = 48_000
) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(frames)
    return path


def wav(code: int, bits: int, frames: bytes, *, channels: int = 1, extension: bytes = b"") -> bytes:
    whole = bits // 8 * channels
    form = struct.pack("<HHIIHH", code, channels, 96_000, 96_000 * whole, whole, bits) + extension
    chunks = struct.pack("<4sI", b"fmt ", len(form)) + form
    chunks += struct.pack("<4sI", b"LIST", 3) + b"odd\0"
    chunks += struct.pack("<4sI", b"data", len(frames)) + frames
    return struct.pack("<4sI4s", b"RIFF", 4 + len(chunks), b"WAVE") + chunks


def tones_hz(clip: Clip) -> list[int]:
    """The two strongest tones, to within 10 Hz."""
    samples = np.frombuffer(clip.frames, "<i2").reshape(-1, clip.channels).sum(axis=1)
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    hz = np.fft.rfftfreq(len(samples), 1 / clip.rate)
    strongest = hz[np.argsort(power)[::-1]]
    first = float(strongest[0])
    second = next(float(other) for other in strongest if abs(other - first) > 50)
    return sorted(round(tone, -1) for tone in (int(first), int(second)))


@pytest.mark.parametrize("name", GONGS)
def test_what_other_programs_write_is_read(name: str) -> None:
    path = FIXTURES / name
    assert path.stat().st_size < 10_000
    assert (kind_problem(path), sound_problem(path)) == (None, None)
    clip = read_clip(path)
    assert clip.rate in COMMON_RATES
    assert clip.length_ms == pytest.approx(500, abs=60)
    assert tones_hz(clip) in ([440, 660], [430, 650], [440, 650], [430, 660])


@pytest.mark.parametrize("name", GONGS)
def test_a_name_may_lie(name: str, tmp_path: Path) -> None:
    path = tmp_path / "gong.txt"
    path.write_bytes((FIXTURES / name).read_bytes())
    assert (kind_problem(path), sound_problem(path)) == (None, None)
    assert read_clip(path).frames == read_clip(FIXTURES / name).frames


@pytest.mark.parametrize("name", GONGS)
def test_one_that_was_cut_short_is_played_as_far_as_it_goes(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    whole = (FIXTURES / name).read_bytes()
    path.write_bytes(whole[: len(whole) * 3 // 4])
    assert sound_problem(path) is None
    # An OGG has pages, and little can be read from the half page that is left.
    assert (10 if name.endswith("ogg") else 200) < read_clip(path).length_ms < 500


@pytest.mark.slow
@pytest.mark.parametrize("name", GONGS)
def test_no_end_of_a_file_is_too_much(name: str, tmp_path: Path) -> None:
    """Cut off anywhere, it is a sound or a problem, never an error."""
    path = tmp_path / name
    whole = (FIXTURES / name).read_bytes()
    for length in (1, 4, 12, 30, 43, 44, 45, *range(46, len(whole), 1_201)):
        path.write_bytes(whole[:length])
        problem = sound_problem(path)
        assert problem is None or problem[0].islower(), length
    path.write_bytes(whole[:40])
    assert sound_problem(path) is not None


@pytest.mark.parametrize(
    ("width", "one"), [(1, b"\xc0"), (2, b"\x00\x40"), (3, b"\0\0\x40"), (4, b"\0\0\0\x40")]
)
def test_every_width_of_wav_comes_out_as_16_bits(tmp_path: Path, width: int, one: bytes) -> None:
    clip = read_clip(written(tmp_path / "a.wav", one * 480, width=width))
    assert clip.frames == b"\x00\x40" * 480
    assert clip.length_ms == 10


@pytest.mark.usefixtures("no_miniaudio")
def test_a_studio_s_wav_needs_no_library(tmp_path: Path) -> None:
    """Two channels of 24 bits at 96 kHz, in the extensible form that Python 3.11 refuses."""
    path = tmp_path / "a.wav"
    plain = struct.pack("<HHI", 22, 24, 3) + bytes.fromhex("0100000000001000800000aa00389b71")
    path.write_bytes(wav(0xFFFE, 24, b"\0\0\x40\0\0\xc0" * 960, channels=2, extension=plain))
    clip = read_clip(path)
    assert (clip.rate, clip.channels, clip.length_ms) == (96_000, 2, 10)
    assert clip.frames == b"\x00\x40\x00\xc0" * 960
    assert sound_problem(path) is None


def test_of_six_channels_the_first_two_are_heard(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(wav(1, 16, struct.pack("<6h", 1, 2, 3, 4, 5, 6) * 100, channels=6))
    clip = read_clip(path)
    assert (clip.channels, clip.frames) == (2, struct.pack("<2h", 1, 2) * 100)


def test_floating_point_and_an_odd_rate_are_left_to_the_library(tmp_path: Path) -> None:
    floating, odd = tmp_path / "float.wav", tmp_path / "odd.wav"
    floating.write_bytes(wav(3, 32, struct.pack("<f", 0.5) * 960))
    written(odd, b"\x00\x40" * 500, rate=11_111)
    for path in (floating, odd):
        clip = read_clip(path)
        assert (clip.rate, clip.channels) == (48_000, 2)
        assert np.median(np.frombuffer(clip.frames, "<i2")) == pytest.approx(16_384, abs=200)


def test_a_damaged_one_that_ends_its_decoder_ends_nothing_else() -> None:
    assert sound_problem(FIXTURES / "damaged.ogg") == NO_SOUND


def test_a_decoder_that_does_not_come_to_an_end_is_ended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sound_file, "DECODED_WITHIN_S", 0.2)
    monkeypatch.setattr(
        sound_file, "DECODE_COMMAND", (sys.executable, "-c", "import time; time.sleep(60)")
    )
    copy = tmp_path / "gong.ogg"
    copy.write_bytes((FIXTURES / "gong.ogg").read_bytes())
    assert sound_problem(copy) == NO_SOUND


def test_a_long_one_is_cut_when_played_and_told_when_checked(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wav", b"\x40" * 16_000 * (LONGEST_S + 1), rate=8_000)
    assert read_clip(path).length_ms == LONGEST_S * 1000
    words = "is longer than a minute, but a cue should be short. Cut it to a few seconds."
    assert sound_problem(path) == words


def written_bytes(content: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(content)

    return write


def large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(LARGEST_BYTES + 1)


def silent(path: Path) -> None:
    written(path, bytes(9_600))


def a_sound(what: str) -> str:
    return f"is {what} file, which cannot be played. Save it as WAV, FLAC, MP3 or OGG."


@pytest.mark.parametrize(
    ("make", "words", "is_seen_at_once"),
    [
        (written_bytes(b""), EMPTY, True),
        (written_bytes(b"This is no sound.\n"), NO_SOUND, True),
        (written_bytes(b"RIFF"), NO_SOUND, False),
        (written_bytes(b"fLaC" + bytes(200)), NO_SOUND, False),
        (written_bytes(b"OggS" + bytes(200)), NO_SOUND, False),
        (written_bytes(b"ID3" + bytes(200)), NO_SOUND, False),
        (written_bytes(wav(1, 16, b"")), NO_SOUND, False),
        (written_bytes(b"OggS" + bytes(24) + b"OpusHead"), a_sound("an Opus"), True),
        (written_bytes(b"\xff\xf1" + bytes(50)), a_sound("an AAC"), True),
        (written_bytes(bytes(4) + b"ftypM4A "), a_sound("an M4A"), True),
        (written_bytes(b"FORM" + bytes(50)), a_sound("an AIFF"), True),
        (written_bytes(b"MThd" + bytes(50)), a_sound("a MIDI"), True),
        (large, "is larger than 20 MB. Cut it to a few seconds.", True),
        (silent, "is completely silent. For silence, write false.", False),
        (Path.mkdir, "is not an ordinary file.", True),
    ],
)
def test_what_cannot_be_played_is_said_in_words(
    tmp_path: Path, make: Callable[[Path], None], words: str, is_seen_at_once: bool
) -> None:
    path = tmp_path / "a.wav"
    make(path)
    assert sound_problem(path) == words
    assert kind_problem(path) == (words if is_seen_at_once else None)
    if make is not silent:
        with pytest.raises(CannotDecode, match=words[:20]):
            read_clip(path)


def test_one_that_is_not_there_or_may_not_be_read(tmp_path: Path) -> None:
    assert sound_problem(tmp_path / "a.wav") == "cannot be opened: there is no such file or folder."
    assert sound_problem(tmp_path / "a\0.wav") is not None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes with a name in a folder")
def test_a_pipe_and_a_device_are_not_waited_for(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has no pipes among files")
    os.mkfifo(tmp_path / "pipe.wav")
    (tmp_path / "zero.wav").symlink_to("/dev/zero")
    for name in ("pipe.wav", "zero.wav"):
        assert sound_problem(tmp_path / name) == "is not an ordinary file."
        assert kind_problem(tmp_path / name) == "is not an ordinary file."


@pytest.mark.usefixtures("no_miniaudio")
@pytest.mark.parametrize("name", ["gong.flac", "gong.mp3", "gong.ogg"])
def test_without_the_library_it_is_no_fault_of_the_file(name: str, tmp_path: Path) -> None:
    # A copy: what was found of the file itself is remembered.
    file = Path(shutil.copy(FIXTURES / name, tmp_path))
    assert sound_problem(file) is None
    with pytest.raises(CannotDecode, match="this machine cannot read"):
        read_clip(file)


@pytest.mark.usefixtures("no_miniaudio")
def test_the_bundled_ones_need_no_library() -> None:
    for of in SOUND_SETS:
        for path in sound_set(of).values():
            assert sound_problem(path) is None
            assert 5 <= read_clip(path).onset_ms <= 10
