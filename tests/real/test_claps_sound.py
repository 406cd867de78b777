"""Two claps into a microphone that hears all that the program plays, on a real sound server."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.real.clapping import ClappedRoom, ListeningRun, ears_of
from tests.real.listening import Sink, until
from tests.real.speaking import Sinks, now_ms
from tests.real.test_spoken_sound import needed
from uncramp.listening.ear import LISTENS

AS_LOUD_AS_CAN_BE = ("--volume", "100", "--sounds", "wood", "--voice")
"""Wood knocks as a knuckle does."""
WITHIN_MS = 1_500
"""From the second clap to the move: that there is no third is certain only after a while."""
WET = """
title = "Wet hands"
[[steps]]
name = "Rub"
time = "6s"
get_ready = "3s"
[[steps]]
name = "Press"
time = "2m"
get_ready = "1m"
[[steps]]
name = "Hold"
open = true
get_ready = 0
"""


@pytest.fixture(scope="module")
def sink_kind() -> type[Sink]:
    """A sound server with a microphone."""
    return ClappedRoom


@pytest.fixture
def room(sinks: Sinks) -> Iterator[ClappedRoom]:
    found = sinks("clapped")
    assert isinstance(found, ClappedRoom)
    (found.folder / "wet.toml").write_text(WET)
    yield found
    assert until(lambda: not ears_of(found.folder), 3), "a listening process is left"


def test_claps_steer_a_run_and_its_own_sounds_do_not(room: ClappedRoom) -> None:
    needed("espeakng-loader")
    engine = '[voice]\nengine = "espeakng-loader"\n'
    begun_ms = now_ms()
    with ListeningRun(room, "wet.toml", "--listen", *AS_LOUD_AS_CAN_BE, settings=engine) as run:
        run.told(lambda event: event.get("words") == LISTENS, 10)
        # First it only hears itself: the words, and the wood of a whole step.
        run.told(lambda event: event["event"] == "span-began" and event["index"] == 2, 30)
        assert np.abs(room.heard(begun_ms).samples).max() > 0.3, "nothing loud was to be heard"
        assert "paused" not in run.names()
        assert run.names().count("span-began") == 3

        late_ms = [
            run.after_claps("span-began"),
            run.after_claps("paused", seed=2),
            run.after_claps("went-on", seed=3),
        ]
        run.write("next")
        run.told(lambda event: event["event"] == "span-began" and event["index"] == 4, 5)
        late_ms.append(run.after_claps("run-ended", seed=5))
        assert run.process.wait(15) == 0
        assert run.events[-1][1]["is_complete"]
    print("\nfrom the second clap to the move:", [round(ms) for ms in late_ms], "ms")
    assert max(late_ms) < WITHIN_MS


def test_a_process_that_dies_takes_nothing_with_it_and_a_stopped_run_hears_nothing(
    room: ClappedRoom,
) -> None:
    silent = ("wet.toml", "--listen", "--mute", "--no-voice")
    with ListeningRun(room, *silent) as first, ListeningRun(room, *silent) as second:
        for run in (first, second):
            run.told(lambda event: event.get("words") == LISTENS, 10)
        ears = ears_of(room.folder)
        assert len(ears) == 2
        second.process.kill()
        assert until(lambda: len(ears_of(room.folder)) == 1, 20), "it outlived a killed program"

        first.process.send_signal(signal.SIGSTOP)
        assert until(lambda: room.listeners() == 0, 20), "the microphone is open in a stopped run"
        told = len(first.events)
        first.process.send_signal(signal.SIGCONT)
        first.told(lambda event: event.get("words") == LISTENS, 20, since=told)

        os.kill(ears_of(room.folder)[0], signal.SIGKILL)
        first.told(lambda event: "No longer listening" in event.get("words", ""), 5)
        first.write("pause")
        first.told(lambda event: event["event"] == "paused", 5)


def test_without_a_microphone_it_says_so_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "wet.toml").write_text(WET)
    with Sink(tmp_path) as deaf, ListeningRun(deaf, "wet.toml", "--listen", "--mute") as run:
        told = "Not listening: this machine has no microphone."
        run.told(lambda event: event.get("words") == told, 10)
        run.write("pause")
        run.told(lambda event: event["event"] == "paused", 5)


KEPT = range(4, 9)
"""The spans of bedtime that are heard to their end: the other timed ones are skipped."""


@pytest.mark.skipif(
    "UNCRAMP_CLAPS" not in os.environ, reason="takes two minutes; UNCRAMP_CLAPS=1 runs it"
)
def test_a_whole_bedtime_is_led_by_claps_alone(room: ClappedRoom) -> None:
    needed("espeakng-loader")
    engine = '[voice]\nengine = "espeakng-loader"\n'
    seed, led = 1, list[tuple[str, str, int]]()
    with ListeningRun(
        room, "bedtime", "--listen", "--volume", "100", "--voice", settings=engine
    ) as run:
        while (span := run.next_span(200)) is not None:
            if span["open"]:
                seed += 1
                # Its words begin after its chime.
                until(lambda: False, 3)
                run.after_claps("span-ended", "knock" if seed % 3 == 0 else "clap", seed)
                led.append((span["name"], run.of("span-ended")[-1]["how"], seed))
            elif span["kind"] == "step" and span["index"] == KEPT[1]:
                run.after_claps("paused", seed=2)
                run.after_claps("went-on", seed=3)
            elif span["index"] not in KEPT:
                run.steer("next")
        assert run.process.wait(15) == 0
    print("\n", led, {name: len(run.of(name)) for name in ("paused", "went-on", "cue")})
    assert [how for _, how, _ in led] == ["done"] * 3
    assert len(run.of("paused")) == len(run.of("went-on")) == 1, "of its own sounds"
    assert [event["how"] for event in run.of("span-ended") if event["index"] in KEPT] == [
        "time"
    ] * len(KEPT)
