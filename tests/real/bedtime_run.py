"""The whole of `bedtime`, run twenty times as fast and recorded while other tests are run."""

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from tests.real.listening import Recording, Sink
from tests.real.speaking import now_ms

SPEED = 20


class BedtimeRun:
    """A run of the program on a sink of its own."""

    def __init__(self) -> None:
        """Begin nothing yet."""
        self._stack = ExitStack()
        self._process: subprocess.Popen[bytes] | None = None
        self._heard: Future[tuple[Recording, float]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        if self._process is not None:
            self._process.kill()
        self._stack.close()

    def start(self) -> None:
        """Begin the run and its recording, once. Raises NoServer."""
        if self._heard is not None:
            return
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="uncramp-ci-")))
        sink = self._stack.enter_context(Sink(folder))
        environment = {k: v for k, v in os.environ.items() if k != "UNCRAMP_SOUND"}
        environment |= sink.environment | {"XDG_STATE_HOME": str(folder)}
        begun_ms = now_ms()
        command = [sys.executable, "-m", "uncramp", "run", "bedtime", "--json"]
        process = subprocess.Popen(
            [*command, "--speed", str(SPEED), "--sound", "--volume", "100"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            env=environment,
            cwd=folder,
        )
        assert process.stdout is not None
        self._process = self._stack.enter_context(process)
        # Its speaker is up once it tells of the first cue.
        first = process.stdout.readline()
        pool = self._stack.enter_context(ThreadPoolExecutor(1))
        self._heard = pool.submit(_followed, process, first, sink, begun_ms)

    def heard(self) -> tuple[Recording, float]:
        """Wait for its end: the recording, and when the plan's first moment was."""
        self.start()
        assert self._heard is not None
        return self._heard.result()


def _followed(
    process: "subprocess.Popen[bytes]", first: bytes, sink: Sink, begun_ms: float
) -> tuple[Recording, float]:
    assert process.stdout is not None
    origins, events = [], [json.loads(first)]
    for line in process.stdout:
        now = now_ms()
        event = json.loads(line)
        events.append(event)
        # The first moment is told ahead, while the player gets ready.
        if event["event"] == "cue" and event["at_ms"] > 0:
            origins.append(now - event["at_ms"] / SPEED)
    assert process.wait() == 0
    assert events[-1]["is_complete"], events[-1]
    sink.wait_until(now_ms())
    # A line is never early: the soonest of them tells best when the run began.
    return sink.heard(begun_ms), min(origins)
