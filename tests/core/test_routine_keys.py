"""The key table: each key is read, and each changes what is done, heard or shown."""

from dataclasses import fields, replace
from typing import Any

import pytest

from tests.core.surroundings import read_text
from uncramp.core.plan.cues import closing_cues, cues_of
from uncramp.core.plan.plan import Plan, make_plan
from uncramp.core.routine.fields import DefaultsFields, GroupFields, RoutineFields, StepFields
from uncramp.core.routine.keys import BY_OWNER, KEYS, Key, Owner
from uncramp.core.routine.model import Choices, Group, Routine, Step
from uncramp.core.run.moves import Move, MoveKind
from uncramp.core.run.run import Run
from uncramp.core.suitability.assess import answer

STEP = '[[steps]]\nname = "Soak"\ntime = "2m"\n'

EACH = '[[steps]]\nname = "Rub"\ntime = "1m"\nsides = "each"\nprompts = [{ at = "30s" }]\n'

FIELDS: dict[Owner, type[Any]] = {
    Owner.ROUTINE: RoutineFields,
    Owner.DEFAULTS: DefaultsFields,
    Owner.STEP: StepFields,
    Owner.GROUP: GroupFields,
    Owner.USE: GroupFields,
}


@pytest.mark.parametrize("owner", FIELDS)
def test_every_key_has_a_field_of_its_name(owner: Owner) -> None:
    assert BY_OWNER[owner].keys() <= {field.name for field in fields(FIELDS[owner])}


WITHOUT: dict[Owner, str] = {
    Owner.ROUTINE: 'title = "Bedtime"\n{}\n' + STEP,
    Owner.DEFAULTS: 'title = "Bedtime"\n[defaults]\n{}\n' + STEP,
    Owner.CUES: 'title = "Bedtime"\n[cues]\n{}\n' + STEP + EACH,
    Owner.STEP: 'title = "Bedtime"\n' + STEP + "{}\n",
    Owner.GROUP: 'title = "Bedtime"\n[[steps]]\n{}\n[[steps.steps]]\nname = "Tap"\ntime = 5\n',
    Owner.USE: 'title = "Bedtime"\n[[steps]]\nuse = "foot-soak"\n{}\n',
    Owner.PROMPT: 'title = "Bedtime"\n' + STEP + '[[steps.prompts]]\nat = "1m"\n{}\n',
}
"""A routine with each kind of table, and room for one more key in it."""

SAMPLES: dict[Owner, dict[str, str]] = {
    Owner.ROUTINE: {
        "summary": 'summary = "A soak."',
        "when": 'when = "Before sleep."',
        "cautions": 'cautions = ["Not too hot."]',
        "sources": 'sources = ["A book"]',
        "tags": 'tags = ["feet"]',
        "author": 'author = "Ann"',
        "license": 'license = "CC0"',
        "language": 'language = "de-CH"',
        "urgent": "urgent = true",
        "unless": 'unless = ["pregnant"]',
        "extra": "extra = { mine = 1 }",
    },
    Owner.DEFAULTS: {
        "get_ready": 'get_ready = "9s"',
        "sides": 'sides = "each"',
        "open": "open = true",
        "kind": 'kind = "roll"',
    },
    Owner.STEP: {
        "open": "open = true",
        "ends_after": 'open = true\nends_after = "3m"',
        "how": 'how = "Gently."',
        "say": 'say = "Now soak."',
        "say_again": 'sides = "each"\nsay_again = "Once more."',
        "kind": 'kind = "roll"',
        "sides": 'sides = "both"',
        "point": 'point = "KD3"',
        "points": 'points = ["KD3"]',
        "figure": 'figure = "sole"',
        "get_ready": "get_ready = 0",
        "range": 'range = ["1m", "5m"]',
        "unless": 'unless = ["numb-feet"]',
        "only": 'only = ["numb-feet"]',
        "cautions": 'cautions = ["Not too hot."]',
        "cues": "cues = { start = false }",
        "prompts": 'prompts = [{ at = "1m" }]',
    },
    Owner.GROUP: {
        "name": 'name = "Round"',
        "repeat": "repeat = 3",
        "rest": "repeat = 3\nrest = 10",
        "sides": 'sides = "each"',
        "unless": 'unless = ["pregnant"]',
        "only": 'only = ["pregnant"]',
        "cautions": 'cautions = ["Not too hard."]',
        "cues": "cues = { start = false }",
    },
    Owner.USE: {
        "name": 'name = "Water"',
        "repeat": "repeat = 3",
        "rest": "repeat = 3\nrest = 10",
        "sides": 'sides = "each"',
        "unless": 'unless = ["pregnant"]',
        "only": 'only = ["pregnant"]',
        "cautions": 'cautions = ["Not too hot."]',
    },
    Owner.PROMPT: {
        "say": 'say = "Breathe."',
        "show": 'show = "Breathe"',
        "sound": 'sound = "bell"',
    },
    Owner.CUES: {
        **{
            name: f'{name} = "bell"'
            for name in ("ready", "start", "halfway", "tick", "end", "switch", "prompt", "finish")
        },
        "halfway_from": 'halfway_from = "5m"',
        "countdown": "countdown = 5",
        "voice": "voice = false",
        "volume": "volume = 0.5",
    },
}
"""One way to write each key that may be left out, and does something where it is."""

