from pathlib import Path

from uncramp.core.run.moves import TRANSITIONS, MoveKind, Phase, diagram

ARCHITECTURE = Path(__file__).parents[2] / "docs" / "architecture.md"


def test_the_diagram_in_the_documents_is_drawn_from_the_table() -> None:
    assert f"```mermaid\n{diagram()}```" in ARCHITECTURE.read_text(encoding="utf-8")


def test_every_move_is_allowed_somewhere_and_every_phase_but_the_end_can_be_ended() -> None:
    assert set().union(*TRANSITIONS.values()) == set(MoveKind)
    for phase in Phase:
        assert (MoveKind.END in TRANSITIONS[phase]) == (phase is not Phase.ENDED)
