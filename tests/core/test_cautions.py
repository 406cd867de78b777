"""Which cautions are shown to whom, and how many beside a step."""

import pytest

from tests.content.bundled import IDS, routine, steps
from uncramp.atlas import load_atlas
from uncramp.core.routine.model import Choices, Step
from uncramp.core.suitability.cautions import cautions_of, conditions_of, first_sentences, fitting

KNOWN = Choices(is_known=True)
THIN = Choices(is_known=True, conditions=frozenset({"blood-thinners"}))


@pytest.mark.parametrize(
    ("caution", "conditions"),
    [
        ("Pregnant: leave out LI4.", {"pregnant"}),
        (
            "Blood thinners or varicose veins: press lightly.",
            {"blood-thinners", "varicose-veins"},
        ),
        ("Diabetes, numb feet or poor circulation: ask a clinician.", {"numb-feet"}),
        ("Feet that feel little: no strong pressure.", {"numb-feet"}),
        ("Medium pressure: a nerve and an artery lie beneath.", set()),
        ("Blood thinners or a hot leg: stop.", set()),
        ("Not on a swollen ankle.", set()),
    ],
)
def test_a_caution_names_the_conditions_that_it_is_for(caution: str, conditions: set[str]) -> None:
    assert conditions_of(caution) == conditions


def test_who_has_not_answered_is_shown_all_and_who_has_what_is_for_them() -> None:
    cautions = ("Pregnant: leave it out.", "Blood thinners: press lightly.", "Not on wounds.")
    assert fitting(cautions, Choices()) == cautions
    assert fitting(cautions, KNOWN) == ("Not on wounds.",)
    assert fitting(cautions, THIN) == ("Blood thinners: press lightly.", "Not on wounds.")


def test_beside_a_step_stand_two_sentences() -> None:
    assert first_sentences(()) == ""
    assert first_sentences(("One.", "Two.")) == "One. Two."
    assert first_sentences(("One. Two.", "Three.")) == "One. Two."


def test_what_is_the_persons_own_comes_first() -> None:
    step = Step("steps[0]", "Rub", 30_000, kind="rub", cautions=("Not on wounds.",))
    assert cautions_of(step, THIN) == ("You take blood thinners: press lightly.", "Not on wounds.")


@pytest.mark.parametrize("routine_id", IDS)
def test_no_bundled_caution_speaks_of_a_condition_that_it_does_not_begin_with(
    routine_id: str,
) -> None:
    cautions = [*routine(routine_id).cautions]
    cautions += [caution for step in steps(routine(routine_id).items) for caution in step.cautions]
    cautions += [caution for point in load_atlas().points for caution in point.cautions]
    for caution in cautions:
        for word in ("pregnan", "blood thinner", "varicose"):
            if word in caution.casefold():
                assert conditions_of(caution), caution
