"""Every screen at four sizes, by day, on paper, at night and without colours: text and styles.

In each file of `__screens__` stands for every size what is seen, and under it how: for each row
lengths and letters, and for each look what the letters are. A look that differs from the day in
more than its colours has its own rows.

`pytest tests/tui/test_all_screens.py --snapshot-update` writes them again. Look at a screen
before you take it over: `python -m tests.tui.picture_of "the library" 80x24` draws one.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

import pytest
from rich.style import Style
from textual.strip import Strip

from tests.tui.looks import SCENES
from tests.tui.stage import drawn_when_looked_at, settled
from tests.tui.test_looks import SHOWN_IN

pytestmark = pytest.mark.slow

SIZES = [(40, 12), (80, 24), (120, 40), (200, 50)]
FOLDER = Path(__file__).parent / "__screens__"
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
SHOWN = (*SHOWN_IN, "paused", "the last seconds", "on the left", "on the right", "a still soak",
         "a prompt", "what is left out", "the library searched", "a soak that listens")  # fmt: skip

Rows = tuple[tuple[str, tuple[str, ...]], ...]
"""The rows of a screen: the text of each, and the style of each of its cells."""


def rows_of(lines: Iterable[Strip]) -> Rows:
    """The rows of these lines."""
    return tuple(
        (
            strip.text,
            tuple(
                name for segment in strip for name in [_named(segment.style)] * segment.cell_length
            ),
        )
        for strip in lines
    )


def _named(style: Style | None) -> str:
    """The two colours of a style, and what else it is."""
    if style is None:
        return "-/-"
    colours = (
        colour.name if colour is not None and colour.name != "default" else "-"
        for colour in (style.color, style.bgcolor)
    )
    words = (
        word for word in ("bold", "dim", "italic", "underline", "reverse", "blink")
        if getattr(style, word)
    )  # fmt: skip
    return " ".join(("/".join(colours), *words))


def _text(rows: Rows) -> str:
    return "\n".join(f"|{text.rstrip()}" for text, _ in rows)


def _runs(rows: Rows) -> tuple[str, str]:
    """How rows are drawn: lengths and letters, and what each letter is."""
    letters: dict[str, str] = {}
    lines: list[str] = []
    for _, styles in rows:
        runs = []
        for style, cells in groupby(styles):
            letter = letters.setdefault(style, LETTERS[len(letters)])
            runs.append(f"{sum(1 for _ in cells)}{letter}")
        lines.append(" ".join(runs))
    alike = ((line, sum(1 for _ in same)) for line, same in groupby(lines))
    drawn = "\n".join(line if count == 1 else f"{count} x {line}" for line, count in alike)
    return drawn, ", ".join(f"{letter} {style}" for style, letter in letters.items())


def described(looks: Mapping[str, Rows]) -> Iterator[str]:
    """A screen of one size in all its looks, the day first."""
    day = looks["day"]
    drawn_by_day, _ = _runs(day)
    yield _text(day)
    yield drawn_by_day
    for look, rows in looks.items():
        drawn, letters = _runs(rows)
        if _text(rows) != _text(day):
            yield f"{look}:\n{_text(rows)}"
        if drawn != drawn_by_day:
            yield f"{look}:\n{drawn}"
        yield f"{look}: {letters}"


@pytest.mark.parametrize("name", SHOWN)
async def test_a_screen_looks_as_it_did(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    found: dict[tuple[int, int], dict[str, Rows]] = {size: {} for size in SIZES}
    for start, then in (("day", ("paper", "night")), ("no colour", ())):
        if start == "no colour":
            monkeypatch.setenv("NO_COLOR", "1")
        folder = tmp_path / start
        folder.mkdir()
        on = SCENES[name].staged(folder)
        async with on.app.run_test(size=SIZES[0], notifications=True) as pilot:
            await SCENES[name].played(on, pilot)
            for look in (start, *then):
                if look == "paper":
                    on.app.theme = look
                elif look == "night":
                    on.app.night.toggle()
                with drawn_when_looked_at():
                    for size in SIZES:
                        await pilot.resize_terminal(*size)
                        found[size][look] = rows_of(await settled(on, pilot))
    text = "\n".join(
        line
        for (columns, rows), looks in found.items()
        for line in (f"=== {columns} x {rows}", *described(looks))
    )
    file = FOLDER / f"{name.replace(' ', '-')}.txt"
    if request.config.getoption("--snapshot-update"):
        FOLDER.mkdir(exist_ok=True)
        file.write_text(f"{text}\n", encoding="utf-8")
    assert file.read_text(encoding="utf-8") == f"{text}\n"


def test_no_picture_is_left_of_a_screen_that_is_gone() -> None:
    assert {file.stem for file in FOLDER.glob("*")} == {name.replace(" ", "-") for name in SHOWN}
