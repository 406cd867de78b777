"""Encoded files: their chapters, their onsets, and nothing left of a broken one."""

import json
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from uncramp.audio.samples.clip import Clip
from uncramp.cli.main import main
from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Cues, Routine, Step
from uncramp.export.audio_file import ChapterMark, Described, write_audio
from uncramp.export.encoding import EncodedChapter, FileTags, tags_for
from uncramp.export.ffmpeg_encoder import encode_by_ffmpeg
from uncramp.export.mixdown import LEAD_MS, RATE, Loader, mixed
from uncramp.export.pyav_encoder import encode_by_pyav
from uncramp.export.rendition import PlacedSound, rendered
from uncramp.system.resources import sound_set

SOUNDS = sound_set()
CHAPTERS = [EncodedChapter("Rub", 0, 3_600), EncodedChapter("Roll; #2", 3_600, 8_000)]

Encoder = Callable[[Path, Iterable[bytes], int, FileTags], None]


def clip_of(sounding: PlacedSound) -> Clip | None:
    return Loader(lambda one: (SOUNDS[one.sound.name], None)).clip(sounding)


@pytest.mark.parametrize("path", ["", None], ids=["pyav", "ffmpeg"])
def test_nothing_is_left_of_an_encoding_that_was_broken_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str | None
) -> None:
    def broken() -> Iterator[bytes]:
        yield bytes(2 * RATE)
        raise KeyboardInterrupt

    if path is not None:
        monkeypatch.setenv("PATH", path)
    described = Described("R", "en", (ChapterMark("Rub", 0),), 7_000)
    with pytest.raises(KeyboardInterrupt):
        write_audio(tmp_path / "a.m4a", described, broken())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("encode", [encode_by_ffmpeg, encode_by_pyav], ids=["ffmpeg", "pyav"])
@pytest.mark.parametrize("ending", [".m4a", ".flac", ".mp3", ".opus"])
def test_an_encoded_file_has_its_chapters_and_its_onsets(
    tmp_path: Path, ending: str, encode: Encoder
) -> None:
    cues = Cues(halfway=None, tick=None)
    steps = (Step("a", "Rub", 3_000, cues=cues), Step("b", "Roll", 4_000, cues=cues))
    plan = make_plan(Routine("r", "R", steps))
    target = tmp_path / f"r{ending}"
    tags = tags_for(ending, "A = B", "en", CHAPTERS)
    encode(target, mixed(rendered(plan), clip_of), RATE, tags)
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
    told = subprocess.run(
        ["ffprobe", "-v", "error", "-show_chapters", "-show_entries",
         "format_tags:stream_tags", "-of", "json", str(target)],
        capture_output=True, check=True,
    )  # fmt: skip
    found = json.loads(told.stdout)
    # FFmpeg writes none into FLAC.
    titles = {} if ending == ".flac" else {0.0: "Rub", 3.6: "Roll; #2"}
    chapters = found["chapters"]
    assert {float(one["start_time"]): one["tags"]["title"] for one in chapters} == titles
    said = [found.get("format", {}), *found.get("streams", [])]
    names = {name.casefold(): value for one in said for name, value in one.get("tags", {}).items()}
    assert names["title"] == "A = B"
    decoded = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(target), "-f", "s16le", "-ac", "1", "-"],
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    samples = memoryview(decoded).cast("h")
    first = next(one for one in rendered(plan) if isinstance(one, PlacedSound))
    around = round((first.at_ms + LEAD_MS) * RATE / 1000)
    loud = next(at for at in range(around - 4_800, around + 4_800) if abs(samples[at]) > 300)
    assert abs(loud - around) / RATE < 0.03


@pytest.mark.slow
def test_the_page_of_bedtime_with_its_voice_has_less_than_three_megabytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "bedtime.html"
    assert main(["export", "bedtime", "--to", "phone", "--voice", "-o", str(target)]) == 0
    assert capsys.readouterr().err == "", "without an encoder or a voice it would say so"
    page = target.read_bytes()
    assert b'src="data:audio/mp4;base64,' in page
    assert 2_100_000 < len(page) < 3_000_000, len(page)
