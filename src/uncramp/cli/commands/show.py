"""`uncramp show` and `uncramp cautions`."""

from uncramp.cli.arguments import Arguments
from uncramp.cli.options import choice_options
from uncramp.cli.routine_lookup import find_routine, open_library
from uncramp.cli.routine_plan import routine_plan
from uncramp.cli.settings_check import tell_problems
from uncramp.cli.start_checks import answer_for
from uncramp.plain.caution_lines import all_caution_lines
from uncramp.plain.output import write
from uncramp.plain.show_lines import show_lines
from uncramp.settings import read_settings
from uncramp.system import paths


def show(asked: Arguments) -> int:
    """Write what a routine does, moment by moment."""
    found = routine_plan(asked)
    if found is None:
        return 2
    if asked.json:
        from uncramp.plain.json_objects import plan_object
        from uncramp.plain.json_text import json_line

        write([json_line(plan_object(found.plan))])
    else:
        write(show_lines(found.plan, found.answer))
    return 0


def cautions(asked: Arguments) -> int:
    """Write all cautions of a routine."""
    entry = find_routine(open_library(), asked)
    if entry is None:
        return 2
    settings = read_settings(paths.settings_file())
    tell_problems(settings)
    found = answer_for(entry, settings, choice_options(asked))
    if entry.routine is None or found is None:
        return 2
    write(all_caution_lines(entry.routine, found))
    return 0
