"""What the conductor says, and what gives way to it."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.session.machine import Machine
from tests.speech.fakes import FakeMaker
from uncramp.audio.volume import Hush, Loudness, gain
from uncramp.core.plan.plan import make_plan
from uncramp.core.plan.sound_priority import ATTACK_MS, BREATH_MS, Meeting, meeting
from uncramp.core.routine.model import CueKind, Cues, Prompt, PromptWhen, Routine, Sound, Step
from uncramp.core.run.moves import Move, MoveKind
from uncramp.session.conductor import Conductor, RunPace
from uncramp.session.ports import RunPorts
from uncramp.speech.voice import Voice

START = Move(MoveKind.START)
SAYS = (Prompt(PromptWhen.AFTER, 8_000, say="Comfortable?", is_silent=True),)
RUB = Step("a", "Rub", 60_000, prompts=SAYS)
ROLL = Step("b", "Roll", 60_000)
WAIT_S = ATTACK_MS / 1000


class SpokenClip:
    """A run with a voice whose clips, of a second each, are ready as soon as they are wanted."""

    def __init__(
        self, *steps: Step, loudness: Loudness | None = None, words_wait_ms: int = 0
    ) -> None:
        self.machine = Machine()
        self.maker = FakeMaker()
        machine = self.machine
        self.work: list[Callable[[], None]] = []
        self.voice = Voice(self.maker, machine, lambda: machine.steady_s * 1000, self.work.append)
        plan = make_plan(Routine("r", "R", steps))
        self.conductor = Conductor(
            plan,
            machine.clocks(),
            machine,
            ports=RunPorts(self.voice),
            pace=RunPace(words_wait_ms=words_wait_ms),
            loudness=loudness,
        )
        self.make_all()

    def make_all(self) -> None:
        while self.voice.make_next():
            pass

    def pass_s(self, seconds: int) -> None:
        for _ in range(seconds):
            self.machine.pass_s(1)
            self.conductor.tick()
            self.make_all()

    @property
    def said(self) -> list[tuple[str, float]]:
        """Each phrase, and how many seconds after the start it begins."""
        return [
            (Path(name).stem, round(at_s - 100, 3))
            for name, _, at_s in self.machine.played
            if name.endswith(".wav")
        ]

    @property
    def chimes(self) -> list[tuple[str, float]]:
        return [(n, round(at_s - 100, 3)) for n, _, at_s in self.machine.played if "." not in n]


def test_the_first_words_of_a_run_that_starts_at_once_wait_for_the_player() -> None:
    run = SpokenClip(Step("a", "Rub", 60_000), words_wait_ms=1_500)
    run.conductor.move(START)
    run.make_all()
    (_, begins_s), *_ = run.said
    assert begins_s == 1.5
    assert run.conductor.view().position_ms == 0, "the step itself has begun"


def test_its_first_chime_may_sound_until_then_and_no_later_one() -> None:
    run = SpokenClip(Step("a", "Rub", 20_000), words_wait_ms=1_500)
    run.conductor.move(START)
    run.pass_s(21)
    chimes = [(n, round(at_s - 100, 3)) for n, _, at_s in run.machine.played]
    found = [(*each, late) for each, late in zip(chimes, run.machine.lateness, strict=True)
             if "." not in each[0]]  # fmt: skip
    assert found[0] == ("start", 0.0, 1_500.0)
    assert {late for *_, late in found[1:]} == {1_000.0}
    assert len(found) > 3


def test_a_run_is_spoken_from_its_first_moment_to_its_last() -> None:
    run = SpokenClip(RUB, ROLL)
    run.conductor.move(START)
    run.pass_s(121)
    assert run.said == [
        ("Rub. 1 minute.", WAIT_S),
        ("Comfortable?", 8.0),
        ("Halfway.", 30 + WAIT_S),
        ("Next: Roll.", 45.0),
        ("Roll. 1 minute.", 60.7 + WAIT_S),
        ("Halfway.", 90 + WAIT_S),
        ("Finished.", 120 + WAIT_S),
    ]
    assert not run.voice.make_next()


def test_a_chime_that_is_weaker_than_words_gives_way_to_them() -> None:
    prompts = (Prompt(PromptWhen.BEFORE_END, 2_500, say="Nearly.", is_silent=True),)
    run = SpokenClip(Step("a", "Rub", 20_000, prompts=prompts), ROLL)
    run.conductor.move(START)
    run.pass_s(22)
    assert ("Nearly.", 17.5) in run.said
    assert [at_s for name, at_s in run.chimes if name == "tick"] == [17.0, 19.0]
    assert ("end", 20.0) in run.chimes


def test_words_wait_for_the_chime_of_another_cue_too() -> None:
    prompts = (
        Prompt(PromptWhen.AFTER, 8_000),
        Prompt(PromptWhen.AFTER, 8_100, say="Comfortable?", is_silent=True),
    )
    run = SpokenClip(Step("a", "Rub", 20_000, prompts=prompts))
    run.conductor.move(START)
    run.pass_s(10)
    assert ("prompt", 8.0) in run.chimes
    assert ("Comfortable?", 8 + WAIT_S) in run.said


def test_a_chime_that_was_taken_back_is_not_waited_for() -> None:
    run = SpokenClip(RUB, Step("b", "Roll", 60_000, cues=Cues(start=None)))
    run.conductor.move(START)
    run.machine.pass_s(0.1)
    run.conductor.move(Move(MoveKind.NEXT))
    assert ("Roll. 1 minute.", 0.1) in run.said


def test_a_pause_takes_back_what_was_to_be_said() -> None:
    run = SpokenClip(RUB)
    run.conductor.move(START)
    run.pass_s(6)
    assert ("Comfortable?", 8.0) in run.said
    run.conductor.move(Move(MoveKind.PAUSE))
    assert ("Comfortable?", 8.0) not in run.said
    run.pass_s(60)
    run.conductor.move(Move(MoveKind.GO_ON))
    run.pass_s(3)
    assert [at_s for phrase, at_s in run.said if phrase == "Comfortable?"] == [68.0]


def test_a_skip_says_the_next_step_and_nothing_of_the_one_before() -> None:
    run = SpokenClip(RUB, ROLL)
    run.conductor.move(START)
    run.pass_s(6)
    run.conductor.move(Move(MoveKind.NEXT))
    run.pass_s(5)
    assert run.said == [("Rub. 1 minute.", WAIT_S), ("Roll. 1 minute.", 6 + WAIT_S)]


def test_more_time_lets_a_phrase_that_is_due_be_said_once() -> None:
    run = SpokenClip(RUB, ROLL)
    run.conductor.move(START)
    run.pass_s(44)
    run.conductor.move(Move(MoveKind.MORE, by_ms=15_000))
    run.pass_s(20)
    assert [at_s for phrase, at_s in run.said if phrase == "Next: Roll."] == [60.0]


def test_the_voice_has_a_volume_of_its_own_and_mute_is_for_it_too() -> None:
    run = SpokenClip(RUB, loudness=Loudness(volume=80, volumes={"voice": 50}))
    run.conductor.move(START)
    volumes = {Path(name).stem: volume for name, volume, _ in run.machine.played}
    assert volumes["Rub. 1 minute."] == gain(0.4)
    run.pass_s(6)
    run.conductor.set_loudness(Loudness(hush=Hush.MUTED))
    run.pass_s(30)
    assert run.said == [("Rub. 1 minute.", WAIT_S)]


def test_a_change_of_volume_counts_for_what_is_to_be_said() -> None:
    run = SpokenClip(RUB)
    run.conductor.move(START)
    run.pass_s(6)
    run.conductor.set_loudness(Loudness(volume=50))
    run.pass_s(4)
    volumes = [volume for name, volume, _ in run.machine.played if name == "Comfortable?.wav"]
    assert volumes == [gain(0.5)]


def test_a_step_without_sounds_is_spoken_at_its_moment() -> None:
    silent = Cues(ready=None, start=None, halfway=None, tick=None, end=None, finish=None)
    run = SpokenClip(Step("a", "Rub", 10_000, cues=silent))
    run.conductor.move(START)
    run.pass_s(11)
    assert run.said == [("Rub. 10 seconds.", 0.0), ("Finished.", 10.0)]
    assert run.chimes == []


def test_a_persons_own_sound_and_a_phrase_are_played_alike() -> None:
    own = Cues(start=Sound("./gong.wav", "/routines"))
    run = SpokenClip(Step("a", "Rub", 10_000, cues=own))
    run.conductor.move(START)
    first_two = [(name, at_s - 100) for name, _, at_s in run.machine.played[:2]]
    assert [name for name, _ in first_two] == ["./gong.wav", "Rub. 10 seconds..wav"]


def test_when_the_run_is_over_no_more_is_made() -> None:
    run = SpokenClip(RUB, ROLL)
    run.conductor.move(START)
    run.conductor.move(Move(MoveKind.END))
    run.maker.asked.clear()
    run.work[0]()
    assert (run.maker.asked, run.maker.closed) == ([], 1)


def test_the_volume_is_not_tried_over_a_phrase() -> None:
    run = SpokenClip(RUB)
    run.conductor.move(START)
    run.machine.pass_s(0.5)
    run.conductor.play_sample()
    assert [name for name, _ in run.chimes if name == "tick"] == []
    run.machine.pass_s(1.5)
    run.conductor.play_sample()
    assert [name for name, _ in run.chimes if name == "tick"] == ["tick"]


CLIP_MS = 1_000


@st.composite
def prompted(draw: st.DrawFn, key: str) -> Step:
    """A step with prompts wherever a writer may put them, more than one at a moment too."""
    seconds = draw(st.integers(1, 40))
    prompts = draw(
        st.lists(
            st.builds(
                Prompt,
                st.just(PromptWhen.AFTER),
                st.integers(1, seconds * 4).map(lambda quarters: quarters * 250),
                say=st.none() | st.sampled_from(["Warm?", "Breathe.", "Softer."]),
                is_silent=st.booleans(),
            ),
            max_size=6,
        )
    )
    ready_ms = draw(st.sampled_from([0, 2_000, 5_000]))
    cues = Cues(countdown=draw(st.integers(0, 5)), halfway_from_ms=10_000)
    return Step(
        key, "Rub", seconds * 1_000, prompts=tuple(prompts), get_ready_ms=ready_ms, cues=cues
    )


@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=3).flatmap(
        lambda numbers: st.tuples(*(prompted(f"steps[{at}]") for at in range(len(numbers))))
    )
)
def test_whatever_meets_obeys_the_table(steps: tuple[Step, ...]) -> None:
    run = SpokenClip(*steps)
    run.conductor.move(START)
    run.pass_s(sum(step.time_ms + step.get_ready_ms for step in steps) // 1_000 + 1)
    said = sorted(round(at_s * 1_000) for _, at_s in run.said)
    chimes = [(name, round(at_s * 1_000)) for name, at_s in run.chimes]
    assert len({*chimes}) == len(chimes)
    for one, next_one in pairwise(said):
        assert next_one >= one + CLIP_MS + BREATH_MS
    for begins in said:
        cut = {CueKind(name) for name, at in chimes if begins < at < begins + CLIP_MS}
        assert all(meeting(CueKind.VOICE, kind) is Meeting.BOTH for kind in cut)
    ends = ("end", "finish")
    assert sum(name in ends for name, _ in chimes) == len(steps)
