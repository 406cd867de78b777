"""The words of both front ends about the history: entries, nights, months, routines."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from uncramp.core.history.calendar import TALLY_DAYS, NightFacts, weeks_of
from uncramp.core.history.entries import CalmNight, CrampEntry, Entry, RunEnding, RunEntry
from uncramp.core.history.nights import LocalTime
from uncramp.core.history.totals import RoutineSummary
from uncramp.core.text.durations import clock, spoken
from uncramp.core.text.suggestions import counted
from uncramp.core.text.weekdays import clock_time
from uncramp.runs.history_problems import CannotUse, Why

ENDINGS = {
    RunEnding.FINISHED: "finished",
    RunEnding.ENDED: "ended early",
    RunEnding.CUT_OFF: "cut off",
}
"""How a run ended, in words."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
"""The days of the week, Monday first."""
CRAMP, ROUTINE, BOTH, CALM = "x", "+", "#", "-"
"""The signs of a night."""
SIGN_WORDS = (
    (CRAMP, "cramp"), (ROUTINE, "evening routine"), (BOTH, "both"), (CALM, "no cramp, as you said"),
)  # fmt: skip
"""What each sign means."""

_NOTHING = "Nothing was changed."
_WORDS = {
    Why.NEWER: f"was written by a newer uncramp. Update uncramp to use it. {_NOTHING}",
    Why.NOT_OURS: (
        f"is not a history of uncramp. Move it somewhere else, and a new one begins. {_NOTHING}"
    ),
    Why.DAMAGED: (
        "is damaged. Move it somewhere else: a new one then begins with the runs of runs.jsonl, "
        f"and uncramp history import brings back what you exported. {_NOTHING}"
    ),
    Why.LOCKED: f"is in use by another program. Try again in a moment. {_NOTHING}",
    Why.READ_ONLY: f"can only be read: you are not allowed to write there. {_NOTHING}",
    Why.UNREADABLE: (
        "cannot be read: you are not allowed to. It may belong to another user of this machine. "
        f"{_NOTHING}"
    ),
    Why.DISK: (f"cannot be used: the disk is full, or you may not write there. {_NOTHING}"),
}


def cannot_use_words(problem: CannotUse) -> str:
    """Why the history cannot be used, and what to do, as a sentence."""
    return f"{problem.file} {_WORDS[problem.why]}"


def entry_words(entry: Entry) -> str:
    """What happened, without when: `Cramp, left calf, pain 7 of 10`."""
    match entry:
        case CalmNight():
            return "No cramp that night"
        case CrampEntry():
            return _cramp_words(entry)
        case RunEntry():
            return f"{entry.title}, {ENDINGS[entry.ending]}, {clock(entry.active_ms)}"


def _cramp_words(entry: CrampEntry) -> str:
    parts = ["Cramp"]
    where = " ".join(word.value for word in (entry.leg, entry.place) if word)
    if where:
        parts[0] += f", {where}"
    if entry.pain is not None:
        parts.append(f"pain {entry.pain} of 10")
    if entry.lasted_s is not None:
        parts.append(f"for {clock(entry.lasted_s * 1000)}")
    if entry.note:
        parts.append(f'"{entry.note}"')
    return ", ".join(parts)


