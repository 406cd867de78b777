"""Turns the command line into the options of a session, which never sees the command line."""

from uncramp.audio.volume import Hush
from uncramp.cli.arguments import Arguments
from uncramp.core.routine.model import Side
from uncramp.session.run_options import ChoiceOptions, RunOptions


def run_options(
    asked: Arguments, *, is_on_screen: bool = False, is_typed_at: bool = False
) -> RunOptions:
    """How to perform a run; commands without an option keep its default."""
    hush = Hush.NONE
    if getattr(asked, "quiet", False):
        hush = Hush.QUIET
    if getattr(asked, "mute", False):
        hush = Hush.MUTED
    return RunOptions(
        speed=getattr(asked, "speed", 1.0),
        has_sound=getattr(asked, "sound", False),
        voice=getattr(asked, "voice", None),
        listen=getattr(asked, "listen", None),
        sound_set=getattr(asked, "sounds", None),
        volume=getattr(asked, "volume", None),
        hush=hush,
        is_night=asked.night,
        is_on_screen=is_on_screen,
        is_typed_at=is_typed_at,
    )


def choice_options(asked: Arguments) -> ChoiceOptions:
    """The choices about a routine for this one time."""
    side = getattr(asked, "side", None)
    return ChoiceOptions(
        side=Side(side) if side else None,
        conditions=tuple(getattr(asked, "conditions", ())),
        times=tuple(getattr(asked, "times", ())),
        left_out=tuple(getattr(asked, "left_out", ())),
    )
