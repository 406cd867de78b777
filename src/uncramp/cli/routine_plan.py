"""The plan of the routine that a command names, for commands that need no run."""

from uncramp.cli.arguments import Arguments
from uncramp.cli.options import choice_options
from uncramp.cli.routine_lookup import find_routine, open_library
from uncramp.cli.settings_check import tell_problems
from uncramp.cli.start_checks import answer_for, refuse
from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.plan.plan import Plan
from uncramp.core.suitability.assess import Answer
from uncramp.library.library import Entry
from uncramp.session.preflight import choices_of
from uncramp.settings import Settings, read_settings
from uncramp.system import paths


@dataclass(frozen=True, slots=True)
class RoutinePlan:
    """A routine as this person can run it."""

    entry: Entry
    settings: Settings
    answer: Answer
    plan: Plan


def routine_plan(asked: Arguments) -> RoutinePlan | None:
    """The routine that `asked` names, with its plan. None if there is none; says why."""
    entry = find_routine(open_library(), asked)
    if entry is None:
        return None
    settings, options = read_settings(paths.settings_file()), choice_options(asked)
    tell_problems(settings)
    answer = answer_for(entry, settings, options)
    if answer is None:
        return None
    if answer.plan is None:
        refuse(entry.title, answer.locked or "", choices_of(settings, options))
        return None
    return RoutinePlan(entry, settings, answer, answer.plan)
