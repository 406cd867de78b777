"""The entry point: shows what cannot wait, and then reads the command line."""

import sys

INTERRUPTED = 130

GARBAGE_AFTER = 50_000
"""Look for garbage once there are so many more objects.

Hardly anything that a command loads becomes garbage, and to look for it each 700 objects takes a
fifteenth of its time.
"""


_AT_EXIT = frozenset(("threading", "atexit"))
"""Modules that may have something left to do when Python exits."""


def main() -> int:
    """Run the program. Returns its exit status; 130 if Ctrl-C ended it.

    A quick command does not return: the process ends at once.
    """
    try:
        _open_missing_streams()
        status = _main(sys.argv[1:])
    except KeyboardInterrupt:
        # Pressed while the program was still being loaded.
        return INTERRUPTED
    finally:
        leave_picture()
    _leave(status)
    return status


def _open_missing_streams() -> None:
    """Let a standard stream that was closed before the start lead nowhere.

    Otherwise it is None, and the next file that is opened gets its number: what a library writes
    to standard error would be written to that file.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            import os

            nowhere = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(nowhere, mode, encoding="utf-8"))


def _leave(status: int) -> None:
    """End the process now, if nothing is left to do.

    Python would look for garbage twice and free every object first, which takes as long as a
    tenth of a quick command.
    """
    if not _AT_EXIT.isdisjoint(sys.modules) or sys.getprofile() is not None:
        return
    import os

    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        return
    os._exit(status)


def leave_picture() -> None:
    """Take the early picture away, if one stands on the terminal and nobody took it over."""
    picture = sys.modules.get("uncramp.early_frame")
    if picture is not None:
        picture.leave()


def _main(words: list[str]) -> int:
    if words in (["now"], ["now", "--night"], ["--night", "now"]):
        from uncramp import instant

        instant.show_kept(is_night=len(words) > 1)
    import gc

    gc.set_threshold(GARBAGE_AFTER)
    if (not words or words[0] in ("run", "now", "--night")) and "--plain" not in words:
        from uncramp import early_frame

        if early_frame.show(words):
            # It is looked for again once the screen stands, or the picture is gone.
            gc.disable()
    from uncramp.cli.main import main as command_line

    return command_line()
