"""Opening the full screen, and closing it properly whatever happens."""

import asyncio
import signal
import sys

from uncramp import early_frame
from uncramp.session.exit_statuses import FAILED, STATUS_OF_SIGNAL
from uncramp.session.own_data import OwnData
from uncramp.system.terminal_output import write_in_parting
from uncramp.tui.app import UncrampApp
from uncramp.tui.run.result import result_words
from uncramp.tui.terminal.hangup import when_the_terminal_goes
from uncramp.tui.widgets.wrapping import wrapped


def open_app(app: UncrampApp) -> int:
    """Open the full screen and run it until it is left. Returns the exit status.

    The status is 0 if the run is finished or the library was left; 1 if the person ended the run
    early, or if something broke inside, which goes to the log; 130 for Ctrl-C; 128 and its number
    for a signal. The player of each conductor is closed when its run is left.
    """
    try:
        asyncio.run(_watched(app))
    except Exception as error:
        app.failure = app.failure or error
    finally:
        app.close_player()
        early_frame.leave()
    if app.last_record is not None:
        words = result_words(app.last_record)
        if sys.stdout is not None and sys.stdout.isatty():
            words = "\n".join(wrapped(words, app.size.width))
        write_in_parting(f"{words}\n", sys.stdout)
    if app.failure is not None:
        write_in_parting(f"{_logged(app.data, app.failure)}\n", sys.stderr)
        return FAILED
    # Every proper way to leave gives a status.
    return app.return_value if app.return_value is not None else FAILED


async def _watched(app: UncrampApp) -> None:
    """Run the app, and close it properly after a signal."""
    loop = asyncio.get_running_loop()
    for name, status in STATUS_OF_SIGNAL.items():
        number = getattr(signal, name, None)
        if number is None:
            continue
        try:
            loop.add_signal_handler(number, app.stop, status)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_, s=status: loop.call_soon_threadsafe(app.stop, s))

    def hang_up() -> None:
        loop.call_soon_threadsafe(app.stop, STATUS_OF_SIGNAL["SIGHUP"])

    when_the_terminal_goes(hang_up)
    await app.run_async()


def _logged(data: OwnData, failure: BaseException) -> str:
    """Write the traceback to the log. Returns a sentence about it for the person."""
    words = "Something broke inside the program, and the screen was closed."
    try:
        file = data.log(failure)
    except OSError as error:
        return f"{words} The details could not be written to the log: {error}"
    return f"{words} The details are in {file}"
