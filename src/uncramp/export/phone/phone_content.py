"""The data of the page: the parts of the sound with their words, pictures and prompts."""

from collections.abc import Iterable, Iterator
from html import escape

from uncramp.atlas import find_figure
from uncramp.core.figures.drawing import drawing_of
from uncramp.core.figures.shapes import Figure
from uncramp.core.figures.svg import svg_parts
from uncramp.core.plan.plan import Plan, Span, SpanKind
from uncramp.core.routine.model import Side
from uncramp.core.suitability.cautions import cautions_of, first_sentences, routine_cautions
from uncramp.core.text.safe_text import plain_line
from uncramp.export.mixdown import LEAD_MS
from uncramp.export.rendition import Ended, RenditionItem, ShownPrompt, Stretch

WORDS = {
    "start": "Start",
    "goOn": "Go on",
    "pause": "Pause",
    "done": "Done",
    "again": "Start over",
    "more": "+15 s",
    "still": "Still tight",
    "finished": "Finished",
    "next": "Next:",
    "care": "Care:",
    "goesOn": "goes on in",
    "wentOn": "Went on by itself. Back returns to it.",
    "silent": "This browser cannot play the sound of this page. Try another one.",
}
"""The texts of the page's script."""

_GRID = (34, 14)
"""The cells of a picture: few, so that its names are readable on a phone."""


class PhoneContent:
    """Collects what a page shows from the items of a rendition."""

    def __init__(self, plan: Plan, differences: tuple[str, ...] = ()) -> None:
        """`differences` say what is different for this person."""
        self.title = plain_line(plan.routine.title)
        self.language = plan.language or "en"
        self.pictures: list[str] = []
        """Drawings as SVG elements, in the order of their numbers."""
        self.end_s = 0.0
        """Where the routine ends in the track; its last sound goes on after it."""
        self._plan = plan
        self._differences = differences
        self._picture_numbers: dict[tuple[str, str, Side], int] = {}
        self._steps: list[dict[str, str]] = []
        self._step_numbers: dict[str, int] = {}
        self._spans: list[dict[str, object]] = []
        self._notes: list[tuple[float, str]] = []
        self._first_index = -1

    def watched(self, items: Iterable[RenditionItem]) -> Iterator[RenditionItem]:
        """The same items, each noted."""
        for item in items:
            match item:
                case Stretch():
                    self._close_last(item.at_ms)
                    self._spans.append(self._span(item.span, item.at_ms))
                case ShownPrompt():
                    self._notes.append((_second(item.at_ms), plain_line(item.words)))
                case Ended():
                    self._close_last(item.at_ms)
                    self.end_s = _second(item.at_ms)
            yield item

    def data(self, length_s: float, night: tuple[int, int]) -> dict[str, object]:
        """What the script reads. `length_s` is the sound's.

        `night` is when the page is red by itself, in minutes of the phone's day: from and until.
        """
        return {
            "id": f"{self._plan.fingerprint} {length_s:.3f}",
            "title": self.title[:200],
            "night": night,
            "end": self.end_s,
            "length": length_s,
            "spans": self._spans,
            "steps": self._steps,
            "notes": self._notes,
            "words": WORDS,
        }

    def about(self) -> str:
        """The cautions and the sources, as HTML."""
        routine = self._plan.routine
        care = routine_cautions(routine, self._plan.choices)
        lists = (
            ("For you", self._differences),
            ("Take care", care),
            ("Sources", routine.sources),
        )
        texts = [text for text in (routine.summary, routine.when) if text]
        return "".join(f'<p dir="auto">{escape(plain_line(text))}</p>' for text in texts) + "".join(
            f"<h2>{head}</h2><ul>{''.join(map(_list_item, texts))}</ul>"
            for head, texts in lists
            if texts
        )

    def _close_last(self, at_ms: float) -> None:
        if self._spans:
            self._spans[-1]["to"] = _second(at_ms)

    def _span(self, span: Span, at_ms: int) -> dict[str, object]:
        belongs = span.index != span.first_index == self._first_index
        self._first_index = span.first_index
        kind = {SpanKind.GET_READY: "Get ready", SpanKind.REST: ""}.get(
            span.kind, "Until you are done" if span.is_open else ""
        )
        return {
            "from": _second(at_ms),
            # A step belongs to its get-ready: both have the number of the first of them.
            "first": self._spans[-1]["first"] if belongs else len(self._spans),
            "kind": kind,
            "name": plain_line(span.name),
            "side": span.side_words,
            "open": span.is_open,
            # The wait of a step that goes on by itself is part of the track.
            "loops": span.is_open and span.ends_ms is None,
            "asksStill": span.asks_still,
            "ifStill": span.is_if_still,
            "number": span.step_number,
            "step": self._step(span),
            "picture": self._picture(span),
        }

    def _step(self, span: Span) -> int | None:
        step = span.step
        if step is None:
            return None
        if step.key not in self._step_numbers:
            self._step_numbers[step.key] = len(self._steps)
            care = first_sentences(cautions_of(step, self._plan.choices))
            self._steps.append({"how": plain_line(step.how or ""), "care": plain_line(care)})
        return self._step_numbers[step.key]

    def _picture(self, span: Span) -> int | None:
        step = span.step
        figure = find_figure(step.point, step.figure) if step else None
        if step is None or figure is None:
            return None
        side = Side.LEFT if span.side is Side.LEFT else Side.RIGHT
        key = (figure.id, step.point.code if step.point else "", side)
        if key not in self._picture_numbers:
            self._picture_numbers[key] = len(self.pictures)
            self.pictures.append(_svg(figure, side))
        return self._picture_numbers[key]


def _svg(figure: Figure, side: Side) -> str:
    columns, rows = _GRID
    drawing = drawing_of(figure, side, columns=columns, rows=rows)
    return (
        f'<svg hidden role="img" aria-label="{escape(drawing.title)}" '
        f'viewBox="0 0 {drawing.width:g} {drawing.height:g}">{"".join(svg_parts(drawing))}</svg>'
    )


def _list_item(text: str) -> str:
    return f'<li dir="auto">{escape(plain_line(text))}</li>'


def _second(at_ms: float) -> float:
    """The place in the track, in seconds."""
    return round((at_ms + LEAD_MS) / 1000, 3)
