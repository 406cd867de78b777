"""Changes one value in the text of a settings file, and keeps every other line.

Each way to write a value is tried until one gives a text with the right meaning: the same as before
except for that value.
"""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from uncramp.core.lazy.pattern import lazy_pattern
from uncramp.core.toml.positions import Locator
from uncramp.core.toml.problems import Place
from uncramp.settings.spec import FREE_GROUPS, HEADINGS, SETTINGS, Setting, SettingGroup
from uncramp.settings.values import TomlValue, toml_text

_BARE = lazy_pattern(r"[A-Za-z0-9_-]+")


def new_file_text() -> str:
    """A file of all settings with their defaults, each commented out."""
    lines = ["# Settings of uncramp. Take away a # and change what comes after the =."]
    for group in SettingGroup:
        lines += ["", f"# {HEADINGS[group]}"]
        if group:
            lines.append(f"[{group}]")
        if group in FREE_GROUPS:
            what, example = FREE_GROUPS[group]
            lines += [*_comment(what), f"# {example}"]
        for setting in SETTINGS:
            if setting.group is group:
                lines += [line for words in _explained(setting) for line in _comment(words)]
                lines.append(f"# {setting.key} = {setting.default or setting.example}")
    return "\n".join(lines) + "\n"


def _comment(words: str) -> list[str]:
    from textwrap import wrap

    return wrap(words, 78, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)


def _explained(setting: Setting) -> Iterator[str]:
    yield setting.what
    if setting.choices:
        yield f"One of: {', '.join(setting.choices)}."
    if setting.none:
        yield f"By default: {setting.none}. For example:"


def with_value(text: str, path: tuple[str, ...], value: TomlValue) -> str | None:
    """The text with `value` at `path`; None if nothing works without damage."""
    wanted = _with(tomllib.loads(text), path, _plain(value))
    if wanted is None:
        return None
    return _first_that_means(wanted, _ways_to_set(text, path, toml_text(value)))


def without(text: str, path: tuple[str, ...], instead: str = "") -> str | None:
    """The text without the value at `path`; None if nothing works without damage.

    If it has its own line, the comment `instead` replaces it.
    """
    document = tomllib.loads(text)
    if written_path(document, path) is None:
        return text
    wanted = _without(document, path)
    return _first_that_means(wanted, _ways_to_unset(text, path, instead))


def written_path(document: dict[str, Any], path: tuple[str, ...]) -> tuple[str, ...] | None:
    """How `path` is written: "run.pause" or run.pause; None if it is not."""
    for spelling in (path, (path[0], *path[-1].split("."))):
        table: Any = document
        for key in spelling:
            table = table.get(key) if isinstance(table, dict) else None
        if table is not None:
            return spelling
    return None


def _first_that_means(wanted: dict[str, Any], ways: Iterator[str]) -> str | None:
    for text in ways:
        try:
            if _bare(tomllib.loads(text)) == _bare(wanted):
                return text
        except ValueError:
            continue
    return None


def _bare(document: dict[str, Any]) -> dict[str, Any]:
    """The document without empty tables, which set nothing."""
    return {key: value for key, value in document.items() if value != {}}


def _ways_to_set(text: str, path: tuple[str, ...], value: str) -> Iterator[str]:
    locator = Locator(text)
    written = written_path(tomllib.loads(text), path)
    if written is not None:
        place = locator.value(written)
        if place:
            start, end = _span(text, place)
            yield text[:start] + value + text[end:]
        return
    *table, key = path
    statement = f"{_key_text(key)} = {value}"
    end_of_line = "\r\n" if "\r\n" in text else "\n"
    # A commented line of the new file that can be used.
    for match in re.finditer(rf"^#[ \t]?{re.escape(_key_text(key))}[ \t]*=.*$", text, re.MULTILINE):
        line_end = "\r" if match[0].endswith("\r") else ""
        yield text[: match.start()] + statement + line_end + text[match.end() :]
    if not table:
        # Before everything else, because further down it could fall into a table.
        yield statement + end_of_line + text
        return
    header = locator.key(tuple(table))
    if header:
        inline = locator.value(tuple(table))
        if inline and inline != header:
            yield from _ways_into_inline(text, _span(text, inline), statement)
        line_start, _ = _span(text, header)
        after = text.find("\n", line_start) + 1 or len(text)
        before = text[:after] if text[:after].endswith("\n") else text[:after] + end_of_line
        yield before + statement + end_of_line + text[after:]
        yield ".".join(map(_key_text, table)) + f".{statement}{end_of_line}{text}"
    lead = text if not text or text.endswith("\n") else text + end_of_line
    gap = end_of_line if text else ""
    yield f"{lead}{gap}[{'.'.join(map(_key_text, table))}]{end_of_line}{statement}{end_of_line}"


def _ways_into_inline(text: str, span: tuple[int, int], statement: str) -> Iterator[str]:
    start, end = span
    inside = text[start + 1 : end - 1]
    comma = ", " if inside.strip() else " "
    yield f"{text[: start + 1]}{inside.rstrip()}{comma}{statement} {text[end - 1 :]}"


def _ways_to_unset(text: str, path: tuple[str, ...], instead: str) -> Iterator[str]:
    written = written_path(tomllib.loads(text), path)
    locator = Locator(text)
    key = locator.key(written) if written else None
    value = locator.value(written) if written else None
    if key is None or value is None:
        return
    start, end = _span(text, key)[0], _span(text, value)[1]
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    rest = text[end : line_end if line_end >= 0 else len(text)]
    if not rest.strip() and not instead:
        yield text[:line_start] + (text[line_end + 1 :] if line_end >= 0 else "")
    yield text[:line_start] + (f"# {instead}" if instead else "") + rest + text[end + len(rest) :]
    # In an inline table: with the comma before it, or else the one after it.
    before = re.search(r",[ \t]*$", text[:start])
    if before:
        yield text[: before.start()] + text[end:]
    after = re.match(r"[ \t]*,[ \t]*", text[end:])
    yield text[:start] + text[end + (after.end() if after else 0) :]


def _key_text(key: str) -> str:
    return key if _BARE.fullmatch(key) else toml_text(key)


def _span(text: str, place: Place) -> tuple[int, int]:
    """The offsets of a place of the text."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    return (
        starts[place.line - 1] + place.column - 1,
        starts[place.end_line - 1] + place.end_column - 1,
    )


def _plain(value: TomlValue) -> Any:
    return tomllib.loads(f"k = {toml_text(value)}")["k"]


def _with(document: dict[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any] | None:
    """The document with that value; None if something other than a table is in the way."""
    written = written_path(document, path) or path
    table = document
    for key in written[:-1]:
        table = table.setdefault(key, {})
        if not isinstance(table, dict):
            return None
    table[written[-1]] = value
    return document


def _without(document: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    written = written_path(document, path)
    assert written is not None
    table = document
    for key in written[:-1]:
        table = table[key]
    del table[written[-1]]
    return document
