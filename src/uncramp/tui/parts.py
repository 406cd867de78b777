"""Getting the parts of a widget, found once and kept."""

from typing import Any, Generic, TypeVar

from textual.widget import Widget

Part = TypeVar("Part", bound=Widget)


class kept_part(Generic[Part]):  # noqa: N801
    """As `textual.getters.query_one`, for a part that stays as long as its widget.

    Finding one takes twenty microseconds, and a run screen needs fifteen each second.
    """

    def __init__(self, selector: str, of: type[Part]) -> None:
        """Find the part of that type by a selector of CSS."""
        self._selector, self._type = selector, of

    def __set_name__(self, owner: type, name: str) -> None:
        """Remember the name of the part."""
        self._name = name

    def __get__(self, widget: Any, owner: type) -> Part:
        """Find the part. Raises NoMatches if it is not there yet."""
        found: Part = widget.query_one(self._selector, self._type)
        # Later reads find this before the descriptor.
        widget.__dict__[self._name] = found
        return found
