"""Volumes during a run: what the player has already, quiet, mute and the night."""

import pytest

from tests.session.machine import Machine, conductor, follow
from uncramp.audio.volume import Hush, Loudness, gain
from uncramp.core.run.moves import Move, MoveKind


def test_the_persons_volume_is_on_top_of_the_cues() -> None:
    machine = Machine()
    run = conductor(machine, loudness=Loudness(volume=50))
    run.move(Move(MoveKind.START))
    follow(run, machine, 36)
    assert {volume for _, volume, _ in machine.played} == {gain(0.5), 0.5 * gain(0.5)}


def test_each_kind_of_cue_has_a_volume_of_its_own_and_none_is_silence() -> None:
    machine = Machine()
    run = conductor(machine, loudness=Loudness(volumes={"tick": 0, "end": 50}))
    run.move(Move(MoveKind.START))
    follow(run, machine, 36)
    assert [(name, volume) for name, volume, _ in machine.played if name != "ready"][:2] == [
        ("start", 1.0),
        ("end", gain(0.5)),
    ]


@pytest.mark.parametrize("volume", [20, 100])
def test_another_volume_counts_for_what_the_player_has_already(volume: int) -> None:
    machine = Machine()
    run = conductor(machine, loudness=Loudness(volume=60))
    run.move(Move(MoveKind.START))
    machine.pass_s(2)
    run.tick()
    assert [name for name, _, _ in machine.played] == ["ready", "start"]
    run.set_loudness(Loudness(volume=volume))
    assert machine.played == [
        ("ready", gain(0.6), 100.0),
        ("start", gain(volume / 100), 105.0),
    ]
    assert machine.cancels == 1, "what rings is not cut"


def test_what_is_about_to_sound_keeps_its_volume_and_is_heard_once() -> None:
    machine = Machine()
    run = conductor(machine)
    run.move(Move(MoveKind.START))
    machine.pass_s(4.8)
    run.tick()
    run.set_loudness(Loudness(volume=10))
    follow(run, machine, 1)
    assert [sound for sound in machine.played if sound[0] == "start"] == [("start", 1.0, 105.0)]


def test_muted_is_silent_at_once_and_sound_comes_back_for_what_is_to_come() -> None:
    machine = Machine()
    run = conductor(machine)
    run.move(Move(MoveKind.START))
    machine.pass_s(1)
    cancels = machine.cancels
    run.set_loudness(Loudness(hush=Hush.MUTED))
    assert machine.cancels == cancels + 1
    follow(run, machine, 3)
    assert [name for name, _, _ in machine.played] == ["ready"]
    run.set_loudness(Loudness())
    follow(run, machine, 32)
    assert [name for name, _, _ in machine.played][1:6] == ["start", "tick", "tick", "tick", "end"]
    run.set_loudness(Loudness(hush=Hush.MUTED))
    run.move(Move(MoveKind.PAUSE))
    assert machine.played[-1][2] <= machine.steady_s


def test_at_night_every_sound_is_shaped_also_those_handed_over_by_day() -> None:
    machine = Machine()
    run = conductor(machine)
    run.move(Move(MoveKind.START))
    machine.pass_s(2)
    run.tick()
    run.set_loudness(Loudness(is_night=True, night_volume=50))
    assert machine.shaped[-1] == ("start", True, None)
    assert machine.played[-1] == ("start", gain(0.5), 105.0)
    run.set_loudness(Loudness(is_night=True, night_volume=40))


def test_the_volume_can_be_tried_but_not_beside_a_cue() -> None:
    machine = Machine()
    run = conductor(machine)
    run.move(Move(MoveKind.START))
    machine.pass_s(2)
    run.play_sample()
    assert machine.played[-1] == ("tick", 1.0, 102.15)
    machine.pass_s(2.5)
    run.tick()
    run.play_sample()
    assert [name for name, _, _ in machine.played].count("tick") == 1
