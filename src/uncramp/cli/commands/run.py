"""`uncramp run`, `uncramp now`, and `uncramp` alone."""

import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from uncramp import instant
from uncramp.audio.player import Player, Silence
from uncramp.cli.preflight import (
    answer_for,
    choices_of,
    is_agreed,
    refuse,
    seen_cautions,
    show_cautions_first,
)
from uncramp.cli.resuming import (
    CutOff,
    Taken,
    file_of,
    keeping_for,
    leave_all_of,
    look,
    may_run_beside,
    offer,
    running_words,
    unfinished_words,
)
from uncramp.cli.routine_lookup import find_routine, open_library
from uncramp.cli.volume_memory import Volumes
from uncramp.core.plan.plan import Plan
from uncramp.core.routine.model import Routine, Side
from uncramp.core.run.events import Event, RunEnded
from uncramp.core.suitability.assess import Answer
from uncramp.library.library import Entry, Library
from uncramp.plain.output import Gone, complain, write_line
from uncramp.runs.autosave import Keeping
from uncramp.runs.history import History
from uncramp.runs.resume_options import HOW_TO_TAKE_UP
from uncramp.session.conductor import Conductor, Voice, system_clocks
from uncramp.session.night_mode import Night, minute_of_day, night_hours
from uncramp.settings import OwnSettings, Settings, set_setting
from uncramp.system import paths, resources
from uncramp.system.wake_lock import Awake, BySystem

ENDED_EARLY = 1

LEAD_MS = 1_500
"""From the start of a run to its first moment: what the speaker process needs to be ready."""


def open_library_screen(asked: Namespace) -> int:
    """Open the library on the full screen."""
    library = open_library()
    if not is_screen():
        return complain(
            "The library needs a terminal. uncramp list names the routines, "
            "and uncramp run ID runs one."
        )
    performance = Performance(asked, library)
    finds = look(performance.history)
    unfinished = [
        CutOff(
            found,
            offer(found, library, performance.settings.conditions),
            performance.take_up,
            performance.history,
        )
        for found in finds.unfinished
    ]
    told = " ".join((running_words(finds), *finds.troubles)).strip()
    return _on_screen(library, None, performance, told or None, unfinished)


def run(asked: Namespace) -> int:
    """Run the routine that was named."""
    library = open_library()
    entry = find_routine(library, asked)
    return 2 if entry is None else _begin(library, entry, asked)


def now(asked: Namespace) -> int:
    """Run the urgent routine at once."""
    library = open_library()
    # Not even what is wrong with the settings comes before the first words.
    entry, choices = library.urgent(), choices_of(asked, tells_problems=False)
    found = answer_for(entry, choices)
    if found is None:
        return 2
    if found.plan is None:
        return refuse(entry, found, choices)
    performance = Performance(asked, library)
    if not asked.plain and not asked.json:
        _show_first_words(found.plan, library, performance)
    return _follow(library, found, found.plan, asked, performance)


def _begin(library: Library, entry: Entry, asked: Namespace) -> int:
    """Run a routine as it is for this person, unless it is locked or they would rather not."""
    choices = choices_of(asked)
    found = answer_for(entry, choices, asked.times, asked.left_out)
    if found is None:
        return 2
    if found.plan is None:
        return refuse(entry, found, choices)
    performance = Performance(asked, library, entry)
    told = ""
    if not performance.is_rehearsal:
        may_ask = is_screen() and not asked.json
        if found.asks and not asked.yes and not is_agreed(found.asks, may_ask=may_ask):
            return ENDED_EARLY if may_ask else 2
        finds = look(performance.history)
        if not may_run_beside(finds, may_ask=may_ask and not asked.yes):
            return ENDED_EARLY
        told = unfinished_words(finds, entry.id)
    return _follow(library, found, found.plan, asked, performance, told)


def _show_first_words(plan: Plan, library: Library, performance: "Performance") -> None:
    """Have the first instruction read while the screen is loaded, and sooner the next time."""
    first = plan.span(0)
    words = [line for line in (first.name, first.step and first.step.how) if line]
    is_its_own = first.step is not None and "/" not in first.step.key
    if is_its_own and first.side is Side.AFFECTED:
        file = f"{plan.routine.id}.toml"
        depends_on = (library.own / file, library.bundled / file, paths.settings_file())
        hours = night_hours(performance.settings, is_urgent=True)
        instant.keep(words, [str(path) for path in depends_on], hours)
    instant.show(words, is_night=performance.night.begin_run(is_urgent=True))


