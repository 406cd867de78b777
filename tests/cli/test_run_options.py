"""The options of a run on the command line, and which values are refused."""

import pytest

from tests.cli.said import Said
from uncramp.audio.volume import Hush
from uncramp.cli.command_line import parsed
from uncramp.cli.options import choice_options, run_options
from uncramp.core.routine.model import Side
from uncramp.session.run_options import ChoiceOptions, RunOptions


@pytest.mark.parametrize(
    ("words", "options"),
    [
        (("run", "x"), RunOptions()),
        (("now", "--night"), RunOptions(is_night=True)),
        (("resume",), RunOptions()),
        (("resume", "--listen"), RunOptions(listen=True)),
        (("now", "--no-listen"), RunOptions(listen=False)),
        ((), RunOptions()),
        (("run", "x", "--speed", "20"), RunOptions(speed=20.0)),
        (("run", "x", "--sound", "--no-voice"), RunOptions(has_sound=True, voice=False)),
        (("run", "x", "--volume", "20", "--quiet"), RunOptions(volume=20, hush=Hush.QUIET)),
        (("run", "x", "--quiet", "--mute"), RunOptions(hush=Hush.MUTED)),
        (("run", "x", "--sounds", "Wood"), RunOptions(sound_set="wood")),
    ],
)
def test_the_command_line_becomes_options(words: tuple[str, ...], options: RunOptions) -> None:
    assert run_options(parsed(words)) == options


def test_what_is_chosen_for_once_becomes_options() -> None:
    words = ("run", "x", "--side", "Right", "--for", "pregnant", "--time", "a=1m", "--without", "b")
    assert choice_options(parsed(words)) == ChoiceOptions(
        Side.RIGHT, ("pregnant",), ("a=1m",), ("b",)
    )
    assert choice_options(parsed(("now",))) == ChoiceOptions()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--sounds", "bells"), '"bells" is not a set of sounds. Write bowl, wood or beep.'),
        (("--volume", "101"), '"101" is not a volume. Write a number from 0 to 100.'),
        (("--volume", "loud"), '"loud" is not a volume. Write a number from 0 to 100.'),
    ],
)
def test_what_is_no_volume_and_no_set_is_said(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = Said(capsys, "run", "bedtime", *words)
    assert said.status == 2
    assert told in said.err
