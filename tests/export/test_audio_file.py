"""An audio file contains what a live run plays: every sound at its sample, a chapter per step."""

import subprocess
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.content.bundled import IDS, routine
from tests.speech.fakes import FakeMaker
from uncramp.audio.samples.clip import Clip, samples_of
from uncramp.audio.samples.sound_file import read_clip
from uncramp.core.plan.cues import cues_of
from uncramp.core.plan.plan import Plan, make_plan
from uncramp.core.routine.model import CueKind, Routine, Sound, Step
from uncramp.core.run.events import CueDue, SpanBegan
from uncramp.core.run.timeline import timeline
from uncramp.export.audio_file import ChapterMark, Described, write_audio
from uncramp.export.draft import CannotExport, ExportFault
from uncramp.export.encoding import EncodedChapter, tags_for
from uncramp.export.ffmpeg_encoder import ffmetadata
from uncramp.export.mixdown import LEAD_MS, RATE, Loader, at_rate, mixed
from uncramp.export.rendition import (
    MARGIN_MS,
    Ended,
    PlacedSound,
    RenditionItem,
    Stretch,
    rendered,
)
from uncramp.system.resources import sound_set

SOUNDS = sound_set()


def soundings(plan: Plan, **options: object) -> list[PlacedSound]:
    return [one for one in rendered(plan, **options) if isinstance(one, PlacedSound)]  # type: ignore[arg-type]


def path_of(sounding: PlacedSound) -> tuple[Path, Path | None]:
    return SOUNDS[sounding.sound.name], None


def planned(plan: Plan) -> Iterator[tuple[float, Sound]]:
    """The timeline's sounds; an open step goes on for the margin after its first prompt."""
    late_ms, span = 0, plan.span(0)
    for event in timeline(plan):
        match event:
            case SpanBegan():
                span = event.span
            case CueDue() if event.cue.sound is not None:
                if span.is_open and event.cue.kind in (CueKind.END, CueKind.FINISH):
                    first_ms, end_ms = span.length_ms, span.length_ms + MARGIN_MS
                    for cue in cues_of(span, ends_itself=False, after_ms=first_ms - 1):
                        if cue.at_ms >= end_ms:
                            break
                        if cue.sound is not None:
                            yield event.at - first_ms + cue.at_ms + late_ms, cue.sound
                    late_ms += MARGIN_MS
                yield event.sounds_at + late_ms, event.cue.sound


@pytest.mark.parametrize("routine_id", IDS)
def test_every_chime_is_where_the_timeline_has_it(routine_id: str) -> None:
    plan = make_plan(routine(routine_id))
    assert [(one.at_ms, one.sound) for one in soundings(plan)] == list(planned(plan))


