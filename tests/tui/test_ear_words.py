"""What the run screen shows about listening for claps: a sign, the meter, and each trouble once."""

from pathlib import Path

from tests.listening.fake_ear import FakeEar
from tests.tui.stage import EVENING, seen, stage
from uncramp.core.lazy.dataclass import replace
from uncramp.listening.ear import HEARS_NOTHING, LISTENS
from uncramp.listening.ear_status import EarStatus
from uncramp.tui.widgets.text_page import TextPage

GONE = "No longer listening for claps: the listening process has ended."


async def test_it_shows_that_it_listens_and_how_loud_it_hears(tmp_path: Path) -> None:
    ear = FakeEar(0)
    on = stage(tmp_path, EVENING, ear=ear)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 1)
        assert on.says("sound").startswith("Listening ▁ · Volume 100.")
        ear.status = replace(ear.status, level=7)
        await on.after(pilot, 1)
        assert on.says("sound").startswith("Listening █ · ")

        await pilot.resize_terminal(40, 12)
        await on.after(pilot, 1)
        assert "Listening █ · Ends" in seen(on).splitlines()[0]

        await pilot.resize_terminal(28, 6)
        await on.after(pilot, 1)
        assert "Listening █" in seen(on)
        ear.status = replace(ear.status, level=2)
        await on.after(pilot, 1)
        assert "Listening ▃" in seen(on)

        await on.press(pilot, "i")
        page = on.app.screen.query_one(TextPage)
        assert LISTENS in page.text


async def test_that_it_listens_no_longer_is_told_once(tmp_path: Path) -> None:
    ear = FakeEar(3)
    on = stage(tmp_path, EVENING, ear=ear)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 1)
        assert on.says("note") == ""
        ear.status = replace(ear.status, words=HEARS_NOTHING, is_silent=True)
        await on.after(pilot, 1)
        assert on.says("note") == HEARS_NOTHING
        assert on.says("sound").startswith("Hears nothing · ")
        ear.status = EarStatus(words=GONE)
        await on.after(pilot, 1)
        assert on.says("note") == GONE
        assert on.says("sound").startswith("Not listening · ")
        await on.after(pilot, 9)
        assert on.says("note") == ""
        assert on.says("sound").startswith("Not listening · ")


async def test_until_it_has_opened_and_without_it_there_is_no_sign(tmp_path: Path) -> None:
    ear = FakeEar()
    ear.status = EarStatus()
    on = stage(tmp_path, EVENING, ear=ear)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 1)
        assert on.says("sound").startswith("Volume 100.")
