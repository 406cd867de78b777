"""The run: what to do now, how long, and what comes next."""

from asyncio import TimerHandle
from collections.abc import Iterable

from textual.app import ComposeResult
from textual.events import Click
from textual.geometry import Region

from uncramp.audio.volume import STEP, Loudness
from uncramp.core.run.events import Event, LengthChanged, SpanBegan, WentOn
from uncramp.core.run.moves import ADJUST_MS, IllegalMove, Move, MoveKind, Phase
from uncramp.core.run.obvious import UNHEARD_MS
from uncramp.core.run.record import Record
from uncramp.core.run.view import View
from uncramp.core.text.durations import MINUTE_MS, SECOND_MS
from uncramp.runs.save_status import SaveStatus, save_words
from uncramp.session.conductor import Conductor, LeaveResult
from uncramp.tui.base_screen import BaseScreen
from uncramp.tui.keys.bindings import bindings_for, names_of
from uncramp.tui.keys.repeat import KeyRepeat
from uncramp.tui.messages import News, RunKept, RunOver, TitleChanged
from uncramp.tui.parts import kept_part
from uncramp.tui.run.actions import (
    APART_S,
    HELD_APART_S,
    MOVE_OF,
    PRESSES,
    VOLUME_HELD_APART_S,
    Ending,
    is_offered,
    move_of_press,
)
from uncramp.tui.run.control_link import ControlLink
from uncramp.tui.run.ear_words import ear_sign
from uncramp.tui.run.notes import LIMIT_NOTE_S, NOTE_S, TROUBLE_NOTE_S, NoteBoard, note_after
from uncramp.tui.run.panel import RunPanel
from uncramp.tui.run.row_grants import Part
from uncramp.tui.run.run_dialogs import details_page, end_dialog, jump_screen, withdraw_end
from uncramp.tui.run.run_keys import run_keys
from uncramp.tui.run.sound_words import TroubleWatch, sound_line, sound_sign
from uncramp.tui.run.step_figure import figure_of, figure_shown
from uncramp.tui.run.text import STILL_AFTER_MS, KeyNames, Surroundings, face_of
from uncramp.tui.terminal.title import news_of, title_of
from uncramp.tui.terminal.waking import call_after
from uncramp.tui.widgets.button_rows import ButtonRow


