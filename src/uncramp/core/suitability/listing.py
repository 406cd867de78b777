"""What a list shows about a routine, and whether it suits a person."""

from typing import NamedTuple

from uncramp.core.suitability.conditions import CLOT, because_words


class Listing(NamedTuple):
    """One routine in a list. A tuple, because thousands are made at once from the index."""

    id: str
    title: str
    """Its id if its file cannot be read."""
    total_ms: int | None = None
    """Its length, with open steps up to their first prompt; None if its file has an error."""
    steps: int = 0
    """How many steps, with sides and rounds."""
    open_steps: int = 0
    summary: str = ""
    """What it is, or when to use it."""
    tags: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """The names of its steps, each once."""
    points: tuple[str, ...] = ()
    """The codes of its points, each once."""
    unless: tuple[str, ...] = ()
    """Conditions under which it asks first or, if it is urgent, is not offered."""
    is_urgent: bool = False
    is_for_a_leg: bool = False
    """Is it locked if a clot is possible?"""
    errors: int = 0
    """How many errors prevent it from running."""
    warnings: int = 0
    is_own: bool = False
    """Is it in the person's own folder?"""
    hides_bundled: bool = False
    """Does it replace a bundled one with the same id?"""

    @property
    def can_run(self) -> bool:
        """Is its file without errors?"""
        return self.total_ms is not None


def is_locked(listing: Listing, conditions: frozenset[str]) -> bool:
    """Is the routine locked because a clot is possible and it works on a leg?"""
    return CLOT in conditions and listing.is_for_a_leg


def why_not_for(listing: Listing, conditions: frozenset[str]) -> str | None:
    """Why a routine does not suit someone with these conditions; None if it does.

    It does not if it is locked, or if it is urgent and they cannot do it: during a cramp
    nobody has time to choose. `core.suitability.assess` says the same about the routine
    itself (`answer`, `is_offered`).
    """
    if not conditions:
        return None
    if is_locked(listing, conditions):
        return "Locked: a clot is possible. See a doctor today."
    against = tuple(word for word in listing.unless if word in conditions)
    if listing.is_urgent and against:
        return f"Not for you: {because_words(against)}."
    return None


def why_it_asks(listing: Listing, conditions: frozenset[str]) -> str | None:
    """Why a routine asks this person before it starts; None if it does not."""
    if not conditions:
        return None
    against = tuple(word for word in listing.unless if word in conditions)
    if listing.is_urgent or not against:
        return None
    return f"Asks first: {because_words(against)}."
