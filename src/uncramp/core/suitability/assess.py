"""How a routine suits a person, given their conditions.

It says which steps are left out and why, what is done differently, whether the routine asks first,
and whether it must not be done at all.
"""

from collections.abc import Iterator

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.plan.plan import Plan, make_plan
from uncramp.core.routine.model import Choices, Group, Item, Routine, Step, all_items, all_steps
from uncramp.core.routine.points import Point
from uncramp.core.suitability.conditions import CLOT, CONDITIONS, because_words

HAND_WORK = frozenset({"rub", "knead", "press", "roll", "tap"})
HEAT = frozenset({"heat", "soak"})


CLOT_WORDS = (
    "You said that a clot in the leg is possible. Do not massage it and do not warm it. "
    "See a doctor today."
)
"""The first words to someone who may have a clot."""

CLOT_EMERGENCY_WORDS = (
    "Sudden breathlessness, chest pain, coughing blood or collapse: call the emergency number now."
)

_NUMB = "You said that you have diabetes, feet that feel little, or poor circulation."

NUMB_WORDS = {
    "soak": f"{_NUMB} The advice for such feet is to wash them and not to soak them: water of "
    "32 to 35 °C (90 to 95 °F), tested with a thermometer or an elbow or by someone else, "
    "for minutes only; then dry between the toes and look at the skin. "
    "Soak only if your doctor or nurse agrees.",
    "heat": f"{_NUMB} Leave heat out, or have someone help you test it, "
    "and never lay it on numb skin.",
    "": f"{_NUMB} This is not for feet that cannot feel well: pain will not warn you.",
}
"""Why a routine with such a step, or with neither, asks a person with numb feet first."""

PRESSING_WORDS = {
    "pregnant": "You are pregnant: press gently, above all on the calf. Ask your midwife or "
    "doctor before you massage a leg, as clots are likelier in pregnancy.",
    "blood-thinners": "You take blood thinners: press lightly.",
    "varicose-veins": "You have varicose veins: press lightly, and beside the veins, never on "
    "them.",
    "numb-feet": "Your feet may feel little: press lightly only, and look at the skin afterwards.",
}
"""How the hands work, by condition."""

REACHING_WORDS = (
    "You cannot reach your feet: where the toes are to be pulled up, "
    "loop a towel round the ball of the foot and pull on that."
)
FIRST_TIME_WORDS = "The first time there is half as much time again to get ready for each step."
STANDING_WORDS = "This is done standing. uncramp now helps with a cramp while you sit or lie."


@dataclass(frozen=True, slots=True)
class Answer:
    """How a routine suits one person."""

    plan: Plan | None
    """The plan for them; None if the routine is locked."""
    asks: tuple[str, ...] = ()
    """Why it asks before it starts, in sentences; empty if it does not."""
    locked: str | None = None
    """Why it must not be done, in sentences; None if it may."""
    left_out: tuple[str, ...] = ()
    """A sentence for each step that is left out, with the condition if that is the reason."""
    notes: tuple[str, ...] = ()
    """What they do differently, a sentence or two each."""

    @property
    def differences(self) -> tuple[str, ...]:
        """Everything that is different for this person, the most important first."""
        locked = (self.locked,) if self.locked else ()
        return (*locked, *self.asks, *self.notes, *self.left_out)


def answer(routine: Routine, choices: Choices) -> Answer:
    """How `routine` suits the person who made the `choices`.

    An urgent routine never asks. If a clot is possible, it is locked like any other that works
    on a leg: such a person needs the reason first. Raises ValueError only if choices other than
    conditions leave nothing to do.
    """
    conditions = choices.conditions
    if CLOT in conditions and is_for_a_leg(routine):
        return Answer(None, locked=f"{CLOT_WORDS} {CLOT_EMERGENCY_WORDS}")
    try:
        plan = make_plan(routine, choices)
    except ValueError:
        if choices.left_out:
            raise
        return Answer(None, locked=_nothing_left_words(conditions))
    return Answer(
        plan,
        asks=() if routine.urgent else tuple(_asks(routine, conditions)),
        left_out=tuple(_left_out_sentences(plan)),
        notes=(
            *_notes(routine, conditions),
            *((FIRST_TIME_WORDS,) if choices.is_first_time and _gets_ready(routine) else ()),
        ),
    )


