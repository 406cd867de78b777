"""A routine as a calendar entry, for the commands that write one."""

from pathlib import Path

from uncramp.core.plan.plan import Plan
from uncramp.core.suitability.assess import Answer
from uncramp.core.text.icalendar import calendar_text
from uncramp.export.calendar_file import event_of
from uncramp.export.card.card_content import card_of
from uncramp.export.text_file import write_text
from uncramp.runs.local_times import today
from uncramp.system.clocks import file_stamp, system_clocks


def write_calendar_entry(
    target: Path,
    plan: Plan,
    found: Answer,
    *,
    minute: int,
    days: tuple[int, ...],
    may_replace: bool = False,
) -> None:
    """Write a plan as an entry that repeats at `minute` of each of `days`. Raises CannotExport.

    `found` says what of it is different for this person.
    """
    now_s = system_clocks().wall()
    event = event_of(
        plan,
        card_of(plan, found.differences),
        minute=minute,
        days=days,
        today=today(now_s),
        written=f"{file_stamp(now_s).replace('-', 'T')}Z",
    )
    lines = calendar_text([event]).split("\r\n")[:-1]
    write_text(target, lines, may_replace=may_replace, line_end="\r\n")
