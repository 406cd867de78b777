"""The picture beside a step of a run."""

from uncramp.atlas import find_figure
from uncramp.core.figures.shapes import Figure
from uncramp.core.run.moves import Phase
from uncramp.core.run.view import View
from uncramp.core.text.durations import SECOND_MS
from uncramp.tui.widgets.figure import FigureShown


def figure_of(view: View) -> Figure | None:
    """The picture of the step, or of the coming one; None if it has none."""
    step = view.span.step
    return find_figure(step.point, step.figure) if step else None


def figure_shown(view: View, figure: Figure | None, *, pulses: bool) -> FigureShown:
    """The picture as it is now: if it `pulses`, its point does so each second of a run."""
    is_beating = figure is not None and pulses and view.phase is Phase.RUNNING
    is_hollow = is_beating and view.shown_ms // SECOND_MS % 2 == 1
    return FigureShown(figure, view.span.side, is_hollow)
