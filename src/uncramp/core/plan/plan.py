"""A routine prepared for one run: a tree in the routine's shape, with sums.

The tree is never flattened. Each node knows its length and its number of spans and steps, so a
total costs nothing, and a span is found by walking down from the root, whether the plan has ten
spans or a million million.
"""

from collections.abc import Iterator
from enum import StrEnum

from uncramp.core.lazy.dataclass import dataclass, field, replace
from uncramp.core.plan.get_ready import with_get_ready
from uncramp.core.plan.tree import Found, LeftOut, Node, find, row_of
from uncramp.core.routine.model import (
    Choices,
    Cues,
    PromptWhen,
    Routine,
    Side,
    Step,
)
from uncramp.core.routine.points import Limb
from uncramp.core.routine.sums import Sums
from uncramp.core.text.durations import LONGEST_MS


class SpanKind(StrEnum):
    """What a span is for."""

    GET_READY = "get-ready"
    STEP = "step"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Following:
    """What follows a step: the next one, or a rest."""

    step: Step | None
    """None for a rest."""
    name: str
    side: Side | None


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the plan: a get-ready, a step on one side in one round, or a rest."""

    index: int
    start_ms: int
    """Its time from the plan's beginning; earlier open steps count up to their first prompt."""
    kind: SpanKind
    length_ms: int
    """For an open step, its first prompt."""
    is_open: bool
    name: str
    """What to do, with placeholders filled in."""
    side: Side | None
    round: int
    rounds: int
    """The round of the innermost group that repeats; 1 of 1 if none does."""
    step_number: int
    """Counted from 1. A get-ready has its step's number; a rest that of the step before it."""
    step: Step | None
    """None for a rest."""
    groups: tuple[str, ...]
    """Names of the groups around it, outermost first."""
    first_index: int
    """The first span of its step: the get-ready, or the span itself."""
    switches_side: bool = False
    """Is it the first on the other side than the step before it?"""
    follows_chime: bool = False
    """Does the span before it end with a sound at the moment this one begins?"""
    lets_go: bool = False
    """Is a press or a hold over when it begins?"""
    is_again: bool = False
    """Did its step come before, on the other side or in an earlier round?"""
    is_if_still: bool = False
    """Does it come only after the answer "still" to the step before it, and is it not counted?"""
    asks_still: bool = False
    """Is it an open step that can be answered with "still"?"""
    ends_ms: int | None = None
    """Of an open step: where in it the run goes on by itself; None where only a person ends it."""
    is_last: bool = False
    cues: Cues = field(default_factory=Cues)
    """The cues of its step; a rest has those of the step before it."""
    step_ms: int = 0
    """How long its step lasts in this plan, without the get-ready; 0 for a rest."""
    coming: Following | None = None
    """For a step that ends by itself, what follows it."""
    language: str | None = None
    """The language of its words; None for English."""
    is_fahrenheit: bool = False
    """Does the voice use Fahrenheit if a text has both units?"""

    @property
    def end_ms(self) -> int:
        """Where the next span begins, from the plan's beginning."""
        return self.start_ms + (0 if self.is_if_still else self.length_ms)

    @property
    def side_words(self) -> str:
        """Its side in words, such as `"left foot"`; empty for no side."""
        return side_words(self.side, self.step.limb if self.step else None)


_MOST_FOUND = 16


