from itertools import groupby, islice

from hypothesis import given
from hypothesis import strategies as st

from tests.core.generated import PLANS
from uncramp.core.plan.cues import CHIME_GAP_MS, Cue, cues_of
from uncramp.core.plan.plan import Plan, SpanKind, make_plan
from uncramp.core.plan.sound_priority import PRECEDENCE
from uncramp.core.routine.model import (
    CueKind,
    Cues,
    Group,
    Prompt,
    PromptWhen,
    Routine,
    Sides,
    Sound,
    Step,
)
from uncramp.core.text.saying import saying_ms


def heard(step: Step) -> list[tuple[int, str]]:
    """When which sound begins in the only span of a plan."""
    span = make_plan(Routine("r", "R", (step,))).span(0)
    return [(cue.sounds_at_ms, cue.sound.name) for cue in cues_of(span) if cue.sound]


def kinds(cues: list[Cue]) -> list[tuple[int, str]]:
    return [(cue.at_ms, cue.kind.value) for cue in cues]


def test_the_cues_of_a_minute_are_those_of_the_format() -> None:
    span = make_plan(Routine("r", "R", (Step("a", "Rub", 60_000),))).span(0)
    assert kinds(list(cues_of(span))) == [
        (0, "start"), (30_000, "halfway"), (57_000, "tick"), (58_000, "tick"), (59_000, "tick"),
        (60_000, "end"), (60_000, "finish"),
    ]  # fmt: skip


def test_short_steps_neither_tick_nor_have_a_halfway() -> None:
    assert heard(Step("a", "Rub", 9_999)) == [(0, "start"), (9_999, "finish")]
    assert heard(Step("a", "Rub", 10_000))[1:4] == [
        (7_000, "tick"),
        (8_000, "tick"),
        (9_000, "tick"),
    ]


def test_the_finish_is_heard_in_place_of_the_last_end() -> None:
    assert heard(Step("a", "Rub", 5_000, cues=Cues(finish=None))) == [(0, "start"), (5_000, "end")]


def test_prompts_stand_where_they_were_written() -> None:
    bell = Sound("bell")
    prompts = (
        Prompt(PromptWhen.AFTER, 2_000, say="After", sound=bell),
        Prompt(PromptWhen.BEFORE_END, 1_000, say="Before", is_silent=True),
        Prompt(PromptWhen.HALFWAY, say="Half", show="Half way there"),
        Prompt(PromptWhen.EVERY, 3_000, show="Again"),
        Prompt(PromptWhen.AFTER, 99_000, say="Never"),
    )
    span = make_plan(Routine("r", "R", (Step("a", "Rub", 8_000, prompts=prompts),))).span(0)
    cues = [cue for cue in cues_of(span) if cue.kind is CueKind.PROMPT]
    assert [(c.at_ms, c.sound, c.say, c.show) for c in cues] == [
        (2_000, bell, "After", "After"),
        (3_000, Sound("prompt"), None, "Again"),
        (4_000, Sound("prompt"), "Half", "Half way there"),
        (6_000, Sound("prompt"), None, "Again"),
        (7_000, None, "Before", "Before"),
    ]


def test_a_written_prompt_takes_the_place_of_an_open_steps_own() -> None:
    prompts = (Prompt(PromptWhen.AFTER, 120_000, say="Two minutes. Keep on."),)
    span = make_plan(
        Routine("r", "R", (Step("a", "Hold", 60_000, is_open=True, prompts=prompts),))
    ).span(0)
    cues = islice(cues_of(span, ends_itself=False), 5)
    assert [(c.at_ms, c.say) for c in cues] == [
        (0, "Hold."),
        (60_000, "1 minute."),
        (120_000, "Two minutes. Keep on."),
        (180_000, "3 minutes."),
        (240_000, "4 minutes."),
    ]


