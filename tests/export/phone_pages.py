"""Pages for a phone, made for tests without a voice and, where it may be, without an encoder."""

from pathlib import Path

from uncramp.core.plan.plan import Plan
from uncramp.export.audio_file import ChapterMark, Described, write_audio
from uncramp.export.mixdown import RATE, Loader, mixed
from uncramp.export.phone.clips import ClipSheet
from uncramp.export.phone.phone_content import PhoneContent
from uncramp.export.phone.phone_page import page_parts
from uncramp.export.rendition import rendered
from uncramp.system.resources import sound_set

SOUNDS = sound_set()


def loader() -> Loader:
    return Loader(lambda one: (SOUNDS[one.sound.name], None))


NEVER = (0, 0)


def page_with_clips(plan: Plan, night: tuple[int, int] = NEVER) -> str:
    content, sheet = PhoneContent(plan), ClipSheet()
    sheet.fill(content.watched(rendered(plan, is_answered=True)), loader().clip)
    data = content.data(sheet.length_s, night) | {"clips": sheet.clips, "sounds": sheet.sounds}
    return "".join(page_parts(content, data, None))


def page_with_track(plan: Plan, folder: Path, night: tuple[int, int] = NEVER) -> str:
    """The page with its sound encoded by ffmpeg."""
    content, track = PhoneContent(plan), folder / "track.m4a"
    blocks = list(mixed(content.watched(rendered(plan, is_answered=True)), loader().clip))
    described = Described("R", "en", (ChapterMark("All", 0),), 1_000)
    write_audio(track, described, blocks, may_replace=True)
    data = content.data(sum(map(len, blocks)) / 2 / RATE, night)
    return "".join(page_parts(content, data, track))
