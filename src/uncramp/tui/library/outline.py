"""The content of a routine's page: what it is for, its steps, its cautions; or its problems."""

from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Group, Item, Routine, Sides, Step, called
from uncramp.core.suitability.conditions import because_words
from uncramp.core.text.durations import clock
from uncramp.core.text.suggestions import counted
from uncramp.core.toml.problems import Problem, Severity
from uncramp.tui.widgets.text_page import Look, Paragraph

BLANK = Paragraph()

SIDES_WORDS = {
    Sides.EACH: "each side",
    Sides.BOTH: "both together",
    Sides.LEFT: "left",
    Sides.RIGHT: "right",
    Sides.AFFECTED: "the cramped leg",
}


def outline_of(routine: Routine) -> tuple[Paragraph, ...]:
    """The page of a routine that can run."""
    total = make_plan(routine).total
    about = "about " if total.open_steps else ""
    steps = counted(total.steps, "step")
    page = [Paragraph(text) for text in (routine.summary,) if text]
    page += [Paragraph(f"When: {routine.when}", Look.QUIET, hang=6)] if routine.when else []
    if page:
        page.append(BLANK)
    page.append(Paragraph("Steps", Look.HEADING, f"{steps} · {about}{clock(total.length_ms)}"))
    for item in routine.items:
        page += _item(item, 0)
    if routine.cautions:
        page += [BLANK, Paragraph("Be careful", Look.HEADING, starts_column=True)]
        page += [Paragraph(f"• {text}", Look.CARE, hang=2) for text in routine.cautions]
    if routine.sources:
        is_second = not routine.cautions
        page += [BLANK, Paragraph("Sources", Look.HEADING, starts_column=is_second)]
        page += [Paragraph(f"• {text}", Look.QUIET, hang=2) for text in routine.sources]
    return tuple(page)


def _item(item: Item, depth: int) -> list[Paragraph]:
    if isinstance(item, Step):
        length = "until done" if item.is_open else clock(item.time_ms)
        side = SIDES_WORDS[item.sides] if item.sides else ""
        right = " · ".join(part for part in (side, length) if part)
        name = item.name.replace("{point}", item.point.title if item.point else "")
        return [Paragraph(name, right=right, indent=2 * depth, hang=2), *_only(item, depth)]
    children = (p for child in item.items for p in _item(child, depth + 1))
    return [_group_head(item, depth), *_only(item, depth), *children]


def _only(item: Item, depth: int) -> list[Paragraph]:
    """When a step is done that is not for everybody, and not among the steps that are counted."""
    said = ", or ".join(f"that {because_words((word,))}" for word in item.only)
    when = [f"you said {said}"] if said else []
    if isinstance(item, Step) and item.is_if_still:
        when.append("the step before has not helped")
    words = f"Only if {' and '.join(when)}"
    return [Paragraph(words, Look.QUIET, indent=2 * depth + 2)] if when else []


def _group_head(group: Group, depth: int) -> Paragraph:
    facts = [SIDES_WORDS[group.sides] if group.sides else ""]
    if group.repeat > 1:
        facts.append(f"{group.repeat} times")
    if group.rest_ms:
        facts.append(f"rest {clock(group.rest_ms)} between")
    right = " · ".join(fact for fact in facts if fact)
    return Paragraph(called(group), Look.QUIET, right, indent=2 * depth, hang=2)


def problems_page(problems: tuple[Problem, ...], file: str) -> tuple[Paragraph, ...]:
    """The page of a file that has problems: each with its place, and what to write instead."""
    errors = sum(p.severity is Severity.ERROR for p in problems)
    words = "One problem keeps" if errors == 1 else f"{errors} problems keep"
    page = [Paragraph(f"{words} this file from running."), Paragraph(file, Look.QUIET)]
    for problem in problems:
        page += [BLANK, *_problem(problem)]
    return tuple(page)


def warnings_page(problems: tuple[Problem, ...]) -> tuple[Paragraph, ...]:
    """The warnings about a file that can run; empty if there are none."""
    page = [paragraph for problem in problems for paragraph in (*_problem(problem), BLANK)]
    return (BLANK, Paragraph("Unusual in its file", Look.STRONG), *page) if page else ()


def _problem(problem: Problem) -> list[Paragraph]:
    place = problem.place
    where = f"Line {place.line}, column {place.column}" if place else "Somewhere in the file"
    head = f"{where}  {problem.key}" if problem.key else where
    if problem.severity is Severity.WARNING:
        head += " (it still runs)"
    page = [Paragraph(head, Look.HEADING)]
    if problem.source_line is not None:
        page.append(Paragraph(problem.source_line, Look.CODE, indent=2))
    page.append(Paragraph(_sentence(problem), indent=2))
    return page


def _sentence(problem: Problem) -> str:
    place, line = problem.place, problem.source_line
    if not problem.goes_on_from_text:
        return problem.message
    if place and line is not None and place.line == place.end_line:
        return f"{line[place.column - 1 : place.end_column - 1]} {problem.message}"
    return f"This {problem.message}"
