"""A new routine: a person's answers, and the commented file made from them."""

import unicodedata

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.routine.keys import BY_OWNER, LONGEST_NAME, MOST_ROUNDS, Owner
from uncramp.core.routine.model import Sides
from uncramp.core.text.durations import NotALength, guessed, parse_length, why_no_length, written
from uncramp.core.text.safe_text import is_kebab, kebab, shown, unseen_in
from uncramp.core.text.suggestions import listed, nearest
from uncramp.library.unusable_value import UnusableValue

OPEN = "open"
"""The word in place of a length for a step that lasts until the person ends it."""

_LONGEST_ID = 80

_PORTS = (f"{port}{number}" for port in ("com", "lpt") for number in range(10))
_RESERVED = {"con", "prn", "aux", "nul", *_PORTS}
"""Names that no file can have on Windows."""

_SUGGESTED = {
    Owner.ROUTINE: ("summary", "when", "cautions", "tags"),
    Owner.STEP: ("how", "get_ready"),
}
"""Keys that a new file shows as comments, to be filled in."""

_SUGGESTED_VALUES = {
    "summary": '"One sentence."',
    "when": '"In the evening."',
    "cautions": '["A sentence."]',
    "tags": '["evening"]',
    "how": '"The instruction."',
    "get_ready": '"10s"',
}


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step of a new routine."""

    name: str
    time_ms: int | None = None
    """None: it is open."""
    sides: Sides | None = None
    rounds: int = 1
    rest_ms: int = 0
    """Between the rounds."""
    get_ready_ms: int | None = None
    """Before each round; None for the usual."""


@dataclass(frozen=True, slots=True)
class NewRoutine:
    """A new routine, with at least one step."""

    id: str
    title: str
    steps: tuple[NewStep, ...]
    is_urgent: bool = False


def checked_name(text: str, what: str) -> str:
    """The text as a title or a name, which `what` names. Raises UnusableValue."""
    unseen = unseen_in(text.strip(), may_break=False)
    if unseen in ("U+000A", "U+000D"):
        raise UnusableValue(f"{what} has a line break in it. Write it on one line.")
    if unseen == "U+0009":
        raise UnusableValue(f"{what} has a tab in it. Write a space.")
    if unseen:
        raise UnusableValue(f"{what} has the control character {unseen} in it. Take it out.")
    text = text.strip()
    if not text:
        raise UnusableValue(f"{what} is empty. Write some words.")
    if len(text) > LONGEST_NAME:
        words = f"{len(text):,} characters long; there is room for {LONGEST_NAME}"
        raise UnusableValue(f"{what} is {words}.")
    return text


def checked_time(text: str) -> int | None:
    """The length that the text names, None for an open step. Raises UnusableValue."""
    if text.strip().casefold() == OPEN:
        return None
    number = text.strip()
    # The meaning of "20 sec" is clear; a number alone has no unit.
    meant = None if number.isdecimal() else guessed(text)
    try:
        return parse_length(meant or text)
    except NotALength as error:
        raise UnusableValue(f'"{shown(text.strip())}" {why_no_length(text, error)}') from None


def checked_sides(text: str) -> Sides | None:
    """The sides that the text names, None for an empty one. Raises UnusableValue."""
    word = text.strip().casefold()
    if not word:
        return None
    known = tuple(sides.value for sides in Sides)
    if word in known:
        return Sides(word)
    near = nearest(word, known)
    how = f'Did you mean "{near}"?' if near else f"Write {listed(known)}."
    raise UnusableValue(f'"{shown(text.strip())}" is not a choice of sides. {how}')


def checked_rounds(text: str) -> int:
    """The number of rounds in the text, 1 for an empty one. Raises UnusableValue."""
    number = text.strip() or "1"
    if number.isascii() and number.isdecimal() and 1 <= int(number[:9]) <= MOST_ROUNDS:
        return int(number[:9])
    raise UnusableValue(f'"{shown(number)}" is not a number of rounds. Write 1 to {MOST_ROUNDS}.')


def checked_rest(text: str) -> int:
    """The rest in the text, in milliseconds, 0 for an empty one. Raises UnusableValue."""
    return (checked_time(text) or 0) if text.strip() not in ("", "0") else 0


def step_from_words(text: str) -> NewStep:
    """The step that `NAME=TIME` or `NAME=TIME/SIDES` describes. Raises UnusableValue."""
    name, equals, rest = text.rpartition("=")
    if not equals:
        words = "does not say how long. Write it like"
        raise UnusableValue(f'"{shown(text)}" {words} "Calf roll=2m/each" or "Cover up=open".')
    time, _, sides = rest.partition("/")
    return NewStep(checked_name(name, "The step's name"), checked_time(time), checked_sides(sides))


def checked_id(text: str) -> str:
    """The text as a routine's id. Raises UnusableValue."""
    if not is_kebab(text) or len(text) > _LONGEST_ID:
        suggested = id_of(text)
        how = f'Write "{suggested}".' if suggested else 'Write it like "calf-roll".'
        words = "small letters, digits and hyphens, at most 80"
        raise UnusableValue(f'"{shown(text[:100])}" is not an id, which is {words}. {how}')
    if text in _RESERVED:
        raise UnusableValue(f'No file can be called "{text}" on Windows. Choose another id.')
    return text


