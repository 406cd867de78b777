"""`uncramp remind`: reminders of a routine, shown by the system."""

import shlex
from collections.abc import Iterator
from pathlib import Path

from uncramp.cli.arguments import Arguments
from uncramp.cli.calendar_entry import write_calendar_entry
from uncramp.cli.export_words import export_words
from uncramp.cli.prompts import can_ask, says_yes
from uncramp.cli.routine_lookup import open_library, unknown_words
from uncramp.core.suitability.assess import answer
from uncramp.core.text.safe_text import on_one_line, shown
from uncramp.core.text.weekdays import clock_time, weekday_words
from uncramp.export.draft import CannotExport, ExportFault
from uncramp.library.library import Entry
from uncramp.plain.output import complain, write
from uncramp.runs.local_times import today
from uncramp.session.own_data import open_own_data
from uncramp.system import paths
from uncramp.system.os_errors import reason_of
from uncramp.system.reminders.reminder import Reminder, Setup
from uncramp.system.reminders.service import (
    CannotRemind,
    ReminderService,
    is_seen,
    reminder_service,
    set_up,
    take_away,
)

INSTEAD = "uncramp remind ID --at 21:30 --ics FILE writes a calendar entry for your phone instead."

NOT_SEEN_NOW = (
    "Nothing shows notifications here now. The reminder is seen only if your desktop shows them "
    "when its time comes."
)


def remind(asked: Arguments) -> int:
    """Set up, list or remove reminders. 0: done, 2: not."""
    if asked.routine is None and not asked.list:
        return complain("Say which routine: uncramp remind bedtime --at 21:30.")
    if asked.ics is not None:
        return _write_calendar(asked)
    service = reminder_service(Path.home(), paths.reminders_folder())
    if isinstance(service, str):
        return complain(f"{service} {INSTEAD}")
    try:
        if asked.list:
            return _list(service)
        return _remove(service, asked) if asked.remove else _set(service, asked)
    except CannotRemind as problem:
        return complain(str(problem))
    except OSError as error:
        return complain(f"{service.folder}: {reason_of(error)}.")


def _list(service: ReminderService) -> int:
    found = service.reminders()
    width = max((len(reminder.routine_id) for reminder in found), default=0)
    write(
        f"{clock_time(at.minute)}  {shown(at.routine_id):<{width}}  {weekday_words(at.days)}"
        for at in found
    )
    if not found:
        write(["No reminder is set up."])
    return 0


def _known(service: ReminderService, routine_id: str) -> Reminder | None:
    found = (known for known in service.reminders() if known.routine_id == routine_id)
    return next(found, None)


def _remove(service: ReminderService, asked: Arguments) -> int:
    known = _known(service, asked.routine)
    if known is None:
        words = f"There is no reminder of {shown(asked.routine)}."
        return complain(f"{words} uncramp remind --list lists those there are.")
    take_away(service.setup(known, _today()))
    write([f"The reminder of {shown(asked.routine)} is gone, with its files."])
    return 0


def _set(service: ReminderService, asked: Arguments) -> int:
    entry = _entry(asked)
    if entry is None:
        return 2
    known = _known(service, entry.id)
    reminder = Reminder(entry.id, on_one_line(entry.title), asked.at, asked.days)
    setup = service.setup(reminder, _today())
    write(_shown(setup))
    if not asked.yes:
        if not can_ask():
            return complain("Nothing was written. Add --yes to set it up.")
        if not says_yes("Set it up?"):
            return 2
    if known is not None:
        take_away(service.setup(known, _today()))
    set_up(setup)
    when = f"{clock_time(asked.at)}, {weekday_words(asked.days)}"
    undo = f"uncramp remind {shown(shlex.quote(entry.id))} --remove"
    write([f"Set up: {when}. {undo} takes it away."])
    if not is_seen(setup):
        write([NOT_SEEN_NOW])
    return 0


def _entry(asked: Arguments) -> Entry | None:
    """The routine, if there can be a reminder of it; if not, say why."""
    if asked.at is None:
        complain("Say when: --at 21:30.")
        return None
    library = open_library()
    entry = library.find(asked.routine)
    if entry is None:
        complain(unknown_words(library, asked.routine))
        return None
    if entry.routine is None:
        complain(f"{shown(entry.title)}: its file has an error. uncramp check says which.")
        return None
    return entry


def _shown(setup: Setup) -> Iterator[str]:
    """Exactly what will be written and run."""
    for file in setup.files:
        yield f"To be written: {shown(str(file.path))}"
        yield from (f"    {shown(line)}" for line in file.text.splitlines())
        yield ""
    for command in setup.commands:
        yield f"To be run: {shown(' '.join(command))}"


def _write_calendar(asked: Arguments) -> int:
    entry = _entry(asked)
    if entry is None:
        return 2
    assert entry.routine is not None
    found = answer(entry.routine, open_own_data().settings.now().choices())
    if found.plan is None:
        return complain(f"{shown(entry.title)}: {found.locked}")
    try:
        write_calendar_entry(Path(asked.ics), found.plan, found, minute=asked.at, days=asked.days)
    except CannotExport as problem:
        if problem.why is ExportFault.THERE_ALREADY:
            return complain(f"{shown(asked.ics)} is there already. Use another name with --ics.")
        return complain(export_words(problem, Path(asked.ics)))
    write([f"Written: {shown(asked.ics)}. Open it on the phone or in a calendar program."])
    return 0


def _today() -> str:
    return today(open_own_data().clocks.wall()).isoformat()