class RunScreen(BaseScreen[None]):
    """A run, from its beginning to its end."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = None

    PLACE = "run"
    IS_RUN = True
    BINDINGS = bindings_for(
        "run",
        pause="main", louder="volume(1)", softer="volume(-1)", keys="app.keys",
    )  # fmt: skip

    panel = kept_part("RunPanel", RunPanel)

    def __init__(self, conductor: Conductor) -> None:
        """Show the run of `conductor`."""
        super().__init__()
        self.conductor = conductor
        self._timer: TimerHandle | None = None
        self._repeat = KeyRepeat()
        self._keys_for: tuple[object, ...] = ()
        self._board = NoteBoard(conductor.clocks.steady)
        self._troubles = TroubleWatch()
        self._stirred_ms = 0
        self._is_over = False
        self._named: KeyNames | None = None
        self._save_status = SaveStatus()
        self._title_words = ""
        self._link = ControlLink(conductor, self._take, self.call_later)

    def compose(self) -> ComposeResult:
        """The screen is one panel."""
        yield RunPanel(self.app.size)

    def on_mount(self) -> None:
        """Begin, or show where the run was left."""
        self._stirred_ms = self.conductor.view().played_ms
        self._take(self.conductor.begin())
        self.call_after_refresh(self._let_in)

    def _let_in(self) -> None:
        """Let other programs steer the run, now that there is something to see."""
        if not self._is_over and (refused := self._link.open()):
            self._tell_trouble(refused)
        self._show()

    def on_run_panel_resized(self) -> None:
        """Show it again after a change of size."""
        self._show()

    # Time

    def tick(self) -> None:
        """Get what has fallen due from the run, and show it."""
        self._take(self.conductor.tick())
        self.conductor.save_progress()

    def _make(self, move: Move) -> None:
        try:
            events = self.conductor.move(move)
        except IllegalMove:
            # The run went on between asking and acting.
            events = ()
        self._take(events)

    def _take(self, events: tuple[Event, ...]) -> None:
        before = self._board.note
        note = note_after(events, before, self._keys_in_words().undo)
        has_begun = any(isinstance(event, SpanBegan) for event in events)
        if note != before or has_begun:
            is_limit = any(isinstance(event, LengthChanged) for event in events)
            self.tell(note, LIMIT_NOTE_S if is_limit else NOTE_S)
        if any(isinstance(event, WentOn) for event in events):
            withdraw_end(self.app.screen)
        if self.conductor.record is not None:
            self._stop()
            self._tell_beside(events)
            self.post_message(RunOver(self.conductor.record))
            return
        self._tell_beside(events)
        self._arm()
        self._show()

    def _tell_beside(self, events: tuple[Event, ...]) -> None:
        """Send notifications, and say once that the run cannot be saved, or is saved again."""
        for words in filter(None, map(news_of, events)):
            self.post_message(News(self.conductor.plan.routine.title, words))
        autosave = self.conductor.autosave
        status = autosave.status if autosave is not None else SaveStatus()
        if status != self._save_status and not self._is_over:
            self._save_status = status
            self._tell_trouble(save_words(status), NOTE_S)

    def tell(self, words: str, for_s: float = NOTE_S) -> None:
        """Show `words` for some time, or until the next span; "" for nothing."""
        self._board.tell(words, for_s)
        if words:
            self.set_timer(for_s, self._show)
        self._stir()

    def _tell_trouble(self, words: str, for_s: float = TROUBLE_NOTE_S) -> None:
        """Show a trouble in full for a moment; afterwards a sign and the details show it."""
        self._board.tell_trouble(words, for_s)
        if words:
            self.set_timer(for_s, self._show)
            self._stir()

    def _stir(self) -> None:
        """Let a long step show everything for a while."""
        self._stirred_ms = self.conductor.view().played_ms

    def _stop(self) -> None:
        self._link.close()
        self._is_over = True
        if self._timer is not None:
            self._timer.cancel()

    def _arm(self) -> None:
        """Wake only when the run next needs it."""
        if self._timer is not None:
            self._timer.cancel()
        wait_s = self.conductor.wait_s()
        self._timer = None if wait_s is None else call_after(self, wait_s, self.tick)

    # Looks

    def _show(self) -> None:
        """Update every part; each draws only what changed."""
        self._link.tell_change()
        if self._is_over or not self.panel.has_room:
            return
        status = self.conductor.player.status()
        self._tell_trouble(self._troubles.news(self.conductor))
        view = self.conductor.view()
        figure, buttons = figure_of(view), self.button_rows()
        keys, loudness = self._keys_in_words(), self.conductor.loudness
        trouble = self._board.trouble
        around = Surroundings(
            wall_s=self.conductor.wall_at(self.conductor.now() + view.whole_left_ms),
            sound=sound_line(status, loudness, keys.details),
            sound_sign=sound_sign(status, loudness),
            ear=ear_sign(self.conductor),
            note=trouble or self._board.note,
            is_note_whole=bool(trouble),
            keys=keys,
            has_picture=figure is not None,
            has_buttons=bool(buttons),
            is_undisturbed=view.played_ms - self._stirred_ms >= STILL_AFTER_MS,
        )
        self.panel.show_silence(is_silent=not status.is_heard or loudness.is_muted)
        face = face_of(self.conductor.plan, view, around)
        self.panel.buttons.show(buttons)
        pulses = self.app.animation_level == "full"
        self.panel.show(face, figure_shown(view, figure, pulses=pulses))
        title = title_of(view, self.conductor.plan.routine.title)
        if title != self._title_words:
            self._title_words = title
            self.post_message(TitleChanged(title))
        self._show_keys(view)

    def passing_regions(self) -> Iterable[Region] | None:
        """The places that change by themselves; None if the run has gone on."""
        view = self.conductor.view()
        is_plain = view.phase is Phase.RUNNING and view.played_ms < SECOND_MS
        return tuple(self.panel.passing_regions(view)) if is_plain else None

    def button_rows(self) -> tuple[ButtonRow, ...]:
        """The buttons: none here."""
        return ()

    def _show_keys(self, view: View) -> None:
        is_cut, has_buttons = self.panel.is_cut, self.panel.has_row_for(Part.BUTTONS)
        uncounted = self.panel.uncounted_cautions
        plan = self.conductor.plan
        shown_for = (
            view.allowed, view.span.kind, view.counts_up, plan, is_cut, has_buttons, uncounted,
        )  # fmt: skip
        if shown_for == self._keys_for:
            return
        self._keys_for = shown_for
        self.panel.key_line.show(run_keys(self, self.panel, view))

    def _keys_in_words(self) -> KeyNames:
        if self._named is None:
            names = names_of(self)
            of = ("pause", "done", "again", "catch-up", "undo", "still", "details")
            self._named = KeyNames(*(names[f"run.{name}"] for name in of))
        return self._named

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only the moves that the run allows now."""
        return is_offered(action, self.conductor.allows)

    def on_key(self) -> None:
        """Any key lets a still step show everything, and also does its action."""
        self._stir()
        self._show()

    def _press(self, action: str, kind: MoveKind | None, *, by_ms: int = ADJUST_MS) -> None:
        """Make the move of a key, unless the key is being held or the moment has passed."""
        view = self.conductor.view()
        key = "press" if action in PRESSES else action
        if not self._takes(key, self._steady(), kind) or kind is None:
            return
        self.tick()
        if kind is MoveKind.DONE and self.conductor.view().span.index != view.span.index:
            return
        if not self._is_over and self.conductor.allows(kind):
            self._make(Move(kind, by_ms))

    def _steady(self) -> float:
        return self.conductor.clocks.steady()

    def _takes(self, key: str, now: float, kind: MoveKind | None = None) -> bool:
        apart_s = APART_S.get(kind, 0.5) if kind else 0.5
        return self._repeat.takes(key, now, apart_s, HELD_APART_S.get(kind) if kind else None)

    def _press_obvious(self, action: str) -> None:
        self._press(action, move_of_press(action, self.conductor.view()))

    def action_main(self) -> None:
        """Do the obvious thing: pause, continue, or done when a step waits for you."""
        self._press_obvious("main")

    def action_done(self) -> None:
        """Finish this step and go to the next; otherwise pause or continue."""
        view = self.conductor.view()
        kind = move_of_press("done", view)
        is_late = view.position_ms < UNHEARD_MS * self.conductor.speed
        self._press("done", None if kind is MoveKind.PAUSE and is_late else kind)

    def action_still(self) -> None:
        """It has not helped: go on to the second try."""
        self._press("still", MOVE_OF["still"])

    def action_hold(self) -> None:
        """Pause or continue, in any step."""
        self._press_obvious("hold")

    def action_next(self) -> None:
        """Skip to the next step."""
        self._press("next", MOVE_OF["next"])

    def action_back(self) -> None:
        """Go back to the step before, or to the start of this one."""
        self._press("back", MOVE_OF["back"])

    def action_undo(self) -> None:
        """Undo your last action."""
        self._press("undo", MOVE_OF["undo"])

    def action_again(self) -> None:
        """Start this step again."""
        self._press("again", MOVE_OF["again"])

    def action_more(self) -> None:
        """Give this step 15 seconds more."""
        self._press("more", MOVE_OF["more"])

    def action_less(self) -> None:
        """Take 15 seconds from this step."""
        self._press("less", MOVE_OF["less"])

    def action_more_minute(self) -> None:
        """Give this step a minute more."""
        self._press("more_minute", MOVE_OF["more_minute"], by_ms=MINUTE_MS)

    def action_less_minute(self) -> None:
        """Take a minute from this step."""
        self._press("less_minute", MOVE_OF["less_minute"], by_ms=MINUTE_MS)

    def action_volume(self, steps: int) -> None:
        """Make the sound louder or softer."""
        if self._repeat.takes("volume", self.conductor.clocks.steady(), 0.0, VOLUME_HELD_APART_S):
            self._set_loudness(self.conductor.loudness.changed(steps * STEP))

    def action_hush(self) -> None:
        """Make the sound quiet, mute it, or restore it."""
        if self._repeat.takes("hush", self.conductor.clocks.steady(), 0.0):
            self._set_loudness(self.conductor.loudness.hushed())

    def _set_loudness(self, loudness: Loudness) -> None:
        self.conductor.set_loudness(loudness)
        self.conductor.play_sample()
        if not self.panel.has_row_for(Part.SOUND):
            self.tell(loudness.words)
        self._show()

    def action_catch_up(self) -> None:
        """Catch up with the clock after an interruption."""
        self._press("catch_up", MOVE_OF["catch_up"])

    def on_click(self, event: Click) -> None:
        """Do the obvious thing, wherever the click was."""
        self._stir()
        self.action_main()

    def action_jump(self) -> None:
        """Choose a step from the list of all steps, and go to it."""
        self.open(jump_screen(self.conductor), self._jump)

    def _jump(self, index: int | None) -> None:
        if index is not None and not self._is_over and self.conductor.allows(MoveKind.JUMP):
            self._make(Move(MoveKind.JUMP, to_index=index))

    def action_details(self) -> None:
        """Show everything about this step."""
        self.open(details_page(self.conductor, save_words(self._save_status)))

    def action_end(self) -> None:
        """Ask whether to end the run, which is paused until that is answered."""
        if self._is_over or not self.is_active:
            return
        was_running = self.conductor.allows(MoveKind.PAUSE)
        if was_running:
            self._make(Move(MoveKind.PAUSE))
        self.open(end_dialog(), lambda ending: self._answered(ending, was_running))

    def undo_end(self) -> None:
        """Undo the move that ended the run, and continue where it was made."""
        self._is_over = False
        self._link.open()
        self._make(Move(MoveKind.UNDO))

    def _answered(self, ending: Ending | None, was_running: bool) -> None:
        if self._is_over:
            return
        if ending is Ending.KEEP:
            self.post_message(RunKept(self.leave_at_once(may_be_kept=True)))
        elif ending is Ending.END:
            self._make(Move(MoveKind.END))
        elif was_running and self.conductor.allows(MoveKind.GO_ON):
            self._make(Move(MoveKind.GO_ON))

    def leave_at_once(self, *, may_be_kept: bool = False) -> Record | None:
        """End the run here without showing anything. Returns how far it got.

        None if it `may_be_kept` and is kept, so that it can be resumed.
        """
        self._stop()
        if may_be_kept and self.conductor.leave() is LeaveResult.SAVED:
            return None
        if self.conductor.allows(MoveKind.END):
            self.conductor.move(Move(MoveKind.END))
        return self.conductor.record
