"""The way in: shows what cannot wait, and only then reads the command line."""

import sys


def main() -> int:
    """Run the program. Returns its exit status."""
    words = sys.argv[1:]
    if words in (["now"], ["now", "--night"], ["--night", "now"]):
        from uncramp import instant

        instant.show_kept(is_night=len(words) > 1)
    from uncramp.cli.main import main as command_line

    return command_line()
