"""How the cramp was: a few questions, each answered by one key or skipped."""

from collections.abc import Callable

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key

from uncramp.core.history.entries import LONGEST_NOTE, CrampEntry
from uncramp.core.text.safe_text import on_one_line
from uncramp.runs.local_times import read_local_time, written_time
from uncramp.tui.base_screen import Dialog
from uncramp.tui.dialogs.prompt import PromptDialog
from uncramp.tui.history.cramp_form import (
    CrampForm,
    Question,
    answer_words,
    choices_line,
    questions,
    with_answer,
)
from uncramp.tui.keys.bindings import bindings_for
from uncramp.tui.widgets.answer_page import AnswerPage, answer
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.text_page import Look, Paragraph

BETWEEN = " " * 3
INDENT = 4


class CrampDialog(Dialog[str]):
    """The questions. Its result is a sentence to show, or ""."""

    PLACE = "cramp"
    BINDINGS = bindings_for("cramp", up="by(-1)", down="by(1)")

    def __init__(
        self, cramp: CrampEntry, form: CrampForm, keep: Callable[[CrampEntry], str]
    ) -> None:
        """Ask about `cramp`. The answers go to `keep`, which returns a sentence to show."""
        super().__init__()
        self._keep = keep
        self._before = cramp
        self._cramp = cramp
        self._now = form.now
        self._questions = questions(form)
        self._at = 0

    def compose(self) -> ComposeResult:
        """The questions, with the answers to the present one, and the keys."""
        with Vertical(id="frame") as frame:
            frame.border_title = "How was the cramp?"
            yield AnswerPage(id="page")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Ask the first question."""
        self._show()

    def on_resize(self) -> None:
        """Lay out the answers again."""
        self.call_after_refresh(self._show)

    @property
    def _question(self) -> Question:
        return self._questions[self._at]

    def _show(self) -> None:
        page = self.query_one(AnswerPage)
        # One column may be the scrollbar's, as soon as the answers are there.
        room = max(page.size.width - INDENT - 1, 20)
        lines: list[Paragraph] = []
        for question in self._questions:
            said = answer_words(self._cramp, question)
            lines.append(answer(question.name, question.words, right=said))
            if question is self._question:
                lines += [
                    Paragraph(line, Look.CODE, indent=INDENT) for line in _packed(question, room)
                ]
        page.show(tuple(lines), from_top=False)
        page.choose(self._question.name)
        self._bring_answers_into_sight(page)
        is_last = self._at == len(self._questions) - 1
        self.show_keys(
            next="Type it" if self._question.is_typed else "Done" if is_last else "Next",
            skip="Skip, and done" if is_last else "Skip",
            without="up" if not self._at else "",
        )

    def _bring_answers_into_sight(self, page: AnswerPage) -> None:
        """Scroll to the last of the question's answers, as far as the question stays in sight."""
        names = [line.answer for line in page.lines]
        if self._question.name not in names:
            return
        first = names.index(self._question.name)
        after = (y for y in range(first + 1, len(names)) if names[y])
        end = next(after, len(names))
        if end > page.scroll_offset.y + page.size.height:
            y = min(first, end - page.size.height)
            page.scroll_to(y=y, animate=False, force=True, immediate=True)

    def on_key(self, event: Key) -> None:
        """Accept an answer."""
        key = event.key.casefold()
        for found in self._question.answers:
            if found.key == key:
                event.stop()
                self._cramp = with_answer(self._cramp, self._question, found.value)
                if self._question.is_many:
                    self._show()
                else:
                    self._go_on()
                return

    def _go_on(self) -> None:
        if self._at + 1 < len(self._questions):
            self._at += 1
            self._show()
        else:
            self.action_leave()

    def action_skip(self) -> None:
        """Skip this question."""
        self._go_on()

    def action_next(self) -> None:
        """Go to the next question, or type the answer if it is typed."""
        if not self._question.is_typed:
            self._go_on()
            return
        question = self._question
        is_time = question.name == "at"
        said = written_time(self._cramp.at) if is_time else self._cramp.note
        prompt = PromptDialog(
            question.words, said, self._problem_with_time if is_time else _problem_with_note,
            takes="When it was: 03:10, or 2026-11-20 03:10." if is_time else "In your own words.",
            take="OK", is_all_chosen=is_time,
        )  # fmt: skip
        self.open(prompt, lambda words: self._typed(question, words))

    def _problem_with_time(self, words: str) -> str | None:
        try:
            read_local_time(words, self._now.epoch_s)
        except (ValueError, OverflowError):
            return "Write a time that is over, such as 03:10 or 2026-11-20 03:10."
        return None

    def _typed(self, question: Question, words: str | None) -> None:
        if words is None:
            return
        value: object = on_one_line(words)
        if question.name == "at":
            # An unchanged time keeps its seconds.
            is_same = words.strip() == written_time(self._cramp.at)
            value = self._cramp.at if is_same else read_local_time(words, self._now.epoch_s)
        self._cramp = with_answer(self._cramp, question, value)
        self._go_on()

    def action_by(self, rows: int) -> None:
        """Go to another question."""
        self._at = max(min(self._at + rows, len(self._questions) - 1), 0)
        self._show()

    @on(AnswerPage.Taken)
    def _clicked(self) -> None:
        names = [question.name for question in self._questions]
        self._at = names.index(self.query_one(AnswerPage).chosen)
        self._show()

    def action_leave(self) -> None:
        """Skip the rest, and keep the answers."""
        if self.is_active:
            self.dismiss(self._keep(self._cramp) if self._cramp != self._before else "")


def _problem_with_note(words: str) -> str | None:
    if len(words) > LONGEST_NOTE:
        return f"A note has {LONGEST_NOTE:,} characters at most; this one has {len(words):,}."
    return None


def _packed(question: Question, room: int) -> list[str]:
    """The answers in lines of at most `room` cells, none of them broken."""
    lines: list[str] = []
    for choice in choices_line(question):
        if lines and cell_len(lines[-1]) + len(BETWEEN) + cell_len(choice) <= room:
            lines[-1] += BETWEEN + choice
        else:
            lines.append(choice)
    return lines
