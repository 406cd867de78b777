"""Which cautions apply to a person: all of them, until they have said what applies to them.

A caution that begins with names of conditions and a colon, `Blood thinners or varicose veins: press
lightly.`, is for people with one of these conditions.
"""

from collections.abc import Iterable

from uncramp.core.lazy.pattern import lazy_pattern
from uncramp.core.routine.model import Choices, Routine, Step
from uncramp.core.suitability.assess import first_run_words, notes_of

CONDITION_NAMES = {
    "pregnant": "pregnant",
    "blood thinners": "blood-thinners",
    "varicose veins": "varicose-veins",
    "diabetes": "numb-feet",
    "numb feet": "numb-feet",
    "nerve damage": "numb-feet",
    "poor circulation": "numb-feet",
    "feet that feel little": "numb-feet",
    "feet out of reach": "cannot-reach-feet",
    "cannot stand": "cannot-stand",
}
"""The name of a condition in cautions, in lower case, and the condition's word."""

MOST_BESIDE = 2
"""How many sentences of caution are shown beside a step; its page shows all."""

_BETWEEN = lazy_pattern(r", | or | and ")
_SENTENCE = lazy_pattern(r"(?<=[.?!]) ")


def conditions_of(caution: str) -> frozenset[str]:
    """The conditions that a caution begins with; empty if it is for everybody."""
    opening, colon, _ = caution.partition(":")
    names = [CONDITION_NAMES.get(name.casefold()) for name in _BETWEEN.split(opening)]
    known = frozenset(name for name in names if name)
    return known if colon and all(names) else frozenset()


def fitting(cautions: Iterable[str], choices: Choices) -> tuple[str, ...]:
    """The cautions that apply to this person, each once."""

    def is_for_them(caution: str) -> bool:
        conditions = conditions_of(caution)
        return not choices.is_known or not conditions or bool(conditions & choices.conditions)

    return tuple(dict.fromkeys(filter(is_for_them, cautions)))


def routine_cautions(routine: Routine, choices: Choices) -> tuple[str, ...]:
    """The words about an ill leg, and the routine's own cautions that apply to this person."""
    first = first_run_words(routine)
    return (*((first,) if first else ()), *fitting(routine.cautions, choices))


def cautions_of(step: Step, choices: Choices) -> tuple[str, ...]:
    """How this person's hands work in a step, and its cautions."""
    return fitting((*notes_of(step, choices.conditions), *step.cautions), choices)


def first_sentences(cautions: Iterable[str]) -> str:
    """The first sentences of the cautions, as many as are shown beside a step."""
    sentences = [sentence for caution in cautions for sentence in _SENTENCE.split(caution)]
    return " ".join(sentences[:MOST_BESIDE])
