import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.recording_player import CancelCall, RecordingPlayer, WithdrawCall
from tests.speech.fakes import FakeMaker
from uncramp.audio.player import SoundStatus
from uncramp.core.plan.plan import make_plan
from uncramp.core.plan.sound_priority import ATTACK_MS, BREATH_MS
from uncramp.core.routine.model import Group, Routine, Sides, Step
from uncramp.settings import Settings
from uncramp.speech.engine import VoiceOptions
from uncramp.speech.voice import (
    LATE_MS,
    PHRASES_AHEAD,
    Voice,
    in_a_thread,
    phrases_from,
    voice_options,
)

RUB = Step("a", "Rub", 60_000, sides=Sides.EACH, get_ready_ms=5_000)
HOLD = Step("b", "Hold", 60_000, is_open=True)
PLAN = make_plan(Routine("r", "R", (RUB, HOLD)))


class Stage:
    """A voice whose clock is moved by hand, and whose work is done on demand."""

    def __init__(self, *ready: str) -> None:
        self.now_ms = 10_000.0
        self.maker = FakeMaker()
        self.player = RecordingPlayer()
        self.work: list[Callable[[], None]] = []
        self.voice = Voice(self.maker, self.player, lambda: self.now_ms, self.work.append)
        for phrase in ready:
            self.voice.say_at(phrase, 0.0, 0)
        self.make_all()
        self.player.calls.clear()

    def make_all(self) -> None:
        while self.voice.make_next():
            pass

    @property
    def spoken(self) -> list[tuple[str, float]]:
        return [(Path(call.sound.name).stem, call.steady_ms) for call in self.player.played]


def test_a_phrase_that_is_ready_is_given_at_once() -> None:
    on = Stage("Rub.")
    on.voice.say_at("Rub.", 0.5, 12_000)
    call = on.player.played[0]
    assert (call.sound.name, call.sound.folder) == ("Rub..wav", "/clips")
    assert (call.volume, call.steady_ms) == (0.5, 12_000)


def test_it_waits_for_the_attack_of_its_chime() -> None:
    on = Stage("Rub.")
    on.voice.say_at("Rub.", 1.0, 12_000, 12_000)
    assert on.spoken == [("Rub.", 12_000 + ATTACK_MS)]
    assert not on.voice.speaks_at(12_000)
    assert on.voice.speaks_at(12_000 + ATTACK_MS)
    assert not on.voice.speaks_at(13_000 + ATTACK_MS)


def test_of_two_phrases_the_second_waits() -> None:
    on = Stage("Rub.", "Halfway.")
    on.voice.say_at("Rub.", 1.0, 12_000)
    on.voice.say_at("Halfway.", 1.0, 12_500)
    assert on.spoken == [("Rub.", 12_000), ("Halfway.", 13_000 + BREATH_MS)]


def test_a_phrase_that_is_not_ready_is_given_when_it_is() -> None:
    on = Stage()
    on.voice.say_at("Rub.", 1.0, 12_000)
    assert on.spoken == []
    on.make_all()
    assert on.spoken == [("Rub.", 12_000)]


@pytest.mark.parametrize(
    ("late_ms", "spoken"), [(LATE_MS, [("Rub.", 12_000 + LATE_MS)]), (LATE_MS + 1, [])]
)
def test_one_that_is_a_little_late_is_spoken_at_once_and_later_not_at_all(
    late_ms: int, spoken: list[tuple[str, float]]
) -> None:
    on = Stage()
    on.voice.say_at("Rub.", 1.0, 12_000)
    on.now_ms = 12_000 + late_ms
    on.make_all()
    assert on.spoken == spoken


def test_a_late_phrase_does_not_run_into_the_one_that_comes() -> None:
    on = Stage("Next.")
    on.voice.say_at("Rub.", 1.0, 12_000)
    on.voice.say_at("Next.", 1.0, 13_500)
    on.now_ms = 12_600
    on.make_all()
    assert on.spoken == [("Next.", 13_500)]


def test_nothing_is_said_after_a_cancel_also_when_it_is_being_made() -> None:
    on = Stage("Ready.")
    on.voice.say_at("Ready.", 1.0, 11_000)
    on.voice.say_at("Rub.", 1.0, 12_000)
    on.maker.meanwhile = on.voice.cancel
    on.make_all()
    assert on.maker.asked[-1] == "Rub."
    assert on.player.calls[1:] == [CancelCall()]
    assert not on.voice.speaks_at(11_000)


def test_what_is_withdrawn_is_said_only_if_it_is_asked_for_again() -> None:
    on = Stage("One.", "Two.")
    on.voice.say_at("One.", 1.0, 11_000, 11_000)
    on.voice.say_at("Two.", 1.0, 13_000)
    on.voice.say_at("Not ready.", 1.0, 14_000)
    on.player.calls.clear()
    on.voice.withdraw(11_100)
    on.make_all()
    assert on.player.calls[0] == WithdrawCall(11_100)
    # The chime of the first sounds already: its words follow.
    assert on.spoken == [("One.", 11_000 + ATTACK_MS)]
    assert not on.voice.speaks_at(13_500)


