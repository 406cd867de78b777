import pytest

from uncramp.core.run.moves import MoveKind
from uncramp.plain.run_input import (
    LONGEST_LINE,
    WORDS,
    MoveRequest,
    keys_in,
    lines_in,
    request_of_line,
)


@pytest.mark.parametrize(
    ("data", "keys", "rest"),
    [
        (b" nB+\r\n", [" ", "n", "B", "+", "enter", "enter"], b""),
        (b"\x1b[C\x1bOD", ["right", "left"], b""),
        (b"n\x1b", ["n"], b"\x1b"),
        (b"\x1b[1;5", [], b"\x1b[1;5"),
        (b"\x1b[1;5Cn", ["n"], b""),
        (b"\x1bn", ["n"], b""),
        ("é\x00n".encode(), ["n"], b""),
    ],
)
def test_keys_are_told_apart(data: bytes, keys: list[str], rest: bytes) -> None:
    assert keys_in(data) == (keys, rest)


def test_a_key_may_come_in_two_pieces() -> None:
    _, rest = keys_in(b"\x1b[")
    assert keys_in(rest + b"C") == (["right"], b"")


def test_lines_are_whole_and_not_empty() -> None:
    assert lines_in(b"done\r\n\n  pause \nne") == (["done", "pause"], b"ne")
    assert lines_in(b"\xff\n") == (["\ufffd"], b"")


def test_a_line_without_an_end_takes_no_room() -> None:
    rest = b""
    for _ in range(100):
        _, rest = lines_in(rest + b"x" * 4096)
    assert len(rest) <= LONGEST_LINE + 1


def test_every_word_is_a_move_but_start() -> None:
    named = {word: request_of_line(word.replace("N", "7")) for word in WORDS}
    assert None not in named.values()
    kinds = {request.kinds[0] for request in named.values() if request}
    assert kinds == set(MoveKind) - {MoveKind.START}
    assert named["jump N"] == MoveRequest((MoveKind.JUMP,), 7)


@pytest.mark.parametrize("line", ["", "start", "jump", "jump x", "jump -1", "go", "done now", "q"])
def test_anything_else_is_no_word(line: str) -> None:
    assert request_of_line(line) is None
