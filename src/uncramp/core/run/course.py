"""How the state of a run becomes the next: by time, by a move, by an undo.

Each function takes a state and returns another with the events that lead to it. Nothing is
remembered here but the span that was looked up last, and its cues.
"""

from collections.abc import Iterator
from itertools import takewhile

from uncramp.core.lazy.dataclass import replace
from uncramp.core.plan.cues import Cue, closing_cues, cues_of
from uncramp.core.plan.plan import Plan, Span, SpanKind
from uncramp.core.routine.limits import GOING_ON_BEFORE_MS
from uncramp.core.routine.model import CueKind
from uncramp.core.run.ending import record_of, with_change
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
from uncramp.core.run.moves import TRANSITIONS, Move, MoveKind, Phase
from uncramp.core.run.record import with_range
from uncramp.core.run.state import LONG_CRAMP_MS, State
from uncramp.core.run.undo import Undoable, undone
from uncramp.core.text.durations import LONGEST_MS, SECOND_MS

BACK_WITHIN_MS = 3 * SECOND_MS
"""This early in a span, "back" leads to the step before; later, to the span's beginning."""


class Course:
    """Computes the next state of a run of `plan`."""

    def __init__(self, plan: Plan, cramp_ms: int = 0, *, is_recorded: bool = True) -> None:
        """Follow `plan`. `cramp_ms` is how long a cramp has lasted when the first move is made."""
        self.plan = plan
        self.is_recorded = is_recorded
        """Is the record of its end kept, so that it needs the plan's fingerprint?"""
        self.cramp_ms = cramp_ms
        self._span = plan.span(0)
        self._cues_for: tuple[object, ...] = ()
        self._cues_after_ms = 0
        self._known_cues: list[Cue] = []
        self._more_cues: Iterator[Cue] = iter(())

    def span_at(self, index: int) -> Span:
        """The span at `index`, which must exist in the plan."""
        if self._span.index != index:
            self._span = self.plan.span(index)
        return self._span

    def cues(self, state: State, span: Span) -> "filter[Cue]":
        """The cues of the span that are still coming."""
        if state.follows_move:
            span = replace(span, follows_chime=False)
        cues = cues_of(
            span,
            state.length_ms,
            after_ms=state.heard_ms,
            ends_itself=not state.counts_up(span),
            long_cramp_at_ms=state.long_cramp_at_ms if self.plan.routine.urgent else None,
        )
        return filter(lambda cue: not (cue.kind is CueKind.HALFWAY and state.has_had_halfway), cues)

    def next_cue(self, state: State, span: Span) -> Cue | None:
        """The first cue of the span that is still to come; None for none."""
        return next(self._ahead(state, span), None)

    def _ahead(self, state: State, span: Span) -> Iterator[Cue]:
        """The cues of the span that are still to come. They are worked out once for each span."""
        chosen = (
            span.index,
            state.length_ms,
            state.follows_move,
            state.has_had_halfway,
            state.counts_up(span),
            state.long_cramp_at_ms,
        )
        if self._cues_for != chosen or state.heard_ms < self._cues_after_ms:
            self._cues_for, self._cues_after_ms = chosen, state.heard_ms
            self._known_cues, self._more_cues = [], self.cues(state, span)
        known, more = self._known_cues, self._more_cues
        at = 0
        while True:
            if at == len(known):
                cue = next(more, None)
                if cue is None:
                    return
                known.append(cue)
            if known[at].at_ms > state.heard_ms:
                yield known[at]
            at += 1

    def advanced(
        self, state: State, now: int, lapse_after_ms: int | None
    ) -> tuple[State, list[Event]]:
        """The state at `now` without any move, and everything that fell due on the way, in order.

        A state unseen for longer than `lapse_after_ms` has lapsed; None: it never lapses.
        """
        now = max(now, state.seen)
        if state.phase is not Phase.RUNNING:
            return replace(state, seen=now), []
        if lapse_after_ms is not None and now - state.seen > lapse_after_ms:
            return self._lapsed(state, now)
        events: list[Event] = []
        while state.phase is Phase.RUNNING:
            span = self.span_at(state.index)
            reached, end_ms = state.position(now), state.end_ms(span)
            if end_ms is None or reached < end_ms:
                state = self._cues_fired(state, span, reached, events)
                break
            following = self.plan.after(span)
            if following < self.plan.total.spans:
                # The next span does not need what was heard in this one; copies are expensive.
                _, has_warned = self._fire(state, span, end_ms, events)
                if has_warned != state.has_warned:
                    state = replace(state, has_warned=has_warned)
            else:
                state = self._cues_fired(state, span, end_ms, events)
            moment = state.since + end_ms - state.base_ms
            state = self._left(state, span, _how_it_ended(state, span), moment, events)
            state = self._entered(state, following, moment, events)
        return replace(state, seen=now), events

    def _cues_fired(self, state: State, span: Span, up_to_ms: int, events: list[Event]) -> State:
        """The state in which all cues up to a position of the span are done and do not repeat."""
        had_halfway, has_warned = self._fire(state, span, up_to_ms, events)
        heard_ms = max(state.heard_ms, up_to_ms)
        return replace(state, heard_ms=heard_ms, has_had_halfway=had_halfway, has_warned=has_warned)

    def _fire(
        self, state: State, span: Span, up_to_ms: int, events: list[Event]
    ) -> tuple[bool, bool]:
        """Fire the cues up to a position. Returns `has_had_halfway` and `has_warned` after them."""
        had_halfway, has_warned = state.has_had_halfway, state.has_warned
        for cue in takewhile(lambda cue: cue.at_ms <= up_to_ms, self._ahead(state, span)):
            at = state.since + cue.at_ms - state.base_ms
            events.append(CueDue(at, state.played(at), span, cue))
            had_halfway = had_halfway or cue.kind is CueKind.HALFWAY
            has_warned = has_warned or cue.is_long_cramp
        return had_halfway, has_warned

    def _lapsed(self, state: State, now: int) -> tuple[State, list[Event]]:
        gap_ms = now - state.seen
        played_ms, position = state.played(state.seen), state.position(state.seen)
        state = replace(state, phase=Phase.LAPSED, base_ms=position, seen=now, gap_ms=gap_ms)
        return state, [Lapsed(now, played_ms, gap_ms)]

    def _left(
        self, state: State, span: Span, how: SpanEnd, moment: int, events: list[Event]
    ) -> State:
        """The state with `span` over at `moment`, and its step counted if it was done."""
        events.append(SpanEnded(moment, state.played(moment), span, how))
        state = with_change(state, span)
        if span.kind is SpanKind.STEP and how is not SpanEnd.SKIPPED:
            done = with_range(state.done, span.step_number, span.step_number)
            return replace(state, done=done)
        return state

    def _entered(
        self,
        state: State,
        index: int,
        moment: int,
        events: list[Event],
        *,
        by_move: bool = False,
        at_ms: int = 0,
    ) -> State:
        """The state at span `index` from `moment` on, `at_ms` into it; ended after the last."""
        played_ms = state.played(moment)
        if index >= self.plan.total.spans:
            return self._ended(self._at_the_end(state, moment), moment, True, events)
        span = self.span_at(index)
        events.append(SpanBegan(moment, played_ms, span, at_ms))
        return replace(
            state,
            index=index,
            length_ms=span.length_ms,
            base_ms=at_ms,
            since=moment,
            heard_ms=at_ms if at_ms else -1,
            has_had_halfway=False,
            follows_move=by_move,
            played_before_ms=played_ms - at_ms,
        )

    def _at_the_end(self, state: State, moment: int) -> State:
        """The state at the last moment of the last span, wherever it was."""
        last = self.span_at(self.plan.last_index)
        if state.index == last.index:
            return state
        return replace(
            state,
            index=last.index,
            length_ms=last.length_ms,
            base_ms=last.length_ms,
            since=moment,
            played_before_ms=state.played(moment) - last.length_ms,
        )

    def _ended(self, state: State, moment: int, is_at_end: bool, events: list[Event]) -> State:
        fingerprint = self.plan.fingerprint if self.is_recorded else ""
        record = record_of(self.plan, state, moment, fingerprint, is_at_end=is_at_end)
        events.append(RunEnded(moment, record.played_ms, record))
        return replace(state, phase=Phase.ENDED, base_ms=state.position(moment))

    def moved(self, state: State, span: Span, move: Move, now: int) -> tuple[State, list[Event]]:
        """The state after an allowed move, and its events."""
        events: list[Event] = []
        before, (phase, *_) = state, TRANSITIONS[state.phase][move.kind]
        # From here on the state stands at its position; `since` counts from now.
        state = replace(state, phase=phase, base_ms=state.position(now), since=now, gap_ms=0)
        if state.cramp_since is None:
            # It began here, or is resumed here.
            warned = self.cramp_ms >= LONG_CRAMP_MS
            state = replace(state, cramp_since=now - self.cramp_ms, has_warned=warned)
        played_ms = state.played(now)
        match move.kind:
            case MoveKind.START:
                events += [Started(now, 0), SpanBegan(now, 0, span)]
            case MoveKind.PAUSE:
                events.append(Paused(now, played_ms))
            case MoveKind.GO_ON:
                events.append(WentOn(now, played_ms))
            case MoveKind.END:
                state = self._ended(state, now, False, events)
            case MoveKind.DONE:
                state = self._closed(state, span, now, events)
            case MoveKind.STILL:
                state = self._closed(state, span, now, events, is_still=True)
            case MoveKind.MORE | MoveKind.LESS:
                state = self._resized(state, span, move, now, events)
            case MoveKind.CATCH_UP:
                state = self._caught_up(state, span, before.gap_ms, now, events)
            case MoveKind.NEXT | MoveKind.BACK | MoveKind.AGAIN | MoveKind.JUMP:
                index = _target(self.plan, move, span, state.base_ms)
                state = self._left(state, span, SpanEnd.SKIPPED, now, events)
                state = self._entered(state, index, now, events, by_move=True)
        return state, events

    def undone(self, made: Undoable, state: State, now: int) -> tuple[State, list[Event]]:
        """The state as if the last move had not been made, and the events of that."""
        span = self.span_at(made.before.index)
        after, known_length_ms = undone(made, state, span, now), state.length_ms
        if after.phase is Phase.RUNNING:
            # Cues that would have come meanwhile are skipped: none is heard late.
            after = self._cues_fired(after, span, max(after.heard_ms, after.base_ms), [])
        played_ms = after.played(now)
        events: list[Event] = [Undone(now, played_ms, made.kind)]
        if not made.is_in_place:
            left = self.span_at(state.index)
            if state.phase is not Phase.ENDED:
                events.append(SpanEnded(now, played_ms, left, SpanEnd.SKIPPED))
            events.append(SpanBegan(now, played_ms, span, after.base_ms))
            known_length_ms = span.length_ms
        if after.length_ms != known_length_ms:
            events.append(LengthChanged(now, played_ms, span, after.length_ms, False))
        if after.phase is not state.phase:
            match after.phase:
                case Phase.RUNNING:
                    events.append(WentOn(now, played_ms))
                case Phase.LAPSED:
                    events.append(Lapsed(now, played_ms, after.gap_ms))
                case _:
                    events.append(Paused(now, played_ms))
        return after, events

    def _closed(
        self, state: State, span: Span, now: int, events: list[Event], *, is_still: bool = False
    ) -> State:
        """The state with the span done, its closing cues fired, and the next one begun."""
        for cue in closing_cues(span, state.base_ms):
            events.append(CueDue(now, state.played(now), span, cue))
        state = self._left(state, span, SpanEnd.DONE, now, events)
        index = span.index + 1 if is_still else self.plan.after(span)
        return self._entered(state, index, now, events)

    def _resized(
        self, state: State, span: Span, move: Move, now: int, events: list[Event]
    ) -> State:
        """The state with a longer or shorter span, within its step's range."""
        low, high = SECOND_MS, LONGEST_MS
        if span.kind is SpanKind.STEP and span.step and span.step.range_ms:
            low, high = span.step.range_ms
        by_ms = move.by_ms if move.kind is MoveKind.MORE else -move.by_ms
        wanted = state.length_ms + by_ms
        length_ms = max(min(wanted, max(high, state.length_ms)), min(low, state.length_ms))
        is_at_limit = length_ms != wanted
        is_over = length_ms <= state.base_ms
        length_ms = max(length_ms, state.base_ms)
        change = LengthChanged(now, state.played(now), span, length_ms, is_at_limit)
        events.append(change)
        state = replace(state, length_ms=length_ms)
        return self._closed(state, span, now, events) if is_over else state

    def _caught_up(
        self, state: State, span: Span, gap_ms: int, now: int, events: list[Event]
    ) -> State:
        """The state as if the clock had gone on, but not past an open step."""
        position = state.base_ms + gap_ms
        if state.counts_up(span):
            position = max(_still_waiting(span, position), state.base_ms)
        if state.counts_up(span) or position < state.length_ms:
            events.append(WentOn(now, state.played(now) + position - state.base_ms))
            return replace(state, base_ms=position, heard_ms=position)
        target_ms = span.end_ms + position - state.length_ms
        index = self.plan.index_at(target_ms)
        opened = None if state.ends_open_steps else self.plan.next_open(span.index + 1)
        if opened is not None and opened <= index:
            index = opened
        elif target_ms >= self.plan.total.length_ms:
            index = self.plan.total.spans
        state = self._left(state, span, SpanEnd.TIME, now, events)
        first = span.step_number + (1 if span.kind is SpanKind.REST else 0)
        state = replace(
            state,
            done=with_range(state.done, first, self.plan.steps_before(index)),
            played_before_ms=state.played_before_ms + gap_ms,
        )
        at_ms = 0
        if index < self.plan.total.spans:
            reached = self.plan.span(index)
            at_ms = target_ms - reached.start_ms
            if state.counts_up(reached):
                at_ms = _still_waiting(reached, at_ms)
        return self._entered(state, index, now, events, by_move=True, at_ms=at_ms)


def _how_it_ended(state: State, span: Span) -> SpanEnd:
    """How a span is over that ended by itself."""
    if state.counts_up(span):
        return SpanEnd.WAITED
    return SpanEnd.PROMPT if span.is_open else SpanEnd.TIME


def _still_waiting(span: Span, position: int) -> int:
    """The position in an open step, no later than where it says that it goes on by itself.

    It does so only while somebody can hear it.
    """
    return position if span.ends_ms is None else min(position, span.ends_ms - GOING_ON_BEFORE_MS)


def _target(plan: Plan, move: Move, span: Span, position: int) -> int:
    """The index to which next, back, again or a jump leads."""
    number = span.step_number
    if move.kind is MoveKind.JUMP:
        return move.to_index
    if move.kind is MoveKind.NEXT:
        is_last = number >= plan.total.steps
        return plan.total.spans if is_last else plan.step_start(number + 1)
    if move.kind is MoveKind.BACK:
        if span.kind is SpanKind.REST:
            return plan.step_start(number)
        if position < BACK_WITHIN_MS and span.is_if_still:
            return plan.step_start(number)
        if position < BACK_WITHIN_MS:
            return plan.step_start(max(number - 1, 1))
    return span.index
