"""What each command does to a run, through the conductor, like keys."""

from collections.abc import Callable

from uncramp.audio.volume import STEP, Hush, Loudness
from uncramp.control.protocol import ControlCommand, Reply, WhyNot
from uncramp.core.lazy.dataclass import replace
from uncramp.core.run.events import Event
from uncramp.core.run.moves import IllegalMove, Move, MoveKind
from uncramp.core.run.obvious import UNHEARD_MS, obvious_move
from uncramp.session.conductor import Conductor

_DID = {
    MoveKind.PAUSE: "Paused.",
    MoveKind.GO_ON: "Continuing.",
    MoveKind.DONE: "Done.",
    MoveKind.STILL: "Still tight.",
    MoveKind.NEXT: "Skipped.",
    MoveKind.BACK: "Back.",
    MoveKind.AGAIN: "Again from the start of the step.",
    MoveKind.UNDO: "Undone.",
    MoveKind.MORE: "15 seconds more.",
    MoveKind.LESS: "15 seconds less.",
    MoveKind.CATCH_UP: "Caught up with the clock.",
    MoveKind.END: "Ended.",
}

_OVER = Reply("The run is over.", WhyNot.OVER)
_MOVES = {ControlCommand(kind.value): kind for kind in _DID}


class Steering:
    """Carries out the commands of other programs on one run."""

    def __init__(
        self,
        conductor: Conductor,
        take: Callable[[tuple[Event, ...]], None],
        toggle_night: Callable[[], None],
    ) -> None:
        """Steer the run of `conductor`; `take` gets each change, to show it."""
        self.conductor = conductor
        self._take = take
        self._toggle_night = toggle_night

    @property
    def is_over(self) -> bool:
        """Has the run ended?"""
        return self.conductor.record is not None

    def do(self, command: ControlCommand) -> Reply:
        """Carry out `command`, if the run allows it."""
        if self._has_ended_by_now():
            return _OVER
        match command:
            case ControlCommand.STATUS | ControlCommand.WATCH:
                return Reply("")
            case ControlCommand.LOUDER | ControlCommand.SOFTER | ControlCommand.MUTE:
                return self._sounded(command)
            case ControlCommand.NIGHT:
                self._toggle_night()
                self._take(())
                loudness = self.conductor.loudness
                return Reply(f"{'Night' if loudness.is_night else 'Day'}. {loudness.words}")
            case ControlCommand.TOGGLE:
                return self._moved(obvious_move(self.conductor.view()) or MoveKind.PAUSE)
        return self._moved(_MOVES[command])

    def press(self, ago_ms: float = 0.0) -> Reply:
        """Do what Enter does, as it was meant `ago_ms` before now.

        Nothing is done if the step to which it was an answer has ended by itself since.
        """
        if self._has_ended_by_now():
            return _OVER
        view = self.conductor.view()
        kind = obvious_move(view, starts_now=True)
        meant_at_ms = view.position_ms - ago_ms * self.conductor.speed
        late_ms = UNHEARD_MS * self.conductor.speed if kind is MoveKind.PAUSE else 0
        if kind is None or (kind is not MoveKind.GO_ON and meant_at_ms < late_ms):
            return Reply("Not now.", WhyNot.NOT_NOW)
        return self._moved(kind)

    def _has_ended_by_now(self) -> bool:
        """Handle what has fallen due first: the answer is for this moment."""
        if not self.is_over:
            self._take(self.conductor.tick())
        return self.is_over

    def show(self) -> None:
        """Show what has changed beside the run."""
        self._take(())

    def _moved(self, kind: MoveKind) -> Reply:
        try:
            events = self.conductor.move(Move(kind))
        except IllegalMove:
            allowed = tuple(sorted(kind.value for kind in self.conductor.view().allowed))
            # A jump needs a step, which no command names.
            offered = [command.value for command, move in _MOVES.items() if move.value in allowed]
            words = f"{kind.value.capitalize()}: not now. Now: {', '.join(sorted(offered))}."
            return Reply(words, WhyNot.NOT_NOW, allowed)
        self._take(events)
        return Reply(_DID[kind])

    def _sounded(self, command: ControlCommand) -> Reply:
        now = self.conductor.loudness
        if command is ControlCommand.MUTE:
            loudness = replace(now, hush=Hush.NONE if now.is_muted else Hush.MUTED)
        else:
            loudness = now.changed(STEP if command is ControlCommand.LOUDER else -STEP)
        return self._set_loudness(loudness)

    def set_volume(self, volume: int) -> None:
        """Play as loud as that, 0 to 100."""
        heard = replace(self.conductor.loudness, hush=Hush.NONE)
        self._set_loudness(heard.changed(volume - heard.present))

    def _set_loudness(self, loudness: Loudness) -> Reply:
        self.conductor.set_loudness(loudness)
        self.conductor.play_sample()
        self._take(())
        return Reply(loudness.words)
