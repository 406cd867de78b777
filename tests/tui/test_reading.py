"""The input thread sleeps until a key or the end comes; output is written at once."""

import os
import select
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from textual.events import Key
from textual.message import Message

from uncramp.tui.terminal.reading import LOOK_S, LOOKS, read_input
from uncramp.tui.terminal.wake_event import WakeEvent

if sys.platform == "win32":
    pytest.skip("Windows reads and writes in its own way", allow_module_level=True)


@pytest.fixture
def bell() -> Iterator[WakeEvent]:
    made = WakeEvent()
    yield made
    made.close()


@pytest.fixture
def keyboard() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


def waits_of(
    monkeypatch: pytest.MonkeyPatch, keyboard: int, bell: WakeEvent, meanwhile: dict[int, Any]
) -> tuple[list[float | None], list[str]]:
    """How long each look may last, in seconds, and the keys; the looks themselves take no time.

    `meanwhile` is what happens before a look of that number.
    """
    waits: list[float | None] = []
    keys: list[str] = []
    really = select.select

    def look(files: list[int], _w: Any, _x: Any, wait_s: float | None) -> Any:
        meanwhile.get(len(waits), lambda: None)()
        waits.append(wait_s)
        return really(files, [], [], 0)

    def handle(event: Message) -> None:
        if isinstance(event, Key):
            keys.append(event.key)

    monkeypatch.setattr(select, "select", look)
    read_input(keyboard, bell, handle, debug=False)
    return waits, keys


def test_it_wakes_for_nothing_but_a_key_or_the_end(
    monkeypatch: pytest.MonkeyPatch, keyboard: tuple[int, int], bell: WakeEvent
) -> None:
    reads, types = keyboard
    meanwhile = {LOOKS: lambda: os.write(types, b"q"), 2 * LOOKS + 1: bell.set}
    waits, keys = waits_of(monkeypatch, reads, bell, meanwhile)
    assert waits == [*[LOOK_S] * LOOKS, None, *[LOOK_S] * LOOKS, None]
    assert keys == ["q"]


def test_what_is_over_can_begin_again(bell: WakeEvent) -> None:
    bell.set()
    assert select.select([bell.ear], [], [], 0)[0]
    bell.clear()
    assert not bell.is_set()
    assert not select.select([bell.ear], [], [], 0)[0]
    bell.close()
    bell.close()


def test_a_wait_ends_with_the_bell(keyboard: tuple[int, int], bell: WakeEvent) -> None:
    thread = threading.Thread(
        target=lambda: read_input(keyboard[0], bell, print, debug=False), daemon=True
    )
    thread.start()
    bell.set()
    thread.join(20)
    assert not thread.is_alive()
