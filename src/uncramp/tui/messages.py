"""The messages between the parts of the full screen."""

from dataclasses import dataclass
from typing import Any

from textual.message import Message
from textual.screen import Screen

from uncramp.core.routine.model import Choices, Routine
from uncramp.core.run.record import Record


@dataclass
class RunOver(Message):
    """A run is finished, or the person ended it."""

    record: Record
    """How far it got."""


@dataclass
class RunKept(Message):
    """The person left a run, to resume it later."""

    record: Record | None
    """How far it got, if it could not be kept and is over."""


@dataclass
class TitleChanged(Message):
    """The title of the terminal's window should change."""

    words: str


@dataclass
class News(Message):
    """Something about a run that belongs in a notification."""

    title: str
    """The routine's title."""
    words: str


@dataclass
class EndUndone(Message):
    """The person undoes the move that ended a run."""


@dataclass
class FinishLeft(Message):
    """The person has seen that the run is finished."""


@dataclass
class RoutineStarted(Message):
    """The person starts a routine."""

    asked_on: Screen[Any]
    """The screen where it was started: the start counts only while that is in front."""
    routine: Routine
    """The routine to start."""
    choices: Choices | None = None
    """The choices for this run; None for those of the settings."""


@dataclass
class SettingsChanged(Message):
    """The person has changed a setting, which takes effect at once."""


@dataclass
class ThemePreviewed(Message):
    """The person looks at a theme, and has not chosen it yet."""

    theme: str | None
    """A word of `settings.spec.THEMES`; None ends the looking."""
