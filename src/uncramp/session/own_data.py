"""The person's data on this machine, for screens that do not know files."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from uncramp.advice.seen import SeenCautions
from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.routine.model import Routine
from uncramp.library.favourites import read_favourites, turn_star
from uncramp.library.trash import Deleted, throw_away
from uncramp.runs.history import History, KeptRun, runs_of, uses_in
from uncramp.settings import OwnSettings
from uncramp.system import paths
from uncramp.system.clocks import Clocks, date_and_time, system_clocks
from uncramp.system.files import append_line

if TYPE_CHECKING:
    from uncramp.core.history.doctor import Reason
    from uncramp.core.history.entries import CrampEntry, Entry
    from uncramp.core.suitability.search import Use
    from uncramp.library.library import Library
    from uncramp.runs.unkept import NotWritten
    from uncramp.session.shown_history import ShownHistory


@dataclass(frozen=True, slots=True)
class OwnData:
    """The person's settings, stars, trash, history and seen cautions, and the log."""

    settings: OwnSettings
    clocks: Clocks

    @property
    def seen_cautions(self) -> SeenCautions:
        """The cautions that this person has been shown."""
        return SeenCautions(paths.seen_cautions_file())

    def favourites(self) -> frozenset[str]:
        """The ids of the favourites."""
        return read_favourites(paths.favourites_file())

    def turn_star(self, routine_id: str) -> tuple[frozenset[str], str | None]:
        """Make a routine a favourite, or no longer one.

        Returns the ids of the favourites, and a sentence if they could not be written.
        """
        return turn_star(paths.favourites_file(), routine_id)

    def uses(self) -> "tuple[Use, ...]":
        """When each routine was started."""
        return uses_in(paths.history_folder())

    def use_of(self, routine_id: str) -> str:
        """How a routine was used, in a sentence or two; empty where it was not.

        From the lines of runs alone, so that a routine's page loads no database.
        """
        from uncramp.core.history.totals import routine_summary
        from uncramp.runs.local_times import written_time
        from uncramp.session.entry_words import use_words

        summary = routine_summary(runs_of(paths.history_folder(), routine_id))
        return use_words(summary, written_time) if summary else ""

    def is_first_time(self, routine: Routine) -> bool:
        """Has this person never finished it? False for an urgent one, which cannot wait."""
        if routine.urgent:
            return False
        return not any(use.routine_id == routine.id and use.is_complete for use in self.uses())

    def open_history(self, library: "Library") -> "ShownHistory":
        """The person's history, to be closed at the end. Raises CannotUse.

        `library` says which routines count as the evening routine.
        """
        # SQLite takes longer to load than a run's whole start may take.
        from uncramp.session.own_history import evening_ids, open_own_history
        from uncramp.session.shown_history import ShownHistory

        store = open_own_history(self.clocks.wall)
        return ShownHistory(store, self.clocks.wall, evening_ids(library))

    def keep_cramp(self, cramp: "CrampEntry", run: KeptRun | None) -> "NotWritten | None":
        """Keep the person's answers about the cramp of `run`.

        Returns why it could not be written, or None.
        """
        history = History(paths.history_folder(), self.clocks.wall)
        return history.append_cramp(cramp, run.uid if run else "")

    def new_reasons(self, also: "Iterable[Entry]" = ()) -> "tuple[Reason, ...]":
        """Reasons to see a doctor that were not shown yet; they count as shown from now on.

        `also` are entries that are not in the history yet.
        """
        from uncramp.session.own_history import advice_after_cramp

        return advice_after_cramp(self.clocks.wall, also)

    def throw_away(self, file: Path) -> Deleted:
        """Move a routine of the person's own to the trash. Raises CannotWrite."""
        return throw_away(file, paths.trash_folder(), self.clocks.wall())

    def note_cautions(self, routine: Routine) -> None:
        """Note that the routine's cautions were shown."""
        self.seen_cautions.note(routine)

    def log(self, failure: BaseException) -> Path:
        """Write an error's traceback to the log. Returns the log's file. Raises OSError."""
        file = paths.logs_folder() / "uncramp.log"
        import traceback

        words = "".join(traceback.format_exception(failure)).rstrip("\n")
        append_line(file, f"\n{date_and_time(self.clocks.wall())}\n{words}".encode())
        return file


def open_own_data() -> OwnData:
    """The data of the person who runs this process."""
    return OwnData(OwnSettings(paths.settings_file()), system_clocks())
