"""Every screen in all its states, and the colours of its cells."""

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from rich.color import Color
from rich.style import Style
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import Screen

from tests.content.bundled import routine as bundled
from tests.listening.fake_ear import FakeEar
from tests.tui.made_history import write_history
from tests.tui.stage import EVENING, ROLL, ROUNDS, Stage, routine, stage, strips
from tests.tui.test_resume_screen import of_now
from uncramp import tui
from uncramp.core.plan.plan import Plan, make_plan
from uncramp.core.routine.model import Choices, Routine
from uncramp.session.ports import EarPort
from uncramp.settings.spec import BY_NAME
from uncramp.system import paths
from uncramp.system.files import private_folder
from uncramp.tui.dialogs.cautions_screen import CautionsScreen
from uncramp.tui.dialogs.confirm import ConfirmDialog
from uncramp.tui.dialogs.prompt import PromptDialog
from uncramp.tui.library.resume_screen import ResumeScreen
from uncramp.tui.settings.screen import value_prompt
from uncramp.tui.settings.theme_screen import ThemeScreen

FILES = {
    "bath": """
title = "Foot bath"
summary = "Warm water before bed."
when = "In the evening."
tags = ["soak"]
cautions = ["Not too hot."]
unless = ["numb-feet"]
[[steps]]
name = "Soak"
time = "10m"
[[steps]]
name = "Dry"
open = true
""",
    "rub": """
title = "Rub"
[[steps]]
name = "Calf"
time = "1s"
kind = "rub"
get_ready = 0
""",
    "wrong": """
title = "Wrong"
[[steps]]
name = "Soak"
time = "90 secs"
tmie = 3
""",
}
WITHOUT_ROLL = make_plan(EVENING, Choices(conditions=frozenset({"varicose-veins"})))
BELOW = ("pagedown",) * 3


@dataclass(frozen=True, slots=True)
class Scene:
    """A screen in one of its states: what is opened, and the keys and seconds that lead to it."""

    of: Plan | Routine | None
    does: tuple[str | int, ...] = ()
    said: str = ""
    """What stands in the settings."""
    problem: str = ""
    over: Callable[[], Screen[Any]] | None = None
    """A screen that opens over it."""
    has_history: bool = False
    """Did the person do something in the weeks before?"""
    ear: EarPort | None = None

    def staged(self, folder: Path) -> Stage:
        """The app, about to open."""
        if self.said:
            private_folder(paths.settings_file().parent)
            paths.settings_file().write_text(self.said, encoding="utf-8")
        if self.has_history:
            write_history()
        clocks = self.has_history
        return stage(
            folder,
            self.of,
            files=FILES,
            problem=self.problem,
            has_stage_clocks=clocks,
            ear=self.ear,
        )

    async def played(self, on: Stage, pilot: Pilot[int]) -> None:
        """Do what leads to it."""
        await pilot.pause()
        if self.over is not None:
            on.app.push_screen(self.over())
            await pilot.pause()
        for each in self.does:
            if each == "away":
                on.time.seconds += 720
                on.run.tick()
            elif isinstance(each, int):
                await on.after(pilot, each)
            else:
                await on.press(pilot, each)
        await pilot.pause()


