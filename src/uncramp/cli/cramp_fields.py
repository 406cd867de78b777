"""What a person says about a cramp: by options, or by questions that can be skipped."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from uncramp.cli.arguments import Arguments
from uncramp.cli.prompts import ask
from uncramp.core.history.entries import LONGEST_NOTE, MOST_PAIN, CrampEntry, CrampPlace, Leg
from uncramp.core.history.nights import LocalTime
from uncramp.core.text.durations import NotALength, parse_length
from uncramp.core.text.safe_text import on_one_line, plain_line
from uncramp.library.unusable_value import UnusableValue
from uncramp.runs.local_times import read_local_time

WHEN = "Write a time that is over, such as 03:10 or 2026-11-20 03:10."
MOST_HELPED = 10

Answer = TypeVar("Answer")


def with_options(entry: CrampEntry, asked: Arguments, now_s: float) -> CrampEntry:
    """The entry with the values of the options. Raises UnusableValue."""
    if asked.leg is not None:
        entry = replace(entry, leg=Leg(asked.leg))
    if asked.place is not None:
        entry = replace(entry, place=CrampPlace(asked.place))
    if asked.pain is not None:
        entry = replace(entry, pain=asked.pain)
    if asked.at is not None:
        entry = replace(entry, at=moment_in(asked.at, now_s))
    if asked.lasted is not None:
        entry = replace(entry, lasted_s=_seconds(asked.lasted))
    if asked.helped is not None:
        entry = replace(entry, helped=_words(",".join(asked.helped)))
    if asked.note is not None:
        entry = replace(entry, note=_line(asked.note))
    return entry


def with_answers(
    entry: CrampEntry, now_s: float, *, steps: Sequence[str] | None = None
) -> CrampEntry:
    """The entry with what the person answers. Raises NoAnswer where they stop.

    `steps` are those of the run that has just ended, if one has: then its time is known.
    """
    leg = ask("Which leg? left, right or both  ", _or_none(_leg))
    place = ask("Where? calf, foot or front  ", _or_none(_place))
    pain = ask(f"How bad, 0 to {MOST_PAIN}?  ", _or_none(_pain))
    at = None
    if steps is None:
        at = ask("When? 03:10; Enter for now  ", _or_none(lambda text: moment_in(text, now_s)))
    lasted_s = ask("How long did it last? 5m, 90s  ", _or_none(_seconds))
    known = "".join(f"{plain_line(step)}, " for step in steps or ())
    helped = ask(f"What helped? {known}walking, or your own words  ", _or_none(_words))
    note = ask("A note?  ", _or_none(_line)) if steps is None else entry.note
    return replace(
        entry, leg=leg, place=place, pain=pain, at=at or entry.at, lasted_s=lasted_s,
        helped=helped or (), note=note or "",
    )  # fmt: skip


def moment_in(text: str, now_s: float) -> LocalTime:
    """The moment that was written. Raises UnusableValue."""
    try:
        return read_local_time(text, now_s)
    except (ValueError, OverflowError):
        raise UnusableValue(f'"{text[:40]}" is no time that can be used. {WHEN}') from None


def _or_none(fit: Callable[[str], Answer]) -> Callable[[str], Answer | None]:
    return lambda text: fit(text.strip()) if text.strip() else None


def _leg(text: str) -> Leg:
    for leg in Leg:
        if leg.value.startswith(text.casefold()):
            return leg
    raise UnusableValue("Write left, right or both, or leave it with Enter.")


def _place(text: str) -> CrampPlace:
    found = [place for place in CrampPlace if place.value.startswith(text.casefold())]
    if len(found) == 1:
        return found[0]
    raise UnusableValue("Write calf, foot or front, or leave it with Enter.")


def _pain(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text[:4]) <= MOST_PAIN:
        return int(text)
    raise UnusableValue(f"Write a number from 0 to {MOST_PAIN}, or leave it with Enter.")


def _seconds(text: str) -> int:
    try:
        return parse_length(text, may_be_zero=True) // 1000
    except NotALength as error:
        raise UnusableValue(f'"{text[:40]}" {error}') from None


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in _line(text).split(",") if word.strip())[:MOST_HELPED]


def _line(text: str) -> str:
    if len(text) > LONGEST_NOTE:
        raise UnusableValue(
            f"A note has {LONGEST_NOTE:,} characters at most; this one has {len(text):,}."
        )
    return on_one_line(text.encode("utf-8", "replace").decode())
