"""The page for a doctor, as plain text, Markdown or HTML that prints on one page."""

from collections.abc import Iterable, Iterator
from html import escape

from uncramp.core.history.totals import DoctorSummary
from uncramp.core.text.durations import spoken
from uncramp.core.text.safe_text import plain_line
from uncramp.core.text.suggestions import counted
from uncramp.plain.leaflet_lines import hung, reading_width

MOST_NOTES = 8
MOST_NAMED = 6
TITLE = "Leg cramps: a summary"

Rows = list[tuple[str, str]]


def summary_rows(summary: DoctorSummary) -> Rows:
    """The rows of the page, each with a name and a value; unknown values have no row."""
    known = summary.nights_with_cramp + summary.nights_without
    rows = [
        (
            "Time",
            f"{summary.first.isoformat()} to {summary.last.isoformat()}, "
            f"{counted(summary.nights, 'night')}",
        ),
        (
            "With a cramp",
            f"{counted(summary.nights_with_cramp, 'night')}, "
            f"{counted(summary.cramps, 'cramp')} in all",
        ),
        ("Without", f"{counted(summary.nights_without, 'night')}, as the person said"),
        ("Unknown", counted(summary.nights - known, "night")),
        ("Leg", _counts((leg.value, n) for leg, n in summary.legs.items())),
        ("Where", _counts((place.value, n) for place, n in summary.places.items())),
        ("Pain, 0 to 10", _range([str(pain) for pain in summary.pains])),
        ("How long", _range([spoken(seconds * 1000) for seconds in summary.lengths_s])),
        ("What helped", _counts(summary.helped)),
        (
            "What was done",
            "; ".join(
                f"{title}: {begun} begun, {finished} finished"
                for title, begun, finished in summary.done[:MOST_NAMED]
            ),
        ),
        ("Conditions", ", ".join(summary.conditions)),
    ]
    notes = summary.notes[-MOST_NOTES:]
    rows += [(f"Note {night.isoformat()}", note) for night, note in notes]
    return [(name, plain_line(value)) for name, value in rows if value]


def _counts(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{word} {count}" for word, count in list(counts)[:MOST_NAMED])


def _range(values: list[str]) -> str:
    """The minimum, the median and the maximum of sorted values."""
    if not values:
        return ""
    answers = counted(len(values), "answer")
    if values[0] == values[-1]:
        return f"{values[0]} ({answers})"
    middle = values[(len(values) - 1) // 2]
    return f"{values[0]} to {values[-1]}, median {middle} ({answers})"


_END = "Written by the person with uncramp, from what they logged. It is no diagnosis."


def summary_text(rows: Rows) -> Iterator[str]:
    """The page as lines of plain text."""
    yield TITLE
    yield ""
    width = max(len(name) for name, _ in rows) + 2
    for name, value in rows:
        yield from hung(f"{name:<{width}}", value, reading_width())
    yield ""
    yield _END


_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|~&"})


def summary_markdown(rows: Rows) -> Iterator[str]:
    """The page as Markdown."""
    yield f"# {TITLE}"
    yield ""
    yield "| | |"
    yield "| --- | --- |"
    yield from (f"| {name.translate(_MARKS)} | {value.translate(_MARKS)} |" for name, value in rows)
    yield ""
    yield _END


def summary_html(rows: Rows) -> Iterator[str]:
    """The page as HTML that loads nothing from outside."""
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f"<title>{TITLE}</title>"
    yield (
        "<style>@page { margin: 15mm } body { font: 11pt sans-serif; max-width: 45em } "
        "th { text-align: left; vertical-align: top; padding: 2pt 12pt 2pt 0; font-weight: 600; "
        "white-space: nowrap } td { padding: 2pt 0; overflow-wrap: anywhere }</style>"
    )
    yield f"</head>\n<body>\n<h1>{TITLE}</h1>\n<table>"
    for name, value in rows:
        yield f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>'
    yield f"</table>\n<p>{_END}</p>\n</body>\n</html>"


SUMMARY_WRITERS = {"text": summary_text, "md": summary_markdown, "html": summary_html}
"""The writer of each format, by name."""
