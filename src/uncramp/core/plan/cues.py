"""What is heard, said and shown at each moment of a span, and which of two cues wins.

If two cues of a span share a moment, one sound is played: the more important one. A chime that
opens a span waits for the one that ended the span before it.
"""

from collections.abc import Iterator
from heapq import merge
from itertools import chain, count, groupby, takewhile
from operator import attrgetter

from uncramp.core.lazy.dataclass import dataclass, replace
from uncramp.core.plan.plan import Span, SpanKind
from uncramp.core.plan.sound_priority import PRECEDENCE, phrase_begins_ms
from uncramp.core.plan.spoken_text import (
    coming_words,
    finished_words,
    going_on_words,
    halfway_words,
    long_cramp_words,
    opening_words,
    passed_words,
    prompt_words,
)
from uncramp.core.routine.limits import GOING_ON_BEFORE_MS, SHORTEST_TICKED_MS
from uncramp.core.routine.model import CueKind, Prompt, PromptWhen, Sound
from uncramp.core.text.durations import MINUTE_MS, SECOND_MS, spoken
from uncramp.core.text.saying import saying_ms

CHIME_GAP_MS = 700
"""How long a chime that opens a span waits for the one that ended the span before it."""

ANNOUNCED_FROM_MS = MINUTE_MS
"""The shortest step before whose end the voice says what comes next."""

ANNOUNCED_BEFORE_MS = (15 * SECOND_MS, 12 * SECOND_MS, 20 * SECOND_MS)
"""How long before the end: the first of these at which nothing else is heard."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Something to play, say or show at an exact moment of a span."""

    at_ms: int
    """From the span's beginning."""
    kind: CueKind
    sound: Sound | None = None
    """None if it is silent, by choice or because a stronger cue has that moment."""
    say: str | None = None
    show: str | None = None
    volume: float = 1.0
    wait_ms: int = 0
    """How long its sound waits for the chime that ended the span before it."""
    is_long_cramp: bool = False
    """Does it say that a cramp has lasted long?"""

    @property
    def sounds_at_ms(self) -> int:
        """When its sound begins, from the span's beginning."""
        return self.at_ms + self.wait_ms


def cues_of(
    span: Span,
    length_ms: int | None = None,
    *,
    after_ms: int = -1,
    ends_itself: bool = True,
    long_cramp_at_ms: int | None = None,
) -> Iterator[Cue]:
    """The span's cues later than `after_ms`, in order.

    `length_ms` is the span's length if a person has changed it. An open step that does not end
    by itself prompts for ever and has no closing cues: those are `closing_cues`, when the
    person ends it. One that goes on by itself after a while says so before, and closes then.
    `long_cramp_at_ms` is when the cramp of an urgent run has lasted long.
    """
    length = span.length_ms if length_ms is None else length_ms
    is_open = span.is_open and not ends_itself
    end_ms = span.ends_ms if is_open else length
    sources = [_opening(span)]
    if span.kind is SpanKind.STEP:
        sources += _inner(span, length, after_ms)
        if is_open and end_ms is not None:
            sources.append(_going_on(span, end_ms))
        if end_ms is not None:
            sources.append(_closing(span, end_ms))
    if long_cramp_at_ms is not None:
        sources.append(_long_cramp(span, long_cramp_at_ms))
    ordered = _ordered(sources, is_short=not (span.is_open or (span.step and span.step.prompts)))
    within = takewhile(lambda cue: end_ms is None or cue.at_ms <= end_ms, ordered)
    return _settled(cue for cue in within if cue.at_ms > after_ms)


def left_after_words_ms(span: Span) -> int | None:
    """About how much of a span is left when its opening words have been said.

    The words wait for the chime that begins with them. None if nothing is said.
    """
    opening = next(_opening(span), None)
    if opening is None or opening.say is None:
        return None
    begins_ms = phrase_begins_ms(0, opening.sounds_at_ms if opening.sound else None, None) or 0
    return span.length_ms - round(begins_ms) - saying_ms(opening.say)


def _ordered(sources: list[Iterator[Cue]], *, is_short: bool) -> Iterator[Cue]:
    """The cues of all sources, by time; those of one moment in the order of the sources."""
    if is_short:
        return iter(sorted(chain(*sources), key=attrgetter("at_ms")))
    return merge(*sources, key=attrgetter("at_ms"))


def closing_cues(span: Span, at_ms: int) -> tuple[Cue, ...]:
    """The closing cues of a span that a person ends at `at_ms`."""
    if span.kind is not SpanKind.STEP:
        return ()
    return tuple(_settled(_closing(span, at_ms)))


