"""The page of the settings: its tables come from the settings, its example is read."""

import re
from pathlib import Path

from tests.made_docs import SETTINGS_FILE, groups_in, with_settings
from uncramp.settings import read_settings
from uncramp.settings.spec import FREE_GROUPS, SettingGroup
from uncramp.tui.keys.keymap import fitted

TEXT = SETTINGS_FILE.read_text("utf-8")


def test_its_tables_are_fresh() -> None:
    assert with_settings(TEXT) == TEXT, "Run python -m tests.made_docs"


def test_every_group_stands_in_it() -> None:
    assert groups_in(TEXT) == [group for group in SettingGroup if group not in FREE_GROUPS]
    assert set(re.findall(r"^## `\[(\w+)\]`$", TEXT, re.MULTILINE)) == set(SettingGroup) - {
        SettingGroup.TOP
    }


def test_its_example_is_read_without_a_problem(tmp_path: Path) -> None:
    example, colours = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    file = tmp_path / "settings.toml"
    file.write_text(example, "utf-8")
    settings = read_settings(file)
    assert settings.problems == ()
    assert (settings.volume, settings.volumes["tick"]) == (60, 40)
    assert fitted(settings.keys) == ({"run.next": "x,right"}, ())
    file.write_text(colours, "utf-8")
    settings = read_settings(file)
    assert settings.problems == ()
    assert (settings.theme, settings.colours["text"]) == ("own", "#E8E8E0")
