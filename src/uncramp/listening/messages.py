"""The messages from the listening process: one JSON object a line.

No sound is ever in them. The program tells the process nothing: it ends when its input does.
"""

from uncramp.core.claps.detector import ClapPair
from uncramp.core.lazy.dataclass import dataclass
from uncramp.system.line_messages import decoded, encoded

LOUDEST_LEVEL = 7
"""The highest level of the meter; 0 is the lowest."""
METER_FROM_DB, DB_PER_LEVEL = -60.0, 6.0
"""Level 0 ends this far above the first, in dB relative to full scale; each level is as wide."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The microphone is open: the system's default."""

    system: str
    """What it was opened by, such as PulseAudio."""
    microphones: tuple[str, ...]
    """The names of all that there are."""


@dataclass(frozen=True, slots=True)
class Level:
    """How loud it is now, from 0 to `LOUDEST_LEVEL`."""

    level: int


@dataclass(frozen=True, slots=True)
class Silent:
    """Nothing has come from the microphone yet, not even noise; or now it has."""

    is_silent: bool


@dataclass(frozen=True, slots=True)
class ProgramStopped:
    """The program was stopped, as by Ctrl-Z: the microphone is closed, and the process ends."""


@dataclass(frozen=True, slots=True)
class Cannot:
    """It cannot listen, or no longer; the words say why, for a person."""

    words: str


FromEar = Opened | ClapPair | Level | Silent | ProgramStopped | Cannot

FROM_EAR: dict[str, type[FromEar]] = {
    "opened": Opened,
    "clapped": ClapPair,
    "level": Level,
    "silent": Silent,
    "program-stopped": ProgramStopped,
    "cannot": Cannot,
}
"""The messages by their names on the line. The claps are by the steady clock."""
_NAMES = {kind: name for name, kind in FROM_EAR.items()}


def encode(message: FromEar) -> bytes:
    """The message as a line, including the line end."""
    return encoded(_NAMES[type(message)], message)


def decode(line: bytes) -> FromEar:
    """A line of the listening process as a message. Raises NotAMessage."""
    return decoded(line, FROM_EAR)
