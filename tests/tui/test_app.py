from pathlib import Path

import pytest
from textual.constants import TEXTUAL_ANIMATIONS

from tests.tui.stage import stage
from uncramp.core.run.record import Record
from uncramp.settings import Settings
from uncramp.tui.run.result import result_words

RECORD = Record("bedtime", "Bedtime", "x", False, 724_000, 2_212_000, 9, 18)


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (RECORD, "Ended at 12:04 of 36:52: 9 of 18 steps done."),
        (
            Record("bedtime", "Bedtime", "x", True, 2_212_000, 2_212_000, 18, 18),
            "Finished: 36:52.",
        ),
    ],
)
def test_one_line_says_how_far_a_run_got(record: Record, words: str) -> None:
    assert result_words(record) == words


def test_where_nothing_is_to_move_nothing_moves(tmp_path: Path) -> None:
    """The pulse of a picture, the gliding of a page and the fading of a notice ask for this."""
    app = stage(tmp_path).app
    app.use_settings(Settings(animations=False))
    assert app.animation_level == "none"
    app.use_settings(Settings())
    assert app.animation_level == TEXTUAL_ANIMATIONS
