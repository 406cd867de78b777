"""A plan being run: where it is, and what falls due when.

The engine has no clock. Every call takes `now`, in integer milliseconds of a clock that never goes
back, and the caller sleeps until `next_wake`. The position of the run is `base + (now - since)`:
nothing is ever counted down.
"""

from uncramp.core.lazy.dataclass import replace
from uncramp.core.plan.plan import Plan, Span, SpanKind
from uncramp.core.run.course import Course
from uncramp.core.run.events import CueDue, Event
from uncramp.core.run.moves import IllegalMove, Move, MoveKind, Phase, is_allowed
from uncramp.core.run.record import count_of
from uncramp.core.run.saved import Saved, progress_of
from uncramp.core.run.state import LONG_CRAMP_MS, State
from uncramp.core.run.undo import Undoable, remembered, still_undoable
from uncramp.core.run.view import View
from uncramp.core.text.durations import SECOND_MS

LAPSE_AFTER_MS = 5 * SECOND_MS
"""A run that is not updated for longer than this has lapsed."""


class NotThisPlan(ValueError):
    """The saved run belongs to another plan: the routine or the choices differ."""


class Run:
    """A plan being run."""

    def __init__(
        self,
        plan: Plan,
        *,
        lapse_after_ms: int | None = LAPSE_AFTER_MS,
        ends_open_steps: bool = False,
        cramp_ms: int = 0,
        is_recorded: bool = True,
    ) -> None:
        """Begin before the plan's first span.

        `cramp_ms` is how long the cramp has already lasted, if an urgent run follows another
        one.
        `lapse_after_ms` None means that the run never lapses. `ends_open_steps` ends each open
        step at its first prompt, if nobody can answer. A run that is not recorded has no
        fingerprint in its record, which takes long to work out.
        """
        self.plan = plan
        self._lapse_after_ms = lapse_after_ms
        self._course = Course(plan, cramp_ms, is_recorded=is_recorded)
        length_ms = self._course.span_at(0).length_ms
        self._state = State(
            phase=Phase.READY,
            index=0,
            length_ms=length_ms,
            heard_ms=-1,
            has_had_halfway=False,
            follows_move=False,
            done=(),
            ends_open_steps=ends_open_steps,
        )
        self._made: tuple[Undoable, ...] = ()
        self._allowed: frozenset[MoveKind] = frozenset()
        """The moves that are allowed in the circumstances `_allowed_in`."""
        self._allowed_in: tuple[object, ...] = ()

    @classmethod
    def restored(
        cls, plan: Plan, saved: Saved, *, lapse_after_ms: int | None = LAPSE_AFTER_MS
    ) -> "Run":
        """The run as it was saved, paused if it was going on.

        Raises NotThisPlan if the plan would run differently.
        """
        if saved.fingerprint != plan.fingerprint:
            raise NotThisPlan("the routine or the choices have changed since")
        run = cls(plan, lapse_after_ms=lapse_after_ms, cramp_ms=saved.cramp_ms)
        run._state = State(
            phase=Phase.PAUSED if saved.has_started else Phase.READY,
            base_ms=saved.position_ms,
            played_before_ms=saved.played_ms - saved.position_ms,
            has_warned=saved.cramp_ms >= LONG_CRAMP_MS,
            **progress_of(saved),
        )
        return run

    def saved(self, now: int) -> Saved:
        """The run as it is at `now`, to be restored later."""
        state = self._state
        return Saved(
            fingerprint=self.plan.fingerprint,
            has_started=state.phase is not Phase.READY,
            position_ms=state.position(now),
            played_ms=state.played(now),
            cramp_ms=self.cramp_ms(now),
            **progress_of(state),
        )

    def cramp_ms(self, now: int) -> int:
        """How long the cramp of an urgent run has lasted at `now`; 0 for any other run."""
        state = self._state
        if not self.plan.routine.urgent:
            return 0
        return self._course.cramp_ms if state.cramp_since is None else state.cramp_ms(now)

    @property
    def phase(self) -> Phase:
        """What the run is doing."""
        return self._state.phase

    def allows(self, kind: MoveKind) -> bool:
        """Would `move` accept this now?"""
        return self._is_allowed(kind, self._state)

    def _is_allowed(self, kind: MoveKind, state: State) -> bool:
        span = self._course.span_at(state.index)
        has_made = bool(still_undoable(self._made, state.index))
        return is_allowed(kind, state.phase, span, state.ends_open_steps, has_made=has_made)

    def _all_allowed(self, made: tuple[Undoable, ...]) -> frozenset[MoveKind]:
        """The moves that are allowed now; the same from second to second."""
        state = self._state
        now_in = (self.plan, state.phase, state.index, state.ends_open_steps, bool(made))
        if now_in != self._allowed_in:
            self._allowed_in = now_in
            self._allowed = frozenset(kind for kind in MoveKind if self.allows(kind))
        return self._allowed

    def advance(self, now: int) -> tuple[Event, ...]:
        """Everything that fell due up to and including `now`, in order."""
        before = self._state
        self._state, events = self._course.advanced(before, now, self._lapse_after_ms)
        if self._has_run_out(before):
            self._made = ()
        return tuple(events)

    def _has_run_out(self, before: State) -> bool:
        """Has the run ended by itself since the state `before`?"""
        return self._state.phase is Phase.ENDED and before.phase is not Phase.ENDED

    def move(self, move: Move, now: int) -> tuple[Event, ...]:
        """Everything that fell due up to `now`, and then the events of the move.

        A start may be in the future: until then the run waits at its beginning. Raises
        IllegalMove, and changes nothing, if the move is not allowed.
        """
        state, events = self._course.advanced(self._state, now, self._lapse_after_ms)
        if not self._is_allowed(move.kind, state):
            raise IllegalMove(f"{move.kind} is not allowed while {state.phase}")
        if move.kind is MoveKind.JUMP and not 0 <= move.to_index < self.plan.total.spans:
            raise IllegalMove(f"the plan has no span {move.to_index}")
        now, before = state.seen, state
        made = still_undoable(self._made, before.index)
        if move.kind is MoveKind.UNDO:
            state, caused = self._course.undone(made[-1], before, now)
            made = made[:-1]
        else:
            state, caused = self._course.moved(
                before, self._course.span_at(before.index), move, now
            )
            made = remembered(made, move.kind, before, state)
        events += caused
        self._state, due = self._course.advanced(state, now, None)
        self._made = () if self._has_run_out(state) else made
        return (*events, *due)

    def end_open_steps(self, now: int) -> tuple[Event, ...]:
        """End each open step at its first prompt from now on; one that is past it ends now."""
        state, events = self._course.advanced(self._state, now, self._lapse_after_ms)
        if state.counts_up(self._course.span_at(state.index)):
            length_ms = max(state.length_ms, state.position(state.seen))
            state = replace(state, length_ms=length_ms)
        self._state, due = self._course.advanced(replace(state, ends_open_steps=True), now, None)
        return (*events, *due)

    def follow(self, plan: Plan) -> None:
        """Go on in `plan` from here, at the same place: only the leg may differ.

        Raises NotThisPlan, and changes nothing, if the plan has another shape.
        """
        if plan.total != self.plan.total:
            raise NotThisPlan("a plan of another shape has no such place")
        self.plan = plan
        course = self._course
        self._course = Course(plan, course.cramp_ms, is_recorded=course.is_recorded)

    def due_until(self, now: int, until: int) -> tuple[CueDue, ...]:
        """The cues that will fall due after `now` and up to `until` if no move is made."""
        state, _ = self._course.advanced(self._state, now, None)
        _, events = self._course.advanced(state, until, None)
        return tuple(event for event in events if isinstance(event, CueDue))

    def next_wake(self, now: int) -> int | None:
        """When the run must be updated: the next cue, span or change of a shown second.

        None if nothing will change until a move is made.
        """
        state = self._state
        if state.phase is not Phase.RUNNING:
            return None
        span, position = self._course.span_at(state.index), state.position(now)
        moments = [position // SECOND_MS * SECOND_MS + SECOND_MS]
        if state.counts_up(span):
            moments += [span.ends_ms] if span.ends_ms is not None else []
        else:
            left_ms = state.length_ms - position
            moments = [
                state.length_ms,
                state.length_ms - (-(-left_ms // SECOND_MS) - 1) * SECOND_MS,
            ]
        cue = self._course.next_cue(state, span)
        if cue is not None:
            moments.append(cue.at_ms)
        return state.since + min(moments) - state.base_ms

    def view(self, now: int) -> View:
        """What there is to show at `now`."""
        state = self._state
        span, position = self._course.span_at(state.index), state.position(now)
        made = still_undoable(self._made, state.index)
        counts_up = state.counts_up(span)
        left_ms = max(state.length_ms - position, 0)
        shown_ms = position // SECOND_MS * SECOND_MS if counts_up else _whole_seconds(left_ms)
        counted_ms = span.end_ms - span.start_ms
        total_ms = self.plan.total.length_ms + state.length_ms - counted_ms
        whole_left_ms = left_ms + self.plan.total.length_ms - span.end_ms
        if state.phase is Phase.ENDED:
            whole_left_ms = 0
        return View(
            phase=state.phase,
            span=span,
            position_ms=position,
            length_ms=state.length_ms,
            counts_up=counts_up,
            shown_ms=shown_ms,
            coming=self._coming(span),
            played_ms=state.played(now),
            whole_done_ms=total_ms - whole_left_ms,
            whole_left_ms=whole_left_ms,
            steps=self.plan.total.steps,
            steps_done=count_of(state.done),
            allowed=self._all_allowed(made),
            gap_ms=state.gap_ms,
            waits_ms=_whole_seconds(span.ends_ms - position)
            if counts_up and span.ends_ms is not None
            else None,
            undoes=made[-1].kind if made else None,
        )

    def _coming(self, span: Span) -> tuple[Span, ...]:
        numbers = range(span.step_number + 1, min(span.step_number + 2, self.plan.total.steps) + 1)
        starts = (self.plan.span(self.plan.step_start(number)) for number in numbers)
        return tuple(
            self.plan.span(s.index + 1) if s.kind is SpanKind.GET_READY else s for s in starts
        )


def _whole_seconds(left_ms: int) -> int:
    """What is left as it is shown, in milliseconds: a second that has begun counts."""
    return -(-left_ms // SECOND_MS) * SECOND_MS
