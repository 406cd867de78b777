"""Night mode: when the screen is red on black and the sounds are quiet.

It is decided at the start of the program and of each run. Once on, it stays on during the
night's hours. If the person chooses night or day by an option or a key, that holds until the
program ends.
"""

from collections.abc import Callable

from uncramp.instant import is_between
from uncramp.settings import Settings
from uncramp.system.clocks import minute_of_day, system_clocks


def night_hours(settings: Settings, *, is_urgent: bool = False) -> tuple[int, int] | None:
    """The minutes of the day from and to which it is night; None for never.

    The same minute twice is the whole day. A setting can limit the night to a routine that
    `is_urgent`.
    """
    match settings.night:
        case "always":
            return 0, 0
        case "clock":
            return settings.night_from_min, settings.night_to_min
        case "urgent" if is_urgent:
            return settings.night_from_min, settings.night_to_min
        case _:
            return None


def is_night(settings: Settings, minute_of_day: int, is_urgent: bool = False) -> bool:
    """Is it night at that minute of the day, for a routine that is or is not urgent?"""
    hours = night_hours(settings, is_urgent=is_urgent)
    return hours is not None and is_between(minute_of_day, *hours)


class Night:
    """Night mode from the program's start to its end."""

    def __init__(
        self,
        settings: Settings | None = None,
        now: Callable[[], int] = lambda: minute_of_day(system_clocks().wall()),
        *,
        is_forced: bool = False,
    ) -> None:
        """Decide by `settings` at the minute of the day from `now`; if forced, it is night."""
        self._settings = settings or Settings()
        self._now = now
        self._is_chosen = is_forced
        self._watchers: list[Callable[[bool], None]] = []
        self.is_on = is_forced or is_night(self._settings, now())
        """Is it night?"""

    def watch(self, on_change: Callable[[bool], None]) -> None:
        """Call `on_change` with whether it is night, each time this changes."""
        self._watchers.append(on_change)

    def begin_run(self, *, is_urgent: bool) -> bool:
        """Decide again, because a run starts. Returns whether it is night."""
        if not self._is_chosen:
            # A routine after an urgent one is started in the same dark room.
            self._turn(is_night(self._settings, self._now(), is_urgent or self.is_on))
        return self.is_on

    def use_settings(self, settings: Settings) -> None:
        """Use other settings from now on, unless the person has chosen by a key or an option."""
        self._settings = settings
        self.begin_run(is_urgent=False)

    def toggle(self) -> None:
        """Make it night, or day, until the program ends."""
        self._is_chosen = True
        self._turn(not self.is_on)

    def _turn(self, is_on: bool) -> None:
        if is_on != self.is_on:
            self.is_on = is_on
            for on_change in self._watchers:
                on_change(is_on)
