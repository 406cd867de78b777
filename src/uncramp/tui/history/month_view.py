"""A month as a calendar: a cell for each day, with a sign for its night."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rich.segment import Segment
from textual.events import Click
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from uncramp.core.history.calendar import NightFacts, weeks_of
from uncramp.session.entry_words import BOTH, CALM, CRAMP, DAYS, MONTHS, ROUTINE, sign_of

NARROWEST, WIDEST = 5, 9
"""Columns of a cell."""

_NAMES = {CRAMP: "cramp", ROUTINE: "routine", BOTH: "both", CALM: "calm", " ": "unknown"}


@dataclass(frozen=True, slots=True)
class MonthShown:
    """What the calendar shows."""

    nights: Mapping[date, NightFacts]
    chosen: date
    """The night that Enter opens; its month is shown."""
    today: date


class MonthView(Widget):
    """Weeks as rows, Monday first; the chosen day is in brackets."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "month--title", "month--days", "month--chosen", "month--to-come",
        *(f"month--{name}" for name in _NAMES.values()),
    }  # fmt: skip

    DEFAULT_CSS = """
    MonthView {
        height: auto;
        & > .month--title { color: $primary; text-style: bold; }
        & > .month--days { color: $text-muted; }
        & > .month--unknown { color: $foreground; }
        & > .month--to-come { color: $text-muted; }
        & > .month--cramp { color: $text-warning; text-style: bold; }
        & > .month--both { color: $text-warning; text-style: bold; }
        & > .month--routine { color: $text-accent; text-style: bold; }
        & > .month--calm { color: $foreground; }
        & > .month--chosen { color: $primary; background: $surface; text-style: bold; }
    }
    """

    @dataclass
    class DayClicked(Message):
        """A day was clicked."""

        day: date

    def __init__(self, shown: MonthShown, *, id: str | None = None) -> None:  # noqa: A002
        """Show a month."""
        super().__init__(id=id)
        self._shown = shown
        self._is_spaced = False

    @property
    def text(self) -> str:
        """The text, a line for each row."""
        rows = range(self._rows())
        return "\n".join(self.render_line(y).text.rstrip() for y in rows)

    def show(self, shown: MonthShown) -> None:
        """Show another day, or another month."""
        is_other = len(weeks_of(shown.chosen)) != len(weeks_of(self._shown.chosen))
        self._shown = shown
        self.refresh(layout=is_other)

    def space(self, is_spaced: bool) -> None:
        """Leave a row free between the weeks, or not."""
        if is_spaced != self._is_spaced:
            self._is_spaced = is_spaced
            self.refresh(layout=True)

    def get_content_height(self, *_: object) -> int:
        """How many rows it takes."""
        return self._rows()

    def _rows(self) -> int:
        return 2 + len(weeks_of(self._shown.chosen)) * (2 if self._is_spaced else 1)

    @property
    def _cell(self) -> int:
        return max(min(self.content_size.width // 7, WIDEST), NARROWEST)

    def render_line(self, y: int) -> Strip:
        """One row: the month's name, the days of the week, or a week."""
        width, chosen, cell = self.content_size.width, self._shown.chosen, self._cell
        if y == 0:
            words = f" {MONTHS[chosen.month - 1]} {chosen.year}"
            return self._strip([self._segment(words, "title")], width)
        if y == 1:
            names = "".join(f"{day:>{cell - 2}}  " for day in DAYS)
            return self._strip([self._segment(names, "days")], width)
        row, between = divmod(y - 2, 2 if self._is_spaced else 1)
        weeks = weeks_of(chosen)
        if between or row >= len(weeks):
            return Strip.blank(width, self.rich_style)
        return self._strip([part for day in weeks[row] for part in self._day(day)], width)

    def _day(self, day: date | None) -> tuple[Segment, ...]:
        cell = self._cell
        if day is None:
            return (self._segment(" " * cell, "unknown"),)
        sign = sign_of(self._shown.nights.get(day))
        is_chosen = day == self._shown.chosen
        name = "to-come" if day > self._shown.today else _NAMES[sign]
        # 2 columns for the day, 1 for its sign, 2 for the brackets.
        before, after = "[]" if is_chosen else "  "
        words = f"{before}{day.day:>2}{sign}{after}"
        free = self._segment(" " * (cell - len(words)), "unknown")
        return free, self._segment(words, "chosen" if is_chosen else name)

    def _segment(self, text: str, name: str) -> Segment:
        return Segment(text, self.get_component_rich_style(f"month--{name}"))

    def _strip(self, segments: list[Segment], width: int) -> Strip:
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def on_click(self, event: Click) -> None:
        """Choose the day under the mouse."""
        row, between = divmod(event.y - 2, 2 if self._is_spaced else 1)
        at, weeks = event.x // self._cell, weeks_of(self._shown.chosen)
        if event.y >= 2 and not between and row < len(weeks) and at < 7:
            day = weeks[row][at]
            if day is not None:
                self.post_message(self.DayClicked(day))
