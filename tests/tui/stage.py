"""A stage for the full screen: a clock that a test sets, a silent player, small routines."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from rich.console import RenderableType
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.pilot import Pilot
from textual.strip import Strip

from tests.recording_player import RecordingPlayer
from uncramp.core.lazy.dataclass import replace
from uncramp.core.plan.plan import Plan, make_plan
from uncramp.core.routine.model import (
    Choices,
    Group,
    Item,
    Prompt,
    PromptWhen,
    Routine,
    Side,
    Sides,
    Step,
)
from uncramp.core.routine.points import Atlas, Point
from uncramp.core.run.moves import Phase
from uncramp.core.run.record import Record
from uncramp.core.run.run import Run
from uncramp.library.library import Library
from uncramp.runs.save_status import SaveStatus
from uncramp.session.conductor import Conductor
from uncramp.session.night_mode import Night
from uncramp.session.own_data import OwnData, open_own_data
from uncramp.session.ports import EarPort
from uncramp.system.clocks import Clocks
from uncramp.tui.app import StartNotices, UncrampApp
from uncramp.tui.library.screen import LibraryScreen
from uncramp.tui.run.screen import RunScreen

NOON_MIN = 12 * 60
"""On the stage it is noon, whatever the time is where the tests run."""

KD3 = Point(
    code="KI3",
    label="KD3",
    name="Taixi",
    english="Great Ravine",
    where="In the hollow behind the inner ankle.",
    find="Inner ankle: the hollow between ankle bone and Achilles tendon.",
    cautions=("Lightly when pregnant.",),
)

SOAK = Step(
    key="steps[0]",
    name="Foot soak",
    time_ms=1_200_000,
    get_ready_ms=10_000,
    how="Lower both feet in slowly and sit back.",
    sides=Sides.BOTH,
    range_ms=(300_000, 1_200_000),
    prompts=(Prompt(PromptWhen.AFTER, 60_000, say="Does it feel comfortable?"),),
)
DRY = Step(key="steps[1]", name="Dry and look", time_ms=60_000, is_open=True, how="Dry your feet.")
PRESS = Step(
    key="steps[2]",
    name="KD3 Taixi",
    time_ms=30_000,
    get_ready_ms=10_000,
    how="Knead in small firm circles.",
    point=KD3,
    sides=Sides.EACH,
    cautions=("Not on broken skin.", "Lightly when pregnant."),
)
ROLL = Step(key="steps[3]", name="Calf roll", time_ms=120_000, unless=("varicose-veins",))


def routine(*items: Item, title: str = "Evening") -> Routine:
    return Routine(id="evening", title=title, items=items)


EVENING = routine(SOAK, DRY, PRESS, ROLL)
ROUNDS = routine(Group("steps[0]", (ROLL,), repeat=3, rest_ms=15_000))
WITHOUT_ROLL = Choices(conditions=frozenset({"varicose-veins"}))


@dataclass
class Time:
    """The three clocks, set by hand; the wall clock stands at noon of 21 November 2026, UTC."""

    seconds: float = 100.0

    def clocks(self) -> Clocks:
        return Clocks(lambda: self.seconds, lambda: self.seconds, self.wall)

    def wall(self) -> float:
        return 1_795_262_400.0 + self.seconds - 100.0


@dataclass
class Stage:
    """An app on a stage, before it is run."""

    app: UncrampApp
    time: Time
    players: list[RecordingPlayer] = field(default_factory=list)

    @property
    def run(self) -> RunScreen:
        screens = [s for s in self.app.screen_stack if isinstance(s, RunScreen)]
        assert len(screens) == 1
        return screens[0]

    def says(self, part: str) -> str:
        """What a part of the run screen says in all, cut or not."""
        widget = self.run.query_one(f"#{part}")
        text = getattr(widget, "text", None)
        assert isinstance(text, str)
        return text

    async def after(self, pilot: Pilot[int], seconds: float) -> None:
        """Let time pass, as the machine's own timers would: second by second."""
        for _ in range(int(seconds)):
            self.time.seconds += 1
            self.run.tick()
        self.time.seconds += seconds - int(seconds)
        self.run.tick()
        await pilot.pause()

    async def press(self, pilot: Pilot[int], *keys: str) -> None:
        """Press keys as a person does, a second after one another."""
        for key in keys:
            self.time.seconds += 1
            await pilot.press(key)
            await pilot.pause()


def library(tmp_path: Path, **files: str) -> Library:
    """A library of `files`, named without their ending, in a folder of the person's own."""
    own, bundled = tmp_path / "own", tmp_path / "bundled"
    for folder in (own, bundled):
        folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (own / f"{name.replace('_', '-')}.toml").write_text(text, encoding="utf-8")
    return Library(own, bundled, Atlas([KD3]), ["start", "end"])


