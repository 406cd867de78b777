"""`uncramp new`, `copy`, `edit`, `fmt` and `schema`, as a person types them."""

import io
import json
import sys
from pathlib import Path

import pytest

from uncramp.cli import edit_loop as editing
from uncramp.cli.commands import new
from uncramp.cli.main import main
from uncramp.core.routine.json_schema import routine_schema
from uncramp.system import paths, resources
from uncramp.system.editor import editor_words

MESSY = '# Mine\n\n[[steps]]\ntime = 5\nname = "Tap" # lightly\n[cues]\nend = false\n'
MESSY = 'title = "Mine"\n' + MESSY


def own(routine_id: str) -> Path:
    return paths.routines_folder() / f"{routine_id}.toml"


def answers(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Let a person at a terminal give these answers."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    for module in (new, editing):
        monkeypatch.setattr(module, "can_ask", lambda: True)


def editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *scripts: str) -> None:
    """An editor that does the next of these to the file `path` each time it is opened."""
    program, turn = tmp_path / "my editor.py", tmp_path / "turn"
    turn.write_text("0")
    program.write_text(
        "import sys\nfrom pathlib import Path\n"
        f"turn = Path({str(turn)!r})\nnumber = int(turn.read_text())\n"
        "turn.write_text(str(number + 1))\npath = Path(sys.argv[-1])\n"
        f"exec({scripts!r}[number])\n"
    )
    monkeypatch.setenv("VISUAL", f'{sys.executable} "{program}" --wait')


# new


def test_new_writes_a_routine_that_runs(capsys: pytest.CaptureFixture[str]) -> None:
    said = ["--title", "My evening", "--step", "Soak=20m/both", "--step", "Roll=2m/each"]
    assert main(["new", *said]) == 0
    told = capsys.readouterr().out
    assert str(own("my-evening")) in told
    assert "uncramp run my-evening" in told
    assert main(["check", "--strict", "my-evening"]) == 0
    assert main(["fmt", "--check", "my-evening"]) == 0
    assert main(["run", "my-evening", "--plain", "--speed", "1000"]) == 0


def test_new_asks_for_what_was_not_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers(
        monkeypatch,
        "", "My evening",
        "", "Soak", "20", "20 minutes", "boht", "both", "many", "2", "10 sec",
        "Cover up", "open", "", "",
        "",
    )  # fmt: skip
    assert main(["new"]) == 0
    told = capsys.readouterr().out
    assert "The title is empty." in told
    assert "The step's name is empty." in told
    assert 'Write "20m" for minutes' in told
    assert 'Did you mean "both"?' in told
    text = own("my-evening").read_text("utf-8")
    assert 'name = "Soak"\nrepeat = 2\nrest = "10s"\n\n[[steps.steps]]\n' in text
    assert 'name = "Soak"\ntime = "20m"\nsides = "both"\n' in text
    assert '"many" is not a number of rounds.' in told
    assert 'name = "Cover up"\nopen = true\n' in text


@pytest.mark.parametrize(
    "given", [(), ("Evening",), ("Evening", "Soak"), ("Evening", "Soak", "2m")]
)
def test_new_writes_nothing_where_the_asking_is_ended(
    given: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers(monkeypatch, *given)
    assert main(["new"]) == 2
    assert "Nothing was written." in capsys.readouterr().err
    assert not own("evening").exists()


def test_new_without_a_terminal_says_what_it_needs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "--title", "Evening"]) == 2
    assert "--step" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("one\ntwo", "line break"),
        ("日本", "Choose one with --id"),
        ("Bedtime", 'a bundled routine with the id "bedtime"'),
        ("CON", "on Windows"),
        ("\x1b[31mred", "U+001B"),
    ],
)
def test_new_refuses_a_title_that_cannot_stand(
    title: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "--title", title, "--step", "Soak=2m"]) == 2
    told = capsys.readouterr().err
    assert words in told
    assert "\x1b" not in told
    assert not list(paths.routines_folder().glob("*")) or not paths.routines_folder().exists()


@pytest.mark.parametrize("title", ["\"Quotes\" \\ and 'more'", "😀 joy", "# [[steps]]", "日本"])
def test_new_takes_any_other_title(title: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "--title", title, "--id", "mine", "--step", "Soak=2m", "--urgent"]) == 0
    capsys.readouterr()
    assert main(["show", "mine"]) == 0
    assert title in capsys.readouterr().out


