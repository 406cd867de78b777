from pathlib import Path

from tests.tui.stage import DRY, ROLL, routine, stage
from uncramp.core.lazy.dataclass import replace


async def test_an_open_step_shows_how_long_it_waits_before_it_goes_on_by_itself(
    tmp_path: Path,
) -> None:
    on = stage(tmp_path, routine(replace(DRY, ends_after_ms=120_000), ROLL))
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 75)
        assert on.says("state") == "so far · press Enter when done · goes on in 1:45"
        await on.after(pilot, 106)
        assert on.says("name") == "Calf roll"
