"""What a separate process knows of the program that started it."""

import os
import signal
import subprocess
import sys

import pytest

from uncramp.system.child_process import is_stopped

NO_PROCESS = 2**22 + 1
"""Linux gives no higher id than 2**22."""


def test_it_is_known_whether_a_process_is_stopped() -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux tells it")
    waiting = [sys.executable, "-S", "-c", "import sys; sys.stdin.read()"]
    with subprocess.Popen(waiting, stdin=subprocess.PIPE) as process:
        assert not is_stopped(process.pid)
        process.send_signal(signal.SIGSTOP)
        assert os.WIFSTOPPED(os.waitpid(process.pid, os.WUNTRACED)[1])
        assert is_stopped(process.pid)
        process.send_signal(signal.SIGCONT)
        assert os.WIFCONTINUED(os.waitpid(process.pid, os.WCONTINUED)[1])
        assert not is_stopped(process.pid)
    assert not is_stopped(NO_PROCESS)