OTHERWISE = {
    (Owner.ROUTINE, "title"): (WITHOUT[Owner.ROUTINE], '"Bedtime"', '"Morning"'),
    (Owner.ROUTINE, "steps"): (WITHOUT[Owner.ROUTINE], STEP, STEP + STEP),
    (Owner.ROUTINE, "defaults"): (WITHOUT[Owner.DEFAULTS], "{}", "get_ready = 1"),
    (Owner.ROUTINE, "cues"): (WITHOUT[Owner.CUES], "{}", "start = false"),
    (Owner.STEP, "name"): (WITHOUT[Owner.STEP], '"Soak"', '"Rub"'),
    (Owner.STEP, "time"): (WITHOUT[Owner.STEP], '"2m"', '"3m"'),
    (Owner.STEP, "on"): (
        WITHOUT[Owner.STEP].replace("{}", "open = true\n") + STEP + "open = true\n",
        'open = true\n\n[[steps]]\nname = "Soak"\ntime = "2m"\nopen = true\n',
        'open = true\n\n[[steps]]\nname = "Soak"\ntime = "2m"\nopen = true\non = "still"\n',
    ),
    (Owner.GROUP, "steps"): (WITHOUT[Owner.GROUP], '"Tap"', '"Rub"'),
    (Owner.USE, "use"): (WITHOUT[Owner.USE], 'use = "foot-soak"', 'name = "Tap"\ntime = 5'),
    (Owner.PROMPT, "at"): (WITHOUT[Owner.PROMPT], 'at = "1m"', 'at = "-30s"'),
    (Owner.PROMPT, "every"): (WITHOUT[Owner.PROMPT], 'at = "1m"', 'every = "30s"'),
}
"""Of keys that must be there: a text, what stands in it, and what else could."""


def routine_of(text: str) -> Routine:
    reading = read_text(text)
    assert reading.routine is not None, reading.problems
    return reading.routine


TOLD = frozenset(
    {"title", "summary", "when", "cautions", "sources", "tags", "author", "license",
     "extra"}
)  # fmt: skip
"""Keys of a routine that say something of it and change nothing of what is done."""

PERSONS = [
    Choices(conditions=frozenset(conditions))
    for conditions in ((), ("pregnant",), ("numb-feet",), ("blood-thinners",))
]


def told(routine: Routine) -> Routine:
    """What the routine says about itself, without its steps."""
    return replace(routine, items=(), urgent=False, unless=(), cues=Routine("", "", ()).cues)


def done(plan: Plan) -> list[object]:
    """Everything that a person sees and hears during the plan, and the range of its times."""
    seen: list[object] = []
    for span in plan.spans():
        step = span.step
        seen.append(span.ends_ms)
        seen += [span.kind, span.length_ms, span.is_open, span.name, span.side, span.round]
        seen += [span.rounds, span.groups]
        if step:
            point = step.point.code if step.point else None
            seen += [step.how, step.cautions, step.figure, point]
        cues = [cue for cue, _ in zip(cues_of(span), range(20), strict=False)]
        for cue in (*cues, *closing_cues(span, span.length_ms)):
            sound = (cue.sound, cue.volume) if cue.sound else None
            seen.append((cue.at_ms, cue.kind, sound, cue.say, cue.show))
    return [*seen, longest_ms(plan)]


