"""The command line: names the command, and imports what it needs only then."""

import sys

from uncramp import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence


def main(argv: "Sequence[str] | None" = None) -> int:
    """Do what `argv` asks, or the command line where it is None. Returns the exit status."""
    words = sys.argv[1:] if argv is None else list(argv)
    # Without all that reading a command line needs.
    if words == ["--version"]:
        print("uncramp", __version__)
        return 0
    if words in (["--help"], ["-h"]):
        from uncramp.cli.overview import overview

        print(overview())
        return 0
    from uncramp.cli.parser import parsed

    return _done(parsed(words))


def _done(asked: "Namespace") -> int:
    from uncramp.plain.output import OutputClosed, discard_output

    try:
        match asked.command:
            case "list":
                from uncramp.cli.commands import list as list_command

                return list_command.list_(asked)
            case "show" | "cautions":
                from uncramp.cli.commands import show

                return show.show(asked) if asked.command == "show" else show.cautions(asked)
            case "points" | "point":
                from uncramp.cli.commands import points

                return points.points(asked) if asked.command == "points" else points.point(asked)
            case "config":
                from uncramp.cli.commands import config

                return config.config(asked)
            case "me":
                from uncramp.cli.commands import me

                return me.me(asked)
            case "safety" | "evidence" | "advice":
                from uncramp.cli.commands import advice

                pages = {"safety": advice.safety, "evidence": advice.evidence}
                return pages.get(asked.command, advice.advice)(asked)
            case "history":
                from uncramp.cli.commands import history

                return history.history(asked)
            case "log":
                from uncramp.cli.commands import log

                return log.log(asked)
            case "check":
                from uncramp.cli.commands import check

                return check.check(asked)
            case "new" | "copy":
                from uncramp.cli.commands import new

                return new.new(asked) if asked.command == "new" else new.copy(asked)
            case "edit":
                from uncramp.cli.commands import edit

                return edit.edit(asked)
            case "trash":
                from uncramp.cli.commands import trash

                return trash.trash(asked)
            case "fmt":
                from uncramp.cli.commands import fmt

                return fmt.fmt(asked)
            case "export":
                from uncramp.cli.commands import export

                return export.export(asked)
            case "schema":
                from uncramp.cli.commands import schema

                return schema.schema()
            case "doctor":
                from uncramp.cli.commands import doctor

                return doctor.doctor(asked)
            case "resume":
                from uncramp.cli.commands import resume

                return resume.resume(asked)
            case "where":
                from uncramp.cli.commands import where

                return where.where()
            case "run":
                from uncramp.cli.commands import run

                return run.run(asked)
            case "now":
                from uncramp.cli.commands import now

                return now.now(asked)
            case _:
                from uncramp.cli.commands import home

                return home.home(asked)
    except OutputClosed as gone:
        return discard_output(gone)
    except KeyboardInterrupt:
        return 130
