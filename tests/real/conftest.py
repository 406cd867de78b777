"""Sound servers for the tests of real sound, ended after each module."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

import pytest

from tests.real.listening import NoServer, Sink, Waking, missing_tools, until
from tests.real.recorded_run import Recorded
from tests.real.speaking import SOUNDS, Opener, Sinks, processes_of_ours, sound_folders
from uncramp.audio.speaker import Speaker, open_speaker

if sys.platform == "win32":
    # They need pseudo-terminals, signals and a sound server, which Windows does not have.
    collect_ignore_glob = ["test_*"]
else:
    # It is noon for these tests: at night the program sounds and looks different by itself.
    os.environ["TZ"] = f"NOON{time.gmtime().tm_hour - 12:+d}"
    time.tzset()


FEW, APART_S = 2, 6.0
"""More recorded runs than so many begin that long after one another."""

FIRST = (
    "test_encoded_export", "test_kills", "test_run_keys", "test_screen_faults",
    "test_counting_down", "test_speaker_process",
)  # fmt: skip
"""The modules that take longest begin first: beside them the others run, on other workers. And
where sound is played, one that looks at no moments: the recorded runs start meanwhile."""

LAST = ("recorded_runs", "takes_on_a_busy_machine")
"""What uses these comes last: the runs are recorded beside the others, the load disturbs them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of `FIRST` before all others, and those of `LAST` behind, in that order."""
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    module = item.path.stem
    if module in FIRST:
        return FIRST.index(module) - len(FIRST)
    return max((LAST.index(name) + 1 for name in _last(item)), default=0)


def _last(item: pytest.Item) -> set[str]:
    return set(LAST).intersection(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def waking() -> Iterator[Waking]:
    """What the machine does to everybody, from the first test that asks for it."""
    with Waking() as found:
        yield found


@pytest.fixture(scope="session")
def recorded_runs(request: pytest.FixtureRequest) -> Iterator[Mapping[str, Any]]:
    """The runs that tests name by `@pytest.mark.recorded(name, run)`."""
    marks = [m for item in request.session.items for m in item.iter_markers("recorded")]
    with ExitStack() as stack:
        yield {name: stack.enter_context(run) for name, run in (mark.args for mark in marks)}


@pytest.fixture(scope="session", autouse=True)
def _recorded_beside_the_others(request: pytest.FixtureRequest) -> Iterator[None]:
    """Start what takes minutes, so that it is over when its test comes."""
    wanted = any("recorded_runs" in _last(item) for item in request.session.items)
    # Of several workers only the one that has the test starts it, and only then.
    if not wanted or missing_tools() or "PYTEST_XDIST_WORKER" in os.environ:
        yield
        return
    request.getfixturevalue("waking")
    runs = list(request.getfixturevalue("recorded_runs").values())
    is_over = Event()
    # Tests change the environment from now on.
    starter = Thread(target=_start, args=(runs, dict(os.environ), is_over))
    starter.start()
    yield
    is_over.set()
    starter.join()


def _start(runs: Sequence[Recorded], environment: Mapping[str, str], is_over: Event) -> None:
    for run in runs:
        # A test that listens to it tries again, and fails with the reason.
        with suppress(NoServer):
            run.start(environment)
        # All at once they would make their voices' clips at the same time.
        if is_over.wait(APART_S if len(runs) > FEW else 0):
            return


@pytest.fixture(scope="session", autouse=True)
def _no_place_for_scenes() -> Iterator[None]:
    # As every single test has it: what is said depends on the tests being in a container.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("uncramp.audio.speaker.place_words", lambda environment, is_heard: "")
        yield


@pytest.fixture(scope="module")
def sink_kind() -> type[Sink]:
    """The sound server of a module's tests."""
    return Sink


@pytest.fixture(scope="module")
def sinks(sink_kind: type[Sink], waking: Waking) -> Iterator[Sinks]:
    """Recorded sinks by name; left out only where a tool is missing, and never with CI=true."""
    if missing := missing_tools(sink_kind.needed):
        words = f"{sink_kind.name} needs {', '.join(missing)}: see the packages in .ci/run"
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    started: dict[str, Sink] = {}
    # Several threads ask for theirs; servers that start at the same time hold each other up.
    lock = Lock()
    with tempfile.TemporaryDirectory(prefix="uncramp-ci-") as folder, ExitStack() as stack:

        def sink_of(name: str) -> Sink:
            with lock:
                if name not in started:
                    own = Path(folder) / name
                    own.mkdir()
                    started[name] = stack.enter_context(sink_kind(own))
                return started[name]

        yield sink_of


@pytest.fixture(scope="module")
def sink(sinks: Sinks) -> Sink:
    """The sink of those tests that play by themselves."""
    return sinks("alone")


@pytest.fixture
def opened(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opener]:
    """Opens speakers on the recorded sink, and checks that nothing of them is left."""
    for name, value in sink.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("UNCRAMP_SOUND", raising=False)
    before = sound_folders()
    speakers: list[Speaker] = []

    def open_one(*order: str, **others: object) -> Speaker:
        speaker = open_speaker(SOUNDS, order=list(order) or None, **others)  # type: ignore[arg-type]
        speakers.append(speaker)
        assert until(lambda: speaker.status().backend is not None)
        return speaker

    yield open_one
    for speaker in speakers:
        speaker.close()
    assert until(lambda: not processes_of_ours(sink)), processes_of_ours(sink)
    assert not sound_folders() - before
