"""The words of the run screen, as one frozen value made from a view; no layout."""

import re
from enum import StrEnum

from uncramp.core.lazy.dataclass import dataclass, replace
from uncramp.core.plan.plan import Plan, Span, SpanKind, side_words
from uncramp.core.routine.model import Choices, Side
from uncramp.core.run.moves import Phase
from uncramp.core.run.view import View
from uncramp.core.suitability import cautions
from uncramp.core.suitability.assess import left_out_words
from uncramp.core.text.durations import MINUTE_MS, SECOND_MS, clock, spoken
from uncramp.system.clocks import time_of_day
from uncramp.tui.run.care import Care

LAST_MS = 3 * SECOND_MS
"""The last moments of a step, which look different."""

TELLING_WORDS = 3
"""An instruction with this many words from "how to find it" names the place itself."""

RESTFUL_FROM_MS = 3 * MINUTE_MS
"""A step of this length or more becomes still after it has been read."""

STILL_AFTER_MS = MINUTE_MS
"""How long after its beginning, a key or a prompt such a step becomes still."""

WAKES_MS = 30 * SECOND_MS
"""How long before its end it shows everything again."""


class Tone(StrEnum):
    """The looks of the run screen; each is also shown in words."""

    CALM = "calm"
    """A step runs."""
    LAST = "last"
    """A step is about to end."""
    READY = "ready"
    """Before a step, or resting."""
    OPEN = "open"
    """A step that lasts until the person ends it."""
    STILL = "still"
    """A long step after everything has been read."""
    PAUSED = "paused"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of something, and its length."""

    done_ms: int
    total_ms: int
    is_rough: bool = False
    """Is the total a guess, because an open step is in it?"""

    @property
    def words(self) -> str:
        """`0:07 of 0:30`."""
        about = "about " if self.is_rough else ""
        return f"{clock(self.done_ms)} of {about}{clock(self.total_ms)}"

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return min(max(self.done_ms / self.total_ms, 0.0), 1.0) if self.total_ms else 1.0


@dataclass(frozen=True, slots=True)
class Coming:
    """A coming step."""

    name: str
    facts: str
    """Its side and its length."""

    @property
    def words(self) -> str:
        """`BL60 Kunlun · left · 0:30`."""
        return f"{self.name} · {self.facts}"


@dataclass(frozen=True, slots=True)
class RunFace:
    """All the words of the run screen at one moment."""

    tone: Tone
    title: str
    end: str
    """When the routine ends: `Ends about 23:41`; the time left while it is paused."""
    name: str
    side: Side | None
    place: str
    """`Step 4 of 18 · Round 1 of 2`."""
    time: str
    """The text of the big time."""
    widest_time: str
    """Its widest text in this span, so that it does not move."""
    state: str
    how: str
    note: str
    """A note: a prompt, a limit that is reached, a skipped step."""
    care: Care
    """The step's cautions."""
    step: Progress
    whole: Progress
    coming: tuple[Coming, ...]
    sound: str
    is_note_whole: bool = False
    """Must the note be shown in full, before everything else?"""
    sound_sign: str = ""
    """A word or two about the sound at the top, if its line has no room; mostly empty."""
    ear: str = ""
    """That it listens for claps and how loud it is; empty if it should not listen."""
    has_picture: bool = False
    """Is there a picture of the place?"""
    side_large: tuple[str, str] | None = None
    """The side as a word, `left leg`, and its sign; None if the step has none."""
    leads_with_name: bool = False
    """Is the name the largest part rather than the time?"""
    has_buttons: bool = False
    """Are there rows of buttons, as during a cramp?"""

    @property
    def signs(self) -> str:
        """The signs of the sound and of listening, if there are any."""
        return " · ".join(filter(None, (self.sound_sign, self.ear)))

    def without_what_flows(self) -> "RunFace":
        """The face without what changes each second: two equal ones have the same layout."""
        nothing = Progress(0, 0)
        return replace(self, time="", end="", step=nothing, whole=nothing, sound="", ear="")


