"""`uncramp config`: the settings, read and written."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from uncramp.cli.arguments import Arguments
from uncramp.cli.settings_check import tell_problems
from uncramp.core.lazy.dataclass import replace
from uncramp.core.text.safe_text import shown
from uncramp.core.toml.problems import Problem
from uncramp.plain.json_text import json_array, json_line
from uncramp.plain.line_wrap import Verbatim
from uncramp.plain.output import complain, write
from uncramp.settings import Settings, read_settings
from uncramp.settings.display import UnfitValue, range_words, toml_of, value_said, value_words
from uncramp.settings.reader import placed
from uncramp.settings.spec import BY_NAME, SETTINGS, Setting, SettingGroup
from uncramp.settings.template import new_file_text
from uncramp.settings.values import TomlValue, file_value, toml_text
from uncramp.settings.writer import CannotSet, path_of, set_setting, unset_setting
from uncramp.system import paths
from uncramp.system.files import FOR_THIS_PERSON, CannotWrite, private_folder, write_new_file
from uncramp.system.os_errors import reason_of


def config(asked: Arguments) -> int:
    """Show or change the settings. 0: done, 2: not."""
    file = paths.settings_file()
    try:
        match asked.doing:
            case "get":
                return _get(file, asked)
            case "set":
                return _set(file, asked.name, " ".join(asked.value))
            case "unset":
                unset_setting(file, asked.name)
                return _tell(read_settings(file), asked.name)
            case "edit":
                return _edit(file)
            case "keys":
                return _keys(file, asked)
            case "path":
                write([Verbatim(file)])
                return 0
            case _:
                return _list(file, asked)
    except (CannotSet, CannotWrite, UnfitValue) as error:
        return complain(str(error))


def all_problems(file: Path) -> tuple[Problem, ...]:
    """What is wrong with the settings, including keys."""
    settings = read_settings(file)
    if not settings.keys:
        return settings.problems
    from uncramp.tui.keys.keymap import settings_problems

    return settings_problems(settings, file)


def _get(file: Path, asked: Arguments) -> int:
    settings = read_settings(file)
    if asked.name is None:
        values = {**{s.name: toml_of(settings, s) for s in SETTINGS}, **_free(settings)}
        if asked.json:
            write([json_line({name: _value(settings, name) for name in values})])
        else:
            tell_problems(settings)
            write(f"{name} = {value}" for name, value in values.items() if value is not None)
        return 0
    path_of(asked.name)
    value = _value(settings, asked.name)
    if asked.json:
        write([json_line({"name": asked.name, "value": value})])
        return 0
    tell_problems(settings)
    if isinstance(value, list):
        write([shown(word) for word in value])
    elif value is not None:
        write([shown(value) if isinstance(value, str) else toml_text(value)])
    return 0


def _set(file: Path, name: str, words: str) -> int:
    path_of(name)
    value = value_said(BY_NAME[name], words) if name in BY_NAME else words
    if name.startswith(f"{SettingGroup.KEYS}."):
        _refuse_keys(read_settings(file), name.removeprefix(f"{SettingGroup.KEYS}."), words)
    set_setting(file, name, value)
    return _tell(read_settings(file), name)


def _refuse_keys(settings: Settings, name: str, words: str) -> None:
    """Raise CannotSet if the keys cannot be assigned to the action with that id."""
    from uncramp.tui.keys.keymap import fitted

    for fault in fitted({**settings.keys, name: words})[1]:
        if fault.path[-1] == name:
            words = f": {fault.message}" if fault.is_sentence else f" {fault.message}"
            raise CannotSet(f"{name}{words}")


def _tell(settings: Settings, name: str) -> int:
    """Write the present value of the setting with that name. Returns the exit status."""
    setting = BY_NAME.get(name)
    if setting is not None:
        write([f"{name}: {value_words(settings, setting)}"])
    else:
        value = _value(settings, name)
        write([f"{name}: {shown(value) if isinstance(value, str) else 'not set'}"])
    return 0


def _value(settings: Settings, name: str) -> str | int | list[str] | None:
    """The file's value for the setting with that name; None if the file would not have one."""
    setting = BY_NAME.get(name)
    if setting is None:
        group, _, key = name.partition(".")
        return _entries(settings, SettingGroup(group)).get(key)
    if toml_of(settings, setting) is None:
        return None
    value: TomlValue = file_value(setting, settings.meaning(setting))
    return value if isinstance(value, str | int) else sorted(value)


