"""The question and the advice after a run for a cramp."""

from collections.abc import Iterable

from uncramp.advice.history_words import DOCTOR_WORDS
from uncramp.core.history.doctor import Reason
from uncramp.core.history.entries import CrampEntry, RunEnding, RunEntry
from uncramp.core.run.ending import step_names
from uncramp.core.run.record import Record
from uncramp.runs.local_times import local_time
from uncramp.session.conductor import Conductor
from uncramp.session.own_data import OwnData
from uncramp.session.unkept_words import WHAT_YOU_SAID, not_written_words
from uncramp.tui.history.cramp_dialog import CrampDialog
from uncramp.tui.history.cramp_form import Asked, CrampForm


def question_about(record: Record, conductor: Conductor, data: OwnData) -> CrampDialog:
    """The dialog about the cramp, after the run is in the history."""
    run = conductor.kept_run() if conductor.kept_run else None
    now_s = data.clocks.wall()
    began_s = run.began_s if run else now_s - record.played_ms / 1000
    done = conductor.run.saved(conductor.now()).done
    form = CrampForm(Asked.AFTER_RUN, local_time(now_s), step_names(conductor.plan, done))

    def keep(said: CrampEntry) -> str:
        problem = data.keep_cramp(said, run)
        if problem is not None:
            return not_written_words(problem, WHAT_YOU_SAID)
        return reason_words(data.new_reasons())

    return CrampDialog(CrampEntry(local_time(began_s)), form, keep)


def advice_with(record: Record, data: OwnData) -> str:
    """Why to see a doctor, according to the history with this run; empty for no reason."""
    now = local_time(data.clocks.wall())
    began = local_time(data.clocks.wall() - record.played_ms / 1000)
    ran = RunEntry(
        record.routine_id, record.title, record.fingerprint, began, now, RunEnding.ENDED,
        is_urgent=True,
    )  # fmt: skip
    return reason_words(data.new_reasons((ran,)))


def reason_words(reasons: Iterable[Reason]) -> str:
    """The reasons as sentences, with the key that shows more; empty for none."""
    words = " ".join(DOCTOR_WORDS[reason] for reason in reasons)
    return f"{words} F1 shows more." if words else ""
