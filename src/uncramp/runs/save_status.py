"""Whether a run that goes on is being saved, and the words for it."""

from enum import Enum

from uncramp.core.lazy.dataclass import dataclass


class SaveState(Enum):
    """Whether saving a run works."""

    FINE = "fine"
    FAILING = "failing"
    FINE_AGAIN = "fine-again"


@dataclass(frozen=True, slots=True)
class SaveStatus:
    """Whether saving a run works; `folder` and `reason` say where and why it fails."""

    state: SaveState = SaveState.FINE
    folder: str = ""
    reason: str = ""


def save_words(status: SaveStatus) -> str:
    """The sentence for the person; empty if all is well."""
    match status.state:
        case SaveState.FAILING:
            return (
                f"This run goes on, but it cannot be saved in {status.folder}: {status.reason}. "
                "If it is cut off, it cannot be resumed."
            )
        case SaveState.FINE_AGAIN:
            return "This run is being saved again."
        case SaveState.FINE:
            return ""
