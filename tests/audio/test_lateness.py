"""How late a backend is, from a recording."""

from pathlib import Path

import pytest

from uncramp.audio.calibration import (
    CannotRecord,
    MeasuredLateness,
    Recording,
    lateness_of,
    sounds_in,
)
from uncramp.audio.lateness import read_lateness, write_lateness

PLANNED = [0.0, 700.0, 1_400.0]


def test_a_sound_begins_after_a_while_of_quiet() -> None:
    samples = [0] * 48_000
    for at in (4_800, 4_900, 12_000):
        samples[at] = -5_000
    samples[30_000] = 100
    assert sounds_in(samples) == [100.0, 250.0]
    assert sounds_in([0] * 100) == []


def test_the_lateness_is_the_middle_one() -> None:
    assert lateness_of(PLANNED, [40.0, 745.0, 1_410.0]) == MeasuredLateness(40.0, 35.0, 3, 3)
    assert lateness_of(PLANNED, [-5.0, 1_396.0]) == MeasuredLateness(-4.5, 1.0, 2, 3)


@pytest.mark.parametrize(
    ("heard", "words"),
    [
        ([], "could not be found"),
        ([350.0, 1_050.0], "could not be found"),
        ([5.0, 300.0, 705.0, 1_405.0], "another program is playing"),
        ([5.0, 705.0, 1_465.0], "too busy"),
    ],
)
def test_where_it_cannot_be_told_nothing_is_claimed(heard: list[float], words: str) -> None:
    with pytest.raises(CannotRecord, match=words):
        lateness_of(PLANNED, heard)


def test_what_was_found_is_kept_and_rubbish_is_not_believed(tmp_path: Path) -> None:
    file = tmp_path / "made" / "lateness.json"
    assert read_lateness(file) == {}
    write_lateness(file, {"paplay": 12.345})
    assert read_lateness(file) == {"paplay": 12.3}
    for text in ("[1]", "{", '{"aplay": "x"}', '{"aplay": 9000}'):
        file.write_text(text)
        assert read_lateness(file) == {}


def test_without_a_recorder_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(CannotRecord, match=r"parec, .* is not installed"), Recording():
        pass
