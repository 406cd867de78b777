"""A plan being followed: where it is, and what falls due when.

The engine knows no clock. Every call takes `now`, in integer milliseconds of a
clock that only ever goes forward, and the caller sleeps until `next_wake`.
Where the run is, is `base + (now - since)`: nothing is ever counted down.
"""

from dataclasses import replace
from itertools import takewhile

from uncramp.core.plan.cues import Cue, closing_cues, cues_of
from uncramp.core.plan.plan import Plan, Span, SpanKind
from uncramp.core.routine.model import CueKind
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
from uncramp.core.run.moves import TRANSITIONS, IllegalMove, Move, MoveKind, Phase, is_allowed
from uncramp.core.run.record import Record, count_of, with_range
from uncramp.core.run.state import State
from uncramp.core.run.undo import Undoable, remembered, still_undoable, undone
from uncramp.core.run.view import Saved, View
from uncramp.core.text.durations import LONGEST_MS, SECOND_MS

LAPSE_AFTER_MS = 5 * SECOND_MS
"""A run unseen for longer than this has lapsed."""

BACK_WITHIN_MS = 3 * SECOND_MS
"""This early in a span, back leads to the step before; later, to the span's beginning."""


class NotThisPlan(ValueError):
    """What was saved belongs to another plan: the routine or the choices differ."""