def id_of(title: str) -> str:
    """The id for a title: `Füße hoch!` gives `fusse-hoch`; "" if it has no such letters."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", title) if not unicodedata.combining(sign)
    )
    return kebab(plain)[:_LONGEST_ID].strip("-")


def title_of(routine_id: str) -> str:
    """The title for an id: `my-evening` gives `My evening`."""
    words = routine_id.replace("-", " ")
    return words[:1].upper() + words[1:]


def file_text(routine: NewRoutine) -> str:
    """The file of a new routine, commented, in the house order."""
    return with_head(_body(routine, has_suggestions=True), routine.id)


def steps_text(routine: NewRoutine) -> str:
    """The same without comments, for a routine that is not in a file."""
    return _body(routine, has_suggestions=False)


def with_head(text: str, routine_id: str) -> str:
    """The text of a routine under a comment that says what to do with its file."""
    head = [
        "# A routine for uncramp. Everything after a # is a note to yourself.",
        f"#   uncramp run {routine_id}      runs it",
        f"#   uncramp edit {routine_id}     opens it in your editor, and checks it",
        f"#   uncramp check {routine_id}    says what is wrong with it",
        "# To use a line that starts with #, fill it in and take the # away.",
        "",
    ]
    return "\n".join(head) + "\n" + text


def _body(routine: NewRoutine, *, has_suggestions: bool) -> str:
    top: dict[str, object] = {"title": routine.title}
    lines = _written(top) + (_suggestions(Owner.ROUTINE) if has_suggestions else [])
    if routine.is_urgent:
        lines += _written({"urgent": True})
    for number, step in enumerate(routine.steps):
        lines += ["", "[[steps]]", *_step_lines(step)]
        lines += _suggestions(Owner.STEP) if number == 0 and has_suggestions else []
    return "\n".join(lines) + "\n"


def _step_lines(step: NewStep) -> list[str]:
    """A step, inside a group if it has rounds."""
    if step.rounds == 1:
        return _written(_step_document(step))
    group: dict[str, object] = {"name": step.name, "repeat": step.rounds}
    if step.rest_ms:
        group["rest"] = written(step.rest_ms)
    return [*_written(group), "", "[[steps.steps]]", *_written(_step_document(step))]


def _step_document(step: NewStep) -> dict[str, object]:
    document: dict[str, object] = {"name": step.name}
    if step.time_ms is None:
        document["open"] = True
    else:
        document["time"] = written(step.time_ms)
    if step.get_ready_ms is not None:
        document["get_ready"] = written(step.get_ready_ms)
    if step.sides:
        document["sides"] = step.sides.value
    return document


def _written(document: dict[str, object]) -> list[str]:
    import tomli_w

    return tomli_w.dumps(document).splitlines()


def _suggestions(owner: Owner) -> list[str]:
    keys = [BY_OWNER[owner][name] for name in _SUGGESTED[owner]]
    pairs = [f"# {key.name} = {_SUGGESTED_VALUES[key.name]}" for key in keys]
    width = max(map(len, pairs))
    return [f"{pair:<{width}}  # {key.what}" for pair, key in zip(pairs, keys, strict=True)]
