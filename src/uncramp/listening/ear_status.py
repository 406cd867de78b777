"""What there is to show about listening."""

from uncramp.core.lazy.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class EarStatus:
    """What a screen shows about listening."""

    is_listening: bool = False
    words: str = ""
    """One or two sentences for a person; empty until the microphone has opened or failed."""
    is_silent: bool = False
    """Has nothing at all come from the microphone yet?"""
    system: str = ""
    """What the microphone was opened by, such as PulseAudio; "" if it is not open."""
    microphones: tuple[str, ...] = ()
    """All that there are; the open one is the system's default."""
    level: int | None = None
    """How loud it is, from 0 to `LOUDEST_LEVEL` of the messages; None if that is not known."""
