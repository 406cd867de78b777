"""`uncramp me`: a person's conditions, so that routines suit them."""

from collections.abc import Iterator

from uncramp.cli.arguments import Arguments
from uncramp.cli.prompts import NoAnswer, can_ask, typed
from uncramp.core.suitability.assess import CLOT_EMERGENCY_WORDS, CLOT_WORDS
from uncramp.core.suitability.conditions import CLOT, CONDITIONS, because_words
from uncramp.plain.json_text import json_line
from uncramp.plain.leaflet_lines import hung
from uncramp.plain.output import complain, write
from uncramp.plain.problem_lines import complain_of, problem_fields
from uncramp.settings import Settings, read_settings, with_conditions
from uncramp.settings.writer import CannotSet, write_conditions
from uncramp.system import paths

_INTRODUCTION = (
    "Seven short questions, so that the routines suit you. Answer y for yes or n for no; "
    "Enter skips a question. Your answers stay in the settings on this machine."
)
_OWN_WORD = "Your own word. It matters only to a routine that names it."
_YES, _NO = ("y", "yes"), ("n", "no")


def me(asked: Arguments) -> int:
    """Show the person's conditions; ask if they have not answered yet."""
    file = paths.settings_file()
    settings = read_settings(file)
    if settings.problems and not asked.json:
        complain_of(settings.problems)
    conditions = _changed(settings, asked)
    if conditions is None and (asked.ask or _may_ask(settings, asked)):
        if not can_ask():
            return complain(
                "The questions need a terminal. uncramp me --set CONDITION works without one."
            )
        conditions = _answers(settings)
    if conditions is not None:
        try:
            write_conditions(file, conditions)
        except CannotSet as error:
            return complain(str(error))
        settings = with_conditions(settings, conditions)
    if asked.json:
        write([json_line(_fields(settings))])
    else:
        write(_lines(settings))
    return 0


def _changed(settings: Settings, asked: Arguments) -> frozenset[str] | None:
    """The conditions after the command's options; None if it has none of them."""
    if not (asked.set or asked.unset or asked.clear):
        return None
    kept = frozenset[str]() if asked.clear else settings.conditions
    return kept.union(*asked.set).difference(*asked.unset)


def _may_ask(settings: Settings, asked: Arguments) -> bool:
    """Is it the first time, at a terminal, with a file that can be written?"""
    is_first = not settings.has_answered and settings.is_person_known
    return is_first and not asked.json and can_ask()


def _answers(settings: Settings) -> frozenset[str]:
    """The person's answers; a question that is skipped changes nothing."""
    write([*hung("", _INTRODUCTION, 78), ""])
    said = set(settings.conditions)
    for number, condition in enumerate(CONDITIONS, 1):
        is_so = _answer(f"{number} of {len(CONDITIONS)}  {condition.question}")
        if is_so is None:
            continue
        (said.add if is_so else said.discard)(condition.word)
        if is_so and condition.word == CLOT:
            write(["", *hung("  ", f"{CLOT_WORDS} {CLOT_EMERGENCY_WORDS}", 78)])
    write([""])
    return frozenset(said)


def _answer(question: str) -> bool | None:
    """Yes or no; None if the person skips it, or stops."""
    while True:
        try:
            word = typed(f"{question} [y/n] ").strip().casefold()
        except NoAnswer:
            return None
        if not word:
            return None
        if word in (*_YES, *_NO):
            return word in _YES
        write(["        Write y for yes or n for no, or press Enter to skip it."])


def _lines(settings: Settings) -> Iterator[str]:
    effects = {condition.word: condition.effect for condition in CONDITIONS}
    said = [*(word for word in effects if word in settings.conditions)]
    said += sorted(settings.conditions.difference(effects))
    if said:
        yield "What you said about yourself, and what it changes:"
        for word in said:
            yield from hung(f"  {word:<18} ", effects.get(word, _OWN_WORD), 78)
    elif settings.has_answered:
        yield "You said that none of these applies to you:"
        yield from hung("  ", ", ".join(effects), 78)
    else:
        yield "You have not said anything about yourself. You can say:"
        for word in effects:
            yield f"  {word:<18} {because_words((word,))}"
    yield ""
    yield from hung(
        "",
        "uncramp me --ask asks again; --set WORD, --unset WORD and --clear change your answers.",
        78,
    )


def _fields(settings: Settings) -> dict[str, object]:
    return {
        "answered": settings.has_answered,
        "conditions": sorted(settings.conditions),
        "first_side": settings.first_side.value,
        "file": str(paths.settings_file()),
        "problems": [problem_fields(problem) for problem in settings.problems],
    }
