"""The page for a phone, from the options and the settings."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from uncramp.cli.arguments import Arguments
from uncramp.cli.rendering import ExportProgress, Rendering
from uncramp.core.plan.plan import Plan
from uncramp.core.suitability.assess import Answer
from uncramp.export.audio_file import Described, has_encoder, write_audio
from uncramp.export.draft import check_free
from uncramp.export.mixdown import LEAD_MS, RATE, mixed
from uncramp.export.phone.clips import ClipSheet
from uncramp.export.phone.phone_content import PhoneContent
from uncramp.export.phone.phone_page import write_page
from uncramp.plain.output import complain
from uncramp.settings import Settings

_NO_ENCODER_WORDS = (
    "There is no encoder here, so the page plays single sounds and the phone's screen has to "
    "stay on. With ffmpeg or uncramp[audio] it has one track, which goes on in the dark."
)


def write_phone_page(
    target: Path, found: Answer, plan: Plan, settings: Settings, asked: Arguments
) -> None:
    """Write the page to `target`. Raises CannotExport."""
    check_free(target, may_replace=asked.force)
    content = PhoneContent(plan, found.differences)
    night = _night(settings, is_always=asked.night)
    rendering = Rendering(plan, settings, asked, is_answered=True)
    try:
        if has_encoder():
            with TemporaryDirectory(prefix="uncramp-") as folder:
                track = Path(folder) / "track.m4a"
                length_s = _write_track(track, rendering, content)
                data = content.data(length_s, night)
                write_page(target, content, data, track, may_replace=asked.force)
        else:
            complain(_NO_ENCODER_WORDS)
            sheet = ClipSheet()
            sheet.fill(content.watched(rendering.items()), rendering.loader.clip)
            data = content.data(sheet.length_s, night)
            data |= {"clips": sheet.clips, "sounds": sheet.sounds}
            write_page(target, content, data, None, may_replace=asked.force)
    finally:
        rendering.close()
    rendering.tell_problems()


def _night(settings: Settings, *, is_always: bool) -> tuple[int, int]:
    """The minutes of the day between which the page is red by itself."""
    if is_always or settings.night == "always":
        return 0, 24 * 60
    if settings.night == "never":
        return 0, 0
    return settings.night_from_min, settings.night_to_min


def _write_track(track: Path, rendering: Rendering, content: PhoneContent) -> float:
    """Write the sound. Returns its length in seconds."""
    size = 0

    def counted(blocks: Iterator[bytes]) -> Iterator[bytes]:
        nonlocal size
        for block in blocks:
            size += len(block)
            yield block

    described: Described = rendering.described()
    blocks = counted(mixed(content.watched(rendering.items()), rendering.loader.clip))
    with ExportProgress(described.length_ms + LEAD_MS) as progress:
        write_audio(track, described, blocks, on_ms=progress)
    return size / 2 / RATE
