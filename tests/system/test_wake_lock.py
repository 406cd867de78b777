"""The machine is kept awake only during a run, and the run never waits for it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from uncramp.core.run.events import Event, Lapsed, Paused, RunEnded, Started, WentOn
from uncramp.core.run.record import Record
from uncramp.system.wake_lock import SystemWakeLock, WakeLock, WakeLockStatus, wake_lock_report

WITHIN_S = 20
RECORD = Record("evening", "Evening", "0", True, 0, 0, 0, 0)
BEGUN, PAUSED, WENT_ON = Started(0, 0), Paused(1, 1), WentOn(2, 1)


@dataclass
class Machine:
    """A machine that says when it is kept awake and when it may sleep."""

    entered: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    left: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    is_broken: bool = False

    @contextmanager
    def keep(self) -> Iterator[WakeLockStatus]:
        self.entered.release()
        if self.is_broken:
            raise RuntimeError("no such thing")
        yield WakeLockStatus(True, "a test")
        self.left.release()


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def awake(machine: Machine) -> Iterator[WakeLock]:
    awake = WakeLock(machine.keep, settles_s=0)
    yield awake
    awake.close()


@pytest.mark.parametrize("end", [PAUSED, Lapsed(1, 1, 6_000), RunEnded(1, 1, RECORD)])
def test_it_is_awake_from_the_start_until_nothing_goes_on(
    machine: Machine, awake: WakeLock, end: Event
) -> None:
    awake.listen(BEGUN)
    assert machine.entered.acquire(timeout=WITHIN_S)
    assert not machine.left.acquire(blocking=False)
    awake.listen(end)
    assert machine.left.acquire(timeout=WITHIN_S)


def test_after_a_pause_it_is_awake_again(machine: Machine, awake: WakeLock) -> None:
    for event in (BEGUN, WENT_ON):
        awake.listen(event)
        assert machine.entered.acquire(timeout=WITHIN_S)
        awake.listen(PAUSED)
        assert machine.left.acquire(timeout=WITHIN_S)


def test_when_the_program_ends_the_machine_may_sleep(machine: Machine, awake: WakeLock) -> None:
    awake.listen(BEGUN)
    assert machine.entered.acquire(timeout=WITHIN_S)
    awake.close()
    assert machine.left.acquire(blocking=False)


def test_a_run_that_ends_at_once_asks_for_nothing(machine: Machine) -> None:
    awake = WakeLock(machine.keep, settles_s=WITHIN_S)
    awake.listen(BEGUN)
    awake.close()
    assert not machine.entered.acquire(blocking=False)


def test_a_system_that_cannot_or_never_answers_holds_up_nothing(machine: Machine) -> None:
    machine.is_broken = True
    awake = WakeLock(machine.keep, settles_s=0)
    awake.listen(BEGUN)
    assert machine.entered.acquire(timeout=WITHIN_S)
    awake.close()
    let_go = threading.Event()

    @contextmanager
    def never() -> Iterator[WakeLockStatus]:
        machine.entered.release()
        let_go.wait(WITHIN_S)
        yield WakeLockStatus(True, "at last")

    awake = WakeLock(never, settles_s=0)
    awake.listen(BEGUN)
    assert machine.entered.acquire(timeout=WITHIN_S)
    awake.listen(PAUSED)
    let_go.set()
    awake.close()


def test_the_report_says_who_keeps_it_awake_or_why_nobody_does(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert wake_lock_report(keep=machine.keep) == "The machine is kept awake during a run (a test)."
    assert machine.left.acquire(blocking=False)
    machine.is_broken = True
    assert wake_lock_report(keep=machine.keep).startswith(
        "The machine cannot be kept awake during a run: no such thing. "
    )
    assert "keep_awake is false" in wake_lock_report(is_wanted=False, keep=machine.keep)


def test_a_system_that_never_answers_is_not_waited_for_by_the_report(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("uncramp.system.wake_lock.REPORT_WITHIN_S", 0.05)
    let_go = threading.Event()

    @contextmanager
    def never() -> Iterator[WakeLockStatus]:
        let_go.wait(WITHIN_S)
        yield WakeLockStatus(True, "at last")

    assert "did not answer within 0.05 s" in wake_lock_report(keep=never)
    let_go.set()


@pytest.mark.parametrize("with_display", [True, False])
def test_the_systems_own_way_can_be_taken_and_left(
    monkeypatch: pytest.MonkeyPatch, with_display: bool
) -> None:
    monkeypatch.setenv("WAKEPY_FAKE_SUCCESS", "yes")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    with SystemWakeLock(with_display=with_display) as kept:
        assert kept.is_kept
        assert kept.by


def test_without_a_desktop_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    with SystemWakeLock(with_display=True) as kept:
        assert kept == WakeLockStatus(False, "there is no desktop here to ask")
