"""The messages between the program and the speaker process: one JSON object a line, each way.

Moments are milliseconds of a clock that both processes read (`uncramp.system.clocks`).
"""

from collections.abc import Mapping
from typing import Any

from uncramp.core.lazy.dataclass import dataclass
from uncramp.system.line_messages import decoded, encoded

LATE_MS = 1_000.0
"""A sound that would begin later than this after its moment is not played, unless it may be."""


@dataclass(frozen=True, slots=True)
class Play:
    """Start a sound at a moment. If it is later than it may be, it is not played."""

    path: str
    volume: float
    """The amplitude, from 0 to 1."""
    at_ms: float
    """On the steady clock."""
    counting_at_ms: float
    """The same moment on the clock that runs while the machine sleeps."""
    begins_softly: bool = False
    """Does it fade in, as a person's own sound does at night?"""
    instead: str | None = None
    """The file of the bundled sound, played if this one cannot be."""
    delay_ms: float = 0.0
    """The delay of the person's speaker: the sound is played that much earlier."""
    late_ms: float = LATE_MS
    """How long after its moment it may still begin."""


@dataclass(frozen=True, slots=True)
class SetLateness:
    """Play that much earlier on each backend named here."""

    ms: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Forget what begins at or after a moment of the steady clock. What plays goes on."""

    from_ms: float


@dataclass(frozen=True, slots=True)
class Cancel:
    """Forget everything, and be silent within 50 ms."""


@dataclass(frozen=True, slots=True)
class Close:
    """Let the playing sounds ring out, 8 s at most, and end."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """How many messages were handled since the process began: it does not hang."""

    messages: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which backend plays from now on, and why the better ones do not."""

    backend: str
    tried: tuple[str, ...] = ()
    """The backends that were tried first and make no sound."""
    reasons: tuple[str, ...] = ()
    """What each of them reported, in the same order."""
    not_here: tuple[str, ...] = ()
    """The backends that this machine does not have."""


@dataclass(frozen=True, slots=True)
class Sounded:
    """A backend with a device has played all of a sound."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A sound file cannot be played; the words are for a person."""

    words: str


@dataclass(frozen=True, slots=True)
class RingBell:
    """Ring the terminal's bell now."""


ToSpeaker = Play | SetLateness | Withdraw | Cancel | Close
FromSpeaker = Acknowledged | Chosen | Sounded | Trouble | RingBell
Message = ToSpeaker | FromSpeaker

TO_SPEAKER: dict[str, type[ToSpeaker]] = {
    "play": Play,
    "set-lateness": SetLateness,
    "withdraw": Withdraw,
    "cancel": Cancel,
    "close": Close,
}
"""The messages to the speaker process, by their names on the line."""
FROM_SPEAKER: dict[str, type[FromSpeaker]] = {
    "acknowledged": Acknowledged,
    "chosen": Chosen,
    "sounded": Sounded,
    "trouble": Trouble,
    "ring-bell": RingBell,
}
"""The messages from the speaker process, by their names on the line."""
_NAMES: dict[type[Any], str] = {
    kind: name for kinds in (TO_SPEAKER, FROM_SPEAKER) for name, kind in kinds.items()
}


def encode(message: Message) -> bytes:
    """The message as a line, including the line end."""
    return encoded(_NAMES[type(message)], message)


def decode_to_speaker(line: bytes) -> ToSpeaker:
    """A line sent to the speaker process as a message. Raises NotAMessage."""
    return decoded(line, TO_SPEAKER)


def decode_from_speaker(line: bytes) -> FromSpeaker:
    """A line from the speaker process as a message. Raises NotAMessage."""
    return decoded(line, FROM_SPEAKER)
