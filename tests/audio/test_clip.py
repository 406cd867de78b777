"""Sounds are read, made softer and measured; what cannot be read is said in words."""

import wave
from pathlib import Path

import pytest

from uncramp.audio.clip import LONGEST_S, decodable, read_clip


def written(path: Path, frames: bytes, *, width: int = 2, channels: int = 1) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(48_000)
        file.writeframes(frames)
    return path


@pytest.mark.parametrize(
    ("width", "one"), [(1, b"\xc0"), (2, b"\x00\x40"), (3, b"\0\0\x40"), (4, b"\0\0\0\x40")]
)
def test_every_width_of_wav_comes_out_as_16_bits(tmp_path: Path, width: int, one: bytes) -> None:
    clip = read_clip(written(tmp_path / "a.wav", one * 480, width=width))
    assert clip.frames == b"\x00\x40" * 480
    assert clip.length_ms == 10


def test_softer_and_where_it_is_heard_first(tmp_path: Path) -> None:
    clip = read_clip(written(tmp_path / "a.wav", bytes(960) + b"\x00\x40" * 480))
    assert clip.onset_ms == 10
    assert clip.softened(0.5).frames[-2:] == b"\x00\x20"
    assert clip.softened(1.0) is clip


def test_a_long_file_is_cut(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wav", bytes(2 * 48_000 * (LONGEST_S + 1)))
    assert read_clip(path).length_ms == LONGEST_S * 1000


def test_what_cannot_be_read_is_said_in_words(tmp_path: Path) -> None:
    for name, content, words in (
        ("a.wav", b"no sound", "a.wav holds no WAV sound that can be read."),
        ("a.ogg", b"no sound", "a.ogg holds no OGG sound that can be read."),
        ("a.txt", b"no sound", "a.txt is no sound that can be read. Use WAV, FLAC, MP3 or OGG."),
    ):
        (tmp_path / name).write_bytes(content)
        said = decodable(tmp_path / name)
        assert said is not None and said.startswith(words)
    assert decodable(written(tmp_path / "b.wav", b"")) == "b.wav holds no sound. Use another file."
    said = decodable(tmp_path / "gone.wav")
    assert said == "gone.wav cannot be opened: No such file or directory."


def test_the_bundled_ones_can_be_read() -> None:
    for path in (Path(__file__).parents[2] / "sounds").glob("*/*.wav"):
        assert decodable(path) is None
        assert 5 <= read_clip(path).onset_ms <= 10
