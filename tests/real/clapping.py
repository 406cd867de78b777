"""A sound server with a microphone that hears all that is played there, and hands that clap."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self

import numpy as np

from tests.core.claps.made_sounds import (
    ROOMS,
    Hand,
    added,
    as_heard,
    at_level,
    echo_of,
    in_room,
    silence,
)
from tests.real.listening import Sink, until
from tests.real.speaking import now_ms
from uncramp.core.claps.detector import RATE_HZ

QUIET_MS = 3_300.0
"""A person claps when the program has been quiet for this long: not between chime and words."""


class ClappedRoom(Sink):
    """PulseAudio whose microphone hears the null sink: what the program plays, and claps."""

    def _server_command(self) -> list[str]:
        microphone = (
            "module-remap-source master=ci.monitor source_name=mic channels=1 "
            "master_channel_map=front-left channel_map=mono remix=no "
            "source_properties=device.description=Microphone"
        )
        return [*super()._server_command(), "-L", microphone]

    def _is_ready(self, environment: Mapping[str, str]) -> bool:
        if not super()._is_ready(environment):
            return False
        chosen = subprocess.run(
            ["pactl", "set-default-source", "mic"], env=environment, capture_output=True
        )
        return chosen.returncode == 0

    def clap(self, kind: str = "clap", seed: int = 1) -> float:
        """Clap or knock twice when it is quiet. Returns when the second one begins, in ms."""
        assert until(self.is_quiet, 60), "it was never quiet"
        begun_ms = now_ms()
        gap_s = float(np.random.default_rng(seed).uniform(0.22, 0.36))
        self.play(two(kind, seed, gap_s))
        self.wait_until(now_ms() + 300)
        return self.heard(begun_ms).onsets()[0] + gap_s * 1000

    def listeners(self) -> int:
        """How many programs have the microphone open."""
        listed = subprocess.run(
            ["pactl", "list", "source-outputs"],
            env=os.environ | self.environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return listed.stdout.count('application.name = "uncramp"')

    def is_quiet(self) -> bool:
        """Was nothing played for `QUIET_MS`?"""
        self.wait_until(now_ms())
        last = self.heard(now_ms() - QUIET_MS).samples
        return len(last) > 0 and float(np.abs(last).max()) < 0.003

    def play(self, sound: bytes) -> None:
        """Play samples of one channel at `RATE_HZ`, to their end."""
        form = [
            "--raw",
            f"--rate={RATE_HZ}",
            "--channels=1",
            "--format=s16le",
            "--latency-msec=300",
        ]
        environment = os.environ | self.environment
        subprocess.run(["pacat", "--playback", *form], input=sound, env=environment, check=True)


def two(kind: str, seed: int, gap_s: float) -> bytes:
    """Two claps or knocks half a metre away in a bedroom, as samples."""
    chance = np.random.default_rng(seed)
    hand, answer = Hand.any(chance, kind), echo_of(chance, ROOMS[0], 0.5)
    sound = silence(1.0)
    for at_s in (0.1, 0.1 + gap_s):
        added(sound, in_room(hand.strike(chance), answer), at_s)
    return as_heard(at_level(sound, -18)).tobytes()


class ListeningRun:
    """A run in lines beside a sound server, with its own home."""

    def __init__(self, room: Sink, *arguments: str, settings: str = "") -> None:
        """Start `uncramp run` with these arguments, in the folder of the room."""
        home = room.folder
        environment = {k: v for k, v in os.environ.items() if k != "UNCRAMP_SOUND"}
        for name in ("config", "state", "cache", "data"):
            environment[f"XDG_{name.upper()}_HOME"] = str(home / name)
        (home / "runtime").mkdir(mode=0o700, exist_ok=True)
        environment |= {"XDG_RUNTIME_DIR": str(home / "runtime")} | room.environment
        file = home / "config" / "uncramp" / "settings.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(settings)
        self.room = room
        self.environment = environment
        self.events: list[tuple[float, dict[str, Any]]] = []
        """What the run told, and when, in milliseconds."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "uncramp", "run", *arguments, "--json", "--yes"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=home,
        )
        self._spans = 0
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join(5)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.events.append((now_ms(), json.loads(line)))

    def write(self, line: str) -> None:
        """Write a line to the run, as at a keyboard."""
        assert self.process.stdin is not None
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def names(self) -> list[str]:
        """The names of all events so far, without those of cues."""
        return [event["event"] for _, event in self.events if event["event"] != "cue"]

    def of(self, name: str) -> list[dict[str, Any]]:
        """All events of that name so far."""
        return [event for _, event in self.events if event["event"] == name]

    def next_span(self, seconds: float) -> dict[str, Any] | None:
        """Wait for the next span that begins, and return the latest; None if the run is over."""
        before, self._spans = self._spans, 0

        def has_come() -> bool:
            self._spans = len(self.of("span-began"))
            return self._spans > before or bool(self.of("run-ended"))

        assert until(has_come, seconds), [event for _, event in self.events]
        return None if self.of("run-ended") else self.of("span-began")[-1]

    def steer(self, do: str) -> None:
        """Have `uncramp ctl` do something to the run."""
        words = [sys.executable, "-m", "uncramp", "ctl", do]
        subprocess.run(words, env=self.environment, check=True, capture_output=True)

    def after_claps(self, name: str, kind: str = "clap", seed: int = 1) -> float:
        """Clap twice; the event that follows. Returns how long after the second it came, in ms."""
        told = len(self.events)
        assert isinstance(self.room, ClappedRoom)
        second_ms = self.room.clap(kind, seed)
        found = self.told(lambda event: event["event"] == name, 3, since=told)
        return found - second_ms

    def told(
        self, is_it: Callable[[dict[str, Any]], bool], seconds: float, since: int = 0
    ) -> float:
        """Wait for an event. Returns when it came, in ms. Raises AssertionError."""
        found: list[float] = []

        def has_come() -> bool:
            found[:] = [at for at, event in self.events[since:] if is_it(event)]
            return bool(found)

        assert until(has_come, seconds), [event for _, event in self.events]
        return found[0]


def ears_of(folder: Path) -> list[int]:
    """The ids of the listening processes that belong to a home."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            is_ear = b"uncramp.listening.microphone" in entry.read_bytes()
            if is_ear and os.fsencode(folder) in (entry.parent / "environ").read_bytes():
                found.append(int(entry.parent.name))
        except OSError:
            continue
    return found