def test_an_open_step_whose_prompts_fill_every_minute_has_none_of_our_own() -> None:
    prompts = (Prompt(PromptWhen.EVERY, 60_000, say="Still holding?"),)
    span = make_plan(
        Routine("r", "R", (Step("a", "Hold", 60_000, is_open=True, prompts=prompts),))
    ).span(0)
    cues = list(islice(cues_of(span, after_ms=0, ends_itself=False), 3))
    assert [(c.at_ms, c.say) for c in cues] == [(n * 60_000, "Still holding?") for n in (1, 2, 3)]


def test_the_switch_is_heard_where_the_leg_changes_even_with_no_get_ready() -> None:
    step = Step("a", "Rub", 5_000)
    plan = make_plan(Routine("r", "R", (Group("g", (step,), sides=Sides.EACH),)))
    switch = next(cues_of(plan.span(1)))
    assert (switch.kind, switch.wait_ms) == (CueKind.SWITCH, CHIME_GAP_MS)
    assert switch.say == "Change to the right side. Rub. Right side. 5 seconds."


def test_a_chime_waits_for_the_one_that_ended_the_step_before_but_not_past_its_own_span() -> None:
    def opening(cues: Cues, get_ready_ms: int) -> Cue:
        first = Step("a", "Rub", 5_000, cues=cues)
        second = Step("b", "Roll", 5_000, get_ready_ms=get_ready_ms)
        return next(cues_of(make_plan(Routine("r", "R", (first, second))).span(1)))

    assert opening(Cues(), 5_000).wait_ms == CHIME_GAP_MS
    assert opening(Cues(end=None), 5_000).wait_ms == 0
    too_short = opening(Cues(), CHIME_GAP_MS)
    assert (too_short.sound, too_short.wait_ms) == (None, 0)


@given(PLANS)
def test_two_cues_of_one_moment_make_one_sound_and_it_is_the_stronger(plan: Plan) -> None:
    for span in plan.spans():
        moments = groupby(cues_of(span), key=lambda cue: cue.at_ms)
        for _, together in moments:
            cues = list(together)
            sounding = [cue for cue in cues if cue.sound]
            assert len(sounding) <= 1
            if sounding:
                rank = PRECEDENCE.index(sounding[0].kind)
                stronger = [c.kind for c in cues if PRECEDENCE.index(c.kind) < rank]
                # Only one that its writer wanted silent gives way to a weaker one.
                written = span.cues
                silent = {
                    kind for kind in CueKind if getattr(written, kind.value) is None
                }  # fmt: skip
                assert set(stronger) <= silent | {CueKind.PROMPT}


@given(PLANS, st.integers(-1, 90_000))
def test_cues_after_a_moment_are_the_rest_of_all_cues(plan: Plan, after_ms: int) -> None:
    for span in plan.spans():
        assert list(cues_of(span, after_ms=after_ms)) == [
            cue for cue in cues_of(span) if cue.at_ms > after_ms
        ]


@given(PLANS)
def test_a_rest_and_a_get_ready_only_open(plan: Plan) -> None:
    for span in plan.spans():
        if span.kind is SpanKind.REST:
            assert [(cue.at_ms, cue.sound) for cue in cues_of(span)] == [(0, None)]
        elif span.kind is SpanKind.GET_READY:
            assert [cue.at_ms for cue in cues_of(span)] == [0]


@given(PLANS)
def test_two_cues_of_one_moment_are_one_phrase(plan: Plan) -> None:
    for span in plan.spans():
        for _, together in groupby(cues_of(span), key=lambda cue: cue.at_ms):
            assert len([cue for cue in together if cue.say]) <= 1


def said(step: Step, coming: Step | None = None) -> list[tuple[int, str]]:
    """What is said when, in the first span of a plan of one step, or of two."""
    steps = (step,) if coming is None else (step, coming)
    span = make_plan(Routine("r", "R", steps)).span(0)
    return [(cue.at_ms, cue.say) for cue in cues_of(span) if cue.say]


