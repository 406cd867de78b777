"""When a run has a voice."""

from pathlib import Path

import pytest

from tests.recording_player import RecordingPlayer
from uncramp.cli.routine_lookup import open_library
from uncramp.core.plan.plan import Plan, make_plan
from uncramp.core.routine.model import Routine, Step
from uncramp.session.own_data import open_own_data
from uncramp.session.run_options import RunOptions
from uncramp.session.session import Session
from uncramp.settings import Settings
from uncramp.system import paths
from uncramp.system.files import private_folder

PLAN = make_plan(Routine("r", "R", (Step("a", "Rub", 1_000),)))


class Silenced:
    """Stands in place of a voice, and notes that it was wanted."""

    problem = "No voice: the disk is full."

    def __init__(self) -> None:
        self.settings: list[Settings] = []

    def open(
        self, settings: Settings, plan: Plan, player: object, cache_folder: Path
    ) -> "Silenced":
        self.settings.append(settings)
        return self

    def look_ahead(self, plan: Plan, index: int) -> None: ...

    def say_at(self, phrase: str, volume: float, moment_ms: float, chime_at_ms: object) -> None: ...

    def speaks_at(self, moment_ms: float) -> bool:
        return False

    def withdraw(self, from_ms: float) -> None: ...

    def cancel(self) -> None: ...

    def close(self) -> None: ...


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Silenced:
    voice = Silenced()
    monkeypatch.delenv("UNCRAMP_SOUND", raising=False)
    monkeypatch.setattr("uncramp.speech.voice.open_voice", voice.open)
    monkeypatch.setattr("uncramp.audio.speaker.open_speaker", lambda *a, **k: RecordingPlayer())
    return voice


@pytest.mark.parametrize(
    ("engine", "voice", "speed", "sound", "is_spoken"),
    [
        ("auto", None, 1.0, False, True),
        ("say", None, 1.0, False, True),
        ("off", None, 1.0, False, False),
        ("off", True, 1.0, False, True),
        ("auto", False, 1.0, False, False),
        ("auto", None, 20.0, True, False),
        ("auto", True, 20.0, True, True),
        ("auto", True, 20.0, False, False),
        ("auto", None, 0.5, True, True),
    ],
)
def test_a_run_is_spoken_as_the_settings_say_and_a_rehearsal_where_it_is_asked_for(
    opened: Silenced, engine: str, voice: bool | None, speed: float, sound: bool, is_spoken: bool
) -> None:
    set_engine(engine)
    conductor = session(RunOptions(voice=voice, speed=speed, has_sound=sound)).conductor(PLAN)
    assert (conductor.voice is not None) is is_spoken
    assert [settings.voice for settings in opened.settings] == [engine] * is_spoken


def test_with_the_sound_off_nothing_is_spoken(
    opened: Silenced, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNCRAMP_SOUND", "none")
    assert session(RunOptions(voice=True)).conductor(PLAN).voice is None


def test_what_is_wrong_with_the_voice_is_told_after_the_run(opened: Silenced) -> None:
    of_a_run = session(RunOptions())
    of_a_run.conductor(PLAN)
    assert of_a_run.close() == ("No voice: the disk is full.",)


def session(options: RunOptions) -> Session:
    return Session(open_library(), options, open_own_data())


def set_engine(name: str) -> None:
    private_folder(paths.settings_file().parent)
    paths.settings_file().write_text(f'[voice]\nengine = "{name}"\n')
