"""Mashing the keyboard: random keys, bytes, pastes and clicks on every screen, by seed.

UNCRAMP_MASHES=10000 presses that many; without it there are fewer, for every run of the tests.
"""

import os
import random
from codecs import getincrementaldecoder
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message
from textual.pilot import Pilot

from tests.content.bundled import routine as bundled
from tests.recording_player import RecordingPlayer
from tests.tui.looks import FILES
from tests.tui.stage import EVENING, Stage, Time, stage
from uncramp.core.plan.plan import Plan, make_plan
from uncramp.core.routine.model import Routine
from uncramp.core.run.events import Event
from uncramp.core.run.moves import Move, MoveKind, Phase
from uncramp.core.run.record import Record
from uncramp.core.run.run import Run
from uncramp.runs.save_status import SaveStatus
from uncramp.session.conductor import Conductor
from uncramp.session.exit_statuses import FINISHED, INTERRUPTED
from uncramp.session.key_table import KEY_TABLE
from uncramp.session.ports import RunPorts
from uncramp.tui.library.screen import LibraryScreen
from uncramp.tui.run.end_dialog import EndDialog
from uncramp.tui.run.screen import RunScreen

MASHES = int(os.environ.get("UNCRAMP_MASHES", "1500"))
SEEDS = 5
KEYS = sorted({key for known in KEY_TABLE for key in known.keys} - {"ctrl+z", "e"})
"""Every key of the program; E would open an editor, Ctrl-Z stop the test."""
LEAVING = ("ctrl+c", "ctrl+q")
LETTERS = "abcdfghijklmnopqrstuvwxyzABCDFGHIJKLMNOPQRSTUVWXYZ0123456789 +-=?_*"
BYTES = (
    b"\xff", b"\xe9", b"\x9bA", b"\x1b[M \xff!", b"\x1b[<0;10;5M", b"\x1b[<0;10;5m", b"\x1b",
    b"\x1b[200~paste\nof lines\x1b[201~", b"\x1b[1;5C", b"\x1b[I", b"\x1b[O", b"\x1bOP", b"\xc3",
    b"\x00", b"\x1b[999;999R", b"\x1b[Z", b"\x1b\x1b", b"\x7f", b"\r\r", b"\r\n",
)  # fmt: skip


class Terminal:
    """Turns bytes into the events that the input thread makes."""

    def __init__(self) -> None:
        self._parser = XTermParser()
        self._decoder = getincrementaldecoder("utf-8")("ignore")

    def sent(self, data: bytes) -> list[Message]:
        text = self._decoder.decode(data)
        return list(self._parser.feed(text)) if text else []


def key_event(name: str) -> events.Key:
    character = {"space": " ", "enter": "\r", "escape": "\x1b"}.get(name)
    return events.Key(name, name if len(name) == 1 else character)


def next_mash(rng: random.Random, terminal: Terminal) -> list[Message]:
    """One to three things that arrive in one read."""
    kind = rng.random()
    if kind < 0.15:
        return terminal.sent(rng.choice(BYTES))
    if kind < 0.20:
        return terminal.sent(rng.randbytes(rng.randint(1, 6)).replace(b"\x1a", b"").lower())
    names = KEYS if kind < 0.75 else LETTERS.replace(" ", "")
    name = rng.choice(names)
    if name in LEAVING and rng.random() < 0.9:
        # Most mashes are to meet a screen, not a program that has just been left.
        name = "enter"
    return [key_event(name) for _ in range(rng.choice((1, 1, 1, 2, 3)))]


class KeptRun:
    """An autosave that remembers what happened to its run."""

    def __init__(self) -> None:
        self.status = SaveStatus()
        self.is_left = False

    def start_new_run(self) -> None: ...

    def set_aside(self, run: Run, now: int, record: Record) -> None: ...

    def take(self, run: Run, now: int, *, has_events: bool, is_move: bool) -> None: ...

    def finish(self) -> None: ...

    def finish_unrecorded(self, run: Run, now: int, record: Record) -> None: ...

    def leave(self, run: Run, now: int) -> bool:
        self.is_left = True
        return True


class WatchedConductor(Conductor):
    """A run that remembers whether it was ended, except for another kind of cramp."""

    def __init__(self, plan: Plan, time: Time) -> None:
        self.kept = KeptRun()
        super().__init__(plan, time.clocks(), RecordingPlayer(), ports=RunPorts(autosave=self.kept))
        self.is_told_to_end = False
        self._turns = False

    def move(self, move: Move) -> tuple[Event, ...]:
        self.is_told_to_end |= move.kind is MoveKind.END and not self._turns
        return super().move(move)

    def change_to(self, plan: Plan) -> tuple[Event, ...]:
        self._turns = True
        try:
            return super().change_to(plan)
        finally:
            self._turns = False

    @property
    def is_lost(self) -> bool:
        """Has it begun, and neither ended nor been kept?"""
        has_begun = self.run.phase is not Phase.READY
        return has_begun and self.record is None and not self.kept.is_left


