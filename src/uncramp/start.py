"""The way in: shows what cannot wait, and only then reads the command line."""

import sys

INTERRUPTED = 130


def main() -> int:
    """Run the program. Returns its exit status; 130 where Ctrl-C ended it."""
    try:
        return _main(sys.argv[1:])
    except KeyboardInterrupt:
        # Pressed while the program was still being loaded.
        return INTERRUPTED


def _main(words: list[str]) -> int:
    if words in (["now"], ["now", "--night"], ["--night", "now"]):
        from uncramp import instant

        instant.show_kept(is_night=len(words) > 1)
    from uncramp.cli.main import main as command_line

    return command_line()
