"""When a run listens for claps, and that it knows what it sounds itself."""

import pytest

from tests.recording_player import RecordingPlayer
from uncramp.audio.sound_log import SoundLog
from uncramp.cli.routine_lookup import open_library
from uncramp.control.late_control import LateControl
from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Routine, Step
from uncramp.session.conductor import Conductor
from uncramp.session.own_data import open_own_data
from uncramp.session.ports import ControlPort
from uncramp.session.run_options import RunOptions
from uncramp.session.session import Session
from uncramp.system import paths
from uncramp.system.files import private_folder

PLAN = make_plan(Routine("r", "R", (Step("a", "Rub", 60_000, get_ready_ms=5_000),)))


def control(conductor: Conductor, toggle_night: object) -> ControlPort:
    def made() -> ControlPort:
        raise AssertionError("nothing opens it here")

    return LateControl(made)


@pytest.fixture(autouse=True)
def _player(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UNCRAMP_SOUND", raising=False)
    monkeypatch.setattr("uncramp.audio.speaker.open_speaker", lambda *a, **k: RecordingPlayer())


def conductor(options: RunOptions, said: str = "") -> Conductor:
    if said:
        private_folder(paths.settings_file().parent)
        paths.settings_file().write_text(said)
    session = Session(open_library(), options, open_own_data(), make_control=control)
    return session.conductor(PLAN)


@pytest.mark.parametrize(
    ("said", "option", "speed", "listens"),
    [
        ("", None, 1.0, False),
        ("", True, 1.0, True),
        ("listen = true", None, 1.0, True),
        ("listen = true", False, 1.0, False),
        ("listen = true", True, 20.0, False),
    ],
)
def test_it_listens_as_the_settings_or_the_option_say_but_in_no_rehearsal(
    said: str, option: bool | None, speed: float, listens: bool
) -> None:
    made = conductor(RunOptions(listen=option, speed=speed, voice=False), said)
    assert (made.ear is not None) is listens
    assert isinstance(made.player, SoundLog) is listens


def test_every_sound_that_it_plays_is_known_with_its_length() -> None:
    made = conductor(RunOptions(listen=True, voice=False))
    made.begin()
    assert isinstance(made.player, SoundLog)
    spans = made.player.spans()
    assert spans
    assert all(100 < to_ms - from_ms < 3_000 for from_ms, to_ms in spans)
    assert made.ear is not None and made.ear.descriptor is None


def test_with_the_sound_off_there_are_no_sounds_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNCRAMP_SOUND", "none")
    made = conductor(RunOptions(listen=True))
    assert made.ear is not None
    assert not isinstance(made.player, SoundLog)
