"""The entries of the history as rows of a page, under their days."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from uncramp.advice.history_words import comparison_words
from uncramp.core.history.entries import (
    CalmNight,
    CrampEntry,
    Entry,
    EntryFilter,
    RunEnding,
    RunEntry,
)
from uncramp.core.text.durations import clock
from uncramp.core.text.weekdays import WEEKDAYS, clock_time
from uncramp.runs.local_times import written_time
from uncramp.session.entry_words import ENDINGS, MONTHS, entry_rows, entry_words, tally_words
from uncramp.tui.history.entry_pager import EntryPager
from uncramp.tui.widgets.answer_page import answer
from uncramp.tui.widgets.text_page import Look, Paragraph

if TYPE_CHECKING:
    from uncramp.session.own_history import Helps

KIND_WORDS = {"": "", "run": "Only runs", "cramp": "Only cramps", "calm": "Only calm nights"}
"""The name of a filter by kind."""


def list_page(
    pager: EntryPager, today: date, advice: Iterable[str], keys: Mapping[str, str]
) -> tuple[Paragraph, ...]:
    """The page of a list: sentences of advice, what is listed, and the entries.

    `keys` has the names of the keys, by their ids.
    """
    page: list[Paragraph] = []
    for words in advice:
        page += [Paragraph(f"{words} {keys['history.safety']} shows more.", Look.CARE), Paragraph()]
    words = filter_words(pager.wanted, pager.title)
    page += [Paragraph(f"{words} {keys['history.close']} shows all.", Look.QUIET)] if words else []
    if pager.has_later:
        page.append(Paragraph("Page up goes back to later ones.", Look.QUIET))
    page += entry_paragraphs(pager.entries, today)
    if pager.has_earlier:
        page.append(Paragraph("Page down goes on to earlier ones.", Look.QUIET))
    if not pager.entries:
        page.append(Paragraph(_none_words(pager, keys)))
    return tuple(page)


def _none_words(pager: EntryPager, keys: Mapping[str, str]) -> str:
    if pager.wanted.is_deleted:
        return "The trash is empty."
    if not pager.is_all:
        return "Nothing there."
    return (
        f"Nothing yet. Every run is kept from now on. {keys['history.add']} writes down a cramp, "
        f"and {keys['history.calm']} says that none came last night."
    )


def helps_page(found: "Helps", tally: tuple[int, int]) -> tuple[Paragraph, ...]:
    """Whether the evening routine goes with fewer cramps; `tally` is of the six-week trial."""
    nights = f"Nights from {found.first.isoformat()} to {found.last.isoformat()}"
    words = [*comparison_words(found.comparison, found.unknown)]
    words += [tally_words(*tally)] if tally[0] else []
    page = [Paragraph(nights, Look.HEADING)]
    for sentence in words:
        page += [Paragraph(sentence), Paragraph()]
    return tuple(page[:-1])


def entry_paragraphs(entries: Iterable[Entry], today: date) -> Iterator[Paragraph]:
    """A row for each entry, and a heading over each day."""
    day: date | None = None
    for entry in entries:
        own = day_of(entry)
        if own != day:
            day = own
            yield Paragraph(day_words(day, today), Look.HEADING)
        yield _row(entry)


def _row(entry: Entry) -> Paragraph:
    name = str(entry.id)
    match entry:
        case CalmNight():
            return answer(name, "Night  No cramp, as you said", hang=7)
        case CrampEntry():
            return answer(name, f"{clock_time(entry.at.minute)}  {entry_words(entry)}", hang=7)
        case RunEntry():
            is_done = entry.ending is RunEnding.FINISHED
            right = clock(entry.active_ms) + ("" if is_done else f", {ENDINGS[entry.ending]}")
            at = clock_time(entry.began.minute)
            return answer(name, f"{at}  {entry.title}", right=right, hang=7)


def day_of(entry: Entry) -> date:
    """The day under which an entry is listed."""
    match entry:
        case CalmNight():
            return entry.night
        case CrampEntry():
            return entry.at.day
        case RunEntry():
            return entry.began.day


def day_words(day: date, today: date | None = None) -> str:
    """The day as a heading: `Today, Sat 21 November`.

    With its year if that is not the one of `today`, or if there is no `today`.
    """
    name = WEEKDAYS[day.weekday()].capitalize()
    year = f" {day.year}" if today is None or day.year != today.year else ""
    near = {0: "Today, ", 1: "Yesterday, "}.get((today - day).days, "") if today else ""
    return f"{near}{name} {day.day} {MONTHS[day.month - 1]}{year}"


def entry_page(entry: Entry, *more: str) -> tuple[Paragraph, ...]:
    """All of one entry, a line for each thing, and sentences under it."""
    rows = [Paragraph(f"{name}: {value}" if name else value, hang=2)
            for name, value in entry_rows(entry, written_time)]  # fmt: skip
    return (*rows, *(p for words in more for p in (Paragraph(), Paragraph(words))))


def short_words(entry: Entry) -> str:
    """What the list does not show about an entry, on a line or two."""
    skip = 1 if isinstance(entry, CrampEntry) else 2
    rows = entry_rows(entry, written_time)[skip:]
    return "  ".join(f"{name}: {value}." for name, value in rows if name not in ("Active", "Ended"))


def filter_words(wanted: EntryFilter, title: str) -> str:
    """What is listed, as a sentence; empty if everything is. `title` is the routine's."""
    parts = [KIND_WORDS[wanted.kind]] if wanted.kind and not wanted.routine_id else []
    if wanted.routine_id:
        parts.append(f"Only {title}")
    if wanted.since and wanted.since == wanted.until:
        parts.append(f"the night of {wanted.since.isoformat()}")
    else:
        parts += [f"from {wanted.since.isoformat()}"] if wanted.since else []
        parts += [f"up to {wanted.until.isoformat()}"] if wanted.until else []
    if wanted.is_deleted:
        parts.insert(0, "In the trash, for 30 days")
    words = ", ".join(parts)
    return f"{words[0].upper()}{words[1:]}." if words else ""
