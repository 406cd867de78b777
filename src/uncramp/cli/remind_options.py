"""The words of `uncramp remind`. Loads nothing else."""

from uncramp.cli.export_options import time_of_day, weekdays

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser


def add_remind_options(remind: "ArgumentParser") -> None:
    """Add the options of `uncramp remind`."""
    remind.add_argument("routine", nargs="?", metavar="ID", help="the routine to be reminded of")
    remind.add_argument("--at", type=time_of_day, metavar="TIME", help="when: 21:30")
    remind.add_argument(
        "--days", type=weekdays, default=tuple(range(7)), metavar="DAYS",
        help="mon-fri, or mon,wed,sat; by default every day",
    )  # fmt: skip
    does = remind.add_mutually_exclusive_group()
    does.add_argument("--list", action="store_true", help="the reminders that are set up")
    does.add_argument("--remove", action="store_true", help="take the reminder of ID away")
    does.add_argument("--ics", metavar="FILE", help="write a calendar entry with an alarm instead")
    remind.add_argument("--yes", action="store_true", help="do not ask first")
