"""The messages of the program and the speaker process, as lines and in the docs."""

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from uncramp.audio.messages import (
    FROM_SPEAKER,
    TO_SPEAKER,
    Acknowledged,
    Cancel,
    Chosen,
    Close,
    Message,
    Play,
    RingBell,
    SetLateness,
    Sounded,
    Trouble,
    Withdraw,
    decode_from_speaker,
    decode_to_speaker,
    encode,
)
from uncramp.system.line_messages import NotAMessage

PAGE = Path(__file__).parents[2] / "docs" / "architecture.md"
PLAY = Play("/a/tick.wav", 0.5, 1_200.5, 900.0, True, "/b/tick.wav", 180)


@pytest.mark.parametrize(
    "message",
    [PLAY, Play("tick", 1, 2, 3), SetLateness({"paplay": 12.5}), Withdraw(7), Cancel(), Close()],
)
def test_what_the_speaker_is_told_arrives_as_it_was(message: Any) -> None:
    line = encode(message)
    assert line.endswith(b"}\n") and line.count(b"\n") == 1
    assert decode_to_speaker(line) == message


@pytest.mark.parametrize(
    "message",
    [
        Acknowledged(3),
        Chosen("aplay", ("paplay",), ("paplay said:\nno é",), ("afplay", "winsound")),
        Chosen("bell"),
        Sounded(),
        Trouble("a.wav is empty."),
        RingBell(),
    ],
)
def test_what_the_speaker_tells_arrives_as_it_was(message: Any) -> None:
    line = encode(message)
    assert line.count(b"\n") == 1
    assert decode_from_speaker(line) == message


@pytest.mark.parametrize(
    "line",
    [
        b"", b"{", b"[1]", b"3", b"{}", b"\xff", b'{"dance": {}}', b'{"cancel": true}',
        b'{"cancel": {}, "close": {}}', b'{"cancel": {"at": 1}}', b'{"withdraw": {}}',
        b'{"withdraw": {"from_ms": "1"}}', b'{"withdraw": {"from_ms": true}}',
        b'{"set-lateness": {"ms": {"paplay": null}}}', b'{"set-lateness": {"ms": 3}}',
        b'{"acknowledged": {"messages": 1}}', b"[" * 100_000,
    ],
)  # fmt: skip
def test_any_other_line_is_no_message_to_the_speaker(line: bytes) -> None:
    with pytest.raises(NotAMessage):
        decode_to_speaker(line)


@pytest.mark.parametrize(
    "line",
    [
        b'{"acknowledged": {"messages": 1.5}}', b'{"acknowledged": {"messages": true}}',
        b'{"chosen": {"backend": null, "tried": [], "reasons": [], "not_here": []}}',
        b'{"chosen": {"backend": "a", "tried": [1], "reasons": [], "not_here": []}}',
        b'{"trouble": {}}', b'{"cancel": {}}',
    ],
)  # fmt: skip
def test_any_other_line_is_no_message_of_the_speaker(line: bytes) -> None:
    with pytest.raises(NotAMessage):
        decode_from_speaker(line)


def test_a_volume_may_be_a_whole_number_and_a_path_may_not() -> None:
    play = json.loads(encode(PLAY))["play"]
    assert decode_to_speaker(json.dumps({"play": play | {"volume": 1}}).encode())
    with pytest.raises(NotAMessage, match="path"):
        decode_to_speaker(json.dumps({"play": play | {"path": 1}}).encode())


def form(name: str, kind: type[Message]) -> str:
    """The message as the docs write it: its name and the names of its values."""
    values = ", ".join(f'"{field.name}"' for field in fields(kind))
    return f'{{"{name}": {{{values}}}}}'


@pytest.mark.parametrize(
    ("head", "kinds"), [("message to it", TO_SPEAKER), ("message from it", FROM_SPEAKER)]
)
def test_the_docs_have_every_message_and_no_other(
    head: str, kinds: dict[str, type[Message]]
) -> None:
    table = PAGE.read_text(encoding="utf-8").split(f"| {head} |")[1].split("\n\n")[0]
    assert re.findall(r"^\| `(\{.*?)`", table, re.MULTILINE) == [
        form(name, kind) for name, kind in kinds.items()
    ]