@dataclass(frozen=True, slots=True)
class KeyNames:
    """The names of the keys that the words of the run screen mention."""

    go_on: str = "Space"
    done: str = "Enter"
    again: str = "R"
    catch_up: str = "C"
    undo: str = "U"
    still: str = "S"
    details: str = "I"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the run screen shows besides the run."""

    wall_s: float
    """When the plan ends without any move, in seconds since the epoch."""
    sound: str = ""
    """The volume and what plays the sound, or why there is none."""
    sound_sign: str = ""
    ear: str = ""
    """That it listens for claps, and how loud it is."""
    note: str = ""
    is_note_whole: bool = False
    keys: KeyNames = KeyNames()
    has_picture: bool = False
    has_buttons: bool = False
    is_undisturbed: bool = False
    """Has there been no key and no note for long enough that a step may become still?"""


def face_of(plan: Plan, view: View, around: Surroundings) -> RunFace:
    """The words for `view`, a moment of a run of `plan`."""
    span = view.span
    has_open_ahead = view.counts_up or plan.next_open(span.index) is not None
    is_standing = view.phase in (Phase.PAUSED, Phase.LAPSED)
    about = "about " if has_open_ahead else ""
    end_at = time_of_day(around.wall_s)
    return RunFace(
        tone=Tone.STILL if around.is_undisturbed and is_restful(view) else _tone(view),
        title=plan.routine.title,
        end=f"{about}{clock(view.whole_left_ms)} left".capitalize()
        if is_standing
        else f"Ends {about}{end_at}",
        name=span.name,
        side=span.side,
        place=_place(view),
        time=clock(view.shown_ms),
        widest_time=_widest(view),
        state=_state(view, around.keys),
        how=how_words(span),
        note=around.note or (left_out_words(plan) if span.index == span.first_index == 0 else ""),
        care=Care(cautions_of(span, plan.choices), around.keys.details),
        step=Progress(view.position_ms, view.length_ms, view.counts_up),
        whole=Progress(view.whole_done_ms, view.whole_done_ms + view.whole_left_ms, has_open_ahead),
        coming=tuple(coming_of(span) for span in view.coming),
        sound=around.sound,
        is_note_whole=around.is_note_whole,
        sound_sign=around.sound_sign,
        ear=around.ear,
        has_picture=around.has_picture,
        side_large=_side_large(span),
        leads_with_name=view.counts_up or span.kind is SpanKind.GET_READY,
        has_buttons=around.has_buttons,
    )


def is_restful(view: View) -> bool:
    """Is there nothing to do in this part of the step but wait?"""
    return (
        view.phase is Phase.RUNNING
        and view.span.kind is SpanKind.STEP
        and not view.counts_up
        and view.length_ms >= RESTFUL_FROM_MS
        and view.shown_ms > WAKES_MS
    )


def _tone(view: View) -> Tone:
    if view.phase is Phase.LAPSED:
        return Tone.LAPSED
    if view.phase is Phase.PAUSED:
        return Tone.PAUSED
    if view.span.kind is not SpanKind.STEP:
        return Tone.READY
    if view.counts_up:
        return Tone.OPEN
    return Tone.LAST if view.shown_ms <= LAST_MS < view.length_ms else Tone.CALM


def _place(view: View) -> str:
    span = view.span
    place = f"Step {span.step_number} of {view.steps}"
    point = span.step.point if span.step else None
    if point and point.title != span.name:
        place = f"{point.title} · {place}"
    return f"{place} · Round {span.round} of {span.rounds}" if span.rounds > 1 else place


def _widest(view: View) -> str:
    # A time that counts up is centred: it gets more room when it needs it.
    longest = max(view.shown_ms, SECOND_MS if view.counts_up else view.length_ms)
    return "".join("8" if character.isdigit() else character for character in clock(longest))


def _state(view: View, keys: KeyNames) -> str:
    span = view.span
    if view.phase is Phase.LAPSED:
        return (
            f"INTERRUPTED FOR {roughly(view.gap_ms)}. {keys.go_on} continues from here, "
            f"{keys.again} repeats this step, {keys.catch_up} catches up with the clock."
        )
    if view.phase is Phase.PAUSED:
        return f"PAUSED · {keys.go_on} continues"
    if span.kind is SpanKind.GET_READY and span.step:
        then = "until you say so" if span.step.is_open else f"for {clock(span.step_ms)}"
        return f"GET READY · then {then}"
    if span.kind is SpanKind.REST:
        return "REST"
    waits = "" if view.waits_ms is None else f" · goes on in {clock(view.waits_ms)}"
    if view.counts_up and span.asks_still:
        return f"so far · {keys.done} when it lets go · {keys.still} if still tight{waits}"
    if view.counts_up:
        return f"so far · press {keys.done} when done{waits}"
    if _tone(view) is Tone.LAST:
        return "LAST SECONDS"
    return f"left of {clock(view.length_ms)}"


def roughly(length_ms: int) -> str:
    """The length in words, as exactly as matters: `12 minutes`."""
    step = SECOND_MS if length_ms < MINUTE_MS else MINUTE_MS
    return spoken(max(length_ms // step, 1) * step)


def how_words(span: Span) -> str:
    """How to do a step and to find its place."""
    step = span.step
    if step is None:
        return "Rest until the next round."
    find = step.point.find if step.point else ""
    how = step.how or ""
    if span.kind is SpanKind.GET_READY and find and not _tells_place(how, find):
        # Now the person looks for the place; how to press it can be read later.
        how = f"{find} {how}"
    return how


def _tells_place(how: str, find: str) -> bool:
    """Does an instruction itself say where the place is?"""
    of_how, of_find = (set(re.findall(r"\w{4,}", text.casefold())) for text in (how, find))
    return len(of_how & of_find) >= TELLING_WORDS


def cautions_of(span: Span, choices: Choices) -> tuple[str, ...]:
    """The cautions of a step and of its point that apply to this person, each once."""
    return cautions.cautions_of(span.step, choices) if span.step else ()


def side_word(side: Side | None) -> str:
    """The side in a word or two; empty for none."""
    return {
        Side.LEFT: "left",
        Side.RIGHT: "right",
        Side.BOTH: "both",
        Side.AFFECTED: "the cramped leg",
        None: "",
    }[side]


def side_sign(side: Side | None) -> str:
    """The side as a word and a shape; empty for none."""
    return {
        Side.LEFT: "◀ LEFT",
        Side.RIGHT: "RIGHT ▶",
        Side.BOTH: "◀ BOTH ▶",
        Side.AFFECTED: "◆ CRAMPED LEG",
        None: "",
    }[side]


def _side_large(span: Span) -> tuple[str, str] | None:
    signs = {Side.LEFT: "◀", Side.RIGHT: "▶", Side.BOTH: "◀▶", Side.AFFECTED: "◆"}
    sign = signs.get(span.side) if span.side else None
    if sign is None:
        return None
    if span.side is Side.AFFECTED:
        return "cramped leg", sign
    limb = span.step.limb if span.step else None
    return (side_words(span.side, limb) if limb else side_word(span.side)), sign


def coming_of(span: Span) -> Coming:
    """A coming step: its name, side and length."""
    length = "until done" if span.is_open else clock(span.length_ms)
    # There is only one cramped leg, and it is named in large letters.
    side = "" if span.side is Side.AFFECTED else side_word(span.side)
    return Coming(span.name, " · ".join(part for part in (side, length) if part))
