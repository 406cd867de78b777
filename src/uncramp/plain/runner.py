"""A plain run: waits, writes each event as it comes, and does what a person asks."""

from collections.abc import Callable
from typing import Protocol

from uncramp.core.lazy.dataclass import replace
from uncramp.core.plan.plan import Plan
from uncramp.core.run.events import Event, Started
from uncramp.core.run.moves import Move, MoveKind
from uncramp.plain import run_lines
from uncramp.plain.input_source import InputSource
from uncramp.plain.output import OutputClosed
from uncramp.plain.run_input import (
    END_KEYS,
    KEEP,
    KEYS_HELP,
    WORDS_HELP,
    Arrival,
    AskedElsewhere,
    InputEnded,
    InputKind,
    MoveRequest,
    Stopped,
    Typed,
    request_of_key,
    request_of_line,
)
from uncramp.plain.run_lines import Hints, RunLines
from uncramp.plain.volume_input import loudness_of_key, loudness_of_line
from uncramp.runs.resume_options import HOW_TO_RESUME
from uncramp.runs.save_status import SaveStatus, save_words
from uncramp.session.conductor import Conductor, LeaveResult
from uncramp.session.exit_statuses import ENDED_EARLY, FINISHED

SOUND_SETTLES_S = 3.0
"""How long after the start it is clear whether there is sound."""


class RunReporter(Protocol):
    """Writes what happens, for a person or for a program."""

    def event(self, event: Event) -> None:
        """Write an event."""

    def remark(self, kind: str, words: str, played_ms: int) -> None:
        """Write something that is not an event: an unknown word, the state of the sound."""

    def ask(self, hints: Hints) -> None:
        """Use the words of `hints` from now on for what a person can do."""


class TextReporter:
    """Writes lines for a person."""

    def __init__(self, plan: Plan, write: Callable[[str], None]) -> None:
        """Write a run of `plan`."""
        self._lines = RunLines(plan)
        self._write = write

    def event(self, event: Event) -> None:
        """Write an event."""
        for line in self._lines.of(event):
            self._write(line)

    def remark(self, kind: str, words: str, played_ms: int) -> None:
        """Write something that is not an event."""
        self._write(self._lines.line(played_ms, words))

    def ask(self, hints: Hints) -> None:
        """Use the words of `hints` from now on for what a person can do."""
        self._lines.hints = hints


class JsonReporter:
    """Writes an object a line, for a program."""

    def __init__(self, plan: Plan, write: Callable[[str], None]) -> None:
        """Write a run of `plan`."""
        # A run in lines for a person does not need them.
        from uncramp.plain.json_objects import event_object
        from uncramp.plain.json_text import json_line

        self._start = 0
        self._plan = plan
        self._write = write
        self._object_of, self._line_of = event_object, json_line

    def event(self, event: Event) -> None:
        """Write an event."""
        if isinstance(event, Started):
            self._start = event.at
        self._write(self._line_of(self._object_of(event, self._plan, self._start)))

    def remark(self, kind: str, words: str, played_ms: int) -> None:
        """Write something that is not an event."""
        self._write(self._line_of({"event": kind, "played_ms": played_ms, "words": words}))

    def ask(self, hints: Hints) -> None:
        """Do nothing: a program needs no hints."""


