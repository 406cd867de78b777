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
from uncramp.audio.volume import STEP, Loudness
from uncramp.core.figures.shapes import Figure as LimbFigure
from uncramp.core.routine.model import Side
from uncramp.core.run.events import Event, SpanBegan
from uncramp.core.run.moves import IllegalMove, Move, MoveKind, Phase
from uncramp.core.run.record import Record
from uncramp.core.run.view import View
from uncramp.core.text.durations import SECOND_MS
from uncramp.session.conductor import Conductor
from uncramp.tui.dialogs.page import EndQuestion, PageOver
from uncramp.tui.keys.names import bindings_of, key_name
from uncramp.tui.keys.repeat import KeyRepeat
from uncramp.tui.messages import News, RunOver, TitleChanged
from uncramp.tui.run.actions import (
    APART_S,
    HELD_APART_S,
    MOVE_OF,
    PRESSES,
    RANKS,
    SPECIAL,
    VOLUME_HELD_APART_S,
    is_offered,
    move_of_press,
    press_words,
)
from uncramp.tui.run.details import details_of, keys_page
from uncramp.tui.run.jump import JumpScreen
from uncramp.tui.run.layout import Part, Rows, aside_width, rows_for
from uncramp.tui.run.notes import note_after
from uncramp.tui.run.text import (
    STILL_AFTER_MS,
    KeyNames,
    RunFace,
    Surroundings,
    Tone,
    face_of,
    side_sign,
)
from uncramp.tui.terminal.title import news_of, title_of
from uncramp.tui.widgets.bars import Bars, BarsShown
from uncramp.tui.widgets.big_time import BigTime, TimeShown
from uncramp.tui.widgets.figure import Figure, FigureShown
from uncramp.tui.widgets.key_line import KeyLine, KeyShown
from uncramp.tui.widgets.large_words import LargeWords
from uncramp.tui.widgets.words import Ends, Tails, Words

NOTE_MS = 60_000
"""How long a prompt stays on the screen."""

UNHEARD_MS = 500
"""An Enter so soon after a span has begun by itself was meant for the one before."""


