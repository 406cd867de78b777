"""The history on the screen: every entry is shown, and can be changed, deleted and restored."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.tui.looks import FILES
from tests.tui.made_history import NOON_S, cramp, kept, run, urgent, write_history
from tests.tui.stage import Stage, seen, stage
from uncramp.core.history.entries import CalmNight, CrampEntry, CrampPlace, Leg, RunEntry
from uncramp.core.run.record import Record
from uncramp.runs.history import History
from uncramp.runs.history_schema import APPLICATION_ID
from uncramp.system import paths
from uncramp.system.files import private_folder
from uncramp.tui.dialogs.page import PageOver
from uncramp.tui.history.cramp_dialog import CrampDialog
from uncramp.tui.history.entry_pager import PAGE_SIZE
from uncramp.tui.history.month_screen import MonthScreen
from uncramp.tui.history.month_view import MonthView
from uncramp.tui.history.screen import HistoryScreen
from uncramp.tui.library.screen import LibraryScreen
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.words import Words


@pytest.fixture(autouse=True)
def in_utc(use_zone: Callable[[str], None]) -> None:
    use_zone("UTC")


def opened(tmp_path: Path) -> Stage:
    return stage(tmp_path, None, files=FILES, has_stage_clocks=True)


def told(on: Stage) -> str:
    return on.app.screen.query_one("#message", Words).text


def keys(on: Stage) -> str:
    return on.app.screen.query_one(KeyLine).text


async def test_an_empty_history_offers_only_what_can_be_done(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(200, 50)) as pilot:
        await on.press(pilot, "f7")
        assert keys(on) == (
            "A Log a cramp   C No cramp   M Month   H Does it help?   T Trash   F1 Safety   "
            "Esc Close   ? Keys"
        )


async def test_f7_lists_the_latest_and_escape_leaves(tmp_path: Path) -> None:
    write_history()
    on = opened(tmp_path)
    async with on.app.run_test(size=(100, 30)) as pilot:
        await on.press(pilot, "f7")
        assert isinstance(on.app.screen, HistoryScreen)
        lines = [line.strip("│ ▌").strip() for line in seen(on).split("\n")]
        assert lines.index("Today, Sat 21 November") + 1 == lines.index(
            '03:21 Cramp, left calf, pain 7 of 10, "after the hike"'
        )
        assert "Yesterday, Fri 20 November" in lines
        assert any(line.startswith("21:36 Foot bath") for line in lines)
        assert "Night No cramp, as you said" in lines
        await on.press(pilot, "end")
        assert "ended early" in seen(on)
        assert "Skipped: Dry" in seen(on)
        await on.press(pilot, "escape")
        assert isinstance(on.app.screen, LibraryScreen)


async def test_an_empty_history_says_what_can_be_done(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "f7", "d", "u", "enter", "e", "r", "down", "pagedown", "end")
        assert "A writes down a cramp" in seen(on)
        await on.press(pilot, "c")
        assert kept() == [CalmNight(date(2026, 11, 20), 1)]
        assert "Night No cramp" in seen(on)


@pytest.mark.slow
async def test_filters_narrow_and_escape_shows_all(tmp_path: Path) -> None:
    write_history()
    on = opened(tmp_path)
    async with on.app.run_test(size=(100, 40)) as pilot:
        await on.press(pilot, "f7", "k")
        assert "Only runs" in seen(on) and "after the hike" not in seen(on)
        await on.press(pilot, "k")
        assert "Only cramps" in seen(on) and "Foot bath" not in seen(on)
        await on.press(pilot, "k")
        assert "Only calm nights" in seen(on) and "Cramp," not in seen(on)
        await on.press(pilot, "k", "end", "r")
        assert "Only Foot bath" in seen(on) and "Cramp now" not in seen(on)
        await on.press(pilot, "escape", "f", *"2026-11-11", "enter")
        assert "The night of 2026-11-11" in seen(on) or "the night of 2026-11-11" in seen(on)
        assert "right foot" in seen(on) and "left calf" not in seen(on)
        await on.press(pilot, "f", *"2026-13", "enter")
        assert "These are no nights" in seen(on)
        await on.press(pilot, "escape", "escape")
        assert "left calf" in seen(on) and isinstance(on.app.screen, HistoryScreen)


async def test_a_deleted_entry_comes_back(tmp_path: Path) -> None:
    write_history()
    on = opened(tmp_path)
    before = kept()
    async with on.app.run_test(size=(100, 40)) as pilot:
        await on.press(pilot, "f7", "d", "delete")
        assert kept() == before[2:]
        assert told(on).startswith("Moved to the trash. U ")
        await on.press(pilot, "u")
        assert kept() == before[1:]
        await on.press(pilot, "t")
        assert "In the trash" in seen(on) and "left calf" in seen(on)
        await on.press(pilot, "d", "u", "t")
        assert kept() == before
        assert "left calf" in seen(on)


@pytest.mark.slow
async def test_pages_go_on_to_the_first_entry_and_back(tmp_path: Path) -> None:
    most = 2 * PAGE_SIZE + 5
    write_history(tuple(run(day / 4, title=f"Run {most - day}") for day in range(most)))
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "f7")
        assert f"Run {most}" in seen(on)
        on.app.screen.rows.choose(str(PAGE_SIZE))  # type: ignore[attr-defined]
        await on.press(pilot, "down")
        assert f"Run {most - PAGE_SIZE} " in seen(on) and "Page up goes back" in seen(on)
        await on.press(pilot, "up")
        assert f"Run {most - PAGE_SIZE + 1} " in seen(on)
        await on.press(pilot, "end", "end", "end")
        assert "Run 1 " in seen(on)
        await on.press(pilot, "home")
        assert f"Run {most}" in seen(on)
        for _ in range(30):
            await pilot.press("pagedown")
        await pilot.pause()
        assert "Run 1 " in seen(on)
        for _ in range(30):
            await pilot.press("pageup")
        await pilot.pause()
        assert f"Run {most}" in seen(on)


@pytest.mark.slow
async def test_what_happened_at_a_run_is_told_once(tmp_path: Path) -> None:
    """By keys alone: left, calf, seven, two minutes, the first step, walking."""
    write_history((urgent(0.4),))
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "f7")
        assert "A Say what happened" in keys(on)
        await on.press(pilot, "a")
        assert isinstance(on.app.screen, CrampDialog)
        await on.press(pilot, "l", "c", "7", "b", "w", "enter", "escape", "escape")
        said, ran = kept()
        assert isinstance(said, CrampEntry) and isinstance(ran, RunEntry)
        assert said == CrampEntry(
            ran.began, Leg.LEFT, CrampPlace.CALF, 7, 120, ("walking",), run_id=ran.id, id=said.id
        )
        # The same run again: what was said is there, and is changed.
        await on.press(pilot, "end", "a", "r", "q")
        assert [entry.leg for entry in kept() if isinstance(entry, CrampEntry)] == [Leg.RIGHT]
        await on.press(pilot, "home", "e", "escape", "escape", "t", "q")
        (said,) = (entry for entry in kept() if isinstance(entry, CrampEntry))
        assert (said.leg, said.pain, said.lasted_s) == (Leg.RIGHT, 10, 120)


@pytest.mark.slow
async def test_a_cramp_without_a_run_is_logged_with_its_hour(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "f7", "a", "escape", "escape", "q")
        assert kept() == [] and told(on) == "Nothing was logged."
        await on.press(pilot, "a", "9", "b", "f", "0", "f", "o", "down", "enter", *"at sea")
        assert "A note?" in seen(on)
        await on.press(pilot, "enter")
        (said,) = kept()
        assert isinstance(said, CrampEntry)
        assert NOON_S - 9 * 3_600 <= said.at.epoch_s < NOON_S - 9 * 3_600 + 60
        assert (said.leg, said.place, said.pain, said.lasted_s, said.helped, said.note) == (
            Leg.BOTH, CrampPlace.FOOT, 0, 1_800, ("other",), "at sea",
        )  # fmt: skip
        # Longer than ten minutes: one calm sentence, once, with a page a key away.
        assert "more than ten minutes" in " ".join(seen(on).split())
        await on.press(pilot, "f1")
        assert isinstance(on.app.screen, PageOver)
        await on.press(pilot, "escape", "escape", "f7")
        assert "more than ten minutes" not in seen(on)


@pytest.mark.slow
async def test_a_time_is_typed_where_it_is_changed(tmp_path: Path) -> None:
    write_history((cramp(0.5, pain=3),))
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "f7", "e", *["down"] * 5, "enter")
        await on.press(pilot, *"25:00", "enter")
        assert "a time that is over" in seen(on)
        await on.press(pilot, *["backspace"] * 5, *"03:10", "enter", "q")
        (said,) = kept()
        assert isinstance(said, CrampEntry)
        assert said.at.minute == 190 and said.pain == 3


async def test_enter_shows_all_of_a_run_and_how_its_routine_is_used(tmp_path: Path) -> None:
    write_history((run(3, skipped=("Dry",)), run(2, skipped=("Dry",))))
    on = opened(tmp_path)
    async with on.app.run_test(size=(100, 30)) as pilot:
        await on.press(pilot, "f7", "enter")
        words = " ".join(seen(on).replace("│", " ").split())
        assert "Run: Foot bath (bath)" in words
        assert "This routine: 2 runs, 2 finished" in words
        assert "Usually begun at about 12:00, 10 minutes long. Usually skipped: Dry." in words


async def test_does_it_help_says_so_with_too_few(tmp_path: Path) -> None:
    write_history()
    on = opened(tmp_path)
    async with on.app.run_test(size=(100, 30)) as pilot:
        await on.press(pilot, "f7", "h")
        assert "Too few nights to tell" in seen(on)


async def test_arrows_choose_a_night_and_enter_opens_it(tmp_path: Path) -> None:
    write_history()
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "f7", "m")
        assert isinstance(on.app.screen, MonthScreen)
        month = on.app.screen.query_one(MonthView).text
        assert "November 2026" in month and "[21 ]" in month and "20x" in month
        assert "19x" in month and "16-" in month
        await on.press(pilot, "left")
        assert "Night of Fri 20 November 2026: A cramp." in seen(on)
        await on.press(pilot, "pageup")
        assert "[20 ]" in on.app.screen.query_one(MonthView).text and "October" in seen(on)
        await on.press(pilot, "pagedown", "enter")
        assert isinstance(on.app.screen, HistoryScreen)
        assert "The night of 2026-11-20" in seen(on) or "the night of 2026-11-20" in seen(on)
        assert "left calf" in seen(on) and "right foot" not in seen(on)


@pytest.mark.parametrize(
    ("keys_", "expected"),
    [
        (["home"], date(2026, 11, 21)),
        (["up", "up", "up"], date(2026, 10, 31)),
        (["right"] * 10, date(2026, 12, 1)),
        ([*["pageup"] * 9], date(2026, 2, 21)),
        ([*["right"] * 9, *["pagedown"] * 3], date(2027, 2, 28)),
    ],
)  # fmt: skip
async def test_every_month_is_a_key_away(tmp_path: Path, keys_: list[str], expected: date) -> None:
    write_history()
    on = opened(tmp_path)
    async with on.app.run_test(size=(40, 12)) as pilot:
        await on.press(pilot, "f7", "m", *keys_)
        assert f"{expected.day:>2}" in seen(on).split("[")[1]
        month = on.app.screen.query_one(MonthView).text.split("\n")[0]
        assert month.strip() == f"{expected:%B %Y}"


async def test_a_history_that_cannot_be_used_says_why_and_stays_as_it_was(tmp_path: Path) -> None:
    folder = private_folder(paths.history_folder())
    (folder / "history.sqlite3").write_bytes(b"my diary, and no database at all" * 40)
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "f7")
        assert "is not a history of uncramp" in told(on)
        await on.press(pilot, "a", "c", "d", "u", "m", "h", "k", "t", "enter", "pagedown")
        assert isinstance(on.app.screen, HistoryScreen)
        await on.press(pilot, "escape", "escape")
    assert (folder / "history.sqlite3").read_bytes().startswith(b"my diary")
    assert APPLICATION_ID.to_bytes(4, "big") not in (folder / "history.sqlite3").read_bytes()


async def test_its_page_says_how_it_was_used(tmp_path: Path) -> None:
    history = History(paths.history_folder(), lambda: 1_795_300_000.0)
    ran = Record("bath", "Foot bath", "f00d", True, 600_000, 600_000, 1, 2, skipped=("Dry",))
    for day in (1, 2):
        began_s = 1_795_300_000.0 - day * 86_400
        assert history.append(ran, began_s, began_s + 700) is None
    on = opened(tmp_path)
    async with on.app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*"bath", "enter")
        await pilot.pause()
        words = " ".join(seen(on).replace("│", " ").split())
        assert "In your history: 2 runs, 2 finished; the last one " in words
        assert "10 minutes long. Usually skipped: Dry." in words
    assert "history.sqlite3" not in {file.name for file in paths.history_folder().iterdir()}


def test_no_screen_loads_a_database_before_it_is_opened() -> None:
    words = (
        "import sys; from uncramp.tui import screens; screens.load_all(); "
        "import uncramp.tui.history.screen, uncramp.tui.history.cramp_question, uncramp.tui.app; "
        "sys.exit('sqlite3' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", words], check=False).returncode == 0
