"""Files that ffmpeg encodes: their chapters, their onsets, and nothing left of a broken one."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from uncramp.audio.samples.clip import Clip
from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Cues, Routine, Step
from uncramp.export.audio_file import ChapterMark, Described, write_audio
from uncramp.export.mixdown import LEAD_MS, RATE, Loader, mixed
from uncramp.export.rendition import PlacedSound, rendered
from uncramp.system.resources import sound_set

SOUNDS = sound_set()
MARKS = (ChapterMark("Rub", 0), ChapterMark("Roll", 3_000))


def clip_of(sounding: PlacedSound) -> Clip | None:
    return Loader(lambda one: (SOUNDS[one.sound.name], None)).clip(sounding)


def test_nothing_is_left_of_an_encoding_that_was_broken_off(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield bytes(2 * RATE)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_audio(tmp_path / "a.flac", Described("R", "en", MARKS, 7_000), broken())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ["m4a", "flac", "mp3", "opus"])
def test_an_encoded_file_has_its_chapters_and_its_onsets(tmp_path: Path, ending: str) -> None:
    cues = Cues(halfway=None, tick=None)
    steps = (Step("a", "Rub", 3_000, cues=cues), Step("b", "Roll", 4_000, cues=cues))
    plan = make_plan(Routine("r", "R", steps))
    target = tmp_path / f"r.{ending}"
    write_audio(target, Described("R", "en", MARKS, 7_000), mixed(rendered(plan), clip_of))
    told = subprocess.run(
        ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", str(target)],
        capture_output=True, check=True,
    )  # fmt: skip
    chapters = json.loads(told.stdout)["chapters"]
    # ffmpeg writes none into FLAC.
    titles = {} if ending == "flac" else {0.0: "Rub", 4.0: "Roll"}
    assert {float(one["start_time"]): one["tags"]["title"] for one in chapters} == titles
    decoded = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(target), "-f", "s16le", "-ac", "1", "-"],
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    samples = memoryview(decoded).cast("h")
    first = next(one for one in rendered(plan) if isinstance(one, PlacedSound))
    around = round((first.at_ms + LEAD_MS) * RATE / 1000)
    loud = next(at for at in range(around - 4_800, around + 4_800) if abs(samples[at]) > 300)
    assert abs(loud - around) / RATE < 0.03
