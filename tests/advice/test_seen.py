from dataclasses import replace
from pathlib import Path

import pytest

from tests.content.bundled import routine
from uncramp.advice.seen import SeenCautions


@pytest.fixture
def seen(tmp_path: Path) -> SeenCautions:
    return SeenCautions(tmp_path / "state" / "seen.txt")


def test_cautions_are_new_until_they_were_shown(seen: SeenCautions) -> None:
    bedtime = routine("bedtime")
    assert seen.are_new(bedtime)
    seen.note(bedtime)
    assert not SeenCautions(seen.file).are_new(bedtime)
    assert seen.are_new(routine("knee-massage"))


def test_cautions_that_changed_are_new_again(seen: SeenCautions) -> None:
    seen.note(routine("bedtime"))
    assert seen.are_new(replace(routine("bedtime"), cautions=("Other.",)))


def test_nothing_stands_before_an_urgent_routine_or_one_without_cautions(
    seen: SeenCautions,
) -> None:
    assert not seen.are_new(routine("acute-calf"))
    assert not seen.are_new(replace(routine("bedtime"), cautions=()))


def test_what_is_noted_twice_stands_once(seen: SeenCautions) -> None:
    for _ in range(2):
        seen.note(routine("bedtime"))
    assert len(seen.file.read_text(encoding="utf-8").splitlines()) == 1


def test_where_it_cannot_be_noted_it_is_shown_again(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    seen = SeenCautions(tmp_path / "state" / "seen.txt")
    seen.note(routine("bedtime"))
    assert seen.are_new(routine("bedtime"))
    folder = SeenCautions(tmp_path)
    folder.note(routine("bedtime"))
    assert folder.are_new(routine("bedtime"))


def test_a_file_of_other_bytes_is_no_obstacle(seen: SeenCautions) -> None:
    seen.file.parent.mkdir()
    seen.file.write_bytes(b"\xff\x00\n")
    assert seen.are_new(routine("bedtime"))
    seen.note(routine("bedtime"))
    assert not seen.are_new(routine("bedtime"))
