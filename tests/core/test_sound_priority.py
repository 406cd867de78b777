from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from uncramp.core.plan.sound_priority import (
    ATTACK_MS,
    BREATH_MS,
    MOST_WAIT_MS,
    PRECEDENCE,
    Meeting,
    meeting,
    phrase_begins_ms,
    stronger,
    table,
)
from uncramp.core.routine.model import CueKind

ARCHITECTURE = Path(__file__).parents[2] / "docs/architecture.md"
KINDS = st.sampled_from(PRECEDENCE)
MOMENTS = st.none() | st.integers(0, 20_000)


def test_the_order_is_the_one_that_was_promised() -> None:
    promised = ["finish", "end", "switch", "start", "voice", "prompt", "halfway", "tick"]
    assert [k.value for k in PRECEDENCE if k is not CueKind.READY] == promised
    assert set(PRECEDENCE) == set(CueKind)


def test_the_table_in_the_documents_is_drawn_from_this_one() -> None:
    assert table() in ARCHITECTURE.read_text(encoding="utf-8")


@given(KINDS, KINDS)
def test_only_what_is_weaker_than_the_voice_is_ever_silent(heard: CueKind, coming: CueKind) -> None:
    is_silent = meeting(heard, coming) is Meeting.SILENT
    assert is_silent == (heard is CueKind.VOICE and coming in PRECEDENCE[6:])


@given(KINDS)
def test_no_chime_waits_for_a_bell_that_rings_on(heard: CueKind) -> None:
    for coming in set(PRECEDENCE) - {CueKind.VOICE}:
        assert meeting(heard, coming) in (Meeting.BOTH, Meeting.SILENT)


@given(KINDS, KINDS)
def test_of_two_one_is_stronger(one: CueKind, other: CueKind) -> None:
    assert stronger(one, other) + stronger(other, one) == (one is not other)


@given(st.integers(0, 20_000), MOMENTS, MOMENTS)
def test_a_phrase_never_begins_early_nor_over_another_nor_much_too_late(
    moment: int, chime_at: int | None, spoken_until: int | None
) -> None:
    begins = phrase_begins_ms(moment, chime_at, spoken_until)
    earliest = max(
        moment,
        moment if chime_at is None else chime_at + ATTACK_MS,
        moment if spoken_until is None else spoken_until + BREATH_MS,
    )
    if earliest - moment > MOST_WAIT_MS:
        assert begins is None
    else:
        assert begins == earliest
