"""The keys that work now, on one line."""

from collections.abc import Collection, Mapping
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.events import Click
from textual.strip import Strip
from textual.widget import Widget

from uncramp.core.lazy.dataclass import dataclass, replace
from uncramp.session.key_table import key_words, keys_of_place
from uncramp.tui.keys.bindings import action_of, given_key

BETWEEN = ("   ", "  ", " ")
"""The gap between keys: smaller if the most important ones would not fit otherwise."""

RANKS_WORTH_A_SMALLER_GAP = (1, 0)
"""The gap shrinks to show all keys up to the first of these ranks, or else the second."""


@dataclass(frozen=True, slots=True)
class KeyShown:
    """A key and what it does."""

    id: str
    """Its id in the key table; empty for a widget's own key."""
    words: str
    rank: int = 0
    """If there is no room for all, keys with the highest rank are left out first."""
    key: str = ""
    """The name to show, unless the person assigned another key to the id."""


def shown_keys(
    place: str, *, without: Collection[str] = (), words: Mapping[str, str] | None = None
) -> tuple[KeyShown, ...]:
    """The keys of a place for its line; `words` replace labels of the table by name."""
    return tuple(
        KeyShown(
            key.id,
            (words or {}).get(key.name, key.label),
            key.rank,
            key.sign or key_words(key.keys[0]),
        )
        for key in keys_of_place(place)
        if key.rank is not None and key.name not in without
    )


class KeyLine(Widget):
    """A line of keys; one that does not fit is left out whole."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key", "keys--words"}

    DEFAULT_CSS = """
    KeyLine {
        height: 1;
        & > .keys--key { color: $primary; text-style: bold; }
        & > .keys--words { color: $text-muted; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Show nothing yet."""
        super().__init__(id=id)
        self._keys: tuple[KeyShown, ...] = ()

    def show(self, keys: tuple[KeyShown, ...]) -> None:
        """Show `keys` in their order, as far as there is room."""
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    @property
    def text(self) -> str:
        """The text of the line."""
        return self._between().join(f"{key.key} {key.words}" for key in self._fitting())

    def render_line(self, y: int) -> Strip:
        """The keys that fit."""
        of_key = self.get_component_rich_style("keys--key")
        of_words = self.get_component_rich_style("keys--words")
        segments: list[Segment] = []
        between = self._between()
        for key in self._fitting():
            segments += [
                Segment(between if segments else "", of_words),
                Segment(key.key, of_key),
                Segment(" ", of_words),
                Segment(key.words, of_words),
            ]
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    async def on_click(self, event: Click) -> None:
        """Do what the key under the mouse does; a click between keys goes to the screen."""
        x = 0
        for key in self._fitting():
            end = x + _width(key)
            if x <= event.x < end:
                action = action_of(self.screen, key.id)
                if action:
                    event.stop()
                    await self.screen.run_action(action)
                return
            x = end + len(self._between())

    def _fitting(self) -> tuple[KeyShown, ...]:
        width, kept, between = self.size.width, set[KeyShown](), len(self._between())
        keys = tuple(self._as_given(key) for key in self._keys)
        for key in sorted(keys, key=lambda key: key.rank):
            used = sum(_width(k) + between for k in kept)
            if used + _width(key) <= width:
                kept.add(key)
        return tuple(key for key in keys if key in kept)

    def _between(self) -> str:
        for rank in RANKS_WORTH_A_SMALLER_GAP:
            wide = [_width(self._as_given(key)) for key in self._keys if key.rank <= rank]
            for between in BETWEEN:
                if sum(wide) + len(between) * (len(wide) - 1) <= self.size.width:
                    return between
        return BETWEEN[-1]

    def _as_given(self, key: KeyShown) -> KeyShown:
        """The key under the name of the person's own key, if they assigned one."""
        given = given_key(self.screen, key.id)
        return key if given is None else replace(key, key=given)


def _width(key: KeyShown) -> int:
    return cell_len(key.key) + 1 + cell_len(key.words)
