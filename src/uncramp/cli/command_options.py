"""The options of each command, with their help. Loads nothing else."""

from collections.abc import Callable

from uncramp.cli.shared_options import (
    ON_OR_OFF,
    add_choices,
    add_for,
    add_json,
    add_listen,
    add_night,
    add_performance,
    add_routine,
    add_run_options,
    add_side,
    add_sounds,
    add_voice,
    add_yes,
    condition_list,
    refusal,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser

CTL_COMMANDS = (
    "pause", "go-on", "toggle", "done", "still", "next", "back", "again", "undo", "more", "less",
    "catch-up", "louder", "softer", "mute", "night", "end", "status",
)  # fmt: skip
"""What `uncramp ctl` can ask of a run, as `control.protocol` names it, which is not loaded here."""

ESCAPED_FOR = ("none", "pango", "tmux", "polybar", "swiftbar")
"""The bars whose own markup `uncramp status --escape` knows."""


def _add_run(run: "ArgumentParser") -> None:
    add_routine(run)
    add_run_options(run)
    add_choices(run)
    add_yes(run)


def _add_timer(timer: "ArgumentParser") -> None:
    timer.add_argument(
        "timer", nargs="?", metavar="TIME|ROUNDSxTIME[/REST]",
        help="how long: 5m, or 8x20s/10s for 8 rounds with rests",
    )  # fmt: skip
    timer.add_argument("title", nargs="*", metavar="TITLE", help="what it is called")
    add_performance(timer)
    add_yes(timer)


def _add_ctl(ctl: "ArgumentParser") -> None:
    ctl.add_argument(
        "do", nargs="?", type=_ctl_command, metavar="COMMAND", help=", ".join(CTL_COMMANDS)
    )
    _add_run_id(ctl)


def _ctl_command(word: str) -> str:
    name = word.casefold()
    if name not in CTL_COMMANDS:
        known = f"There are {', '.join(CTL_COMMANDS)}."
        raise refusal(f'"{word}" is no command. {known}')
    return name


def _add_status(status: "ArgumentParser") -> None:
    status.add_argument(
        "--watch", action="store_true", help="stay, and write a line at each change"
    )
    how = status.add_mutually_exclusive_group()
    how.add_argument(
        "--format", metavar="TEXT", help='your own line, such as "{name} {left} {side}"'
    )
    add_json(how, "the run's whole status")
    status.add_argument(
        "--escape", type=_escaped_for, default="none", metavar="BAR",
        help="write names so that the bar shows them as they are: pango, tmux, polybar, swiftbar",
    )  # fmt: skip
    _add_run_id(status)


def _escaped_for(word: str) -> str:
    if word not in ESCAPED_FOR:
        known = f"There are {', '.join(ESCAPED_FOR)}."
        raise refusal(f'"{word}" is no bar that is known. {known}')
    return word


def _add_run_id(parser: "ArgumentParser") -> None:
    parser.add_argument("--run", metavar="ID", help="which run; by default the latest")


def _add_list(list_: "ArgumentParser") -> None:
    add_json(list_, "an array with one object per routine")


def _add_show(show: "ArgumentParser") -> None:
    add_routine(show)
    add_side(show)
    add_for(show)
    add_choices(show)
    add_json(show, "an object with every span and every cue")


def _add_cautions(cautions: "ArgumentParser") -> None:
    add_routine(cautions)
    add_for(cautions)
    cautions.set_defaults(side=None)


def _add_points(points: "ArgumentParser") -> None:
    add_json(points, "an array with one object per point")


def _add_point(point: "ArgumentParser") -> None:
    point.add_argument("name", nargs="+", metavar="NAME", help="a code or a name: KD3, Taixi, 太溪")
    add_side(point, "which side the picture shows")
    point.add_argument(
        "--picture", action=ON_OR_OFF,
        help="draw the picture or not; by default only on a terminal",
    )  # fmt: skip
    point.add_argument(
        "--svg", metavar="FILE",
        help="write its picture to a new file, or to standard output with -, as SVG",
    )  # fmt: skip
    add_json(point, "an object")


def _add_advice(advice: "ArgumentParser") -> None:
    advice.add_argument("name", nargs="?", metavar="NAME", help="which page")


def _add_check(check: "ArgumentParser") -> None:
    check.add_argument(
        "files", nargs="+", metavar="FILE", help="a file, a folder of them, or - for standard input"
    )
    check.add_argument("--strict", action="store_true", help="exit with status 1 for warnings too")
    add_json(check, "an array with one object per problem")


def _add_new(new: "ArgumentParser") -> None:
    new.add_argument("--title", help="the title; you are asked for it if you leave this out")
    new.add_argument(
        "--step", action="append", default=[], dest="steps", metavar="NAME=TIME[/SIDES]",
        help="a step, such as Calf roll=2m/each; repeat for more steps",
    )  # fmt: skip
    new.add_argument(
        "--id",
        dest="new_id",
        metavar="ID",
        help="the name of the file; by default made from the title",
    )
    new.add_argument("--urgent", action="store_true", help="start immediately, with no get-ready")


def _add_copy(copy: "ArgumentParser") -> None:
    add_routine(copy)
    copy.add_argument(
        "new_id", nargs="?", metavar="NEW", help="a new id; the title is made from it"
    )


def _add_trash(trash: "ArgumentParser") -> None:
    trash.set_defaults(do="list", routine=None, yes=False)
    doing = trash.add_subparsers(dest="do", metavar="list|restore|empty", parser_class=type(trash))
    doing.add_parser("list", help="what is in the trash, latest first")
    restore = doing.add_parser("restore", help="restore a routine")
    restore.add_argument("routine", metavar="ID", help="its id, as in the list")
    emptied = doing.add_parser("empty", help="delete everything in the trash permanently")
    emptied.add_argument("--yes", action="store_true", help="do not ask first")


def _add_export(export: "ArgumentParser") -> None:
    from uncramp.cli.export_options import add_export_options

    add_routine(export)
    add_export_options(export)
    _add_rendering(export)


def _add_share(share: "ArgumentParser") -> None:
    from uncramp.cli.export_options import add_share_options

    add_routine(share)
    add_share_options(share)
    _add_rendering(share)


def _add_rendering(parser: "ArgumentParser") -> None:
    """Add what changes the sound of a routine that is taken along."""
    add_side(parser)
    add_for(parser)
    add_choices(parser)
    add_voice(parser)
    add_sounds(parser)
    add_night(parser)


def _add_bundle(bundle: "ArgumentParser") -> None:
    from uncramp.cli.export_options import add_bundle_options

    add_routine(bundle)
    add_bundle_options(bundle)


def _add_completion(completion: "ArgumentParser") -> None:
    completion.add_argument("words", nargs="*", metavar="SHELL", help="bash, zsh or fish")
    # What the scripts ask for, with the words typed so far.
    completion.add_argument(
        "--list",
        dest="kind",
        choices=("ids", "deleted", "steps", "times", "values"),
    )


def _add_fmt(fmt: "ArgumentParser") -> None:
    fmt.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="a file, or - for standard input to standard output",
    )
    fmt.add_argument("--check", action="store_true", help="only say which files are not tidy")


