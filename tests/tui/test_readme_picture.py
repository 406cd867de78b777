"""The picture of the run in the README is this test's own, so it is never out of date."""

from pathlib import Path

from tests.content.bundled import routine
from tests.tui.stage import stage
from tests.tui.test_pictures import Snap, doing, in_utc

__all__ = ["in_utc"]


def test_the_run_as_the_readme_shows_it(snap_compare: Snap, tmp_path: Path) -> None:
    """BL57 on the left leg in `bedtime`, with its picture beside the words that find it."""
    on = stage(tmp_path, routine("bedtime"))
    to_the_point = doing(on, "enter", *["right"] * 5, "enter", 12)
    assert snap_compare(on.app, terminal_size=(116, 40), run_before=to_the_point)
