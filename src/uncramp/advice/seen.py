"""The routines whose cautions a person has seen: they only come before a first run."""

import contextlib
from pathlib import Path

from uncramp.core.routine.model import Routine
from uncramp.core.text.digests import digest
from uncramp.system.files import append_line
from uncramp.system.routine_file import CannotRead, read_routine_file


class SeenCautions:
    """The cautions that were shown, a line each in a small file of the state folder."""

    def __init__(self, file: Path) -> None:
        """Keep them in `file`, which is created with the first ones."""
        self.file = file

    def are_new(self, routine: Routine) -> bool:
        """Are there cautions that were not shown in this form? Never for an urgent routine."""
        if routine.urgent or not routine.cautions:
            return False
        try:
            known = read_routine_file(self.file, str(self.file))
        except CannotRead:
            return True
        return _line(routine) not in known.decode("utf-8", "replace").splitlines()

    def note(self, routine: Routine) -> None:
        """Note that they were shown. If that fails, they are shown again."""
        if not self.are_new(routine):
            return
        with contextlib.suppress(OSError):
            append_line(self.file, _line(routine).encode())


def _line(routine: Routine) -> str:
    text = "\n".join(routine.cautions).encode("utf-8", "surrogatepass")
    name = routine.id.encode("unicode_escape").decode()
    return f"{name} {digest(text, 8)}"
