"""Choosing the front end for a run, and following the run there."""

import codecs
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from enum import Enum, auto
from typing import TextIO

from uncramp.cli.arguments import Arguments
from uncramp.cli.options import run_options
from uncramp.cli.prompts import can_ask
from uncramp.control.late_control import LateControl
from uncramp.core.plan.plan import Plan
from uncramp.library.library import Entry, Library
from uncramp.plain.live_lines import LiveLines
from uncramp.plain.output import line_text
from uncramp.runs.resume_options import HOW_TO_RESUME
from uncramp.session.conductor import Conductor
from uncramp.session.own_data import OwnData
from uncramp.session.ports import ControlPort
from uncramp.session.resuming import CutOff, ResumedRun
from uncramp.session.session import Session
from uncramp.system.clocks import system_clocks
from uncramp.system.runtime_folder import runtime_folder
from uncramp.system.terminal_output import PARTING_S, takes_some, write_in_parting


class FrontEnd(Enum):
    """How a run is shown."""

    SCREEN = auto()
    TEXT = auto()
    """Lines for a person."""
    JSON = auto()
    """Lines for a program."""


def front_end(asked: Arguments) -> FrontEnd:
    """The front end for the options, as far as the terminal supports it."""
    if getattr(asked, "json", False):
        return FrontEnd.JSON
    return FrontEnd.SCREEN if is_screen() and not getattr(asked, "plain", False) else FrontEnd.TEXT


def is_screen() -> bool:
    """Is there a terminal to draw on and to type at?

    A terminal without a type, or a dumb one, only gets lines; so does one that cannot show the
    characters of the screen.
    """
    if not can_ask():
        return False
    if sys.platform != "win32" and os.environ.get("TERM", "") in ("", "dumb", "unknown"):
        return False
    # A stream without an encoding is not one of this program's.
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return codecs.lookup(encoding).name == "utf-8"


def open_session(
    asked: Arguments, library: Library, data: OwnData, entry: Entry | None = None
) -> Session:
    """The session for the options of the command line."""
    is_typed_at = sys.stdin is not None and sys.stdin.isatty()
    has_bell = sys.stdout is not None and sys.stdout.isatty()
    is_on_screen = front_end(asked) is FrontEnd.SCREEN
    options = run_options(asked, is_on_screen=is_on_screen, is_typed_at=is_typed_at)
    bell = _ring if has_bell else None
    return Session(library, options, data, entry=entry, bell=bell, make_control=_control)


def _control(conductor: Conductor, toggle_night: Callable[[], None]) -> ControlPort:
    """The ways in from elsewhere to a run of this process."""

    def made() -> ControlPort:
        from uncramp.control.hub import ControlHub, Door
        from uncramp.control.media_keys import MediaKeys, has_session_bus
        from uncramp.control.server import RunServer

        steady = system_clocks().steady
        doors: list[Door] = [RunServer(runtime_folder(), steady)]
        if has_session_bus():
            doors.append(MediaKeys(steady))
        if conductor.ear is not None:
            from uncramp.control.clap_door import ClapDoor

            doors.append(ClapDoor(conductor.ear, steady))
        return ControlHub(conductor, doors, toggle_night)

    return LateControl(made)


def open_screen(
    session: Session,
    plan: Plan | None,
    problem: str = "",
    *,
    unfinished: Sequence[CutOff] = (),
    taken: ResumedRun | None = None,
    asks: Sequence[str] = (),
    cautions: Sequence[str] = (),
) -> int:
    """Open the full screen with a run, or with the library. Returns the exit status.

    `problem` is a sentence to show at the start; `taken` is the run to resume. `asks` are the
    reasons to ask before the run, and `cautions` are shown before it.
    """
    if plan is not None:
        # Before the screen is drawn, which begins in this run's colours.
        session.night.begin_run(is_urgent=plan.routine.urgent)
        session.open_player()
    from uncramp import early_frame
    from uncramp.cli.first_picture import picture_keeper
    from uncramp.tui.app import StartNotices, UncrampApp
    from uncramp.tui.opening import open_app

    is_plain_start = not (problem or unfinished or taken or asks or cautions)
    keeper = picture_keeper(session, plan) if is_plain_start else None

    def conductor(of: Plan) -> Conductor:
        nonlocal taken
        resumed, taken = taken, None
        seen_s = early_frame.shown_for_s()
        return session.resume(of, resumed) if resumed else session.conductor(of, seen_s)

    app = UncrampApp(
        session.library,
        plan,
        conductor,
        notices=StartNotices(problem, tuple(unfinished), tuple(asks), tuple(cautions)),
        night=session.night,
        waiting=session.cut_off_of,
        data=session.data,
    )
    app.on_first_picture = keeper
    status = open_app(app)
    close(session)
    if session.is_left:
        _part(f"This run is saved: {HOW_TO_RESUME}", sys.stdout)
    return status


def follow_in_plain(
    session: Session,
    plan: Plan,
    front: FrontEnd,
    opening: Iterable[str] = (),
    taken: ResumedRun | None = None,
) -> int:
    """Follow a run in lines, after those of `opening`. Returns the exit status."""
    # It gets ready while the rest is loaded.
    session.open_player()
    from uncramp.plain.input_source import SystemInput
    from uncramp.plain.runner import JsonReporter, PlainRun, TextReporter

    conductor: Conductor | None = None
    lines = LiveLines(sys.stdout)
    try:
        with SystemInput(sys.stdin) as source:
            if front is FrontEnd.TEXT:
                for line in opening:
                    lines.write(line, PARTING_S)
            conductor = session.resume(plan, taken) if taken else session.conductor(plan)
            source.control = conductor.control
            telling = (JsonReporter if front is FrontEnd.JSON else TextReporter)(plan, lines.write)
            is_rehearsal = session.options.is_rehearsal
            status = PlainRun(conductor, source, telling, is_rehearsal=is_rehearsal).follow()
    finally:
        # After leaving the source, so that Ctrl-C can cut off the last sound.
        if conductor is not None:
            record = conductor.record
            conductor.settle()
            conductor.player.close(ring_out=record is not None and record.is_complete)
        lines.close()
        close(session)
    if front is FrontEnd.TEXT and plan.routine.urgent and can_ask():
        from uncramp.cli.after_cramp import ask_about_cramp

        ask_about_cramp(conductor, session.data)
    return status


def close(session: Session) -> None:
    """End the session, and say what went wrong beside its runs."""
    for problem in session.close():
        _part(f"uncramp: {problem}", sys.stderr)


def _part(line: str, stream: TextIO | None) -> None:
    if stream is not None:
        write_in_parting(line_text(line, stream), stream)


def _ring() -> None:
    """Ring the terminal's bell, bypassing buffered output."""
    # A blocked terminal would block the thread that rings.
    if takes_some(sys.stdout.fileno()):
        os.write(sys.stdout.fileno(), b"\a")
