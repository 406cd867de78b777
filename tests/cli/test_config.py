"""`uncramp config`, as a person types it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.said import Said, at_terminal
from uncramp.settings import Settings, read_settings
from uncramp.settings.spec import BY_NAME, SETTINGS
from uncramp.settings.template import new_file_text
from uncramp.system import paths
from uncramp.system.files import private_folder


def now() -> Settings:
    return read_settings(paths.settings_file())


def write_file(text: str) -> None:
    private_folder(paths.settings_file().parent)
    paths.settings_file().write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("volume.all", "60"), "volume.all: 60 %"),
        (("volume.all", "60%"), "volume.all: 60 %"),
        (("animations", "off"), "animations: off"),
        (("theme", "Dark"), "theme: dark"),
        (("night.from", "21:30"), "night.from: 21:30"),
        (("get_ready", "8"), "get_ready: 8s"),
        (("get_ready", "1m", "30s"), "get_ready: 1m30s"),
        (("conditions", "pregnant,numb-feet"), "conditions: numb-feet, pregnant"),
        (("conditions", '["pregnant", "after-wine"]'), "conditions: after-wine, pregnant"),
        (("conditions", "none"), "conditions: none of it"),
        (("voice.name", "Anna", "Maria"), "voice.name: Anna Maria"),
        (("said_as.KD3", "kay dee three"), "said_as.KD3: kay dee three"),
        (("keys.run.pause", "space,w"), "keys.run.pause: space,w"),
    ],
)
def test_what_is_set_is_told_and_holds(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    done = Said(capsys, "config", "set", *words)
    assert (done.status, done.lines, done.err) == (0, [said], "")
    assert now().problems == ()
    got = json.loads(Said(capsys, "config", "get", words[0], "--json").out)
    assert got["value"] is not None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("volume.al", "60"), 'There is no setting "volume.al". Did you mean "volume.all"?'),
        (("volume.all", "loud"), 'volume.all: "loud" is text, but this takes a whole number.'),
        (("volume.all", "101"), "Write a whole number from 0 to 100."),
        (("night.from", "10pm"), '"10pm" is not a time of day. Write "22:00".'),
        (("conditions", "diabetes"), '"diabetes" is not a condition. Did you mean numb-feet?'),
        (("theme", "drak"), 'Did you mean "dark"?'),
        (("keys.run.nxt", "x"), 'Did you mean "run.next"?'),
        (("keys.run.next", "c"), "which is also the key of run.catch-up"),
        (("keys.app.interrupt", "x"), "Ctrl+C always stops the program"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    done = Said(capsys, "config", "set", *words)
    assert (done.status, done.out) == (2, "")
    assert told in done.err
    assert not paths.settings_file().exists()


def test_one_is_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    Said(capsys, "config", "set", "theme", "dark")
    assert Said(capsys, "config", "unset", "theme").lines == ["theme: auto"]
    Said(capsys, "config", "set", "keys.run.next", "x")
    assert Said(capsys, "config", "unset", "keys.run.next").lines == ["keys.run.next: not set"]
    assert now() == Settings()


def test_all_of_them_are_listed_with_a_mark_at_what_was_set(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_file('theme = "light"\nconditions = []\n[said_as]\nKD3 = "kay"\n')
    lines = Said(capsys, "config", "list").lines
    words = [" ".join(line.split()) for line in lines]
    assert "* theme light" in words
    assert "* conditions none of it" in words
    assert "* said_as.KD3 kay" in words
    assert "night.when clock" in words
    assert len(lines) == len(SETTINGS) + 4
    assert Said(capsys, "config").lines == lines


def test_for_programs_there_are_the_values_as_the_file_writes_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_file('conditions = ["pregnant"]\n[night]\nfrom = "21:30"\n[keys]\n"run.next" = "x"\n')
    objects = {o["name"]: o for o in json.loads(Said(capsys, "config", "list", "--json").out)}
    assert len(objects) == len(SETTINGS)
    assert objects["night.from"]["value"] == "21:30"
    assert objects["night.from"]["default"] == "22:00"
    assert objects["voice.name"]["value"] is None
    values = json.loads(Said(capsys, "config", "get", "--json").out)
    assert values["conditions"] == ["pregnant"]
    assert values["keys.run.next"] == "x"
    assert values["animations"] is True
    one = json.loads(Said(capsys, "config", "get", "volume.all", "--json").out)
    assert one == {"name": "volume.all", "value": 80}


def test_what_get_says_can_be_read_as_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    write_file('conditions = ["pregnant"]\n[voice]\nname = "a # \\"b\\""\n')
    before = now()
    write_file(Said(capsys, "config", "get").out)
    assert now() == before


def test_a_wrong_file_is_told_with_its_lines_and_the_rest_is_listed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_file('theme = "drak"\n[volume]\nall = 30\n[keys]\n"run.nxt" = "x"\n')
    done = Said(capsys, "config", "list")
    assert done.status == 0
    assert "settings.toml:1:9" in done.err
    assert "settings.toml:5:1" in done.err
    assert ["*", "volume.all", "30", "%"] in [line.split() for line in done.lines]
    assert "Traceback" not in done.err


def test_the_path_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert Said(capsys, "config", "path").lines == [str(paths.settings_file())]


def test_the_keys_are_told_by_their_ids_with_those_of_the_person(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_file('[keys]\n"run.pause" = "space,w"\nrun.next = "c"\n')
    done = Said(capsys, "config", "keys")
    assert done.status == 0
    assert any(line.split()[:2] == ["run.pause", "space,w"] for line in done.lines)
    assert any(line.split()[:2] == ["run.next", "right,n"] for line in done.lines)
    assert "settings.toml:3:12" in done.err
    objects = json.loads(Said(capsys, "config", "keys", "--json").out)
    by_id = {each["id"]: each for each in objects}
    assert by_id["run.pause"]["keys"] == ["space", "w"]
    assert all(each["what"].endswith((".", "?")) for each in objects)


def test_a_folder_that_cannot_be_written_in_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "open", refuse)
    done = Said(capsys, "config", "set", "theme", "dark")
    assert done.status == 2
    assert "cannot be written" in done.err


def test_a_file_in_the_place_of_the_folder_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    folder = paths.settings_file().parent
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("", "utf-8")
    done = Said(capsys, "config", "set", "theme", "dark")
    assert done.status == 2
    assert "something else has that name already" in done.err


def editor(tmp_path: Path, text: str) -> str:
    """An editor that replaces the file's content with `text`."""
    script = tmp_path / "editor.py"
    script.write_text(f"import sys\nopen(sys.argv[1], 'w').write({text!r})\n", "utf-8")
    return f'"{sys.executable}" "{script}"'


