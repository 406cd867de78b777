"""What a command says about settings with errors."""

import sys

from uncramp.plain.output import is_coloured, write_line
from uncramp.settings import Settings

_UNKNOWN_PERSON = "Until it is fixed, what you said about yourself cannot be taken into account."


def tell_problems(settings: Settings) -> None:
    """Tell what is wrong with the settings, if anything is."""
    if settings.problems:
        from uncramp.plain.problem_lines import problems_text

        words = problems_text(settings.problems, colour=is_coloured(sys.stderr))
        unknown = "" if settings.is_person_known else _UNKNOWN_PERSON
        write_line(f"{words}{unknown}".rstrip("\n"), sys.stderr)
