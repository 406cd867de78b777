"""The month: the nights with a cramp, with the evening routine, with both, and with neither."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one

from uncramp.core.history.calendar import NightFacts, weeks_of
from uncramp.runs.history_problems import CannotUse
from uncramp.session.entry_words import (
    SIGN_WORDS,
    cannot_use_words,
    month_sentences,
    night_words,
)
from uncramp.tui.base_screen import BaseScreen
from uncramp.tui.history.month_view import MonthShown, MonthView
from uncramp.tui.history.rows import day_words
from uncramp.tui.keys.bindings import bindings_for
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.text_page import Look, Paragraph, TextPage

ROOM_FOR_SPACE = 28
"""From this many rows on, a row between the weeks stays free."""

LEGEND = " · ".join(f"{sign} {words}" for sign, words in SIGN_WORDS)


class MonthScreen(BaseScreen[date | None]):
    """A calendar of nights. Its result is the night to open, or None."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = None

    PLACE = "month"
    BINDINGS = bindings_for(
        "month",
        left="by(-1)", right="by(1)", up="by(-7)", down="by(7)", before="months(-1)",
        after="months(1)", keys="app.keys",
    )  # fmt: skip

    view = query_one(MonthView)
    about = query_one(TextPage)

    def __init__(
        self, nights: Callable[[date, date], Mapping[date, NightFacts]], today: date
    ) -> None:
        """Show the month of `today`. `nights` may raise CannotUse."""
        super().__init__()
        self._nights = nights
        self._today = today
        self._chosen = today
        self._known: Mapping[date, NightFacts] = {}
        self._known_month = ""
        self._problem = ""

    def compose(self) -> ComposeResult:
        """The calendar, what is known about the chosen night and the month, and the keys."""
        with Vertical(id="frame") as frame:
            frame.border_title = "Month"
            yield MonthView(MonthShown({}, self._today, self._today), id="month")
            about = TextPage(id="about")
            # The arrows move in the calendar.
            about.can_focus = False
            yield about
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Show the month."""
        self.show_keys()
        self._show()

    def on_resize(self) -> None:
        """Give the weeks more room if there is some."""
        self.view.space(self.size.height >= ROOM_FOR_SPACE)

    def _show(self) -> None:
        month = self._chosen.strftime("%Y-%m")
        if month != self._known_month:
            self._read(month)
        self.view.show(MonthShown(self._known, self._chosen, self._today))
        self.about.show(tuple(self._page()))

    def _read(self, month: str) -> None:
        days = [day for week in weeks_of(self._chosen) for day in week if day is not None]
        try:
            self._known, self._problem = self._nights(days[0], days[-1]), ""
        except CannotUse as problem:
            self._known, self._problem = {}, cannot_use_words(problem)
        self._known_month = month

    def _page(self) -> list[Paragraph]:
        if self._problem:
            return [Paragraph(self._problem, Look.CARE)]
        night = "Tonight" if self._chosen == self._today else f"Night of {day_words(self._chosen)}"
        words = night_words(self._known.get(self._chosen))
        if self._chosen > self._today:
            words = "This night is still to come."
        page = [Paragraph(f"{night}: {words}", Look.STRONG), Paragraph(LEGEND, Look.QUIET)]
        page.append(Paragraph())
        page += map(Paragraph, month_sentences(self._chosen, self._known, self._today))
        return page

    def action_by(self, days: int) -> None:
        """Choose another day, even in another month."""
        try:
            self._chosen += timedelta(days=days)
        except OverflowError:
            return
        self._show()

    def action_months(self, months: int) -> None:
        """Choose the same day in another month, or its last day."""
        year, at = divmod(self._chosen.year * 12 + self._chosen.month - 1 + months, 12)
        if not date.min.year <= year <= date.max.year:
            return
        days = (day for week in weeks_of(date(year, at + 1, 1)) for day in week if day)
        self._chosen = max(day for day in days if day.day <= self._chosen.day)
        self._show()

    def action_today(self) -> None:
        """Choose tonight."""
        self._chosen = self._today
        self._show()

    @on(MonthView.DayClicked)
    def _day_clicked(self, message: MonthView.DayClicked) -> None:
        if message.day == self._chosen:
            self.action_open()
        else:
            self._chosen = message.day
            self._show()

    def action_open(self) -> None:
        """List the entries of the chosen night."""
        self.dismiss(self._chosen)

    def action_close(self) -> None:
        """Go back to the history."""
        self.dismiss(None)
