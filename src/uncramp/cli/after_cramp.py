"""The questions and the advice on a terminal after a plain run for a cramp."""

from uncramp.cli.cramp_fields import with_answers
from uncramp.cli.prompts import NoAnswer
from uncramp.core.history.entries import CrampEntry
from uncramp.core.run.ending import step_names
from uncramp.plain.history_lines import doctor_lines
from uncramp.plain.output import complain, write
from uncramp.runs.local_times import local_time
from uncramp.session.conductor import Conductor
from uncramp.session.own_data import OwnData
from uncramp.session.unkept_words import WHAT_YOU_SAID, not_written_words


def ask_about_cramp(conductor: Conductor, data: OwnData) -> None:
    """Ask how the cramp was that the run was for, and keep the answers.

    Each question can be left out with Enter, and all of them with Ctrl-D or Ctrl-C.
    """
    run = conductor.kept_run() if conductor.kept_run else None
    record = conductor.record
    if run is None or record is None or not (record.is_urgent and record.has_begun):
        return
    write(["", "How was the cramp? Enter leaves a question out, Ctrl-D the rest."])
    done = step_names(conductor.plan, conductor.run.saved(conductor.now()).done)
    cramp = CrampEntry(local_time(run.began_s))
    try:
        said = with_answers(cramp, data.clocks.wall(), steps=done)
    except (NoAnswer, KeyboardInterrupt):
        said = cramp
    if said != cramp:
        problem = data.keep_cramp(said, run)
        if problem:
            complain(not_written_words(problem, WHAT_YOU_SAID))
            return
        write(["Logged. uncramp history shows it."])
    write(doctor_lines(data.new_reasons()))
