"""A sound file: checking what it is, and reading what can be played.

WAV is read here; FLAC, MP3 and OGG are read by miniaudio, in a separate process.
"""

import os
import stat
import sys
from functools import lru_cache
from pathlib import Path

from uncramp.audio.samples.clip import Clip, onset_ms
from uncramp.audio.samples.decode import CHANNELS, NO_LIBRARY, RATE
from uncramp.audio.samples.wav import NotPlain, parsed
from uncramp.system.os_errors import reason_of

LARGEST_BYTES = 20_000_000
LONGEST_S = 60
"""A longer sound is cut off here when played, and reported when checked."""
MOST_FRAMES_BYTES = LONGEST_S * RATE * CHANNELS * 2
"""The most samples that are played, in bytes: a minute, or less at a rate above 48 kHz."""
QUICK_WAV_BYTES, QUICK_BYTES = 1_000_000, 100_000
"""A WAV, or another kind, up to this size holds only seconds of sound and is quick to read."""
COMMON_RATES = frozenset(
    (8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000, 192_000)
)
"""Rates that every backend takes."""
DECODED_WITHIN_S = 15.0
_SAVE_AS = "Save it as WAV, FLAC, MP3 or OGG."
_NO_SOUND = f"has no sound that can be read. {_SAVE_AS}"
DECODE_COMMAND = (sys.executable, "-P", "-m", "uncramp.audio.samples.decode")
"""The program that decodes: standard input to samples on standard output."""


class CannotDecode(Exception):
    """A file has nothing to play. The text continues the file's name: `is empty.`"""


class NotHere(CannotDecode):
    """This machine has no library for the file; another one may."""


def read_clip(path: Path) -> Clip:
    """Read a WAV, FLAC, MP3 or OGG file, at most its first minute. Raises CannotDecode.

    Never waits for a pipe or a device, and takes in no more than `LARGEST_BYTES`.
    """
    data = _content(path)
    rate, channels, frames, _ = _decoded(data, _kind(data, path))
    frames = frames[:MOST_FRAMES_BYTES]
    return Clip(rate, channels, frames, onset_ms(frames, rate, channels))


def is_quick_to_read(path: Path) -> bool:
    """Is it a small file, or one that cannot be read at all?"""
    try:
        size = path.stat().st_size
        is_wav = _kind(_content(path, 64), path) == "WAV"
        return size <= (QUICK_WAV_BYTES if is_wav else QUICK_BYTES)
    except (OSError, ValueError, CannotDecode):
        return True


def kind_problem(path: Path) -> str | None:
    """What a first look shows to be wrong with a file; None if nothing is.

    Cheap, for lists of routines. The text continues the file's name.
    """
    try:
        _kind(_content(path, 64), path)
    except CannotDecode as problem:
        return str(problem)
    return None


def sound_problem(path: Path) -> str | None:
    """What is wrong with a file as a sound, after decoding all of it; None if nothing is.

    A kind that this machine cannot read is not the file's fault. The text continues the file's
    name. A file is decoded again only after it has changed.
    """
    try:
        found = path.stat()
    except (OSError, ValueError) as problem:
        return str(_unopened(problem))
    return _judged(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=256)
def _judged(path: Path, _changed_ns: int, _size: int) -> str | None:
    try:
        data = _content(path)
        rate, channels, frames, is_longer = _decoded(data, _kind(data, path))
    except NotHere:
        return None
    except CannotDecode as problem:
        return str(problem)
    if is_longer:
        return "is longer than a minute, but a cue should be short. Cut it to a few seconds."
    if len(frames) > MOST_FRAMES_BYTES:
        played_s = MOST_FRAMES_BYTES // (2 * channels * rate)
        return f"is so fine that only {played_s} s of it are played. Cut it to a few seconds."
    if not any(frames):
        return "is completely silent. For silence, write false."
    return None


