"""`uncramp ctl` and `uncramp status`, asked of a run that answers beside them."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.control.stage import ServedStage, SteeredStage
from uncramp.cli.command_options import CTL_COMMANDS, ESCAPED_FOR
from uncramp.cli.main import main
from uncramp.control.client import Waiting, run_ids
from uncramp.control.protocol import ControlCommand
from uncramp.control.status_text import ESCAPES, FIELD_NAMES, formatted
from uncramp.system.runtime_folder import runtime_folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such sockets")

Said = pytest.CaptureFixture[str]


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ServedStage]:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    stage = ServedStage(runtime_folder())
    yield stage
    stage.close()


def said(capsys: Said, *words: str) -> tuple[int, str, str]:
    status = main(words)
    written = capsys.readouterr()
    return status, written.out, written.err


def test_ctl_says_what_happened_or_why_not(served: ServedStage, capsys: Said) -> None:
    assert said(capsys, "ctl", "pause") == (0, "Paused. Get ready: Rub · 0:05 left\n", "")
    status, out, err = said(capsys, "ctl", "Pause")
    assert (status, out) == (1, "")
    # Each can be asked for by its word; jump, which needs a step, cannot.
    now = "again, back, end, go-on, less, more, next, undo"
    assert err.startswith(f"uncramp: Pause: not now. Now: {now}. ")
    assert said(capsys, "ctl", "status") == (0, "Get ready: Rub · 0:05 left\n", "")
    (run_id,) = run_ids(served.folder)
    listed = f"{run_id}  Paused: Get ready: Rub · 0:05 left\n"
    assert said(capsys, "ctl") == (0, listed, "")
    assert said(capsys, "ctl", "next", "--run", run_id)[0] == 0
    no_such = said(capsys, "ctl", "next", "--run", "x")
    assert no_such == (1, "", f'uncramp: There is no run "x". There are: {run_id}.\n')
    assert said(capsys, "ctl", "end") == (0, "Ended.\n", "")
    assert said(capsys, "ctl", "end") == (1, "", "uncramp: Nothing is running.\n")


def test_a_run_is_found_by_its_person_whatever_their_home(
    served: ServedStage, capsys: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "other"))
    assert said(capsys, "ctl", "pause")[0] == 0
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "other"))
    assert said(capsys, "ctl", "pause")[0] == 1


def test_a_command_that_there_is_not_is_named(capsys: Said) -> None:
    with pytest.raises(SystemExit):
        main(["ctl", "hop"])
    assert '"hop" is no command. There are pause, go-on' in capsys.readouterr().err


def test_status_fills_in_a_format_and_escapes_what_a_bar_would_obey(
    served: ServedStage, capsys: Said
) -> None:
    assert said(capsys, "status") == (0, "Get ready: Rub · 0:05 left\n", "")
    line = said(capsys, "status", "--format", "#[bold]{name} {step}/{steps}", "--escape", "tmux")
    assert line == (0, "#[bold]Get ready: Rub 1/3\n", "")
    fields = json.loads(said(capsys, "status", "--json")[1])
    assert (fields["v"], fields["status"]["title"]) == (1, "R")
    status, _, err = said(capsys, "status", "--format", "{colour}")
    assert status == 2
    assert err.startswith("uncramp: There is no {colour}. A format can hold {name}, {side}")


def test_with_nothing_running_status_is_one_line_and_1(capsys: Said) -> None:
    assert said(capsys, "status") == (1, "Nothing is running.\n", "")
    assert said(capsys, "status", "--json") == (1, '{"v": 1, "status": null}\n', "")


def test_who_waits_is_woken_when_a_run_begins(tmp_path: Path) -> None:
    folder = tmp_path / "runtime" / "uncramp"
    with Waiting(folder) as waiting:
        stage = SteeredStage(tmp_path)
        assert waiting.wait()
        stage.close()
    assert list(folder.iterdir()) == []


def test_the_command_line_knows_what_the_messages_and_bars_know() -> None:
    assert set(CTL_COMMANDS) == {command.value for command in ControlCommand} - {
        ControlCommand.WATCH.value
    }
    assert set(ESCAPED_FOR) == set(ESCAPES)


@pytest.mark.parametrize(
    ("bar", "shown"),
    [
        ("none", "a <b> & #[c] #(d) 5% %{e} | --- 'f'"),
        ("pango", "a &lt;b&gt; &amp; #[c] #(d) 5% %{e} | --- &#39;f&#39;"),
        ("tmux", "a <b> & ##[c] ##(d) 5% %{e} | --- 'f'"),
        ("polybar", "a <b> & #[c] #(d) 5% % {e} | --- 'f'"),
        ("swiftbar", "a <b> & #[c] #(d) 5% %{e} \u2502 \u2014 'f'"),
    ],
)
def test_each_bar_shows_a_name_as_it_is(bar: str, shown: str) -> None:
    status: dict[str, object] = {"name": "a <b> & #[c] #(d) 5% %{e} | --- 'f'"}
    assert formatted("<i>{name}</i>", status, ESCAPES[bar]) == f"<i>{shown}</i>"


def test_what_another_process_sent_is_never_more_than_text() -> None:
    odd: dict[str, object] = dict.fromkeys(("name", "title", "phase", "side_words"), "\x1b[2J\n{x}")
    odd |= {"shown_ms": "x", "step": None, "steps": [1], "counts_up": 3}
    for name in FIELD_NAMES:
        assert "\x1b" not in formatted(f"{{{name}}}", odd)
        assert "\n" not in formatted(f"{{{name}}}", odd)
