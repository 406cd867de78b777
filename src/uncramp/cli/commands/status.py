"""`uncramp status`."""

import json
from collections.abc import Iterator
from contextlib import closing, suppress

from uncramp.cli.arguments import Arguments
from uncramp.cli.run_access import NOTHING_RUNS, cannot_ask
from uncramp.control.client import Fields, NoReply, NoRun, Waiting, open_run
from uncramp.control.protocol import VERSION, ControlCommand
from uncramp.control.status_text import (
    DEFAULT_FORMAT,
    ESCAPES,
    FIELD_NAMES,
    NOTHING_WORDS,
    UnknownField,
    check_format,
    formatted,
)
from uncramp.core.text.safe_text import on_one_line
from uncramp.plain.line_wrap import Verbatim
from uncramp.plain.output import complain, write
from uncramp.system.runtime_folder import runtime_folder


def status(asked: Arguments) -> int:
    """Write the state of a run, once or at each change. Status 1 if there is none."""
    if cannot_ask():
        return 2
    try:
        check_format(asked.format or "")
    except UnknownField as problem:
        names = ", ".join(f"{{{name}}}" for name in FIELD_NAMES)
        return complain(f"There is no {{{problem}}}. A format can hold {names}.")
    try:
        return _watch(asked) if asked.watch else _once(asked)
    except NoReply as problem:
        return complain(str(problem))


def _once(asked: Arguments) -> int:
    found = None
    with suppress(NoRun), closing(open_run(runtime_folder(), asked.run)) as connection:
        found = _status_in(connection.ask(ControlCommand.STATUS))
    write([_line(asked, found)])
    return 0 if found else NOTHING_RUNS


def _watch(asked: Arguments) -> int:
    """Write until the reader is gone; between runs it sleeps until one begins."""
    last = ""
    try:
        waiting = Waiting(runtime_folder())
    except OSError as problem:
        return complain(f"{problem}")
    with waiting:
        while True:
            for found in _followed(asked.run):
                line = _line(asked, found)
                if line != last:
                    write([line])
                    last = line
            if not waiting.wait():
                return NOTHING_RUNS


def _followed(run_id: str | None) -> Iterator[Fields | None]:
    """The status of a run at each change; None when it is over, or if there is none."""
    try:
        connection = open_run(runtime_folder(), run_id)
    except NoRun:
        yield None
        return
    try:
        yield _status_in(connection.ask(ControlCommand.WATCH))
        for change in connection.changes():
            yield _status_in(change)
    except (NoReply, NoRun):
        pass
    finally:
        connection.close()
    yield None


def _status_in(fields: Fields) -> Fields | None:
    found = fields.get("status")
    return found if isinstance(found, dict) else None


def _line(asked: Arguments, found: Fields | None) -> str:
    if asked.json:
        return Verbatim(json.dumps({"v": VERSION, "status": found}, ensure_ascii=False))
    if found is None:
        return Verbatim(ESCAPES[asked.escape](NOTHING_WORDS))
    text = on_one_line(asked.format or DEFAULT_FORMAT)
    return Verbatim(formatted(text, found, ESCAPES[asked.escape]))
