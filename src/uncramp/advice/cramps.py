"""Which routine is for which cramp while it is on, and which may help when it is over."""

from collections.abc import Mapping

from uncramp.core.lazy.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Cramp:
    """A kind of cramp, and the routine for it."""

    routine_id: str
    key: str
    """What is pressed for it during a run."""
    words: str


CRAMPS = (
    Cramp("acute-calf", "1", "Back of calf"),
    Cramp("acute-foot", "2", "Curled under"),
    Cramp("acute-front", "3", "Pulled up"),
    Cramp("acute-stand", "4", "Cannot reach"),
)
"""The kinds of cramp that a person can tell apart in pain."""

_AFTER_THE_CALF = ("acupressure-relief", "warm-compress", "knee-massage")

AFTERWARDS: Mapping[str, tuple[str, ...]] = {
    "acute-calf": _AFTER_THE_CALF,
    "acute-foot": ("foot-relief", "sleep-setup"),
    "acute-front": ("acupressure-relief", "foot-relief", "sleep-setup"),
    "acute-stand": _AFTER_THE_CALF,
}
"""By the id of a routine for a cramp: those that may be of use when it is over."""
