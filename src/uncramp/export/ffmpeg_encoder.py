"""Encodes with the program `ffmpeg`, if the machine has it."""

import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from uncramp.core.text.safe_text import on_one_line
from uncramp.export.draft import CannotExport, ExportFault
from uncramp.export.encoding import ENCODED_FORMS, EncodedForm, FileTags


def has_ffmpeg() -> bool:
    """Is the program on this machine?"""
    return shutil.which("ffmpeg") is not None


def encode_by_ffmpeg(draft: Path, blocks: Iterable[bytes], rate: int, tags: FileTags) -> None:
    """Write blocks of 16-bit samples of one channel to `draft`; its ending names the form.

    Raises CannotExport, and OSError.
    """
    notes = draft.with_suffix(".txt")
    errors = draft.with_suffix(".log")
    try:
        # It gets the chapters in a separate file.
        notes.write_text(ffmetadata(tags), encoding="utf-8")
        with errors.open("xb") as said:
            process = subprocess.Popen(
                [
                    "ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error",
                    "-f", "s16le", "-ar", str(rate), "-ac", "1", "-i", "pipe:0",
                    "-f", "ffmetadata", "-i", f"file:{notes}",
                    "-map", "0:a", "-map_metadata", "1", "-map_chapters", "1",
                    *_options(ENCODED_FORMS[draft.suffix]), f"file:{draft}",
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


def _options(form: EncodedForm) -> Iterator[str]:
    yield from ("-c:a", form.codec)
    if form.bit_rate is not None:
        yield from ("-b:a", str(form.bit_rate))
    for name, value in (*form.codec_options, *form.options):
        yield from (f"-{name}", value)


def ffmetadata(tags: FileTags) -> str:
    """The tags and the chapters as ffmpeg reads them."""
    lines = [";FFMETADATA1", *(f"{name}={_escaped(value)}" for name, value in tags.tags)]
    for chapter in tags.chapters:
        lines += [
            "[CHAPTER]",
            "TIMEBASE=1/1000",
            f"START={chapter.from_ms}",
            f"END={chapter.to_ms}",
            f"title={_escaped(chapter.title)}",
        ]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    line = on_one_line(text)
    return "".join(f"\\{letter}" if letter in "=;#\\\n" else letter for letter in line)
