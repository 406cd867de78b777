"""The process that holds eSpeak NG's library: `python -m uncramp.speech.espeak_child`.

The library is GPL-3.0, so it is loaded only here. Standard input has one JSON object a line:
`text`, `voices` (best first), `rate`, `pitch`. The answer to each is a line,
`{"rate": 22050, "length": 1234}`, and then that many bytes of samples, or `{"why": "..."}`. The
process ends when its standard input does.
"""

import argparse
import ctypes
import json
import sys
from io import BufferedWriter
from typing import Any, BinaryIO

from uncramp.system.child_process import end_with_parent, keep_output

_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
_BY_CHARACTER = 1
_UTF8 = 1
_RATE, _PITCH = 1, 3

_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


class EspeakApi:
    """eSpeak NG, loaded and ready."""

    def __init__(self, path: str, data: str | None) -> None:
        """Load the library at `path`, with its data in `data`. Raises OSError."""
        self._library = ctypes.CDLL(path)
        self._library.espeak_Synth.argtypes = [
            ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint,
            ctypes.c_uint, ctypes.c_void_p, ctypes.c_void_p,
        ]  # fmt: skip
        folder = data.encode() if data else None
        self.rate: int = self._library.espeak_Initialize(_SYNCHRONOUS, 0, folder, _DO_NOT_EXIT)
        if self.rate <= 0:
            raise OSError("its data cannot be read")
        self._made = bytearray()
        # Kept here: ctypes does not keep a callback alive.
        self._callback = _Callback(self._take)
        self._library.espeak_SetSynthCallback(self._callback)

    def _take(self, samples: Any, count: int, events: Any) -> int:
        if samples and count > 0:
            self._made += ctypes.string_at(samples, 2 * count)
        return 0

    def has(self, voice: str) -> bool:
        """Choose a voice by its name or its language. Returns whether there is one."""
        return bool(self._library.espeak_SetVoiceByName(voice.encode()) == 0)

    def speech(self, text: str, rate: int, pitch: int) -> bytes:
        """The text as samples: 16 bits, one channel."""
        self._library.espeak_SetParameter(_RATE, rate, 0)
        self._library.espeak_SetParameter(_PITCH, pitch, 0)
        self._made.clear()
        written = text.encode() + b"\0"
        self._library.espeak_Synth(written, len(written), 0, _BY_CHARACTER, 0, _UTF8, None, None)
        self._library.espeak_Synchronize()
        return bytes(self._made)


def answer(library: EspeakApi, asked: dict[str, Any], out: BinaryIO) -> None:
    """Make the requested speech and write it, or write why there is none."""
    voice = next((voice for voice in asked["voices"] if library.has(voice)), None)
    if voice is None:
        _write(out, {"no_voice": True})
        return
    made = library.speech(asked["text"], asked["rate"], asked["pitch"])
    _write(out, {"rate": library.rate, "length": len(made)}, made)


def _write(out: BinaryIO, head: dict[str, Any], samples: bytes = b"") -> None:
    out.write(json.dumps(head).encode() + b"\n" + samples)
    out.flush()


def main() -> None:
    """Answer each line of standard input, until it ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("library")
    parser.add_argument("--data")
    arguments = parser.parse_args()
    out = BufferedWriter(keep_output())
    end_with_parent()
    try:
        library = EspeakApi(arguments.library, arguments.data)
    except (OSError, AttributeError) as problem:
        _write(out, {"why": str(problem)})
        return
    for line in sys.stdin.buffer:
        answer(library, json.loads(line), out)


if __name__ == "__main__":
    main()
