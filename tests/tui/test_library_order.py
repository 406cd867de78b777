"""The library's rows: their order, their words, and what is shown beside them."""

import json
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from tests.tui.stage import Stage, seen, stage
from uncramp.core.suitability.listing import Listing
from uncramp.runs.file_names import FILE_NAME
from uncramp.system import paths
from uncramp.tui.library.rows import row_of
from uncramp.tui.library.screen import FEWEST_READ, FIRST_TIME, MOST_READ, LibraryScreen
from uncramp.tui.widgets.routine_list import Heading, RoutineList, Row

TEN_AT_NIGHT = datetime(2026, 11, 21, 22, 0).astimezone()

STEP = '[[steps]]\nname = "Rub the sole"\ntime = "30s"\nsides = "each"\n'


def files(**more: str) -> dict[str, str]:
    made = {word: f'title = "{word.capitalize()}"\n{STEP}' for word in ("ann", "bea", "cleo")}
    urgent = f'title = "Zero"\nurgent = true\nunless = ["cannot-stand"]\n{STEP}'
    return made | {"zero": urgent} | more


def was_run(routine_id: str, when: datetime) -> None:
    folder = paths.history_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / FILE_NAME).open("a", encoding="utf-8") as file:
        file.write(json.dumps({"routine_id": routine_id, "started": when.isoformat()}) + "\n")


def headings(on: Stage) -> list[Heading]:
    return [row for row in on.app.screen.query_one(RoutineList).rows if isinstance(row, Heading)]


def at_ten(on: Stage, then: datetime = TEN_AT_NIGHT) -> LibraryScreen:
    """The library's screen, at ten at night."""
    screen = on.app.screen
    assert isinstance(screen, LibraryScreen)
    clocks = replace(screen.data.clocks, wall=then.timestamp)
    screen.data = replace(screen.data, clocks=clocks)
    screen.sort()
    return screen


def rows(on: Stage) -> list[Row]:
    return list(on.app.screen.query_one(RoutineList).routines)


def ids(on: Stage) -> list[str]:
    return [row.id for row in rows(on)]


def chosen_id(on: Stage) -> str:
    row = on.app.screen.query_one(RoutineList).chosen_row
    assert row is not None
    return row.id


def said_of_oneself(*conditions: str) -> None:
    file = paths.settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"conditions = {json.dumps(conditions)}\n", encoding="utf-8")


async def test_what_belongs_to_this_hour_is_first_and_what_was_run_last_is_next(
    tmp_path: Path,
) -> None:
    was_run("cleo", TEN_AT_NIGHT.replace(day=18, hour=23))
    was_run("bea", TEN_AT_NIGHT.replace(day=21, hour=9))
    on = stage(tmp_path, None, files=files())
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        at_ten(on)
        assert ids(on) == ["zero", "cleo", "bea", "ann"]
        assert chosen_id(on) == "zero"
        assert FIRST_TIME not in seen(on)


async def test_groups_stand_under_their_words_and_a_search_has_none(tmp_path: Path) -> None:
    soak = f'title = "Soak"\ntags = ["evening"]\n{STEP}'
    on = stage(tmp_path, None, files=files())
    (tmp_path / "bundled" / "soak.toml").write_text(soak, encoding="utf-8")
    (tmp_path / "bundled" / "rub.toml").write_text(f'title = "Rub"\n{STEP}', encoding="utf-8")
    async with on.app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        assert [row.words for row in headings(on)] == [
            "For a cramp now", "For the evening", "After a cramp, and by day", "Yours",
        ]  # fmt: skip
        assert FIRST_TIME in seen(on)
        evening = TEN_AT_NIGHT.replace(hour=19)
        screen = at_ten(on, evening)
        assert [row.words for row in headings(on)][:2] == ["For the evening", "For a cramp now"]
        assert chosen_id(on) == "soak"
        await pilot.press(*"soak")
        assert headings(on) == []
        assert ids(on) == ["soak"]
        await pilot.press("escape", *["down"] * 9, "ctrl+home")
        assert screen.routines.scroll_offset.y == 0


async def test_a_star_is_a_sign_in_the_row_and_is_kept(tmp_path: Path) -> None:
    on = stage(tmp_path, None, files=files())
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c", "l", "e", "f8")
        assert "★ Cleo" in seen(on)
        await pilot.press("escape")
        await pilot.pause()
        assert ids(on) == ["zero", "ann", "bea", "cleo"], "nothing moves under the hand"
    again = stage(tmp_path, None, files=files())
    async with again.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert ids(again) == ["zero", "cleo", "ann", "bea"]
        await pilot.press("down", "ctrl+f")
        assert "★" not in seen(again)
    assert paths.favourites_file().read_text(encoding="utf-8") == ""


async def test_a_star_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    paths.favourites_file().mkdir(parents=True)
    on = stage(tmp_path, None, files=files())
    async with on.app.run_test(size=(120, 24)) as pilot:
        await pilot.press("f8")
        await pilot.pause()
        assert "The favourite could not be saved in" in seen(on)


async def test_what_is_not_for_this_person_stands_last_and_says_why(tmp_path: Path) -> None:
    said_of_oneself("cannot-stand")
    on = stage(tmp_path, None, files=files())
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert ids(on) == ["ann", "bea", "cleo", "zero"]
        assert "Not for you: you cannot stand." in seen(on)
    short = stage(tmp_path, None, files=files())
    async with short.app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        assert "not for you" in seen(short)


