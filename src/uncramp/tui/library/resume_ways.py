"""A run that was cut off, and what can be chosen about it."""

from enum import StrEnum
from typing import Protocol

from uncramp.core.run.saved import Saved
from uncramp.runs.resume_options import Offer
from uncramp.runs.unkept import NotLeft
from uncramp.session.conductor import Conductor


class Way(StrEnum):
    """What a person chose about a run that was cut off."""

    HERE = "here"
    """Continue at exactly that moment."""
    STEP = "step"
    """Restart that step."""
    START_OVER = "start-over"
    """Start the routine over."""
    LEAVE = "leave"
    """It is over; the history says how far it got."""
    LATER = "later"
    """Not now: it will be offered again."""
    CRAMP = "cramp"
    """Not now, because of a cramp."""


class Unfinished(Protocol):
    """A run that was cut off, and what can be done about it."""

    @property
    def offer(self) -> Offer:
        """What can be done."""

    def conduct(self, saved: Saved | None) -> Conductor | None:
        """Resume it at `saved`, or at the beginning; None if another process was faster."""

    def leave(self) -> NotLeft | None:
        """Do not resume it; `bring_back` undoes that. Returns why that failed, or None."""

    def bring_back(self) -> bool:
        """Undo `leave`, if it was the last one. Can it be resumed again?"""