def test_a_phrase_that_cannot_be_said_is_passed_over() -> None:
    on = Stage()
    on.maker.unspeakable.add("Hm.")
    on.voice.say_at("Hm.", 1.0, 12_000)
    on.voice.say_at("Rub.", 1.0, 12_000)
    on.make_all()
    on.voice.say_at("Hm.", 1.0, 14_000)
    assert on.spoken == [("Rub.", 12_000)]


def test_the_terminals_bell_does_not_ring_for_words(monkeypatch: pytest.MonkeyPatch) -> None:
    on = Stage("Rub.")
    monkeypatch.setattr(on.player, "status", lambda: SoundStatus(False, "bell", ""))
    on.voice.say_at("Rub.", 1.0, 12_000)
    assert on.spoken == []


def test_what_is_asked_for_is_made_before_what_is_to_come_and_the_soonest_first() -> None:
    on = Stage()
    on.voice.look_ahead(PLAN, 0)
    on.voice.say_at("Later.", 1.0, 30_000)
    on.voice.say_at("Now.", 1.0, 20_000)
    on.make_all()
    assert on.maker.asked[:3] == ["Now.", "Later.", "Rub. Left side. 1 minute."]


def test_what_is_to_come_is_made_once() -> None:
    on = Stage()
    on.voice.look_ahead(PLAN, 0)
    on.make_all()
    on.voice.look_ahead(PLAN, 2)
    on.make_all()
    assert on.maker.asked == list(phrases_from(PLAN, 0))


def test_work_begins_with_the_first_phrase_and_ends_when_it_is_closed() -> None:
    on = Stage()
    assert on.work == []
    on.voice.look_ahead(PLAN, 0)
    on.voice.look_ahead(PLAN, 1)
    assert len(on.work) == 1
    on.maker.meanwhile = on.voice.close
    on.work[0]()
    assert (len(on.maker.asked), on.maker.closed) == (1, 1)


def test_one_that_is_closed_starts_nothing() -> None:
    on = Stage()
    on.voice.close()
    on.voice.look_ahead(PLAN, 0)
    assert on.work == []


def test_in_a_thread_it_waits_for_what_is_asked_and_ends() -> None:
    made, ended = threading.Event(), threading.Event()
    maker, player = FakeMaker(), RecordingPlayer()

    def aside(work: Callable[[], None]) -> None:
        def watched() -> None:
            work()
            ended.set()

        in_a_thread(watched)

    voice = Voice(maker, player, lambda: 10_000.0, aside)
    maker.meanwhile = made.set
    for phrase in ("One.", "Two."):
        made.clear()
        voice.say_at(phrase, 1.0, 12_000)
        assert made.wait(60)
    voice.close()
    assert ended.wait(60)
    assert (maker.asked, maker.closed) == (["One.", "Two."], 1)


def test_with_nothing_to_make_no_engine_is_kept_running(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uncramp.speech.voice.IDLE_S", 0.01)
    made, closed = threading.Event(), threading.Event()
    maker = FakeMaker()
    maker.meanwhile = made.set
    monkeypatch.setattr(maker, "close", closed.set)
    voice = Voice(maker, RecordingPlayer(), lambda: 10_000.0)
    for phrase in ("One.", "Two."):
        voice.say_at(phrase, 1.0, 12_000)
        assert made.wait(60) and closed.wait(60)
        made.clear()
        closed.clear()
    assert maker.asked == ["One.", "Two."]
    voice.close()


def test_the_phrases_ahead_are_those_of_the_spans_in_order() -> None:
    assert list(phrases_from(PLAN, 2))[:5] == [
        "Change to the right side. Rub. Right side. 1 minute.",
        "Halfway.",
        "Next: Hold.",
        "Hold.",
        "1 minute.",
    ]
    assert list(phrases_from(PLAN, 4))[-2:] == ["15 minutes.", "Finished."]


def test_a_plan_without_end_is_looked_at_a_little_way() -> None:
    step = Step("a", "Round {round}", 10_000)
    group = Group("g", (Group("h", (step,), repeat=999),), repeat=999)
    phrases = list(phrases_from(make_plan(Routine("r", "R", (group,))), 500_000))
    assert len(phrases) == PHRASES_AHEAD
    assert phrases[0] == f"Round {500_000 % 999 + 1}. 10 seconds."


@pytest.mark.parametrize(
    ("own", "language", "options"),
    [
        (None, None, VoiceOptions("en", "Anna", 140, 60)),
        (None, "en-GB", VoiceOptions("en-GB", "Anna", 140, 60)),
        ("de", None, VoiceOptions("de", "Anna", 140, 60)),
        ("de", "fr", VoiceOptions("fr", None, 140, 60)),
    ],
)
def test_a_voice_of_the_persons_choice_speaks_their_own_language_alone(
    own: str | None, language: str | None, options: VoiceOptions
) -> None:
    settings = Settings(language=own, voice_name="Anna", voice_rate=140, voice_pitch=60)
    assert voice_options(settings, language) == options
