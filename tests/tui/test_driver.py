"""A screen of our own is opened when there is something on it, and not before."""

from uncramp.tui.terminal.driver import ENTERS, LEAVES, Opening

FRAME = "\x1b[1;1H\x1b[1mToes up\x1b[0m"
MODES = ("\x1b[?1000h", "\x1b[?25l", "\x1b[>25u", "\x1b[?2026$p")


def written(*data: str) -> list[str]:
    """What goes to the terminal for each of them."""
    opening = Opening()
    return [opening.passed(each) for each in data]


def test_all_is_held_back_in_its_order_until_something_is_drawn() -> None:
    assert written(ENTERS, *MODES, FRAME) == [
        "",
        *("" for _ in MODES),
        "".join((ENTERS, *MODES, FRAME)),
    ]


def test_what_comes_later_is_written_as_it_comes() -> None:
    assert written(ENTERS, FRAME, "\x1b[?2026h", FRAME)[2:] == ["\x1b[?2026h", FRAME]


def test_a_screen_that_is_left_before_anything_is_drawn_leaves_all_modes_as_they_were() -> None:
    assert written(ENTERS, *MODES, "\x1b[<u", LEAVES, "\x1b[?25h")[-2:] == [
        "".join((ENTERS, *MODES, "\x1b[<u", LEAVES)),
        "\x1b[?25h",
    ]


def test_it_is_opened_again_after_it_was_left() -> None:
    assert written(ENTERS, FRAME, LEAVES, ENTERS, FRAME)[2:] == [LEAVES, "", ENTERS + FRAME]
