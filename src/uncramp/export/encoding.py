"""What an encoder has to write: the form of a file, its tags and its chapters."""

from collections.abc import Iterator, Sequence

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.text.durations import HOUR_MS, MINUTE_MS
from uncramp.core.text.safe_text import on_one_line


@dataclass(frozen=True, slots=True)
class EncodedForm:
    """How the files of one ending are encoded."""

    codec: str
    """The codec, by FFmpeg's name."""
    bit_rate: int | None
    """Bits per second; None for a lossless format."""
    sample_format: str
    """The codec's sample format."""
    options: tuple[tuple[str, str], ...] = ()
    """Options of the file's format, by FFmpeg's names."""
    codec_options: tuple[tuple[str, str], ...] = ()


ENCODED_FORMS = {
    ".flac": EncodedForm("flac", None, "s16"),
    ".mp3": EncodedForm("libmp3lame", 64_000, "fltp", (("id3v2_version", "3"),)),
    ".m4a": EncodedForm("aac", 48_000, "fltp", (("movflags", "+faststart"),)),
    # At its best, 10, it takes three times as long, and speech and chimes sound the same.
    ".opus": EncodedForm("libopus", 48_000, "flt", codec_options=(("compression_level", "3"),)),
}
"""The formats, by the file's ending."""


@dataclass(frozen=True, slots=True)
class EncodedChapter:
    """A chapter, in milliseconds from the file's beginning."""

    title: str
    from_ms: int
    to_ms: int


@dataclass(frozen=True, slots=True)
class FileTags:
    """The metadata of a file."""

    tags: tuple[tuple[str, str], ...]
    chapters: tuple[EncodedChapter, ...]


def tags_for(
    ending: str, title: str, language: str, chapters: Sequence[EncodedChapter]
) -> FileTags:
    """The tags and the chapters of a file with that ending.

    Opus has its chapters as comments. FFmpeg would write them a second late where a chapter
    begins in the second half of one (seen in 5.1 and in libavformat 62), so they are tags here.
    """
    tags = (("title", on_one_line(title)), ("language", on_one_line(language)))
    if ending == ".opus":
        return FileTags((*tags, *_comments(chapters)), ())
    return FileTags(tags, tuple(chapters))


def _comments(chapters: Sequence[EncodedChapter]) -> Iterator[tuple[str, str]]:
    for number, chapter in enumerate(chapters[:1_000]):
        minutes, ms = divmod(chapter.from_ms, MINUTE_MS)
        hours = chapter.from_ms // HOUR_MS
        moment = f"{hours:02}:{minutes % 60:02}:{ms // 1000:02}.{ms % 1000:03}"
        yield f"CHAPTER{number:03}", moment
        yield f"CHAPTER{number:03}NAME", on_one_line(chapter.title)
