"""The fingerprint of a plan: two plans share it only if they run exactly the same."""

from uncramp.core.lazy.dataclass import given_fields
from uncramp.core.routine.model import Choices, Routine
from uncramp.core.text.digests import digest

FINGERPRINT_LEAD = "2-"
"""The beginning of fingerprints that this version can compare; version 0.1 had none."""


def fingerprint_of(routine: Routine, choices: Choices) -> str:
    """The fingerprint of the plan of `routine` with `choices`."""
    sorted_choices = (
        choices.first_side,
        choices.affected,
        sorted(choices.conditions),
        sorted(choices.times_ms.items()),
        sorted(choices.left_out),
        choices.get_ready_ms,
        choices.is_first_time,
        choices.language,
        choices.is_fahrenheit,
    )
    written = _canonical((routine, sorted_choices)).encode("utf-8", "surrogatepass")
    return FINGERPRINT_LEAD + digest(written, 12)


def _canonical(value: object) -> str:
    """The value as text. Defaults are left out, so that a new key changes nothing."""
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_canonical, value))}]"
    given = given_fields(value)
    if given is None:
        return repr(value)
    parts = (f"{name}={_canonical(part)}" for name, part in given.items())
    return f"{type(value).__name__}({', '.join(parts)})"
