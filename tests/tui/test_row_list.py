"""What every list does: it chooses, turns pages, scrolls and is clicked, over headings too."""

from collections.abc import Sequence
from itertools import accumulate

from rich.segment import Segment
from textual.app import App, ComposeResult

from uncramp.tui.widgets.row_list import Line, RowList

HEADING = "#"


class Words(RowList[str]):
    """Words, with a blank line under each and headings that have none."""

    def can_choose(self, row: str) -> bool:
        return not row.startswith(HEADING)

    def tops(self, rows: Sequence[str]) -> Sequence[int]:
        return tuple(accumulate((1 if row.startswith(HEADING) else 2 for row in rows), initial=0))

    def draw(self, row: str, line: int, width: int, *, is_chosen: bool) -> Line:
        style = self.style("chosen" if is_chosen else "text")
        return [Segment("" if line else row, style)], style


class WordsApp(App[None]):
    """A list and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def compose(self) -> ComposeResult:
        yield Words()

    def on_row_list_chose(self) -> None:
        self.told.append("chose")

    def on_row_list_clicked(self, message: Words.Clicked) -> None:
        self.told.append(f"clicked {message.was_chosen}")


ROWS = ("# one", "a", "b", "# two", "# three", "c", "d", "e")


async def test_a_list_chooses_scrolls_and_is_clicked() -> None:
    app = WordsApp()
    async with app.run_test(size=(20, 6)) as pilot:
        words = app.query_one(Words)
        assert words.chosen_row is None
        words.show_rows(ROWS, 0)
        assert words.chosen_row == "a", "the heading is skipped"
        words.move_by(2)
        assert words.chosen_row == "c", "and so are two of them"
        words.move_by(-1)
        assert words.chosen_row == "b"
        words.move_by(99)
        assert words.chosen_row == "e"
        words.move_by(-99)
        assert words.chosen_row == "a"
        assert words.scroll_offset.y == 0, "with the words over it"
        words.move_by_pages(1)
        assert words.chosen_row == "c", "the row six lines further down is a heading"
        words.move_by_pages(1)
        words.move_by_pages(1)
        assert words.chosen_row == "e"
        words.move_by_pages(-1)
        assert words.chosen_row == "b", "from a heading it goes on in the same direction"
        words.move_by(1)
        await pilot.pause()
        app.told.clear()
        y = words.scroll_offset.y
        await pilot.click(Words, offset=(1, 7 - y))
        await pilot.click(Words, offset=(1, 5 - y))
        assert app.told == ["clicked True"], "a heading is no answer"
        await pilot.click(Words, offset=(1, 4 - y))
        assert words.chosen_row == "b"
        assert app.told == ["clicked True", "chose", "clicked False"]


async def test_a_list_without_a_row_to_choose_takes_every_key() -> None:
    app = WordsApp()
    async with app.run_test(size=(20, 6)) as pilot:
        words = app.query_one(Words)
        for rows in ((), ("# one",)):
            words.show_rows(rows, 3)
            words.move_by(1)
            words.move_by_pages(1)
            words.move_by_pages(-1)
            await pilot.click(Words, offset=(1, 0))
            assert words.chosen_row is None
