"""A page with answers: arrows choose one, and Enter or a click accepts it."""

from typing import ClassVar

from rich.segment import Segment
from textual.events import Click
from textual.message import Message
from textual.strip import Strip

from uncramp.tui.widgets.text_page import Paragraph, TextPage

MARK = "▌ "


class AnswerPage(TextPage, can_focus=False):
    """Paragraphs, some of which are answers. The keys belong to the screen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"page--chosen"}

    DEFAULT_CSS = """
    AnswerPage > .page--chosen { color: $primary; background: $surface; text-style: bold; }
    """

    class Taken(Message):
        """The answer that was chosen was clicked."""

    def __init__(self, paragraphs: tuple[Paragraph, ...] = (), *, id: str | None = None) -> None:  # noqa: A002
        """Show `paragraphs`; the first answer among them is chosen."""
        super().__init__(paragraphs, id=id)
        self.chosen = next(iter(self.answers), "")
        """The answer that Enter accepts."""

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers, in their order."""
        return tuple(p.answer for p in self.paragraphs if p.answer)

    def choose(self, answer: str) -> None:
        """Choose an answer, and scroll to it."""
        self.chosen = answer
        self._scroll_to_chosen()
        self.refresh()

    def move_by(self, rows: int) -> None:
        """Choose the answer `rows` further down; at the first and last one, scroll the page."""
        answers, y = self.answers, self._line_of(self.chosen)
        at = answers.index(self.chosen)
        wanted = max(min(at + rows, len(answers) - 1), 0)
        is_below = y >= self.scroll_offset.y + self.size.height
        if wanted == at or (rows > 0 and is_below):
            self.scroll_relative(y=rows, animate=False)
        else:
            self.choose(answers[wanted])

    def on_click(self, event: Click) -> None:
        """Accept the answer under the mouse."""
        at = event.y + self.scroll_offset.y
        answer = self.lines[at].answer if 0 <= at < len(self.lines) else ""
        if answer:
            event.stop()
            self.choose(answer)
            self.post_message(self.Taken())

    def render_line(self, y: int) -> Strip:
        """One line; the chosen answer has a mark as well as a colour."""
        strip = super().render_line(y)
        at = y + self.scroll_offset.y
        if at >= len(self.lines) or not self.chosen or self.lines[at].answer != self.chosen:
            return strip
        style = self.get_component_rich_style("page--chosen")
        text = MARK + strip.text[len(MARK) :]
        return Strip([Segment(text, style)]).adjust_cell_length(strip.cell_length, style)

    def _line_of(self, answer: str) -> int:
        return next((y for y, line in enumerate(self.lines) if line.answer == answer), 0)

    def _scroll_to_chosen(self) -> None:
        y, top, height = self._line_of(self.chosen), self.scroll_offset.y, self.size.height
        rows = sum(line.answer == self.chosen for line in self.lines)
        if y < top:
            self.scroll_to(y=y, animate=False, force=True, immediate=True)
        elif y + rows > top + height:
            self.scroll_to(y=y + rows - height, animate=False, force=True, immediate=True)


def answer(name: str, words: str, *, right: str = "", hang: int = 0) -> Paragraph:
    """The paragraph of an answer, with room for the mark in front of it."""
    return Paragraph(words, right=right, indent=len(MARK), hang=hang, answer=name)
