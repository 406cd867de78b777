"""Which routine is for which cramp, and which may help afterwards."""

from collections.abc import Mapping

from uncramp.core.lazy.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Cramp:
    """A kind of cramp, and the routine for it."""

    routine_id: str
    key: str
    """The key for it during a run."""
    words: str


CRAMPS = (
    Cramp("acute-calf", "1", "Back of calf"),
    Cramp("acute-foot", "2", "Curled under"),
    Cramp("acute-front", "3", "Pulled up"),
    Cramp("acute-stand", "4", "Cannot reach"),
)
"""The kinds of cramp that a person can tell apart in pain."""

CRAMP_IDS = frozenset(cramp.routine_id for cramp in CRAMPS)
"""The ids of their routines."""

_AFTER_THE_CALF = ("acupressure-relief", "warm-compress", "knee-massage")

_AFTER_THE_EVENING = ("sleep-setup",)

AFTERWARDS: Mapping[str, tuple[str, ...]] = {
    "acute-calf": _AFTER_THE_CALF,
    "acute-foot": ("foot-relief", "sleep-setup"),
    "acute-front": ("acupressure-relief", "foot-relief", "sleep-setup"),
    "acute-stand": _AFTER_THE_CALF,
    "acupressure-relief": ("warm-compress", "knee-massage"),
    "bedtime": _AFTER_THE_EVENING,
    "bedtime-light": _AFTER_THE_EVENING,
    "bedtime-stretch": _AFTER_THE_EVENING,
    "bedtime-warm-soak": _AFTER_THE_EVENING,
}
"""By the id of a routine: those that may be of use after it, as their own `when` says."""