def test_the_file_is_made_edited_and_checked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    keep = tmp_path / "keep.py"
    keep.write_text("", "utf-8")
    monkeypatch.setenv("VISUAL", f'"{sys.executable}" "{keep}"')
    done = Said(capsys, "config", "edit")
    assert (done.status, done.lines) == (0, [f"{paths.settings_file()}: nothing to fix."])
    assert paths.settings_file().read_text("utf-8") == new_file_text()
    monkeypatch.setenv("VISUAL", editor(tmp_path, 'theme = "drak"\n[keys]\n"run.nxt" = "x"\n'))
    done = Said(capsys, "config", "edit")
    assert done.status == 2
    assert 'Did you mean "dark"?' in done.err
    assert 'Did you mean "run.next"?' in done.err


def test_whoever_left_a_slip_may_go_back_in(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VISUAL", editor(tmp_path, "theme = 3\n"))
    at_terminal(monkeypatch, ["y", "n"])
    done = Said(capsys, "config", "edit")
    assert done.status == 2
    assert done.err.count("cannot be used here") == 2


def test_many_who_set_at_once_lose_nothing_of_one_another() -> None:
    names = [setting.name for setting in SETTINGS if setting.name.startswith("volume.")][:12]
    run = [sys.executable, "-m", "uncramp", "config", "set"]
    started = [subprocess.Popen([*run, name, "35"], stdout=subprocess.DEVNULL) for name in names]
    assert [process.wait(60) for process in started] == [0] * len(names)
    held = now()
    assert [held.meaning(BY_NAME[name]) for name in names] == [35] * len(names)
    assert [file.name for file in paths.settings_file().parent.iterdir()] == ["settings.toml"]


def test_a_file_that_the_editor_deletes_is_not_said_to_be_well(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "rm")
    said = Said(capsys, "config", "edit")
    assert said.status == 2
    assert "is no longer there" in said.err
    assert said.out == ""


def test_a_colour_of_ones_own_is_set_and_a_faint_one_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Without the sign that begins a comment in a shell.
    assert Said(capsys, "config", "set", "colours.text", "ea5").out == "colours.text: #EEAA55\n"
    assert Said(capsys, "config", "set", "colours.background", "black").status == 0
    assert 'text = "#EEAA55"' in paths.settings_file().read_text("utf-8")
    assert own_colours() == {"text": "#EEAA55", "background": "#000000"}
    wrong = Said(capsys, "config", "set", "colours.text", "e3a95")
    assert wrong.status == 2
    assert '"e3a95" is not a colour. Write it like "#E3A95C".' in wrong.err
    Said(capsys, "config", "set", "colours.text", "#333")
    assert "has a contrast of 1.4 to 1 with the surface colour" in Said(capsys, "config").err
    assert Said(capsys, "config", "unset", "colours.text").out == "colours.text: the theme's\n"
    assert own_colours() == {"background": "#000000"}


def own_colours() -> dict[str, str]:
    return dict(read_settings(paths.settings_file()).colours)