class PlainRun:
    """Follows one run from its beginning to its end."""

    def __init__(
        self,
        conductor: Conductor,
        source: InputSource,
        reporter: RunReporter,
        *,
        is_rehearsal: bool = False,
    ) -> None:
        """Run `conductor`, with input from `source` and output to `reporter`.

        In a rehearsal sound is not mentioned, and open steps end by themselves.
        """
        self._is_rehearsal = is_rehearsal
        self._conductor = conductor
        self._source = source
        self._reporter = reporter
        self._status: int | None = None
        self._is_alone = self._is_for_claps = False
        self._asks_to_end = False
        self._started_s = conductor.clocks.steady()
        self._sound_words = self._ear_words = ""
        self._save_status = SaveStatus()
        self._is_left = False

    def follow(self) -> int:
        """Run to the end. Returns the exit status.

        0 finished, 1 ended early, 128 and its number for a signal, 130 for Ctrl-C, which
        leaves the run to be resumed. Raises OutputClosed when nobody reads any more: the run is
        left to be resumed, and ended if it cannot be saved.
        """
        try:
            return self._followed()
        except OutputClosed as closed:
            if self._conductor.leave() is LeaveResult.SAVED:
                why = str(closed) or "Nobody reads the output any more."
                raise OutputClosed(f"{why} This run is saved: {HOW_TO_RESUME}") from None
            self._end()
            raise
        finally:
            if self._conductor.control is not None:
                self._conductor.control.close()

    def _end(self) -> None:
        if self._conductor.allows(MoveKind.END):
            self._conductor.move(Move(MoveKind.END))

    def _followed(self) -> int:
        conductor = self._conductor
        # If standard input has already ended, the first line can say so.
        early = self._source.wait(0)
        self._reporter.ask(_hints(self._source.kind, self._is_rehearsal))
        if InputEnded() in early or self._source.kind is InputKind.NOBODY:
            self._lose_input()
        self._tell(conductor.begin())
        if conductor.control is not None:
            refused = conductor.control.open(self._tell_from_elsewhere)
            if refused:
                self._remark("control", refused)
        arrivals = tuple(a for a in early if a != InputEnded())
        while True:
            self._tell(conductor.tick())
            for arrival in arrivals:
                self._take(arrival)
                self._keep_up()
            self._go_on_alone()
            if conductor.record is not None or self._is_left:
                break
            self._tell_sound()
            self._tell_listening()
            self._tell_saving()
            if conductor.control is not None:
                conductor.control.tell_change()
            conductor.save_progress()
            arrivals = self._source.wait(conductor.wait_s())
        if self._status is not None:
            return self._status
        return FINISHED if conductor.record and conductor.record.is_complete else ENDED_EARLY

    def _keep_up(self) -> None:
        """Handle what has fallen due: a program may write thousands of lines at once."""
        conductor = self._conductor
        if conductor.record is None and not self._is_left and conductor.wait_s() == 0:
            self._tell(conductor.tick())

    def _take(self, arrival: Arrival) -> None:
        conductor = self._conductor
        if conductor.record is not None or self._is_left:
            return
        match arrival:
            case Stopped(status=status):
                self._status = status
                self._leave()
                if not self._is_left:
                    self._tell(conductor.move(Move(MoveKind.END)))
            case InputEnded():
                self._lose_input("Standard input has ended. ")
            case AskedElsewhere() if conductor.control is not None:
                was_running = conductor.allows(MoveKind.PAUSE)
                conductor.control.serve()
                # What paused it can also continue it.
                is_paused = was_running and conductor.allows(MoveKind.GO_ON)
                self._is_alone = self._is_alone and not is_paused
            case Typed():
                self._type(arrival.word)

    def _lose_input(self, because: str = "") -> None:
        """Nobody types any more: two claps answer, or else open steps end by themselves.

        Say so if there is a reason to give.
        """
        ear = self._conductor.ear
        self._is_for_claps = ear is not None and (ear.status.is_listening or not ear.status.words)
        self._is_alone = not self._is_for_claps
        self._reporter.ask(run_lines.CLAPS if self._is_for_claps else run_lines.NOBODY)
        if because and not self._is_rehearsal:
            then = "a step that waits for you ends at its first prompt."
            if self._is_for_claps:
                then = "two claps end a step that waits for you."
            self._remark("input-ended", f"{because}From now on, {then}")
        if self._is_alone:
            self._tell(self._conductor.end_open_steps())

    def _type(self, word: str) -> None:
        is_key = self._source.kind is InputKind.KEYS
        if is_key and word.lower() in END_KEYS and not self._asks_to_end:
            self._asks_to_end = True
            self._remark(
                "question",
                "End the run? Q again ends it, K keeps it for later. Any other key goes on.",
            )
            return
        if is_key and self._asks_to_end:
            self._asks_to_end = False
            if word.lower() in END_KEYS:
                self._make(MoveRequest((MoveKind.END,)))
                return
            if word.lower() == "k":
                self._keep_for_later()
                return
            if request_of_key(word) is None:
                return
        request = request_of_key(word) if is_key else request_of_line(word)
        sounding = self._conductor.loudness
        loudness = (loudness_of_key if is_key else loudness_of_line)(word, sounding)
        if loudness is not None:
            self._conductor.set_loudness(loudness)
            self._conductor.play_sample()
            self._remark("volume", loudness.words)
        elif request is not None:
            self._make(request)
        elif not is_key and word.casefold() == KEEP:
            self._keep_for_later()
        elif is_key:
            self._remark("keys", KEYS_HELP)
        elif word == "?" or word.casefold() == "help":
            self._remark("words", WORDS_HELP)
        else:
            self._remark("unknown-word", f'"{word[:40]}" is not a word I know. {WORDS_HELP}')

    def _keep_for_later(self) -> None:
        result = self._leave()
        if result is LeaveResult.NOTHING_TO_SAVE:
            self._remark("refused", "There is nothing to save here. The run goes on.")
        elif result is LeaveResult.FAILED:
            self._tell_saving()

    def _leave(self) -> LeaveResult:
        """Leave the run to be resumed, if possible, and say so."""
        result = self._conductor.leave()
        self._is_left = result is LeaveResult.SAVED
        if self._is_left:
            self._remark("kept", f"Saved here: {HOW_TO_RESUME}")
        return result

    def _make(self, request: MoveRequest) -> None:
        conductor = self._conductor
        kind = next(filter(conductor.allows, request.kinds), None)
        if kind is None:
            allowed = sorted(kind.value.replace("-", " ") for kind in conductor.view().allowed)
            name = request.kinds[0].value.replace("-", " ")
            self._remark("refused", f"{name.capitalize()}: not now. Now: {', '.join(allowed)}.")
            return
        move = Move(kind)
        if request.number is not None:
            steps = conductor.plan.total.steps
            if not 1 <= request.number <= steps:
                self._remark(
                    "refused",
                    f"There is no step {request.number}. Write a number from 1 to {steps}.",
                )
                return
            move = replace(move, to_index=conductor.plan.step_start(request.number))
        self._tell(conductor.move(move))

    def _go_on_alone(self) -> None:
        """Continue a paused run if nobody is left who could."""
        conductor = self._conductor
        is_over = conductor.record is not None or self._is_left
        if self._is_alone and not is_over and conductor.allows(MoveKind.GO_ON):
            self._tell(conductor.move(Move(MoveKind.GO_ON)))

    def _tell(self, events: tuple[Event, ...]) -> None:
        for event in events:
            self._reporter.event(event)

    def _tell_from_elsewhere(self, events: tuple[Event, ...]) -> None:
        """Show what was done by claps or another program; an open question is then answered."""
        if events:
            self._asks_to_end = False
        self._tell(events)

    def _remark(self, kind: str, words: str) -> None:
        self._reporter.remark(kind, words, self._conductor.view().played_ms)

    def _tell_sound(self) -> None:
        """Say once why there is no sound, and again when that changes."""
        conductor = self._conductor
        has_settled = conductor.clocks.steady() - self._started_s >= SOUND_SETTLES_S
        if self._is_rehearsal or not has_settled:
            return
        status = conductor.player.status()
        was_silent = bool(self._sound_words)
        words = "" if status.is_heard else status.words
        if words != self._sound_words and (words or was_silent):
            self._remark("sound", words or status.words)
        self._sound_words = words

    def _tell_listening(self) -> None:
        """Say once that it listens for claps or why not, and again when that changes."""
        ear = self._conductor.ear
        words = ear.status.words if ear is not None else ""
        if words and words != self._ear_words:
            self._remark("listening", words)
            if self._is_for_claps and ear is not None and not ear.status.is_listening:
                self._lose_input("Nobody can be asked any more. ")
        self._ear_words = words

    def _tell_saving(self) -> None:
        """Say once that the run cannot be saved, and once that it is saved again."""
        autosave = self._conductor.autosave
        if autosave is not None and autosave.status != self._save_status:
            self._save_status = autosave.status
            self._remark("keeping", save_words(autosave.status))


def _hints(kind: InputKind, is_rehearsal: bool) -> Hints:
    hints = {
        InputKind.KEYS: run_lines.KEYS,
        InputKind.WORDS: run_lines.WORDS,
        InputKind.NOBODY: run_lines.NOBODY,
    }
    return (
        replace(hints[kind], done=run_lines.NOBODY.done, still=run_lines.NOBODY.still)
        if is_rehearsal
        else hints[kind]
    )
