"""What was once wrong with the full screen, tried in a real terminal: one start for many of it."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.real.listening import until
from tests.real.terminal import Terminal
from tests.real.test_plain_process import Running, ran
from tests.real.test_resume import killed
from tests.real.test_run_keys import does
from uncramp.system import paths
from uncramp.system.files import private_folder

CAUTIONS = (
    "No pressure where a clot is possible: one leg swollen, hot, red or constantly painful.",
    "Varicose veins: press beside them, and lightly, and stop at once where anything hurts.",
    "Blood thinners: press lightly, and not at all where the skin is broken or has a bruise.",
    *(f"Caution {number}, which says in some more words what to look at." for number in "123456"),
    "Diabetes: feel the water with the elbow, and look at the skin before and after the soak.",
)

ROUTINE = f"""
title = "Evening"
[[steps]]
name = "Foot soak"
time = "20m"
get_ready = 0
range = ["5m", "20m"]
how = "Sit back."
cautions = [{", ".join(f'"{words}"' for words in CAUTIONS)}]
[[steps]]
name = "Dry and look"
open = true
[[steps]]
name = "Rub"
time = "1m"
get_ready = 0
[[steps]]
name = "Rest"
time = "1m"
get_ready = 0
"""

ROUNDS = """
title = "Rounds"
[[steps]]
repeat = 8
rest = "10s"
[[steps.steps]]
name = "Work"
time = "20s"
"""

QUICK_S = 0.2
"""Sooner, it would be one press of a held key."""


@contextmanager
def opened(folder: Path, *words: str) -> Iterator[Terminal]:
    terminal = Terminal(["-m", "uncramp", *words], folder)
    try:
        yield terminal
    finally:
        terminal.close()


@pytest.fixture(autouse=True)
def _silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNCRAMP_SOUND", "none")


def played_s(terminal: Terminal) -> int:
    """How long the third step has lasted, as its bar says."""
    found = terminal.position_s(of="1:00")
    assert found is not None, terminal.rows
    return found


def pictured(terminal: Terminal) -> bool:
    """Is there a drawing on the screen?"""
    return any("\u2800" < sign < "\u28ff" for row in terminal.rows for sign in row)


def test_a_run(tmp_path: Path) -> None:
    (tmp_path / "evening.toml").write_text(ROUTINE, encoding="utf-8")
    # At nearly its own speed it is a rehearsal, of which a sentence says that it is silent.
    with opened(tmp_path, "run", "./evening.toml", "--speed", "1.001") as terminal:
        # 13: in full first, and 12: no caution is cut.
        terminal.wait_until_it_shows("Add --sound to hear it.")
        assert until(lambda: not terminal.shows("…"))
        terminal.wait_until_it_shows("more caution")
        assert until(lambda: not terminal.shows("Add --sound"))
        terminal.wait_until_it_shows("A rehearsal is silent · Ends")
        does(terminal, ("I", "• Blood thinners"))
        assert until(lambda: sum("Sit back." in row for row in terminal.rows) == 1)  # 17
        # 1: capitals, as Caps Lock sends them.
        does(terminal, ("\x1b", "Space Pause"), ("P", "PAUSED"), ("P", "left of 20:00"))
        # 16: a minute by one key, and the note goes by itself.
        does(terminal, ("_", "left of 19:00"), ("*", "left of 20:00"), ("*", "is the longest"))
        # 10: only keys of ours.
        does(terminal, ("?", "Undo your last action."))
        assert until(lambda: not terminal.shows("Copy selected"))
        # 18: two Enters in one write close the list once.
        does(terminal, ("\x1b", "left of"), ("J", "Go to a step"), ("\r\r", "Foot soak"))
        assert until(lambda: terminal.shows("left of") and not terminal.shows("Go to a step"))
        assert until(lambda: not terminal.shows("is the longest"))
        # 15: each quick press counts.
        terminal.type("\x1b[C")
        terminal.wait_until_it_shows("Step 2 of 4")
        time.sleep(QUICK_S)
        terminal.type("\x1b[C")
        terminal.wait_until_it_shows("Step 3 of 4")
        # 14: the clock stands behind the question.
        before_s, began = played_s(terminal), time.monotonic()
        does(terminal, ("Q", "End the routine here?"))
        asked = time.monotonic()
        time.sleep(4)
        answered = time.monotonic()
        terminal.type("N")
        terminal.wait_until_it_shows("left of 1:00")
        went_on_s = asked - began + time.monotonic() - answered
        assert played_s(terminal) - before_s <= went_on_s + 1
        # 6: what was skipped is not finished, and the last skip is undone.
        does(terminal, ("N", "Step 4 of 4"), ("N", "0 of 4 steps done"))
        assert until(lambda: terminal.shows("Ended") or terminal.shows("█"))
        time.sleep(1)
        does(terminal, ("U", "Undone: the skip."))
        terminal.type("\x03")
        assert terminal.status() == 130


def test_the_library(tmp_path: Path) -> None:
    own = private_folder(paths.routines_folder())
    (own / "evening.toml").write_text(ROUTINE, encoding="utf-8")
    with opened(tmp_path) as terminal:
        terminal.wait_until_it_shows("Type to search")
        # 9: pages without function keys.
        does(terminal, ("?", "Clear the search"), ("\x1b", "Type to search"))
        does(terminal, ("\x14", "See a doctor"))
        # 17: Escape twice does not leave the program.
        terminal.type("\x1b")
        time.sleep(QUICK_S)
        terminal.type("\x1b")
        does(terminal, ("\x0f", "1 of"))
        assert until(lambda: pictured(terminal))
        # 11: a list with arrows.
        does(terminal, ("\x1b", "Type to search"), ("\x1b[15~", "About you"))
        does(terminal, ("\r", "yes"), ("\x1b", "Type to search"))
        # 4: after a run the points have their pictures.
        terminal.type("evening")
        terminal.wait_until_it_shows("▌ Evening")
        does(terminal, ("\r", "E Edit"), ("\r", "left of 20:00"), ("q", "End the routine"))
        does(terminal, ("y", "E Edit"), ("\x1b", "▌ Evening"), ("\x1b", "Type to search"))
        does(terminal, ("\x0f", "1 of"))
        assert until(lambda: pictured(terminal))
        terminal.type("\x03")
        assert terminal.status() == 130


def test_first_cautions_are_a_page_that_can_be_refused(tmp_path: Path) -> None:
    """5: it says how to go back, and does not start by a letter."""
    with opened(tmp_path, "run", "bedtime") as terminal:
        terminal.wait_until_it_shows("Enter Start")
        terminal.wait_until_it_shows("Esc Back")
        terminal.type("q")
        assert terminal.status() == 1
        assert b"GET READY" not in terminal.written


def test_a_run_that_was_cut_off(tmp_path: Path) -> None:
    """2: no letter throws it away, leaving is undone. 3: Ctrl-C keeps it."""
    file = tmp_path / "evening.toml"
    file.write_text(ROUTINE.replace("Foot soak", "Rub"), encoding="utf-8")
    runs: list[Running] = []
    try:
        killed(runs, file)
    finally:
        for run in runs:
            run.process.kill()
    with opened(tmp_path) as terminal:
        terminal.wait_until_it_shows("Not finished")
        time.sleep(1)
        does(terminal, ("light strong", "Not finished"), ("\x1b[3~", "Don't resume"))
        does(terminal, ("y", "Ctrl-G brings it back"), ("\x07", "Not finished"))
        time.sleep(1)
        does(terminal, ("\r", "of 20:00"))
        terminal.type("\x03")
        assert terminal.status() == 130
        assert "uncramp resume continues from there." in terminal.after_the_screen()
    assert len(list(paths.unfinished_folder().glob("*.json"))) == 1


def test_lines_wrap_at_words_and_a_rest_holds_its_get_ready(tmp_path: Path) -> None:
    """8: words are whole on a terminal. 7: eight rounds of 20 s with rests of 10 s take 3:55."""
    with opened(tmp_path, "safety") as terminal:
        assert terminal.status() == 0
        written = re.sub(r"\x1b\[[\d;?]*[a-z]", "", terminal.written.decode(), flags=re.IGNORECASE)
    assert written.split() == ran("safety").stdout.split()
    (tmp_path / "rounds.toml").write_text(ROUNDS, encoding="utf-8")
    assert "3:55" in ran("show", str(tmp_path / "rounds.toml")).stdout
