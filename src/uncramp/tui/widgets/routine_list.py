"""The routines of the library, up to three lines each; only visible ones are drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from uncramp.core.text.durations import clock
from uncramp.core.text.suggestions import counted
from uncramp.tui.widgets.row_list import Line, RowList
from uncramp.tui.widgets.wrapping import fitted, shortened

ROOM_FOR_SUMMARY = 12
"""From this many lines on, each row has its summary below it, on one line."""

ROOM_FOR_ALL = 26
"""From this many lines on, a summary may take two, and groups have a blank line above."""

LEAST_TITLE = 34
"""If a title would have fewer cells than this, the steps and then "about" are left out."""

STAR = "★"


@dataclass(frozen=True, slots=True)
class Heading:
    """The words over a group."""

    words: str


class Row(NamedTuple):
    """One routine in the list. A tuple with its words unwritten: thousands are made at once."""

    id: str
    title: str
    trouble: str = ""
    """What is wrong with it, instead of its steps and length."""
    step_count: int = 0
    length_ms: int = 0
    is_about: bool = False
    """Is the length only an estimate?"""
    summary: str = ""
    is_favourite: bool = False
    is_broken: bool = False
    is_barred: bool = False
    """Is it not for this person?"""

    @property
    def steps(self) -> str:
        """How many steps, in words; empty if that is not known."""
        if self.trouble:
            return ""
        return counted(self.step_count, "step")

    @property
    def length(self) -> str:
        """How long it takes, as a clock; empty if that is not known."""
        if self.trouble:
            return ""
        return f"{'about ' if self.is_about else ''}{clock(self.length_ms)}"


class RoutineList(RowList[Heading | Row]):
    """Routines to choose from, in groups."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row--title", "row--broken", "row--star", "row--barred",
    }  # fmt: skip

    DEFAULT_CSS = """
    RoutineList {
        & > .row--title { color: $foreground; text-style: bold; }
        & > .row--broken { color: $text-error; text-style: bold; }
        & > .row--star { color: $primary; text-style: bold; }
        & > .row--barred { color: $text-muted; text-style: not bold; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Show no rows yet."""
        super().__init__(id=id)
        self._columns = (0, 0)

    def show(self, rows: Sequence[Heading | Row], *, from_top: bool = False) -> None:
        """Show `rows`.

        The chosen one stays chosen if it is still there. The first one is chosen if it was before,
        or if the list starts again, `from_top`.
        """
        before = self.chosen_row
        is_first = before is None or before == next(self.routines, None)
        all_of = [row for row in rows if isinstance(row, Row)]
        exact, about = ([row for row in all_of if row.is_about is rough] for rough in (False, True))
        most = max(all_of, key=lambda row: row.step_count, default=None)
        longest = [max(of, key=lambda row: row.length_ms) for of in (exact, about) if of]
        self._columns = (
            cell_len(most.steps) if most else 0,
            max((cell_len(row.length) for row in longest), default=0),
        )
        kept = before.id if before is not None and not is_first and not from_top else None
        at = (i for i, row in enumerate(rows) if isinstance(row, Row) and row.id == kept)
        self.show_rows(rows, next(at, 0))

    @property
    def routines(self) -> Iterator[Row]:
        """The routines that are listed."""
        return (row for row in self.rows if isinstance(row, Row))

    @property
    def chosen_row(self) -> Row | None:
        """The routine that Enter opens; None if there is none."""
        row = super().chosen_row
        return row if isinstance(row, Row) else None

    def can_choose(self, row: Heading | Row) -> bool:
        """Can the row be chosen? A heading cannot."""
        return isinstance(row, Row)

    def tops(self, rows: Sequence[Heading | Row]) -> Sequence[int]:
        """The first line of each row, and after them the number of lines in all."""
        height, width = self.size.height, self.scrollable_content_region.width

        def lines(at: int, row: Heading | Row) -> int:
            if isinstance(row, Heading):
                return 2 if at and height >= ROOM_FOR_ALL else 1
            if height < ROOM_FOR_SUMMARY or not row.summary:
                return 1
            # By the number of characters: wrapping thousands of summaries would take too long.
            is_long = height >= ROOM_FOR_ALL and len(row.summary) > width - 3
            return 2 + is_long

        return tuple(accumulate((lines(at, row) for at, row in enumerate(rows)), initial=0))

    def draw(self, row: Heading | Row, line: int, width: int, *, is_chosen: bool) -> Line:
        """One line of a row."""
        if isinstance(row, Heading):
            has_blank = line == 0 and row != self.rows[0] and self.size.height >= ROOM_FOR_ALL
            return self.heading("" if has_blank else row.words, width)
        if line:
            return self._summary(row, line - 1, is_chosen, width)
        return self._head(row, is_chosen, width)

    def _head(self, row: Row, is_chosen: bool, width: int) -> Line:
        """The title with its star, and the text at the right edge."""
        title = self.style("chosen" if is_chosen else "title")
        star = self._on(title, "star")
        quiet = "chosen-quiet" if is_chosen else "quiet"
        of_right = self._on(title, "broken" if row.is_broken else quiet)
        of_title = self._on(title, "barred") if row.is_barred and not is_chosen else title
        before = f"{STAR} " if row.is_favourite else ""
        right = shortened(self._right(row, width), max(width - 4, 0))
        room = max(width - cell_len(right) - cell_len(before) - 5, 0)
        text = shortened(row.title, room)
        gap = " " * max(width - cell_len(before + text) - cell_len(right) - 3, 0)
        return [
            Segment("▌ " if is_chosen else "  ", title),
            Segment(before, star),
            Segment(text, of_title),
            Segment(gap, title),
            Segment(right, of_right),
        ], title

    def _right(self, row: Row, width: int) -> str:
        """The steps and the length in their columns, as far as there is room for them."""
        if row.trouble:
            return row.trouble
        if row.is_barred and self.size.height < ROOM_FOR_SUMMARY:
            return "not for you"
        steps, length = self._columns
        if width - length - 5 < LEAST_TITLE:
            return f"{'~' if row.is_about else ''}{clock(row.length_ms)}"
        right = f"{row.length:>{length}}"
        return (
            f"{row.steps:>{steps}}  {right}" if width - steps - length - 7 >= LEAST_TITLE else right
        )

    def _summary(self, row: Row, line: int, is_chosen: bool, width: int) -> Line:
        title = self.style("chosen" if is_chosen else "title")
        style = self.style("chosen-quiet" if is_chosen else "quiet")
        mark = Segment("▌" if is_chosen else " ", title)
        rows = 2 if self.size.height >= ROOM_FOR_ALL else 1
        texts = fitted(row.summary, max(width - 3, 0), rows)
        return [mark, Segment(f" {texts[line] if line < len(texts) else ''}", style)], style

    def _on(self, ground: Style, name: str) -> Style:
        """That style, on the same background as the rest of the line."""
        return self.style(name) + Style(bgcolor=ground.bgcolor)
