"""The house order: the same document with every comment; a second run changes nothing."""

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from uncramp.core.routine.keys import KEYS
from uncramp.library import formatter
from uncramp.library.formatter import CannotOrder, NotToml, in_house_order, ordered, says_the_same
from uncramp.library.retitle import with_title

ROOT = Path(__file__).parents[2]
CORPUS = sorted(
    [
        *(ROOT / "routines").glob("*.toml"),
        *(ROOT / "docs/recipes").glob("*.toml"),
        *(ROOT / "tests/bad_routines").glob("*.toml"),
    ]
)

MESSY = """\
#:schema ./routine.schema.json
# My evening

# What people see.
title="Evening"   # the title
urgent = false
# All of them.
tags = [
  "a",   # the first
  "b",
]
summary = '''
two # no comment
lines'''

# --- steps ---

[[ steps ]]
time = "1m"
# sides = "each"

name = "Soak"


[[steps.prompts]]
say = "x"
at = "halfway"
[steps.cues]
tick = false
end = "end"

# For each leg.
[[steps]]
sides = "each"
[[steps.steps]]
time = 5
name = "Tap" # lightly
[[steps.steps]]
sides="left"
point = "KD3"
time = "5s"
  # The sounds.
  [cues]
  volume = 0.5
  start = "start"
[extra.b]
z = 1
a = 2
[extra]
q = 1

# The end.
"""

IN_ORDER = """\
#:schema ./routine.schema.json
# My evening

# What people see.
title = "Evening"  # the title
summary = '''
two # no comment
lines'''
# All of them.
tags = [
  "a",   # the first
  "b",
]
urgent = false

# The sounds.
[cues]
start = "start"
volume = 0.5

[extra]
q = 1

[extra.b]
z = 1
a = 2

# --- steps ---

[[steps]]
name = "Soak"
time = "1m"
# sides = "each"

[steps.cues]
tick = false
end = "end"

[[steps.prompts]]
at = "halfway"
say = "x"

# For each leg.
[[steps]]
sides = "each"

[[steps.steps]]
name = "Tap"  # lightly
time = 5

[[steps.steps]]
point = "KD3"
time = "5s"
sides = "left"

# The end.
"""


def comments_of(text: str) -> Counter[str]:
    """Every line's comment, as far as no text has a # in it."""
    return Counter(match.strip() for match in re.findall(r"#.*", text))


def test_a_messy_file_is_put_in_order() -> None:
    assert in_house_order(MESSY) == IN_ORDER


def test_spaces_at_the_end_of_a_line_go_but_not_those_of_a_text() -> None:
    text = 'tags = [ \t\n  "a ",  # x  \n  """b \n  """, \n]  \n'
    assert in_house_order(text) == 'tags = [\n  "a ",  # x\n  """b \n  """,\n]\n'


def test_what_is_in_order_stays_as_it_is() -> None:
    assert in_house_order(IN_ORDER) == IN_ORDER


@pytest.mark.parametrize("file", CORPUS, ids=lambda file: file.stem)
def test_a_file_says_the_same_in_order(file: Path) -> None:
    data = file.read_bytes()
    try:
        after = ordered(data, file.name)
    except NotToml as refused:
        assert refused.problems
        return
    text = data.decode("utf-8-sig")
    assert says_the_same(tomllib.loads(after.decode()), tomllib.loads(text))
    assert comments_of(after.decode()) == comments_of(text.replace("\r", ""))
    assert ordered(after, file.name) == after


NAMES = st.sampled_from([*{key.name for key in KEYS}, "mine", "a b", 'q"', "steps", "cues"])
VALUES = st.recursive(
    st.one_of(
        st.booleans(),
        st.integers(-9, 9),
        st.floats(),
        st.text("ab\"'\\[]{}= \n\té😀", max_size=6),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
)


@st.composite
def commented_texts(draw: st.DrawFn) -> str:
    """A TOML text of any tables, with comments and blank lines between any two of its lines."""
    document: dict[str, Any] = draw(st.dictionaries(NAMES, VALUES, max_size=5))
    lines: list[str] = []
    for number, line in enumerate(tomli_w.dumps(document).splitlines()):
        lines += draw(st.lists(st.sampled_from(["", f"# {number}", "  # x"]), max_size=3))
        lines.append(line + draw(st.sampled_from(["", "  ", " # y"])))
    lines += draw(st.lists(st.sampled_from(["", "# last"]), max_size=3))
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines)


@given(commented_texts())
def test_any_text_says_the_same_and_is_settled_after_once(text: str) -> None:
    after = in_house_order(text)
    assert says_the_same(tomllib.loads(after), tomllib.loads(text))
    assert comments_of(after) == comments_of(text.replace("\r", ""))
    assert in_house_order(after) == after
    assert not re.search(r"[ \t]\n|\A\n|\n\n\Z", re.sub(r'"[^\n]*"', "_", after))


def test_keys_of_the_writers_own_keep_their_order() -> None:
    text = 'title = "x"\n\n[extra]\ntitle = 2\nmine = 1\n\n[extra.steps]\ntime = 2\nname = 1\n'
    assert in_house_order(text) == text


def test_a_text_that_would_say_something_else_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formatter._File, "lines", lambda _: iter(['title = "Another"']))
    with pytest.raises(CannotOrder, match="left alone"):
        in_house_order('title = "x"\n')


def test_what_is_no_toml_is_refused_with_its_problems() -> None:
    with pytest.raises(NotToml) as refused:
        ordered(b"title = Evening\n", "evening.toml")
    assert "no quotes" in refused.value.problems[0].message


@pytest.mark.parametrize(
    ("one", "other"), [(1, 1.0), (1, True), ([1], [2]), ({"a": 1}, {"b": 1}), ([1], [1, 1])]
)
def test_values_that_differ_do_not_say_the_same(one: object, other: object) -> None:
    assert not says_the_same(one, other)


def test_not_a_number_says_the_same_as_itself() -> None:
    assert says_the_same({"a": [float("nan")]}, {"a": [float("nan")]})


# Titles


def test_a_title_is_changed_and_nothing_else() -> None:
    data = b'\xef\xbb\xbf# Mine\r\ntitle = "Old"  # keep\r\n\r\n[[steps]]\r\nname="a" # b\r\n'
    after = with_title(data, 'A "new" \\ one 😀')
    assert after == data.replace(b'"Old"', '"A \\"new\\" \\\\ one 😀"'.encode())


def test_a_title_over_lines_is_changed_whole() -> None:
    data = b'author = "A"\r\ntitle = """\r\nOld\r\none"""  # keep\r\n[cues]\r\n'
    after = with_title(data, "New")
    assert after == b'author = "A"\r\ntitle = "New"  # keep\r\n[cues]\r\n'


def test_a_title_is_changed_in_a_file_of_blank_lines() -> None:
    blank = b"\n" * 900_000
    after = with_title(b'title = "Old"' + blank + b"[[steps]]\n", "New")
    assert after == b'title = "New"' + blank + b"[[steps]]\n"


@pytest.mark.parametrize("file", sorted((ROOT / "routines").glob("*.toml")), ids=lambda f: f.stem)
def test_a_bundled_routine_keeps_every_line_but_its_title(file: Path) -> None:
    before = file.read_bytes().splitlines()
    after = with_title(file.read_bytes(), "Mine").splitlines()
    changed = [line for line, old in zip(after, before, strict=True) if line != old]
    assert changed == [b'title = "Mine"']
