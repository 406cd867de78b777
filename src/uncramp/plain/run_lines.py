"""A run as lines for a person or a screen reader: one a moment, time first, whole sentences.

Both `uncramp show` and a rehearsal use these lines, so they agree.
"""

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.plan.cues import Cue
from uncramp.core.plan.plan import Plan, Span, SpanKind
from uncramp.core.routine.model import CueKind, Step
from uncramp.core.run.events import (
    CueDue,
    Event,
    Lapsed,
    LengthChanged,
    Paused,
    RunEnded,
    SpanBegan,
    SpanEnd,
    SpanEnded,
    Started,
    Undone,
    WentOn,
)
from uncramp.core.run.record import Record
from uncramp.core.suitability.assess import left_out_words
from uncramp.core.suitability.cautions import cautions_of, first_sentences
from uncramp.core.text.durations import SECOND_MS, clock, spoken, written
from uncramp.core.text.safe_text import plain_line
from uncramp.core.text.suggestions import counted


@dataclass(frozen=True, slots=True)
class Hints:
    """What a person can press or write to answer an open step."""

    done: str
    """How an open step ends; `{time}` is its first prompt's."""
    still: str
    """The same, for a step that can be answered with "still"."""
    go_on: str
    after_lapse: str


KEYS = Hints(
    "Press Enter when it is done.",
    "Press Enter when it lets go, S if it is still tight.",
    "Press Space to continue.",
    "Press Space to continue from here, R to repeat this step, or C to catch up with the clock.",
)
"""For a person at a terminal."""

WORDS = Hints(
    "Write done when it is done.",
    "Write done when it lets go, still if it is still tight.",
    "Write go on to continue.",
    "Write go on to continue from here, again to repeat this step, or catch up "
    "to go to where the clock says.",
)
"""For a program, or a person, who writes lines to standard input."""

CLAPS = Hints(
    "Clap twice when it is done.",
    "Clap twice when it lets go.",
    "Clap twice to continue.",
    "Clap twice to continue from here.",
)
"""For a person who can only clap: standard input has ended."""

NOBODY = Hints(
    "It ends by itself at its first prompt, after {time}.",
    "It ends by itself at its first prompt, after {time}, as if it had let go.",
    "Nobody can be asked.",
    "Nobody can be asked.",
)
"""If nobody can answer: in a rehearsal, or when standard input has ended."""


