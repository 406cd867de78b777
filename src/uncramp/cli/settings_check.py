"""What a command says about settings with errors."""

import sys

from uncramp.plain.output import write_line
from uncramp.settings import Settings

_UNKNOWN_PERSON = "Until it is fixed, what you said about yourself cannot be taken into account."


def tell_problems(settings: Settings) -> None:
    """Tell what is wrong with the settings, if anything is."""
    if settings.problems:
        from uncramp.plain.problem_lines import complain_of

        complain_of(settings.problems)
        if not settings.is_person_known:
            write_line(_UNKNOWN_PERSON, sys.stderr)
