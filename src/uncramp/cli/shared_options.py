"""Options that several commands have. Loads nothing else."""

import math

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, ArgumentTypeError, _ActionsContainer

SLOWEST, FASTEST = 0.1, 1000.0
"""How much slower or faster than a clock a rehearsal may go."""


ON_OR_OFF = "on-or-off"
"""The action of an option with two names: `--voice` is True, `--no-voice` False."""


def refusal(words: str) -> "ArgumentTypeError":
    """What the reader of an option's word raises to refuse it, with words for the person."""
    from argparse import ArgumentTypeError

    return ArgumentTypeError(words)


def add_routine(parser: "ArgumentParser") -> None:
    """Add the routine, by id or file."""
    parser.add_argument("routine", metavar="ID|FILE", help="a routine's id, or a file: ./mine.toml")


def add_json(parser: "_ActionsContainer", what: str) -> None:
    """Add --json; `what` says what it writes."""
    parser.add_argument("--json", action="store_true", help=f"for programs: {what}")


def add_side(
    parser: "ArgumentParser", words: str = "which leg comes first, and which one is cramped"
) -> None:
    """Add --side."""
    parser.add_argument("--side", type=_side, metavar="left|right", help=words)


def add_for(parser: "ArgumentParser") -> None:
    """Add --for: conditions for this time."""
    parser.add_argument(
        "--for", dest="conditions", type=condition_list, default=(), metavar="CONDITION[,...]",
        help="conditions that apply this time only: pregnant, cannot-stand ...",
    )  # fmt: skip


def add_choices(parser: "ArgumentParser") -> None:
    """Add the choices about steps: --time and --without."""
    parser.add_argument(
        "--time", action="append", default=[], dest="times", metavar="STEP=TIME",
        help="a different time for a step, this time only: soak=15m",
    )  # fmt: skip
    parser.add_argument(
        "--without", action="append", default=[], dest="left_out", metavar="STEP",
        help="leave a step out, this time only: Calf roll",
    )  # fmt: skip


def add_yes(parser: "ArgumentParser") -> None:
    """Add --yes."""
    parser.add_argument(
        "--yes", action="store_true", help="run it without asking, even if it should ask you first"
    )


def add_night(parser: "ArgumentParser") -> None:
    """Add --night."""
    parser.add_argument(
        # Where it is named before the command, the value is there already.
        "--night", action="store_true",
        help="night mode whatever the time: red on black, and quiet",
    )  # fmt: skip


def add_run_options(parser: "ArgumentParser") -> None:
    """Add the options of any run of a routine."""
    add_side(parser)
    add_for(parser)
    add_performance(parser)


def add_performance(parser: "ArgumentParser") -> None:
    """Add how a run is performed, for a routine or a timer."""
    add_night(parser)
    parser.add_argument(
        "--plain", action="store_true", help="write lines of text instead of a full screen"
    )
    add_json(parser, "like --plain, but one JSON object per line")
    parser.add_argument(
        "--speed", type=_speed, metavar="N", default=1.0,
        help="rehearse: run the clock N times as fast, silently and without questions",
    )  # fmt: skip
    parser.add_argument("--sound", action="store_true", help="play the sounds of a rehearsal")
    add_voice(parser)
    add_listen(parser)
    add_sounds(parser)
    _add_volume_options(parser)


def add_voice(parser: "ArgumentParser") -> None:
    """Add --voice and --no-voice."""
    parser.add_argument(
        "--voice", action=ON_OR_OFF, default=None,
        help="speak or not, whatever the settings say",
    )  # fmt: skip


def add_sounds(parser: "ArgumentParser") -> None:
    """Add --sounds."""
    parser.add_argument(
        "--sounds", type=_sound_set, metavar="SET", help="which sounds: bowl, wood or beep"
    )


def add_listen(parser: "ArgumentParser") -> None:
    """Add --listen."""
    parser.add_argument(
        "--listen", action=ON_OR_OFF, default=None,
        help="two claps do what Enter does; nothing that is heard is kept or sent",
    )  # fmt: skip


def _add_volume_options(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "--volume", type=_volume, metavar="N", help="how loud, 0 to 100; 50 is half as loud"
    )
    parser.add_argument("--quiet", action="store_true", help="start at a third of the volume")
    parser.add_argument("--mute", action="store_true", help="start with no sound at all")


def _side(word: str) -> str:
    if word.casefold() not in ("left", "right"):
        raise refusal(f'"{word}" is not a side. Write left or right.')
    return word.casefold()


def _sound_set(word: str) -> str:
    """The name of a set of sounds. Raises ArgumentTypeError."""
    from uncramp.system.resources import SOUND_SETS

    if word.casefold() not in SOUND_SETS:
        *most, last = SOUND_SETS
        names = f"{', '.join(most)} or {last}"
        raise refusal(f'"{word}" is not a set of sounds. Write {names}.')
    return word.casefold()


def _volume(word: str) -> int:
    if not (word.isascii() and word.isdigit() and int(word) <= 100):
        raise refusal(f'"{word}" is not a volume. Write a number from 0 to 100.')
    return int(word)


def condition_list(word: str) -> tuple[str, ...]:
    """Conditions with commas between them. Raises ArgumentTypeError."""
    from uncramp.core.suitability.conditions import conditions_in

    try:
        return conditions_in(word)
    except ValueError as error:
        raise refusal(str(error)) from None


def _speed(word: str) -> float:
    try:
        speed = float(word)
    except ValueError:
        speed = math.nan
    if not SLOWEST <= speed <= FASTEST:
        limits = f"Write a number from {SLOWEST:g} to {FASTEST:g}, such as 20."
        raise refusal(f'"{word}" is not a speed. {limits}')
    return speed
