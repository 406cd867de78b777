"""The warnings: things in a routine that are odd but do not stop it from running."""

from collections.abc import Mapping

from uncramp.core.lazy.pattern import lazy_pattern
from uncramp.core.routine.fields import GroupFields, StepFields
from uncramp.core.routine.limits import SHORTEST_TICKED_MS
from uncramp.core.routine.model import Prompt, PromptWhen, Sides, Step
from uncramp.core.routine.points import Point
from uncramp.core.text.durations import HOUR_MS, SECOND_MS, spoken
from uncramp.core.text.saying import saying_ms
from uncramp.core.text.suggestions import listed
from uncramp.core.toml.document import Document
from uncramp.core.toml.positions import Path

LONG_MS = 3 * HOUR_MS
"""A routine longer than this gets a warning."""

LEFT_AT_A_POINT_MS = 5 * SECOND_MS
"""The least that must be left of a get-ready after the last word, to find a point."""

CHIMES_MS = SECOND_MS
"""About how long the chimes take before the first word."""

LEFT_MS = 3 * SECOND_MS
"""The same, for other steps."""

_PLACEHOLDER = lazy_pattern(r"\{[A-Za-z_ ]{1,20}\}")


def warn_of_group(document: Document, group: GroupFields, path: Path, around: Sides | None) -> None:
    """Warn of a group that cannot mean what it says; `around` are the sides of its group."""
    _warn_of_only_and_unless(document, group, path)
    _warn_of_each_in_each(document, group.sides, path, around)
    if group.rest and group.repeat == 1:
        document.warn(
            (*path, "rest"),
            "does-nothing",
            'is the time between rounds, but there is only one round. Add "repeat".',
        )


def _warn_of_each_in_each(
    document: Document, sides: Sides | None, path: Path, around: Sides | None
) -> None:
    if sides is Sides.EACH and around is Sides.EACH:
        document.warn(
            (*path, "sides"),
            "each-in-each",
            "is inside a group that is for each side already, so each side comes twice.",
        )


def _warn_of_only_and_unless(
    document: Document, written: GroupFields | StepFields, path: Path
) -> None:
    """Warn of each condition in both: with it, nothing is done."""
    for at, word in enumerate(written.only):
        if word in written.unless:
            document.warn(
                (*path, "only", at),
                "only-and-unless",
                'is in "unless", too, which leaves it out. Take it out of one of them.',
            )


def warn_of_step(
    document: Document, step: Step, written: StepFields, path: Path, around: Sides | None,
    is_repeated: bool,
) -> None:  # fmt: skip
    """Warn of what a step cannot mean; `written` is its own table."""
    _warn_of_each_in_each(document, written.sides, path, around)
    no_side = "" if step.sides or around else "the step has no side"
    no_point = "" if written.has_point else "the step has no point"
    no_round = "" if is_repeated else "nothing repeats it"
    of_name = {"{point}": no_point, "{side}": no_side, "{round}": no_round, "{rounds}": no_round}
    of_say = {"{side}": no_side, "{other}": no_side, "{time}": ""}
    _warn_of_placeholders(document, step.name, (*path, "name"), of_name, "shown")
    _warn_of_placeholders(document, written.say, (*path, "say"), of_say, "said")
    _warn_of_placeholders(document, written.say_again, (*path, "say_again"), of_say, "said")
    if step.ends_after_ms is not None and not step.is_open:
        document.warn(
            (*path, "ends_after"),
            "does-nothing",
            "is for a step that lasts until the person says so, and this one ends after its time. "
            "Add open = true.",
        )
    if step.is_if_still and len(written.points) > 1 and not step.is_open:
        document.warn(
            (*path, "points"),
            "only-one-offered",
            "are more than one, and a second try is one step. Only the first of them is offered.",
        )
    if step.range_ms and not step.range_ms[0] <= step.time_ms <= step.range_ms[1]:
        document.warn(
            (*path, "range"),
            "time-outside-range",
            f"does not include the step's own time, {spoken(step.time_ms)}.",
        )
    _warn_of_only_and_unless(document, written, path)
    if not step.is_open:
        _warn_of_ticks(document, step, path)