def test_a_clip_is_laid_at_its_sample() -> None:
    plan = make_plan(Routine("r", "R", (Step("a", "Rub", 20_000), Step("b", "Roll", 12_000))))
    samples = memoryview(b"".join(mixed(rendered(plan), Loader(path_of).clip))).cast("h")
    for one in soundings(plan):
        clip = read_clip(SOUNDS[one.sound.name])
        start = round((one.at_ms + LEAD_MS - clip.onset_ms) * RATE / 1000)
        # Until the next sound begins, it is the clip and nothing else.
        length = min(len(clip.frames) // 2, RATE // 10)
        assert samples[start : start + length].tolist() == samples_of(clip)[:length].tolist()


def test_a_phrase_is_spoken_as_in_a_run() -> None:
    maker = FakeMaker()
    plan = make_plan(Routine("r", "R", (Step("a", "Rub", 20_000),)))
    said = [one for one in soundings(plan, maker=maker) if one.sound.is_file]
    assert said and said[0].at_ms == 300
    assert "Rub" in maker.asked[0]


def test_an_open_step_lasts_as_long_as_was_asked() -> None:
    plan = make_plan(Routine("r", "R", (Step("a", "Dry", 10_000, is_open=True),)))
    assert list(rendered(plan, open_ms=90_000))[-1] == Ended(90_000)
    assert list(rendered(plan))[-1] == Ended(10_000 + MARGIN_MS)


def test_chapters_come_in_order_with_their_sounds() -> None:
    plan = make_plan(routine("bedtime"))
    items = list(rendered(plan))
    moments = [item.at_ms for item in items]
    assert moments == sorted(moments)
    chapters = [item for item in items if isinstance(item, Stretch) and item.begins_step]
    assert len(chapters) == plan.total.steps
    assert chapters[0].at_ms == 0


def test_what_is_cut_off_fades_and_ends() -> None:
    loud = Clip(RATE, 1, b"\x00\x40" * RATE)
    items: list[RenditionItem] = [
        PlacedSound(Sound("a"), 1.0, 0.0, until_ms=100.0),
        Ended(2_000),
    ]
    samples = memoryview(b"".join(mixed(items, lambda _: loud))).cast("h")
    end = LEAD_MS * RATE // 1000 + RATE // 10
    assert samples[end - 1] == 0x4000
    assert 0 < samples[end + RATE // 400] < 0x4000
    assert not any(samples[end + RATE // 200 :])


def test_sounds_of_another_rate_keep_their_length() -> None:
    clip = Clip(22_050, 2, b"\x10\x00\x10\x00" * 22_050)
    found = at_rate(clip)
    assert (found.rate, found.channels) == (RATE, 1)
    assert found.length_ms == pytest.approx(1_000, abs=1)
    assert max(samples_of(found)) == pytest.approx(16, abs=1)


def test_a_sound_that_cannot_be_read_is_named_and_another_stands_in(tmp_path: Path) -> None:
    broken = tmp_path / "gong.wav"
    broken.write_bytes(b"RIFF")
    loader = Loader(lambda _: (broken, SOUNDS["end"]))
    clip = loader.clip(PlacedSound(Sound("gong.wav", str(tmp_path)), 1.0, 0.0))
    assert clip == at_rate(read_clip(SOUNDS["end"]))
    assert list(loader.unread) == [broken]


TWO_HOURS = """
import re
from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Routine, Step
from uncramp.export.mixdown import mixed
from uncramp.export.rendition import rendered
plan = make_plan(Routine("r", "R", tuple(Step(str(n), "Half", 1_800_000) for n in range(4))))
length = sum(map(len, mixed(rendered(plan), lambda _: None)))
status = open("/proc/self/status").read()
print(length // 2 // 48_000, int(re.search(r"VmHWM:\\s+(\\d+) kB", status)[1]) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
def test_memory_does_not_grow_with_the_length() -> None:
    command = [sys.executable, "-c", TWO_HOURS]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, megabytes = map(int, told.stdout.split())
    assert seconds >= 2 * 60 * 60
    assert megabytes < 100


DESCRIBED = Described(
    "A = B; #1\n", "en", (ChapterMark("Soak", 0), ChapterMark("Rub", 5_000)), 9_000
)


def silence(seconds: int = 2) -> Iterator[bytes]:
    for _ in range(seconds):
        yield bytes(2 * RATE)


def test_a_wav_file_is_whole_and_alone(tmp_path: Path) -> None:
    target = tmp_path / "a.wav"
    done: list[float] = []
    write_audio(target, DESCRIBED, silence(), on_ms=done.append)
    with wave.open(str(target)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getnframes()) == (RATE, 1, 2 * RATE)
    assert done == [1_000, 2_000]
    assert list(tmp_path.iterdir()) == [target]


def test_nothing_is_left_of_a_file_that_was_broken_off(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield bytes(2 * RATE)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_audio(tmp_path / "a.wav", DESCRIBED, broken())
    assert list(tmp_path.iterdir()) == []


def why(target: Path, length_ms: int = 9_000) -> ExportFault:
    with pytest.raises(CannotExport) as caught:
        write_audio(target, Described("A", "en", (ChapterMark("A", 0),), length_ms), silence())
    return caught.value.why


def test_what_cannot_be_written_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = tmp_path / "there.wav"
    there.write_text("mine")
    assert why(there) is ExportFault.THERE_ALREADY and there.read_text() == "mine"
    assert why(tmp_path / "a.ogg") is ExportFault.ENDING
    assert why(tmp_path / "a.wav", 24 * 3_600_000) is ExportFault.TOO_LONG
    assert why(tmp_path / "none" / "a.wav") is ExportFault.DISK
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setattr("uncramp.export.audio_file.has_pyav", lambda: False)
    assert why(tmp_path / "a.m4a") is ExportFault.NO_ENCODER
    assert list(tmp_path.iterdir()) == [there]


def test_titles_cannot_write_other_lines_into_the_notes() -> None:
    chapters = [EncodedChapter("Soak", 0, 6_000), EncodedChapter("Rub", 6_000, 10_000)]
    lines = ffmetadata(tags_for(".m4a", "A = B; #1\n", "en", chapters)).splitlines()
    assert lines[1] == r"title=A \= B\; \#1"
    assert [line for line in lines if line.startswith(("START", "END"))] == [
        "START=0", "END=6000", "START=6000", "END=10000",
    ]  # fmt: skip
    hostile = [EncodedChapter("y\rtitle=z", 0, 1_000)]
    for ending in (".m4a", ".opus"):
        text = ffmetadata(tags_for(ending, "x\n[CHAPTER]\nSTART=0", "en\n", hostile))
        assert text.count("\n[CHAPTER]\n") == (ending == ".m4a")