class Run:
    """A plan being followed."""

    def __init__(
        self,
        plan: Plan,
        *,
        lapse_after_ms: int | None = LAPSE_AFTER_MS,
        ends_open_steps: bool = False,
    ) -> None:
        """Stand before the plan's first span.

        `lapse_after_ms` None is for a caller that is never away. `ends_open_steps`
        ends each open step at its first prompt, where nobody can be asked.
        """
        self.plan = plan
        self._lapse_after_ms = lapse_after_ms
        self._span = plan.span(0)
        self._state = State(Phase.READY, 0, self._span.length_ms, ends_open_steps=ends_open_steps)
        self._made: tuple[Undoable, ...] = ()

    @classmethod
    def restored(
        cls, plan: Plan, saved: Saved, *, lapse_after_ms: int | None = LAPSE_AFTER_MS
    ) -> "Run":
        """The run as it was saved, paused where it had been going.

        Raises NotThisPlan when the plan would not run as the saved one did.
        """
        if saved.fingerprint != plan.fingerprint:
            raise NotThisPlan("the routine or the choices have changed since")
        run = cls(plan, lapse_after_ms=lapse_after_ms)
        run._state = State(
            phase=Phase.PAUSED if saved.has_started else Phase.READY,
            index=saved.index,
            length_ms=saved.length_ms,
            base_ms=saved.position_ms,
            heard_ms=saved.heard_ms,
            has_had_halfway=saved.has_had_halfway,
            follows_move=saved.follows_move,
            played_before_ms=saved.played_ms - saved.position_ms,
            done=saved.done,
            ends_open_steps=saved.ends_open_steps,
        )
        return run

    def saved(self, now: int) -> Saved:
        """The run as it stands at `now`, to be restored later."""
        state = self._state
        return Saved(
            fingerprint=self.plan.fingerprint,
            has_started=state.phase is not Phase.READY,
            index=state.index,
            position_ms=state.position(now),
            length_ms=state.length_ms,
            heard_ms=state.heard_ms,
            has_had_halfway=state.has_had_halfway,
            follows_move=state.follows_move,
            played_ms=state.played(now),
            done=state.done,
            ends_open_steps=state.ends_open_steps,
        )

    @property
    def phase(self) -> Phase:
        """What the run is doing."""
        return self._state.phase

    def allows(self, kind: MoveKind) -> bool:
        """Would `move` take this now?"""
        return self._is_allowed(kind, self._state)

    def _is_allowed(self, kind: MoveKind, state: State) -> bool:
        span = self._span_at(state.index)
        has_made = bool(still_undoable(self._made, state.index))
        return is_allowed(kind, state.phase, span, state.ends_open_steps, has_made=has_made)

    def advance(self, now: int) -> tuple[Event, ...]:
        """All that fell due up to and including `now`, in order."""
        self._state, events = self._advanced(self._state, now, self._lapse_after_ms)
        return tuple(events)

    def move(self, move: Move, now: int) -> tuple[Event, ...]:
        """All that fell due up to `now`, and then what the move did.

        A start may be for a moment to come: until then the run stands at its beginning.
        Raises IllegalMove, and changes nothing, when the move is not allowed then.
        """
        state, events = self._advanced(self._state, now, self._lapse_after_ms)
        if not self._is_allowed(move.kind, state):
            raise IllegalMove(f"{move.kind} is not allowed while {state.phase}")
        if move.kind is MoveKind.JUMP and not 0 <= move.to_index < self.plan.total.spans:
            raise IllegalMove(f"the plan has no span {move.to_index}")
        now, before = state.seen, state
        made = still_undoable(self._made, before.index)
        if move.kind is MoveKind.UNDO:
            state, caused = self._undone(made[-1], before, now)
            made = made[:-1]
        else:
            state, caused = self._moved(before, self._span_at(before.index), move, now)
            made = remembered(made, move.kind, before, state)
        events += caused
        self._state, due = self._advanced(state, now, None)
        self._made = made
        return (*events, *due)

    def end_open_steps(self, now: int) -> tuple[Event, ...]:
        """From now on end each open step at its first prompt; one that is past it ends now."""
        state, events = self._advanced(self._state, now, self._lapse_after_ms)
        if state.is_endless(self._span_at(state.index)):
            length_ms = max(state.length_ms, state.position(state.seen))
            state = replace(state, length_ms=length_ms)
        self._state, due = self._advanced(replace(state, ends_open_steps=True), now, None)
        return (*events, *due)

    def follow(self, plan: Plan) -> None:
        """Go on in `plan` from here on, at the same place: another leg, nothing else.

        Raises NotThisPlan, and changes nothing, where the plan is of another shape.
        """
        if plan.total != self.plan.total:
            raise NotThisPlan("a plan of another shape has no such place")
        self.plan = plan
        self._span = plan.span(self._state.index)

    def due_until(self, now: int, until: int) -> tuple[CueDue, ...]:
        """The cues that will fall due after `now` and up to `until` if nobody moves."""
        state, _ = self._advanced(self._state, now, None)
        _, events = self._advanced(state, until, None)
        return tuple(event for event in events if isinstance(event, CueDue))

    def next_wake(self, now: int) -> int | None:
        """When the run must be asked again: the next cue, span or change of a shown second.

        None when nothing will change until somebody moves.
        """
        state = self._state
        if state.phase is not Phase.RUNNING:
            return None
        span, position = self._span_at(state.index), state.position(now)
        moments = [position // SECOND_MS * SECOND_MS + SECOND_MS]
        if not state.is_endless(span):
            left_ms = state.length_ms - position
            moments = [
                state.length_ms,
                state.length_ms - (-(-left_ms // SECOND_MS) - 1) * SECOND_MS,
            ]
        cue = next(self._cues(state, span), None)
        if cue is not None:
            moments.append(cue.at_ms)
        return state.since + min(moments) - state.base_ms

    def view(self, now: int) -> View:
        """What there is to see at `now`."""
        state = self._state
        span, position = self._span_at(state.index), state.position(now)
        counts_up = state.is_endless(span)
        left_ms = max(state.length_ms - position, 0)
        shown_ms = position // SECOND_MS if counts_up else -(-left_ms // SECOND_MS)
        total_ms = self.plan.total.length_ms + state.length_ms - span.length_ms
        whole_left_ms = left_ms + self.plan.total.length_ms - span.end_ms
        if state.phase is Phase.ENDED:
            whole_left_ms = 0
        return View(
            phase=state.phase,
            span=span,
            position_ms=position,
            length_ms=state.length_ms,
            counts_up=counts_up,
            shown_ms=shown_ms * SECOND_MS,
            coming=self._coming(span),
            played_ms=state.played(now),
            whole_done_ms=total_ms - whole_left_ms,
            whole_left_ms=whole_left_ms,
            steps=self.plan.total.steps,
            steps_done=count_of(state.done),
            allowed=frozenset(kind for kind in MoveKind if self.allows(kind)),
            gap_ms=state.gap_ms,
            undoes=made[-1].kind if (made := still_undoable(self._made, state.index)) else None,
        )

    def _coming(self, span: Span) -> tuple[Span, ...]:
        numbers = range(span.step_number + 1, min(span.step_number + 2, self.plan.total.steps) + 1)
        starts = (self.plan.span(self.plan.step_start(number)) for number in numbers)
        return tuple(
            self.plan.span(s.index + 1) if s.kind is SpanKind.GET_READY else s for s in starts
        )

    def _span_at(self, index: int) -> Span:
        if self._span.index != index:
            self._span = self.plan.span(index)
        return self._span

    def _cues(self, state: State, span: Span) -> "filter[Cue]":
        """The cues of the span that are still to come."""
        if state.follows_move:
            span = replace(span, follows_chime=False)
        cues = cues_of(
            span,
            state.length_ms,
            after_ms=state.heard_ms,
            ends_itself=not state.is_endless(span),
        )
        return filter(lambda cue: not (cue.kind is CueKind.HALFWAY and state.has_had_halfway), cues)

    def _advanced(
        self, state: State, now: int, lapse_after_ms: int | None
    ) -> tuple[State, list[Event]]:
        now = max(now, state.seen)
        if state.phase is not Phase.RUNNING:
            return replace(state, seen=now), []
        if lapse_after_ms is not None and now - state.seen > lapse_after_ms:
            return self._lapsed(state, now)
        events: list[Event] = []
        while state.phase is Phase.RUNNING:
            span = self._span_at(state.index)
            reached = state.position(now)
            is_over = not state.is_endless(span) and reached >= state.length_ms
            state = self._cues_fired(state, span, state.length_ms if is_over else reached, events)
            if not is_over:
                break
            how = SpanEnd.PROMPT if span.is_open else SpanEnd.TIME
            moment = state.since + state.length_ms - state.base_ms
            state = self._left(state, span, how, moment, events)
            state = self._entered(state, state.index + 1, moment, events)
        return replace(state, seen=now), events

    def _cues_fired(self, state: State, span: Span, up_to_ms: int, events: list[Event]) -> State:
        had_halfway = state.has_had_halfway
        for cue in takewhile(lambda cue: cue.at_ms <= up_to_ms, self._cues(state, span)):
            at = state.since + cue.at_ms - state.base_ms
            events.append(CueDue(at, state.played(at), span, cue))
            had_halfway = had_halfway or cue.kind is CueKind.HALFWAY
        heard_ms = max(state.heard_ms, up_to_ms)
        return replace(state, heard_ms=heard_ms, has_had_halfway=had_halfway)

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
        """The state at span `index` from `moment` on, `at_ms` into it; ended past the last."""
        played_ms = state.played(moment)
        if index >= self.plan.total.spans:
            return self._ended(self._at_the_end(state, moment), moment, True, events)
        span = self._span_at(index)
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
        last = self._span_at(self.plan.total.spans - 1)
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

    def _ended(self, state: State, moment: int, is_complete: bool, events: list[Event]) -> State:
        routine, total = self.plan.routine, self.plan.total
        played_ms = state.played(moment)
        record = Record(
            routine_id=routine.id,
            title=routine.title,
            fingerprint=self.plan.fingerprint,
            is_complete=is_complete,
            played_ms=played_ms,
            total_ms=total.length_ms,
            steps_done=count_of(state.done),
            steps=total.steps,
        )
        events.append(RunEnded(moment, played_ms, record))
        return replace(state, phase=Phase.ENDED, base_ms=state.position(moment))

    def _moved(self, state: State, span: Span, move: Move, now: int) -> tuple[State, list[Event]]:
        """The state after an allowed move, and what it did."""
        events: list[Event] = []
        before, (phase, *_) = state, TRANSITIONS[state.phase][move.kind]
        # From here on the state stands still at its position; `since` counts from now.
        state = replace(state, phase=phase, base_ms=state.position(now), since=now, gap_ms=0)
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
            case MoveKind.MORE | MoveKind.LESS:
                state = self._resized(state, span, move, now, events)
            case MoveKind.CATCH_UP:
                state = self._caught_up(state, span, before.gap_ms, now, events)
            case MoveKind.NEXT | MoveKind.BACK | MoveKind.AGAIN | MoveKind.JUMP:
                index = self._target(move, span, state.base_ms)
                state = self._left(state, span, SpanEnd.SKIPPED, now, events)
                state = self._entered(state, index, now, events, by_move=True)
        return state, events

    def _undone(self, made: Undoable, state: State, now: int) -> tuple[State, list[Event]]:
        """The state as if the last move had not been made, and what that changes."""
        span = self._span_at(made.before.index)
        after, told_length_ms = undone(made, state, span, now), state.length_ms
        if after.phase is Phase.RUNNING:
            # What would have sounded meanwhile is over: no cue is heard late.
            after = self._cues_fired(after, span, max(after.heard_ms, after.base_ms), [])
        played_ms = after.played(now)
        events: list[Event] = [Undone(now, played_ms, made.kind)]
        if not made.is_in_place:
            left = self._span_at(state.index)
            events.append(SpanEnded(now, played_ms, left, SpanEnd.SKIPPED))
            events.append(SpanBegan(now, played_ms, span, after.base_ms))
            told_length_ms = span.length_ms
        if after.length_ms != told_length_ms:
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

    def _target(self, move: Move, span: Span, position: int) -> int:
        """The index to which next, back, again or a jump leads."""
        number = span.step_number
        if move.kind is MoveKind.JUMP:
            return move.to_index
        if move.kind is MoveKind.NEXT:
            is_last = number >= self.plan.total.steps
            return self.plan.total.spans if is_last else self.plan.step_start(number + 1)
        if move.kind is MoveKind.BACK:
            if span.kind is SpanKind.REST:
                return self.plan.step_start(number)
            if position < BACK_WITHIN_MS:
                return self.plan.step_start(max(number - 1, 1))
        return span.index

    def _closed(self, state: State, span: Span, now: int, events: list[Event]) -> State:
        """The state with the span done, its closing cues sounded, and the next one begun."""
        for cue in closing_cues(span, state.base_ms):
            events.append(CueDue(now, state.played(now), span, cue))
        state = self._left(state, span, SpanEnd.DONE, now, events)
        return self._entered(state, state.index + 1, now, events)

    def _resized(
        self, state: State, span: Span, move: Move, now: int, events: list[Event]
    ) -> State:
        """The state with the span longer or shorter, within its step's range."""
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
        """The state where the clock would have led it: on, but past no open step."""
        position = state.base_ms + gap_ms
        if state.is_endless(span) or position < state.length_ms:
            events.append(WentOn(now, state.played(now) + gap_ms))
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
            done=with_range(state.done, first, self._steps_before(index)),
            played_before_ms=state.played_before_ms + gap_ms,
        )
        at_ms = 0 if index >= self.plan.total.spans else target_ms - self.plan.span(index).start_ms
        return self._entered(state, index, now, events, by_move=True, at_ms=at_ms)

    def _steps_before(self, index: int) -> int:
        """How many steps are over when span `index` begins."""
        if index >= self.plan.total.spans:
            return self.plan.total.steps
        span = self.plan.span(index)
        return span.step_number - (0 if span.kind is SpanKind.REST else 1)
