"""A timer is one word, becomes a routine like any other, and can be kept as one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.atlas import load_atlas
from uncramp.core.plan.plan import SpanKind, make_plan
from uncramp.core.text.durations import written
from uncramp.core.toml.problems import Severity
from uncramp.library.library import Library
from uncramp.library.new_routine import NewRoutine, NewStep, steps_text
from uncramp.library.timer import NotATimer, is_timer, keep_timer, new_timer, timer_entry
from uncramp.library.unusable_value import UnusableValue
from uncramp.plain.problem_lines import problem_text


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "own", tmp_path / "bundled", load_atlas(), ())


def one(routine_id: str, title: str, step: NewStep) -> NewRoutine:
    return NewRoutine(routine_id, title, (step,))


@pytest.mark.parametrize(
    ("words", "routine"),
    [
        ("5m", one("timer-5m", "Timer 5m", NewStep("Timer", 300_000, get_ready_ms=0))),
        ("1:30 Egg", one("timer-egg", "Egg", NewStep("Egg", 90_000, get_ready_ms=0))),
        (
            "8x20s/10s Tabata",
            one("timer-tabata", "Tabata", NewStep("Tabata", 20_000, None, 8, 10_000)),
        ),
        (
            "8\u00d720s/10s",
            one("timer-8x20s-10s", "Timer 8x20s/10s", NewStep("Work", 20_000, None, 8, 10_000)),
        ),
        (
            "3X30s/3s Two words",
            one("timer-two-words", "Two words",
                NewStep("Two words", 30_000, None, 3, 3_000, get_ready_ms=3_000)),
        ),
        ("2*1m", one("timer-2x1m", "Timer 2x1m",
                     NewStep("Work", 60_000, None, 2, 0, get_ready_ms=0))),
        ("5m \u592a\u6975", one("timer", "\u592a\u6975",
                                NewStep("\u592a\u6975", 300_000, get_ready_ms=0))),
    ],
)  # fmt: skip
def test_a_word_says_a_routine(words: str, routine: NewRoutine) -> None:
    assert new_timer(words.split()) == routine


def test_spaces_inside_quotes_do_no_harm() -> None:
    assert new_timer(["8 x 20s / 10s"]) == new_timer(["8x20s/10s"])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["8x20sec/10"], [(3, 8, 'is not a length of time. Write "20s".'),
                          (9, 11, 'has no unit. Write "10m" for minutes, "10s" for seconds.')]),
        (["8x 20sec"], [(4, 9, 'is not a length of time. Write "20s".')]),
        (["0x5m"], [(1, 2, 'is not a number of rounds. Write 1 to 999, such as "8x20s/10s".')]),
        (["1000x5s"], [(1, 5, "is not a number of rounds.")]),
        (["x5m"], [(1, 2, "Before the x stands a number of rounds.")]),
        (["8x"], [(3, 4, "A length of time is missing here.")]),
        (["8x20s/"], [(7, 8, "A length of time is missing here.")]),
        ([""], [(1, 2, "A length of time is missing here.")]),
        (["5m/10s"], [(4, 7, 'Write "5m", or "8x5m/10s" for eight rounds.')]),
        (["900x2h"], [(1, 7, "is more than 24 hours in all")]),
        (["25h"], [(1, 4, "is more than 24 hours, the longest allowed.")]),
        (["0s"], [(1, 3, "is not more than 0.")]),
        (["30s", "2m"], [(5, 7, "is a second time, and a timer has one step.")]),
        (["Tabata", "8x20s/10s"], [(1, 7, "stands before the time.")]),
        (["5m", "A\x1b[2J"], [(4, 9, "The title has the control character U+001B in it.")]),
        (["5m", "A" * 81], [(4, 85, "The title is 81 characters long")]),
    ],
)  # fmt: skip
def test_each_mistake_has_a_place_and_what_to_write(
    words: list[str], told: list[tuple[int, int, str]]
) -> None:
    with pytest.raises(NotATimer) as refused:
        new_timer(words)
    problems = refused.value.problems
    places = [(p.place.column, p.place.end_column) for p in problems if p.place]
    assert places == [(start, end) for start, end, _ in told]
    for problem, (_, _, part) in zip(problems, told, strict=True):
        assert part in problem.message
        shown = problem_text(problem)
        assert "timer:1:" in shown
        assert "\x1b" not in shown


@given(
    rounds=st.integers(1, 999), time_ms=st.integers(1, 43_000), rest_ms=st.integers(0, 43_000)
)  # fmt: skip
def test_a_timer_lasts_as_long_as_it_says(rounds: int, time_ms: int, rest_ms: int) -> None:
    rest_ms = rest_ms if rounds > 1 else 0
    library = Library(Path("/nowhere"), Path("/nowhere"), load_atlas(), ())
    said = f"{rounds}x{written(time_ms)}" + (f"/{written(rest_ms)}" if rest_ms else "")
    entry = timer_entry(library, new_timer([said]))
    assert not [p for p in entry.problems if p.severity is Severity.ERROR]
    assert entry.routine is not None
    plan = make_plan(entry.routine)
    lead_ms = plan.span(0).length_ms if plan.span(0).kind is SpanKind.GET_READY else 0
    assert plan.total.length_ms == lead_ms + rounds * time_ms + (rounds - 1) * rest_ms
    assert lead_ms == min(rest_ms, 5_000)


@given(st.text(max_size=20), st.text(max_size=20))
def test_whatever_is_typed_is_a_timer_or_a_problem(spec: str, title: str) -> None:
    try:
        routine = new_timer([spec, title])
    except NotATimer as error:
        assert all(problem.place for problem in error.problems)
    else:
        assert is_timer(spec)
        library = Library(Path("/nowhere"), Path("/nowhere"), load_atlas(), ())
        entry = timer_entry(library, routine)
        assert entry.routine is not None
        assert entry.routine.title == routine.title


def test_a_timer_is_kept_as_a_routine(library: Library) -> None:
    text = steps_text(new_timer(["8x20s/10s", "Tabata"]))
    first, second = keep_timer(library, text, "Tabata"), keep_timer(library, text, "Tabata")
    third = keep_timer(library, text, "\u592a\u6975")
    assert (first.id, second.id, third.id) == ("tabata", "tabata-2", "timer")
    assert first.routine is not None
    assert second.routine is not None
    assert third.title == "\u592a\u6975"
    assert make_plan(first.routine).total == make_plan(second.routine).total
    assert "uncramp run tabata-2 " in second.file.read_text("utf-8")
    assert not first.text
    with pytest.raises(UnusableValue):
        keep_timer(library, text, " ")