SCENES = {
    "the library": Scene(None, ("down",)),
    "the library with a wrong file": Scene(None, ("down", "down")),
    "the library searched": Scene(None, (*"calf",)),
    "the library with nothing found": Scene(None, (*"xyz",)),
    "the library with a problem": Scene(None, problem="No such routine."),
    "when to see a doctor": Scene(None, ("f1", *BELOW)),
    "the points": Scene(None, ("f2", *BELOW)),
    "the evidence": Scene(None, ("f3",)),
    "the advice": Scene(None, ("f4", *BELOW)),
    "about you": Scene(None, ("f5", "1", "7")),
    "the commands": Scene(None, ("ctrl+p", "down")),
    "the commands, searched": Scene(None, ("ctrl+p", *"night")),
    "a routine": Scene(None, ("enter",)),
    "a routine of which some is left out": Scene(None, ("enter",), 'conditions = ["numb-feet"]'),
    "the keys of a routine": Scene(None, ("enter", "question_mark")),
    "what is wrong with a file": Scene(None, (*"wrong", "enter")),
    "a routine that asks": Scene(None, ("enter", "enter"), 'conditions = ["numb-feet"]'),
    "a routine that is locked": Scene(
        None, (*"rub", "enter", "enter"), 'conditions = ["clot-suspected"]'
    ),
    "told how a run ended": Scene(None, (*"bath", "enter", "enter", 3, "q", "y")),
    "get ready": Scene(EVENING, (4,)),
    "a soak": Scene(EVENING, ("enter", 20)),
    "a soak that listens": Scene(EVENING, ("enter", 20), ear=FakeEar(4)),
    "a still soak": Scene(EVENING, ("enter", 130)),
    "a cramp now": Scene(make_plan(bundled("acute-calf")), (5, "l", 1)),
    "a prompt": Scene(EVENING, ("enter", 65)),
    "a limit": Scene(EVENING, ("enter", "plus")),
    "what is left out": Scene(WITHOUT_ROLL, (2,)),
    "an open step": Scene(EVENING, ("right", 75)),
    "get ready on the left": Scene(EVENING, ("right", "enter", 4)),
    "on the left": Scene(EVENING, ("right", "enter", "enter", 8)),
    "on the right": Scene(EVENING, ("right", "enter", "right", "enter", 8)),
    "the last seconds": Scene(EVENING, ("right", "enter", "enter", 28)),
    "paused": Scene(EVENING, ("enter", 20, "space")),
    "unseen for a while": Scene(EVENING, ("enter", 20, "away")),
    "a rest": Scene(ROUNDS, ("enter", 125)),
    "all of a step": Scene(EVENING, ("right", "enter", "i")),
    "the keys of a run": Scene(EVENING, ("question_mark",)),
    "the settings": Scene(None, ("f6", "down", "right", "down")),
    "the themes": Scene(None, over=lambda: ThemeScreen("auto", is_night=True)),
    "the end of the settings": Scene(None, ("f6", "end")),
    "a value to type": Scene(None, over=lambda: value_prompt(BY_NAME["night.from"], "22:00")),
    "the first cautions": Scene(None, over=lambda: CautionsScreen("Bath", ("Not too hot.",))),
    "the keys of the settings": Scene(None, ("f6", "question_mark")),
    "what may be chosen": Scene(None, ("enter", "t", "down", "space", "down")),
    "asked whether to delete": Scene(
        None, over=lambda: ConfirmDialog("Delete", ("It goes to the trash.",), "Delete it")
    ),
    "asked for a name": Scene(
        None, over=lambda: PromptDialog("Copy", "Bath", lambda _: "There is one."), does=("enter",)
    ),
    "a run that was cut off": Scene(None, over=lambda: ResumeScreen(of_now().offer, 100.0)),
    "a cramp": Scene(bundled("acute-calf"), (3,)),
    "a cramp of the other kind": Scene(bundled("acute-calf"), (3, "2", 2, "l")),
    "the history": Scene(None, ("f7", "down"), has_history=True),
    "the history of nobody": Scene(None, ("f7",)),
    "an entry of the history": Scene(None, ("f7", "down", "enter"), has_history=True),
    "the month": Scene(None, ("f7", "m", "left"), has_history=True),
    "how the cramp was": Scene(None, ("f7", "a", "0", "l", "c", "7"), has_history=True),
    "where to jump": Scene(EVENING, ("enter", "j", "down")),
    "where to jump, searched": Scene(EVENING, ("enter", "j", *"roll")),
    "nowhere to jump": Scene(EVENING, ("enter", "j", *"xyz")),
    "louder": Scene(EVENING, ("enter", "up")),
    "undone": Scene(EVENING, ("enter", "right", "u")),
    "asked whether to end": Scene(EVENING, ("enter", 5, "q")),
    "the end": Scene(routine(ROLL), (140,)),
}


def screen_classes() -> Iterator[type[Screen[Any]]]:
    """Every class of a screen in the rooms of the full screen."""
    for module in pkgutil.walk_packages(tui.__path__, "uncramp.tui."):
        for kind in vars(import_module(module.name)).values():
            is_screen = isinstance(kind, type) and issubclass(kind, Screen)
            if is_screen and kind.__module__ == module.name:
                yield kind


Triplet = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """What is seen in one place, and its two colours; None for what the terminal has."""

    x: int
    y: int
    character: str
    ink: Triplet | None
    ground: Triplet | None


def cells(on: Stage, within: Region | None = None) -> Iterator[Cell]:
    """Each character of the screen in each of its colours, where it stands first."""
    found = set[tuple[str, Triplet | None, Triplet | None]]()
    for y, strip in enumerate(strips(on)):
        x = 0
        for segment in strip:
            ink, ground = _colours(segment.style)
            for character in segment.text:
                kind = character, ink, ground
                if kind not in found and (within is None or within.contains(x, y)):
                    found.add(kind)
                    yield Cell(x, y, *kind)
                x += 1


@cache
def _colours(style: Style | None) -> tuple[Triplet | None, Triplet | None]:
    if style is None:
        return None, None
    ink, ground = _triplet(style.color), _triplet(style.bgcolor)
    return (ground, ink) if style.reverse else (ink, ground)


def _triplet(colour: Color | None) -> Triplet | None:
    if colour is None or colour.triplet is None:
        return None
    red, green, blue = colour.triplet
    return red, green, blue


@cache
def luminance(colour: Triplet) -> float:
    """How bright it is, from 0 to 1: the relative luminance of WCAG 2.2."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def contrast(one: Triplet, other: Triplet) -> float:
    """The contrast of two colours, from 1 to 21, by WCAG 2.2."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


SIZES = [(40, 12), (80, 24), (120, 40)]
