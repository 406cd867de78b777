"""Integer WAV files, read without a library, including 24 bits and six channels."""

import struct
import sys
from array import array

PLAIN, EXTENSIBLE = 1, 0xFFFE
_PLAIN_IN_EXTENSIBLE = bytes.fromhex("0100000000001000800000aa00389b71")


class NotPlain(Exception):
    """It is not an integer WAV file."""


def parsed(data: bytes, longest_s: int) -> tuple[int, int, bytes, bool]:
    """The rate, the channels, the samples at 16 bits, and whether there are more of them.

    At most `longest_s` is read, and only the first two channels. The length in the header is
    not trusted: a file that was cut short is played as far as it goes. Raises NotPlain.
    """
    if data[:4] not in (b"RIFF", b"RF64") or data[8:12] != b"WAVE":
        raise NotPlain
    form: tuple[int, int, int] | None = None
    place = 12
    while place + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, place)
        place += 8
        if name == b"fmt ":
            form = _form(data[place : place + length])
        elif name == b"data":
            if form is None:
                raise NotPlain
            return _samples(data[place : place + length], form, longest_s)
        place += length + length % 2
    raise NotPlain


def _form(chunk: bytes) -> tuple[int, int, int]:
    """The rate, the channels and the bytes per sample."""
    if len(chunk) < 16:
        raise NotPlain
    code, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", chunk)
    if code == EXTENSIBLE and chunk[24:40] == _PLAIN_IN_EXTENSIBLE:
        code = PLAIN
    if code != PLAIN or not channels or bits not in (8, 16, 24, 32):
        raise NotPlain
    return rate, channels, bits // 8


def _samples(
    data: bytes, form: tuple[int, int, int], longest_s: int
) -> tuple[int, int, bytes, bool]:
    rate, channels, width = form
    whole = width * channels
    longest = longest_s * rate * whole
    is_longer = len(data) > longest
    data = data[: min(longest, len(data) // whole * whole)]
    if width == 1:
        eight = array("h", ((sample - 128) * 256 for sample in data))
        if sys.byteorder == "big":
            eight.byteswap()
        data = eight.tobytes()
    elif width > 2:
        # The upper two bytes of each little-endian sample are the sample at 16 bits.
        narrowed = bytearray(len(data) // width * 2)
        narrowed[0::2], narrowed[1::2] = data[width - 2 :: width], data[width - 1 :: width]
        data = bytes(narrowed)
    if channels > 2:
        data = b"".join(data[at : at + 4] for at in range(0, len(data), 2 * channels))
    return rate, min(channels, 2), data, is_longer
