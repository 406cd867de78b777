"""What the run screen says about the sound: in full for eight seconds, then a sign."""

from pathlib import Path

import pytest

from tests.recording_player import RecordingPlayer
from tests.tui.stage import EVENING, FakeAutosave, Stage, Time, seen, stage
from uncramp.audio.player import SoundStatus
from uncramp.audio.volume import Hush, Loudness
from uncramp.core.plan.plan import Plan
from uncramp.runs.save_status import SaveState, SaveStatus, save_words
from uncramp.session.conductor import Conductor
from uncramp.session.ports import RunPorts
from uncramp.tui.run.sound_words import sound_line, sound_sign, sound_trouble
from uncramp.tui.widgets.text_page import TextPage

WHY = (
    "No sound: this machine has no sound device that answers (tried miniaudio, pw-play). "
    "The terminal's bell is used instead."
)
FAR = "Sound: miniaudio. You are connected over SSH, so sound plays at the other machine."
FULL = Loudness()
MUTED = Loudness(hush=Hush.MUTED)


@pytest.mark.parametrize(
    ("words", "is_heard", "line", "sign", "is_trouble"),
    [
        ("Sound: miniaudio.", True, "Volume 100. Sound: miniaudio.", "", False),
        (FAR, True, "Volume 100. Sound: miniaudio. I shows more.", "", True),
        (WHY, False, "No sound. I shows more.", "No sound", True),
        ("Sound is off.", False, "Sound is off.", "Sound is off", False),
        (
            "A rehearsal is silent. Add --sound to hear it.",
            False,
            "A rehearsal is silent. I shows more.",
            "A rehearsal is silent",
            True,
        ),
    ],
)
def test_a_trouble_is_told_in_full_and_then_in_a_word_or_two(
    words: str, is_heard: bool, line: str, sign: str, is_trouble: bool
) -> None:
    status = SoundStatus(is_heard, None, words)
    assert sound_line(status, FULL, "I") == line
    assert sound_sign(status, FULL) == sign
    assert sound_trouble(status) == (words if is_trouble else "")


def test_muted_has_a_sign_of_its_own() -> None:
    assert sound_sign(SoundStatus(True, None, "Sound: miniaudio."), MUTED) == "Muted"


class Deaf(RecordingPlayer):
    words = WHY

    def status(self) -> SoundStatus:
        return SoundStatus(False, None, self.words)


def deaf(tmp_path: Path) -> tuple[Stage, Deaf]:
    time, player = Time(), Deaf()

    def make(plan: Plan) -> Conductor:
        return Conductor(plan, time.clocks(), player)

    on = stage(tmp_path, EVENING, conductors=make)
    on.time = time
    return on, player


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
async def test_no_sound_stands_whole_for_eight_seconds(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    on, _ = deaf(tmp_path)
    async with on.app.run_test(size=size) as pilot:
        await on.after(pilot, 1)
        drawn = " ".join(seen(on).replace("│", " ").split())
        # Beside the words stands the main column: each word is there, and none is cut.
        assert all(word in drawn for word in WHY.split())
        assert on.run.panel.note.size.height > 0
        await on.after(pilot, 6)
        assert on.says("note") == WHY
        await on.after(pilot, 1)
        assert on.says("note") == ""
        assert "No sound" in seen(on)
        assert "bell" not in seen(on)
        await on.press(pilot, "i")
        assert WHY in on.app.screen.query_one(TextPage).text


@pytest.mark.parametrize(
    ("size", "told"), [((20, 6), "No sound"), ((40, 7), "No sound \u00b7 Step 3 of 5")]
)
async def test_a_tiny_screen_has_the_sign_beside_the_side(
    tmp_path: Path, size: tuple[int, int], told: str
) -> None:
    on, _ = deaf(tmp_path)
    async with on.app.run_test(size=size) as pilot:
        await on.press(pilot, "right", "enter", "enter")
        await on.after(pilot, 12)
        (line,) = (line for line in seen(on).splitlines() if "No sound" in line)
        assert "LEFT" in line and told in line


async def test_another_trouble_is_told_again_and_the_same_is_not(tmp_path: Path) -> None:
    on, player = deaf(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 20)
        assert on.says("note") == ""
        player.words = "No sound: the sound process hangs. It was restarted."
        await on.after(pilot, 1)
        assert on.says("note") == player.words


async def test_a_run_that_cannot_be_saved_is_told_for_a_minute_and_in_the_details(
    tmp_path: Path,
) -> None:
    time, autosave = Time(), FakeAutosave(can_keep=False)
    autosave.status = SaveStatus(SaveState.FAILING, "/home/me/unfinished", "the disk is full")
    words = save_words(autosave.status)

    def make(plan: Plan) -> Conductor:
        return Conductor(plan, time.clocks(), RecordingPlayer(), ports=RunPorts(autosave=autosave))

    on = stage(tmp_path, EVENING, conductors=make)
    on.time = time
    async with on.app.run_test(size=(40, 12)) as pilot:
        await on.after(pilot, 50)
        assert on.says("note") == words
        assert " ".join(words.split()) in " ".join(seen(on).split())
        await on.after(pilot, 12)
        assert on.says("note") != words
        await on.press(pilot, "i")
        assert words in on.app.screen.query_one(TextPage).text
