import json

import pytest

from tests.cli.said import Said, at_terminal
from uncramp.core.suitability.conditions import CONDITIONS
from uncramp.system import paths
from uncramp.system.files import private_folder


def settings_text() -> str:
    """What is set, without the comments and the empty tables."""
    lines = paths.settings_file().read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if line[0] not in "#[\n")


def test_without_a_terminal_it_asks_nothing_and_names_what_can_be_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = Said(capsys, "me")
    assert said.status == 0
    assert said.lines[0] == "You have not said anything about yourself. You can say:"
    assert all(f"  {condition.word} " in said.out for condition in CONDITIONS)
    assert not paths.settings_file().exists()


def test_the_first_time_at_a_terminal_each_question_is_asked_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    at_terminal(monkeypatch, ["y", "n", "", "NO", "what?", "yes", "n", "n"])
    said = Said(capsys, "me")
    assert said.status == 0
    for number, condition in enumerate(CONDITIONS, 1):
        assert said.out.count(f"{number} of 7  {condition.question} [y/n] ") >= 1
    assert said.out.count("Write y for yes") == 1
    assert settings_text() == 'conditions = ["pregnant", "cannot-reach-feet"]\n'
    # Once is enough: the next time it shows, and asks nothing.
    again = Said(capsys, "me")
    assert "1 of 7" not in again.out
    assert again.lines[0] == "What you said about yourself, and what it changes:"


def test_who_leaves_every_question_out_has_answered_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    at_terminal(monkeypatch, [""] * 7)
    assert "You said that none of these applies to you:" in Said(capsys, "me").out
    assert settings_text() == "conditions = []\n"


def test_input_that_ends_leaves_the_rest_out(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    at_terminal(monkeypatch, ["y"])
    assert Said(capsys, "me").status == 0
    assert settings_text() == 'conditions = ["pregnant"]\n'


def test_a_possible_clot_is_answered_at_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    at_terminal(monkeypatch, ["n"] * 6 + ["y"])
    asked = " ".join(Said(capsys, "me").out.split())
    assert "See a doctor today." in asked.partition("What you said of yourself")[0]


def test_to_be_asked_again_a_question_left_out_keeps_its_answer(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Said(capsys, "me", "--set", "pregnant,cannot-stand")
    at_terminal(monkeypatch, ["", "", "", "", "", "n", ""])
    Said(capsys, "me", "--ask")
    assert settings_text() == 'conditions = ["pregnant"]\n'


def test_a_script_sets_unsets_and_clears(capsys: pytest.CaptureFixture[str]) -> None:
    assert Said(capsys, "me", "--set", "pregnant", "--set", "numb-feet,cannot-stand").status == 0
    assert settings_text() == 'conditions = ["pregnant", "numb-feet", "cannot-stand"]\n'
    Said(capsys, "me", "--unset", "pregnant")
    assert settings_text() == 'conditions = ["numb-feet", "cannot-stand"]\n'
    Said(capsys, "me", "--clear", "--set", "varicose-veins")
    assert settings_text() == 'conditions = ["varicose-veins"]\n'
    Said(capsys, "me", "--clear")
    assert settings_text() == "conditions = []\n"


def test_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    fields = json.loads(Said(capsys, "me", "--set", "pregnant", "--json").out)
    assert fields == {
        "answered": True, "conditions": ["pregnant"], "first_side": "left",
        "file": str(paths.settings_file()), "problems": [],
    }  # fmt: skip


def test_a_misspelt_condition_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "me", "--set", "pregnent")
    assert said.status == 2
    assert "Did you mean pregnant?" in said.err
    assert not paths.settings_file().exists()


def test_a_broken_file_is_told_and_not_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    private_folder(paths.settings_file().parent)
    paths.settings_file().write_text("conditions = [\n", encoding="utf-8")
    said = Said(capsys, "me", "--set", "pregnant")
    assert said.status == 2
    assert "settings.toml:1" in said.err
    assert "has to be fixed first" in said.err
    assert settings_text() == "conditions = [\n"


def test_asking_needs_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "me", "--ask")
    assert said.status == 2
    assert "--set" in said.err
