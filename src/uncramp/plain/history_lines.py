"""What `uncramp history` writes for a person: entries, one entry, a month, a routine's use."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from uncramp.core.history.calendar import TALLY_DAYS, NightFacts, weeks_of
from uncramp.core.history.entries import CalmNight, CrampEntry, Entry, RunEnding, RunEntry
from uncramp.core.history.nights import LocalTime
from uncramp.core.history.totals import RoutineSummary
from uncramp.core.text.durations import clock
from uncramp.core.text.safe_text import on_one_line, shown
from uncramp.core.text.suggestions import counted
from uncramp.plain.leaflet_lines import WIDEST, hung

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
_CRAMP, _ROUTINE, _BOTH, _CALM = "x", "+", "#", "-"


def entry_line(entry: Entry, when: Callable[[LocalTime], str]) -> str:
    """The entry on one line: its number, when, and what. `when` writes a moment."""
    match entry:
        case CalmNight():
            at, what = entry.night.isoformat(), "no cramp that night"
        case CrampEntry():
            at, what = when(entry.at), _cramp_words(entry)
        case RunEntry():
            at = when(entry.began)
            what = f"{entry.title}, {ENDINGS[entry.ending]}, {clock(entry.active_ms)}"
    return f"{entry.id:>5}  {at:<16}  {shown(on_one_line(what))}"


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


def entry_lines(entry: Entry, when: Callable[[LocalTime], str]) -> Iterator[str]:
    """All that is known of one entry, a line each."""
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
    for name, value in rows:
        if value:
            yield from hung(f"{name:<11} ", shown(on_one_line(value)), WIDEST)


def month_lines(month: date, nights: Mapping[date, NightFacts], today: date) -> Iterator[str]:
    """The month as a calendar with a sign for each night, and then in sentences."""
    yield f"{MONTHS[month.month - 1]} {month.year}"
    yield " ".join(f"{day:>3} " for day in DAYS).rstrip()
    for week in weeks_of(month):
        cells = (f"{day.day:>3}{sign_of(nights.get(day))}" if day else " " * 4 for day in week)
        yield " ".join(cells).rstrip()
    yield ""
    yield f"{_CRAMP} cramp  {_ROUTINE} evening routine  {_BOTH} both  {_CALM} no cramp, as you said"
    yield ""
    for sentence in month_sentences(month, nights, today):
        yield from hung("", sentence, WIDEST)


def sign_of(night: NightFacts | None) -> str:
    """The night as one sign; a space where nothing is known."""
    if night is None:
        return " "
    if night.cramps:
        return _BOTH if night.has_routine else _CRAMP
    if night.has_routine:
        return _ROUTINE
    return _CALM if night.is_calm else " "


def month_sentences(month: date, nights: Mapping[date, NightFacts], today: date) -> Iterator[str]:
    """What is known of the month's nights, to be read aloud."""
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


def routine_lines(summary: RoutineSummary, when: Callable[[LocalTime], str]) -> Iterator[str]:
    """How a routine was used, in sentences."""
    hour = f"{summary.usual_minute // 60:02}:{summary.usual_minute % 60:02}"
    yield shown(on_one_line(summary.title))
    yield (
        f"{counted(summary.runs, 'run')}, {summary.finished} finished; the last one "
        f"{when(summary.last)}. Usually begun about {hour}, {clock(summary.median_ms)} long."
    )
    if summary.skipped:
        yield from hung(
            "", f"Usually skipped: {shown(on_one_line(', '.join(summary.skipped)))}.", WIDEST
        )


def listed_lines(entries: Iterable[Entry], when: Callable[[LocalTime], str]) -> Iterator[str]:
    """The entries, one a line."""
    return (entry_line(entry, when) for entry in entries)
