"""Which cautions are for a person: all of them, until they have said what applies to them.

A caution that begins with the names of conditions and a colon, `Blood thinners or
varicose veins: press lightly.`, is for those of whom one of them is true.
"""

from collections.abc import Iterable

from uncramp.core.lazy.pattern import lazy_pattern
from uncramp.core.routine.model import Choices, Step
from uncramp.core.suitability.assess import notes_of

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
"""What a caution calls a condition, in small letters, and the condition's word."""

MOST_BESIDE = 2
"""So many sentences of warning stand beside a step; its own page has them all."""

_BETWEEN = lazy_pattern(r", | or | and ")
_SENTENCE = lazy_pattern(r"(?<=[.?!]) ")


def conditions_of(caution: str) -> frozenset[str]:
    """The conditions whose names a caution begins with; empty where it is for everybody."""
    opening, colon, _ = caution.partition(":")
    names = [CONDITION_NAMES.get(name.casefold()) for name in _BETWEEN.split(opening)]
    known = frozenset(name for name in names if name)
    return known if colon and all(names) else frozenset()


def fitting(cautions: Iterable[str], choices: Choices) -> tuple[str, ...]:
    """The cautions that are for this person, each once."""

    def is_for_them(caution: str) -> bool:
        conditions = conditions_of(caution)
        return not choices.is_known or not conditions or bool(conditions & choices.conditions)

    return tuple(dict.fromkeys(filter(is_for_them, cautions)))


def cautions_of(step: Step, choices: Choices) -> tuple[str, ...]:
    """How the person's hands work in a step, and its cautions and its point's, for them."""
    of_point = step.point.cautions if step.point else ()
    own = notes_of(step, choices.conditions)
    return fitting((*own, *step.cautions, *of_point), choices)


def beside(cautions: Iterable[str]) -> tuple[str, bool]:
    """The first sentences of the cautions, as many as stand beside a step; are there more?"""
    sentences = [sentence for caution in cautions for sentence in _SENTENCE.split(caution)]
    return " ".join(sentences[:MOST_BESIDE]), len(sentences) > MOST_BESIDE