class RunLines:
    """Writes the events of a run of one plan as lines."""

    def __init__(self, plan: Plan, hints: Hints = NOBODY) -> None:
        """Write for `plan`, telling a person what to do as `hints` say."""
        self.hints = hints
        self._plan = plan
        self._width = max(len(clock(plan.total.length_ms)), 5)
        self._cautioned: set[str] = set()
        self._start_is_due = False

    def line(self, played_ms: int, words: str) -> str:
        """One line: how long the run has lasted, and `words`."""
        return f"{clock(played_ms):>{self._width}}  {plain_line(words)}"

    def of(self, event: Event) -> tuple[str, ...]:
        """The lines of an event; none for one that nobody needs to read."""
        return tuple(self.line(event.played_ms, words) for words in self._all_words(event))

    def second_try(self, began: SpanBegan) -> str:
        """The line about the step that is offered if the open step of `began` has not helped."""
        span = self._plan.span(began.span.index + 1)
        words = f"If it has not helped: {_what(self._plan, span)} {self._how(span)}"
        return self.line(began.played_ms, words.rstrip())

    def _all_words(self, event: Event) -> tuple[str, ...]:
        if isinstance(event, Started) and self._plan.routine.urgent:
            # A person in pain reads what to do first; how long it takes comes after that.
            self._start_is_due = True
            return ()
        words = self._words(event)
        if not isinstance(event, SpanBegan):
            return (words,) if words else ()
        how, care = self._how(event.span), self._care(event.span)
        if self._start_is_due:
            self._start_is_due = False
            return tuple(filter(None, (how, words, care, start_words(self._plan))))
        return tuple(filter(None, (f"{words} {how}".rstrip(), care)))

    def _words(self, event: Event) -> str:
        match event:
            case Started():
                return start_words(self._plan)
            case SpanBegan():
                return self._begin_words(event)
            case CueDue():
                return _cue_words(event.cue, event.span)
            case SpanEnded():
                return _end_words(event)
            case Paused():
                return f"Paused. {self.hints.go_on}"
            case WentOn():
                return "Continuing."
            case Lapsed():
                gap = length_words(event.gap_ms // SECOND_MS * SECOND_MS)
                return f"Interrupted for {gap}, so it is paused here. {self.hints.after_lapse}"
            case LengthChanged():
                limit = " That is as far as it goes." if event.is_at_limit else ""
                return f"Now {length_words(event.length_ms)} long.{limit}"
            case Undone():
                return f"Undone: {event.kind.value.replace('-', ' ')}."
            case RunEnded():
                return record_words(event.record)
        return ""

    def _begin_words(self, event: SpanBegan) -> str:
        span = event.span
        switch = f"Change to the {span.side_words}. " if span.switches_side else ""
        where = f"At {clock(event.from_ms)} of it: " if event.from_ms else ""
        if span.kind is SpanKind.REST:
            return f"{where}Rest, {length_words(span.length_ms)}."
        assert span.step is not None
        open_words = ""
        if span.step.is_open:
            time = length_words(_time_of(self._plan, span))
            hint = self.hints.still if _asks_still(self._plan, span) else self.hints.done
            open_words = " " + hint.replace("{time}", time) + self._waits_words(span)
        if span.kind is SpanKind.GET_READY:
            ready = f"Get ready, {length_words(span.length_ms)}. Then: "
            return f"{switch}{where}{ready}{_what(self._plan, span)}"
        return f"{switch}{where}Begin: {_what(self._plan, span)}{open_words}"

    def _waits_words(self, span: Span) -> str:
        """When an open step goes on by itself, for a person who could end it; else empty."""
        if self.hints.done == NOBODY.done or span.ends_ms is None:
            return ""
        return f" It goes on by itself after {length_words(span.ends_ms)}."

    def _how(self, span: Span) -> str:
        """What to do and how to find the place, at the beginning of a step or its get-ready."""
        if span.step is None or span.index != span.first_index:
            return ""
        return _how(span.step, span.name)

    def _care(self, span: Span) -> str:
        """What this person must be careful about, once and in two sentences."""
        if span.step is None or span.index != span.first_index or span.step.key in self._cautioned:
            return ""
        self._cautioned.add(span.step.key)
        words = first_sentences(cautions_of(span.step, self._plan.choices))
        return f"Care: {words}" if words else ""


def start_words(plan: Plan) -> str:
    """What is coming, and how long it takes."""
    total = plan.total
    words = f"Start: {plan.routine.title}. {counted(total.steps, 'step')}, "
    words += f"{length_words(total.length_ms)}."
    if total.open_steps:
        many = total.open_steps > 1
        words += f" {counted(total.open_steps, 'step')} {'last' if many else 'lasts'}"
        words += f" until you say so, counted up to {'their' if many else 'its'} first prompt."
    if plan.left_out:
        words += f" {left_out_words(plan)}"
    return words


def record_words(record: Record) -> str:
    """How far a run got."""
    steps = f"{record.steps_done} of {counted(record.steps, 'step')} done"
    if record.is_complete:
        return f"Finished: {record.title}. {steps}, {length_words(record.played_ms)}."
    return f"Ended at {clock(record.played_ms)} of {clock(record.total_ms)}. {steps}."


def length_words(length_ms: int) -> str:
    """The length in words; below a second as in a file."""
    return spoken(length_ms) if length_ms >= SECOND_MS or not length_ms else written(length_ms)


def _asks_still(plan: Plan, span: Span) -> bool:
    step = plan.span(span.index + 1) if span.kind is SpanKind.GET_READY else span
    return step.asks_still


def _time_of(plan: Plan, span: Span) -> int:
    """How long a step, or the step of a get-ready, is in this plan."""
    if span.kind is SpanKind.GET_READY:
        return plan.span(span.index + 1).length_ms
    return span.length_ms


def _what(plan: Plan, span: Span) -> str:
    """The step, its side, its round and its time, as one sentence."""
    assert span.step is not None
    parts = [span.name.rstrip(".")]
    if span.side:
        parts.append(span.side_words)
    if span.rounds > 1:
        parts.append(f"round {span.round} of {span.rounds}")
    is_open = span.step.is_open
    parts.append("until you say so" if is_open else length_words(_time_of(plan, span)))
    return ", ".join(parts) + "."


def _how(step: Step, name: str) -> str:
    point, how = step.point, step.how or ""
    if point and point.label not in name and point.label not in how:
        return f"{point.title}. {how}"
    return how


def _cue_words(cue: Cue, span: Span) -> str:
    match cue.kind:
        case CueKind.READY | CueKind.START | CueKind.SWITCH:
            # The line at the span's beginning has the name, the side and the time.
            own = span.step.say if span.step else None
            return f"Voice: {cue.say}" if own and cue.say else ""
        case CueKind.HALFWAY:
            return "Halfway."
        case CueKind.VOICE if span.kind is SpanKind.STEP:
            return cue.show or cue.say or ""
        case CueKind.PROMPT:
            return cue.show or cue.say or ("Chime." if cue.sound else "")
    return ""


def _end_words(event: SpanEnded) -> str:
    span = event.span
    if event.how is SpanEnd.SKIPPED:
        name = {SpanKind.GET_READY: f"Get ready for {span.name}", SpanKind.REST: "Rest"}
        return f"Left before its end: {name.get(span.kind, span.name)}."
    if span.kind is not SpanKind.STEP:
        return ""
    if event.how is SpanEnd.WAITED:
        return f"Went on by itself: {span.name}."
    if event.how is SpanEnd.PROMPT:
        return f"Ended at its first prompt: {span.name}."
    return f"Done: {span.name}."