class RunScreen(Screen[None], inherit_bindings=False):
    """A run, from its beginning to its end."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = None
    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "done", "Done", id="run.done"),
        Binding("space", "main", "Pause", id="run.pause"),
        Binding("p", "hold", "Pause", id="run.hold"),
        Binding("right,n", "next", "Next", id="run.next"),
        Binding("left,b", "back", "Back", id="run.back"),
        Binding("u", "undo", "Undo", id="run.undo"),
        Binding("r,a", "again", "Again", id="run.again"),
        Binding("j", "jump", "Jump", id="run.jump"),
        Binding("c", "catch_up", "Catch up", id="run.catch-up"),
        Binding("plus,equals_sign", "more", "More", id="run.more"),
        Binding("minus", "less", "Less", id="run.less"),
        Binding("up", "volume(1)", "Louder", id="run.louder"),
        Binding("down", "volume(-1)", "Softer", id="run.softer"),
        Binding("m", "hush", "Quiet, mute", id="run.hush"),
        Binding("i", "details", "All of it", id="run.details"),
        Binding("q", "end", "End", id="run.end"),
        Binding("question_mark", "keys", "Keys", id="run.keys"),
    ]

    top = query_one("#top", Ends)
    name_words = query_one("#name", LargeWords)
    side_words = query_one("#side", Ends)
    big_time = query_one(BigTime)
    state = query_one("#state", Words)
    how = query_one("#how", Words)
    note = query_one("#note", Words)
    care = query_one("#care", Words)
    bars = query_one(Bars)
    coming = query_one("#next", Tails)
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
        self._stirred_ms = 0
        self._is_over = False
        self._named: KeyNames | None = None
        self._keeping_words = ""
        self._title_words = ""

    def compose(self) -> ComposeResult:
        """The parts, in the order in which they stand."""
        yield Ends(id="top")
        with Vertical(id="middle"):
            with Vertical(id="main"):
                with Vertical(id="now"):
                    yield LargeWords(id="name")
                    yield Ends(id="side")
                with Vertical(id="clock"):
                    yield BigTime(id="time")
                    yield Words(id="state")
            with Vertical(id="aside") as aside:
                aside.border_title = "How"
                yield Words(id="how")
                yield Words(id="note")
                yield Words(id="care")
                yield Tails(id="next")
                yield Figure(id="figure")
        yield Bars(id="bars")
        yield Words(id="sound")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Begin, or stand where the run was left."""
        self._stirred_ms = self.conductor.view().played_ms
        self._take(self.conductor.begin())

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
        note = note_after(events, self._note, self._keys_in_words().undo)
        has_begun = any(isinstance(event, SpanBegan) for event in events)
        if note != self._note or has_begun:
            self.tell(note)
        if self.conductor.record is not None:
            self._stop()
            self._tell_beside(events)
            self.post_message(RunOver(self.conductor.record))
            return
        self._tell_beside(events)
        self._arm()
        self._show()

    def _tell_beside(self, events: tuple[Event, ...]) -> None:
        """Tell whoever looks elsewhere, and once that the run cannot be kept, or is kept again."""
        for words in filter(None, map(news_of, events)):
            self.post_message(News(self.conductor.plan.routine.title, words))
        keeping = self.conductor.keeping
        words = keeping.words if keeping is not None else ""
        if words != self._keeping_words and not self._is_over:
            self._keeping_words = words
            self.tell(words)

    def tell(self, words: str) -> None:
        """Show `words` for a while, or until the next stretch of the plan; "" for nothing."""
        self._note = words
        self._note_until_ms = self.conductor.view().position_ms + NOTE_MS
        self._stir()

    def _stir(self) -> None:
        """Let a long step show all there is, for a while."""
        self._stirred_ms = self.conductor.view().played_ms

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
        status, figure = self.conductor.player.status(), _figure(view)
        around = Surroundings(
            wall_s=self.conductor.wall_at(self.conductor.now() + view.whole_left_ms),
            sound=self.conductor.sound_words,
            note=self._note,
            keys=self._keys_in_words(),
            has_picture=figure is not None,
            is_undisturbed=view.played_ms - self._stirred_ms >= STILL_AFTER_MS,
        )
        face = face_of(self.conductor.plan, view, around)
        self.set_class(not status.is_heard or self.conductor.loudness.is_muted, "-silent")
        if face != self._face:
            self._dress(face)
            self._face = face
        title = title_of(view, self.conductor.plan.routine.title)
        if title != self._title_words:
            self._title_words = title
            self.post_message(TitleChanged(title))
        self._show_figure(view, figure)
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
        lines = [
            (label + coming.name, f"· {coming.facts}")
            for label, coming in zip(labels, face.coming, strict=False)
        ]
        self.coming.show(tuple(lines) or (("Next  the end", ""),))
        self.sound.show(face.sound)

    def _show_figure(self, view: View, figure: LimbFigure | None) -> None:
        """The picture of the step, or of the one that comes; its point pulses as seconds pass."""
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
            widget.styles.height = "1fr" if part is Part.FIGURE else count
            if part is Part.NAME:
                self.query_one("#now").styles.padding = (above // 2, 0)
                continue
            margin = widget.styles.margin
            widget.styles.margin = (above, margin.right, margin.bottom, margin.left)
        width = aside_width(self._cells.width, face.tone)
        self.set_class(width > 0, "-wide")
        self.query_one("#aside").styles.width = width or "1fr"

    def _show_keys(self, view: View) -> None:
        is_cut = self._rows is not None and self._rows.is_cut
        plan = self.conductor.plan
        shown_for = (view.allowed, view.span.kind, view.counts_up, plan, is_cut)
        if shown_for == self._keys_for:
            return
        self._keys_for = shown_for
        keys = dict[str, KeyShown]()
        offered = [at.binding for at in self.active_bindings.values() if at.node is self]
        for binding in sorted(offered, key=_place_in_line):
            if binding.action in keys:
                continue
            name = binding.action.partition("(")[0]
            words = press_words(name, view) if name in PRESSES else binding.description
            if words is None:
                continue
            rank = RANKS.index("main" if name == "details" and is_cut else name)
            keys[binding.action] = KeyShown(key_name(binding), words, binding.action, rank)
        self.key_line.show(tuple(keys.values()))

    def _key_names(self) -> dict[str, str]:
        """What the first key of each action is called."""
        names = dict[str, str]()
        for binding in bindings_of(self):
            names.setdefault(binding.action, key_name(binding))
        return names

    def _keys_in_words(self) -> KeyNames:
        if self._named is None:
            names = self._key_names()
            self._named = KeyNames(
                names["main"], names["done"], names["again"], names["catch_up"], names["undo"]
            )
        return self._named

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only the moves that the run allows now."""
        return is_offered(action, self.conductor.allows)

    def on_key(self) -> None:
        """Any key lets a step that has grown still show all there is, and does what it does."""
        self._stir()
        self._show()

    def _press(self, action: str, kind: MoveKind | None) -> None:
        """Make the move of a key, unless the key is being held or the moment has passed."""
        view = self.conductor.view()
        key = "press" if action in PRESSES else action
        if not self._takes(key, self._steady(), kind) or kind is None:
            return
        self.tick()
        if kind is MoveKind.DONE and self.conductor.view().span.index != view.span.index:
            return
        if not self._is_over and self.conductor.allows(kind):
            self._make(Move(kind))

    def _steady(self) -> float:
        return self.conductor.clocks.steady()

    def _takes(self, key: str, now: float, kind: MoveKind | None = None) -> bool:
        apart_s = APART_S.get(kind, 0.5) if kind else 0.5
        return self._repeat.takes(key, now, apart_s, HELD_APART_S.get(kind) if kind else None)

    def _press_obvious(self, action: str) -> None:
        self._press(action, move_of_press(action, self.conductor.view()))

    def action_main(self) -> None:
        """Do the one obvious thing: pause, go on, or done where a step waits for you."""
        self._press_obvious("main")

    def action_done(self) -> None:
        """This is done, on to the next; else pause and go on."""
        view = self.conductor.view()
        kind = move_of_press("done", view)
        is_late = view.position_ms < UNHEARD_MS * self.conductor.speed
        self._press("done", None if kind is MoveKind.PAUSE and is_late else kind)

    def action_hold(self) -> None:
        """Pause and go on, in any step."""
        self._press_obvious("hold")

    def action_next(self) -> None:
        """Skip to the next step."""
        self._press("next", MOVE_OF["next"])

    def action_back(self) -> None:
        """Go back to the step before, or to this one's beginning."""
        self._press("back", MOVE_OF["back"])

    def action_undo(self) -> None:
        """Undo the last move: as if it had not been made."""
        self._press("undo", MOVE_OF["undo"])

    def action_again(self) -> None:
        """Do this step again from its beginning."""
        self._press("again", MOVE_OF["again"])

    def action_more(self) -> None:
        """Give this step 15 seconds more."""
        self._press("more", MOVE_OF["more"])

    def action_less(self) -> None:
        """Take 15 seconds from this step."""
        self._press("less", MOVE_OF["less"])

    def action_volume(self, steps: int) -> None:
        """Sound louder or softer from now on."""
        if self._repeat.takes("volume", self.conductor.clocks.steady(), 0.0, VOLUME_HELD_APART_S):
            self._set_loudness(self.conductor.loudness.changed(steps * STEP))

    def action_hush(self) -> None:
        """Sound quiet, or not at all, or as before."""
        if self._repeat.takes("hush", self.conductor.clocks.steady(), 0.0):
            self._set_loudness(self.conductor.loudness.hushed())

    def _set_loudness(self, loudness: Loudness) -> None:
        self.conductor.set_loudness(loudness)
        self.conductor.let_hear()
        if self._rows is None or not self._rows.of.get(Part.SOUND):
            self.tell(loudness.words)
        self._show()

    def action_catch_up(self) -> None:
        """Go to where the clock says, after a lapse."""
        self._press("catch_up", MOVE_OF["catch_up"])

    def on_click(self, event: Click) -> None:
        """Do the one obvious thing, wherever the click was."""
        self._stir()
        self.action_main()

    def action_jump(self) -> None:
        """Choose a step from the list of all of them, and go there."""
        view = self.conductor.view()
        self.app.push_screen(JumpScreen(self.conductor.plan, view.span.step_number), self._jump)

    def _jump(self, index: int | None) -> None:
        if index is not None and not self._is_over and self.conductor.allows(MoveKind.JUMP):
            self._make(Move(MoveKind.JUMP, to_index=index))

    def action_details(self) -> None:
        """Show all that is known of this step."""
        conductor = self.conductor
        page = details_of(conductor.plan, conductor.view(), conductor.sound_words)
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

    def leave_at_once(self, *, may_be_kept: bool = False) -> Record | None:
        """End the run where it is, with nothing shown. Returns how far it got.

        None where it `may_be_kept`, and is, so that it can be taken up again.
        """
        self._stop()
        if may_be_kept and self.conductor.leave():
            return None
        if self.conductor.allows(MoveKind.END):
            self.conductor.move(Move(MoveKind.END))
        return self.conductor.record


def _figure(view: View) -> LimbFigure | None:
    step = view.span.step
    return find_figure(step.point, step.figure) if step else None


def _place_in_line(binding: Binding) -> tuple[int, str]:
    """What is pressed with eyes shut comes first, then what is special to this run."""
    name = binding.action.partition("(")[0]
    if name in PRESSES:
        return 0, ""
    return (1, binding.key) if name in SPECIAL else (2, "")
