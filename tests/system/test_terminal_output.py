"""The last words of a program, to a terminal that is gone."""

import os
import sys

import pytest

from uncramp.system.terminal_output import write_in_parting


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe without a reader")
def test_words_that_nobody_reads_leave_nothing_for_the_exit() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", encoding="utf-8") as stream:
        write_in_parting("This run is saved.\n", stream)
        # Python flushes once more when it exits, and a failure there changes the exit status.
        stream.flush()
