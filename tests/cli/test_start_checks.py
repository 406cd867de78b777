import sys

import pytest

from tests.cli.said import Said, at_terminal
from uncramp.core.suitability.assess import CLOT_EMERGENCY_WORDS, CLOT_WORDS
from uncramp.system import paths
from uncramp.system.files import private_folder

QUICK = ("--plain", "--speed", "1000")


@pytest.fixture(autouse=True)
def _no_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)


def settings(text: str) -> None:
    private_folder(paths.settings_file().parent)
    paths.settings_file().write_text(text, encoding="utf-8")


def test_show_says_what_is_different_for_this_person_and_why(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = Said(capsys, "show", "bedtime", "--for", "pregnant")
    assert "For you: Left out: Outer ankle BL60, because you are pregnant." in said.lines
    assert any(line.startswith("For you: You are pregnant: press gently") for line in said.lines)
    assert "Begin: Outer ankle BL60" not in said.out
    assert "For you" not in Said(capsys, "show", "bedtime").out


def test_what_is_said_for_once_is_not_kept(capsys: pytest.CaptureFixture[str]) -> None:
    Said(capsys, "run", "calf-rub", *QUICK, "--for", "pregnant")
    assert not paths.settings_file().exists()


def test_what_is_said_for_once_adds_to_the_settings(capsys: pytest.CaptureFixture[str]) -> None:
    settings('conditions = ["varicose-veins"]\n')
    said = Said(capsys, "show", "bedtime", "--for", "pregnant")
    assert "because you have varicose veins" in said.out
    assert "because you are pregnant" in said.out


def test_a_run_is_as_it_is_for_this_person(capsys: pytest.CaptureFixture[str]) -> None:
    settings('conditions = ["pregnant"]\nfirst_side = "right"\n')
    said = Said(capsys, "run", "acupressure-relief", *QUICK)
    assert said.status == 0
    assert "Left out: Back of the hand LI4 (you are pregnant)." in said.out
    drilled = Said(capsys, "run", "swim-cramp-drill", *QUICK).out
    assert drilled.index("right leg") < drilled.index("left leg")


@pytest.mark.parametrize("command", ["run", "show"])
def test_with_a_clot_possible_a_leg_is_not_worked_on(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    settings('conditions = ["clot-suspected"]\n')
    said = Said(capsys, command, "calf-rub")
    assert (said.status, said.out) == (2, "")
    assert said.err == (
        f"uncramp: One-minute calf rub: {CLOT_WORDS} {CLOT_EMERGENCY_WORDS} Once a doctor has "
        "ruled it out, uncramp me --unset clot-suspected unlocks it.\n"
    )


def test_yes_does_not_unlock(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "run", "calf-rub", "--yes", *QUICK, "--for", "clot-suspected")
    assert (said.status, said.out) == (2, "")


def test_with_a_clot_possible_now_says_at_once_to_see_a_doctor(
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings('conditions = ["clot-suspected"]\n')
    said = Said(capsys, "now", *QUICK)
    assert (said.status, said.out) == (2, "")
    assert f"{CLOT_WORDS} {CLOT_EMERGENCY_WORDS}" in said.err


def test_nothing_comes_before_an_urgent_routine(capsys: pytest.CaptureFixture[str]) -> None:
    settings('conditions = ["cannot-reach-feet", "numb-feet"]\nfirst_side = 3\n')
    said = Said(capsys, "now", *QUICK)
    assert said.err == ""
    assert said.lines[1].startswith(" 0:00  Pull your toes up")


@pytest.mark.parametrize("text", ["conditions = [\n", 'first_side = "both"\n', "mood = 1\n"])
def test_wrong_settings_are_told_and_stop_nothing(
    capsys: pytest.CaptureFixture[str], text: str
) -> None:
    settings(text)
    said = Said(capsys, "run", "calf-rub", *QUICK)
    assert said.status == 0
    assert f"{paths.settings_file()}:1:" in said.err
    assert ("cannot be taken into account" in said.err) == ("conditions" in text)


def test_where_nobody_can_be_asked_a_routine_that_asks_first_waits_for_a_yes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = Said(capsys, "run", "bedtime-light", "--plain", "--for", "numb-feet")
    assert (asked.status, asked.out) == (2, "")
    assert "32 to 35 °C" in asked.err
    assert "--yes" in asked.err


def test_a_rehearsal_asks_nobody_and_tells_why_it_would(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = Said(capsys, "run", "bedtime-light", *QUICK, "--for", "numb-feet")
    assert said.status == 0
    assert said.lines[1].startswith("For you: You said that you have diabetes")


@pytest.mark.parametrize(("typed", "status"), [(["n"], 1), ([""], 1), ([], 1), (["hm", "no"], 1)])
def test_who_would_rather_not_is_not_led_on(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    typed: list[str],
    status: int,
) -> None:
    at_terminal(monkeypatch, typed)
    said = Said(capsys, "run", "bedtime-light", "--plain", "--for", "numb-feet")
    assert said.status == status
    assert "Start:" not in said.out
    assert "Run it anyway?" in said.out


@pytest.mark.slow
def test_cautions_come_before_the_first_run_and_then_on_demand(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    care = "Care: Not on a swollen, hot or red calf."
    quick = 'title = "Mine"\ncautions = ["Mind the cat."]\n[[steps]]\nname = "x"\ntime = 0.01\n'
    (private_folder(paths.routines_folder()) / "mine.toml").write_text(
        quick + "get_ready = 0\n", encoding="utf-8"
    )
    first, second = Said(capsys, "run", "mine", "--plain"), Said(capsys, "run", "mine", "--plain")
    assert "Care: Mind the cat." in first.lines[:2]
    assert second.lines[0] == "What to be careful about: uncramp cautions mine"
    assert care in Said(capsys, "cautions", "calf-rub").lines


def test_a_rehearsal_is_no_first_run(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        said = Said(capsys, "run", "calf-rub", *QUICK)
        assert "Care: Not on a swollen, hot or red calf." in said.lines
        assert "Swollen, hot or red leg? Stop and see a doctor. Otherwise, begin." in said.lines


def test_cautions_tell_of_points_and_of_this_person(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "cautions", "bedtime", "--for", "blood-thinners")
    assert said.status == 0
    assert said.lines[0] == "Strong bedtime routine"
    assert "For you: You take blood thinners: press lightly." in said.lines
    assert "Care: KD3 Taixi: Stop if the sole tingles." in said.lines
    assert said.lines[-1] == "uncramp safety says when to see a doctor."


def test_cautions_of_a_locked_routine_say_that_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "cautions", "calf-rub", "--for", "clot-suspected")
    assert said.lines[1].startswith(f"For you: {CLOT_WORDS}")


def test_who_has_answered_is_shown_only_the_cautions_that_are_theirs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    pregnant = "Care: Pregnant: leave out LI4."
    assert pregnant in Said(capsys, "run", "acupressure-relief", *QUICK).lines
    settings("conditions = []\n")
    assert pregnant not in Said(capsys, "run", "acupressure-relief", *QUICK).lines


@pytest.mark.slow
def test_the_first_time_there_is_half_as_long_again_to_get_ready(
    capsys: pytest.CaptureFixture[str],
) -> None:
    quick = 'title = "Mine"\n[[steps]]\nname = "x"\ntime = 0.01\nget_ready = "1s"\n'
    (private_folder(paths.routines_folder()) / "mine.toml").write_text(quick, encoding="utf-8")
    first, second = Said(capsys, "run", "mine", "--plain"), Said(capsys, "run", "mine", "--plain")
    assert "Get ready, 2 seconds." in first.out
    assert (
        "The first time there is half as much time again to get ready for each step." in first.out
    )
    assert "Get ready, 1 second." in second.out