def _follow(
    library: Library,
    found: Answer,
    plan: Plan,
    asked: Namespace,
    performance: "Performance",
    told: str = "",
) -> int:
    performance.night.begin_run(is_urgent=plan.routine.urgent)
    if told:
        complain(told)
    if asked.plain or asked.json or not is_screen():
        opening = () if asked.json else _opening_lines(found, plan.routine, performance)
        return _in_plain(plan, performance, asked, opening)
    if not performance.is_rehearsal:
        show_cautions_first(plan.routine)
    return _on_screen(library, plan, performance, told or None)


def follow_taken(
    plan: Plan, taken: Taken, performance: "Performance", asked: Namespace, words: str
) -> int:
    """Go on with a run that was cut off, of which `words` tell."""
    performance.taken = taken
    performance.night.begin_run(is_urgent=plan.routine.urgent)
    if asked.plain or asked.json or not is_screen():
        return _in_plain(plan, performance, asked, () if asked.json else (words,))
    return _on_screen(performance.library, plan, performance)


def is_screen() -> bool:
    """Is there a terminal to draw on and to type at?"""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _is_typed_at() -> bool:
    """Does a person press keys, and not a program write words?"""
    return sys.stdin is not None and sys.stdin.isatty()


class Performance:
    """How runs are performed: how fast, with what sound, and whether they are written down."""

    def __init__(self, asked: Namespace, library: Library, entry: Entry | None = None) -> None:
        """Perform routines of `library`, or that of `entry`, as the command line asks."""
        self.library = library
        self.taken: Taken | None = None
        """The run that the next conductor takes up."""
        self._entry = entry
        is_plain = getattr(asked, "plain", False) or getattr(asked, "json", False)
        self._is_on_screen = is_screen() and not is_plain
        self._keeping: Keeping | None = None
        self._finished: set[str] = set()
        self.speed: float = getattr(asked, "speed", 1.0)
        """How many times as fast as a clock."""
        self.is_heard = not self.is_rehearsal or bool(getattr(asked, "sound", False))
        """Are its sounds played?"""
        self._clocks = system_clocks()
        self.history = History(paths.history_folder(), self._clocks.wall)
        self.own = OwnSettings(paths.settings_file())
        self.night = Night(
            self.settings,
            lambda: minute_of_day(self._clocks.wall()),
            is_forced=asked.night,
        )
        self.night.watch(self._shape)
        self.volumes = Volumes(
            asked, partial(set_setting, paths.settings_file()) if _is_typed_at() else None
        )
        self._sound_set: str | None = getattr(asked, "sounds", None)
        self._conductor: Conductor | None = None
        self._is_voice_asked: bool | None = getattr(asked, "voice", None)
        self._opened: Player | None = None
        self._awake = Awake(self._keep_awake)

    def take_up(self, plan: Plan, taken: Taken) -> Conductor:
        """A conductor that goes on with a run of `plan` that was cut off."""
        self.taken = taken
        return self.conductor(plan)

    @property
    def settings(self) -> Settings:
        """What the person set, as it is now."""
        return self.own.now()

    @property
    def is_rehearsal(self) -> bool:
        """Does the clock go at another speed than its own?"""
        return self.speed != 1

    def conductor(self, plan: Plan) -> Conductor:
        """A conductor for one run of `plan`, with a player of its own."""
        self.night.begin_run(is_urgent=plan.routine.urgent)
        taken, self.taken = self.taken, None
        is_gone_on = taken is not None and taken.saved is not None
        if taken is not None and is_gone_on:
            self.history.take_up(taken.found.kept.about.started_s)
        self._keeping = None
        if not self.is_rehearsal:
            self._keeping = keeping_for(self._file, self._clocks, taken)
        # Someone in pain is told at once, and someone who was in the middle of it hears all.
        is_at_once = plan.routine.urgent and not is_gone_on
        settings, player = self.settings, self._player()
        delay_ms = settings.sound_delay_ms if self.is_heard else 0
        self._conductor = Conductor(
            plan,
            self._clocks,
            player,
            speed=self.speed,
            loudness=self.volumes.of_a_run(settings, self.night.is_on),
            on_loudness=self.volumes.note,
            voice=self._voice(plan, player, settings),
            lead_ms=0 if is_at_once or not self.is_heard else LEAD_MS + delay_ms,
            delay_ms=delay_ms,
            ends_open_steps=self.is_rehearsal,
            saved=taken.saved if taken else None,
            keeping=self._keeping,
            listeners=() if self.is_rehearsal else (self._listen, self._awake.listen),
        )
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
        return BySystem(with_display=self._is_on_screen)

    def _file(self, routine: Routine) -> Path | None:
        is_named = self._entry is not None and self._entry.id == routine.id
        return self._entry.file if self._entry and is_named else file_of(routine, self.library)

    def open_player(self) -> None:
        """Have the player of the next run get ready while other things are loaded."""
        self._opened = self._player()

    def _player(self) -> Player:
        opened, self._opened = self._opened, None
        if opened is not None:
            return opened
        if not self.is_heard:
            return Silence("A rehearsal is silent. Add --sound to hear it.")
        from uncramp.audio.lateness import read_lateness
        from uncramp.audio.speaker import open_speaker

        has_bell = sys.stdout is not None and sys.stdout.isatty()
        settings = self.settings
        sounds = resources.sound_set(self._sound_set or settings.sound_set)
        return open_speaker(
            sounds,
            bell=_ring if has_bell else None,
            back_end=settings.back_end,
            delay_ms=settings.sound_delay_ms,
            lateness=read_lateness(paths.lateness_file()),
        )

    def _voice(self, plan: Plan, player: Player, settings: Settings) -> Voice | None:
        is_wanted = self._is_voice_asked
        if is_wanted is None:
            # No phrase fits into a rehearsal's seconds.
            is_wanted = settings.voice != "off" and self.speed <= 1
        if not is_wanted or not self.is_heard:
            return None
        from uncramp.audio.speaker import SOUND_VARIABLE

        if os.environ.get(SOUND_VARIABLE) == "none":
            return None
        from uncramp.speech.voice import open_voice

        return open_voice(settings, plan, player, paths.spoken_folder())

    @property
    def is_left(self) -> bool:
        """Was the last run left, so that it can be taken up again?"""
        return self._keeping is not None and self._keeping.is_left

    def close(self) -> None:
        """Leave a run that is not over to be taken up again, and say what went wrong beside it."""
        if self._keeping is not None:
            self._keeping.close()
        self._awake.close()
        leave_all_of(self._finished, self.history)
        self.volumes.write()
        voice = self._conductor.voice if self._conductor else None
        of_the_voice = voice.problem if voice else ""
        for problem in (self.history.problem, self.volumes.problem, of_the_voice):
            if problem:
                complain(problem)


