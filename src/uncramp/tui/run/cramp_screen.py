"""The run during a cramp: the person can choose the kind of cramp and the leg."""

from typing import TYPE_CHECKING

from uncramp.advice.cramps import CRAMPS
from uncramp.core.lazy.dataclass import replace
from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Choices, Side
from uncramp.core.suitability.assess import REACHING_WORDS, STANDING_WORDS, answer, is_offered
from uncramp.session.conductor import Conductor
from uncramp.tui.keys.bindings import bindings_for
from uncramp.tui.run.screen import RunScreen
from uncramp.tui.widgets.button_rows import ButtonRow, ButtonShown

if TYPE_CHECKING:
    from uncramp.library.library import Library


class NowScreen(RunScreen, inherit_bindings=True):
    """A run that changes to another cramp at once, and to the other leg at the same step."""

    PLACE = "now"
    BINDINGS = bindings_for(
        "now",
        left="leg('left')", right="leg('right')",
        **{c.routine_id.replace("-", "_"): f"other_cramp('{c.routine_id}')" for c in CRAMPS},
    )  # fmt: skip

    def __init__(self, conductor: Conductor, library: "Library") -> None:
        """Show the run of `conductor`; the other routines are in `library`."""
        super().__init__(conductor)
        self._library = library

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is not already chosen."""
        plan = self.conductor.plan
        if action == "other_cramp":
            return parameters != (plan.routine.id,)
        if action == "leg":
            return parameters != (plan.choices.affected,)
        return super().check_action(action, parameters)

    def button_rows(self) -> tuple[ButtonRow, ...]:
        """Which cramp, and which leg."""
        plan = self.conductor.plan
        cramps = tuple(
            ButtonShown(f"now.{c.routine_id}", c.key, c.words, c.routine_id == plan.routine.id)
            for c in CRAMPS
        )
        affected = plan.choices.affected
        legs = (
            ButtonShown("now.left", "L", "◀ LEFT LEG", affected is Side.LEFT),
            ButtonShown("now.right", "R", "RIGHT LEG ▶", affected is Side.RIGHT),
        )
        return (cramps, legs)

    def action_other_cramp(self, routine_id: str) -> None:
        """It is this other kind of cramp: switch to what helps with it."""
        self.tick()
        routine = self._library.urgent(routine_id).routine
        if self._is_over or routine is None or not self._takes("cramp", self._steady()):
            return
        chosen = self.conductor.plan.choices
        choices = Choices(chosen.first_side, chosen.affected, chosen.conditions)
        found = answer(routine, choices)
        if not is_offered(routine, chosen.conditions):
            cannot_reach = "cannot-reach-feet" in chosen.conditions
            self.tell(f"{STANDING_WORDS} {REACHING_WORDS}" if cannot_reach else STANDING_WORDS)
            self._show()
        elif found.plan is None:
            self.tell(found.locked or "")
            self._show()
        else:
            self._take(self.conductor.change_to(found.plan))

    def action_leg(self, side: str) -> None:
        """It is this leg: continue with it, at the same step and time."""
        self.tick()
        if not self._is_over and self._takes("leg", self._steady()):
            plan = self.conductor.plan
            choices = replace(plan.choices, affected=Side(side))
            self.conductor.follow(make_plan(plan.routine, choices))
            self._take(())
