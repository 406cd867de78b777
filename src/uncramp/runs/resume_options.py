"""What can be done about a run that was cut off: go on, this step again, or leave it."""

from itertools import islice

from uncramp.core.lazy.dataclass import dataclass, replace
from uncramp.core.plan.fingerprint import FINGERPRINT_LEAD
from uncramp.core.plan.plan import Plan, Span
from uncramp.core.routine.model import Routine
from uncramp.core.run.saved import Saved
from uncramp.core.suitability.assess import answer
from uncramp.core.text.durations import clock
from uncramp.core.text.safe_text import shown
from uncramp.core.text.suggestions import counted
from uncramp.runs.checkpoint import Checkpoint, Location

_MOST_STEPS = 10_000
"""How many steps of a changed routine are searched for the interrupted one."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be done about a run that was cut off. It can always be left."""

    checkpoint: Checkpoint
    plan: Plan | None
    """The plan to continue or to start over; None if neither is possible."""
    here: Saved | None
    """Where to continue exactly; None if the plan has changed."""
    step: Saved | None
    """Where to restart the step, or the one with the same name."""
    trouble: str = ""
    """What has changed since, in sentences; empty if nothing has."""
    asks: tuple[str, ...] = ()
    """Why the routine asks this person before it starts, if it has changed."""

    @property
    def step_name(self) -> str:
        """The step that would be restarted."""
        if self.plan is None or self.step is None:
            return self.checkpoint.step
        return self.plan.span(self.step.index).name


def offer_for(
    checkpoint: Checkpoint,
    routine: Routine | None,
    conditions: frozenset[str],
    *,
    is_there: bool = True,
) -> Offer:
    """What can be done about `checkpoint`. Its `routine` is None if it has errors now.

    The person's present `conditions` apply in addition to those of the run. `is_there` False
    means that the routine's file is gone.
    """
    if routine is None:
        return Offer(checkpoint, None, None, None, _lost_words(checkpoint, is_there=is_there))
    then = checkpoint.about.choices
    try:
        found = answer(routine, replace(then, conditions=then.conditions | conditions))
    except ValueError:
        return Offer(
            checkpoint, None, None, None, "The routine was changed, and none of its steps are left."
        )
    plan = found.plan
    if plan is None:
        return Offer(checkpoint, None, None, None, found.locked or "")
    if _fits(checkpoint, plan):
        # Whether anybody can answer depends on where it continues.
        here = replace(checkpoint.saved, fingerprint=plan.fingerprint, ends_open_steps=False)
        return Offer(
            checkpoint, plan, here, _from(plan, checkpoint.saved, plan.span(here.index).first_index)
        )
    is_person = not conditions <= then.conditions
    what = "What you said about yourself" if is_person else "The routine"
    index = _same_step(plan, checkpoint)
    step = _from(plan, replace(checkpoint.saved, done=()), index) if index is not None else None
    return Offer(checkpoint, plan, None, step, f"{what} has changed since.", found.asks)


def _fits(checkpoint: Checkpoint, plan: Plan) -> bool:
    """Is it the plan of the saved run? An edited file may point outside it."""
    saved = checkpoint.saved
    is_within = saved.index < plan.total.spans
    is_counted = not saved.done or (saved.done[0][0] >= 1 and saved.done[-1][1] <= plan.total.steps)
    return is_within and is_counted and _is_same(checkpoint, plan)


def _is_same(checkpoint: Checkpoint, plan: Plan) -> bool:
    saved = checkpoint.saved
    if saved.fingerprint.startswith(FINGERPRINT_LEAD):
        return saved.fingerprint == plan.fingerprint
    # Version 0.1 had other fingerprints: its runs are compared by length and place.
    span, about = plan.span(saved.index), checkpoint.about
    there = (span.name, span.side, span.round, span.step_number)
    place = (checkpoint.step, checkpoint.side, checkpoint.round, checkpoint.step_number)
    is_as_long = (plan.total.length_ms, plan.total.steps) == (about.total_ms, about.steps)
    return is_as_long and there == place and saved.position_ms <= span.length_ms


def _from(plan: Plan, saved: Saved, index: int) -> Saved:
    """The saved run, moved to the beginning of the span at `index`."""
    return replace(
        saved,
        fingerprint=plan.fingerprint,
        index=index,
        position_ms=0,
        length_ms=plan.span(index).length_ms,
        heard_ms=-1,
        has_had_halfway=False,
        follows_move=True,
        ends_open_steps=False,
    )


def _same_step(plan: Plan, checkpoint: Checkpoint) -> int | None:
    """Where the step with the same name begins, if possible on the same side and round."""
    best: tuple[int, int] | None = None
    for number in islice(range(1, plan.total.steps + 1), _MOST_STEPS):
        span = plan.span(plan.step_start(number))
        alike = _alike(span, checkpoint)
        if alike and (best is None or alike > best[0]):
            best = alike, span.index
    return best[1] if best else None


def _alike(span: Span, checkpoint: Checkpoint) -> int:
    """How similar a span is to the interrupted one; 0 if its name differs."""
    if span.name != checkpoint.step:
        return 0
    is_side, is_round = span.side is checkpoint.side, span.round == checkpoint.round
    return 1 + 2 * is_side + is_round


def _lost_words(checkpoint: Checkpoint, *, is_there: bool) -> str:
    file = shown(checkpoint.about.file or f"{checkpoint.about.routine_id}.toml")
    if is_there:
        return f"Its file has problems now. uncramp check {file} lists them."
    return f"Its file is no longer there: {file}."


def place_words(checkpoint: Checkpoint) -> str:
    """How far a run is: `Calf roll, left side, 12:30 of 32:00`."""
    side = (
        f", {checkpoint.side.value} side"
        if checkpoint.side and checkpoint.side.value in ("left", "right")
        else ""
    )
    about = checkpoint.about
    return (
        f"{checkpoint.step}{side}, {clock(checkpoint.saved.played_ms)} of {clock(about.total_ms)}"
    )


def location_words(location: Location, host: str) -> str:
    """Where a run takes place, for somebody on `host`: `in /dev/pts/3 (process 4711)`."""
    tty = shown(location.tty) if location.tty else "without a terminal"
    place = f"in {tty}" if location.tty else tty
    machine = "" if location.host == host else f" on {shown(location.host)}"
    return f"{place}{machine} (process {location.pid})"


HOW_TO_RESUME = "uncramp resume continues from there."
"""How to resume a run that was left."""


_WRONG_CLOCK_S = 10 * 365 * 24 * 3600.0
"""More than ten years: the clock was or is wrong."""


def age_words(seconds: float) -> str:
    """How long ago something was: `just now`, `8 minutes ago`, `2 days ago`."""
    if seconds > _WRONG_CLOCK_S:
        return "some time ago"
    minutes = max(int(seconds // 60), 0)
    for size, unit in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        count = minutes // size
        if count:
            return f"{counted(count, unit)} ago"
    return "just now"