def entry_rows(entry: Entry, when: Callable[[LocalTime], str]) -> tuple[tuple[str, str], ...]:
    """Everything that is known about one entry, each with its name; `when` formats a moment."""
    rows: list[tuple[str, str]]
    match entry:
        case CalmNight():
            rows = [("Night of", entry.night.isoformat()), ("", "No cramp.")]
        case CrampEntry():
            rows = [
                ("Cramp", when(entry.at)),
                ("Leg", entry.leg.value if entry.leg else ""),
                ("Where", entry.place.value if entry.place else ""),
                ("Pain", f"{entry.pain} of 10" if entry.pain is not None else ""),
                ("Lasted", clock(entry.lasted_s * 1000) if entry.lasted_s is not None else ""),
                ("Helped", ", ".join(entry.helped)),
                ("Note", entry.note),
                ("After run", str(entry.run_id) if entry.run_id else ""),
            ]
        case RunEntry():
            changed = [
                f"{number} {word}"
                for number, word in ((entry.lengthened, "longer"), (entry.shortened, "shorter"))
                if number
            ]
            rows = [
                ("Run", f"{entry.title} ({entry.routine_id})"),
                ("Began", when(entry.began)),
                ("Ended", f"{when(entry.ended)}, {ENDINGS[entry.ending]}"),
                ("Active", clock(entry.active_ms)),
                ("Paused", clock(entry.paused_ms) if entry.paused_ms >= 1000 else ""),
                ("Steps", f"{entry.steps_done} of {entry.steps} done"),
                ("Changed", ", ".join(changed)),
                ("Skipped", ", ".join(entry.skipped) or (str(entry.steps_skipped or ""))),
                ("Side", entry.side),
                ("Conditions", ", ".join(entry.conditions)),
            ]
    return tuple((name, value) for name, value in rows if value)


def sign_of(night: NightFacts | None) -> str:
    """The night as one sign; a space if nothing is known."""
    if night is None:
        return " "
    if night.cramps:
        return BOTH if night.has_routine else CRAMP
    if night.has_routine:
        return ROUTINE
    return CALM if night.is_calm else " "


def night_words(night: NightFacts | None) -> str:
    """What is known about a night, as a sentence."""
    if night is None:
        return "Nothing is known about this night."
    cramps = {0: "", 1: "A cramp."}.get(night.cramps, f"{night.cramps} cramps.")
    calm = "No cramp, as you said." if night.has_cramp is False else ""
    routine = "The evening routine was done." if night.has_routine else ""
    unknown = "Whether a cramp came is unknown." if night.has_cramp is None else ""
    return " ".join(words for words in (cramps, calm, routine, unknown) if words)


def month_sentences(month: date, nights: Mapping[date, NightFacts], today: date) -> Iterator[str]:
    """What is known about the month's nights, to be read aloud."""
    own = {n.day: f for n, f in nights.items() if (n.year, n.month) == (month.year, month.month)}
    both = [day for day, facts in own.items() if facts.cramps and facts.has_routine]
    cramps = [day for day, facts in own.items() if facts.cramps and not facts.has_routine]
    routine = [day for day, facts in own.items() if facts.has_routine and not facts.cramps]
    calm = [day for day, facts in own.items() if facts.has_cramp is False]
    yield f"Nights with a cramp and no evening routine: {_days(cramps)}."
    yield f"Nights with the evening routine and no known cramp: {_days(routine)}."
    yield f"Nights with both: {_days(both)}."
    if calm:
        yield f"You said that no cramp came: {_days(calm)}."
    over = [d for week in weeks_of(month) for d in week if d and d < today]
    unknown = sum(1 for d in over if d.day not in own or own[d.day].has_cramp is None)
    if unknown:
        yield f"Nights of which nobody said whether a cramp came: {unknown}."


def _days(days: list[int]) -> str:
    if not days:
        return "none"
    return f"{len(days)} ({', '.join(map(str, days))})"


def tally_words(done: int, since: int) -> str:
    """How often the routine of the six-week trial was done."""
    return (
        f"Stretching before sleep: {counted(done, 'night')} in the last "
        f"{counted(since, 'day')}. In the trial people did it for {TALLY_DAYS} days."
    )


def use_words(summary: RoutineSummary, when: Callable[[LocalTime], str]) -> str:
    """How a routine was used, in a sentence or two."""
    skipped = f" Usually skipped: {', '.join(summary.skipped)}." if summary.skipped else ""
    return (
        f"{counted(summary.runs, 'run')}, {summary.finished} finished; the last one "
        f"{when(summary.last)}. Usually begun at about {clock_time(summary.usual_minute)}, "
        f"{spoken(summary.median_ms)} long.{skipped}"
    )
