"""Whole runs of the program, each recorded on its own sink while other tests run."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Lock, Timer
from types import MappingProxyType
from typing import Any, Protocol, Self

from tests.real.listening import Recording, Sink
from tests.real.speaking import now_ms


class Recorded(Protocol):
    """What `@pytest.mark.recorded` names: it is started early, and its test waits for its end."""

    def start(self, environment: Mapping[str, str] | None = None) -> None:
        """Start it in this environment, or in the present one; once. Raises NoServer."""


class RecordedRun:
    """One run with its own home and sink."""

    def __init__(
        self,
        *arguments: str,
        speed: float = 1,
        files: Mapping[str, str] = MappingProxyType({}),
        answers_after_s: float | None = None,
    ) -> None:
        """Start nothing yet.

        Args:
            arguments: what follows `uncramp run`; the program is started in the home folder.
            speed: how many times as fast the run is.
            files: what stands in the home folder, by path.
            answers_after_s: how long after its first prompt a step that waits gets a `done`;
                None if nobody answers: then such a step ends at its first prompt.
        """
        self._arguments = [*arguments, "--speed", str(speed)]
        self._speed = speed
        self._files = files
        self._answers_after_s = answers_after_s
        self.events: list[dict[str, Any]] = []
        """What the run wrote, once it is over."""
        self._stack = ExitStack()
        self._starting = Lock()
        self._heard: Future[tuple[Recording, float]] | None = None

    def __enter__(self) -> Self:
        folder = tempfile.TemporaryDirectory(prefix="uncramp-ci-")
        self.home = Path(self._stack.enter_context(folder))
        return self

    def __exit__(self, *problem: object) -> None:
        self._stack.close()

    def start(self, environment: Mapping[str, str] | None = None) -> None:
        """Start the run and its recording, once. Raises NoServer.

        Args:
            environment: that of the run; None for the present one.
        """
        with self._starting:
            if self._heard is None:
                self._start(os.environ if environment is None else environment)

    def _start(self, outer: Mapping[str, str]) -> None:
        for name, text in self._files.items():
            path = self.home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        sink = self._stack.enter_context(Sink(self.home))
        environment = {k: v for k, v in outer.items() if k != "UNCRAMP_SOUND"}
        for name in ("config", "state", "cache", "data"):
            environment[f"XDG_{name.upper()}_HOME"] = str(self.home / name)
        # Nobody else steers this run: its control socket is in its own folder.
        runtime = self.home / "runtime"
        runtime.mkdir(mode=0o700)
        environment |= {"XDG_RUNTIME_DIR": str(runtime)} | sink.environment
        begun_ms = now_ms()
        process = subprocess.Popen(
            [sys.executable, "-m", "uncramp", "run", *self._arguments, "--json", "--yes"],
            stdin=subprocess.DEVNULL if self._answers_after_s is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            cwd=self.home,
        )
        assert process.stdout is not None
        pool = self._stack.enter_context(ThreadPoolExecutor(1))
        # The pool waits for the end of the run, so the run ends first.
        self._stack.enter_context(process)
        self._stack.callback(process.kill)
        # The speaker is ready when the first line comes.
        first = process.stdout.readline()
        self._heard = pool.submit(self._follow, process, first, sink, begun_ms)

    def heard(self) -> tuple[Recording, float]:
        """Wait for the end: the recording, and when the plan's first moment was."""
        self.start()
        assert self._heard is not None
        return self._heard.result()

    def _follow(
        self, process: "subprocess.Popen[bytes]", first: bytes, sink: Sink, begun_ms: float
    ) -> tuple[Recording, float]:
        assert process.stdout is not None
        origins, events = [], [json.loads(first)]
        prompt_ms: int | None = None
        for line in process.stdout:
            now = now_ms()
            event = json.loads(line)
            events.append(event)
            # The first cue is reported ahead, while the player gets ready.
            if event["event"] == "cue" and event["at_ms"] > 0:
                origins.append(now - event["at_ms"] / self._speed)
            if event["event"] == "span-began":
                prompt_ms = event["length_ms"] if event["open"] else None
            if event.get("cue") == "prompt" and event["span_at_ms"] == prompt_ms:
                self._answer_soon(process)
        assert process.wait() == 0
        self.events = events
        assert events[-1]["is_complete"], events[-1]
        sink.wait_until(now_ms())
        # A line is never early: the earliest shows best when the run began.
        return sink.heard(begun_ms), min(origins)

    def _answer_soon(self, process: "subprocess.Popen[bytes]") -> None:
        if self._answers_after_s is not None:
            answer = Timer(self._answers_after_s, _say_done, [process])
            answer.daemon = True
            answer.start()


def _say_done(process: "subprocess.Popen[bytes]") -> None:
    assert process.stdin is not None
    # The run is over where a test ended it before its end.
    with suppress(BrokenPipeError, ValueError):
        process.stdin.write(b"done\n")
        process.stdin.flush()