def _entries(settings: Settings, group: SettingGroup) -> Mapping[str, str]:
    return settings.said_as if group is SettingGroup.SAID_AS else settings.keys


def _free(settings: Settings) -> dict[str, str]:
    """The entry of a table with the person's own keys, as in the file."""
    return {
        f"{group}.{key}": toml_text(value)
        for group in (SettingGroup.SAID_AS, SettingGroup.KEYS)
        for key, value in _entries(settings, group).items()
    }


def _list(file: Path, asked: Arguments) -> int:
    settings = read_settings(file)
    if asked.json:
        write(json_array(_fields(settings, setting) for setting in SETTINGS))
        return 0
    tell_problems(replace(settings, problems=all_problems(file)))
    write(_table(settings))
    return 0


def _table(settings: Settings) -> Iterator[str]:
    fresh = Settings()
    rows = [(s, shown(value_words(settings, s))) for s in SETTINGS]
    width = max(len(setting.name) for setting in SETTINGS)
    for setting, value in rows:
        is_own = settings.meaning(setting) != fresh.meaning(setting)
        mark = "*" if is_own or (setting.name == "conditions" and settings.has_answered) else " "
        yield f"{mark} {setting.name:<{width}}  {value}"
    for group in (SettingGroup.SAID_AS, SettingGroup.KEYS):
        for key, value in _entries(settings, group).items():
            yield f"* {shown(f'{group}.{key}'):<{width}}  {shown(value)}"
    yield ""
    yield "* differs from the default. uncramp config set NAME VALUE changes a setting,"
    yield "uncramp config edit opens the file, and F6 in the library opens a screen."


def _fields(settings: Settings, setting: Setting) -> dict[str, object]:
    return {
        "name": setting.name,
        "value": _value(settings, setting.name),
        "default": _value(Settings(), setting.name),
        "takes": range_words(setting),
        "title": setting.title,
        "what": setting.what,
    }


def _edit(file: Path) -> int:
    from uncramp.cli.edit_loop import edited
    from uncramp.system.editor import NoEditor, find_editor

    try:
        editor = find_editor(file)
    except NoEditor as error:
        return complain(str(error))
    if not os.path.lexists(file):
        try:
            private_folder(file.parent)
        except OSError as error:
            raise CannotWrite(f"{file.parent} cannot be created: {reason_of(error)}.") from None
        write_new_file(file, new_file_text().encode(), FOR_THIS_PERSON)
    return edited(file, editor, lambda: all_problems(file), "the file is still used")


def _keys(file: Path, asked: Arguments) -> int:
    from uncramp.session.key_table import KEY_TABLE
    from uncramp.tui.keys.keymap import fitted

    settings = read_settings(file)
    keymap, faults = fitted(settings.keys)
    keys = {key.id: keymap.get(key.id, ",".join(key.keys)) for key in KEY_TABLE}
    if asked.json:
        write(
            json_array(
                {"id": key.id, "keys": keys[key.id].split(","), "what": key.what}
                for key in KEY_TABLE
            )
        )
        return 0
    tell_problems(Settings(problems=placed(file, faults)))
    width = max(map(len, keys))
    keys_width = max(map(len, keys.values()))
    write(f"{key.id:<{width}}  {keys[key.id]:<{keys_width}}  {key.what}" for key in KEY_TABLE)
    return 0
