"""The questions about a cramp: each answer is a key, and each can be skipped."""

from enum import Enum, auto
from typing import Any

from uncramp.core.history.entries import MOST_PAIN, CrampEntry, CrampPlace, Leg
from uncramp.core.history.nights import LocalTime
from uncramp.core.lazy.dataclass import dataclass, replace
from uncramp.core.routine.model import Routine, all_steps
from uncramp.core.text.durations import clock
from uncramp.core.text.weekdays import clock_time
from uncramp.session.entry_words import MONTHS

HOUR_S = 3_600
MOST_STEPS = 9
"""The most steps that can be answers: each has a digit."""

WALKING, OTHER = "walking", "other"


def step_names(routine: Routine) -> tuple[str, ...]:
    """The names of a routine's steps, each once."""
    steps = (step.name for step in all_steps(routine.items))
    return tuple(dict.fromkeys(steps))


class Asked(Enum):
    """When the questions are asked."""

    AFTER_RUN = auto()
    """When a run for the cramp has just ended."""
    LATER = auto()
    """From the history: the answers can be changed, and there is a note."""
    NEW = auto()
    """From the history, for a cramp without a run: also asks when it was."""


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """A key, and its label."""

    key: str
    words: str
    value: object


@dataclass(frozen=True, slots=True)
class Question:
    """A question, with the answers and their keys."""

    name: str
    """The field of the entry that it fills."""
    words: str
    answers: tuple[FormAnswer, ...] = ()
    is_many: bool = False
    """Can there be several answers?"""

    @property
    def is_typed(self) -> bool:
        """Is its answer typed?"""
        return not self.answers


_LEG = Question(
    "leg", "Which leg?",
    (
        FormAnswer("l", "left", Leg.LEFT), FormAnswer("r", "right", Leg.RIGHT),
        FormAnswer("b", "both", Leg.BOTH),
    ),
)  # fmt: skip
_PLACE = Question(
    "place", "Where?",
    (
        FormAnswer("c", "calf", CrampPlace.CALF),
        FormAnswer("f", "foot or toes", CrampPlace.FOOT),
        FormAnswer("s", "front, the shin", CrampPlace.FRONT),
    ),
)  # fmt: skip
_PAIN = Question(
    "pain", f"How bad, 0 to {MOST_PAIN}?",
    (
        *(FormAnswer(str(pain), "", pain) for pain in range(MOST_PAIN)),
        FormAnswer("t", "ten", MOST_PAIN),
    ),
)  # fmt: skip
_LASTED = Question(
    "lasted_s", "How long?",
    (
        FormAnswer("a", "a minute or less", 60), FormAnswer("b", "2 minutes", 120),
        FormAnswer("c", "5 minutes", 300), FormAnswer("d", "10 minutes", 600),
        FormAnswer("e", "15 minutes", 900), FormAnswer("f", "half an hour or more", 1_800),
    ),
)  # fmt: skip
_NOTE = Question("note", "A note?")
_AT = Question("at", "When?")


@dataclass(frozen=True, slots=True)
class CrampForm:
    """The data for the questions."""

    asked: Asked
    now: LocalTime
    steps: tuple[str, ...] = ()
    """Names of steps that may have helped."""


def questions(form: CrampForm) -> tuple[Question, ...]:
    """The questions, in their order."""
    asked, now = form.asked, form.now
    names = tuple(dict.fromkeys(form.steps))[:MOST_STEPS]
    done = (FormAnswer(str(number), name, name) for number, name in enumerate(names, 1))
    more = (FormAnswer("w", WALKING, WALKING), FormAnswer("o", OTHER, OTHER))
    helped = Question("helped", "What helped?", (*more, *done), is_many=True)
    found = (_LEG, _PLACE, _PAIN, _LASTED, helped)
    if asked is Asked.AFTER_RUN:
        return found
    if asked is Asked.LATER:
        return (*found, _AT, _NOTE)
    hours = (FormAnswer(str(ago), "", _earlier(now, ago)) for ago in range(10))
    return (Question("at", "When?", tuple(hours)), *found, _NOTE)


def _earlier(now: LocalTime, hours: int) -> LocalTime:
    return LocalTime(now.epoch_s - hours * HOUR_S, now.offset_min)


def with_answer(entry: CrampEntry, question: Question, value: object) -> CrampEntry:
    """The entry with the answer; if it was given already among several, it is removed."""
    if question.is_many:
        helped = entry.helped
        assert isinstance(value, str)
        words = tuple(word for word in helped if word != value)
        value = words if value in helped else (*helped, value)
    changed: dict[str, Any] = {question.name: value}
    return replace(entry, **changed)


def answer_words(entry: CrampEntry, question: Question) -> str:
    """The answer in words, or ""."""
    value = getattr(entry, question.name)
    match value:
        case None | "" | ():
            return ""
        case Leg() | CrampPlace():
            return value.value
        case tuple():
            return ", ".join(map(str, value))
        case LocalTime():
            month = MONTHS[value.day.month - 1][:3]
            return f"{value.day.day} {month} {clock_time(value.minute)}"
    if question.name == "lasted_s":
        known = (answer.words for answer in _LASTED.answers if answer.value == value)
        return next(known, clock(value * 1000))
    if question.name == "pain":
        return f"{value} of {MOST_PAIN}"
    return str(value)


def choices_line(question: Question) -> tuple[str, ...]:
    """The answers, each with its key: `L left`."""
    short = {"pain": ("0 to 9", "T ten"), "at": ("0 now", "1 to 9 hours ago")}
    if question.name in short:
        return short[question.name] if question.answers else ()
    return tuple(f"{answer.key.upper()} {answer.words}" for answer in question.answers)