@dataclass
class Mashed:
    """A program that is mashed at, its runs, and what was pressed."""

    on: Stage
    runs: list[WatchedConductor] = field(default_factory=list)
    pressed: list[str] = field(default_factory=list)

    async def mash(self, pilot: Pilot[int], events_: list[Message]) -> None:
        """Send events that arrive together. Nothing breaks, and no run is lost."""
        told = sum(run.is_told_to_end for run in self.runs)
        self.pressed.append(" ".join(str(getattr(event, "key", event)) for event in events_))
        could_answer = "y" in self.pressed[-1].casefold() or "Mouse" in self.pressed[-1]
        for event in events_:
            self.on.app.post_message(event)
        await pilot.pause()
        if sum(run.is_told_to_end for run in self.runs) > told:
            assert could_answer, ("ended without its question", self.pressed[-20:])
        if self.on.app.return_value is None:
            self.check()

    def check(self) -> None:
        """Is every run that goes on in front, or under what is?"""
        app = self.on.app
        shown = [s.conductor for s in app.screen_stack if isinstance(s, RunScreen)]
        assert app.failure is None, self.pressed[-20:]
        assert len(app.screen_stack) >= 2, self.pressed[-20:]
        assert len(shown) <= 1, self.pressed[-20:]
        lost = [run for run in self.runs if run.is_lost and run not in shown]
        assert lost == [], ("lost", self.pressed[-20:])

    async def find_way_out(self, pilot: Pilot[int]) -> None:
        """Escape leads to the library or to the run, and from a run Q leads to its question."""
        app = self.on.app
        for _ in range(MOST_ESCAPES):
            if app.return_value is not None or isinstance(app.screen, LibraryScreen | RunScreen):
                break
            self.on.time.seconds += 2
            await self.mash(pilot, [key_event("escape")])
        if app.return_value is not None:
            return
        where = type(app.screen).__name__
        assert isinstance(app.screen, LibraryScreen | RunScreen), (where, self.pressed[-20:])
        if isinstance(app.screen, RunScreen):
            self.on.time.seconds += 2
            await self.mash(pilot, [key_event("q")])
            assert isinstance(app.screen, EndDialog), (type(app.screen), self.pressed[-20:])


MOST_ESCAPES = 12
"""No screen is deeper than so many."""
WAY_OUT_EVERY = 50
"""So often a way out is looked for."""
IN_PAIN = make_plan(bundled("acute-calf"))


def mashed(folder: Path, of: Plan | Routine | None) -> Mashed:
    folder.mkdir()

    def conductor(plan: Plan) -> Conductor:
        found.runs.append(WatchedConductor(plan, found.on.time))
        return found.runs[-1]

    found = Mashed(stage(folder, of, files=dict(FILES), conductors=conductor))
    return found


@pytest.mark.slow
@pytest.mark.timeout(300 + MASHES // 5)
@pytest.mark.parametrize("seed", range(SEEDS))
async def test_no_key_breaks_a_screen_or_loses_a_run(seed: int, tmp_path: Path) -> None:
    rng, terminal, left, starts = random.Random(seed), Terminal(), MASHES // SEEDS, 0
    while left > 0:
        starts += 1
        it = mashed(tmp_path / str(starts), rng.choice((None, EVENING, IN_PAIN)))
        app = it.on.app
        async with app.run_test(size=rng.choice(((40, 12), (80, 24), (120, 40)))) as pilot:
            await pilot.pause()
            while left > 0 and app.return_value is None and app.is_running:
                left -= 1
                await it.mash(pilot, next_mash(rng, terminal))
                it.on.time.seconds += rng.choice((0.0, 0.1, 1.0, 3.0))
                if left % WAY_OUT_EVERY == 0 and app.return_value is None:
                    await it.find_way_out(pilot)
            if app.return_value is None:
                await it.find_way_out(pilot)
            if app.return_value is None:
                await pilot.press("ctrl+c")
                await pilot.pause()
        assert app.failure is None, it.pressed[-20:]
        assert app.return_value in (FINISHED, 1, INTERRUPTED), it.pressed[-20:]
        assert [run for run in it.runs if run.is_lost] == [], it.pressed[-20:]
