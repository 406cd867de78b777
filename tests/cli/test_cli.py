import io
import json
import sys
from inspect import signature
from pathlib import Path

import pytest

from tests.cli.said import Said
from uncramp import __version__
from uncramp.cli.arguments import Arguments
from uncramp.cli.main import command_function, main
from uncramp.cli.overview import COMMANDS
from uncramp.core.text.durations import clock
from uncramp.system import paths
from uncramp.system.files import private_folder

SHORT = 'title = "{title}"\n[[steps]]\nname = "Rub"\ntime = "30s"\nget_ready = 0\n'
GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.fixture(autouse=True)
def _no_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)


@pytest.fixture
def own() -> Path:
    return private_folder(paths.routines_folder())


def written(folder: Path, routine_id: str, text: str = SHORT.format(title="Mine")) -> Path:
    file = folder / f"{routine_id}.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "--help")
    assert said.status == 0
    for command in ("run", "now", "list", "show", "check", "where"):
        assert f"\n  {command} " in said.out
        assert Said(capsys, command, "--help").status == 0


class ClosedPipe(io.StringIO):
    """Standard output whose reader has had enough, such as `head`."""

    def flush(self) -> None:
        raise BrokenPipeError(32, "Broken pipe")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_fits_and_says_its_exit_statuses(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    said = Said(capsys, name, "--help")
    assert said.status == 0
    assert "\nExit status: 0 " in said.out
    assert max(map(len, said.lines)) <= 80


def test_the_help_breaks_at_words_on_a_narrow_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = Said(capsys, "--help").lines
    assert max(map(len, lines[1:])) <= 40
    assert " ".join(lines[2:5]).startswith("Guides you through a timed routine with countdowns")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("history", "shwo"), '"shwo" is unknown. Did you mean "show"?'),
        (("trash", "x"), '"x" is unknown. Write "list", "restore" or "empty".'),
        (("log", "--leg", "x"), '--leg: "x" is unknown. Write "left", "right" or "both".'),
    ],
)
def test_a_word_that_is_no_choice_brings_the_choices(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], answer: str
) -> None:
    said = Said(capsys, *words)
    assert said.status == 2
    assert said.err.splitlines()[0] == f"uncramp: {answer}"


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["run", "--help"], ["--night", "-h"]])
def test_help_that_nobody_reads_ends_without_a_traceback(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", ClosedPipe())
    assert main(words) == 1
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_every_command_has_its_function(name: str | None) -> None:
    takes = signature(command_function(name)).parameters.values()
    assert [parameter.annotation for parameter in takes] == [Arguments]


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert Said(capsys, "--version").out == f"uncramp {__version__}\n"


def test_list_names_each_routine_and_marks_what_is_special(
    capsys: pytest.CaptureFixture[str], own: Path
) -> None:
    written(own, "bedtime")
    written(own, "evening")
    bad = written(own, "bad", "title = 3")
    said = Said(capsys, "list")
    rows = {line.split()[0]: line for line in said.lines}
    calf_ms = json.loads(Said(capsys, "show", "acute-calf", "--json").out)["total_ms"]
    assert said.status == 0
    assert rows["acute-calf"].endswith(f"{clock(calf_ms)}  Back of the calf: cramp now")
    assert rows["bedtime"].endswith("0:30  Mine  (your own; replaces the bundled one)")
    assert rows["evening"].endswith("0:30  Mine  (your own)")
    assert rows["bad"].endswith(f"-  (your own; cannot run, 2 problems: uncramp check {bad})")


def test_routines_of_your_own_that_cannot_be_read_are_not_left_out_silently(
    capsys: pytest.CaptureFixture[str], own: Path
) -> None:
    own.rmdir()
    own.write_text("in the folder's place", "utf-8")
    why = f"Your routines in {own} cannot be read: part of its path is a file, not a folder."
    said = Said(capsys, "list")
    assert (said.status, said.err) == (0, f"uncramp: {why}\n")
    said = Said(capsys, "show", "mine")
    assert (said.status, said.err) == (2, f'uncramp: There is no routine "mine". {why}\n')


def test_list_for_programs(capsys: pytest.CaptureFixture[str], own: Path) -> None:
    file = written(own, "evening", 'tags = ["a"]\n' + SHORT.format(title="Fuß"))
    bad = written(own, "bad", "title = 3")
    found = {fields["id"]: fields for fields in json.loads(Said(capsys, "list", "--json").out)}
    assert found["evening"] == {
        "id": "evening", "title": "Fuß", "total_ms": 30_000, "tags": ["a"], "source": "user",
        "file": str(file), "problems": [],
    }  # fmt: skip
    assert found["bedtime"]["source"] == "bundled"
    assert found["bad"]["total_ms"] is None
    assert {p["file"] for p in found["bad"]["problems"]} == {str(bad)}


def test_show_says_what_it_is_and_then_each_moment(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "show", "bedtime")
    assert said.status == 0
    about, _, moments = said.out.partition("\n\n")
    assert about.startswith("Strong bedtime routine\nA 20-minute foot soak")
    assert "\nCare: Press firmly but comfortably, about 5 of 10.\n" in about
    assert moments == (GOLDEN / "bedtime.txt").read_text(encoding="utf-8")


def test_show_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    shown = json.loads(Said(capsys, "show", "bedtime", "--json").out)
    assert list(shown) == ["format", "id", "title", "total_ms", "steps", "open_steps", "spans"]
    assert (shown["id"], shown["steps"], shown["open_steps"]) == ("bedtime", 18, 3)
    spans = shown["spans"]
    assert sum(span["length_ms"] for span in spans) == shown["total_ms"]
    assert [span["start_ms"] for span in spans] == [
        sum(before["length_ms"] for before in spans[:at]) for at in range(len(spans))
    ]
    press = next(span for span in spans if span["kind"] == "step" and span["point"] == "KI3")
    cues = press.pop("cues")
    assert press.pop("start_ms") > 0
    assert press == {
        "kind": "step", "length_ms": 30_000, "open": False,
        "ends_ms": None, "name": "Inner ankle", "side": "left", "round": 1, "rounds": 1,
        "point": "KI3",
    }  # fmt: skip
    assert cues[-1] == {"at_ms": 30_000, "cue": "end", "sound": "end", "say": None}


def test_show_takes_a_side(capsys: pytest.CaptureFixture[str]) -> None:
    assert "the cramped leg" in Said(capsys, "show", "acute-calf").out
    said = Said(capsys, "show", "acute-calf", "--side", "Left")
    assert "left leg" in said.out
    assert "the cramped leg" not in said.out


@pytest.mark.parametrize("command", ["run", "show"])
def test_an_unknown_id_is_one_line_with_the_nearest(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    said = Said(capsys, command, "bedtme")
    assert (said.status, said.out) == (2, "")
    assert said.err == (
        'uncramp: There is no routine "bedtme". '
        "Did you mean bedtime, bedtime-light or bedtime-stretch?\n"
    )


def test_show_says_what_is_offered_if_a_hold_has_not_helped(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (offered,) = [line for line in Said(capsys, "show", "acute-calf").lines if "If it has" in line]
    assert "If it has not helped: Seated pull, the cramped leg, until you say so. Sit" in offered


def test_a_far_command_does_not_come_before_a_near_routine(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "Did you mean bedtime, " in Said(capsys, "bedtme").err


def test_a_word_alone_may_have_been_meant_as_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "chekc")
    assert said.status == 2
    assert said.err.startswith(
        'uncramp: There is no command or routine "chekc". Did you mean check'
    )
    said = Said(capsys, "qqq\x1b[2J")
    assert said.err == (
        'uncramp: There is no command or routine "qqq\\x1b[2J". '
        "uncramp list shows the routines there are.\n"
    )


@pytest.mark.parametrize("command", ["run", "show"])
def test_a_file_with_problems_shows_them(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    file = written(tmp_path, "evening", SHORT.format(title="E").replace("30s", "90 secs"))
    said = Said(capsys, command, str(file))
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith(f"{file}:4:8  steps[0].time\n")
    assert Said(capsys, command, str(tmp_path) + "/").status == 2
    assert Said(capsys, command, "./none.toml").err == "none.toml\n   There is no such file.\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run"], "Missing: ID|FILE."),
        (["run", "bedtime", "--speed", "0"], '"0" is not a speed. Write a number from 0.1 to 1000'),
        (["bedtime", "--speed", "nan"], '"nan" is not a speed.'),
        (["bedtime", "--speed", "fast"], '"fast" is not a speed.'),
        (["now", "--side", "up"], '"up" is not a side. Write left or right.'),
        (["timer", "5m", "--volume"], "--volume: its value is missing."),
        (["run", "bedtime", "--night=1"], "--night: it takes no value."),
        (
            ["resume", "--forget", "--from-step"],
            "it cannot be combined with --forget.",
        ),
        (["run", "bedtime", "--spede", "3"], "Not understood: --spede 3. Did you mean --speed?"),
        (["list", "--sound"], "Not understood: --sound"),
    ],
)
def test_what_was_not_understood_is_said(
    capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    said = Said(capsys, *words)
    assert said.status == 2
    assert said.out == ""
    assert message in said.err
    assert len(said.err.splitlines()) == 2


def test_check_tells_every_problem_of_files_and_folders(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    written(tmp_path, "good")
    bad = written(tmp_path, "bad", SHORT.format(title="E").replace("time", "tmie"))
    said = Said(capsys, "check", str(tmp_path), str(tmp_path / "none.toml"))
    assert said.status == 2
    assert said.lines[-1] == "3 files checked: 2 errors."
    assert any(line.startswith(f"{bad}:4:1  ") for line in said.lines)
    assert Said(capsys, "check", str(tmp_path / "good.toml")).lines == [
        "1 file checked: nothing to fix."
    ]


def test_a_warning_matters_only_if_strict(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    odd = written(tmp_path, "odd", SHORT.format(title="E").replace("30s", "4h"))
    said = Said(capsys, "check", str(odd))
    assert (said.status, said.lines[-1]) == (0, "1 file checked: 1 warning.")
    assert Said(capsys, "check", "--strict", str(odd)).status == 1
    assert Said(capsys, "show", str(odd)).status == 0


def test_check_for_programs(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bad = written(tmp_path, "bad", SHORT.format(title="E").replace("30s", "90 secs"))
    said = Said(capsys, "check", "--json", str(bad), "/dev/null", str(tmp_path / "none.toml"))
    first, device, none = json.loads(said.out)
    assert said.status == 2
    assert (first["line"], first["column"], first["key"]) == (4, 8, "steps[0].time")
    assert (device["code"], device["line"]) == ("not-a-file", None)
    assert none["code"] == "no-such-file"
    assert json.loads(Said(capsys, "check", "--json", str(GOLDEN)).out)[0]["code"] == "no-routines"


def test_check_reads_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = SHORT.format(title="E").replace("30s", "never").encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    said = Said(capsys, "check", "-")
    assert said.status == 2
    assert said.lines[0] == "-:4:8  steps[0].time"


def test_where_names_the_folder_of_ones_own(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "where")
    assert said.status == 0
    assert f"your routines:     {paths.routines_folder()}" in said.lines
    assert not paths.routines_folder().exists()


def test_without_a_terminal_the_library_says_what_to_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = Said(capsys)
    assert (said.status, said.out) == (2, "")
    assert "uncramp list shows the routines" in said.err


@pytest.mark.parametrize(
    ("words", "command", "is_night"),
    [
        (["--night", "bedtime"], "run", True),
        (["bedtime", "--night"], "run", True),
        (["--night", "run", "bedtime"], "run", True),
        (["--night", "now"], "now", True),
        (["now", "--night"], "now", True),
        (["--night"], "home", True),
        (["bedtime"], "run", False),
    ],
)
def test_the_night_can_be_asked_for_before_or_after_what_is_run(
    monkeypatch: pytest.MonkeyPatch, words: list[str], command: str, is_night: bool
) -> None:
    asked: list[bool] = []

    def take(given: Arguments) -> int:
        asked.append(given.night)
        return 0

    monkeypatch.setattr(f"uncramp.cli.commands.{command}.{command}", take)
    assert main(words) == 0
    assert asked == [is_night]


STEERING = "e\x1b]0;pwn\x07\u200e\u061c\U000e0041"


@pytest.mark.parametrize(
    "words",
    [
        ("show", "./{}.toml"), ("check", "./{}.toml"), ("edit", "./{}.toml"),
        ("show", "./gone{}.toml"), ("trash", "restore", "{}"), ("fmt", "./gone{}.toml"),
    ],
)  # fmt: skip
def test_no_name_steers_the_terminal(
    words: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.delenv("VISUAL", raising=False)
    written(tmp_path, STEERING)
    said = Said(capsys, *(word.format(STEERING) for word in words))
    assert said.out + said.err
    assert (said.out + said.err).replace("\n", "").isprintable()


@pytest.mark.parametrize("name", ["~nobody-of-that-name/x.toml", "./~x.toml", "~x.toml"])
@pytest.mark.parametrize("command", ["show", "run", "fmt", "check"])
def test_a_home_of_nobody_is_a_file_that_is_not_there(
    command: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = Said(capsys, command, name)
    assert said.status == 2
    assert "There is no such file." in said.out + said.err
