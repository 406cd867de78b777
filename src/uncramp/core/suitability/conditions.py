"""The conditions that a person can have, in words."""

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.text.safe_text import is_kebab, shown

CLOT = "clot-suspected"
"""The condition that locks everything that presses, stretches or warms a leg."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that a person can have, and what it changes."""

    word: str
    """Its word in `unless` and in the settings."""
    question: str
    """A question to answer with yes or no."""
    because: str
    """The reason after "left out: "."""
    effect: str
    """What the program does about it, in whole sentences."""


CONDITIONS = (
    Condition(
        "pregnant",
        "Are you pregnant?",
        "you are pregnant",
        "The points LI4 and BL60 are left out, and the calf is pressed gently. "
        "Ask your midwife or doctor before you massage a leg, as clots are likelier in pregnancy.",
    ),
    Condition(
        "blood-thinners",
        "Do you take blood thinners?",
        "you take blood thinners",
        "Press lightly. Rolling the calf is left out.",
    ),
    Condition(
        "varicose-veins",
        "Do you have varicose veins?",
        "you have varicose veins",
        "Press lightly, and beside the veins, never on them. Rolling the calf is left out.",
    ),
    Condition(
        "numb-feet",
        "Do you have diabetes, feet that feel little, or poor circulation in the legs?",
        "your feet may not feel heat or pressure well",
        "Soaks and heat ask first or are left out. "
        "Press lightly only, and look at the skin afterwards: pain will not warn you.",
    ),
    Condition(
        "cannot-reach-feet",
        "Is it hard for you to reach your feet?",
        "you cannot reach your feet",
        "Loop a towel round the ball of the foot and pull on that.",
    ),
    Condition(
        "cannot-stand",
        "Is it hard for you to stand?",
        "you cannot stand",
        "What is done standing is not offered to you.",
    ),
    Condition(
        CLOT,
        "Is one leg swollen, warm, red or darker, or has anyone suspected a clot in it?",
        "a clot is possible",
        "Massage, stretching and heat for the legs are locked. See a doctor today.",
    ),
)
"""The conditions of the settings, in the order in which they are asked."""

_BY_WORD = {condition.word: condition for condition in CONDITIONS}


def because_words(conditions: tuple[str, ...]) -> str:
    """Why something is left out: `you are pregnant`. An author's own word is used as it is."""
    words = [_BY_WORD[c].because if c in _BY_WORD else c for c in conditions]
    return ", and ".join(words)


def conditions_in(text: str) -> tuple[str, ...]:
    """The conditions that a person wrote with commas between them.

    Raises ValueError, in words, for one that is misspelt or not a kebab-case word.
    """
    from uncramp.core.routine.keys import meant_condition

    words = [part.strip().casefold() for part in text.split(",") if part.strip()]
    for word in words:
        if word in _BY_WORD:
            continue
        near = meant_condition(word)
        if near:
            raise ValueError(f'"{shown(word)}" is not a condition. Did you mean {near}?')
        if not is_kebab(word):
            names = ", ".join(_BY_WORD)
            raise ValueError(f'"{shown(word)}" is not a condition. The conditions are {names}.')
    return tuple(dict.fromkeys(words))
