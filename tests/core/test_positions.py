"""The places of keys and values in a TOML text."""

import tomllib
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.core.toml.positions import Locator, Path, path_text
from uncramp.core.toml.problems import Place


def stretch(text: str, place: Place) -> str:
    """What stands at the place, cut out by its lines and columns."""
    lines = text.split("\n")
    if place.line == place.end_line:
        return lines[place.line - 1][place.column - 1 : place.end_column - 1]
    first = lines[place.line - 1][place.column - 1 :]
    between = lines[place.line : place.end_line - 1]
    return "\n".join([first, *between, lines[place.end_line - 1][: place.end_column - 1]])


def value_at(locator: Locator, *path: str | int) -> str:
    place = locator.value(path)
    assert place is not None
    return stretch(locator.text, place)


def key_at(locator: Locator, *path: str | int) -> str:
    place = locator.key(path)
    assert place is not None
    return stretch(locator.text, place)


ROUTINE = '''\ufeff# Bedtime, as we do it
title = "Bedtime" # a comment with = and "quotes"
cues.end = "bell"
"cautions" = [
\t"Not [this] one", # nor = that
\t'C:\\bell',
]

[[steps]]
name = "足湯"
time = "20m"
cues = { start = "bell", "end" = false, tick.x = [1, [2, 3]] }

[[steps]]
sides = "each"

[[steps.steps]]
how = """
Roll it "gently",
from the ankle up.""""
time = 90

[steps.steps.cues]
voice = false

[[steps.steps]]
time = 1979-05-27 07:32:00
'''.removeprefix("\ufeff")


def test_finds_keys_and_values() -> None:
    locator = Locator(ROUTINE)
    assert value_at(locator, "title") == '"Bedtime"'
    assert key_at(locator, "title") == "title"
    assert key_at(locator, "cues", "end") == "end"
    assert key_at(locator, "cues") == "cues"
    assert key_at(locator, "cautions") == '"cautions"'
    assert value_at(locator, "cautions", 0) == '"Not [this] one"'
    assert value_at(locator, "cautions", 1) == "'C:\\bell'"
    assert value_at(locator, "steps", 0, "name") == '"足湯"'
    assert value_at(locator, "steps", 0, "cues", "end") == "false"
    assert key_at(locator, "steps", 0, "cues", "end") == '"end"'
    assert value_at(locator, "steps", 0, "cues", "tick", "x", 1, 0) == "2"
    assert value_at(locator, "steps", 1, "steps", 0, "time") == "90"
    assert value_at(locator, "steps", 1, "steps", 0, "how").endswith('up.""""')
    assert value_at(locator, "steps", 1, "steps", 0, "cues", "voice") == "false"
    assert value_at(locator, "steps", 1, "steps", 1, "time") == "1979-05-27 07:32:00"


def test_a_table_is_found_at_its_header() -> None:
    locator = Locator(ROUTINE)
    assert value_at(locator, "steps", 1) == "[[steps]]"
    assert locator.value(("steps", 1)) == Place(14, 1, 14, 10)
    assert value_at(locator, "steps", 1, "steps", 0, "cues") == "[steps.steps.cues]"


@pytest.mark.parametrize(
    "path",
    [("nothing",), ("title", 0), ("steps", 9), ("steps", 0, "cues", "no"), ("cautions", 2), ()],
)
def test_what_is_not_written_has_no_place(path: Path) -> None:
    locator = Locator(ROUTINE)
    assert locator.key(path) is None
    assert locator.value(path) is None


def test_columns_count_characters_from_one_and_line_ends_of_windows_are_none() -> None:
    locator = Locator('足 = 1\r\n\tb = "é"\r\n'.replace("足", '"足"'))
    assert locator.value(("足",)) == Place(1, 7, 1, 8)
    assert locator.value(("b",)) == Place(2, 6, 2, 9)
    assert locator.line(2) == '\tb = "é"'


def test_a_path_is_written_as_a_person_reads_it() -> None:
    assert path_text(("steps", 3, "steps", 1, "name")) == "steps[3].steps[1].name"
    assert path_text(("extra", "a b", 'c"d')) == 'extra."a b"."c\\"d"'


# Any text that TOML's own reader reads, against what it reads there.

names = st.one_of(
    st.sampled_from(["a", "b", "steps", "time", "9", "-"]),
    st.text(st.sampled_from('ab."#=[]{} 足\\\n\t'), max_size=4),
)
gaps = st.sampled_from(["", " ", "\t", "  "])
comments = st.sampled_from(["", " # note", " # [x] = \"'", "\t#足"])
ends = st.sampled_from(["\n", "\r\n", "\n\n", "\n# [a.b]\n", "\r\n \t\n"])


