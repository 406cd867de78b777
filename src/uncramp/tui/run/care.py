"""The cautions of a step: only whole ones, and a count of those that do not fit."""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.text.suggestions import counted
from uncramp.tui.widgets.wrapping import wrapped


@dataclass(frozen=True, slots=True)
class Care:
    """What a person must be careful about in a step."""

    cautions: tuple[str, ...] = ()
    key: str = "I"
    """The name of the key that shows all of them."""

    def words(self, shown: int) -> str:
        """The first `shown` cautions, and how many more there are."""
        left = len(self.cautions) - shown
        beside = f"Care: {' '.join(self.cautions[:shown])}" if shown else ""
        more = f"{self.key}: {self.count_words(left, is_more=shown > 0)}" if left else ""
        return " ".join(filter(None, (beside, more)))

    @staticmethod
    def count_words(count: int, *, is_more: bool = False) -> str:
        """`3 cautions`, `2 more cautions`."""
        return counted(count, "more caution" if is_more else "caution")

    def rows(self, width: int) -> tuple[int, ...]:
        """How many rows it takes at `width` columns, with none shown, one, and so on."""
        if not self.cautions:
            return ()
        shown = range(len(self.cautions) + 1)
        return tuple(len(wrapped(self.words(count), width)) for count in shown)

    def fitting(self, width: int, rows: int) -> int | None:
        """How many fit in `rows` rows; None if even the count does not fit."""
        fits = [shown for shown, needed in enumerate(self.rows(width)) if needed <= rows]
        return max(fits, default=None)


def care_rows(care: Care, width: int) -> Iterator[int]:
    """The numbers of rows at which more of it can be shown, smallest first."""
    shown = -1
    rows = care.rows(width)
    for needed in sorted(set(rows)):
        fits = max(count for count, taken in enumerate(rows) if taken <= needed)
        if fits > shown:
            shown = fits
            yield needed


class CareWords(Widget):
    """The cautions that fit; none is cut."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Show nothing yet."""
        super().__init__(id=id)
        self._care = Care()

    def show(self, care: Care) -> None:
        """Show `care`; draw only if it changed."""
        if care != self._care:
            self._care = care
            self.refresh()

    @property
    def text(self) -> str:
        """The text, as far as it fits."""
        width, rows = self.content_size
        shown = self._care.fitting(width, rows)
        return self._care.words(shown) if self.display and shown is not None else ""

    def render(self) -> Content:
        """The cautions that fit."""
        return Content("\n".join(wrapped(self.text, max(self.content_size.width, 1))))
