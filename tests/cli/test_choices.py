import json
import sys

import pytest

from tests.cli.said import Said


@pytest.fixture(autouse=True)
def _no_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)


ROLL = "Calf squeeze and roll"


def total_ms(said: Said) -> int:
    total = json.loads(said.out)["total_ms"]
    assert isinstance(total, int)
    return total


def test_times_and_left_out_steps_count_in_what_is_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    whole = total_ms(Said(capsys, "show", "bedtime", "--json"))
    shorter = Said(capsys, "show", "bedtime", "--json", "--time", "soak=15m")
    assert total_ms(shorter) == whole - 5 * 60_000
    without = Said(capsys, "show", "bedtime", "--json", "--without", "kd3", "--without", "roll")
    spans = json.loads(Said(capsys, "show", "bedtime", "--json").out)["spans"]
    of_both = [s["length_ms"] for s in spans if s["name"] in ("Inner ankle", ROLL)]
    assert len(of_both) == 8, "each with its get-ready, on each leg"
    assert total_ms(without) == whole - sum(of_both)
    assert "KD3" not in without.out
    words = Said(capsys, "show", "bedtime", "--without", "roll").out
    assert f"For you: Left out this time: {ROLL}." in words


def test_a_run_is_as_it_was_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(
        capsys, "run", "calf-rub", "--plain", "--speed", "1000",
        "--time", "Knead or tap=20s", "--without", "Quick rub",
    )  # fmt: skip
    assert (said.status, said.err) == (0, ""), said.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--time", "soka=15m"], 'There is no step "soka" in Strong bedtime routine. '),
        (["--without", "Calf squeez and roll"], 'Did you mean "Calf squeeze and roll"?'),
        (["--time", "Foot soak=2h"], '"Foot soak" may last from 5 minutes to 20 minutes.'),
        (["--time", "Foot soak"], '"Foot soak" gives no time.'),
    ],
)
def test_a_name_or_a_time_that_is_none_is_told_and_nothing_runs(
    capsys: pytest.CaptureFixture[str], options: list[str], words: str
) -> None:
    for command in ("run", "show"):
        said = Said(capsys, command, "bedtime", *options)
        assert said.status == 2
        assert words in said.err
        assert not said.out


def test_with_every_step_left_out_nothing_is_left_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "run", "calf-rub", "--without", "quick", "--without", "Knead or tap")
    assert (said.status, said.err) == (
        2,
        "uncramp: Nothing is left to do. Keep at least one step.\n",
    )
