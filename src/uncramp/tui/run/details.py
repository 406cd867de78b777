"""The content of a step's page, which opens over the run."""

from uncramp.core.plan.plan import SpanKind
from uncramp.core.suitability.assess import left_out_words
from uncramp.core.suitability.cautions import fitting
from uncramp.core.text.durations import clock
from uncramp.session.conductor import Conductor
from uncramp.tui.run.ear_words import ear_words
from uncramp.tui.run.text import cautions_of, coming_of, side_word
from uncramp.tui.widgets.text_page import Look, Paragraph

BLANK = Paragraph()


def details_of(conductor: Conductor, saving: str) -> tuple[Paragraph, ...]:
    """Everything about the present step, sound and listening, and `saving`, if that fails."""
    plan, view = conductor.plan, conductor.view()
    span, step = view.span, view.span.step
    facts = [side_word(span.side), *span.groups]
    if span.rounds > 1:
        facts.append(f"round {span.round} of {span.rounds}")
    length = view.length_ms if span.kind is SpanKind.STEP or step is None else span.step_ms
    facts.append("until you say so" if step and step.is_open else clock(length))
    page = [
        Paragraph(span.name, Look.STRONG),
        Paragraph(" · ".join(fact for fact in facts if fact), Look.QUIET),
        BLANK,
    ]
    point = step.point if step else None
    ways = (step.how if step else None, point.find if point else None)
    for text in dict.fromkeys(ways):
        if text:
            page += [Paragraph(text), BLANK]
    if point:
        english = f", “{point.english}”" if point.english else ""
        page += [Paragraph(f"{point.title}{english}: {point.where}", Look.QUIET), BLANK]
    cautions = cautions_of(span, plan.choices)
    page += [Paragraph(f"• {text}", Look.CARE, hang=2) for text in cautions]
    if plan.left_out:
        page += [BLANK, Paragraph(left_out_words(plan), Look.QUIET)]
    of_routine = fitting(plan.routine.cautions, plan.choices)
    if of_routine:
        page += [BLANK, Paragraph("For the whole routine", Look.HEADING)]
        page += [Paragraph(f"• {text}", Look.CARE, hang=2) for text in of_routine]
    if view.coming:
        page += [BLANK, Paragraph("Coming", Look.HEADING)]
        page += [Paragraph(coming_of(coming).words) for coming in view.coming]
    page += [BLANK, Paragraph(conductor.sound_words, Look.QUIET)]
    if words := ear_words(conductor):
        page += [BLANK, Paragraph(words, Look.QUIET)]
    if saving:
        page += [BLANK, Paragraph(saving, Look.CARE)]
    return tuple(page)
