import sys

import pytest

from tests.cli.said import Said, at_terminal
from uncramp.library.trash import throw_away
from uncramp.system import paths
from uncramp.system.files import private_folder


@pytest.fixture(autouse=True)
def _no_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)


def deleted(*ids: str) -> None:
    own = private_folder(paths.routines_folder())
    for number, routine_id in enumerate(ids):
        (own / f"{routine_id}.toml").write_text(f'title = "{routine_id}"\n')
        throw_away(own / f"{routine_id}.toml", paths.trash_folder(), 1_795_262_400 + number * 60)


def test_the_trash_is_listed_the_latest_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert Said(capsys, "trash").out == "The trash is empty.\n"
    deleted("mine", "evening")
    said = Said(capsys, "trash", "list")
    assert [line.split()[:2] for line in said.lines] == [
        ["evening", "deleted"],
        ["mine", "deleted"],
    ]
    assert said.out == Said(capsys, "trash").out


def test_a_routine_is_put_back(capsys: pytest.CaptureFixture[str]) -> None:
    deleted("mine")
    path = paths.routines_folder() / "mine.toml"
    said = Said(capsys, "trash", "restore", "mine")
    assert (said.status, said.out) == (0, f"{path} has been restored.\n")
    assert path.exists()


def test_one_that_is_not_there_or_whose_place_is_taken_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    deleted("mine", "mine")
    said = Said(capsys, "trash", "restore", "mien")
    assert (said.status, said.err) == (
        2,
        'uncramp: There is no "mien" in the trash. Did you mean mine?\n',
    )
    Said(capsys, "trash", "restore", "mine")
    again = Said(capsys, "trash", "restore", "mine")
    assert again.status == 2
    assert "Rename or delete that one first." in again.err


def test_it_is_emptied_only_by_a_yes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Said(capsys, "trash", "empty").out == "The trash is empty.\n"
    deleted("mine", "evening")
    said = Said(capsys, "trash", "empty")
    assert (said.status, said.err) == (
        2,
        "uncramp: 2 routines would be deleted permanently. Add --yes to empty the trash.\n",
    )
    at_terminal(monkeypatch, ["n"])
    assert Said(capsys, "trash", "empty").status == 2
    assert len(list(paths.trash_folder().iterdir())) == 2
    assert Said(capsys, "trash", "empty", "--yes").out == "2 routines deleted permanently.\n"
    assert not list(paths.trash_folder().iterdir())
