"""The question about a run that was cut off: resume it, restart the step, or leave it."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical

from uncramp.runs.resume_options import Offer, age_words, place_words
from uncramp.tui.base_screen import Dialog
from uncramp.tui.dialogs.confirm import ConfirmDialog
from uncramp.tui.keys.bindings import bindings_for
from uncramp.tui.library.resume_ways import Way
from uncramp.tui.widgets.key_line import KeyLine, KeyShown
from uncramp.tui.widgets.text_page import Look, Paragraph, TextPage

UNHEARD_S = 1.0
"""A key this soon after the question appeared was meant for the screen before."""

_RANKS = {Way.LATER: 1, Way.CRAMP: 2}
"""The ways out stay on a short key line: the others also stand above it."""

_KEYS = {Way.STEP: "2", Way.START_OVER: "3", Way.LEAVE: "Del", Way.LATER: "Esc", Way.CRAMP: "^N"}
# No letters: a person who types a name to search for must not throw a run away.

_SHORT = {
    Way.HERE: "Resume",
    Way.STEP: "Restart the step",
    Way.START_OVER: "Start over",
    Way.LEAVE: "Don't resume",
    Way.LATER: "Later",
    Way.CRAMP: "Cramp now",
}

_MEANING = {
    Way.HERE: "continue from this moment",
    Way.STEP: "start this step again, {step}",
    Way.START_OVER: "start the routine over",
    Way.LEAVE: "don't resume it; it stays in the history",
    Way.LATER: "ask me another time",
    Way.CRAMP: "help with a cramp now",
}


_MEANING_AT_START = {
    Way.START_OVER: "start over; the interrupted run is kept for later",
    Way.LATER: "go back, and start nothing",
}
"""What some answers mean if the person is about to start the same routine."""


class ResumeScreen(Dialog[Way]):
    """Asks what to do with a run that was cut off."""

    PLACE = "resume"
    BINDINGS = bindings_for("resume")

    def __init__(
        self,
        offer: Offer,
        now_s: float,
        steady: Callable[[], float] | None = None,
        *,
        is_at_start: bool = False,
    ) -> None:
        """Ask about `offer`, at `now_s` of the wall clock.

        `steady`, a clock in seconds, shows which keys came too soon. With
        `is_at_start` the person is about to start the same routine from its beginning.
        """
        super().__init__()
        self._is_at_start = is_at_start
        self._steady = steady
        self._since_s = steady() if steady else 0.0
        self._offer = offer
        self._now_s = now_s

    def compose(self) -> ComposeResult:
        """Which run, where it was, and the answers."""
        with Vertical(id="frame") as frame:
            frame.border_title = "Not finished"
            yield TextPage(self._page(), id="page")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Let the arrows scroll, and show the answers."""
        self.query_one(TextPage).focus()
        self.query_one(KeyLine).show(self._shown_keys())

    def _page(self) -> tuple[Paragraph, ...]:
        offer = self._offer
        checkpoint = offer.checkpoint
        age = age_words(self._now_s - checkpoint.seen_s)
        page = [
            Paragraph(checkpoint.about.title, Look.STRONG),
            Paragraph(f"{place_words(checkpoint)}, cut off {age}."),
        ]
        if offer.trouble:
            page += [Paragraph(offer.trouble, Look.CARE)]
        page.append(Paragraph())
        page += [
            Paragraph(f"{key}: {self._meaning(way).replace('{step}', offer.step_name)}", hang=2)
            for key, way in self._keys()
        ]
        return tuple(page)

    def _meaning(self, way: Way) -> str:
        said = _MEANING_AT_START.get(way) if self._is_at_start else None
        return said or _MEANING[way]

    def _keys(self) -> list[tuple[str, Way]]:
        """Each answer with its key; the likeliest first."""
        ways = self._ways()
        return [("Enter", ways[0])] + [(_KEYS[way], way) for way in ways[1:]]

    def _shown_keys(self) -> tuple[KeyShown, ...]:
        return tuple(
            KeyShown(f"resume.{'first' if at == 0 else way.value}", _SHORT[way], rank, key)
            for at, (key, way) in enumerate(self._keys())
            for rank in (_RANKS.get(way, at + len(_RANKS)) if at else 0,)
        )

    def _ways(self) -> list[Way]:
        """The possible answers, the likeliest first."""
        offer = self._offer
        ways = [Way.HERE] if offer.here else []
        ways += [Way.STEP] if offer.step else []
        if self._is_at_start:
            return [*ways, Way.START_OVER, Way.LATER]
        ways += [Way.START_OVER] if offer.plan and not offer.here else []
        # Enter never throws anything away: if nothing can be resumed, it asks another time.
        last = [Way.LEAVE, Way.LATER] if ways else [Way.LATER, Way.LEAVE]
        return [*ways, *last, Way.CRAMP]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what is possible."""
        is_early = self._steady is not None and self._steady() - self._since_s < UNHEARD_S
        if is_early and action in {"first", "step", "start_over", "leave"}:
            return False
        way = action.replace("_", "-")
        return way not in _SHORT or way in self._ways()

    def action_first(self) -> None:
        """Do the most likely thing."""
        self.dismiss(self._ways()[0])

    def action_step(self) -> None:
        """Start the step again from its beginning."""
        self.dismiss(Way.STEP)

    def action_start_over(self) -> None:
        """Start over from the beginning."""
        self.dismiss(Way.START_OVER)

    def action_leave(self) -> None:
        """Leave it, after asking."""

        def leave(is_agreed: bool | None) -> None:
            if is_agreed:
                self.dismiss(Way.LEAVE)

        words = (
            f"Stop offering to resume {self._offer.checkpoint.about.title}?",
            "It stays in the history. Ctrl-G in the library brings it back.",
        )
        self.open(ConfirmDialog("Don't resume", words, "Don't resume"), leave)

    def action_cramp(self) -> None:
        """Start the help for a cramp now, without a question."""
        self.dismiss(Way.CRAMP)

    def action_later(self) -> None:
        """Decide another time."""
        self.dismiss(Way.LATER)
