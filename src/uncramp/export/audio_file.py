"""A plan as one audio file: chimes, voice and silence, with a chapter for each step.

WAV files are written by the standard library, other formats by `ffmpeg` or by PyAV, whichever is
installed. The file gets its name only when all of it is written.
"""

import wave
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.text.durations import clock
from uncramp.export.draft import CannotExport, ExportFault, check_free, drafted
from uncramp.export.encoding import ENCODED_FORMS, EncodedChapter, tags_for
from uncramp.export.ffmpeg_encoder import encode_by_ffmpeg, has_ffmpeg
from uncramp.export.mixdown import LEAD_MS, RATE
from uncramp.export.pyav_encoder import encode_by_pyav, has_pyav

LARGEST_WAV = 2**32 - 1_024
"""The most bytes of samples in a WAV file: about 12 hours."""

FORMS = (".wav", *ENCODED_FORMS)
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
    """The length of the run."""


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
            tags = tags_for(ending, described.title, described.language, _chapters(described))
            encode = encode_by_ffmpeg if has_ffmpeg() else encode_by_pyav
            encode(draft, counted, RATE, tags)


def has_encoder() -> bool:
    """Can formats other than WAV be written here?"""
    return has_ffmpeg() or has_pyav()


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


def _chapters(described: Described) -> list[EncodedChapter]:
    ends = [mark.at_ms for mark in described.marks[1:]] + [described.length_ms]
    # The silence in front belongs to the first chapter.
    return [
        EncodedChapter(mark.title, mark.at_ms + (LEAD_MS if number else 0), end_ms + LEAD_MS)
        for number, (mark, end_ms) in enumerate(zip(described.marks, ends, strict=True))
    ]