def warn_of_points(document: Document, written: StepFields, kind: str | None, path: Path) -> None:
    """Warn of each point that does not suit a step of `kind`, in the words of its caution."""
    named: list[tuple[Path, Point]] = []
    if written.point:
        named.append(((*path, "point"), written.point))
    named += [((*path, "points", at), point) for at, point in enumerate(written.points)]
    for where, point in named:
        if kind in point.not_for:
            document.warn(
                where,
                "point-not-for-kind",
                f'is not meant for a step of kind "{kind}". Its caution: {point.cautions[0]}',
            )
        for word in written.only:
            if word in point.unless:
                document.warn(
                    where,
                    "only-and-unless",
                    f'is left out with the condition "{word}", and "only" names it. Write another '
                    f'point, or take "{word}" out of "only".',
                )


def _warn_of_placeholders(
    document: Document, text: str | None, path: Path, known: Mapping[str, str], done: str
) -> None:  # fmt: skip
    """Warn of placeholders that are not filled in; `known` are those there are, with why not."""
    for match in _PLACEHOLDER.finditer(text or ""):
        word = match[0]
        if word in known:
            if known[word]:
                message = f"has {word} in it, but {known[word]}."
                document.warn(path, "empty-placeholder", message)
            continue
        near = document.nearest(word.lower(), known)
        how = f"Did you mean {near}?" if near else f"The placeholders are {listed(known, 'and')}."
        message = f"has {word} in it, which is {done} as written. {how}"
        document.warn(path, "unknown-placeholder", message, near)


def warn_of_get_ready(
    document: Document, step: Step, written: StepFields, path: Path, around: Sides | None
) -> None:
    """Warn of a get-ready that is nearly over when everything has been said."""
    if not step.get_ready_ms or not step.is_get_ready_written or not step.cues.voice:
        return
    words = step.say or f"{step.point.cue if step.point and step.point.cue else step.name}."
    if not step.say and (step.sides or around):
        words += " Right leg."
    length = "" if step.is_open else spoken(step.time_ms)
    words = words.replace("{time}", length) if step.say else f"{words} {length}."
    said_ms = CHIMES_MS + saying_ms(_PLACEHOLDER.sub("right", words))
    least_ms = LEFT_AT_A_POINT_MS if written.has_point else LEFT_MS
    if step.get_ready_ms - said_ms < least_ms:
        needed = -(-(said_ms + least_ms) // SECOND_MS)
        document.warn(
            (*path, "get_ready") if written.get_ready else path,
            "get-ready-too-short",
            f"is {spoken(step.get_ready_ms)}. What is said in it takes about "
            f"{spoken(-(-said_ms // SECOND_MS) * SECOND_MS)}, and {least_ms // SECOND_MS} more are "
            f'needed to find the place. Write get_ready = "{needed}s".',
            f"{needed}s",
        )


def _warn_of_ticks(document: Document, step: Step, path: Path) -> None:
    countdown_ms = step.cues.countdown * SECOND_MS
    if step.cues.tick is None or step.time_ms < SHORTEST_TICKED_MS:
        return
    if countdown_ms >= step.time_ms:
        document.warn(
            path,
            "ticks-longer-than-step",
            f"ticks for its last {spoken(countdown_ms)}, but lasts {spoken(step.time_ms)}. "
            'Write a smaller "countdown" in its cues.',
        )


def warn_of_prompts(document: Document, step: Step, path: Path) -> None:
    """Warn of each prompt whose moment never comes."""
    for at, prompt in enumerate(step.prompts):
        why = _why_never(step, prompt)
        if why:
            key = "every" if prompt.when is PromptWhen.EVERY else "at"
            document.warn((*path, "prompts", at, key), "prompt-never", why)


def _why_never(step: Step, prompt: Prompt) -> str | None:
    if step.is_open:
        if prompt.when in (PromptWhen.BEFORE_END, PromptWhen.HALFWAY):
            return "never happens: nobody knows in advance when an open step ends."
        return None
    lasts = f"the step lasts {spoken(step.time_ms)}"
    if prompt.when is PromptWhen.AFTER and prompt.ms > step.time_ms:
        return f"is after the step ends: {lasts}."
    if prompt.when is PromptWhen.EVERY and prompt.ms >= step.time_ms:
        return f"never happens: {lasts}."
    if prompt.when is PromptWhen.BEFORE_END and prompt.ms >= step.time_ms:
        return f"is before the step starts: {lasts}."
    return None
