"""Encodes with PyAV, the extra `uncramp[audio]`, if the machine has no ffmpeg."""

from collections.abc import Iterable
from fractions import Fraction
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from uncramp.core.text.safe_text import on_one_line
from uncramp.export.draft import CannotExport, ExportFault
from uncramp.export.encoding import ENCODED_FORMS, EncodedForm, FileTags


def has_pyav() -> bool:
    """Is PyAV installed?"""
    return find_spec("av") is not None


def encode_by_pyav(draft: Path, blocks: Iterable[bytes], rate: int, tags: FileTags) -> None:
    """Write blocks of 16-bit samples of one channel to `draft`; its ending names the form.

    Raises CannotExport, and OSError.
    """
    av = import_module("av")
    form = ENCODED_FORMS[draft.suffix]
    try:
        with av.open(str(draft), "w", options=dict(form.options)) as container:
            container.metadata.update(tags.tags)
            stream = container.add_stream(
                form.codec, rate=rate, layout="mono", options=dict(form.codec_options)
            )
            if form.bit_rate is not None:
                stream.bit_rate = form.bit_rate
            container.set_chapters(_chapters(tags))
            _encode(av, container, stream, form, blocks, rate)
    except av.FFmpegError as error:
        if isinstance(error, OSError) and error.filename:
            raise
        raise CannotExport(ExportFault.ENCODER, on_one_line(str(error))[:200]) from None


def _chapters(tags: FileTags) -> list[dict[str, Any]]:
    return [
        {
            "id": number,
            "start": chapter.from_ms,
            "end": chapter.to_ms,
            "time_base": Fraction(1, 1_000),
            "metadata": {"title": on_one_line(chapter.title)},
        }
        for number, chapter in enumerate(tags.chapters)
    ]


def _encode(
    av: Any, container: Any, stream: Any, form: EncodedForm, blocks: Iterable[bytes], rate: int
) -> None:
    stream.codec_context.open()
    # A codec takes this many samples at a time; 0 means any number.
    size = stream.codec_context.frame_size or 4_096
    resampler = av.AudioResampler(form.sample_format, "mono", rate, frame_size=size)
    place = 0
    for block in blocks:
        frame = av.AudioFrame("s16", "mono", len(block) // 2)
        frame.planes[0].update(block)
        frame.sample_rate, frame.pts, frame.time_base = rate, place, Fraction(1, rate)
        place += len(block) // 2
        for ready in resampler.resample(frame):
            container.mux(stream.encode(ready))
    for ready in resampler.resample(None):
        container.mux(stream.encode(ready))
    container.mux(stream.encode(None))
