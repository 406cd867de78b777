"""Night mode: when the screen is red on black and the sounds are quiet.

It is decided at the start of the program and of each run. Once on, it stays on during the
night's hours. If the person chooses night or day by an option or a key, that holds until the
program ends.
"""

from collections.abc import Callable

from uncramp.instant import is_between
from uncramp.settings import Settings
from uncramp.system.clocks import minute_of_day, system_clocks
from uncramp.system.region import zone_place

Hours = tuple[int, int]
"""From a minute of the day to another."""


def sun_hours(settings: Settings, wall_s: float) -> Hours | None:
    """From sunset to sunrise where the person is, at `wall_s`, the time since the epoch.

    None if the place is unknown, or if the sun does not set or rise that day.
    """
    from uncramp.core.sun.sun_times import sun_times

    place = settings.night_place or zone_place()
    times = sun_times(wall_s, *place) if place else None
    return (minute_of_day(times.set_s), minute_of_day(times.rise_s)) if times else None


def _sun_hours_now(settings: Settings) -> Hours | None:
    return sun_hours(settings, system_clocks().wall())


def night_hours(
    settings: Settings, *, is_urgent: bool = False, sun: Hours | None = None
) -> Hours | None:
    """The minutes of the day from and to which it is night; None for never.

    The same minute twice is the whole day. A setting can limit the night to a routine that
    `is_urgent`. Where `sun`, from sunset to sunrise, is None, the hours that are set take its
    place.
    """
    match settings.night:
        case "always":
            return 0, 0
        case "clock":
            return settings.night_from_min, settings.night_to_min
        case "sun":
            return sun or (settings.night_from_min, settings.night_to_min)
        case "urgent" if is_urgent:
            return settings.night_from_min, settings.night_to_min
        case _:
            return None


def is_night(
    settings: Settings, minute_of_day: int, is_urgent: bool = False, sun: Hours | None = None
) -> bool:
    """Is it night at that minute of the day, for a routine that is or is not urgent?"""
    hours = night_hours(settings, is_urgent=is_urgent, sun=sun)
    return hours is not None and is_between(minute_of_day, *hours)


class Night:
    """Night mode from the program's start to its end."""

    def __init__(
        self,
        settings: Settings | None = None,
        now: Callable[[], int] = lambda: minute_of_day(system_clocks().wall()),
        *,
        is_forced: bool = False,
        sun: Callable[[Settings], Hours | None] = _sun_hours_now,
    ) -> None:
        """Decide by `settings` at the minute of the day from `now`; if forced, it is night.

        `sun` gives the minutes of sunset and sunrise, for people whose night follows them.
        """
        self._settings = settings or Settings()
        self._now = now
        self._sun = sun
        self._is_chosen = is_forced
        self._watchers: list[Callable[[bool], None]] = []
        self.is_on = is_forced or self._is_dark(is_urgent=False)
        """Is it night?"""

    def hours(self, *, is_urgent: bool = False) -> Hours | None:
        """The minutes of today from and to which it is night; None for never."""
        return night_hours(self._settings, is_urgent=is_urgent, sun=self._sun_hours())

    def _is_dark(self, *, is_urgent: bool) -> bool:
        return is_night(self._settings, self._now(), is_urgent, self._sun_hours())

    def _sun_hours(self) -> Hours | None:
        return self._sun(self._settings) if self._settings.night == "sun" else None

    def watch(self, on_change: Callable[[bool], None]) -> None:
        """Call `on_change` with whether it is night, each time this changes."""
        self._watchers.append(on_change)

    def begin_run(self, *, is_urgent: bool) -> bool:
        """Decide again, because a run starts. Returns whether it is night."""
        if not self._is_chosen:
            # A routine after an urgent one is started in the same dark room.
            self._turn(self._is_dark(is_urgent=is_urgent or self.is_on))
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