def test_new_never_writes_over_another(capsys: pytest.CaptureFixture[str]) -> None:
    said = ["new", "--title", "Evening", "--step", "Soak=2m"]
    assert main(said) == 0
    before = own("evening").read_bytes()
    capsys.readouterr()
    assert main([*said, "--step", "More=1m"]) == 2
    assert "a routine of your own" in capsys.readouterr().err
    assert own("evening").read_bytes() == before


def test_new_asks_for_an_id_where_the_title_gives_none(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, "日本", "Nihon", "nihon", "Soak", "2m", "", "", "")
    assert main(["new"]) == 0
    assert own("nihon").is_file()


def test_new_writes_nothing_that_cannot_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "--title", "Long", "--step", "Soak=13h/each"]) == 2
    assert "24. Nothing was written." in capsys.readouterr().err
    assert not own("long").exists()


def test_new_says_where_the_folder_cannot_be_made(capsys: pytest.CaptureFixture[str]) -> None:
    folder = paths.routines_folder()
    folder.parent.parent.mkdir(parents=True, exist_ok=True)
    folder.parent.write_text("in the way")
    assert main(["new", "--title", "Evening", "--step", "Soak=2m"]) == 2
    assert "cannot be created" in capsys.readouterr().err


# copy


def test_copy_is_the_same_to_the_byte(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["copy", "bedtime"]) == 0
    bundled = resources.bundled_routines() / "bedtime.toml"
    assert own("bedtime").read_bytes() == bundled.read_bytes()
    assert "replaces the bundled one" in capsys.readouterr().out
    assert main(["copy", "bedtime"]) == 2
    assert "uncramp copy bedtime NEW" in capsys.readouterr().err


def test_copy_under_another_name_changes_the_title_alone() -> None:
    assert main(["copy", "bedtime", "my-bedtime"]) == 0
    bundled = (resources.bundled_routines() / "bedtime.toml").read_text("utf-8")
    _, after_title = bundled.split("\n", 1)
    assert own("my-bedtime").read_text("utf-8") == f'title = "My bedtime"\n{after_title}'


