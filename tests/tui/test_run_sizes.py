from dataclasses import replace
from pathlib import Path

import pytest

from tests.tui.stage import (
    PRESS,
    SOAK,
    routine,
    seen,
    settled,
    stage,
)
from uncramp.tui.widgets.big_time import BigTime
from uncramp.tui.widgets.large_words import large_forms


async def test_text_of_a_routine_is_never_markup(tmp_path: Path) -> None:
    wild = replace(
        PRESS,
        name="Rub [in] [/left] [b]",
        how="[@click=app.exit]x[/] \\[ \x1b[31m $primary",
        cautions=("[red]no[/red]",),
    )
    on = stage(tmp_path, routine(wild, title="[/x] title"))
    async with on.app.run_test(size=(120, 40)) as pilot:
        await on.press(pilot, "i")
        await on.press(pilot, "escape")
        shown = seen(on)
        for words in ("Rub [in] [/left] [b]", "[@click=app.exit]x[/]", "\\x1b[31m $primary"):
            assert words in shown
        assert "[/x] title" in shown
        assert "[red]no[/red]" in shown
        assert "\x1b" not in shown
    assert on.app.failure is None


@pytest.mark.parametrize("size", [(20, 6), (40, 12), (80, 24), (120, 40), (300, 100)])
async def test_at_every_size_the_time_and_the_name_are_there(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    on = stage(tmp_path, routine(SOAK))
    async with on.app.run_test(size=size) as pilot:
        await on.after(pilot, 11)
        await settled(on, pilot)
        drawn = [form.drawn() for form in large_forms("Foot soak", size[0])] + ["Foot soak"]
        assert any(all(row.rstrip() in seen(on) for row in name.split("\n")) for name in drawn)
        big_time = on.run.query_one(BigTime)
        assert big_time.region.height >= 1
        least = {20: 1, 40: 3, 80: 7, 120: 9, 300: 13}[size[0]]
        assert big_time.digit_rows >= least


async def test_the_screen_follows_the_window(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(120, 40)) as pilot:
        await on.after(pilot, 11)
        heights = []
        for size in [(120, 40), (80, 24), (40, 12), (20, 6), (120, 40)]:
            await pilot.resize_terminal(*size)
            await settled(on, pilot)
            heights.append(on.run.query_one(BigTime).digit_rows)
        assert heights == sorted(heights[:4], reverse=True) + heights[:1]
        assert heights[1:4] == [7, 3, 1]


async def test_nothing_is_drawn_again_that_stays_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 30)
        drawn = []
        for part in ("top", "name", "side", "state", "how", "care", "next", "sound", "keys"):
            widget = on.run.query_one(f"#{part}")
            monkeypatch.setattr(widget, "refresh", lambda *_, p=part, **__: drawn.append(p))
        await on.after(pilot, 20)
        assert drawn == []
