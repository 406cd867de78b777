"""One value is written, and every other line of the file stays as it was."""

import codecs
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.settings.test_reader import EVERYTHING
from uncramp.settings import Settings, read_settings
from uncramp.settings.live import OwnSettings
from uncramp.settings.spec import BY_NAME, SETTINGS, Setting, ValueKind
from uncramp.settings.template import new_file_text, with_value, without
from uncramp.settings.values import TomlValue, file_value
from uncramp.settings.writer import CannotSet, set_setting, unset_setting

INLINE = """\
# by hand
night = { from = "21:00", volume = 20 } # dark
voice.rate = 100
sound = {}
conditions = [ # said in May
    "pregnant",
] # so it is
note = '''
# from = "22:00"
[volume]
'''
[volume] # loud
 all=5
[ keys ]
run.next = "x"
"""

WINDOWS = EVERYTHING.replace("\n", "\r\n")


def values_of(setting: Setting) -> st.SearchStrategy[TomlValue]:
    match setting.kind:
        case ValueKind.CONDITIONS:
            return st.lists(st.sampled_from(["pregnant", "numb-feet", "after-wine"]), unique=True)
        case ValueKind.CHOICE:
            return st.sampled_from(setting.choices)
        case ValueKind.FLAG:
            return st.booleans()
        case ValueKind.WHOLE:
            return st.integers(setting.least, setting.most)
        case ValueKind.PAUSE:
            lengths = st.integers(0, setting.most)
            return lengths.map(lambda ms: file_value(setting, ms))
        case ValueKind.HOUR:
            return st.integers(0, 1439).map(lambda minutes: file_value(setting, minutes))
        case ValueKind.COLOUR:
            return st.sampled_from(["#E3A95C", "#000000", "#FFFFFF", "#1D2A1A"])
        case ValueKind.PLACE:
            return st.sampled_from(["52.5, 13.4", "-33.87, 151.2", "0, 0"])
        case ValueKind.LANGUAGE:
            return st.sampled_from(["en", "de-CH", "zh-Hans"])
        case _:
            return st.sampled_from(["Anna", 'a "quoted" \\ name', "é 太溪 [red]", "#1"])


ANY_SETTING = st.sampled_from(SETTINGS).flatmap(
    lambda setting: values_of(setting).map(lambda value: (setting, value))
)
TEXTS = st.sampled_from(["", new_file_text(), EVERYTHING, INLINE, WINDOWS, EVERYTHING.rstrip("\n")])


def at(document: dict[str, Any], path: tuple[str, ...]) -> Any:
    for key in path:
        document = document.get(key, {})
    return document


def lines_kept(before: str, after: str) -> bool:
    """Are all lines still there, in order, with at most one changed?"""
    old, new = before.splitlines(), after.splitlines()
    start = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
    rest_old, rest_new = old[start:], new[start:]
    end = 0
    while end < min(len(rest_old), len(rest_new)) and rest_old[-1 - end] == rest_new[-1 - end]:
        end += 1
    return len(rest_old) - end <= 1


@given(TEXTS, ANY_SETTING)
def test_set_then_read_gives_what_was_set_with_every_other_line_kept(
    tmp_path_factory: pytest.TempPathFactory, text: str, chosen: tuple[Setting, TomlValue]
) -> None:
    setting, value = chosen
    file = tmp_path_factory.getbasetemp() / "set.toml"
    file.write_bytes(text.encode())
    before = read_settings(file)
    set_setting(file, setting.name, value)
    written = file.read_bytes().decode()
    after = read_settings(file)
    wanted = set(value) if isinstance(value, list) else value
    found = file_value(setting, after.meaning(setting))
    assert (set(found) if isinstance(found, frozenset) else found) == wanted
    for other in SETTINGS:
        if other is not setting:
            assert after.meaning(other) == before.meaning(other)
    assert (after.keys, after.said_as) == (before.keys, before.said_as)
    if not (setting.name == "conditions" and text == INLINE):
        assert lines_kept(text, written)
    unset_setting(file, setting.name)
    assert read_settings(file).meaning(setting) == Settings().meaning(setting)


@given(st.lists(ANY_SETTING, max_size=6), TEXTS)
def test_any_number_of_changes_leaves_a_file_that_can_be_read(
    changes: list[tuple[Setting, TomlValue]], text: str
) -> None:
    wanted: dict[str, TomlValue] = {}
    for setting, value in changes:
        changed = with_value(text, setting.path, value)
        assert changed is not None
        text, wanted[setting.name] = changed, value
    document = tomllib.loads(text)
    for name, value in wanted.items():
        found = at(document, BY_NAME[name].path)
        assert sorted(found) == sorted(value) if isinstance(value, list) else found == value


@pytest.mark.parametrize(
    ("before", "name", "value", "after"),
    [
        ("", "night.from", "21:00", '[night]\nfrom = "21:00"\n'),
        ('theme = "dark"', "night.from", "21:00", 'theme = "dark"\n\n[night]\nfrom = "21:00"\n'),
        ("[night]", "night.from", "21:00", '[night]\nfrom = "21:00"\n'),
        ("[night] # dark\r\n", "night.volume", 5, "[night] # dark\r\nvolume = 5\r\n"),
        ("night = { volume = 5 }\n", "night.to", "5:00", 'night = { volume = 5, to = "5:00" }\n'),
        ("night.volume = 5\n", "night.to", "5:00", 'night.to = "5:00"\nnight.volume = 5\n'),
        ("# theme = 'light' # x\n", "theme", "dark", 'theme = "dark"\n'),
        (
            "[night]\n# volume = 50\n[volume]\n",
            "night.volume",
            5,
            "[night]\nvolume = 5\n[volume]\n",
        ),
        (
            "[keys]\nrun.next = 'x' # mine\n",
            "keys.run.next",
            "n",
            '[keys]\nrun.next = "n" # mine\n',
        ),
        ("", "said_as.KD3", "kay", '[said_as]\nKD3 = "kay"\n'),
        ("", "keys.run.next", "n", '[keys]\n"run.next" = "n"\n'),
    ],
)
def test_a_value_goes_where_a_person_would_write_it(
    tmp_path: Path, before: str, name: str, value: TomlValue, after: str
) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(before.encode())
    set_setting(file, name, value)
    assert file.read_bytes().decode() == after