def _add_import(import_: "ArgumentParser") -> None:
    from uncramp.cli.export_options import add_import_options

    add_import_options(import_)


def _add_history(history: "ArgumentParser") -> None:
    from uncramp.cli.history_options import add_history_options

    add_history_options(history)


def _add_log(log: "ArgumentParser") -> None:
    from uncramp.cli.history_options import add_log_options

    add_log_options(log)


def _add_config(config: "ArgumentParser") -> None:
    from uncramp.cli.config_options import add_config_options

    add_config_options(config)


def _add_remind(remind: "ArgumentParser") -> None:
    from uncramp.cli.remind_options import add_remind_options

    add_remind_options(remind)


def _add_me_options(parser: "ArgumentParser") -> None:
    for option, words in (
        ("--set", "this applies to you"),
        ("--unset", "this does not apply to you"),
    ):
        parser.add_argument(
            option, action="append", type=condition_list, default=[], metavar="CONDITION[,...]",
            help=words,
        )  # fmt: skip
    parser.add_argument("--clear", action="store_true", help="none of them applies to you")
    parser.add_argument("--ask", action="store_true", help="ask the questions again")
    add_json(parser, "an object")


def _add_resume_options(parser: "ArgumentParser") -> None:
    parser.add_argument("routine", nargs="?", metavar="ID", help="the run of this routine")
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--from-step", action="store_true", help="start the step again from its beginning"
    )
    how.add_argument(
        "--forget", action="store_true", help="do not resume it: put it into the history"
    )
    parser.add_argument(
        "--plain", action="store_true", help="write lines of text instead of a full screen"
    )
    add_json(parser, "like --plain, but one JSON object per line")
    parser.add_argument(
        "--yes", action="store_true", help="resume without asking, even if it should ask you first"
    )
    add_night(parser)
    add_listen(parser)


def _add_doctor_options(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "--sound", action="store_true", help="play each bundled sound, and measure how late it is"
    )
    parser.add_argument(
        "--microphone", action="store_true", help="open the microphone, and hear whether you clap"
    )
    add_json(parser, "an object; asks no questions")


OPTIONS: "dict[str, Callable[[ArgumentParser], None]]" = {
    "run": _add_run,
    "timer": _add_timer,
    "now": add_run_options,
    "resume": _add_resume_options,
    "ctl": _add_ctl,
    "status": _add_status,
    "list": _add_list,
    "show": _add_show,
    "cautions": _add_cautions,
    "export": _add_export,
    "share": _add_share,
    "bundle": _add_bundle,
    "import": _add_import,
    "history": _add_history,
    "log": _add_log,
    "remind": _add_remind,
    "points": _add_points,
    "point": _add_point,
    "config": _add_config,
    "me": _add_me_options,
    "advice": _add_advice,
    "check": _add_check,
    "new": _add_new,
    "copy": _add_copy,
    "edit": add_routine,
    "trash": _add_trash,
    "fmt": _add_fmt,
    "doctor": _add_doctor_options,
    "completion": _add_completion,
}
"""What adds the options of each command; a command that is missing has none."""
