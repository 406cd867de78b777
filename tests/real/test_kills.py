"""A hundred kills of the real program at any moment: it resumes within 5 s of the place.

Ten runs go on at the same time. Each is killed, resumed, killed again and so on; the first output
of each life is compared with the last output of the one before.
"""

import json
import os
import pty
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import pytest

from tests.real.listening import Waking
from uncramp.runs.store import RunStore
from uncramp.session.session import LEAD_MS

KILLS, CHAINS, SEED = 100, 10, 20_261_121
WITHIN_MS = 5_000
UNWRITTEN_MS = 2_000
"""A run that was killed so soon may not have reached the disk."""
PATIENCE_S = 60
WAYS = ("kill", "kill", "kill", "kill", "kill", "kill", "kill", "terminate", "hang up", "close")
MOVES = ("pause", "go on", "next", "back", "again", "more", "less", "done", "undo")

ROUTINE = """
title = "Often killed"
[[steps]]
repeat = 50
rest = "2s"
[[steps.steps]]
name = "Soak"
time = "25s"
get_ready = "1s"
[[steps.steps]]
name = "Roll"
time = "3s"
get_ready = "1s"
sides = "each"
[[steps.steps]]
name = "Look"
open = true
"""


@dataclass
class Life:
    """One process of a run, and its output."""

    process: subprocess.Popen[str]
    terminal: int | None
    """Our end of its terminal, where it has one to lose."""
    told: list[tuple[float, dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.told.append((time.monotonic(), json.loads(line)))

    def has_begun(self) -> bool:
        """Wait for its first span; False where it ended without one."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            if any(event["event"] == "span-began" for _, event in list(self.told)):
                return True
            if self.process.poll() is not None:
                return False
            time.sleep(0.005)
        raise AssertionError(f"nothing began within {PATIENCE_S} s")

    def first(self) -> dict[str, Any]:
        return next(event for _, event in self.told if event["event"] == "span-began")

    def ask(self, move: str) -> None:
        stdin = self.process.stdin
        assert stdin is not None
        try:
            stdin.write(move + "\n")
            stdin.flush()
        except (BrokenPipeError, ValueError):
            pass

    def end(self, way: str) -> float:
        """End it, and read what it still told. Returns the moment."""
        moment = time.monotonic()
        match way:
            case "kill":
                self.process.kill()
            case "terminate":
                self.process.terminate()
            case "hang up":
                self.process.send_signal(signal.SIGHUP)
            case "close":
                assert self.terminal is not None
                os.close(self.terminal)
                self.terminal = None
        self.process.wait(PATIENCE_S)
        self._reader.join(PATIENCE_S)
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()
        return moment

    def place_ms(self, moment: float) -> int:
        """How long the run had lasted at a moment, according to its output until then."""
        at, event = self.told[0][0], self.told[0][1]
        is_going, begins = True, True
        for told_at, told in self.told:
            if told["event"] in ("paused", "lapsed"):
                is_going = False
            elif told["event"] in ("started", "went-on"):
                is_going = True
            if told["event"] not in ("taken-up", "keeping", "sound", "kept", "refused"):
                begins = begins and told["played_ms"] == event["played_ms"]
                at, event = told_at, told
        passed_ms = max(moment - at, 0) * 1000 if is_going else 0
        # The first moment comes a little after its line, so that the speaker is ready.
        return int(event["played_ms"] + max(passed_ms - (LEAD_MS if begins else 0), 0))

    def places(self, moment: float) -> set[int]:
        """The spans in which the run had been in the last 5 s before a moment."""
        began = [(at, e["index"]) for at, e in self.told if e["event"] == "span-began"]
        late = {index for at, index in began if at > moment - WITHIN_MS / 1000}
        early = [index for at, index in began if at <= moment - WITHIN_MS / 1000]
        return late | set(early[-1:])


@dataclass
class Chain:
    """A run that is killed again and again."""

    folder: Path
    dice: random.Random
    waking: Waking
    ways: Counter[str] = field(default_factory=Counter)
    off_ms: list[int] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        names = ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "HOME")
        homes = {name: str(self.folder / name.lower()) for name in names}
        return os.environ | homes | {"UNCRAMP_SOUND": "none"}

    @property
    def store(self) -> RunStore:
        return RunStore(
            self.folder / "xdg_state_home" / "uncramp" / "history" / "unfinished", time.time
        )

    def begin(self, words: list[str], way: str) -> Life:
        command = [sys.executable, "-m", "uncramp", *words, "--json"]
        if way != "close":
            return Life(self._started(command, subprocess.PIPE), None)
        ours, theirs = pty.openpty()
        take_it = (
            "import fcntl, os, sys, termios; os.setsid(); "
            "fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
        )
        process = self._started([sys.executable, "-c", take_it, *command], theirs)
        os.close(theirs)
        return Life(process, ours)

    def _started(self, command: list[str], stdin: int) -> subprocess.Popen[str]:
        errors: IO[str]
        with (self.folder / "errors").open("a", encoding="utf-8") as errors:
            return subprocess.Popen(
                command, stdin=stdin, stdout=subprocess.PIPE, stderr=errors, text=True,
                env=self.environment(), cwd=self.folder,
            )  # fmt: skip

    def follow(self, kills: int) -> None:
        """Let it be killed so often, and look at it after each time."""
        words, place, spans = ["run", "./often.toml"], 0, {0}
        for _ in range(kills):
            way = self.dice.choice(WAYS)
            life = self.begin(words, way)
            try:
                if not life.has_begun():
                    # It was killed before its first word reached the disk.
                    assert words == ["resume"]
                    assert place < UNWRITTEN_MS, self.errors()
                    life.end("kill")
                    life = self.begin(["run", "./often.toml"], way)
                    place, spans = 0, {0}
                    assert life.has_begun(), self.errors()
                first = life.first()
                self.off_ms.append(abs(first["played_ms"] - place))
                assert self.off_ms[-1] <= WITHIN_MS + self.waking.worst_ms(), (first, place, way)
                assert first["index"] in spans, (first, spans, way)
                moment = self._lived(life, way)
            finally:
                if life.process.poll() is None:
                    life.process.kill()
                    life.process.wait()
                if life.terminal is not None:
                    os.close(life.terminal)
            self.ways[way] += 1
            words, place, spans = ["resume"], life.place_ms(moment), life.places(moment)
            stored = self.store.look()
            assert (stored.troubles, stored.running) == ((), ())
            assert len(stored.unfinished) <= 1

    def _lived(self, life: Life, way: str) -> float:
        """Let it live for a while, with moves made at any moment, and end it. Returns when."""
        longest_s = self.dice.choice((2, 4, 6, 10))
        end = time.monotonic() + self.dice.uniform(0, longest_s)
        is_moved = way != "close" and self.dice.random() < 0.6
        while (left_s := end - time.monotonic()) > 0:
            time.sleep(min(left_s, self.dice.expovariate(1)) if is_moved else left_s)
            if is_moved and time.monotonic() < end:
                life.ask(self.dice.choice(MOVES))
        return life.end(way)

    def close(self) -> None:
        """Leave it, and see that nothing of it stays behind but its line in the history."""
        left = subprocess.run(
            [sys.executable, "-m", "uncramp", "resume", "--forget"], env=self.environment(),
            cwd=self.folder, capture_output=True, text=True, timeout=PATIENCE_S, check=False,
        )  # fmt: skip
        assert left.returncode == 0, left.stderr
        assert list(self.store.folder.iterdir()) == []
        history = self.store.folder.parent / "runs.jsonl"
        records = [json.loads(line) for line in history.read_text(encoding="utf-8").splitlines()]
        assert len(records) == 1, "each kill was of one and the same run"
        assert not records[0]["is_complete"]

    def errors(self) -> str:
        return (self.folder / "errors").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="it kills by signals")
def test_after_each_of_a_hundred_kills_it_goes_on_within_five_seconds_of_the_place(
    tmp_path: Path, waking: Waking
) -> None:
    chains = []
    for number in range(CHAINS):
        folder = tmp_path / f"chain-{number}"
        config = folder / "xdg_config_home" / "uncramp"
        config.mkdir(parents=True)
        (config / "settings.toml").write_text('[voice]\nengine = "off"\n', encoding="utf-8")
        (folder / "often.toml").write_text(ROUTINE, encoding="utf-8")
        chains.append(Chain(folder, random.Random(SEED + number), waking))

    def die(chain: Chain) -> None:
        number = chains.index(chain)
        chain.follow(KILLS // CHAINS + (number < KILLS % CHAINS))
        chain.close()

    begun = time.monotonic()
    with ThreadPoolExecutor(CHAINS) as pool:
        list(pool.map(die, chains))
    ways = sum((chain.ways for chain in chains), Counter())
    off_ms = sorted(off for chain in chains for off in chain.off_ms)
    assert ways.total() == KILLS
    assert set(ways) == set(WAYS)
    assert sum(off > 0 for off in off_ms) > KILLS // 4, "too few of them were killed on their way"
    assert all("Traceback" not in chain.errors() for chain in chains)
    print(
        f"\n{ways.total()} ends ({dict(ways)}) in {time.monotonic() - begun:.0f} s: "
        f"off the place by {off_ms[len(off_ms) // 2]} ms in the middle, {off_ms[-1]} ms at most"
    )
