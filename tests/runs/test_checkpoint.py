"""A saved run comes back complete; any other content of its file is refused."""

import json
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.runs.made_runs import CHOSEN, EVENING, checkpoint_at
from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Choices
from uncramp.runs.checkpoint import NewerFormat, NotACheckpoint, checkpoint_from, text_of


@pytest.mark.parametrize("ms", [0, 4_999, 5_000, 64_999, 65_001, 100_000])
def test_a_run_comes_back_as_it_was(ms: int) -> None:
    checkpoint = checkpoint_at(ms)
    assert checkpoint_from(text_of(checkpoint).encode()) == checkpoint


def test_every_choice_comes_back() -> None:
    # Where a choice is added and not kept, the plan could never be made again.
    default = Choices()
    for field in fields(Choices):
        assert getattr(CHOSEN, field.name) != getattr(default, field.name), field.name
    checkpoint = checkpoint_at(1_000, make_plan(EVENING, CHOSEN))
    again = checkpoint_from(text_of(checkpoint).encode())
    assert again.about.choices == CHOSEN
    assert make_plan(EVENING, again.about.choices).fingerprint == checkpoint.saved.fingerprint


def test_a_path_that_is_no_text_comes_back() -> None:
    checkpoint = checkpoint_at(0, file="/tmp/\udcff\u202e.toml")
    assert checkpoint_from(text_of(checkpoint).encode("ascii")).about.file == checkpoint.about.file


def test_what_was_done_is_in_the_record() -> None:
    record = checkpoint_at(70_000).record
    assert (record.steps_done, record.steps, record.played_ms) == (1, 3, 70_000)
    assert not record.is_complete


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"format": 1}', b"9" * 5_000,
        b'{"format": 0}', b'{"format": true}', b"NaN", b'"\x00"', b'{"format": 1e999}',
    ],
    ids=range(13),
)  # fmt: skip
def test_what_is_no_run_is_told(data: bytes) -> None:
    with pytest.raises(NotACheckpoint):
        checkpoint_from(data)


def test_a_newer_file_is_left_to_a_newer_program() -> None:
    with pytest.raises(NewerFormat):
        checkpoint_from(b'{"format": 2, "whatever": []}')


def test_every_place_at_which_a_file_is_cut_off_is_told() -> None:
    data = text_of(checkpoint_at(70_000)).encode()
    for length in range(len(data)):
        with pytest.raises(NotACheckpoint):
            checkpoint_from(data[:length])


def paths(value: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    if not isinstance(value, dict):
        return [path]
    return [path, *(found for key in value for found in paths(value[key], (*path, key)))]


WHOLE = json.loads(
    text_of(checkpoint_at(70_000, make_plan(EVENING, replace(CHOSEN, left_out=frozenset()))))
)
ODD: list[Any] = [
    None, True, -1, -2, 1.5, 10**30, "", "\x1b[2J", "x" * 20_000, [], [[1]], [[2, 1]], [["a", 1]],
    {}, {"a": -1}, {"\x07": 1}, [None], float("inf"),
]  # fmt: skip


@given(st.sampled_from(paths(WHOLE)[1:]), st.sampled_from(ODD))
def test_any_value_anywhere_is_a_whole_run_or_told(path: tuple[str, ...], odd: Any) -> None:
    changed = json.loads(json.dumps(WHOLE))
    table = changed
    for key in path[:-1]:
        table = table[key]
    table[path[-1]] = odd
    try:
        checkpoint = checkpoint_from(json.dumps(changed).encode())
    except (NotACheckpoint, NewerFormat):
        return
    assert checkpoint_from(text_of(checkpoint).encode()) == checkpoint


@pytest.mark.parametrize("path", paths(WHOLE)[1:])
def test_whatever_is_missing_is_told(path: tuple[str, ...]) -> None:
    if path[:2] == ("choices", "times_ms") and len(path) == 3:
        return
    kept_since = (
        "alive_ms",
        "is_first_time",
        "is_fahrenheit",
        "is_known",
        "cramp_ms",
        "longer",
        "shorter",
    )
    if path[-1] in kept_since:
        # The first version kept none of these, and its runs can still be resumed.
        return
    changed = json.loads(json.dumps(WHOLE))
    table = changed
    for key in path[:-1]:
        table = table[key]
    del table[path[-1]]
    with pytest.raises(NotACheckpoint):
        checkpoint_from(json.dumps(changed).encode())


def test_nothing_that_steers_a_terminal_is_taken_for_a_name() -> None:
    for name in ("title", "step", "tty", "host", "routine"):
        with pytest.raises(NotACheckpoint):
            checkpoint_from(json.dumps(WHOLE | {name: "\x1b]0;gone\x07"}).encode())
