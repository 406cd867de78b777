"""The run: what to do now, how long, and what comes next."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Click, Resize
from textual.geometry import Size
from textual.getters import query_one
from textual.screen import Screen
from textual.timer import Timer

from uncramp.atlas import find_figure
from uncramp.conductor import Conductor
from uncramp.core.events import CueDue, Event, LengthChanged, SpanBegan
from uncramp.core.model import Side
from uncramp.core.moves import IllegalMove, Move, MoveKind, Phase
from uncramp.core.plan import SpanKind
from uncramp.core.record import Record
from uncramp.core.units import SECOND_MS, clock, spoken
from uncramp.core.view import View
from uncramp.tui.key_repeat import KeyRepeat
from uncramp.tui.messages import RunOver
from uncramp.tui.run_face import RunFace, Surroundings, Tone, face_of, side_sign
from uncramp.tui.run_rows import Part, Rows, aside_width, rows_for
from uncramp.tui.screens.details import details_of, keys_page
from uncramp.tui.screens.page_over import EndQuestion, PageOver
from uncramp.tui.widgets.bars import Bars, BarsShown
from uncramp.tui.widgets.big_time import BigTime, TimeShown
from uncramp.tui.widgets.figure import Figure, FigureShown
from uncramp.tui.widgets.key_line import KeyLine, KeyShown
from uncramp.tui.widgets.words import Ends, Words

NOTE_MS = 60_000
"""How long a prompt stays on the screen."""

MOVE_OF = {
    "pause": MoveKind.PAUSE,
    "go_on": MoveKind.GO_ON,
    "done": MoveKind.DONE,
    "next": MoveKind.NEXT,
    "back": MoveKind.BACK,
    "again": MoveKind.AGAIN,
    "more": MoveKind.MORE,
    "less": MoveKind.LESS,
    "catch_up": MoveKind.CATCH_UP,
}
"""The moves that the keys of this screen make, by the name of their action."""

APART_S = {"pause": 0.3, "go_on": 0.3, "more": 0.0, "less": 0.0}
"""How long after a move of a kind the next one counts; half a second for those not named."""

RANKS = (
    "pause", "go_on", "done", "catch_up", "again", "keys", "end", "next", "back",
    "more", "less", "details",
)  # fmt: skip
"""Which keys the key line keeps first where there is no room for all."""


class RunScreen(Screen[None], inherit_bindings=False):
    """A run, from its beginning to its end."""

    CSS_PATH = "run.tcss"
    AUTO_FOCUS = None
    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "pause", "Pause", id="run.pause", key_display="Space"),
        Binding("space", "go_on", "Go on", id="run.go-on", key_display="Space"),
        Binding("enter", "done", "Done", id="run.done", key_display="Enter"),
        Binding("right,n", "next", "Next", id="run.next", key_display="→"),
        Binding("left,b", "back", "Back", id="run.back", key_display="←"),
        Binding("r", "again", "Again", id="run.again", key_display="R"),
        Binding("c", "catch_up", "Catch up", id="run.catch-up", key_display="C"),
        Binding("plus,equals_sign", "more", "More", id="run.more", key_display="+"),
        Binding("minus", "less", "Less", id="run.less", key_display="-"),
        Binding("i", "details", "All of it", id="run.details", key_display="I"),
        Binding("q", "end", "End", id="run.end", key_display="Q"),
        Binding("question_mark", "keys", "Keys", id="run.keys", key_display="?"),
    ]

    top = query_one("#top", Ends)
    name_words = query_one("#name", Words)
    side_words = query_one("#side", Ends)
    big_time = query_one(BigTime)
    state = query_one("#state", Words)
    how = query_one("#how", Words)
    note = query_one("#note", Words)
    care = query_one("#care", Words)
    bars = query_one(Bars)
    coming = query_one("#next", Words)
    figure = query_one(Figure)
    sound = query_one("#sound", Words)
    key_line = query_one(KeyLine)

    def __init__(self, conductor: Conductor) -> None:
        """Show what `conductor` runs."""
        super().__init__()
        self.conductor = conductor
        self._timer: Timer | None = None
        self._repeat = KeyRepeat()
        self._face: RunFace | None = None
        self._laid_out_for: RunFace | None = None
        self._rows: Rows | None = None
        self._cells = Size(0, 0)
        self._keys_for: tuple[object, ...] = ()
        self._note = ""
        self._note_until_ms = 0
        self._is_over = False

    def compose(self) -> ComposeResult:
        """The parts, in the order in which they stand."""
        yield Ends(id="top")
        with Vertical(id="middle"):
            with Vertical(id="main"):
                with Vertical(id="now"):
                    yield Words(id="name")
                    yield Ends(id="side")
                with Vertical(id="clock"):
                    yield BigTime(id="time")
                    yield Words(id="state")
            with Vertical(id="aside") as aside:
                aside.border_title = "How"
                yield Words(id="how")
                yield Words(id="note")
                yield Words(id="care")
                yield Words(id="next")
                yield Figure(id="figure")
        yield Bars(id="bars")
        yield Words(id="sound")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Begin, or stand where the run was left."""
        if self.conductor.allows(MoveKind.START):
            self._make(Move(MoveKind.START))
        else:
            self._show()

    def on_resize(self, event: Resize) -> None:
        """Give out the rows anew."""
        self._cells = event.size
        self._face = self._laid_out_for = None
        self._show()

    # Time

    def tick(self) -> None:
        """Ask the run what has fallen due, and show it."""
        self._take(self.conductor.tick())

    def _make(self, move: Move) -> None:
        try:
            events = self.conductor.move(move)
        except IllegalMove:
            # The run went on in the moment between asking and doing.
            events = ()
        self._take(events)

    def _take(self, events: tuple[Event, ...]) -> None:
        for event in events:
            match event:
                case SpanBegan():
                    self._note = ""
                case CueDue(cue=cue) if cue.show and cue.show != _time_words(cue.at_ms):
                    self._say(cue.show)
                case LengthChanged(is_at_limit=True, length_ms=length_ms):
                    self._say(f"This step goes to {clock(length_ms)} and no further.")
        if self.conductor.record is not None:
            self._stop()
            self.post_message(RunOver(self.conductor.record))
            return
        self._arm()
        self._show()

    def _say(self, words: str) -> None:
        self._note = words
        self._note_until_ms = self.conductor.view().position_ms + NOTE_MS

    def _stop(self) -> None:
        self._is_over = True
        if self._timer is not None:
            self._timer.stop()

    def _arm(self) -> None:
        """Wake when the run next needs it, and never otherwise."""
        if self._timer is not None:
            self._timer.stop()
        wait_s = self.conductor.wait_s()
        self._timer = None if wait_s is None else self.set_timer(wait_s, self.tick)

    # Looks

    def _show(self) -> None:
        """Bring every part up to date; each draws only what differs."""
        if self._is_over or not self._cells:
            return
        view = self.conductor.view()
        if self._note and view.position_ms >= self._note_until_ms:
            self._note = ""
        status = self.conductor.player.status()
        ends_at = self.conductor.wall_at(self.conductor.now() + view.whole_left_ms)
        face = face_of(self.conductor.plan, view, Surroundings(ends_at, status.words, self._note))
        self.set_class(not status.is_heard, "-silent")
        if face != self._face:
            self._dress(face)
            self._face = face
        self._show_figure(view)
        self._show_keys(view)

    def _dress(self, face: RunFace) -> None:
        layout = face.without_what_flows()
        if layout != self._laid_out_for:
            self._laid_out_for = layout
            self._lay_out(face)
        self.top.show(face.title, face.end)
        self.name_words.show(face.name)
        sign = side_sign(face.side)
        if face.side is Side.RIGHT:
            self.side_words.show(face.place, sign, quiet=0)
        else:
            self.side_words.show(sign, face.place, quiet=1)
        self.big_time.show(TimeShown(face.time, face.widest_time))
        self.state.show(face.state)
        self.how.show(face.how)
        self.note.show(face.note)
        self.care.show(face.care)
        self.bars.show(BarsShown(face.step, face.whole))
        labels = ("Next  ", "Then  ")
        lines = [label + words for label, words in zip(labels, face.coming, strict=False)]
        self.coming.show("\n".join(lines) or "Next  the end")
        self.sound.show(face.sound)

    def _show_figure(self, view: View) -> None:
        """The picture of the step, or of the one that comes; its point pulses as seconds pass."""
        step = view.span.step
        figure = find_figure(step.point, step.figure) if step else None
        pulses = self.app.animation_level == "full" and view.phase is Phase.RUNNING
        is_hollow = pulses and view.shown_ms // SECOND_MS % 2 == 1
        self.figure.show(FigureShown(figure, view.span.side, is_hollow))

    def _lay_out(self, face: RunFace) -> None:
        for tone in Tone:
            self.set_class(face.tone is tone, f"-{tone}")
        for side in Side:
            self.set_class(face.side is side, f"-{side}")
        rows = rows_for(face, self._cells.width, self._cells.height)
        if rows == self._rows:
            return
        self._rows = rows
        for part in Part:
            widget = self.query_one(f"#{part}")
            count, above = rows.of.get(part, 0), rows.above.get(part, 0)
            widget.display = count > 0
            widget.styles.height = count
            if part is Part.NAME:
                self.query_one("#now").styles.padding = (above // 2, 0)
                continue
            margin = widget.styles.margin
            widget.styles.margin = (above, margin.right, margin.bottom, margin.left)
        width = aside_width(self._cells.width)
        self.set_class(width > 0, "-wide")
        self.query_one("#aside").styles.width = width or "1fr"

    def _show_keys(self, view: View) -> None:
        is_how_cut = self._rows is not None and self._rows.is_how_cut
        shown_for = (view.allowed, view.span.kind, is_how_cut)
        if shown_for == self._keys_for:
            return
        self._keys_for = shown_for
        keys = dict[str, KeyShown]()
        for active in self.active_bindings.values():
            binding = active.binding
            if active.node is not self or binding.action in keys:
                continue
            words, rank = binding.description, RANKS.index(binding.action)
            if binding.action == "done" and view.span.kind is not SpanKind.STEP:
                words = "Start now"
            if binding.action == "details" and is_how_cut:
                rank = RANKS.index("done")
            shown = self.app.get_key_display(binding)
            keys[binding.action] = KeyShown(shown, words, binding.action, rank)
        self.key_line.show(tuple(keys.values()))

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only the moves that the run allows now."""
        kind = MOVE_OF.get(action)
        return kind is None or self.conductor.allows(kind)

    def _press(self, action: str) -> None:
        """Make the move of a key, unless the key is being held."""
        now = self.conductor.clocks.steady()
        kind = "pause" if action == "go_on" else action
        if not self._repeat.takes(kind, now, APART_S.get(action, 0.5)):
            return
        self.tick()
        if not self._is_over and self.conductor.allows(MOVE_OF[action]):
            self._make(Move(MOVE_OF[action]))

    def action_pause(self) -> None:
        """Stop the clock."""
        self._press("pause")

    def action_go_on(self) -> None:
        """Let the clock go on."""
        self._press("go_on")

    def action_done(self) -> None:
        """This is done, on to the next."""
        self._press("done")

    def action_next(self) -> None:
        """Skip to the next step."""
        self._press("next")

    def action_back(self) -> None:
        """Go back to the step before, or to this one's beginning."""
        self._press("back")

    def action_again(self) -> None:
        """Do this step again from its beginning."""
        self._press("again")

    def action_more(self) -> None:
        """Give this step 15 seconds more."""
        self._press("more")

    def action_less(self) -> None:
        """Take 15 seconds from this step."""
        self._press("less")

    def action_catch_up(self) -> None:
        """Go to where the clock says, after a lapse."""
        self._press("catch_up")

    def on_click(self, event: Click) -> None:
        """Do the one obvious thing: done in an open step, else pause or go on."""
        if self.conductor.allows(MoveKind.GO_ON):
            self.action_go_on()
        elif self.conductor.view().counts_up and self.conductor.allows(MoveKind.DONE):
            self.action_done()
        elif self.conductor.allows(MoveKind.PAUSE):
            self.action_pause()

    def action_details(self) -> None:
        """Show all that is known of this step."""
        sound = self.conductor.player.status().words
        page = details_of(self.conductor.plan, self.conductor.view(), sound)
        self.app.push_screen(PageOver("This step", page))

    def action_keys(self) -> None:
        """Show the keys of this place."""
        self.app.push_screen(PageOver("Keys", keys_page(self)))

    def action_end(self) -> None:
        """Ask whether to end the run, which goes on meanwhile."""
        self.app.push_screen(EndQuestion(), self._answered)

    def _answered(self, is_to_end: bool | None) -> None:
        if is_to_end and not self._is_over:
            self._make(Move(MoveKind.END))

    def leave_at_once(self) -> Record | None:
        """End the run where it is, with nothing shown. Returns how far it got."""
        self._stop()
        if self.conductor.allows(MoveKind.END):
            self.conductor.move(Move(MoveKind.END))
        return self.conductor.record


def _time_words(at_ms: int) -> str:
    """What an open step's own prompt says: the time, which the screen shows anyway."""
    return f"{spoken(at_ms)}.".capitalize()