def is_offered(routine: Routine, conditions: frozenset[str]) -> bool:
    """May an urgent routine be offered to this person, who has no time to choose?

    False for one that they cannot do.
    """
    return not conditions.intersection(routine.unless)


def is_for_a_leg(routine: Routine) -> bool:
    """Does any step press, stretch or warm a leg, or name a clot as a reason against it?"""
    items = all_items(routine.items)
    return CLOT in routine.unless or any(
        CLOT in item.unless or (isinstance(item, Step) and _touches_leg(item)) for item in items
    )


def _touches_leg(step: Step) -> bool:
    if step.point and _is_on_hand(step.point):
        return False
    return step.kind == "hold" or step.point is not None or _rubs_or_warms(step)


def _rubs_or_warms(step: Step) -> bool:
    return step.kind in HAND_WORK | HEAT and not (step.point and _is_on_hand(step.point))


def _is_on_hand(point: Point) -> bool:
    return bool(point.views) and all("hand" in view for view in point.views)


def _asks(routine: Routine, conditions: frozenset[str]) -> Iterator[str]:
    for condition in routine.unless:
        if condition not in conditions or condition == CLOT:
            continue
        if condition == "numb-feet":
            yield _numb_words(routine)
        else:
            yield f"You said: {because_words((condition,))}. This routine asks first in that case."


def _numb_words(routine: Routine) -> str:
    kinds = {step.kind for step in all_steps(routine.items)}
    return NUMB_WORDS["soak" if "soak" in kinds else "heat" if "heat" in kinds else ""]


def _left_out_sentences(plan: Plan) -> Iterator[str]:
    seen = dict.fromkeys((left.name, left.because) for left in plan.left_out)
    for name, because in seen:
        if because:
            yield f"Left out: {name.rstrip('.')}, because {because_words(because)}."
        else:
            yield f"Left out this time: {name.rstrip('.')}."


def left_out_words(plan: Plan) -> str:
    """Which steps the plan leaves out and why, in a sentence; empty for none."""
    if not plan.left_out:
        return ""
    parts = [
        f"{left.name} ({because_words(left.because)})" if left.because else left.name
        for left in plan.left_out
    ]
    return f"Left out: {', '.join(parts)}."


def _notes(routine: Routine, conditions: frozenset[str]) -> Iterator[str]:
    remaining = list(_remaining(routine.items, conditions))
    if any(_rubs_or_warms(step) and step.kind in HAND_WORK for step in remaining):
        yield from (words for word, words in PRESSING_WORDS.items() if word in conditions)
    if "cannot-stand" in conditions and "cannot-stand" in routine.unless:
        yield STANDING_WORDS
    elif "cannot-reach-feet" in conditions and any(step.kind == "hold" for step in remaining):
        yield REACHING_WORDS


def _remaining(items: tuple[Item, ...], conditions: frozenset[str]) -> Iterator[Step]:
    for item in items:
        if conditions.intersection(item.unless):
            continue
        if isinstance(item, Group):
            yield from _remaining(item.items, conditions)
        else:
            yield item


def _gets_ready(routine: Routine) -> bool:
    return any(step.get_ready_ms for step in all_steps(routine.items))


def _nothing_left_words(conditions: frozenset[str]) -> str:
    if CLOT in conditions:
        return f"{CLOT_WORDS} {CLOT_EMERGENCY_WORDS}"
    known = tuple(c.word for c in CONDITIONS if c.word in conditions)
    own = tuple(sorted(conditions - set(known)))
    return f"Nothing of this routine is left for you: {because_words((*known, *own))}."


def first_run_words(routine: Routine) -> str | None:
    """What is said before the first run of a routine with massage or heat; never an urgent one."""
    if routine.urgent or not any(map(_rubs_or_warms, all_steps(routine.items))):
        return None
    return "Swollen, hot or red leg? Stop and see a doctor. Otherwise, begin."


def notes_of(step: Step, conditions: frozenset[str]) -> tuple[str, ...]:
    """How the hands work in `step` for someone with these conditions, a sentence or two each."""
    if step.kind not in HAND_WORK or not _rubs_or_warms(step):
        return ()
    return tuple(words for word, words in PRESSING_WORDS.items() if word in conditions)
