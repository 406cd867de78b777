"""A person's own colours: how they are written, and which are readable on which."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.looks import contrast as contrast_seen
from uncramp.core.toml.problems import Problem, Severity
from uncramp.settings import Settings, read_settings
from uncramp.settings.colours import (
    DARK,
    LIGHT,
    MEADOW,
    OCEAN,
    READABLE,
    colour_in,
    contrast,
    faint,
    mixed,
    whole,
)
from uncramp.tui.theme import own_theme

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


def read(text: str, tmp_path: Path) -> Settings:
    file = tmp_path / "settings.toml"
    file.write_text(text, "utf-8")
    return read_settings(file)


def parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#e3a95c", "#E3A95C"), (" #EA5 ", "#EEAA55"), ("Teal", "#008080"), ("e3a95c", None),
        ("#e3a95", None), ("#e3a95c00", None), ("rgb(1,2,3)", None), ("", None), ("#", None),
    ],
)  # fmt: skip
def test_a_colour_is_hex_or_one_of_a_few_names(text: str, colour: str | None) -> None:
    assert colour_in(text) == colour


@given(COLOURS, COLOURS)
def test_contrast_is_what_the_tests_of_the_screen_measure(one: str, other: str) -> None:
    assert contrast(one, other) == pytest.approx(contrast_seen(parts(one), parts(other)))
    assert mixed(one, other, 0) == one
    assert mixed(one, other, 1) == other


@pytest.mark.parametrize("look", [DARK, LIGHT, OCEAN, MEADOW])
def test_our_own_looks_can_be_read(look: dict[str, str]) -> None:
    assert list(faint(look)) == []
    assert whole(look) == look


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from(sorted(DARK)), COLOURS))
def test_what_is_faint_is_told_with_a_colour_that_is_not(colours: dict[str, str]) -> None:
    for name, found, other, better in faint(colours):
        assert name in colours
        assert found < READABLE
        assert found == pytest.approx(contrast(whole(colours)[name], whole(colours)[other]))
        if better:
            grounds = ("background", "surface")
            again = {**colours, name: better}
            if name not in grounds:
                assert name not in {faulty for faulty, *_ in faint(again)}
    look = whole(colours)
    theme = own_theme(colours)
    assert (theme.background, theme.foreground) == (look["background"], look["text"])
    if not list(faint(look)):
        muted = theme.variables["text-muted"]
        assert min(contrast(muted, look[g]) for g in ("background", "surface")) >= READABLE


def test_a_light_ground_takes_what_is_missing_from_the_light_look() -> None:
    assert whole({"background": "#FFFFFF"})["text"] == LIGHT["text"]
    assert whole({"background": "#000010"})["text"] == DARK["text"]
    assert own_theme({"background": "#FFFFFF"}).dark is False
    assert own_theme({}).name != own_theme({"text": "#FFFFFF"}).name


def places(problems: tuple[Problem, ...]) -> list[tuple[str, int]]:
    return [(p.code, p.place.line if p.place else 0) for p in problems]


def test_every_problem_has_its_line_and_what_to_write(tmp_path: Path) -> None:
    settings = read(
        '[colours]\ntext = "e3a95c"\nprimary = 12\naccent = "bleu"\nforground = "#FFFFFF"\n'
        'warning = "#202020"\n',
        tmp_path,
    )
    assert settings.colours == {"warning": "#202020"}
    assert places(settings.problems) == [
        ("not-a-colour", 2), ("wrong-type", 3), ("not-a-colour", 4), ("unknown-key", 5),
        ("low-contrast", 6),
    ]  # fmt: skip
    text, primary, accent, unknown, warning = settings.problems
    assert 'Write "#E3A95C".' in text.message
    assert 'takes a colour: "#E3A95C"' in primary.message
    assert 'Write "blue".' in accent.message
    assert '"text"' in unknown.message
    assert (warning.severity, warning.suggestion) == (Severity.WARNING, "#848484")
    assert "what is read needs 4.5 to 1" in warning.message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[colors]\ntext = "#FFFFFF"\n', "Did you mean [colours]?"),
        ('colours = "dark"\n', 'Write [colours], and under it background = "#15120E".'),
    ],
)
def test_the_table_that_was_meant_is_named(text: str, words: str, tmp_path: Path) -> None:
    (problem,) = read(text, tmp_path).problems
    assert words in problem.message
