"""The drawing of a run: its parts and their places, from one frozen value."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Region, Size
from textual.message import Message
from textual.widget import Widget

from uncramp.core.routine.model import Side
from uncramp.core.run.view import View
from uncramp.tui.parts import kept_part
from uncramp.tui.run.care import CareWords
from uncramp.tui.run.layout import aside_width, rows_for
from uncramp.tui.run.row_grants import Part, Rows
from uncramp.tui.run.row_wants import MARGIN
from uncramp.tui.run.text import RunFace, Tone, side_sign
from uncramp.tui.widgets.bars import Bars, BarsShown
from uncramp.tui.widgets.big_time import BigTime, TimeShown
from uncramp.tui.widgets.button_rows import ButtonRows
from uncramp.tui.widgets.figure import FigureShown, FigureWidget
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.large_words import LargeWords
from uncramp.tui.widgets.words import Block, Ends, Tails, Words
from uncramp.tui.widgets.wrapping import fits_beside


class RunPanel(Widget):
    """All parts of a run; each draws only what changed."""

    class Resized(Message):
        """The size has changed: everything must be shown again."""

    top = kept_part("#top", Ends)
    name_words = kept_part("#name", LargeWords)
    side_words = kept_part("#side", Ends)
    sign = kept_part("#sign", Block)
    big_time = kept_part("BigTime", BigTime)
    state = kept_part("#state", Words)
    how = kept_part("#how", Words)
    note = kept_part("#note", Words)
    care = kept_part("#care", CareWords)
    buttons = kept_part("ButtonRows", ButtonRows)
    bars = kept_part("Bars", Bars)
    coming = kept_part("#next", Tails)
    hold = kept_part("#hold", FigureWidget)
    figure = kept_part("#figure", FigureWidget)
    sound = kept_part("#sound", Words)
    key_line = kept_part("KeyLine", KeyLine)

    def __init__(self, cells: Size) -> None:
        """Show nothing yet; there will be room for so many `cells`."""
        super().__init__()
        self._face: RunFace | None = None
        self._laid_out_for: RunFace | None = None
        self._rows: Rows | None = None
        self._cells = cells
        self._is_styled = False
        """Is it on the screen, in the styles of its classes?"""

    def compose(self) -> ComposeResult:
        """The parts, from top to bottom."""
        yield Ends(id="top")
        with Vertical(id="middle"):
            with Vertical(id="main"):
                yield FigureWidget(id="hold")
                with Vertical(id="now"):
                    yield LargeWords(id="name")
                    yield Ends(id="side")
                with Vertical(id="clock"):
                    with Vertical(id="time-and-side"):
                        yield Block(id="sign")
                        yield BigTime(id="time")
                    yield Words(id="state")
            with Vertical(id="aside") as aside:
                aside.border_title = "How"
                yield Words(id="how")
                yield Words(id="note")
                yield CareWords(id="care")
                yield Tails(id="next")
                yield FigureWidget(id="figure")
        yield ButtonRows(id="buttons")
        yield Bars(id="bars")
        yield Words(id="sound")
        yield KeyLine(id="keys")

    def on_resize(self) -> None:
        """Give out the rows again, unless there is as much room as was foreseen."""
        self._is_styled = True
        if self._cells == self.size and self._face is not None:
            return
        self._cells = self.size
        self._face = self._laid_out_for = None
        self.post_message(self.Resized())

    @property
    def has_room(self) -> bool:
        """Is it on the screen yet?"""
        return bool(self._cells)

    @property
    def is_cut(self) -> bool:
        """Is the text on how to do it, or a caution, cut?"""
        return self._rows is not None and self._rows.is_cut

    @property
    def uncounted_cautions(self) -> str:
        """The number of cautions if no row shows it; else ""."""
        care = self._face.care if self._face else None
        is_still = self._face is not None and self._face.tone is Tone.STILL
        if care is None or not care.cautions or is_still or self.has_row_for(Part.CARE):
            return ""
        return care.count_words(len(care.cautions))

    def passing_regions(self, view: View) -> Iterator[Region]:
        """The places that change by themselves: the time of day, the sound, a position."""
        if self.has_row_for(Part.TOP) and self._face is not None:
            top, end = self.top.region, len(self._end_words(self._face))
            yield Region(top.right - end - 1, top.y, end + 1, 1)
        if self._face is not None and self._has_sign_beside_the_side(self._face):
            yield self.side_words.region
        # A note may say that there is no sound, which the next start may have.
        for part, words in ((Part.SOUND, self.sound), (Part.NOTE, self.note)):
            if self.has_row_for(part):
                yield words.region
        if view.played_ms:
            yield self.bars.region

    def has_row_for(self, part: Part) -> bool:
        """Is that part on the screen?"""
        return self._rows is not None and bool(self._rows.of.get(part))

    def show_silence(self, *, is_silent: bool) -> None:
        """Show whether nothing of this run is heard."""
        self.set_class(is_silent, "-silent", update=self._is_styled)

    def show(self, face: RunFace, figure: FigureShown) -> None:
        """Show `face`, with the picture of the place."""
        if face != self._face:
            self._show_face(face)
            self._face = face
        has_hold = self._rows is not None and self._rows.hold_columns > 0
        self.hold.show(figure if has_hold else FigureShown())
        self.figure.show(FigureShown() if has_hold else figure)

    def _show_face(self, face: RunFace) -> None:
        layout = face.without_what_flows()
        if layout != self._laid_out_for:
            self._laid_out_for = layout
            self._lay_out(face)
            self._show_words(face)
        is_place_at_top = self.has_row_for(Part.SIGN) and not self.has_row_for(Part.SIDE)
        title = f"{face.title} · {face.place}" if is_place_at_top else face.title
        self.top.show(title, self._end_words(face))
        self._show_side(face)
        self.big_time.show(TimeShown(face.time, face.widest_time))
        self.bars.show(BarsShown(face.step, face.whole))
        self.sound.show(" · ".join(filter(None, (face.ear, face.sound))))

    def _end_words(self, face: RunFace) -> str:
        signs = "" if self.has_row_for(Part.SOUND) else face.signs
        return " · ".join(filter(None, (signs, face.end)))

    def _place_words(self, face: RunFace, side: str) -> str:
        """The place in the plan; on a tiny screen the signs of sound and listening come first."""
        if not self._has_sign_beside_the_side(face):
            return face.place
        both = f"{face.signs} · {face.place}"
        width = self._cells.width - MARGIN - 2
        return both if fits_beside(side, both, width) else face.signs

    def _has_sign_beside_the_side(self, face: RunFace) -> bool:
        has_place = self.has_row_for(Part.SOUND) or self.has_row_for(Part.TOP)
        return bool(face.signs) and self.has_row_for(Part.SIDE) and not has_place

    def _show_side(self, face: RunFace) -> None:
        # If the side is large, its small word is not needed.
        sign = "" if self.has_row_for(Part.SIGN) else side_sign(face.side)
        place = self._place_words(face, sign)
        if face.side is Side.RIGHT:
            self.side_words.show(place, sign, quiet=0)
        else:
            self.side_words.show(sign, place, quiet=1)

    def _show_words(self, face: RunFace) -> None:
        """Show what stays the same from second to second."""
        self.name_words.show(face.name)
        self.state.show(face.state)
        self.how.show(face.how)
        self.note.show(face.note)
        self.care.show(face.care)
        labels = ("Next  ", "Then  ")
        lines = [
            (label + coming.name, f"· {coming.facts}")
            for label, coming in zip(labels, face.coming, strict=False)
        ]
        self.coming.show(tuple(lines) or (("Next  the end", ""),))

    def _lay_out(self, face: RunFace) -> None:
        rows = rows_for(face, self._cells.width, self._cells.height)
        width = aside_width(self._cells.width, face)
        # All at once: each change of a class styles every part again, which is done anyway when
        # a new screen comes to the front.
        self.update_classes(
            {f"-{tone}": face.tone is tone for tone in Tone}
            | {f"-{side}": face.side is side for side in Side}
            | {"-aside": width > 0},
            update=self._is_styled,
        )
        if rows == self._rows:
            return
        self._rows = rows
        for part in Part:
            self._place(part, rows)
        self._place_sign(face, rows)
        self.hold.display = rows.hold_columns > 0
        self.hold.styles.width = rows.hold_columns
        self.query_one("#aside").styles.width = width or "1fr"

    def _place_sign(self, face: RunFace, rows: Rows) -> None:
        time, form = rows.of.get(Part.TIME, 0), rows.sign
        is_beside = form is not None and rows.has_sign_beside
        self.set_class(is_beside, "-sign-beside", update=self._is_styled)
        both = self.query_one("#time-and-side")
        if form is None:
            both.styles.height = time
            return
        self.sign.show(form.drawn(), is_at_right=face.side is Side.RIGHT)
        self.sign.styles.width = form.columns if is_beside else "100%"
        both.styles.height = max(time, form.rows) if is_beside else "auto"

    def _place(self, part: Part, rows: Rows) -> None:
        widget = self.query_one(f"#{part}")
        count, above = rows.of.get(part, 0), rows.above.get(part, 0)
        widget.display = count > 0
        widget.styles.height = "1fr" if part is Part.FIGURE else count
        if part is Part.NAME:
            self.query_one("#now").styles.padding = (above // 2, 0)
            return
        if part is Part.TIME:
            widget = self.query_one("#time-and-side")
        margin = widget.styles.margin
        widget.styles.margin = (above, margin.right, margin.bottom, margin.left)
