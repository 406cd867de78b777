"""How soon `uncramp now` shows its first instruction: a ratio to `python -c print`.

Both are started in turn on a fresh terminal, and the time is from just before the
start to the chunk that holds the words. Run it with the program installed:
`python bench/first_words.py`.
"""

import os
import pty
import select
import shutil
import signal
import statistics
import sys
import time
from pathlib import Path

ROUNDS = 15
WORDS = b"Toes up"


def time_to_words(command: list[str]) -> float:
    """Seconds from before the start until the words are on the terminal."""
    begun = time.monotonic()
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "xterm-256color"
        os.execv(command[0], command)
    seen = b""
    while WORDS not in seen and time.monotonic() - begun < 10:
        if select.select([terminal], [], [], 1)[0]:
            seen += os.read(terminal, 65536)
    took = time.monotonic() - begun
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(terminal)
    return took


def main() -> None:
    """Measure and print."""
    program = shutil.which("uncramp", path=str(Path(sys.executable).parent)) or sys.exit(
        "uncramp is not installed beside this Python"
    )
    floor = [sys.executable, "-c", f"print({WORDS.decode()!r})"]
    time_to_words([program, "now"])  # keeps the words
    pairs = [(time_to_words([program, "now"]), time_to_words(floor)) for _ in range(ROUNDS)]
    ours, bare = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"uncramp now {ours:.0f} ms, python -c print {bare:.0f} ms, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
