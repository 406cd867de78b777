"""One session: from a chosen routine and the options to a run that goes on."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path

from uncramp.audio.player import Player, Silence
from uncramp.core.lazy.dataclass import replace
from uncramp.core.plan.plan import Plan
from uncramp.core.routine.model import Routine
from uncramp.core.run.events import Event, RunEnded
from uncramp.library.library import Entry, Library
from uncramp.runs.autosave import AutosaveFile
from uncramp.runs.history import History
from uncramp.runs.store import RunStore, StoredRuns
from uncramp.session.conductor import Conductor, RunPace
from uncramp.session.night_mode import Night, sun_hours
from uncramp.session.own_data import OwnData
from uncramp.session.ports import ControlPort, EarPort, RunPorts, VoicePort
from uncramp.session.resuming import CutOff, ResumedRun, Resuming
from uncramp.session.run_options import RunOptions
from uncramp.session.unkept_words import not_written_words
from uncramp.session.volume_memory import VolumeMemory
from uncramp.settings import Settings
from uncramp.system import paths, resources
from uncramp.system.clocks import minute_of_day
from uncramp.system.wake_lock import SystemWakeLock, WakeLock

LEAD_MS = 1_500
"""The time from the start of a run to its first moment: the speaker process needs it."""


class Session:
    """Makes the conductor of each run, with its autosave, history, night mode and wake lock."""

    def __init__(
        self,
        library: Library,
        options: RunOptions,
        data: OwnData,
        *,
        entry: Entry | None = None,
        bell: Callable[[], None] | None = None,
        make_control: Callable[[Conductor, Callable[[], None]], ControlPort] | None = None,
    ) -> None:
        """Run routines of `library`, or the one of `entry`, with `options`.

        `bell` rings the terminal's bell; None if there is none. `make_control` makes what lets
        other programs steer a run, from its conductor and what switches night and day.
        """
        self.library = library
        self.options = options
        self.data = data
        self._entry = entry
        self._typed = {entry.id: entry} if entry and entry.text else {}
        self._bell = bell
        self._make_control = make_control
        self._clocks = data.clocks
        self._autosave: AutosaveFile | None = None
        self._finished: set[str] = set()
        self._conductor: Conductor | None = None
        self._opened: Player | None = None
        self._awake = WakeLock(self._keep_awake)
        wall = self._clocks.wall
        self.history = History(paths.history_folder(), wall)
        self.resuming = Resuming(
            RunStore(paths.unfinished_folder(), wall), self.history, library, self._clocks
        )
        self.night = Night(
            self.settings,
            lambda: minute_of_day(wall()),
            is_forced=options.is_night,
            sun=lambda settings: sun_hours(settings, wall()),
        )
        self.night.watch(self._shape)
        write = partial(_write_volume, data.settings.file) if options.is_typed_at else None
        self.volumes = VolumeMemory(write, options.volume, options.hush)

    @property
    def settings(self) -> Settings:
        """The person's settings, as they are now."""
        return self.data.settings.now()

    def cut_off(self, stored: StoredRuns) -> list[CutOff]:
        """The runs among `stored` that can be resumed, for the full screen to ask about."""
        conditions = self.settings.conditions
        return [
            CutOff(found, self.resuming.offer(found, conditions), self.resuming, self.resume)
            for found in stored.unfinished
        ]

    def cut_off_of(self, routine_id: str) -> list[CutOff]:
        """The runs of a routine that wait to be resumed now, the latest first."""
        waiting = self.cut_off(self.resuming.look())
        return [run for run in waiting if run.offer.checkpoint.about.routine_id == routine_id]

    def resume(self, plan: Plan, taken: ResumedRun) -> Conductor:
        """A conductor that resumes a run of `plan` that was cut off."""
        return self._conduct(plan, taken)

    def conductor(self, plan: Plan, seen_s: float = 0.0) -> Conductor:
        """A conductor for one run of `plan`, with its own player.

        The person has had its beginning before their eyes for `seen_s` seconds: a run that begins
        at once has gone on for as long.
        """
        return self._conduct(plan, None, seen_s)

    def _conduct(self, plan: Plan, taken: ResumedRun | None, seen_s: float = 0.0) -> Conductor:
        options, settings = self.options, self.settings
        self.night.begin_run(is_urgent=plan.routine.urgent)
        is_gone_on = taken is not None and taken.saved is not None
        if taken is not None and taken.found.checkpoint.about.text:
            about = taken.found.checkpoint.about
            self._typed[about.routine_id] = self.library.typed(about.routine_id, about.text)
        typed = self._typed.get(plan.routine.id)
        if taken is not None and is_gone_on:
            self.history.resume(taken.found.checkpoint.about.started_s)
        self._autosave = None
        if not options.is_rehearsal:
            self._autosave = self.resuming.autosave(self._entry_of, taken)
        # An urgent run starts at once; a resumed one waits, so that everything is heard.
        is_at_once = plan.routine.urgent and not is_gone_on
        player, ear = self._player(), None
        if self._is_to_listen(settings):
            player, ear = self._heard_by(player)
        delay_ms = settings.sound_delay_ms if options.is_heard else 0
        ports = RunPorts(
            voice=self._voice(plan, player, settings),
            autosave=self._autosave,
            listeners=() if options.is_rehearsal else (self._listen, self._awake.listen),
            on_loudness=self.volumes.note,
            is_recorded=lambda: self.history.problem is None,
            kept_run=None if options.is_rehearsal else lambda: self.history.last,
        )
        pace = RunPace(
            speed=options.speed,
            ends_open_steps=options.is_rehearsal,
            lead_ms=0 if is_at_once or not options.is_heard else LEAD_MS + delay_ms,
            # The first words for a cramp are spoken as soon as anything can be heard.
            words_wait_ms=LEAD_MS + delay_ms if is_at_once and options.is_heard else 0,
            delay_ms=delay_ms,
            begun_s=seen_s if is_at_once and not options.is_rehearsal else 0.0,
        )
        self._conductor = Conductor(
            plan,
            self._clocks,
            player,
            ports=ports,
            pace=pace,
            loudness=self.volumes.of_a_run(settings, self.night.is_on),
            saved=taken.saved if taken else None,
        )
        self._conductor.text = typed.text if typed else ""
        self._conductor.ear = ear
        if self._make_control is not None and not options.is_rehearsal:
            self._conductor.control = self._make_control(self._conductor, self.night.toggle)
        return self._conductor

    def _shape(self, is_night: bool) -> None:
        if self._conductor is not None:
            loudness = replace(self._conductor.loudness, is_night=is_night)
            self._conductor.set_loudness(loudness)

    def _listen(self, event: Event) -> None:
        self.history.listen(event)
        if isinstance(event, RunEnded) and event.record.is_complete:
            self._finished.add(event.record.routine_id)

    def _keep_awake(self) -> AbstractContextManager[object]:
        if not self.settings.keep_awake:
            return nullcontext()
        return SystemWakeLock(with_display=self.options.is_on_screen)

    def _entry_of(self, routine: Routine) -> Entry | None:
        entry = self._typed.get(routine.id, self._entry)
        if entry is None or entry.id != routine.id:
            entry = self.library.find(routine.id)
        return entry

    def open_player(self) -> None:
        """Start the player of the next run while other things are loaded."""
        self._opened = self._player()

    def _player(self) -> Player:
        opened, self._opened = self._opened, None
        if opened is not None:
            return opened
        if not self.options.is_heard:
            return Silence("A rehearsal is silent. Add --sound to hear it.")
        from uncramp.audio.lateness import read_lateness
        from uncramp.audio.speaker import NO_THREAD_WORDS, open_speaker

        settings = self.settings
        try:
            return open_speaker(
                self._sounds(),
                bell=self._bell,
                backend=settings.backend,
                delay_ms=settings.sound_delay_ms,
                lateness=read_lateness(paths.lateness_file()),
            )
        except RuntimeError:
            return Silence(NO_THREAD_WORDS)

    def _is_to_listen(self, settings: Settings) -> bool:
        if self.options.is_rehearsal or self._make_control is None:
            return False
        return settings.listen if self.options.listen is None else self.options.listen

    def _heard_by(self, player: Player) -> tuple[Player, EarPort]:
        """The player with a log of what it sounds, and what listens for claps beside that."""
        from uncramp.audio.sound_log import SoundLog
        from uncramp.listening.ear import Ear

        tells_level = self.options.is_on_screen
        if self._is_sound_off():
            return player, Ear(lambda: (), tells_level=tells_level)
        log = SoundLog(player, self._sounds())
        return log, Ear(log.spans, tells_level=tells_level)

    def _is_sound_off(self) -> bool:
        from uncramp.audio.speaker import SOUND_VARIABLE

        return os.environ.get(SOUND_VARIABLE) == "none"

    def _sounds(self) -> dict[str, Path]:
        return resources.sound_set(self.options.sound_set or self.settings.sound_set)

    def _voice(self, plan: Plan, player: Player, settings: Settings) -> VoicePort | None:
        is_wanted = self.options.voice
        if is_wanted is None:
            # A rehearsal is too fast for phrases.
            is_wanted = settings.voice != "off" and self.options.speed <= 1
        if not is_wanted or not self.options.is_heard:
            return None
        if self._is_sound_off():
            return None
        from uncramp.speech.voice import open_voice

        return open_voice(settings, plan, player, paths.spoken_folder())

    @property
    def is_left(self) -> bool:
        """Was the last run left to be resumed?"""
        return self._autosave is not None and self._autosave.is_left

    def close(self) -> tuple[str, ...]:
        """Leave a run that is not over, to be resumed. Returns what went wrong, in sentences."""
        if self._autosave is not None:
            self._autosave.close()
        self._awake.close()
        if self._opened is not None:
            self._opened.close()
        self.resuming.leave_all_of(self._finished)
        self.resuming.settle()
        self.volumes.write()
        voice = self._conductor.voice if self._conductor else None
        of_the_voice = voice.problem if voice else ""
        of_history = not_written_words(self.history.problem) if self.history.problem else ""
        if of_history and self._autosave is not None and self._autosave.has_record:
            of_history += " The run is saved, and is added the next time uncramp starts."
        problems = (of_history, self.volumes.problem, of_the_voice)
        return tuple(problem for problem in problems if problem)


def _write_volume(file: Path, name: str, volume: int) -> None:
    from uncramp.settings.writer import set_setting

    set_setting(file, name, volume)