def _content(path: Path, most: int = LARGEST_BYTES) -> bytes:
    try:
        _refuse_odd_kinds(path.stat())
        descriptor = os.open(path, os.O_RDONLY | _NO_WAITING)
        with os.fdopen(descriptor, "rb") as file:
            # It may have been replaced since.
            _refuse_odd_kinds(os.fstat(descriptor))
            return file.read(most)
    except (OSError, ValueError) as problem:
        raise _unopened(problem) from None


def _unopened(problem: Exception) -> CannotDecode:
    reason = reason_of(problem)
    return CannotDecode(f"cannot be opened: {reason}.")


_NO_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def _refuse_odd_kinds(found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise CannotDecode("is not an ordinary file.")
    if found.st_size == 0:
        raise CannotDecode(f"is empty: there is no sound in it. {_SAVE_AS}")
    if found.st_size > LARGEST_BYTES:
        size = f"{LARGEST_BYTES // 1_000_000} MB"
        raise CannotDecode(f"is larger than {size}. Cut it to a few seconds.")


def _kind(data: bytes, path: Path) -> str:
    """What kind of sound it is, judged by its first bytes: the name may be wrong."""
    known = {b"RIFF": "WAV", b"RF64": "WAV", b"fLaC": "FLAC", b"OggS": "OGG"}.get(data[:4])
    if known == "OGG" and b"OpusHead" in data[:64]:
        raise _other("an Opus")
    if known:
        return known
    is_frame = data[:1] == b"\xff" and data[1:2] >= b"\xe0"
    if is_frame and data[1] & 0x06 == 0:
        raise _other("an AAC")
    if is_frame or data[:3] == b"ID3":
        return "MP3"
    for place, sign, what in _OTHERS:
        if data[place : place + len(sign)] == sign:
            raise _other(what)
    if path.suffix.lower() == ".mp3":
        # An MP3 may begin with anything: players search for the first frame.
        return "MP3"
    raise CannotDecode(_NO_SOUND)


_OTHERS = (
    (4, b"ftyp", "an M4A"),
    (0, b"FORM", "an AIFF"),
    (0, b"MThd", "a MIDI"),
    (0, b"\x30\x26\xb2\x75", "a WMA"),
    (0, b"\x1a\x45\xdf\xa3", "a WebM"),
    (0, b".snd", "an AU"),
    (0, b"caff", "a CAF"),
)
"""Kinds that cannot be played: where their signature is, and their usual names."""


def _other(what: str) -> CannotDecode:
    return CannotDecode(f"is {what} file, which cannot be played. {_SAVE_AS}")


def _decoded(data: bytes, kind: str) -> tuple[int, int, bytes, bool]:
    """The rate, the channels, the samples at 16 bits, and whether there are more of them."""
    if kind == "WAV":
        try:
            rate, channels, frames, is_longer = parsed(data, LONGEST_S)
        except NotPlain:
            pass
        else:
            if not frames:
                raise CannotDecode(_NO_SOUND)
            if rate in COMMON_RATES:
                return rate, channels, frames, is_longer
    return _decoded_apart(data, kind)


_A_KIND = {"WAV": "a WAV", "FLAC": "a FLAC", "MP3": "an MP3", "OGG": "an OGG"}


def _decoded_apart(data: bytes, kind: str) -> tuple[int, int, bytes, bool]:
    """Decode it in a separate process: if that crashes, this one goes on."""
    # Loaded only if needed: this module is loaded at every start.
    import subprocess

    most = MOST_FRAMES_BYTES
    try:
        completed = subprocess.run(
            [*DECODE_COMMAND, str(most + 1)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=DECODED_WITHIN_S,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as problem:
        raise CannotDecode(_NO_SOUND) from problem
    if completed.returncode == NO_LIBRARY:
        words = f"is {_A_KIND[kind]} file of a kind that this machine cannot read."
        raise NotHere(f"{words} Save it as WAV with 16 bits.")
    if completed.returncode != 0 or len(completed.stdout) < CHANNELS * 2:
        raise CannotDecode(_NO_SOUND)
    return RATE, CHANNELS, completed.stdout[:most], len(completed.stdout) > most
