"""Louder, softer, quiet and mute on the run screen."""

from pathlib import Path

import pytest

from tests.content.bundled import routine
from tests.recording_player import RecordingPlayer
from tests.tui.stage import EVENING, Time, seen, stage
from uncramp.audio.player import SoundStatus
from uncramp.audio.volume import Loudness, gain
from uncramp.core.plan.plan import Plan, make_plan
from uncramp.session.conductor import Conductor


async def test_the_arrows_change_the_volume_which_is_shown_and_tried(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 5)
        await on.press(pilot, "down", "down")
        assert on.run.conductor.loudness == Loudness(volume=90)
        assert on.says("sound").startswith("Volume 90.")
        tried = on.players[0].played[-1]
        assert (tried.sound.name, tried.volume) == ("tick", gain(0.9))
        await on.press(pilot, "up", "up", "up")
        assert on.says("sound").startswith("Volume 100.")


async def test_m_makes_it_quiet_then_mute_then_as_it_was(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 5)
        for words in ("Volume 100, quiet.", "Muted.", "Volume 100."):
            before = len(on.players[0].played)
            await on.press(pilot, "m")
            assert on.says("sound").startswith(words)
            assert (len(on.players[0].played) > before) == (words != "Muted.")
            assert on.run.panel.has_class("-silent") == (words == "Muted.")
        await on.press(pilot, "m", "m", "up")
        assert on.says("sound").startswith("Volume 100."), "louder brings the sound back"


@pytest.mark.slow
async def test_a_held_m_is_one_press_and_a_held_arrow_goes_on(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 5)
        for key, words in (("m", "Volume 100, quiet."), ("m", "Muted."), ("m", "Volume 100.")):
            on.time.seconds += 1
            for _ in range(6):
                await pilot.press(key)
                on.time.seconds += 0.05
            await pilot.pause()
            assert on.says("sound").startswith(words)
        on.time.seconds += 1
        for _ in range(9):
            await pilot.press("down")
            on.time.seconds += 0.06
        await pilot.pause()
        assert on.says("sound").startswith("Volume 75.")


@pytest.mark.parametrize("size", [(40, 12), (20, 6), (80, 24), (120, 40)])
async def test_on_every_size_it_says_what_it_is_now(tmp_path: Path, size: tuple[int, int]) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=size) as pilot:
        await on.after(pilot, 20)
        await on.press(pilot, "down")
        assert "Volume 95." in (on.says("sound") + on.says("note"))
        if size[0] > 20:
            assert "Volume 95." in seen(on)


class Deaf(RecordingPlayer):
    def status(self) -> SoundStatus:
        return SoundStatus(False, None, "No sound: nothing is there. Watch the screen.")


async def test_where_nothing_is_heard_no_volume_is_named(tmp_path: Path) -> None:
    time = Time()

    def make(plan: Plan) -> Conductor:
        return Conductor(plan, time.clocks(), Deaf())

    on = stage(tmp_path, EVENING, conductors=make)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert on.says("sound") == "No sound. I shows more."


async def test_during_a_cramp_how_to_end_it_comes_before_why_there_is_no_sound(
    tmp_path: Path,
) -> None:
    time = Time()
    calf = make_plan(routine("acute-calf"))

    def make(plan: Plan) -> Conductor:
        return Conductor(plan, time.clocks(), Deaf())

    on = stage(tmp_path, calf, conductors=make)
    async with on.app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        shown = seen(on)
        assert "and slowly straighten the knee." in shown
        assert "[  L ◀ LEFT LEG  ]" in shown
        assert "No sound. I shows more." in shown
        assert on.says("note") not in shown