class Plan:
    """A routine prepared for one run. Made by `make_plan`."""

    def __init__(
        self, routine: Routine, choices: Choices, root: Node, left_out: tuple[LeftOut, ...]
    ) -> None:
        """Hold what `make_plan` made."""
        self.routine = routine
        self.choices = choices
        self.total = root.sums
        """The sums of the whole plan."""
        self.left_out = left_out
        self._root = root
        self._lately_found: dict[int, Found] = {}
        """The last spans used: each is needed again for its neighbours."""
        self._fingerprint: str | None = None
        self._last_index: int | None = None

    @property
    def language(self) -> str | None:
        """The language of its words: the routine's, or the person's own; None for English."""
        return self.routine.language or self.choices.language

    def __repr__(self) -> str:
        return f"<Plan of {self.routine.id}: {self.total}>"

    @property
    def fingerprint(self) -> str:
        """A word that two plans share only if they run exactly the same."""
        if self._fingerprint is None:
            # Only a run that is saved needs it.
            from uncramp.core.plan.fingerprint import fingerprint_of

            self._fingerprint = fingerprint_of(self.routine, self.choices)
        return self._fingerprint

    def span(self, index: int) -> Span:
        """The span at `index`, counted from 0. Raises IndexError beyond the last."""
        if not 0 <= index < self.total.spans:
            raise IndexError(f"the plan has {self.total.spans} spans, none at {index}")
        return self._make_span(index, self._found(index))

    def spans(self, start: int = 0, stop: int | None = None) -> Iterator[Span]:
        """The spans from `start` up to `stop`, in order, each made when needed."""
        end = self.total.spans if stop is None else min(stop, self.total.spans)
        return (self.span(index) for index in range(start, end))

    def index_at(self, moment_ms: int) -> int:
        """The index of the span at a moment, counted from the plan's beginning.

        A moment before the beginning gives the first span, one after the end the last.
        """
        clamped = min(max(moment_ms, 0), self.total.length_ms - 1)
        found = find(self._root, "length_ms", clamped)
        return found.before.spans + (1 if self._is_past_get_ready(found) else 0)

    def step_start(self, number: int) -> int:
        """The index at which step `number`, counted from 1, begins: its get-ready if it has one."""
        if not 1 <= number <= self.total.steps:
            raise IndexError(f"the plan has {self.total.steps} steps, none numbered {number}")
        return find(self._root, "steps", number - 1).before.spans

    def after(self, span: Span) -> int:
        """The index of what comes after `span` if nobody said "still"."""
        index = span.index + 1
        if span.kind is not SpanKind.GET_READY:
            while self._is_if_still(index):
                index += 1
        return index

    def steps_before(self, index: int) -> int:
        """How many steps are over when span `index` begins; all of them past the last."""
        if index >= self.total.spans:
            return self.total.steps
        span = self.span(index)
        return span.step_number - (0 if span.kind is SpanKind.REST else 1)

    @property
    def last_index(self) -> int:
        """The index of the span that a run ends with."""
        if self._last_index is None:
            index = self.total.spans - 1
            while self._is_if_still(index):
                index -= 1
            self._last_index = index
        return self._last_index

    def _is_if_still(self, index: int) -> bool:
        if not 0 <= index < self.total.spans:
            return False
        leaf = self._found(index).leaf
        return leaf is not None and leaf.step.is_if_still

    def next_open(self, index: int) -> int | None:
        """The index of the first open step's span at or after `index`, or None."""
        if index >= self.total.spans:
            return None
        found = find(self._root, "spans", index)
        earlier = found.before.open_steps
        if earlier >= self.total.open_steps:
            return None
        opened = find(self._root, "open_steps", earlier)
        assert opened.leaf is not None
        return opened.before.spans + opened.leaf.sums.spans - 1

    @staticmethod
    def _is_past_get_ready(found: Found) -> bool:
        leaf = found.leaf
        return leaf is not None and 0 < leaf.step.get_ready_ms <= found.left

    def _make_span(self, index: int, found: Found) -> Span:
        before = found.before
        previous = self._step_before(before)
        follows_chime = previous is not None and self._ends_with_chime(previous)
        if found.leaf is None:
            return Span(
                index, before.length_ms, SpanKind.REST, found.rest_ms, False, "Rest", found.side,
                found.round, found.rounds, before.steps, None, found.groups, index,
                follows_chime=follows_chime, cues=_cues(previous),
                lets_go=previous is not None and _lets_go(previous, found),
                language=self.language,
            )  # fmt: skip
        step = found.leaf.step
        counts = not step.is_if_still
        is_ready = step.get_ready_ms > 0 and index == before.spans
        is_step_after_ready = step.get_ready_ms > 0 and not is_ready
        return Span(
            index=index,
            start_ms=before.length_ms
            + (step.get_ready_ms if is_step_after_ready and counts else 0),
            kind=SpanKind.GET_READY if is_ready else SpanKind.STEP,
            length_ms=step.get_ready_ms if is_ready else found.leaf.time_ms,
            is_open=step.is_open and not is_ready,
            name=_filled(step, found),
            side=found.side,
            round=found.round,
            rounds=found.rounds,
            step_number=before.steps + (1 if counts else 0),
            step=step,
            groups=found.groups,
            first_index=before.spans,
            switches_side=(
                not is_step_after_ready and previous is not None and _switches(previous, found)
            ),
            follows_chime=follows_chime and not is_step_after_ready,
            lets_go=(
                not is_step_after_ready and previous is not None and _lets_go(previous, found)
            ),
            is_again=found.is_again,
            is_if_still=step.is_if_still,
            asks_still=not is_ready and step.is_open and self._is_if_still(index + 1),
            ends_ms=None if is_ready else _ends_ms(step, found.leaf.time_ms),
            is_last=not is_ready and index >= self.last_index,
            cues=step.cues,
            step_ms=found.leaf.time_ms,
            coming=None if is_ready or step.is_open else self._coming(index + 1),
            language=self.language,
            is_fahrenheit=self.choices.is_fahrenheit,
        )

    def _coming(self, index: int) -> Following | None:
        """What is at `index`, in short; None past the end."""
        if index >= self.total.spans:
            return None
        found = self._found(index)
        if found.leaf is None:
            return Following(None, "Rest", found.side)
        return Following(found.leaf.step, _filled(found.leaf.step, found), found.side)

    def _step_before(self, before: Sums) -> Found | None:
        """The step before a place, or the rest directly before it."""
        return self._found(before.spans - 1) if before.spans else None

    def _found(self, index: int) -> Found:
        """The leaf or rest of the span at `index`."""
        found = self._lately_found.get(index)
        if found is None:
            found = find(self._root, "spans", index)
            if len(self._lately_found) >= _MOST_FOUND:
                self._lately_found.clear()
            self._lately_found[index] = found
        return found

    def _ends_with_chime(self, previous: Found) -> bool:
        return previous.leaf is not None and previous.leaf.step.cues.end is not None


