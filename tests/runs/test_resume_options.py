"""What is offered is what can be done: exactly the same, the step of that name, or nothing."""

from dataclasses import replace

import pytest

from tests.runs.made_runs import CHOSEN, EVENING, ROLL, SOAK, checkpoint_at
from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Routine, Step
from uncramp.core.run.run import Run
from uncramp.runs.checkpoint import Checkpoint, Location
from uncramp.runs.resume_options import age_words, location_words, offer_for, place_words

NOBODY = frozenset[str]()


def restored(checkpoint: Checkpoint, routine: Routine, way: str) -> Run:
    offer = offer_for(checkpoint, routine, NOBODY)
    saved = getattr(offer, way)
    assert offer.plan is not None
    assert saved is not None
    return Run.restored(offer.plan, saved)


@pytest.mark.parametrize("ms", [0, 3_000, 5_000, 60_000, 66_000, 90_000, 120_000])
def test_at_this_moment_is_the_very_same(ms: int) -> None:
    checkpoint = checkpoint_at(ms)
    view = restored(checkpoint, EVENING, "here").view(0)
    assert (view.span.index, view.position_ms) == (
        checkpoint.saved.index,
        checkpoint.saved.position_ms,
    )
    assert view.played_ms == ms


@pytest.mark.parametrize("ms", [3_000, 60_000, 90_000])
def test_this_step_again_begins_where_one_gets_ready_for_it(ms: int) -> None:
    checkpoint = checkpoint_at(ms)
    view = restored(checkpoint, EVENING, "step").view(0)
    assert view.position_ms == 0
    assert view.span.index == view.span.first_index
    assert (view.span.name, view.span.side) == (checkpoint.step, checkpoint.side)
    assert view.played_ms == ms


def test_with_the_choices_of_then_it_is_the_same_plan() -> None:
    plan = make_plan(EVENING, CHOSEN)
    offer = offer_for(checkpoint_at(9_000, plan), EVENING, NOBODY)
    assert offer.trouble == ""
    assert offer.here is not None
    assert offer.plan is not None
    assert offer.plan.fingerprint == plan.fingerprint


def test_a_changed_routine_is_gone_on_with_from_the_step_of_that_name_or_begun_anew() -> None:
    changed = replace(EVENING, items=(replace(SOAK, time_ms=10_000), ROLL))
    checkpoint = checkpoint_at(100_000)
    assert (checkpoint.step, checkpoint.side) == ("Calf roll", "right")
    offer = offer_for(checkpoint, changed, NOBODY)
    assert offer.trouble == "The routine has changed since."
    assert offer.here is None
    assert offer.step is not None
    assert offer.plan is not None
    assert offer.step_name == "Calf roll"
    view = Run.restored(offer.plan, offer.step).view(0)
    assert (view.span.name, view.span.side, view.position_ms) == ("Calf roll", "right", 0)
    assert view.steps_done == 0, "steps done in another plan do not count in this one"


def test_a_changed_routine_without_that_step_can_only_be_begun_anew() -> None:
    changed = replace(EVENING, items=(Step(key="steps[0]", name="Stretch", time_ms=5_000),))
    offer = offer_for(checkpoint_at(9_000), changed, NOBODY)
    assert (offer.step, offer.here) == (None, None)
    assert offer.plan is not None


def test_what_a_person_says_of_themselves_by_now_counts() -> None:
    roll = replace(ROLL, unless=("pregnant",))
    routine = replace(EVENING, items=(SOAK, roll), unless=("pregnant",))
    checkpoint = checkpoint_at(9_000, make_plan(routine))
    assert offer_for(checkpoint, routine, NOBODY).trouble == ""
    offer = offer_for(checkpoint, routine, frozenset({"pregnant"}))
    assert offer.trouble == "What you said about yourself has changed since."
    assert offer.here is None
    assert offer.asks
    assert offer.plan is not None
    assert offer.plan.total.steps == 1


def test_where_a_clot_is_possible_by_now_nothing_is_gone_on_with() -> None:
    routine = replace(EVENING, unless=("clot-suspected",))
    offer = offer_for(
        checkpoint_at(9_000, make_plan(routine)), routine, frozenset({"clot-suspected"})
    )
    assert (offer.plan, offer.here, offer.step) == (None, None, None)
    assert "See a doctor today." in offer.trouble


def test_a_routine_that_is_gone_or_has_errors_is_told() -> None:
    gone = offer_for(checkpoint_at(9_000), None, NOBODY, is_there=False)
    assert gone.trouble == "Its file is no longer there: /home/me/evening.toml."
    wrong = offer_for(checkpoint_at(9_000), None, NOBODY)
    assert wrong.trouble.endswith("uncramp check /home/me/evening.toml lists them.")
    assert gone.plan is wrong.plan is None


@pytest.mark.parametrize("changed", [{"index": 99}, {"done": ((1, 99),)}, {"done": ((0, 1),)}])
def test_a_place_outside_of_the_plan_is_not_taken_up(changed: dict[str, object]) -> None:
    checkpoint = checkpoint_at(9_000)
    odd = replace(checkpoint, saved=replace(checkpoint.saved, **changed))  # type: ignore[arg-type]
    assert offer_for(odd, EVENING, NOBODY).here is None


def test_open_steps_wait_for_the_person_who_takes_it_up() -> None:
    checkpoint = checkpoint_at(9_000)
    alone = replace(checkpoint, saved=replace(checkpoint.saved, ends_open_steps=True))
    offer = offer_for(alone, EVENING, NOBODY)
    assert offer.here is not None
    assert not offer.here.ends_open_steps


def test_it_is_said_where_it_stood() -> None:
    assert place_words(checkpoint_at(70_000)) == "Calf roll, left side, 1:10 of 2:05"
    assert place_words(checkpoint_at(9_000)) == "Foot soak, 0:09 of 2:05"


def test_it_is_said_where_it_goes_on() -> None:
    location = Location("bedroom", "/dev/pts/3", 4711)
    assert location_words(location, "bedroom") == "in /dev/pts/3 (process 4711)"
    assert location_words(location, "kitchen") == "in /dev/pts/3 on bedroom (process 4711)"
    alone = replace(location, tty=None)
    assert location_words(alone, "bedroom") == "without a terminal (process 4711)"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "just now"),
        (59, "just now"),
        (60, "1 minute ago"),
        (3_599, "59 minutes ago"),
        (7_300, "2 hours ago"),
        (90_000, "1 day ago"),
    ],
)
def test_it_is_said_how_long_ago_it_was(seconds: float, words: str) -> None:
    assert age_words(seconds) == words
