"""The messages of the listening process, as lines and in the docs."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from uncramp.core.claps.detector import ClapPair
from uncramp.listening.messages import (
    FROM_EAR,
    Cannot,
    FromEar,
    Level,
    Opened,
    ProgramStopped,
    Silent,
    decode,
    encode,
)
from uncramp.system.line_messages import NotAMessage

PAGE = Path(__file__).parents[2] / "docs" / "architecture.md"


@pytest.mark.parametrize(
    "message",
    [
        Opened("ALSA", ("A", "B")),
        ClapPair(1_000.5, 1_300.25, (), ()), ClapPair(1.0, 2.0, (0.5,), (0.5, 0.75)),
        Level(0), Silent(True), ProgramStopped(), Cannot("there is none."),
    ],
)  # fmt: skip
def test_they_arrive_as_they_were(message: FromEar) -> None:
    line = encode(message)
    assert line.endswith(b"\n") and line.count(b"\n") == 1
    assert decode(line) == message


@pytest.mark.parametrize(
    "line",
    [
        b"", b"{", b"[]", b'{"opened": []}', b'{"opened": {"at": 1}}', b'{"level": {}}',
        b'{"level": {"level": 1.5}}', b'{"level": {"level": true}}', b'{"samples": {}}',
        b'{"clapped": {"first_ms": 1, "second_ms": 2, "like_them_ms": ["3"], "unrest_ms": []}}',
        b'{"opened": {}, "level": {"level": 1}}', b"[" * 100_000,
    ],
)  # fmt: skip
def test_any_other_line_is_no_message(line: bytes) -> None:
    with pytest.raises(NotAMessage):
        decode(line)


def test_the_docs_describe_each_of_them_with_its_values() -> None:
    part = PAGE.read_text("utf-8").partition("## The listening process")[2].partition("\n## ")[0]
    for name, kind in FROM_EAR.items():
        found = re.search(rf'`{{"{name}": {{(.*?)}}}}`', part)
        assert found, name
        assert re.findall(r'"(\w+)"', found[1]) == [field.name for field in fields(kind)]
