"""Asking about the runs that were cut off, one after the other, and doing what was chosen."""

from collections.abc import Callable, Iterable, Sequence

from textual.app import App

from uncramp.session.conductor import Conductor
from uncramp.session.unkept_words import RESUMED_ELSEWHERE, not_left_words
from uncramp.system.clocks import Clocks
from uncramp.tui import screens
from uncramp.tui.library.resume_ways import Unfinished, Way

NOTICE_S = 8.0
"""How long a sentence about a run stays on the screen."""


class ResumeFlow:
    """Offers each run that was cut off, until one is resumed or the person says later."""

    def __init__(
        self,
        app: App[int],
        unfinished: Iterable[Unfinished],
        clocks: Clocks,
        *,
        open_run: Callable[[Conductor], object],
        help_cramp: Callable[[], object],
        note_left: Callable[[str, Callable[[], str]], object],
    ) -> None:
        """Ask on `app`; `open_run` shows a run that goes on, `help_cramp` starts that help.

        `note_left` gets the title of a run that was left, and how to undo that.
        """
        self._app = app
        self._unfinished = list(unfinished)
        self._clocks = clocks
        self._open_run = open_run
        self._help_cramp = help_cramp
        self._note_left = note_left

    def offer_next(self) -> None:
        """Ask about the next run; do nothing if there is none."""
        if self._unfinished:
            self._ask(self._unfinished.pop(0))

    def _ask(self, cut_off: Unfinished) -> None:
        self._app.push_screen(
            screens.resume_screen(cut_off.offer, self._clocks.wall(), self._clocks.steady),
            lambda way: self._follow(cut_off, way or Way.LATER),
        )

    def _leave(self, cut_off: Unfinished) -> None:
        problem = cut_off.leave()
        if problem:
            self._app.notify(not_left_words(problem), timeout=NOTICE_S, markup=False)
            return

        def undo() -> str:
            if not cut_off.bring_back():
                return "That run is in the history and cannot be brought back."
            self._ask(cut_off)
            return ""

        self._note_left(cut_off.offer.checkpoint.about.title, undo)

    def ask_before(self, waiting: Sequence[Unfinished], start: Callable[[], object]) -> None:
        """Call `start`, after asking if a run of the same routine can be resumed.

        Of several in `waiting`, the first that can be resumed is asked about.
        """
        cut_off = next((run for run in waiting if run.offer.here or run.offer.step), None)
        if cut_off is None:
            start()
            return

        def answered(way: Way | None) -> None:
            if way is Way.START_OVER:
                start()
            elif way in (Way.HERE, Way.STEP):
                self._follow(cut_off, way)

        now_s, steady = self._clocks.wall(), self._clocks.steady
        screen = screens.resume_screen(cut_off.offer, now_s, steady, is_at_start=True)
        self._app.push_screen(screen, answered)

    def _follow(self, cut_off: Unfinished, way: Way) -> None:
        match way:
            case Way.LEAVE:
                self._leave(cut_off)
                self.offer_next()
            case Way.LATER:
                self._unfinished.clear()
            case Way.CRAMP:
                self._unfinished.clear()
                self._help_cramp()
            case _ if cut_off.offer.asks:
                self._app.push_screen(
                    screens.start_question(cut_off.offer.asks),
                    lambda is_yes: self._resume(cut_off, way) if is_yes else None,
                )
            case _:
                self._resume(cut_off, way)

    def _resume(self, cut_off: Unfinished, way: Way) -> None:
        offer = cut_off.offer
        saved = {Way.HERE: offer.here, Way.STEP: offer.step}.get(way)
        conductor = cut_off.conduct(saved)
        if conductor is None:
            self._app.notify(RESUMED_ELSEWHERE, timeout=NOTICE_S, markup=False)
        else:
            self._open_run(conductor)
