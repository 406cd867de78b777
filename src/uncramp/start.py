"""The way in: shows what cannot wait, and only then reads the command line."""

import sys


def main() -> int:
    """Run the program. Returns its exit status."""
    if sys.argv[1:] == ["now"]:
        from uncramp import first_words

        first_words.show_kept()
    from uncramp.cli import main as command_line

    return command_line()
