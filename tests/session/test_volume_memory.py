"""The volume at which a run begins, and what is remembered of it."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from uncramp.audio.volume import Hush, Loudness
from uncramp.session import volume_memory as room
from uncramp.session.volume_memory import VolumeMemory
from uncramp.settings import Settings, read_settings
from uncramp.settings.writer import CannotSet, set_setting

SET = Settings(volume=70, night_volume=40, volumes={"tick": 50})


class Written:
    """What was written, or that nothing can be."""

    def __init__(self, problem: str = "") -> None:
        self.settings: list[tuple[str, int]] = []
        self.problem = problem
        self.has_written = threading.Event()

    def __call__(self, name: str, volume: int) -> None:
        if self.problem:
            raise CannotSet(self.problem)
        self.settings.append((name, volume))
        self.has_written.set()


@pytest.mark.parametrize(
    ("asked", "volume", "hush"),
    [
        ((), 70, Hush.NONE),
        ((20,), 20, Hush.NONE),
        ((None, Hush.QUIET), 70, Hush.QUIET),
    ],
)
def test_the_command_line_goes_before_what_is_set(
    asked: tuple[Any, ...], volume: int, hush: Hush
) -> None:
    begun = VolumeMemory(Written(), *asked).of_a_run(SET, is_night=True)
    assert begun == Loudness(volume, {"tick": 50}, 40, is_night=True, hush=hush)


def test_a_key_is_remembered_and_mute_for_this_stay_only() -> None:
    written = Written()
    volumes = VolumeMemory(written, 20)
    begun = volumes.of_a_run(SET, is_night=False)
    volumes.note(replace(begun, volume=25))
    volumes.note(replace(begun, volume=25, night_volume=35, hush=Hush.MUTED))
    assert volumes.of_a_run(SET, is_night=False) == replace(
        begun, volume=25, night_volume=35, hush=Hush.MUTED
    )
    volumes.write()
    assert written.settings == [("volume.all", 25), ("night.volume", 35)]
    volumes.write()
    assert len(written.settings) == 2
    other = replace(SET, volume=60)
    assert volumes.of_a_run(other, is_night=False).volume == 60, "what is set since then counts"


def test_night_alone_writes_nothing() -> None:
    written = Written()
    volumes = VolumeMemory(written)
    volumes.note(replace(volumes.of_a_run(SET, is_night=False), is_night=True))
    volumes.write()
    assert written.settings == []


def test_it_is_written_a_little_later_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "WRITTEN_AFTER_S", 0.0)
    written = Written()
    volumes = VolumeMemory(written)
    volumes.note(replace(volumes.of_a_run(SET, is_night=False), volume=75))
    assert written.has_written.wait(60)
    volumes.write()
    assert written.settings == [("volume.all", 75)]


def test_what_cannot_be_written_is_told_and_holds_all_the_same() -> None:
    volumes = VolumeMemory(Written("The disk is full."))
    volumes.note(replace(volumes.of_a_run(SET, is_night=False), volume=75))
    volumes.write()
    assert volumes.problem == "The volume could not be saved. The disk is full."
    assert volumes.of_a_run(SET, is_night=False).volume == 75


def test_what_a_program_writes_is_not_remembered() -> None:
    volumes = VolumeMemory(None)
    volumes.note(replace(volumes.of_a_run(SET, is_night=False), volume=75))
    volumes.write()
    assert volumes.problem is None
    assert volumes.of_a_run(SET, is_night=False).volume == 75


def test_the_names_are_those_of_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    for name, volume in (("volume", 15), ("night_volume", 25)):
        set_setting(file, room.SETTING_OF[name], volume)
        assert getattr(read_settings(file), name) == volume
