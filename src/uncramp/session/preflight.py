"""Makes a plan of a routine and the choices for it, or says why there is none."""

from uncramp.core.lazy.dataclass import replace
from uncramp.core.plan.overrides import Unknown, problem_of, with_times, without
from uncramp.core.routine.model import Choices, Routine
from uncramp.core.suitability.assess import Answer, answer
from uncramp.session.run_options import ChoiceOptions
from uncramp.settings import Settings


class CannotChoose(Exception):
    """The choices do not fit the routine; the text says why, for the person."""


def choices_of(settings: Settings, options: ChoiceOptions) -> Choices:
    """The person's settings and their choices for this one run, except those about steps."""
    return settings.choices(options.conditions, options.side)


def answer_for(
    routine: Routine, settings: Settings, options: ChoiceOptions, *, is_first_time: bool = False
) -> Answer:
    """Whether and how this person can run the routine with these choices. Raises CannotChoose."""
    choices = replace(choices_of(settings, options), is_first_time=is_first_time)
    try:
        choices = with_times(routine, choices, options.times)
        choices = without(routine, choices, options.left_out)
    except Unknown as error:
        raise CannotChoose(str(error)) from None
    problem = problem_of(routine, choices)
    if problem:
        raise CannotChoose(problem)
    return answer(routine, choices)