def _settled(cues: Iterator[Cue]) -> Iterator[Cue]:
    for _, together in groupby(cues, key=attrgetter("at_ms")):
        cues_now = list(together)
        if any(cue.is_long_cramp for cue in cues_now):
            # A step's own prompt at that moment would only say the same time.
            cues_now = [c for c in cues_now if c.is_long_cramp or c.kind is not CueKind.PROMPT]
        if len(cues_now) > 1:
            cues_now = _said_together(cues_now)
            sounding = [cue for cue in cues_now if cue.sound]
            heard = min(sounding, key=lambda cue: PRECEDENCE.index(cue.kind), default=None)
            cues_now = [cue if cue is heard else replace(cue, sound=None) for cue in cues_now]
        yield from cues_now


def _said_together(cues: list[Cue]) -> list[Cue]:
    """The cues of one moment, with all their phrases joined in the first that has one."""
    phrases = [cue.say for cue in cues if cue.say]
    if len(phrases) < 2:
        return cues
    first = next(index for index, cue in enumerate(cues) if cue.say)
    said = [replace(cue, say=None) for cue in cues]
    said[first] = replace(cues[first], say=" ".join(phrases))
    return said


def _opening(span: Span) -> Iterator[Cue]:
    cues, say = span.cues, opening_words(span)
    if span.kind is SpanKind.REST:
        if say:
            yield Cue(0, CueKind.VOICE, say=say, volume=cues.volume)
        return
    if span.switches_side:
        kind, sound = CueKind.SWITCH, cues.switch
    elif span.kind is SpanKind.GET_READY:
        kind, sound = CueKind.READY, cues.ready
    else:
        kind, sound = CueKind.START, cues.start
    wait_ms = CHIME_GAP_MS if span.follows_chime else 0
    if wait_ms >= span.length_ms:
        sound, wait_ms = None, 0
    yield Cue(0, kind, sound, say, volume=cues.volume, wait_ms=wait_ms)


def _inner(span: Span, length_ms: int, after_ms: int) -> list[Iterator[Cue]]:
    assert span.step is not None
    prompts = [_prompt(span, prompt, length_ms, after_ms) for prompt in span.step.prompts]
    if span.is_open:
        return [_open_prompts(span, merge(*prompts, key=attrgetter("at_ms")), after_ms)]
    others = [_halfway(span, length_ms), _announcement(span, length_ms), _ticks(span, length_ms)]
    return [*prompts, *others]


def _halfway(span: Span, length_ms: int) -> Iterator[Cue]:
    """The middle of a long step; a prompt at that moment replaces its words."""
    cues, at_ms = span.cues, length_ms // 2
    if length_ms >= max(cues.halfway_from_ms, 2):
        say = halfway_words(span)
        prompts = _prompts_between(span, length_ms, at_ms, at_ms + saying_ms(say or ""))
        if any(prompt.say for prompt in prompts):
            say = None
        yield Cue(at_ms, CueKind.HALFWAY, cues.halfway, say, volume=cues.volume)


def _announcement(span: Span, length_ms: int) -> Iterator[Cue]:
    """What comes next, near the end of a long step, at a moment when nothing else is heard."""
    say = coming_words(span)
    if say is None or length_ms < ANNOUNCED_FROM_MS:
        return
    for before_ms in ANNOUNCED_BEFORE_MS:
        at_ms = length_ms - before_ms
        if _is_quiet(span, length_ms, at_ms, at_ms + saying_ms(say)):
            yield Cue(at_ms, CueKind.VOICE, say=say, volume=span.cues.volume)
            return


def _is_quiet(span: Span, length_ms: int, from_ms: int, to_ms: int) -> bool:
    """Is nothing else heard between two moments of a step?"""
    opening = opening_words(span) or ""
    first_tick = next(_ticks(span, length_ms), None)
    if from_ms < saying_ms(opening) or to_ms > (first_tick.at_ms if first_tick else length_ms):
        return False
    others = chain(_halfway(span, length_ms), _prompts_between(span, length_ms, from_ms, to_ms))
    return not any(cue.at_ms < to_ms and _over_ms(cue) > from_ms for cue in others)


def _over_ms(cue: Cue) -> int:
    """About when a cue has been heard completely, from the span's beginning."""
    return cue.at_ms + max(saying_ms(cue.say or ""), CHIME_GAP_MS)