def longest_ms(plan: Plan) -> int:
    """How long its last step can be made, half an hour at a time."""
    run = Run(plan)
    run.move(Move(MoveKind.START), 0)
    run.move(Move(MoveKind.JUMP, to_index=plan.total.spans - 1), 0)
    if run.allows(MoveKind.MORE):
        run.move(Move(MoveKind.MORE, by_ms=1_800_000), 0)
    return run.view(0).length_ms


def answers(routine: Routine) -> list[object]:
    """What the routine is for each of a few people."""
    found = [answer(routine, choices) for choices in PERSONS]
    return [(a.asks, a.locked, a.left_out, a.notes, a.plan and done(a.plan)) for a in found]


@pytest.mark.parametrize("key", KEYS, ids=lambda key: f"{key.owner}-{key.name}")
def test_each_key_changes_what_is_done_or_told(key: Key) -> None:
    if (key.owner, key.name) == (Owner.ROUTINE, "format"):
        # There is one version yet: written or not, it is the same.
        assert routine_of(WITHOUT[Owner.ROUTINE].format("format = 1")).format == 1
        assert read_text(WITHOUT[Owner.ROUTINE].format("format = 2")).routine is None
        return
    if (key.owner, key.name) in OTHERWISE:
        text, one, other = OTHERWISE[key.owner, key.name]
        assert one in text
        before, after = text.replace("{}", ""), text.replace(one, other, 1).replace("{}", "")
    else:
        text = WITHOUT[key.owner]
        before, after = text.replace("{}", ""), text.replace("{}", SAMPLES[key.owner][key.name])
    without, with_it = routine_of(before), routine_of(after)
    if key.owner is Owner.ROUTINE and key.name in TOLD:
        assert told(without) != told(with_it)
        assert done(make_plan(without)) == done(make_plan(with_it))
    elif key.owner in (Owner.GROUP, Owner.USE) and key.name == "cautions":
        assert without.cautions != with_it.cautions
    elif key.name == "only":
        nobody = Choices(conditions=frozenset({"numb-feet", "pregnant"}))
        assert done(make_plan(without)) == done(make_plan(with_it, nobody))
        assert answers(without) != answers(with_it)
    elif key.name in ("unless", "kind"):
        # These change something only for the people they are about.
        assert done(make_plan(without)) == done(make_plan(with_it))
        assert answers(without) != answers(with_it)
    else:
        assert done(make_plan(without)) != done(make_plan(with_it))


def test_the_rest_between_rounds_is_more_than_the_rounds() -> None:
    for owner in (Owner.GROUP, Owner.USE):
        text = WITHOUT[owner]
        rounds = routine_of(text.replace("{}", SAMPLES[owner]["repeat"]))
        assert rounds != routine_of(text.replace("{}", SAMPLES[owner]["rest"]))


def test_every_key_says_what_it_is() -> None:
    for key in KEYS:
        assert key.what.endswith(".")
        assert key.what[0].isupper()
    assert len({(key.owner, key.name) for key in KEYS}) == len(KEYS)


def test_words_for_a_key_are_no_keys_of_that_table() -> None:
    for key in KEYS:
        assert not set(key.also_called) & BY_OWNER[key.owner].keys()


def test_the_defaults_are_those_of_the_table() -> None:
    routine = routine_of(WITHOUT[Owner.STEP].replace("{}", ""))
    (step,) = routine.items
    assert isinstance(step, Step)
    table = BY_OWNER[Owner.CUES]
    for name in ("ready", "start", "halfway", "tick", "end", "switch", "prompt", "finish"):
        assert table[name].default == f'"{getattr(step.cues, name).name}"'
    assert table["countdown"].default == str(step.cues.countdown)
    assert table["halfway_from"].default == '"60s"'
    assert step.cues.halfway_from_ms == 60_000
    assert table["voice"].default == str(step.cues.voice).lower()
    group = routine_of(WITHOUT[Owner.GROUP].replace("{}", "")).items[0]
    assert isinstance(group, Group)
    assert BY_OWNER[Owner.GROUP]["repeat"].default == str(group.repeat)
    assert BY_OWNER[Owner.GROUP]["rest"].default == str(group.rest_ms)
