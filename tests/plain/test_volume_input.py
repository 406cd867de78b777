"""Louder, softer, quiet and mute in a plain run."""

import pytest

from tests.plain.stage import Stage
from tests.recording_player import RecordingPlayer
from uncramp.audio.volume import Hush, Loudness, gain
from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Routine, Step
from uncramp.plain.run_input import InputKind, Typed
from uncramp.plain.volume_input import loudness_of_key, loudness_of_line

LONE = make_plan(Routine("lone", "Lone", (Step("steps[0]", "Rub", 30_000, get_ready_ms=0),)))
NIGHT = Loudness(volume=80, night_volume=50, is_night=True)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (InputKind.KEYS, ("down", "m", "m", "M", "up")),
        (InputKind.WORDS, ("softer", "Quiet", "mute")),
    ],
)
def test_it_is_done_said_and_tried(kind: InputKind, words: tuple[str, ...]) -> None:
    player = RecordingPlayer()
    script = [(at + 2.0, Typed(word)) for at, word in enumerate(words)]
    stage = Stage(LONE, script, kind, player=player)
    assert stage.follow() == 0
    said = [line for line in stage.lines if "olume" in line or "Muted" in line]
    told = ["Volume 95.", "Volume 95, quiet.", "Muted.", "Volume 95.", "Volume 100."]
    assert said == [f" 0:0{at + 2}  {told[at]}" for at in range(len(words))]
    assert [call.sound.name for call in player.played[1:3]] == ["tick", "tick"]
    assert player.played[1].volume == gain(0.95)


@pytest.mark.parametrize(
    ("line", "loudness"),
    [
        ("volume 40", Loudness(40)),
        ("VOLUME 0", Loudness(0)),
        ("unmute", Loudness(80)),
        ("louder", Loudness(80)),
        ("mute", Loudness(80, hush=Hush.MUTED)),
        ("volume", None),
        ("volume 101", None),
        ("volume ten", None),
        ("loud", None),
        ("pause", None),
    ],
)
def test_each_word_after_mute(line: str, loudness: Loudness | None) -> None:
    assert loudness_of_line(line, Loudness(80, hush=Hush.MUTED)) == loudness


def test_at_night_it_is_the_night_s_own_volume() -> None:
    for changed in (loudness_of_line("volume 30", NIGHT), loudness_of_key("down", NIGHT)):
        assert changed is not None
        assert changed.volume == 80
    louder = loudness_of_key("up", NIGHT)
    assert louder is not None
    assert louder.night_volume == 55
    assert loudness_of_key("x", NIGHT) is None
