"""A routine of one step that is said in a word: `8x20s/10s`, eight rounds with rests between."""

from collections.abc import Sequence
from itertools import count

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.routine.keys import MOST_ROUNDS
from uncramp.core.text.durations import (
    LONGEST_MS,
    NotALength,
    parse_length,
    why_no_length,
    written,
)
from uncramp.core.toml.problems import Place, Problem
from uncramp.library.copying import write_own
from uncramp.library.library import Entry, Library
from uncramp.library.new_routine import (
    NewRoutine,
    NewStep,
    checked_name,
    id_of,
    steps_text,
    with_head,
)
from uncramp.library.retitle import with_title
from uncramp.library.unusable_value import UnusableValue

EXAMPLE = "8x20s/10s"
"""Eight rounds of 20 seconds, with 10 seconds between them."""

_TIMES = "xX\u00d7*"
"""Each may be between the rounds and their length."""

_ID = "timer"
_USUAL_GET_READY_MS = 5_000


class NotATimer(ValueError):
    """The words do not describe a timer."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """`problems` say what is wrong, each with its place."""
        super().__init__(problems[0].message)
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of what was typed, without the spaces around it."""

    text: str
    column: int
    """The place of its first character, counted from 1."""


def new_timer(words: Sequence[str]) -> NewRoutine:
    """The routine for `8x20s/10s Tabata`, as its file's text. Raises NotATimer.

    The first word says how often and how long; the others are the title.
    """
    return _TimerReader(" ".join(words)).routine(words[0], " ".join(words[1:]))


def is_timer(word: str) -> bool:
    """Does the word say how long a timer is: `5m`, `8x20s/10s`?"""
    reader = _TimerReader(word)
    reader.read_times(word)
    return not reader.problems


def timer_entry(library: Library, routine: NewRoutine) -> Entry:
    """The routine of a timer, read by the library; it is not in a file."""
    return library.typed(routine.id, steps_text(routine))


def keep_timer(library: Library, text: str, title: str) -> Entry:
    """Keep the routine of `text` in the person's own folder, under a free id.

    Raises UnusableValue if the title cannot be used, and CannotWrite.
    """
    title = checked_name(title, "The title")
    made = id_of(title) or _ID
    tried = (made if number == 1 else f"{made}-{number}" for number in count(1))
    free = next(routine_id for routine_id in tried if library.find(routine_id) is None)
    data = with_title(text.encode(), title)
    path = write_own(library.own, free, with_head(data.decode(), free).encode())
    library.reload()
    return library.find(free) or library.open_path(path)


class _TimerReader:
    """Reads what was typed, and collects what is wrong with it."""

    def __init__(self, line: str) -> None:
        self._line = line
        self.problems: list[Problem] = []

    def routine(self, spec: str, title: str) -> NewRoutine:
        rounds, time_ms, rest_ms = self.read_times(spec)
        if self.problems and any(map(is_timer, title.split())):
            self.problems.clear()
            words = f'stands before the time. Write the time first, such as "{EXAMPLE} Tabata".'
            self._add("title-first", _Part(spec, 1), words)
        else:
            title = self._title(title.strip(), len(spec) + 2)
        if self.problems:
            raise NotATimer(self.problems)
        said = f"{rounds}x{written(time_ms)}" if rounds > 1 else written(time_ms)
        said += f"/{written(rest_ms)}" if rest_ms else ""
        name = title or ("Work" if rounds > 1 else "Timer")
        made = id_of(title or said)
        # Rests shorter than a get-ready have none in them.
        get_ready_ms = None if rest_ms >= _USUAL_GET_READY_MS else rest_ms
        step = NewStep(name, time_ms, rounds=rounds, rest_ms=rest_ms, get_ready_ms=get_ready_ms)
        routine_id = f"{_ID}-{made}"[:80].strip("-")
        return NewRoutine(routine_id, title or f"Timer {said}", (step,))

    def read_times(self, spec: str) -> tuple[int, int, int]:
        """How many rounds, how long each is, and the rest between them; lengths are in ms."""
        sign = next((at for at, letter in enumerate(spec) if letter in _TIMES), None)
        slash = spec.find("/", 0 if sign is None else sign)
        rounds = 1 if sign is None else self._rounds(_part(spec, 0, sign))
        first = 0 if sign is None else sign + 1
        time_ms = self._length(_part(spec, first, slash if slash >= 0 else len(spec)))
        if slash >= 0:
            rest = _part(spec, slash + 1, len(spec))
            rest_ms = self._length(rest)
            if rounds == 1 and not self.problems:
                self._refuse_rest(rest, time_ms, rest_ms)
        else:
            rest_ms = 0
        total_ms = rounds * time_ms + (rounds - 1) * rest_ms + min(rest_ms, _USUAL_GET_READY_MS)
        if total_ms > LONGEST_MS and not self.problems:
            words = "is more than 24 hours in all, the longest allowed. Write fewer rounds."
            self._add("timer-too-long", _part(spec, 0, len(spec)), words)
        return rounds, time_ms, rest_ms

    def _refuse_rest(self, rest: _Part, time_ms: int, rest_ms: int) -> None:
        once = written(time_ms)
        self._add(
            "rest-without-rounds", rest,
            "is a rest between rounds, and there is only one round. "
            f'Write "{once}", or "8x{once}/{written(rest_ms)}" for eight rounds.',
        )  # fmt: skip

    def _rounds(self, part: _Part) -> int:
        number = part.text
        if number.isascii() and number.isdecimal() and 1 <= int(number[:9]) <= MOST_ROUNDS:
            return int(number[:9])
        words = f"a number of rounds. Write 1 to {MOST_ROUNDS}"
        if number:
            self._add("wrong-rounds", part, f'is not {words}, such as "{EXAMPLE}".')
        else:
            self._add("wrong-rounds", part, f'Before the x stands {words}, such as "{EXAMPLE}".')
        return 1

    def _length(self, part: _Part) -> int:
        try:
            return parse_length(part.text)
        except NotALength as error:
            missing = f'A length of time is missing here. Write it like "{EXAMPLE}" or "5m".'
            words = why_no_length(part.text, error) if part.text else missing
            self._add("wrong-length", part, words)
            return 0

    def _title(self, title: str, column: int) -> str:
        """The title, empty if there is none."""
        if not title:
            return ""
        part = _Part(title, column)
        if is_timer(title):
            words = "is a second time, and a timer has one step. uncramp new writes a routine "
            self._add("second-time", part, f"{words}of several steps.")
        try:
            return checked_name(title, "The title")
        except UnusableValue as error:
            self._add("wrong-title", part, error.why, goes_on=False)
            return ""

    def _add(self, code: str, part: _Part, words: str, *, goes_on: bool | None = None) -> None:
        end = part.column + max(len(part.text), 1)
        self.problems.append(
            Problem(
                code,
                words,
                file="timer",
                place=Place(1, part.column, 1, end),
                source_line=self._line,
                goes_on_from_text=bool(part.text) if goes_on is None else goes_on,
            )
        )


def _part(spec: str, start: int, end: int) -> _Part:
    text = spec[start:end]
    before = len(text) - len(text.lstrip())
    return _Part(text.strip(), start + (before if text.strip() else 0) + 1)
