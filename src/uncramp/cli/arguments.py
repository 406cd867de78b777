"""What a command line asks for."""

from types import SimpleNamespace


class Arguments(SimpleNamespace):
    """The command, and the value of each of its options, by their names.

    It is what `argparse.Namespace` is, which would load all of argparse.
    """

    command: str | None
    """None is the library."""
    night: bool
    commands: tuple[str, ...]
    """All commands, where the first word may have been meant as one; else empty."""
