"""How sound is made, in words for a person."""

from pathlib import Path

import pytest

from uncramp.audio.messages import Chosen
from uncramp.audio.status import IN_CONTAINER, REMOTE, place_words, status_of


def said(backend: str, *not_here: str, **tried: str) -> Chosen:
    return Chosen(backend, tuple(tried), tuple(tried.values()), not_here)


@pytest.mark.parametrize(
    ("what", "preferred", "words"),
    [
        (said("one"), None, "Sound: one."),
        (said("two", one="no"), None, "Sound: two (tried first: one)."),
        (said("one"), "one", "Sound: one."),
        (said("two", one="no"), "one", "Sound: two. one, which is set, makes no sound here."),
        (said("two", "one"), "one", "Sound: two. one, which is set, is not on this machine."),
        (said("bell"), "bell", "Sound: the terminal's bell, as set."),
        (
            said("bell", one="no"),
            "one",
            "No sound: this machine has no sound device that answers (tried one). The terminal's "
            "bell is used instead. one, which is set, makes no sound here.",
        ),
    ],
)
def test_what_is_used_and_why(what: Chosen, preferred: str | None, words: str) -> None:
    assert status_of(what, preferred, has_bell=True).words == words


def test_a_bell_that_is_set_needs_a_terminal() -> None:
    assert status_of(said("bell"), "bell", has_bell=False).words == (
        "No sound: the bell is set, but there is no terminal to ring. Watch the screen."
    )


def test_without_a_bell_there_is_the_screen() -> None:
    status = status_of(said("bell", "one", two="two said: no"), "bell", has_bell=False)
    assert status.words == (
        "No sound: this machine has no sound device that answers (tried two). Watch the screen."
    )
    assert (status.is_heard, status.backend) == (False, None)
    assert (status.tried, status.details) == (("two",), ("two said: no",))
    assert status.not_here == ("one",)


@pytest.mark.parametrize(
    ("environment", "is_heard", "mark", "words"),
    [
        ({}, False, None, ""),
        ({"SSH_CONNECTION": "a b c d"}, True, None, REMOTE),
        ({"SSH_TTY": "/dev/pts/1"}, False, ".dockerenv", REMOTE),
        ({}, False, ".dockerenv", IN_CONTAINER),
        ({}, False, "run/.containerenv", IN_CONTAINER),
        ({}, True, ".dockerenv", ""),
        ({"SSH_CONNECTION": "a b c d", "PULSE_SERVER": "tcp:localhost:4713"}, True, None, ""),
    ],
)
def test_where_the_sound_is_heard(
    tmp_path: Path, environment: dict[str, str], is_heard: bool, mark: str | None, words: str
) -> None:
    if mark is not None:
        (tmp_path / "run").mkdir()
        (tmp_path / mark).touch()
    assert place_words(environment, is_heard, tmp_path) == words
