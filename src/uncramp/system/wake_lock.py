"""Keeps the machine awake while a run goes on, and only then.

Asking the system can take seconds and can fail: it happens in a separate thread and never
delays a run. The request ends with the process, however that ends.
"""

import os
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, suppress

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.run.events import Event, Lapsed, Paused, RunEnded, Started, WentOn

SETTLES_S = 2.0
"""How long after a run begins the system is asked, so that the start is undisturbed."""
PATIENCE_S = 1.0
"""How long to wait for the system at the end."""
REPORT_WITHIN_S = 5.0

_LONGEST_REASON = 160


@dataclass(frozen=True, slots=True)
class WakeLockStatus:
    """Whether the machine is being kept awake."""

    is_kept: bool
    by: str
    """What does it, as the system names it; or why nothing does."""


Keep = Callable[[], AbstractContextManager[WakeLockStatus]]
"""Makes a context that keeps the machine awake."""


class WakeLock:
    """Keeps the machine awake while the run that it listens to goes on."""

    def __init__(
        self, keep: Callable[[], AbstractContextManager[object]], settles_s: float = SETTLES_S
    ) -> None:
        """Ask with `keep`, `settles_s` after a run began or went on."""
        self._keep = keep
        self._settles_s = settles_s
        self._changed = threading.Condition()
        self._is_wanted = self._is_closing = False
        self._thread: threading.Thread | None = None

    def listen(self, event: Event) -> None:
        """Keep the machine awake from a start to a pause, lapse or end. Takes microseconds."""
        match event:
            case Started() | WentOn():
                self._want(True)
            case Paused() | Lapsed() | RunEnded():
                self._want(False)

    def close(self) -> None:
        """Let the machine sleep again."""
        with self._changed:
            self._is_closing, self._is_wanted = True, False
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(PATIENCE_S)

    def _want(self, is_wanted: bool) -> None:
        with self._changed:
            self._is_wanted = is_wanted
            self._changed.notify_all()
            if self._thread is None and is_wanted and not self._is_closing:
                thread = threading.Thread(target=self._work, name="awake", daemon=True)
                # A machine that can fall asleep must not end a run.
                with suppress(RuntimeError):
                    thread.start()
                    self._thread = thread

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._is_wanted or self._is_closing)
                if self._is_closing:
                    return
                if self._changed.wait_for(lambda: not self._is_wanted, self._settles_s):
                    continue
            try:
                with self._keep(), self._changed:
                    self._changed.wait_for(lambda: not self._is_wanted)
            except Exception:  # a machine that can fall asleep must not end a run
                with self._changed:
                    self._changed.wait_for(lambda: not self._is_wanted)


class SystemWakeLock(AbstractContextManager[WakeLockStatus]):
    """Keeps the machine awake with what its system offers."""

    def __init__(self, *, with_display: bool) -> None:
        """Also keep the display on, if `with_display`."""
        self._with_display = with_display
        self._asked = ExitStack()

    def __enter__(self) -> WakeLockStatus:
        """Ask the system."""
        if sys.platform == "linux" and not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
            return WakeLockStatus(False, "there is no desktop here to ask")
        # Loading it takes a tenth of a second.
        import logging

        from wakepy import keep

        # Its log messages must not appear in the middle of a run.
        logging.getLogger("wakepy").addHandler(logging.NullHandler())
        mode = keep.presenting if self._with_display else keep.running
        asked = self._asked.enter_context(mode(on_fail="pass"))
        if asked.active and asked.method is not None:
            return WakeLockStatus(True, asked.method.name)
        reasons = [tried.failure_reason for tried in asked.result.list_methods()]
        return WakeLockStatus(False, _in_short(reasons))

    def __exit__(self, *_: object) -> None:
        """Withdraw the request."""
        self._asked.close()


def _in_short(reasons: list[str]) -> str:
    last = next(
        (reason for reason in reversed(reasons) if reason), "uncramp knows no way to do it here"
    )
    return last if len(last) <= _LONGEST_REASON else f"{last[:_LONGEST_REASON]}…"


def wake_lock_report(*, is_wanted: bool = True, keep: Keep | None = None) -> str:
    """Whether this machine can be kept awake during a run, actually tried; a sentence or two.

    Takes 5 s at most. `is_wanted` is the setting `keep_awake`.
    """
    if not is_wanted:
        return "The machine is not kept awake during a run: keep_awake is false in the settings."
    found: list[WakeLockStatus] = []

    def ask() -> None:
        with (keep or (lambda: SystemWakeLock(with_display=True)))() as answer:
            found.append(answer)

    def try_to() -> None:
        try:
            ask()
        except Exception as error:
            found.append(WakeLockStatus(False, str(error) or type(error).__name__))

    thread = threading.Thread(target=try_to, name="awake", daemon=True)
    thread.start()
    thread.join(REPORT_WITHIN_S)
    if not found:
        found = [WakeLockStatus(False, f"the system did not answer within {REPORT_WITHIN_S:g} s")]
    if found[0].is_kept:
        return f"The machine is kept awake during a run ({found[0].by})."
    advice = "If it sleeps during a run, set it to sleep later in the system's settings."
    return f"The machine cannot be kept awake during a run: {found[0].by}. {advice}"