def _on_screen(
    library: Library,
    plan: Plan | None,
    performance: Performance,
    told: str | None = None,
    unfinished: Sequence[CutOff] = (),
) -> int:
    if plan is not None:
        performance.open_player()
    from uncramp.tui.app import open_app

    status = open_app(
        library,
        plan,
        performance.conductor,
        problem=told,
        night=performance.night,
        unfinished=unfinished,
        own=performance.own,
    )
    performance.close()
    if performance.is_left:
        with suppress(Gone):
            write_line(f"This run is kept: {HOW_TO_TAKE_UP}", sys.stdout)
    return status


def _in_plain(
    plan: Plan, performance: Performance, asked: Namespace, opening: Iterable[str]
) -> int:
    from uncramp.plain.input_source import SystemInlet
    from uncramp.plain.runner import JsonTelling, PlainRun, TextTelling

    conductor: Conductor | None = None
    try:
        with SystemInlet(sys.stdin) as inlet:
            for line in opening:
                _write(line)
            conductor = performance.conductor(plan)
            telling = (JsonTelling if asked.json else TextTelling)(plan, _write)
            rehearses = performance.is_rehearsal
            return PlainRun(conductor, inlet, telling, is_rehearsal=rehearses).follow()
    finally:
        # Out of the inlet, so that Ctrl-C cuts short what rings out.
        if conductor is not None:
            record = conductor.record
            conductor.player.close(ring_out=record is not None and record.is_complete)
        performance.close()


def _opening_lines(found: Answer, routine: Routine, performance: Performance) -> Iterator[str]:
    """What a person reads before the run: nothing, where they are in pain."""
    from uncramp.plain.caution_lines import difference_lines, first_run_lines

    if performance.is_rehearsal:
        sound = "" if performance.is_heard else " It is silent; --sound lets it be heard."
        yield f"A rehearsal: the clock runs {performance.speed:g} times as fast.{sound}"
    if routine.urgent:
        return
    yield from difference_lines(found)
    seen = seen_cautions()
    if seen.are_new(routine):
        yield from first_run_lines(routine)
        if not performance.is_rehearsal:
            seen.note(routine)
    elif routine.cautions:
        yield f"What to take care of: uncramp cautions {routine.id}"


def _ring() -> None:
    """Ring the terminal's bell, past whatever is being written."""
    os.write(sys.stdout.fileno(), b"\a")


def _write(line: str) -> None:
    write_line(line, sys.stdout)
