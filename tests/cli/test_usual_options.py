"""What is read without argparse is what argparse reads."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from uncramp.cli.arguments import Arguments
from uncramp.cli.command_options import OPTIONS
from uncramp.cli.overview import COMMANDS
from uncramp.cli.parser import parse
from uncramp.cli.usual_options import Unusual, UsualOptions

WORDS = (
    "bedtime", "KD3", "5m", "20", "left", "soak=15m", "pregnant", "pango", "pause", "phone",
    "ids", "mon-fri", "21:30", "a b", "", "-", "--", "-x", "-o", "--output", "--json", "--plain",
    "--night", "--side", "--side=left", "--for", "--time", "--without", "--yes", "--speed",
    "--sound", "--voice", "--no-voice", "--volume", "--mute", "--quiet", "--picture", "--svg",
    "--no-picture", "--strict", "--watch", "--format", "--escape", "--run", "--set", "--clear",
    "--from-step", "--forget", "--at", "--days", "--list", "--remove", "--to", "--open",
    "--check", "--step", "--help", "--calm", "--no-cramp", "--leg", "--note",
)  # fmt: skip


def usual(command: str, words: list[str]) -> dict[str, object] | None:
    asked = Arguments(command=command, night=False)
    options = UsualOptions()
    try:
        if command in OPTIONS:
            OPTIONS[command](options)  # type: ignore[arg-type]
        options.read(words, asked)
    except Unusual:
        return None
    return vars(asked)


@given(st.sampled_from(list(COMMANDS)), st.lists(st.sampled_from(WORDS), max_size=5))
@example("timer", ["8x20s/10s", "Calf", "raises", "--mute"])
@example("check", ["a.toml", "--strict", "b.toml"])
@example("status", ["--json", "--format", "{name}"])
@example("run", ["bedtime", "--time", "a=1m", "--time", "b=2m", "--no-voice", "--voice"])
def test_words_mean_the_same_without_argparse(command: str, words: list[str]) -> None:
    found = usual(command, words)
    if found is not None:
        asked = Arguments(command=command, night=False)
        parse(command, words, asked)
        assert found == vars(asked)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("run", ["bedtime", "--plain", "--speed", "20", "--for", "pregnant"]),
        ("list", ["--json"]), ("show", ["bedtime"]), ("check", ["a.toml", "-"]), ("now", []),
        ("point", ["Yin", "Xi"]), ("status", ["--escape", "tmux"]), ("timer", ["5m"]),
        ("completion", ["--list", "ids"]), ("where", []),
    ],
)  # fmt: skip
def test_usual_words_are_read_without_argparse(command: str, words: list[str]) -> None:
    assert usual(command, words) is not None


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("run", []), ("run", ["a", "b"]), ("run", ["a", "--speed"]), ("run", ["a", "--speed", "x"]),
        ("run", ["a", "--speed=5"]), ("show", ["--help"]), ("show", ["a", "--jso"]),
        ("config", ["list"]), ("export", ["a", "--to", "tape"]), ("run", ["--", "a"]),
    ],
)  # fmt: skip
def test_everything_else_is_left_to_argparse(command: str, words: list[str]) -> None:
    assert usual(command, words) is None
