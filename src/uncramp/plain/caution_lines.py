"""Cautions as lines: the routine's, its steps', and those for this person."""

from collections.abc import Iterator

from uncramp.core.routine.model import Choices, Item, Routine, all_steps
from uncramp.core.suitability.assess import Answer, first_run_words
from uncramp.core.suitability.cautions import fitting
from uncramp.core.text.safe_text import plain_line


def caution_lines(routine: Routine, choices: Choices | None = None) -> Iterator[str]:
    """The routine's cautions, one a line; with `choices`, those that apply to the person."""
    for caution in fitting(routine.cautions, choices or Choices()):
        yield plain_line(f"Care: {caution}")


def first_run_lines(routine: Routine, choices: Choices) -> Iterator[str]:
    """What is shown before a first run: the cautions, and the words about an ill leg."""
    yield from caution_lines(routine, choices)
    words = first_run_words(routine)
    if words:
        yield words


def difference_lines(answer: Answer) -> Iterator[str]:
    """What is different for this person, one a line."""
    for words in answer.differences:
        yield plain_line(f"For you: {words}")


def all_caution_lines(routine: Routine, answer: Answer) -> Iterator[str]:
    """All cautions of a routine, for this person."""
    yield plain_line(routine.title)
    yield from difference_lines(answer)
    yield from caution_lines(routine)
    for name, caution in dict.fromkeys(_of_steps(routine.items)):
        if caution not in routine.cautions:
            yield plain_line(f"Care: {name}: {caution}")
    yield "uncramp safety says when to see a doctor."


def _of_steps(items: tuple[Item, ...]) -> Iterator[tuple[str, str]]:
    for step in all_steps(items):
        name = step.point.title if step.point else step.name
        yield from ((name, caution) for caution in step.cautions)
