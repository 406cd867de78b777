"""Reminders by Windows' Task Scheduler: a task that shows a notification.

The form of the file is that of Task Scheduler's schema 1.2.
"""

import base64
import re
from pathlib import Path
from xml.etree import ElementTree

from uncramp.core.text.weekdays import EVERY_DAY, clock_time
from uncramp.system.reminders.reminder import (
    PREFIX,
    PlannedFile,
    Reminder,
    Setup,
    file_name,
    marker_of,
    reminder_in,
)

_SCHEMA = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_POWERSHELL = "{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\WindowsPowerShell\\v1.0\\powershell.exe"
_SCRIPT = """\
$kind = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications,
    ContentType = WindowsRuntime]
$xml = $kind::GetTemplateContent([Windows.UI.Notifications.ToastTemplateType]::ToastText02)
$texts = $xml.GetElementsByTagName('text')
$null = $texts.Item(0).AppendChild($xml.CreateTextNode({headline}))
$null = $texts.Item(1).AppendChild($xml.CreateTextNode({words}))
$toast = [Windows.UI.Notifications.ToastNotification]::new($xml)
$kind::CreateToastNotifier('{powershell}').Show($toast)
"""


def setup(reminder: Reminder, folder: Path, first_day: str) -> Setup:
    """What makes the reminder work.

    The file of the task is kept in `folder`; `first_day` is today, as `2026-11-21`.
    """
    name = f"{PREFIX}{file_name(reminder.routine_id)}"
    path, task = folder / f"{name}.xml", f"\\uncramp\\{name}"
    text = _task(reminder, first_day)
    return Setup(
        # Task Scheduler takes UTF-16 with its mark.
        files=(PlannedFile(path, text.encode("utf-16"), text),),
        commands=(("schtasks", "/Create", "/TN", task, "/XML", str(path), "/F"),),
        undo_commands=(("schtasks", "/Delete", "/TN", task, "/F"),),
    )


def found_in(folder: Path) -> dict[str, Path]:
    """The files of tasks that are there, each by its marker."""
    found = {}
    for path in sorted(folder.glob(f"{PREFIX}*.xml")):
        try:
            task = ElementTree.fromstring(path.read_bytes().decode("utf-16"))
        except (ValueError, OSError, ElementTree.ParseError):
            continue
        marker = task.findtext(f"{{{_SCHEMA}}}RegistrationInfo/{{{_SCHEMA}}}Description")
        if marker and reminder_in(marker):
            found[marker] = path
    return found


def _task(reminder: Reminder, first_day: str) -> str:
    task = ElementTree.Element("Task", version="1.2", xmlns=_SCHEMA)
    about = ElementTree.SubElement(task, "RegistrationInfo")
    ElementTree.SubElement(about, "Description").text = marker_of(reminder)
    trigger = ElementTree.SubElement(ElementTree.SubElement(task, "Triggers"), "CalendarTrigger")
    begin = f"{first_day}T{clock_time(reminder.minute)}:00"
    ElementTree.SubElement(trigger, "StartBoundary").text = begin
    if reminder.days == EVERY_DAY:
        by_day = ElementTree.SubElement(trigger, "ScheduleByDay")
        ElementTree.SubElement(by_day, "DaysInterval").text = "1"
    else:
        by_week = ElementTree.SubElement(trigger, "ScheduleByWeek")
        ElementTree.SubElement(by_week, "WeeksInterval").text = "1"
        days = ElementTree.SubElement(by_week, "DaysOfWeek")
        for day in reminder.days:
            ElementTree.SubElement(days, _DAYS[day])
    settings = ElementTree.SubElement(task, "Settings")
    ElementTree.SubElement(settings, "DisallowStartIfOnBatteries").text = "false"
    ElementTree.SubElement(settings, "StopIfGoingOnBatteries").text = "false"
    action = ElementTree.SubElement(ElementTree.SubElement(task, "Actions"), "Exec")
    ElementTree.SubElement(action, "Command").text = "powershell.exe"
    code = base64.b64encode(_script(reminder).encode("utf-16-le")).decode()
    arguments = f"-NoProfile -NonInteractive -WindowStyle Hidden -EncodedCommand {code}"
    ElementTree.SubElement(action, "Arguments").text = arguments
    ElementTree.indent(task)
    head = '<?xml version="1.0" encoding="UTF-16"?>\n'
    return f"{head}{ElementTree.tostring(task, encoding='unicode')}\n"


def _script(reminder: Reminder) -> str:
    texts = {
        "powershell": _POWERSHELL,
        "headline": _literal(reminder.headline),
        "words": _literal(reminder.words),
    }
    return re.sub(r"\{(\w+)\}", lambda name: texts[name[1]], _SCRIPT)


def _literal(text: str) -> str:
    """The text in apostrophes; PowerShell takes the curly ones for straight ones."""
    doubled = re.sub("(['‘’‚‛])", r"\1\1", text)
    return f"'{doubled}'"