@pytest.mark.parametrize("new_id", ["bedtime", "calf-rub", "My Evening", "../evening", ""])
def test_copy_refuses_an_id_that_is_taken_or_none(
    new_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if new_id == "":
        assert main(["copy", "bedtim"]) == 2
        assert "Did you mean" in capsys.readouterr().err
        return
    assert main(["copy", "bedtime", new_id]) == 2
    assert "bundled routine" in (told := capsys.readouterr().err) or "is not an id" in told


def test_copy_takes_a_file_and_tells_its_problems(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "broken.toml"
    file.write_text('title = "Broken"\n')
    assert main(["copy", str(file)]) == 0
    assert "no steps" in capsys.readouterr().err
    assert own("broken").read_bytes() == file.read_bytes()
    assert main(["copy", str(tmp_path / "gone.toml")]) == 2
    file.write_text("title = Broken\n")
    assert main(["copy", str(file), "fixed"]) == 2
    assert "is not TOML" in capsys.readouterr().err
    assert not own("fixed").exists()


def test_a_copy_still_uses_its_neighbours(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('title = "Mine"\n[[steps]]\nuse = "calf-rub"\n')
    assert main(["copy", str(file), "yours"]) == 0
    assert main(["check", "--strict", "yours"]) == 0


# edit


def test_edit_copies_a_bundled_routine_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    editor(monkeypatch, tmp_path, "path.write_text(path.read_text().replace('20m', '15m'))")
    assert main(["edit", "bedtime"]) == 0
    told = capsys.readouterr().out
    assert "was copied so that you can change it" in told
    assert "nothing to fix" in told
    assert "15m" in own("bedtime").read_text("utf-8")
    assert "15m" not in (resources.bundled_routines() / "bedtime.toml").read_text("utf-8")


def test_edit_says_that_an_unchanged_copy_hides_the_bundled_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    editor(monkeypatch, tmp_path, "pass")
    assert main(["edit", "bedtime"]) == 0
    assert "still takes the place of the bundled routine" in capsys.readouterr().out


def test_edit_tells_what_to_mend_and_offers_to_go_back_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers(monkeypatch, "perhaps", "y")
    editor(
        monkeypatch,
        tmp_path,
        "path.write_text(path.read_text().replace('20m', 'long'))",
        "path.write_text(path.read_text().replace('long', '20m'))",
    )
    assert main(["edit", "bedtime"]) == 0
    told = capsys.readouterr()
    assert "is not a length of time" in told.err
    assert "Write y or n." in told.out
    assert told.out.count("Open it again?") == 2


@pytest.mark.parametrize("answer", [("n",), ()])
def test_edit_leaves_with_2_where_errors_stay(
    answer: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answers(monkeypatch, *answer)
    editor(monkeypatch, tmp_path, "path.write_text('title = 1')")
    assert main(["edit", "bedtime"]) == 2


def test_edit_asks_nothing_on_a_pipe(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    editor(monkeypatch, tmp_path, "path.unlink()", "raise SystemExit(3)")
    assert main(["edit", "bedtime"]) == 2
    told = capsys.readouterr()
    assert "There is no such file." in told.err
    assert "Open it again?" not in told.out
    assert main(["edit", "bedtime"]) == 0
    assert "ended with status 3" in capsys.readouterr().err


def test_edit_says_where_there_is_no_editor(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor-anywhere -w")
    assert main(["edit", "bedtime"]) == 2
    assert 'no program "no-such-editor-anywhere"' in capsys.readouterr().err
    monkeypatch.delenv("VISUAL")
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    assert main(["edit", "bedtime"]) == 2
    assert "No editor was found." in capsys.readouterr().err
    assert not own("bedtime").exists()


@pytest.mark.parametrize(
    ("environment", "platform", "words"),
    [
        ({"VISUAL": "code --wait", "EDITOR": "vi"}, "linux", ["code", "--wait"]),
        ({"VISUAL": " ", "EDITOR": "'my editor' -n"}, "linux", ["my editor", "-n"]),
        ({"EDITOR": "it's"}, "linux", ["it's"]),
        ({"EDITOR": r'"C:\Program Files\np.exe" -x'}, "win32", [r"C:\Program Files\np.exe", "-x"]),
        ({}, "win32", ["notepad"]),
    ],
)
def test_the_editor_is_the_persons_own(
    environment: dict[str, str], platform: str, words: list[str]
) -> None:
    assert editor_words(environment, platform) == words


def test_a_mac_has_an_editor_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert editor_words({}, "darwin") == ["open", "-W", "-t"]
    assert editor_words({}, "linux") == []


# fmt


def test_fmt_puts_files_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(MESSY)
    assert main(["fmt", "--check", str(file)]) == 1
    assert "is not tidy" in capsys.readouterr().out
    assert file.read_text() == MESSY
    assert main(["fmt", str(file)]) == 0
    assert "is tidy now" in capsys.readouterr().out
    assert file.read_text() == (
        'title = "Mine"\n# Mine\n\n[cues]\nend = false\n\n'
        '[[steps]]\nname = "Tap"  # lightly\ntime = 5\n'
    )
    assert main(["fmt", str(file)]) == 0
    assert main(["fmt", "--check", str(file)]) == 0
    assert capsys.readouterr().out == ""


def test_fmt_refuses_what_is_no_toml_and_does_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken, fine = tmp_path / "broken.toml", tmp_path / "fine.toml"
    broken.write_text("title = Broken\n")
    fine.write_text(MESSY)
    assert main(["fmt", str(broken), str(fine), str(tmp_path / "gone.toml"), str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert "has no quotes around it" in told
    assert "There is no such file." in told
    assert "This is a folder." in told
    assert broken.read_text() == "title = Broken\n"
    assert fine.read_text() != MESSY
    assert main(["fmt", "bedtime"]) == 2
    assert "uncramp copy bedtime makes one of your own" in capsys.readouterr().err


def test_fmt_goes_from_standard_input_to_standard_output(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    for flags, status in (([], 0), (["--check"], 1)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MESSY.encode())))
        assert main(["fmt", *flags, "-"]) == status
    assert capfdbinary.readouterr().out.startswith(b'title = "Mine"\n# Mine\n\n[cues]')


# schema


def test_schema_writes_what_an_editor_reads(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == routine_schema()
