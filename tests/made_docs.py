"""The parts of the documentation that are made from the tables of keys and of settings.

After a change of one run `python -m tests.made_docs`: it writes the tables of
`docs/format.md`, `docs/settings.md` and the README, each between its two marks, and
`docs/routine.schema.json`.
"""

import re
from pathlib import Path

from uncramp.cli.commands.schema import schema_text
from uncramp.core.routine.keys import BY_OWNER, Key, Owner
from uncramp.core.text.durations import written
from uncramp.session.key_table import KEY_BY_ID, key_words, keys_of_place
from uncramp.settings.spec import SETTINGS, Setting, SettingGroup, ValueKind

__all__ = ["FORMAT_FILE", "SCHEMA_FILE", "SETTINGS_FILE", "schema_text", "with_tables"]

DOCS = Path(__file__).parents[1] / "docs"
FORMAT_FILE = DOCS / "format.md"
SETTINGS_FILE = DOCS / "settings.md"
README_FILE = DOCS.parent / "README.md"
SCHEMA_FILE = DOCS / "routine.schema.json"

_MADE = re.compile(r"(?P<begin><!-- keys: (?P<owner>\w+) -->\n).*?(?P<end><!-- end -->)", re.DOTALL)
_MADE_SETTINGS = re.compile(
    r"(?P<begin><!-- settings: (?P<group>\w*) ?-->\n).*?(?P<end><!-- end -->)", re.DOTALL
)


_MADE_RUN_KEYS = re.compile(
    r"(?P<begin><!-- keys of a run -->\n).*?(?P<end><!-- end -->)", re.DOTALL
)


def with_settings(text: str) -> str:
    """The text with a new table between the marks of each group of settings."""
    return _MADE_SETTINGS.sub(
        lambda m: f"{m['begin']}{_settings_table(SettingGroup(m['group']))}{m['end']}", text
    )


def with_run_keys(text: str) -> str:
    """The text with a new table of the keys of a run."""
    keys = [*keys_of_place("run"), *keys_of_place("now"), KEY_BY_ID["app.night"],
            KEY_BY_ID["app.night-anywhere"], KEY_BY_ID["app.commands"]]  # fmt: skip
    rows = [
        f"| {' or '.join(key_words(name) for name in key.keys)} | {key.what.rstrip('.')} |\n"
        for key in keys
    ]
    table = "".join(["| key | what it does |\n| --- | --- |\n", *rows])
    return _MADE_RUN_KEYS.sub(lambda m: f"{m['begin']}{table}{m['end']}", text)


def groups_in(text: str) -> list[SettingGroup]:
    """The groups of settings that the text has marks for."""
    return [SettingGroup(match["group"]) for match in _MADE_SETTINGS.finditer(text)]


def _settings_table(group: SettingGroup) -> str:
    rows = [
        f"| `{s.key}` | {s.what} | {_values(s)} | {f'`{s.default}`' if s.default else s.none} |\n"
        for s in SETTINGS
        if s.group is group
    ]
    return "".join(["| key | what | takes | default |\n| --- | --- | --- | --- |\n", *rows])


def _values(setting: Setting) -> str:
    """What a setting takes, as the file writes it."""
    match setting.kind:
        case ValueKind.CHOICE:
            return ", ".join(f'`"{word}"`' for word in setting.choices)
        case ValueKind.FLAG:
            return "`true`, `false`"
        case ValueKind.WHOLE:
            return f"{setting.least} to {setting.most}{f' {setting.unit}' if setting.unit else ''}"
        case ValueKind.PAUSE:
            return f'a length, `"0s"` to `"{written(setting.most or 0)}"`'
        case ValueKind.HOUR:
            return 'a time of the day, `"00:00"` to `"23:59"`'
        case ValueKind.PLACE:
            return 'latitude and longitude in degrees: `"52.5, 13.4"`'
        case ValueKind.CONDITIONS:
            return "a list of [conditions](format.md#conditions)"
        case ValueKind.LANGUAGE:
            return 'a [language](format.md#language): `"en"`, `"de-CH"`'
        case ValueKind.COLOUR:
            return f"a colour, such as `{setting.example}`"
        case _:
            return f"text, such as `{setting.example}`"


def with_tables(text: str) -> str:
    """The text with a new table between the marks of each kind of table."""
    return _MADE.sub(lambda m: f"{m['begin']}{_table(Owner(m['owner']))}{m['end']}", text)


def owners_in(text: str) -> list[Owner]:
    """The kinds of table that the text has marks for."""
    return [Owner(match["owner"]) for match in _MADE.finditer(text)]


def _table(owner: Owner) -> str:
    rows = [_row(key) for key in BY_OWNER[owner].values()]
    return "".join(["| key | what | takes | default |\n| --- | --- | --- | --- |\n", *rows])


def _row(key: Key) -> str:
    default = "**required**" if key.is_required else _default(key.default)
    return f"| `{key.name}` | {key.what} | {_takes(key)} | {default} |\n"


def _default(default: str) -> str:
    is_value = re.fullmatch(r"\S+", default) and default != "any"
    return f"`{default}`" if is_value else default or "none"


def _takes(key: Key) -> str:
    takes = key.type.value
    link = f"[{takes}](#{takes})"
    if key.type.value in ("line", "prose") and key.most:
        return f"{link}, at most {int(key.most):,} characters"
    if key.type.value in ("whole", "number") and key.most is not None:
        return f"{link}, {key.least:g} to {key.most:g}"
    return link


def _write_all() -> None:
    FORMAT_FILE.write_text(with_tables(FORMAT_FILE.read_text("utf-8")), "utf-8")
    SETTINGS_FILE.write_text(with_settings(SETTINGS_FILE.read_text("utf-8")), "utf-8")
    README_FILE.write_text(with_run_keys(README_FILE.read_text("utf-8")), "utf-8")
    SCHEMA_FILE.write_text(schema_text(), "utf-8")


if __name__ == "__main__":
    _write_all()