NEXT = Step("b", "Calf roll", 60_000, sides=Sides.LEFT)


def test_near_the_end_of_a_minute_the_voice_says_what_comes() -> None:
    assert said(Step("a", "Rub", 60_000), NEXT) == [
        (0, "Rub. 1 minute."),
        (30_000, "Halfway."),
        (45_000, "Next: Calf roll, left side."),
    ]
    assert said(Step("a", "Rub", 59_999), NEXT) == [(0, "Rub. 1 minute.")]
    assert said(Step("a", "Rub", 60_000))[-1] == (60_000, "Finished.")


def test_what_comes_is_said_where_no_prompt_and_no_tick_is_heard() -> None:
    def announced(*prompts: Prompt, cues: Cues | None = None) -> list[int]:
        step = Step("a", "Rub", 60_000, prompts=prompts, cues=cues or Cues())
        phrases = said(step, NEXT)
        return [at_ms for at_ms, words in phrases if words.startswith("Next")]

    speaks = Prompt(PromptWhen.BEFORE_END, 16_000, say="Keep on rubbing.")
    chimes = Prompt(PromptWhen.BEFORE_END, 11_000)
    assert announced(speaks) == [48_000]
    assert announced(chimes) == [45_000]
    assert announced(speaks, chimes) == [40_000]
    assert announced(Prompt(PromptWhen.EVERY, 1_000)) == []
    assert announced(cues=Cues(countdown=15)) == [40_000]
    assert announced(cues=Cues(countdown=45)) == []
    assert announced(cues=Cues(voice=False)) == []


@given(PLANS)
def test_an_announcement_is_alone(plan: Plan) -> None:
    for span in plan.spans():
        cues = list(cues_of(span)) if span.kind is SpanKind.STEP else []
        for coming in (cue for cue in cues if cue.kind is CueKind.VOICE):
            assert coming.say is not None
            over_ms = coming.at_ms + saying_ms(coming.say)
            others = [cue for cue in cues if cue is not coming and (cue.sound or cue.say)]
            assert not any(coming.at_ms <= cue.at_ms < over_ms for cue in others)
            before = [cue for cue in others if cue.at_ms < coming.at_ms and cue.say]
            assert all(cue.at_ms + saying_ms(cue.say or "") <= coming.at_ms for cue in before)


def test_halfway_is_not_said_into_a_prompt_and_the_chime_is_heard_all_the_same() -> None:
    prompts = (Prompt(PromptWhen.AFTER, 29_500, say="Comfortable?", is_silent=True),)
    span = make_plan(Routine("r", "R", (Step("a", "Rub", 60_000, prompts=prompts),))).span(0)
    halfway = next(cue for cue in cues_of(span) if cue.kind is CueKind.HALFWAY)
    assert (halfway.say, halfway.sound) == (None, Sound("halfway"))


def test_two_prompts_of_one_moment_are_said_one_after_the_other() -> None:
    prompts = (
        Prompt(PromptWhen.EVERY, 5_000, say="Breathe."),
        Prompt(PromptWhen.AFTER, 10_000, say="Now deeper."),
    )
    assert said(Step("a", "Rub", 14_000, prompts=prompts))[1:3] == [
        (5_000, "Breathe."),
        (10_000, "Breathe. Now deeper."),
    ]


def test_a_rest_is_announced_and_said_unless_the_voice_is_off() -> None:
    def phrases(cues: Cues) -> list[str]:
        group = Group("g", (Step("a", "Rub", 60_000, cues=cues),), repeat=2, rest_ms=20_000)
        plan = make_plan(Routine("r", "R", (group,)))
        return [cue.say for span in plan.spans(0, 2) for cue in cues_of(span) if cue.say]

    assert phrases(Cues()) == [
        "Rub. 1 minute.",
        "Halfway.",
        "Next: Rest.",
        "Rest. 20 seconds. Then 2 of 2.",
    ]
    assert phrases(Cues(voice=False)) == []