@pytest.mark.parametrize(
    ("before", "name", "after"),
    [
        ('theme = "dark" # mine\n', "theme", '# theme = "auto" # mine\n'),
        ("night = { volume = 5, to = '5:00' }\n", "night.volume", "night = { to = '5:00' }\n"),
        ("night = { volume = 5, to = '5:00' }\n", "night.to", "night = { volume = 5 }\n"),
        ("[keys]\n'run.next' = 'x'\ny = 'z'\n", "keys.run.next", "[keys]\ny = 'z'\n"),
        ("[night]\n", "night.volume", "[night]\n"),
    ],
)
def test_a_value_that_is_taken_back_leaves_the_rest(
    tmp_path: Path, before: str, name: str, after: str
) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(before.encode())
    unset_setting(file, name)
    assert file.read_bytes().decode() == after


def test_the_first_writing_makes_a_file_of_all_settings_for_this_person_alone(
    tmp_path: Path,
) -> None:
    file = tmp_path / "config" / "settings.toml"
    set_setting(file, "volume.all", 60)
    text = file.read_text("utf-8")
    assert text == new_file_text().replace("# all = 80", "all = 60")
    assert all(f"{setting.key} = " in text for setting in SETTINGS)
    assert max(map(len, text.splitlines())) <= 100
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("volume.al", 60, 'Did you mean "volume.all"?'),
        ("rate", 60, 'Did you mean "voice.rate"?'),
        ("xyzzy", 60, "uncramp config list shows them."),
        ("volume.all", 160, "volume.all is out of range. Write a whole number from 0 to 100."),
        ("theme", "drak", 'theme is not one of its values. Did you mean "dark"?'),
        ("said_as.KD3", "a\nb", "line break"),
        ("keys.run.next", "\ud800", "control character"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(
    tmp_path: Path, name: str, value: TomlValue, told: str
) -> None:
    file = tmp_path / "settings.toml"
    with pytest.raises(CannotSet) as refused:
        set_setting(file, name, value)
    assert told in str(refused.value)
    assert not file.exists()


def test_another_wrong_value_keeps_nobody_from_setting_this_one(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('theme = "drak"\nfoo = 1\n', "utf-8")
    set_setting(file, "volume.all", 60)
    assert read_settings(file).volume == 60
    set_setting(file, "theme", "dark")
    assert read_settings(file).theme == "dark"


def test_a_byte_order_mark_stays(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(codecs.BOM_UTF8 + b'theme = "dark"\n')
    set_setting(file, "theme", "light")
    assert file.read_bytes() == codecs.BOM_UTF8 + b'theme = "light"\n'


def test_taking_back_what_was_never_set_makes_no_file(tmp_path: Path) -> None:
    unset_setting(tmp_path / "settings.toml", "theme")
    assert not (tmp_path / "settings.toml").exists()
    assert without("# mine", ("theme",)) == "# mine"


def test_what_stands_in_the_way_is_left_to_the_person(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("volume = 50\n", "utf-8")
    with pytest.raises(CannotSet, match="Change it by hand: uncramp config edit"):
        set_setting(file, "volume.all", 60)


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_what_a_full_disk_does_not_take_holds_until_the_program_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('theme = "light"\nconditions = []\n', "utf-8")
    own = OwnSettings(file)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotSet, match="the disk is full"):
        own.give(BY_NAME["theme"], "dark")
    with pytest.raises(CannotSet):
        own.give(BY_NAME["volume.tick"], 5)
    with pytest.raises(CannotSet):
        own.give(BY_NAME["conditions"], frozenset({"numb-feet"}))
    assert file.read_text("utf-8") == 'theme = "light"\nconditions = []\n'
    now = own.now()
    assert (now.theme, now.volumes["tick"]) == ("dark", 5)
    assert now.conditions == {"numb-feet"}
    monkeypatch.undo()
    own.give(BY_NAME["theme"], None)
    assert own.now().theme == "auto"
    assert own.now().volumes["tick"] == 5
    assert OwnSettings(file).now().volumes["tick"] == 100


def test_a_file_that_has_to_be_mended_is_left_and_the_value_holds(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("theme = dark\n", "utf-8")
    own = OwnSettings(file)
    with pytest.raises(CannotSet, match=r"settings.toml:1 has to be fixed first"):
        own.give(BY_NAME["theme"], "contrast")
    assert own.now().theme == "contrast"
    assert file.read_text("utf-8") == "theme = dark\n"


def test_the_settings_are_read_once_and_anew_when_the_file_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("[volume]\nall = 20\n", encoding="utf-8")
    readings: list[Path] = []

    def read(path: Path) -> Settings:
        readings.append(path)
        return read_settings(path)

    monkeypatch.setattr("uncramp.settings.live.read_settings", read)
    own = OwnSettings(file)
    assert [own.now().volume for _ in range(3)] == [20, 20, 20]
    assert len(readings) == 1
    own.give(BY_NAME["volume.all"], 30)
    assert own.now().volume == 30
    file.write_text("[volume]\nall = 45 # by hand\n", encoding="utf-8")
    assert own.now().volume == 45
    file.unlink()
    assert own.now().volume == Settings().volume