def stage(
    tmp_path: Path,
    plan: Plan | Routine | None = EVENING,
    *,
    files: dict[str, str] | None = None,
    problem: str = "",
    conductors: Callable[[Plan], Conductor] | None = None,
    asks: tuple[str, ...] = (),
    cautions: tuple[str, ...] = (),
    has_stage_clocks: bool = False,
    ear: EarPort | None = None,
) -> Stage:
    """The app, about to run `plan`, or about to open a library of `files` where that is None."""
    time, players = Time(), list[RecordingPlayer]()

    def make_conductor(of: Plan) -> Conductor:
        players.append(RecordingPlayer())
        made = Conductor(of, time.clocks(), players[-1])
        made.ear = ear
        return made

    if isinstance(plan, Routine):
        plan = make_plan(plan)
    app = UncrampApp(
        library(tmp_path, **(files or {})),
        plan,
        conductors or make_conductor,
        notices=StartNotices(problem, asks=asks, cautions=cautions),
        night=Night(open_own_data().settings.now(), lambda: NOON_MIN),
        data=replace(open_own_data(), clocks=time.clocks()) if has_stage_clocks else at_noon(),
    )
    app.animation_level = "none"
    return Stage(app, time, players)


def at_noon() -> OwnData:
    """What the person keeps; the library's groups are in their order of noon, in any zone."""
    data = open_own_data()
    return replace(data, clocks=replace(data.clocks, wall=_noon))


def _noon() -> float:
    return datetime(2026, 11, 21, 12).astimezone().timestamp()


def right_first() -> Plan:
    """The evening, with the right leg first."""
    return make_plan(EVENING, Choices(first_side=Side.RIGHT))


def phase(on: Stage) -> Phase:
    """The phase of the run on the screen."""
    return on.run.conductor.run.phase


def seen(on: Stage) -> str:
    """The whole screen, as text."""
    return "\n".join("".join(segment.text for segment in strip) for strip in strips(on))


def strips(on: Stage) -> list[Strip]:
    """The lines of the screen. Textual has no public way to ask for them."""
    # What a page over another screen leaves of it.
    visible_screen_stack.set(list(on.app._background_screens))
    return on.app.screen._compositor.render_strips()


@contextmanager
def drawn_when_looked_at() -> Iterator[None]:
    """Meanwhile the app draws what a test looks at, and not every frame on the way there."""
    render_update = Compositor.render_update

    def full_or_nothing(
        self: Compositor, full: bool = False, *others: Any, **named: Any
    ) -> RenderableType | None:
        if full:
            return render_update(self, full, *others, **named)
        self._dirty_regions.clear()
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Compositor, "render_update", full_or_nothing)
        yield


async def settled(on: Stage, pilot: Pilot[int]) -> list[Strip]:
    """The lines of the screen, once drawing them changes nothing any more."""
    for behind in on.app.screen_stack:
        if isinstance(behind, LibraryScreen):
            # It waits a moment where a person scrolls on.
            behind.show_preview()
    await pilot.pause()
    before: list[Strip] = []
    lines = strips(on)
    while lines != before:
        # A page wraps its text again where a scroll bar has come, and draws that a little later.
        await pilot.pause()
        before, lines = lines, strips(on)
    return lines


def notices(on: Stage) -> list[str]:
    """The notices beside the screen. Textual has no public way to ask for them."""
    return [notice.message for notice in on.app._notifications]


class FakeAutosave:
    """Keeps a run, or cannot."""

    def __init__(self, *, can_keep: bool) -> None:
        self.can_keep = can_keep
        self.done: list[str] = []
        self.status = SaveStatus()

    def start_new_run(self) -> None:
        self.done.append("start-new-run")

    def set_aside(self, run: Run, now: int, record: Record) -> None:
        self.done.append("aside")

    def take(self, run: Run, now: int, *, has_events: bool, is_move: bool) -> None: ...

    def finish(self) -> None:
        self.done.append("finish")

    def finish_unrecorded(self, run: Run, now: int, record: Record) -> None:
        self.done.append("finish-unrecorded")

    def leave(self, run: Run, now: int) -> bool:
        self.done.append("leave")
        return self.can_keep


def editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str) -> None:
    """Choose an editor that runs `script`, with the file as `path`."""
    program = tmp_path / "an editor.py"
    program.write_text(
        f"import pathlib, sys\npath = pathlib.Path(sys.argv[-1])\n{script}\n", encoding="utf-8"
    )
    monkeypatch.setenv("VISUAL", f'{sys.executable} "{program}"')
