"""What one part of the full screen tells another."""

from dataclasses import dataclass
from typing import Any

from textual.message import Message
from textual.screen import Screen

from uncramp.core.routine.model import Choices, Routine
from uncramp.core.run.record import Record


@dataclass
class RunOver(Message):
    """A run has come to its end, or the person ended it."""

    record: Record
    """How far it got."""


@dataclass
class RunKept(Message):
    """The person left a run, to resume it later."""

    record: Record | None
    """How far it got, where it could not be kept and is over."""


@dataclass
class TitleChanged(Message):
    """What the title of the terminal's window is to say is another now."""

    words: str


@dataclass
class News(Message):
    """Something that a person who looks elsewhere wants to know of a run."""

    title: str
    """Of the routine."""
    words: str


@dataclass
class EndUndone(Message):
    """The person undoes the move that led past the end of a run."""


@dataclass
class FinishLeft(Message):
    """The person has seen that the run is finished."""


@dataclass
class RoutineStarted(Message):
    """The person starts a routine."""

    asked_on: Screen[Any]
    """The screen with the key for it: a start counts only while that is in front."""
    routine: Routine
    """What to start."""
    choices: Choices | None = None
    """What was chosen for this run; None for what the settings say."""


@dataclass
class SettingsChanged(Message):
    """The person has changed a setting: what follows from it is to follow at once."""
