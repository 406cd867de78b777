"""The pages of `uncramp history`: the month, does it help, and the page for a doctor."""

from datetime import date, timedelta
from itertools import compress

from uncramp.advice.history_words import comparison_words
from uncramp.cli.arguments import Arguments
from uncramp.cli.routine_lookup import open_library
from uncramp.core.history.calendar import nights_of
from uncramp.core.history.comparison import Share
from uncramp.core.history.totals import doctor_summary
from uncramp.plain.history_lines import month_lines
from uncramp.plain.history_summary import SUMMARY_WRITERS, summary_rows
from uncramp.plain.json_text import json_line
from uncramp.plain.leaflet_lines import hung, reading_width
from uncramp.plain.output import complain, write
from uncramp.runs.history_store import HistoryStore
from uncramp.runs.local_times import today
from uncramp.session.entry_words import sign_of, tally_words
from uncramp.session.own_history import evening_ids, helps, nights_between, trial_tally

USUAL_WEEKS, MOST_WEEKS = 8, 520

_CHOICES = ("routine", "kind", "since", "until", "before", "size", "deleted")
"""The options that say what the list shows."""
_OF_SUMMARY = ("weeks", "form")
_TAKES = {
    "list": (*_CHOICES, "json"), "--month": ("json",), "--helps": ("json",),
    "--summary": _OF_SUMMARY, "show": ("json",),
}  # fmt: skip
"""The options that are not only of one action, by what uses them."""


def misplaced_words(asked: Arguments) -> str:
    """What to write instead, if something was asked that would have no effect; else nothing."""
    asked_for = (asked.month is not None, asked.helps, asked.summary)
    pages = [asked.do] if asked.do and asked.do != "list" else []
    pages += compress(("--month", "--helps", "--summary"), asked_for)
    if len(pages) > 1:
        return f"{pages[0]} and {pages[1]} are two pages. Ask for one at a time."
    page = pages[0] if pages else "list"
    for name in (*_OF_SUMMARY, *_CHOICES, "json"):
        value = getattr(asked, name)
        if value is None or value is False or name in _TAKES.get(page, ()):
            continue
        if name in _OF_SUMMARY:
            how = f"uncramp history --summary --{name} {value}"
            return f"--{name} is for the page for a doctor. Write: {how}"
        if name == "json":
            return f"{page} writes no JSON. For programs there is uncramp history --json"
        return f"--{name} chooses what the list shows, and {page} shows no list. Leave one out."
    return ""


def month_page(store: HistoryStore, now_s: float, asked: Arguments) -> int:
    """Write a calendar of a month's nights, and the same in sentences."""
    now = today(now_s)
    try:
        month = date.fromisoformat(f"{asked.month}-01") if asked.month else now.replace(day=1)
    except ValueError:
        return complain(f'"{asked.month[:40]}" is no month. Write one such as 2026-11.')
    last = min(month + timedelta(days=31), date.max) if month < date(9999, 12, 1) else date.max
    last = last.replace(day=1) - timedelta(days=1) if last < date.max else last
    nights = nights_between(store, month, last, evening_ids(open_library()))
    if asked.json:
        found = [
            {
                "night": night.isoformat(), "cramps": facts.cramps, "calm": facts.is_calm,
                "evening_routine": facts.has_routine, "sign": sign_of(facts),
            }
            for night, facts in nights.items()
        ]  # fmt: skip
        write([json_line({"month": month.isoformat()[:7], "nights": found})])
        return 0
    write(month_lines(month, nights, now))
    return 0


def helps_page(store: HistoryStore, now_s: float, asked: Arguments) -> int:
    """Write the nights with the evening routine against those without it."""
    found = helps(store, now_s, evening_ids(open_library()))
    comparison = found.comparison
    if asked.json:
        low, high = comparison.interval
        fields = {
            "first": found.first.isoformat(), "last": found.last.isoformat(),
            "with": _share(comparison.with_it), "without": _share(comparison.without_it),
            "difference": comparison.difference, "low": low, "high": high,
            "verdict": comparison.verdict.value, "nights_needed": comparison.nights_needed,
            "unknown": found.unknown,
        }  # fmt: skip
        write([json_line(fields)])
        return 0
    write([f"Nights from {found.first.isoformat()} to {found.last.isoformat()}:", ""])
    for words in comparison_words(comparison, found.unknown):
        write(hung("", words, reading_width()))
    write(["", "uncramp log --calm says that no cramp came last night."])
    done, since = trial_tally(store, now_s)
    if done:
        write(["", *hung("", tally_words(done, since), reading_width())])
    return 0


def _share(share: Share) -> dict[str, object]:
    low, high = share.interval
    return {
        "nights": share.nights, "cramps": share.cramps, "share": share.value, "low": low,
        "high": high,
    }  # fmt: skip


def summary_page(store: HistoryStore, now_s: float, asked: Arguments) -> int:
    """Write the page for a doctor."""
    weeks = asked.weeks or USUAL_WEEKS
    if weeks > MOST_WEEKS:
        return complain(f"--weeks goes up to {MOST_WEEKS}.")
    tonight = today(now_s)
    # A night that nothing is known about because it is still to come would count as unknown.
    last = tonight if store.between(tonight, tonight) else tonight - timedelta(days=1)
    first = last - timedelta(days=7 * weeks - 1)
    entries = store.between(first, last)
    nights = nights_of(entries, evening_ids(open_library()))
    rows = summary_rows(doctor_summary(entries, nights, last, weeks))
    write(SUMMARY_WRITERS[asked.form or "text"](rows))
    return 0