def _prompts_between(span: Span, length_ms: int, from_ms: int, to_ms: int) -> Iterator[Cue]:
    """The prompts that begin before one moment of a step and are heard past another."""
    assert span.step is not None
    for prompt in span.step.prompts:
        lasts_ms = max(saying_ms(prompt.say or ""), CHIME_GAP_MS)
        after_ms = max(from_ms - lasts_ms, 0)
        cues = _prompt(span, prompt, length_ms, after_ms)
        begun = takewhile(lambda cue: cue.at_ms < to_ms, cues)
        yield from (cue for cue in begun if cue.at_ms > after_ms)


def _going_on(span: Span, end_ms: int) -> Iterator[Cue]:
    """Before an open step goes on by itself: that it will."""
    words = going_on_words(span)
    say = words if span.cues.voice else None
    at_ms = end_ms - GOING_ON_BEFORE_MS
    yield Cue(at_ms, CueKind.VOICE, say=say, show=words, volume=span.cues.volume)


def _ticks(span: Span, length_ms: int) -> Iterator[Cue]:
    cues = span.cues
    if length_ms < SHORTEST_TICKED_MS:
        return
    for seconds in range(min(cues.countdown, (length_ms - 1) // SECOND_MS), 0, -1):
        at_ms = length_ms - seconds * SECOND_MS
        yield Cue(at_ms, CueKind.TICK, cues.tick, volume=cues.volume)


def _closing(span: Span, at_ms: int) -> Iterator[Cue]:
    cues = span.cues
    yield Cue(at_ms, CueKind.END, cues.end, volume=cues.volume)
    if span.is_last:
        say = finished_words(span)
        yield Cue(at_ms, CueKind.FINISH, cues.finish, say, volume=cues.volume)


def _prompt(span: Span, prompt: Prompt, length_ms: int, after_ms: int) -> Iterator[Cue]:
    cues = span.cues
    match prompt.when:
        case PromptWhen.AFTER:
            moments: Iterator[int] = iter((prompt.ms,))
        case PromptWhen.BEFORE_END:
            moments = iter(() if span.is_open else (length_ms - prompt.ms,))
        case PromptWhen.HALFWAY:
            moments = iter(() if span.is_open else (length_ms // 2,))
        case PromptWhen.EVERY:
            moments = _every(prompt.ms, after_ms)
    for at_ms in moments:
        if prompt.when is PromptWhen.EVERY and not span.is_open and at_ms >= length_ms:
            return
        if at_ms > 0:
            sound = prompt.sound or (None if prompt.is_silent else cues.prompt)
            say = prompt_words(span, prompt.say)
            show = prompt.show or prompt.say
            yield Cue(at_ms, CueKind.PROMPT, sound, say, show, cues.volume)


def _long_cramp(span: Span, at_ms: int) -> Iterator[Cue]:
    words, cues = long_cramp_words(span), span.cues
    say = words if cues.voice else None
    yield Cue(at_ms, CueKind.PROMPT, cues.prompt, say, words, cues.volume, is_long_cramp=True)


def _every(period_ms: int, after_ms: int) -> Iterator[int]:
    return count(max(after_ms // period_ms + 1, 1) * period_ms, period_ms)


def _open_prompts(span: Span, written: Iterator[Cue], after_ms: int) -> Iterator[Cue]:
    """The prompts of the file, and our own at the moments that those leave free."""
    ours = (_open_prompt(span, at_ms) for at_ms in _open_moments(span.length_ms, after_ms))
    marked = merge(
        ((cue, False) for cue in written),
        ((cue, True) for cue in ours),
        key=lambda pair: pair[0].at_ms,
    )
    for _, together in groupby(marked, key=lambda pair: pair[0].at_ms):
        pairs = list(together)
        yield from (cue for cue, is_ours in pairs if not is_ours or len(pairs) == 1)


def _open_moments(first_ms: int, after_ms: int) -> Iterator[int]:
    """At the step's time, at twice that, then each minute."""
    minutes_passed = max((after_ms - 2 * first_ms) // MINUTE_MS, 0)
    return chain((first_ms,), count(2 * first_ms + minutes_passed * MINUTE_MS, MINUTE_MS))


def _open_prompt(span: Span, at_ms: int) -> Cue:
    """Our own prompt: a chime, and after a minute also the time so far."""
    show = f"{spoken(at_ms).capitalize()}." if at_ms >= MINUTE_MS else None
    say = passed_words(span, at_ms) if show else None
    return Cue(at_ms, CueKind.PROMPT, span.cues.prompt, say, show, span.cues.volume)
