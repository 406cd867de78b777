"""What the commands do for the person who gave them: their settings, what asks first, cautions."""

import sys
from argparse import Namespace
from collections.abc import Sequence

from uncramp.advice.seen import SeenCautions
from uncramp.core.plan.overrides import Unknown, problem_of, with_times, without
from uncramp.core.routine.model import Choices, Routine, Side
from uncramp.core.suitability.assess import CLOT, Answer, answer
from uncramp.core.text.suggestions import listed
from uncramp.library.library import Entry
from uncramp.plain.caution_lines import first_run_lines
from uncramp.plain.leaflet_lines import WIDEST, hung
from uncramp.plain.output import complain, is_coloured, write, write_line
from uncramp.plain.problem_lines import problems_text
from uncramp.settings import Settings, read_settings
from uncramp.system import paths

_UNKNOWN_PERSON = "Until it is mended, what you said of yourself cannot be taken into account."


def seen_cautions() -> SeenCautions:
    """The cautions that this person was shown before."""
    return SeenCautions(paths.seen_cautions_file())


def choices_of(asked: Namespace, *, tells_problems: bool = True) -> Choices:
    """What the settings and the command line say of this run.

    What is wrong with the settings is told on standard error, and stops nothing.
    """
    settings = read_settings(paths.settings_file())
    if tells_problems:
        tell_problems(settings)
    return settings.choices(asked.conditions, Side(asked.side) if asked.side else None)


def tell_problems(settings: Settings) -> None:
    """Tell what is wrong with the settings, if anything is."""
    if settings.problems:
        words = problems_text(settings.problems, colour=is_coloured(sys.stderr))
        unknown = "" if settings.is_person_known else _UNKNOWN_PERSON
        write_line(f"{words}{unknown}".rstrip("\n"), sys.stderr)


def answer_for(
    entry: Entry, choices: Choices, times: Sequence[str] = (), left_out: Sequence[str] = ()
) -> Answer | None:
    """What a routine is for whoever chose so; None where it cannot be read, and that is said.

    `times` (`soak=15m`) and `left_out` name its steps; None also where they name none.
    """
    if entry.routine is None:
        words = problems_text(entry.errors, colour=is_coloured(sys.stderr))
        write_line(words.rstrip("\n"), sys.stderr)
        return None
    try:
        choices = with_times(entry.routine, choices, times)
        choices = without(entry.routine, choices, left_out)
    except Unknown as error:
        complain(str(error))
        return None
    problem = problem_of(entry.routine, choices)
    if problem:
        complain(problem)
        return None
    return answer(entry.routine, choices)


def refuse(entry: Entry, found: Answer, choices: Choices) -> int:
    """Say why a routine is locked. Returns the exit status."""
    unlock = ""
    if CLOT in choices.conditions:
        unlock = f" Once a doctor has ruled it out, uncramp me --unset {CLOT} unlocks it."
    return complain(f"{entry.title}: {found.locked}{unlock}")


def is_agreed(asks: Sequence[str], *, may_ask: bool) -> bool:
    """Does the person want to go on, having read why the routine asks? Asks them, or says how."""
    if not may_ask:
        complain(" ".join((*asks, "Add --yes to run it all the same.")))
        return False
    for words in asks:
        write([*hung("", words, WIDEST), ""])
    while True:
        try:
            word = input("Run it all the same? [y/n] ").strip().casefold()
        except EOFError:
            write([""])
            return False
        if word in ("y", "yes"):
            return True
        if word in ("n", "no", ""):
            return False
        write([f"Write {listed(('y', 'n'))}."])


def show_cautions_first(routine: Routine) -> None:
    """Before a first run on the full screen, show the cautions, and wait for Enter."""
    seen = seen_cautions()
    if not seen.are_new(routine):
        return
    for line in first_run_lines(routine):
        write(hung("", line, WIDEST))
    try:
        input("Enter begins. ")
    except EOFError:
        write([""])
    seen.note(routine)
