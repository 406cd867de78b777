"""A person at a real terminal writes a routine, breaks it in an editor, and fixes it."""

import os
import sys
from pathlib import Path

import pexpect  # type: ignore[import-untyped]
import pytest

PATIENCE_S = 60
EDITOR = """
import sys
from pathlib import Path
file = Path(sys.argv[1])
text = file.read_text("utf-8")
file.write_text(text.replace("20m", "long") if "20m" in text else text.replace("long", "15m"))
"""


@pytest.fixture
def editor(tmp_path: Path) -> str:
    """An editor that breaks a routine the first time, and fixes it the second time."""
    program = tmp_path / "editor.py"
    program.write_text(EDITOR, "utf-8")
    return f"{sys.executable} {program}"


def opened(words: list[str], editor: str) -> pexpect.spawn:
    environment = {**os.environ, "TERM": "xterm", "VISUAL": editor}
    return pexpect.spawn(
        sys.executable, ["-m", "uncramp", *words], timeout=PATIENCE_S, encoding="utf-8",
        env=environment, dimensions=(24, 200),
    )  # fmt: skip


def status_of(program: pexpect.spawn) -> int | None:
    """What it left with, once it has ended by itself: closing its terminal would end it."""
    program.expect(pexpect.EOF)
    program.wait()
    program.close()
    status: int | None = program.exitstatus
    return status


def test_a_routine_is_asked_for_written_broken_and_mended(editor: str) -> None:
    asking = opened(["new"], editor)
    for question, answer in (
        ("Title: ", "My evening"),
        ("Step 1: ", "Foot soak"),
        ("How long", "20 blinks"),
        ("is not a length of time", None),
        ("How long", "20 mins"),
        ("Sides", "both"),
        ("How many rounds", ""),
        ("Step 2: ", ""),
    ):
        asking.expect_exact(question)
        if answer is not None:
            asking.sendline(answer)
    asking.expect_exact("uncramp run my-evening")
    assert status_of(asking) == 0

    editing = opened(["edit", "my-evening"], editor)
    editing.expect_exact("is not a length of time")
    editing.expect_exact("Open it again? (y/n)")
    editing.sendline("y")
    editing.expect_exact("nothing to fix")
    assert status_of(editing) == 0


@pytest.mark.parametrize(("key", "status"), [("\x04", 2), ("\x03", 130)])
def test_the_asking_can_be_left(key: str, status: int, editor: str) -> None:
    asking = opened(["new"], editor)
    asking.expect_exact("Title: ")
    asking.send(key)
    assert status_of(asking) == status
