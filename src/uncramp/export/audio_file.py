"""A plan as one audio file: chimes, voice and silence, with a chapter for each step.

WAV files are written by the standard library, other formats by `ffmpeg`, if it is installed. The
file gets its name only when all of it is written.
"""

import shutil
import subprocess
import wave
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.text.durations import clock
from uncramp.core.text.safe_text import on_one_line
from uncramp.export.draft import CannotExport, ExportFault, check_free, drafted
from uncramp.export.mixdown import LEAD_MS, RATE

LARGEST_WAV = 2**32 - 1_024
"""The most bytes of samples in a WAV file: about 12 hours."""

_CODECS = {
    ".flac": ("-c:a", "flac"),
    ".mp3": ("-c:a", "libmp3lame", "-b:a", "64k", "-id3v2_version", "3"),
    ".m4a": ("-c:a", "aac", "-b:a", "48k", "-movflags", "+faststart"),
    ".opus": ("-c:a", "libopus", "-b:a", "48k"),
}

FORMS = (".wav", *_CODECS)
"""The endings of files that can be written."""


@dataclass(frozen=True, slots=True)
class ChapterMark:
    """A chapter of the file."""

    title: str
    at_ms: int
    """From the run's beginning; the file's silence in front is not counted."""


@dataclass(frozen=True, slots=True)
class Described:
    """The metadata of the file."""

    title: str
    language: str
    """A BCP 47 tag: `en`."""
    marks: Sequence[ChapterMark]
    length_ms: int
    """The chapters of the run."""


def write_audio(
    target: Path,
    described: Described,
    blocks: Iterable[bytes],
    *,
    may_replace: bool = False,
    on_ms: Callable[[float], None] = lambda ms: None,
) -> None:
    """Write the samples of `blocks` to `target`, in the format that its ending names.

    `on_ms` is called with how much of the file is done, in milliseconds. Raises CannotExport.
    """
    ending = target.suffix.lower()
    check_target(target, described.length_ms, may_replace=may_replace)
    with drafted(target, ending, may_replace=may_replace) as draft:
        counted = _counted(blocks, on_ms)
        if ending == ".wav":
            _write_wav(draft, counted)
        else:
            _encode(draft, described, counted, _CODECS[ending])


def has_encoder() -> bool:
    """Can formats other than WAV be written here?"""
    return shutil.which("ffmpeg") is not None


def check_target(target: Path, length_ms: int, *, may_replace: bool = False) -> None:
    """Raise CannotExport if it is clear from the start that the file cannot be written."""
    ending = target.suffix.lower()
    if ending not in FORMS:
        raise CannotExport(ExportFault.ENDING, ", ".join(FORMS))
    if ending != ".wav" and not has_encoder():
        raise CannotExport(ExportFault.NO_ENCODER, ending)
    if ending == ".wav" and length_ms * RATE // 1000 * 2 > LARGEST_WAV:
        raise CannotExport(ExportFault.TOO_LONG, clock(length_ms))
    check_free(target, may_replace=may_replace)


def _counted(blocks: Iterable[bytes], on_ms: Callable[[float], None]) -> Iterator[bytes]:
    done = 0
    for block in blocks:
        yield block
        done += len(block)
        on_ms(done / 2 / RATE * 1000)


def _write_wav(draft: Path, blocks: Iterable[bytes]) -> None:
    with draft.open("xb") as file, wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(RATE)
        for block in blocks:
            writer.writeframesraw(block)


def _encode(
    draft: Path, described: Described, blocks: Iterable[bytes], codec: Sequence[str]
) -> None:
    """Have ffmpeg write the file; it gets the chapters in a separate file."""
    notes = draft.with_suffix(".txt")
    errors = draft.with_suffix(".log")
    try:
        notes.write_text(ffmetadata(described), encoding="utf-8")
        with errors.open("xb") as said:
            process = subprocess.Popen(
                [
                    "ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error",
                    "-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", "pipe:0",
                    "-f", "ffmetadata", "-i", f"file:{notes}",
                    "-map", "0:a", "-map_metadata", "1", "-map_chapters", "1",
                    *codec, f"file:{draft}",
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=said,
            )  # fmt: skip
            try:
                assert process.stdin is not None
                with suppress(BrokenPipeError), process.stdin:
                    for block in blocks:
                        process.stdin.write(block)
                status = process.wait()
            except BaseException:
                process.kill()
                process.wait()
                raise
        if status != 0:
            lines = errors.read_text("utf-8", "replace").splitlines()
            raise CannotExport(ExportFault.ENCODER, on_one_line(lines[-1][:200]) if lines else "")
    finally:
        for file in (notes, errors):
            file.unlink(missing_ok=True)


def ffmetadata(described: Described) -> str:
    """The title, the language and the chapters in ffmpeg's format."""
    lines = [
        ";FFMETADATA1",
        f"title={_escaped(described.title)}",
        f"language={_escaped(described.language)}",
    ]
    ends = [mark.at_ms for mark in described.marks[1:]] + [described.length_ms]
    for number, (mark, end_ms) in enumerate(zip(described.marks, ends, strict=True)):
        # The silence in front belongs to the first chapter.
        start_ms = mark.at_ms + (LEAD_MS if number else 0)
        lines += [
            "[CHAPTER]",
            "TIMEBASE=1/1000",
            f"START={start_ms}",
            f"END={end_ms + LEAD_MS}",
            f"title={_escaped(mark.title)}",
        ]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    line = on_one_line(text)
    return "".join(f"\\{letter}" if letter in "=;#\\\n" else letter for letter in line)
