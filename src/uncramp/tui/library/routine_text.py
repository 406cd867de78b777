"""The text about a routine, on its page and beside the list."""

from typing import TYPE_CHECKING

from uncramp.core.routine.model import Choices
from uncramp.core.suitability.assess import answer
from uncramp.tui.dialogs.leaflet_pages import difference_paragraphs
from uncramp.tui.library.outline import outline_of, problems_page, warnings_page
from uncramp.tui.widgets.text_page import Paragraph

if TYPE_CHECKING:
    from uncramp.library.library import Entry


def page_of(entry: "Entry", choices: Choices) -> tuple[Paragraph, ...]:
    """The text about a routine: what is different for this person, its steps, its problems."""
    if entry.routine is None:
        return problems_page(tuple(entry.problems), str(entry.file))
    page = difference_paragraphs(answer(entry.routine, choices))
    page += outline_of(entry.routine) + warnings_page(entry.problems)
    if entry.hides_bundled:
        words = "Yours; it replaces the bundled routine of the same id."
        page = (*page, Paragraph(), Paragraph(words))
    return page
