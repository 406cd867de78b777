"""The full screen as a whole: what opens first, and how it is left."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from uncramp.core.lazy.dataclass import dataclass, replace
from uncramp.core.plan.plan import Plan
from uncramp.core.run.record import Record
from uncramp.core.suitability.assess import answer
from uncramp.runs.resume_options import HOW_TO_RESUME
from uncramp.session.conductor import Conductor
from uncramp.session.exit_statuses import ENDED_EARLY, FINISHED, INTERRUPTED
from uncramp.session.night_mode import Night
from uncramp.session.own_data import OwnData, open_own_data
from uncramp.settings import Settings
from uncramp.settings.reader import Fault
from uncramp.tui import screens
from uncramp.tui.appearance import Appearance
from uncramp.tui.base_screen import BaseScreen
from uncramp.tui.dialogs.page import PageOver, keys_page
from uncramp.tui.keys.bindings import bindings_for, with_both_cases
from uncramp.tui.keys.keymap import fitted, settings_problems
from uncramp.tui.library.resume_flow import ResumeFlow
from uncramp.tui.library.resume_ways import Unfinished
from uncramp.tui.messages import (
    EndUndone,
    FinishLeft,
    News,
    RoutineStarted,
    RunKept,
    RunOver,
    ThemePreviewed,
    TitleChanged,
)
from uncramp.tui.run.result import has_question, offers_after, result_words
from uncramp.tui.terminal.base_app import BaseApp
from uncramp.tui.theme import has_no_colour
from uncramp.tui.widgets.text_page import Look, Paragraph

if TYPE_CHECKING:
    from uncramp.library.library import Library
    from uncramp.tui.run.screen import RunScreen

NOTICE_S = 8.0
"""How long a notice stays on the screen."""
PICTURE_FOR_S = 1.0
"""An early picture is covered after this, even if the first screen does not say it is drawn."""
LOAD_AFTER_S = 2.0
"""By then the first screen is drawn. Loading the others takes some 40 ms."""
KEY_WORDS = "One of your keys was not assigned: uncramp config keys says why."


@dataclass(frozen=True, slots=True)
class StartNotices:
    """What is shown before or beside the first screen."""

    problem: str = ""
    """A sentence about something that went wrong."""
    unfinished: tuple[Unfinished, ...] = ()
    """The runs that were cut off, which are offered first."""
    asks: tuple[str, ...] = ()
    """Reasons to ask before the run."""
    cautions: tuple[str, ...] = ()
    """They are to be read before the run."""


NO_NOTICES = StartNotices()


class UncrampApp(BaseApp):
    """The full screen."""

    TITLE = "uncramp"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-narrow"),
        (60, "-middle"),
        (100, "-wide"),
        (160, "-vast"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-short"),
        (20, "-tall"),
    ]
    BINDINGS = bindings_for(
        "app", suspend="suspend_process", night="night('letter')", night_anywhere="night"
    )

    def __init__(
        self,
        library: "Library",
        plan: Plan | None,
        make_conductor: Callable[[Plan], Conductor],
        *,
        notices: StartNotices = NO_NOTICES,
        night: Night | None = None,
        waiting: Callable[[str], Sequence[Unfinished]] = lambda _: (),
        data: OwnData | None = None,
    ) -> None:
        """Open with a run of `plan`, or with the library if it is None.

        `waiting` finds the runs of a routine, by its id, that wait to be resumed at the time.
        """
        # Under NO_COLOR the terminal keeps its own colours.
        ansi_color = True if has_no_colour(os.environ) else None
        # When a screen brings styles that are new, all of them are read again.
        first = Path(__file__).parent / ("library" if plan is None else "run")
        super().__init__(css_path=first / "screen.tcss", ansi_color=ansi_color)
        self.library = library
        self.last_record: Record | None = None
        """How far the last run got."""
        self._plan = plan
        self.make_conductor = make_conductor
        self._notices = notices
        self._waiting = waiting
        self._conductor: Conductor | None = None
        self._key_faults: tuple[Fault, ...] = ()
        self.data = data or open_own_data()
        """The person's own data on this machine."""
        self._resume_flow = ResumeFlow(
            self, notices.unfinished, self.data.clocks,
            open_run=self._open_resumed, help_cramp=self._help_cramp,
            note_left=self._note_left,
        )  # fmt: skip
        self.own = self.data.settings
        """The person's settings, and changes that could not be written."""
        self.settings = self.own.now()
        """The person's settings, as they are now."""
        self.night = night or Night(self.settings)
        self._appearance = Appearance(self, self.settings, self.night)

    def use_settings(self, settings: Settings) -> None:
        """Apply `settings`: colours, animations and keys."""
        self.settings = settings
        self.night.use_settings(settings)
        self._appearance.use_settings(settings)
        self._give_keys()

    def on_theme_previewed(self, message: ThemePreviewed) -> None:
        """Show a theme without keeping it; None shows what the settings say again."""
        self._appearance.preview(message.theme)

    def _give_keys(self) -> None:
        """Assign the person's own keys, as far as possible."""
        keymap, self._key_faults = fitted(self.settings.keys)
        self.set_keymap(with_both_cases(keymap))

    def on_settings_changed(self) -> None:
        """Apply the changed settings."""
        self.use_settings(self.own.now())

    def action_settings(self) -> None:
        """Open the settings, over the library."""
        if screens.is_library(self.screen):
            self.screen.open(screens.settings_screen(self.own))

    def action_commands(self) -> None:
        """List every command of this screen and of the program."""
        screens.open_commands(self)

    def action_history(self) -> None:
        """Open the history, over the library."""
        if screens.is_library(self.screen):
            self.screen.open(screens.history_screen(self.data, self.library))

    def action_keys(self) -> None:
        """Show the keys of the screen in front."""
        if isinstance(self.screen, BaseScreen):
            self.screen.open(keys_page(self.screen))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let letters be typed where there is a line to type on."""
        typed_at = self.focused if self.screen_stack else None
        is_typed = typed_at is not None and typed_at.check_consume_key("z", "z")
        return not (action == "night" and parameters and is_typed)

    def action_night(self, key: str = "") -> None:
        """Switch between night (red on black, and quiet) and day."""
        self.night.toggle()

    async def on_mount(self) -> None:
        """Open the run, or the library."""
        self._give_keys()
        if self._plan is not None:
            await self._ask_first(self._plan)
        else:
            problem = self._notices.problem or self._settings_words()
            await self.push_screen(screens.library_screen(self.library, problem, self.data))
        self._resume_flow.offer_next()
        # Whatever is first, an early picture does not stand for long.
        self.set_timer(PICTURE_FOR_S, self.cover_picture)
        self.set_timer(LOAD_AFTER_S, screens.load_all)

    async def _ask_first(self, plan: Plan) -> None:
        """Ask the questions before the run, and show the cautions to read before it."""

        async def asked(is_agreed: bool | None) -> None:
            if not is_agreed:
                self.exit(ENDED_EARLY)
            elif self._notices.cautions:
                page = screens.cautions_screen(plan.routine.title, self._notices.cautions)
                await self.push_screen(page, read)
            else:
                await self._open_run(plan)

        async def read(is_agreed: bool | None) -> None:
            if is_agreed:
                self.data.note_cautions(plan.routine)
                await self._open_run(plan)
            else:
                self.exit(ENDED_EARLY)

        if self._notices.asks:
            await self.push_screen(screens.start_question(self._notices.asks), asked)
        else:
            await asked(True)

    async def _open_run(self, plan: Plan) -> None:
        first = self._run_screen(plan)
        if self._key_faults and not self._notices.problem and not plan.routine.urgent:
            self.notify(KEY_WORDS, timeout=NOTICE_S, markup=False)
        await self.push_screen(first)
        if self._notices.problem:
            first.tell(self._notices.problem)

    def _open_resumed(self, conductor: Conductor) -> None:
        self._conductor = conductor
        self.push_screen(screens.run_screen(conductor, self.library))

    def _note_left(self, title: str, undo: Callable[[], str]) -> None:
        library = next(filter(screens.is_library, self.screen_stack), None)
        if library is not None:
            library.note_undo(f"{title} will not be resumed. Ctrl-G brings it back.", undo)

    def _help_cramp(self) -> None:
        if screens.is_library(self.screen):
            self.screen.action_cramp_now()

    def _settings_words(self) -> str | None:
        """One sentence if something is wrong with the settings."""
        problems = settings_problems(self.settings, self.own.file)
        if not problems:
            return None
        what = "1 thing in your settings needs" if len(problems) == 1 else (
            f"{len(problems)} things in your settings need")  # fmt: skip
        return f"{what} fixing: F6 shows it."

    def _run_screen(self, plan: Plan) -> "RunScreen":
        self._conductor = self.make_conductor(plan)
        return screens.run_screen(self._conductor, self.library)

    def on_routine_started(self, message: RoutineStarted) -> None:
        """Run a routine that was chosen in the library. Two keys at once start only one run."""
        if message.asked_on is not self.screen:
            return
        choices = message.choices or self.own.now().choices()
        is_first_time = self.data.is_first_time(message.routine)
        found = answer(message.routine, replace(choices, is_first_time=is_first_time))
        plan = found.plan
        if plan is None:
            self.push_screen(PageOver("Locked", (Paragraph(found.locked or "", Look.CARE),)))
            return

        def start() -> None:
            if found.asks:
                self.push_screen(
                    screens.start_question(found.asks),
                    lambda yes: self._start(plan) if yes else None,
                )
            else:
                self._start(plan)

        # A cramp waits for no question.
        waiting = () if message.routine.urgent else self._waiting(message.routine.id)
        self._resume_flow.ask_before(waiting, start)

    def _start(self, plan: Plan) -> None:
        if not plan.routine.urgent:
            # The page where it was started has shown its cautions.
            self.data.note_cautions(plan.routine)
        self._close_player(ring_out=False)
        while any(map(screens.is_run, self.screen_stack)):
            self.pop_screen()
        self.push_screen(self._run_screen(plan))

    def on_run_over(self, message: RunOver) -> None:
        """Show the finish page, or leave a run that the person ended."""
        self.last_record = message.record
        if self._conductor is None:
            return
        while not screens.is_run(self.screen):
            self.pop_screen()
        offers = offers_after(message.record, self._conductor.plan.choices, self.library)
        asks = has_question(message.record, self._conductor)
        if message.record.is_complete or offers or asks or self._conductor.can_undo_end:
            words = "Finished" if message.record.is_complete else "Ended"
            self.post_message(TitleChanged(f"{words} · {message.record.title}"))
            done = screens.finish_screen(
                message.record, self._conductor, self.library, self.data, offers
            )
            self.push_screen(done)
        else:
            self._leave_run(ENDED_EARLY)

    def on_run_kept(self, message: RunKept) -> None:
        """Leave a run that is kept for later, or that could not be kept and is over."""
        if not screens.is_run(self.screen):
            return
        self.last_record = message.record
        self._leave_run(ENDED_EARLY)
        if message.record is None and self._plan is None:
            self.notify(f"This run is saved: {HOW_TO_RESUME}", markup=False)

    def on_title_changed(self, message: TitleChanged) -> None:
        """Show in the window's title how much time is left."""
        if self.settings.notifications:
            self.show_window_title(message.words)

    def on_news(self, message: News) -> None:
        """Send a notification, if the person wants them."""
        if self.settings.notifications:
            self.notify_desktop(message.title, message.words)

    def on_end_undone(self, message: EndUndone) -> None:
        """Undo the last move: go back from the finish page into the run."""
        run = next(filter(screens.is_run, self.screen_stack), None)
        if screens.is_finish(self.screen) and run is not None:
            self.last_record = None
            self.pop_screen()
            run.undo_end()

    def on_finish_left(self, message: FinishLeft) -> None:
        """Go back to where the run was started."""
        if not screens.is_finish(self.screen):
            return
        self.pop_screen()
        self._leave_run(self._status_of_run())

    def _status_of_run(self) -> int:
        is_complete = self.last_record is not None and self.last_record.is_complete
        return FINISHED if is_complete else ENDED_EARLY

    def _leave_run(self, status: int) -> None:
        if self._plan is not None:
            self.exit(status)
            return
        self._close_player(ring_out=False)
        self._conductor = None
        self.post_message(TitleChanged(""))
        self.pop_screen()
        if self.last_record is not None:
            self.notify(result_words(self.last_record), markup=False)

    def _close_player(self, *, ring_out: bool) -> None:
        if self._conductor is not None:
            self._conductor.settle()
            self._conductor.player.close(ring_out)

    def stop(self, status: int) -> None:
        """Leave at once with `status`. A run can be resumed later."""
        screen = next(filter(screens.is_run, self.screen_stack), None)
        if screen is not None:
            record = screen.leave_at_once(may_be_kept=True)
            self.last_record = record or self.last_record
        self.exit(status)

    def action_interrupt(self) -> None:
        """Leave immediately."""
        self.stop(INTERRUPTED)

    def action_leave(self) -> None:
        """Leave: immediately from the library and after a run, after asking from a run."""
        if any(map(screens.is_finish, self.screen_stack)):
            self.exit(self._status_of_run() if self._plan is not None else FINISHED)
            return
        if not any(map(screens.is_run, self.screen_stack)):
            self.exit(FINISHED)
            return
        if isinstance(self.screen, PageOver):
            # What is read over a run has nothing to ask.
            self.pop_screen()
        if screens.is_run(self.screen):
            self.screen.action_end()

    def close_player(self) -> None:
        """Let the last sound of a finished run ring out, and stop any other."""
        self._close_player(ring_out=bool(self.last_record and self.last_record.is_complete))
