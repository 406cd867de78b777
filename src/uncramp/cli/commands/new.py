"""`uncramp new` and `uncramp copy`: create one of the person's own routines."""

from pathlib import Path

from uncramp.cli.arguments import Arguments
from uncramp.cli.prompts import NoAnswer, ask, can_ask
from uncramp.cli.routine_lookup import find_routine, open_library
from uncramp.core.toml.problems import Severity
from uncramp.library.copying import copy_own, write_own
from uncramp.library.folder import SUFFIX
from uncramp.library.library import Library
from uncramp.library.new_routine import (
    OPEN,
    NewRoutine,
    NewStep,
    checked_id,
    checked_name,
    checked_rest,
    checked_rounds,
    checked_sides,
    checked_time,
    file_text,
    id_of,
    step_from_words,
    title_of,
)
from uncramp.library.unusable_value import UnusableValue
from uncramp.plain.output import complain, write
from uncramp.plain.problem_lines import complain_of
from uncramp.system.files import CannotWrite
from uncramp.system.routine_file import CannotRead

_HOW_TO_SAY = (
    'Say what to write: uncramp new --title "Evening" --step "Calf roll=2m/each". '
    "On a terminal it asks you."
)


def new(asked: Arguments) -> int:
    """Write a new routine from options or answers. 0: written, 2: not."""
    library = open_library()
    try:
        fresh = _said(library, asked)
        data = file_text(fresh).encode()
        _refuse_what_cannot_run(library, data, fresh.id)
        path = write_own(library.own, fresh.id, data)
    except NoAnswer:
        return complain("Nothing was written.")
    except (UnusableValue, CannotWrite) as error:
        return complain(str(error))
    return _tell(library, path, fresh.id, f'"{fresh.title}" was written: {path}')


def copy(asked: Arguments) -> int:
    """Copy a routine into the person's folder. 0: copied, 2: not."""
    library = open_library()
    entry = find_routine(library, asked)
    if entry is None:
        return 2
    try:
        routine_id = _free_id(library, asked.new_id or entry.id, is_copy=not asked.new_id)
        title = title_of(routine_id) if asked.new_id else None
        path = copy_own(library.own, entry.file, routine_id, title)
    except CannotRead as error:
        return complain_of([error.problem])
    except (UnusableValue, CannotWrite) as error:
        return complain(str(error))
    library.reload()
    made = library.find(routine_id)
    instead = " It replaces the bundled one." if made and made.hides_bundled else ""
    return _tell(library, path, routine_id, f"Copied to {path}.{instead}")


def _tell(library: Library, path: Path, routine_id: str, words: str) -> int:
    """Say what was written, what needs fixing in it, and what to do with it."""
    library.reload()
    entry = library.open_path(path)
    if entry.problems:
        complain_of(entry.problems)
    write(
        [words, f"Run it:     uncramp run {routine_id}", f"Change it:  uncramp edit {routine_id}"]
    )
    return 0


def _said(library: Library, asked: Arguments) -> NewRoutine:
    """The routine from the options; the person is asked for the rest."""
    if (asked.title is None or not asked.steps) and not can_ask():
        raise UnusableValue(_HOW_TO_SAY)
    steps = tuple(map(step_from_words, asked.steps))
    given = checked_name(asked.title, "The title") if asked.title is not None else None
    title = given or ask("Title: ", lambda text: checked_name(text, "The title"))
    routine_id = _id(library, asked.new_id, title)
    return NewRoutine(routine_id, title, steps or _asked_steps(), asked.urgent)


def _refuse_what_cannot_run(library: Library, data: bytes, routine_id: str) -> None:
    """Raise UnusableValue for a routine that is wrong as a whole, such as 25 hours."""
    for problem in library.read_text(data, f"{routine_id}{SUFFIX}").problems:
        if problem.severity is Severity.ERROR:
            raise UnusableValue(f"{problem.message} Nothing was written.")


def _id(library: Library, said: str | None, title: str) -> str:
    def fit(text: str) -> str:
        return _free_id(library, text.strip())

    if said is not None:
        return fit(said)
    try:
        made = id_of(title)
        if not made:
            words = "The title has no letters to make an id from."
            raise UnusableValue(words, "Choose one with --id, such as --id calf-roll.")
        return fit(made)
    except UnusableValue as error:
        if not can_ask():
            raise
        write([f"  {error.why}"])
        return ask("Its id, for running it: ", fit)


def _free_id(library: Library, text: str, *, is_copy: bool = False) -> str:
    """The id, if it is free. Raises UnusableValue."""
    routine_id = checked_id(text)
    entry = library.find(routine_id)
    if entry is None or (is_copy and entry.file.parent != library.own):
        return routine_id
    if is_copy:
        words = f'"{routine_id}" is already your own: {entry.file}.'
        raise UnusableValue(f"{words} To copy it, give a new id: uncramp copy {routine_id} NEW")
    whose = "a routine of your own" if entry.file.parent == library.own else "a bundled routine"
    there = f'There is already {whose} with the id "{routine_id}".'
    raise UnusableValue(there, f"Choose one with --id, such as --id my-{routine_id}.")


def _asked_steps() -> tuple[NewStep, ...]:
    write(["Now its steps, one by one. Press Enter without a name to finish."])
    steps: list[NewStep] = []

    def fit(text: str) -> str:
        return checked_name(text, "The step's name") if text.strip() or not steps else ""

    while True:
        name = ask(f"Step {len(steps) + 1}: ", fit)
        if not name:
            return tuple(steps)
        time_ms = ask(f"  How long? (2m, 90s, 1:30, or {OPEN} for until you say so) ", checked_time)
        sides = ask("  Sides? (each, both, left, right, affected; Enter for none) ", checked_sides)
        rounds = ask("  How many rounds? (Enter for one) ", checked_rounds)
        rest_ms = 0
        if rounds > 1:
            rest_ms = ask("  Rest between rounds? (10s; Enter for none) ", checked_rest)
        steps.append(NewStep(name, time_ms, sides, rounds, rest_ms))
