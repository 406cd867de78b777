"""The key line of a run: its keys and their words at a moment."""

from collections.abc import Iterator
from typing import Any

from textual.actions import parse
from textual.binding import Binding
from textual.screen import Screen

from uncramp.core.run.view import View
from uncramp.session.key_table import KEY_BY_ID
from uncramp.tui.keys.bindings import bindings_of, names_of
from uncramp.tui.run.actions import CARE_RANK, PRESSES, place_in_line, press_words, rank_in_line
from uncramp.tui.run.panel import RunPanel
from uncramp.tui.run.row_grants import Part
from uncramp.tui.widgets.key_line import KeyShown


def run_keys(screen: Screen[Any], panel: RunPanel, view: View) -> tuple[KeyShown, ...]:
    """The key line of a run's screen at the moment of `view`."""
    return tuple(_shown(screen, panel, view))


def _shown(screen: Screen[Any], panel: RunPanel, view: View) -> Iterator[KeyShown]:
    names, cautions = names_of(screen), panel.uncounted_cautions
    for binding in sorted(bindings_of(screen), key=place_in_line):
        id_, words = binding.id or "", _words_of(screen, panel, binding, view)
        if words and binding.action == "details" and cautions:
            yield KeyShown(id_, cautions, CARE_RANK, names[id_])
        elif words:
            yield KeyShown(id_, words, rank_in_line(binding, is_cut=panel.is_cut), names[id_])


def _words_of(screen: Screen[Any], panel: RunPanel, binding: Binding, view: View) -> str | None:
    """The label of a key on the key line now; None if it is not on it."""
    _, name, parameters = parse(binding.action)
    key = KEY_BY_ID[binding.id or ""]
    is_on_button = key.place == "now" and panel.has_row_for(Part.BUTTONS)
    is_shown = key.rank is not None and not is_on_button
    if not (is_shown and screen.check_action(name, parameters)):
        return None
    return press_words(name, view) if name in PRESSES else binding.description
