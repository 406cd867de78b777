"""The content of a card: each step once, with its time and side, and how to do it."""

from collections.abc import Iterator

from uncramp.atlas import find_figure
from uncramp.core.figures.shapes import Figure
from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.plan.plan import Plan, side_words
from uncramp.core.routine.model import Choices, Group, Item, Side, Sides, Step, called
from uncramp.core.routine.points import Limb
from uncramp.core.suitability.cautions import cautions_of, routine_cautions
from uncramp.core.text.durations import clock
from uncramp.core.text.safe_text import plain_line
from uncramp.core.text.suggestions import counted


@dataclass(frozen=True, slots=True)
class CardStep:
    """One step, or the head of a group of them."""

    name: str
    facts: str = ""
    """Its side, and for a group how often it is done."""
    time: str = ""
    """Empty for a group."""
    depth: int = 0
    """How many groups are around it."""
    how: str = ""
    notes: str = ""
    """What is said during it."""
    care: str = ""


@dataclass(frozen=True, slots=True)
class CardPicture:
    """Where to press, rub or stretch, for one side."""

    figure: Figure
    side: Side
    words: str


@dataclass(frozen=True, slots=True)
class CardContent:
    """Everything that is printed."""

    title: str
    language: str
    facts: str
    """The number of steps and the length."""
    about: tuple[str, ...]
    care: tuple[str, ...]
    steps: tuple[CardStep, ...]
    pictures: tuple[CardPicture, ...]
    sources: tuple[str, ...]


def card_of(plan: Plan, differences: tuple[str, ...] = ()) -> CardContent:
    """The card of a plan; `differences` say what is different for this person."""
    routine, total = plan.routine, plan.total
    steps = counted(total.steps, "step")
    about = "about " if total.open_steps else ""
    return CardContent(
        title=plain_line(routine.title),
        language=plan.language or "en",
        facts=f"{steps} · {about}{clock(total.length_ms)}",
        about=tuple(
            plain_line(text)
            for text in (routine.summary, routine.when and f"When: {routine.when}", *differences)
            if text
        ),
        care=tuple(plain_line(text) for text in routine_cautions(routine, plan.choices)),
        steps=tuple(_steps(routine.items, plan.choices, None, 0)),
        pictures=tuple(_pictures(routine.items, plan.choices)),
        sources=tuple(map(plain_line, routine.sources)),
    )


def _steps(
    items: tuple[Item, ...], choices: Choices, sides: Sides | None, depth: int
) -> Iterator[CardStep]:
    for item in items:
        if choices.leaves_out(item):
            continue
        if isinstance(item, Group):
            yield CardStep(plain_line(called(item)), _group_facts(item, choices), depth=depth)
            yield from _steps(item.items, choices, item.sides or sides, depth + 1)
        else:
            yield _step(item, choices, depth, is_in_sided=sides is not None)


def _step(step: Step, choices: Choices, depth: int, *, is_in_sided: bool) -> CardStep:
    time_ms = choices.times_ms.get(step.key, step.time_ms)
    point = step.point.title if step.point and step.point.title not in called(step) else ""
    # Its group's head has the side of all its steps.
    side = _sides_words(step.sides, step, choices) if step.sides or not is_in_sided else ""
    still = "only if it is still tight" if step.is_if_still else ""
    notes = (
        plain_line(prompt.show or prompt.say or "")
        for prompt in step.prompts
        if prompt.show or prompt.say
    )
    return CardStep(
        name=plain_line(called(step)),
        facts=plain_line(" · ".join(part for part in (point, side, still) if part)),
        time="until done" if step.is_open else clock(time_ms),
        depth=depth,
        how=plain_line(step.how or ""),
        notes=" ".join(dict.fromkeys(notes)),
        care=" ".join(map(plain_line, cautions_of(step, choices))),
    )


def _group_facts(group: Group, choices: Choices) -> str:
    facts = [_sides_words(group.sides, group, choices)]
    if group.repeat > 1:
        facts.append(f"{group.repeat} times")
    if group.rest_ms:
        facts.append(f"rest {clock(group.rest_ms)} between")
    return " · ".join(fact for fact in facts if fact)


def _sides_words(sides: Sides | None, item: Item, choices: Choices) -> str:
    limb = _limb_of(item)
    turns = [side_words(side, limb) for side in choices.turns(sides)]
    return ", then ".join(turn for turn in turns if turn)


def _limb_of(item: Item) -> Limb | None:
    """The limb of a step; for a group, that of all its steps if they share one."""
    if isinstance(item, Step):
        return item.limb
    limbs = {_limb_of(one) for one in item.items}
    return limbs.pop() if len(limbs) == 1 else None


def _pictures(items: tuple[Item, ...], choices: Choices) -> Iterator[CardPicture]:
    """A picture of each place, for the side that comes first."""
    seen: set[str] = set()
    for step, sides in _with_sides(items, choices, None):
        figure = find_figure(step.point, step.figure)
        if figure is None:
            continue
        turns = choices.turns(sides)
        side = turns[0] if turns else None
        # Of a pair one limb is drawn; otherwise the side does not matter.
        drawn = side if side in (Side.LEFT, Side.RIGHT) else Side.RIGHT
        key = f"{figure.id} {step.point.code if step.point else ''} {drawn}"
        if key in seen:
            continue
        seen.add(key)
        words = [step.point.title if step.point else called(step)]
        if side is drawn:
            words.append(side_words(drawn, figure.view.limb))
        yield CardPicture(figure, drawn, plain_line(", ".join(words)))


def _with_sides(
    items: tuple[Item, ...], choices: Choices, sides: Sides | None
) -> Iterator[tuple[Step, Sides | None]]:
    for item in items:
        if choices.leaves_out(item):
            continue
        if isinstance(item, Group):
            yield from _with_sides(item.items, choices, item.sides or sides)
        else:
            yield item, item.sides or sides
