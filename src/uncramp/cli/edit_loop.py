"""Opens a file in the person's editor, and checks it afterwards."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from uncramp.cli.prompts import can_ask, says_yes
from uncramp.core.toml.problems import Problem, Severity
from uncramp.plain.output import complain, write
from uncramp.plain.problem_lines import complain_of
from uncramp.system.editor import NoEditor, open_in


def edited(
    path: Path, editor: list[str], problems: Callable[[], Sequence[Problem]], despite_warnings: str
) -> int:
    """Open the file until it has no errors, or the person leaves it.

    `problems` checks it each time; `despite_warnings` is said about a file that has warnings only.
    Returns the exit status: 0 no errors, 2 errors, or no editor that starts.
    """
    while True:
        try:
            status = open_in(editor, path)
        except NoEditor as error:
            return complain(str(error))
        if status:
            complain(f'The editor "{editor[0]}" ended with status {status}.')
        found = problems()
        if not found and not os.path.lexists(path):
            return complain(f"{path} is no longer there: it was deleted or moved in the editor.")
        if found:
            complain_of(found)
        if not any(problem.severity is Severity.ERROR for problem in found):
            write([f"{path}: {despite_warnings if found else 'nothing to fix'}."])
            return 0
        if not (can_ask() and says_yes("Open it again?")):
            return 2
