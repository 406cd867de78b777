"""What the commands say and ask before a run: problems, questions, cautions."""

from collections.abc import Sequence

from uncramp.cli.prompts import NoAnswer, typed
from uncramp.core.routine.model import Choices
from uncramp.core.suitability.assess import Answer
from uncramp.core.suitability.conditions import CLOT
from uncramp.core.text.suggestions import listed
from uncramp.plain.leaflet_lines import hung, reading_width
from uncramp.plain.output import complain, write
from uncramp.session import preflight
from uncramp.session.run_options import ChoiceOptions, RunOptions
from uncramp.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from uncramp.library.library import Entry
    from uncramp.runs.store import StoredRuns


def answer_for(
    entry: "Entry", settings: Settings, options: ChoiceOptions, *, is_first_time: bool = False
) -> Answer | None:
    """How a routine suits this person. If that cannot be said, writes why; None."""
    if entry.routine is None:
        from uncramp.plain.problem_lines import complain_of

        complain_of(entry.errors)
        return None
    try:
        return preflight.answer_for(entry.routine, settings, options, is_first_time=is_first_time)
    except preflight.CannotChoose as error:
        complain(str(error))
        return None


def rehearsal_words(options: RunOptions) -> str:
    """That it is a rehearsal, and whether it is heard and listens."""
    sound = "" if options.is_heard else " It is silent; --sound turns the sound on."
    ear = " It does not listen for claps." if options.listen else ""
    return f"A rehearsal: the clock runs {options.speed:g} times as fast.{sound}{ear}"


def refuse(title: str, locked: str, choices: Choices) -> int:
    """Say why a routine is locked, which is `locked`. Returns the exit status."""
    unlock = ""
    if CLOT in choices.conditions:
        unlock = f" Once a doctor has ruled it out, uncramp me --unset {CLOT} unlocks it."
    return complain(f"{title}: {locked}{unlock}")


def is_agreed(asks: Sequence[str], *, may_ask: bool) -> bool:
    """Does the person want to go on after reading why the routine asks? Asks, or says how."""
    if not may_ask:
        complain(" ".join((*asks, "Add --yes to run it anyway.")))
        return False
    for words in asks:
        write([*hung("", words, reading_width()), ""])
    while True:
        try:
            word = typed("Run it anyway? [y/n] ").strip().casefold()
        except NoAnswer:
            return False
        if word in ("y", "yes"):
            return True
        if word in ("n", "no", ""):
            return False
        write([f"Write {listed(('y', 'n'))}."])


def may_run_beside(stored: "StoredRuns", *, may_ask: bool) -> bool:
    """Say that another run goes on, if one does. Returns whether to start one more."""
    from uncramp.cli.resume_words import running_words

    words = running_words(stored)
    if not words:
        return True
    if may_ask:
        return is_agreed((words,), may_ask=True)
    complain(words)
    return True