def _ends_ms(step: Step, first_prompt_ms: int) -> int | None:
    """When an open step goes on by itself: some time after its last timed prompt."""
    if not step.is_open or step.ends_after_ms is None:
        return None
    prompts = (prompt.ms for prompt in step.prompts if prompt.when is PromptWhen.AFTER)
    return max(first_prompt_ms, *prompts, 0) + step.ends_after_ms


def _cues(previous: Found | None) -> Cues:
    return previous.leaf.step.cues if previous and previous.leaf else Cues()


def _switches(previous: Found, found: Found) -> bool:
    one_side = (Side.LEFT, Side.RIGHT)
    return found.side in one_side and previous.side in one_side and found.side is not previous.side


def _lets_go(previous: Found, found: Found) -> bool:
    """Does a press or a hold end, with no other hold of the same limb after it?"""
    step = previous.leaf.step if previous.leaf else None
    if step is None or step.kind not in ("press", "hold"):
        return False
    holds_on = found.leaf is not None and found.leaf.step.kind == "hold"
    return step.kind == "press" or not holds_on or previous.side is not found.side


_SIDE_NAMES = {
    Side.LEFT: "left",
    Side.RIGHT: "right",
    Side.BOTH: "both",
    Side.AFFECTED: "cramped",
    None: "",
}


def _filled(step: Step, found: Found) -> str:
    """The step's name with placeholders filled in."""
    if "{" not in step.name:
        return step.name
    values = {
        "{point}": step.point.heading if step.point else "",
        "{side}": _SIDE_NAMES[found.side],
        "{round}": str(found.round),
        "{rounds}": str(found.rounds),
    }
    name = step.name
    for placeholder, value in values.items():
        name = name.replace(placeholder, value)
    return name


def side_words(side: Side | None, limb: Limb | None = None) -> str:
    """The side in words: `"left foot"`, or `"left side"` without a limb; empty for no side."""
    one, many = _LIMB_NAMES[limb]
    return {
        Side.LEFT: f"left {one}",
        Side.RIGHT: f"right {one}",
        Side.BOTH: f"both {many}",
        Side.AFFECTED: "the cramped foot" if limb is Limb.FOOT else "the cramped leg",
        None: "",
    }[side]


_LIMB_NAMES = {
    None: ("side", "sides"),
    Limb.LEG: ("leg", "legs"),
    Limb.FOOT: ("foot", "feet"),
    Limb.HAND: ("hand", "hands"),
}


def make_plan(routine: Routine, choices: Choices | None = None) -> Plan:
    """The plan of `routine` for one run, with the person's choices.

    A longer get-ready is ignored if the plan would last more than a day with it. Raises
    ValueError if the choices leave nothing to do.
    """
    chosen = choices or Choices()
    left_out: list[LeftOut] = []
    root = row_of(with_get_ready(routine, chosen), chosen, left_out)
    is_longer = chosen.get_ready_ms is not None or chosen.is_first_time
    if root.sums.length_ms > LONGEST_MS and is_longer:
        return make_plan(routine, replace(chosen, get_ready_ms=None, is_first_time=False))
    if not root.sums.spans:
        raise ValueError("these choices leave out every step")
    return Plan(routine, chosen, root, tuple(left_out))