def written_key(draw: st.DrawFn, name: str) -> str:
    is_bare = name.isascii() and name.replace("-", "").isalnum()
    if is_bare and draw(st.booleans()):
        return name
    if "'" not in name and "\n" not in name and draw(st.booleans()):
        return f"'{name}'"
    escaped = name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + escaped.replace("\t", "\\t") + '"'


PLAIN_KINDS = ["int", "text", "literal", "long", "long literal", "float", "date"]


def written_value(draw: st.DrawFn, number: Iterator[int], depth: int) -> str:
    """A value that holds a number which no other value holds."""
    kind = draw(st.sampled_from(PLAIN_KINDS if depth > 2 else [*PLAIN_KINDS, "list", "table"]))
    n = next(number)
    inner = draw(gaps)
    match kind:
        case "int":
            return str(n)
        case "float":
            return f"{n}.5e0"
        case "date":
            return f"{1900 + n % 8000:04}-01-01" + draw(
                st.sampled_from(["", " 00:00:00", "T01:02:03Z"])
            )
        case "text":
            return f'"{n} \\" # ] }} , = 足\\\\"'
        case "literal":
            return f"'{n} \" # ] }} , \\'"
        case "long":
            end = draw(st.sampled_from(['"""', '""""', '"""""']))
            return f'"""{n}\n""x" # ]\\\n [[steps]]\n a = 1 \\"""{end}'
        case "long literal":
            end = draw(st.sampled_from(["'''", "''''", "'''''"]))
            return f"'''{n}\n''x' # ]\\\n [[steps]]\n{end}"
        case "list":
            gap = draw(st.sampled_from(["", " ", "\n", " # ] x\n\t", "\r\n"]))
            entries = [
                written_value(draw, number, depth + 1) for _ in range(draw(st.integers(0, 3)))
            ]
            comma = draw(st.sampled_from(["", ","])) if entries else ""
            return "[" + gap + f"{gap},{gap}".join(entries) + gap + comma + gap + "]"
        case _:
            keys = draw(st.lists(names, max_size=3, unique=True))
            pairs = [
                f"{inner}{written_key(draw, key)}{inner}={inner}"
                + written_value(draw, number, depth + 1)
                for key in keys
            ]
            return "{" + ",".join(pairs) + inner + "}"


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A text that is mostly TOML; the tests discard texts that are not."""
    number = count(1)
    text = draw(st.sampled_from(["", "\n", "# first\n"]))
    for _ in range(draw(st.integers(1, 8))):
        parts = draw(st.lists(names, min_size=1, max_size=3))
        gap = draw(gaps)
        key = f"{gap}.{gap}".join(written_key(draw, part) for part in parts)
        kind = draw(st.sampled_from(["pair", "pair", "pair", "[", "[["]))
        if kind == "pair":
            text += f"{gap}{key}{gap}={gap}{written_value(draw, number, 0)}"
        else:
            text += f"{gap}{kind}{gap}{key}{gap}{kind.replace('[', ']')}"
        text += draw(comments) + draw(ends)
    return text


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value within, lists and tables too."""
    if path:
        yield path, value
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, (*path, name))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from leaves(inner, (*path, at))


@given(documents())
def test_each_place_holds_what_toml_reads_there(text: str) -> None:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    locator = Locator(text)
    for path, value in leaves(document):
        key, place = locator.key(path), locator.value(path)
        assert key is not None, path
        assert place is not None, path
        written = stretch(text, place)
        if written.startswith("[") and written.endswith("]") and isinstance(value, dict):
            continue  # The header of a table.
        if written.startswith("[[") and isinstance(value, list) and place == key:
            continue  # The first header of a list of tables.
        if place != key or isinstance(path[-1], int):
            assert tomllib.loads(f"it = {written}")["it"] == value
        if isinstance(path[-1], str):
            name = stretch(text, key)
            if name.startswith("["):
                name = name.strip("[]")
                assert path[-1] in flat(tomllib.loads(f"{name} = 0"))
            else:
                assert tomllib.loads(f"{name} = 0") == {path[-1]: 0}


def flat(table: Any) -> list[str]:
    """All the keys on the way down."""
    return [
        *table,
        *(name for inner in table.values() if isinstance(inner, dict) for name in flat(inner)),
    ]