async def test_what_one_says_of_oneself_meanwhile_counts_at_once(tmp_path: Path) -> None:
    on = stage(tmp_path, None, files=files())
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f5", "6", "escape")
        await pilot.pause()
        assert ids(on)[-1] == "zero"


async def test_on_a_wide_screen_the_steps_stand_beside_the_list(tmp_path: Path) -> None:
    more = f'title = "Ann"\nsummary = "Soft."\n{STEP}'
    on = stage(tmp_path, None, files=files(ann=more, dan='title = "Dan"\nstep = 3\n'))
    async with on.app.run_test(size=(120, 40)) as pilot:
        await pilot.press("a", "n", "n")
        await pilot.pause()
        screen = on.app.screen
        assert isinstance(screen, LibraryScreen)
        screen.show_preview()
        await pilot.pause()
        assert "2 steps · 1:10" in screen.preview.text
        assert "Rub the sole  each side · 0:30" in screen.preview.text
        await pilot.press("escape", "d", "a", "n")
        await pilot.pause()
        screen.show_preview()
        assert "One problem keeps this file from running." in screen.preview.text
        await pilot.press("x", "x")
        await pilot.pause()
        screen.show_preview()
        assert screen.preview.text == ""
        await pilot.resize_terminal(99, 40)
        await pilot.pause()
        assert not screen.preview.display


async def test_the_steps_beside_the_list_follow_what_one_says_of_oneself(tmp_path: Path) -> None:
    text = f'title = "Aaa"\n{STEP}unless = ["varicose-veins"]\n{STEP.replace("Rub", "Press")}'
    on = stage(tmp_path, None, files={"aaa": text})
    async with on.app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        screen = on.app.screen
        assert isinstance(screen, LibraryScreen)
        assert "Rub the sole  each side · 0:30" in screen.preview.text
        assert "Left out" not in screen.preview.text
        await pilot.press("f5", "3", "escape")
        await pilot.pause()
        await pilot.pause()
        assert "Left out: Rub the sole" in screen.preview.text


async def test_on_a_short_screen_a_row_is_one_line(tmp_path: Path) -> None:
    on = stage(tmp_path, None, files=files())
    async with on.app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        lines = [line.strip() for line in seen(on).splitlines()]
        firsts = [line.split()[0] for line in lines[1:7]]
        assert firsts == ["For", "▌", "Yours", "Ann", "Bea", "Cleo"]
        await pilot.press("pagedown")
        assert chosen_id(on) == "cleo"


async def test_many_unknown_files_are_read_in_goes_and_all_of_them_show(tmp_path: Path) -> None:
    many = {f"r{n}": f'title = "Routine {n}"\n{STEP}' for n in range(MOST_READ + FEWEST_READ)}
    on = stage(tmp_path, None, files=many)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = on.app.screen
        assert isinstance(screen, LibraryScreen)
        assert len(rows(on)) == len(many)
        while screen.waits_to_read:
            screen.read_some()
        assert all((row.steps, row.length) == ("2 steps", "1:10") for row in rows(on))


async def test_while_something_else_is_in_front_no_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uncramp.tui.library.screen.READ_FOR_S", 600.0)
    monkeypatch.setattr("uncramp.tui.library.screen.MOST_READ", FEWEST_READ)
    many = {f"r{n:03}": f'title = "Routine {n:03}"\n{STEP}' for n in range(2 * FEWEST_READ)}
    on = stage(tmp_path, None, files=many)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = on.app.screen
        assert isinstance(screen, LibraryScreen)
        assert screen.waits_to_read
        assert sum(not row.summary.startswith("Not read") for row in rows(on)) == FEWEST_READ
        await pilot.press("f1")
        await pilot.pause()
        assert not screen.waits_to_read
        await pilot.press("escape")
        await pilot.pause()
        assert all((row.steps, row.length) == ("2 steps", "1:10") for row in rows(on)), (
            "it starts again"
        )


async def test_a_file_that_comes_meanwhile_moves_no_chosen_row(tmp_path: Path) -> None:
    on = stage(tmp_path, None, files=files())
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down")
        screen = on.app.screen
        assert isinstance(screen, LibraryScreen)
        (tmp_path / "own" / "aaa.toml").write_text(f'title = "Aaa"\n{STEP}', encoding="utf-8")
        os.utime(tmp_path / "own", (1, 1))
        screen.look_again()
        await pilot.pause()
        assert chosen_id(on) == "bea"


@pytest.mark.parametrize(
    ("listing", "right", "summary"),
    [
        (Listing("a", "A", 61_000, 1), "1 step 1:01", ""),
        (Listing("a", "A", 61_000, 2, is_own=True), "2 steps 1:01", ""),
        (
            Listing("a", "A", 61_000, 2, 1, "Soft.", is_own=True, hides_bundled=True),
            "2 steps about 1:01",
            "It replaces the bundled one. Soft.",
        ),
        (
            Listing("a", "A", 61_000, 1_200, unless=("pregnant",)),
            "1,200 steps 1:01",
            "Asks first: you are pregnant.",
        ),
        (Listing("a", "a", errors=1), "! 1 problem", "Open it to see what is wrong."),
        (
            Listing("a", "a", errors=2, is_own=True, hides_bundled=True),
            "! 2 problems",
            "It replaces the bundled one. Open it to see what is wrong.",
        ),
        (Listing("a", "a"), "…", "Not read yet."),
    ],
)
def test_what_a_row_says(listing: Listing, right: str, summary: str) -> None:
    row = row_of(listing, frozenset({"pregnant"}), is_favourite=False)
    assert row.trouble or f"{row.steps} {row.length}" == right
    assert row.trouble in ("", right)
    assert row.summary == summary
