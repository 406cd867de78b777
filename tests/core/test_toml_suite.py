"""The public TOML test suite: every value is found at its place, every refusal is in words."""

import tomllib
from collections.abc import Iterator
from pathlib import Path as File
from typing import Any

import pytest
import tomlkit
from tomlkit.items import AoT, Item, Table

from tests.core.surroundings import read_text
from tests.core.test_positions import stretch
from uncramp.core.toml.positions import Locator, Path

SUITE = File(__file__).parents[1] / "toml_test"
VALID = sorted((SUITE / "valid").rglob("*.toml"))
INVALID = sorted((SUITE / "invalid").rglob("*.toml"))


def is_refused(file: File) -> bool:
    try:
        tomllib.loads(file.read_bytes().decode())
    except ValueError:
        return True
    return False


def named(file: File) -> str:
    return file.relative_to(SUITE).as_posix()


def walked(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value of a document with its path, containers before what they hold."""
    if path:
        yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from walked(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from walked(inner, (*path, index))


def item_at(document: tomlkit.TOMLDocument, path: Path) -> Any:
    item: Any = document
    for part in path:
        item = item[part]
    return item


def as_written(item: Any) -> str | None:
    """The text that the second parser kept of a value; None for a table under headers or dots."""
    if isinstance(item, bool):
        return "true" if item else "false"
    if not isinstance(item, Item) or isinstance(item, Table | AoT):
        return None
    return item.as_string()


def test_the_suite_is_whole() -> None:
    assert (len(VALID), len(INVALID)) == (205, 473)


@pytest.mark.parametrize("file", VALID, ids=named)
def test_every_value_is_found_where_it_stands(file: File) -> None:
    text = file.read_bytes().decode()
    document = tomllib.loads(text)
    kept = tomlkit.parse(text)
    locator = Locator(text)
    for path, value in walked(document):
        place, key_place = locator.value(path), locator.key(path)
        assert place is not None and key_place is not None, path
        found = stretch(text, place)
        written = as_written(item_at(kept, path))
        if written is not None:
            assert found == written, path
            # Alone it is the same value: no character more or less.
            assert repr(tomllib.loads(f"x = {found}")["x"]) == repr(value), path
        elif found.startswith("["):
            names = [part for part in path if isinstance(part, str)]
            assert headed(found)[: len(names)] == names, path
        else:
            assert tomllib.loads(f"{found} = 1") == {path[-1]: 1}, path
        key = stretch(text, key_place)
        if isinstance(path[-1], str) and not key.startswith("["):
            assert tomllib.loads(f"{key} = 1") == {path[-1]: 1}, path


def headed(header: str) -> list[str]:
    """The names in a header, in order."""
    names, table = [], tomllib.loads(header)
    while table:
        name, inner = next(iter(table.items()))
        names.append(name)
        table = inner[0] if isinstance(inner, list) else inner
    return names


@pytest.mark.parametrize("file", INVALID, ids=named)
def test_a_refusal_is_in_words_and_points_into_the_file(file: File) -> None:
    data = file.read_bytes()
    problems = read_text(data).problems
    assert problems
    text = data.decode("utf-8", "replace")
    lines = text.split("\n")
    for problem in problems:
        assert problem.message[-1] in ".…?", problem
        for foul in ("Traceback", "Error", "Exception", "invalid", "Invalid", "None"):
            assert foul not in problem.message or foul in text, problem
        place = problem.place
        if place is not None:
            assert 1 <= place.line <= place.end_line <= len(lines), problem
            assert (place.line, place.column) < (place.end_line, place.end_column), problem
            assert place.column <= len(lines[place.line - 1]) + 1, problem
            assert place.end_column <= len(lines[place.end_line - 1]) + 1, problem
    # The reported problems must include what TOML forbids, not only that it is not a routine.
    told_of_toml = {p.code for p in problems} - {"missing-key", "unknown-key", "wrong-type"}
    assert told_of_toml or not is_refused(file), problems
