"""The routines that guide a hand, spoken into a real sound server and recorded.

Steps are made short and one leg is done, so that a routine of half an hour is heard in
minutes; what is said, the chimes and every get-ready stay as they are.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import pytest

from tests.content.bundled import FOLDER, Bundled
from tests.real.listening import RATE, Recording, Waking
from tests.real.recorded_run import RecordedRun
from tests.real.test_spoken_sound import (
    NEVER_OVER_MS,
    Planned,
    late_ms,
    needed,
    planned,
)
from tests.real.unmixing import best_place
from uncramp.audio.samples.sound_file import read_clip
from uncramp.core.plan.cues import left_after_words_ms
from uncramp.core.plan.plan import Plan, make_plan
from uncramp.core.plan.sound_priority import ATTACK_MS
from uncramp.core.plan.spoken_text import opening_words
from uncramp.core.routine.model import Choices
from uncramp.core.routine.reader import Source, read
from uncramp.core.text.saying import RATE as WORDS_A_MINUTE
from uncramp.session.session import LEAD_MS
from uncramp.speech.clip_cache import ClipCache
from uncramp.speech.engine import VoiceOptions
from uncramp.speech.engine_choice import Speech
from uncramp.system.region import uses_fahrenheit

ENGINE = "espeakng-loader"
AGREES_WITHIN_MS = 500


def shortened(routine_id: str) -> str:
    """The bundled routine for one leg, with every step of 8 seconds, and no prompts."""
    text = FOLDER.joinpath(f"{routine_id}.toml").read_text("utf-8")
    text = re.sub(r"\[\[(?:\w+\.)*prompts\]\]\n(?:\S.*\n)+\n?", "", text)
    text = re.sub(r"^range = .*\n", "", text, flags=re.MULTILINE)
    return re.sub(
        r'^time = ".*"$',
        'time = "8s"',
        text.replace('sides = "each"', 'sides = "left"'),
        flags=re.MULTILINE,
    )


def plan_of(text: str) -> Plan:
    reading = read(Source("routine", text.encode(), "routine.toml", str(FOLDER)), Bundled())
    assert reading.routine, reading.problems
    is_first_time = not reading.routine.urgent
    choices = Choices(is_first_time=is_first_time, is_fahrenheit=uses_fahrenheit())
    return make_plan(reading.routine, choices)


def run_of(routine_id: str) -> RecordedRun:
    settings = f'[voice]\nengine = "{ENGINE}"\nrate = {WORDS_A_MINUTE}\n'
    files = {"config/uncramp/settings.toml": settings, "routine.toml": shortened(routine_id)}
    return RecordedRun("routine.toml", files=files)


def heard_at_ms(recording: Recording, sound: Planned, began_ms: float) -> float:
    """When a sound begins that may be late by up to `LEAD_MS`, from the plan's beginning."""
    offset_ms = began_ms - recording.began_ms
    middle = round((offset_ms + sound.at_ms + LEAD_MS / 2) * RATE / 1000)
    place = best_place(recording.samples, sound.form, middle, round(LEAD_MS * RATE / 2000))
    return place * 1000 / RATE - offset_ms


ALL = ("acute-foot", "acute-calf", "acupressure-relief", "bedtime")
LISTENED_TO = [
    pytest.param(name, marks=pytest.mark.recorded(f"guidance {name}", run_of(name)))
    for name in (ALL if os.environ.get("UNCRAMP_GUIDANCE") == "all" else ALL[:1])
]
"""All four side by side take five minutes: they are listened to when the words have changed."""


@pytest.mark.usefixtures("sinks")
@pytest.mark.parametrize("routine_id", LISTENED_TO)
def test_words_end_in_time_and_meet_neither_words_nor_chimes(
    routine_id: str, recorded_runs: Mapping[str, RecordedRun], waking: Waking
) -> None:
    engine = needed(ENGINE)
    plan = plan_of(shortened(routine_id))
    run = recorded_runs[f"guidance {routine_id}"]
    recording, began_ms = run.heard()

    cache = ClipCache(run.home / "cache" / "uncramp" / "speech")
    speech = Speech(cache, VoiceOptions(rate=WORDS_A_MINUTE), {}, lambda: [engine])
    sounds = planned(plan, speech)
    if plan.routine.urgent:
        # It begins before anything can be heard: its chime sounds as soon as it can, and its
        # first words have their own moment.
        chime, first, *later = sounds
        waits_ms = LEAD_MS - ATTACK_MS
        chime_ms = heard_at_ms(recording, chime, began_ms)
        assert 0 <= chime_ms - chime.at_ms < LEAD_MS
        sounds = [
            replace(chime, at_ms=chime_ms),
            replace(first, at_ms=first.at_ms + waits_ms),
            *later,
        ]
    late = late_ms(recording.samples, recording.began_ms, sounds, began_ms)
    machine_delay_ms = waking.worst_ms(began_ms - 3_000, began_ms + sounds[-1].at_ms)
    never_over_ms = NEVER_OVER_MS + machine_delay_ms
    assert max(map(abs, late)) < never_over_ms, machine_delay_ms

    words, chimes = [], []
    for sound, ms in zip(sounds, late, strict=True):
        at_ms = sound.at_ms + ms
        if clip := speech.clip(sound.name) if "." in sound.name else None:
            begins_ms = at_ms + read_clip(clip.path).onset_ms
            words.append((begins_ms, at_ms + clip.length_ms, sound.name))
        else:
            chimes.append(at_ms)
    for (_, ends_ms, phrase), (begins_ms, _, following) in pairwise(words):
        assert begins_ms >= ends_ms - never_over_ms, (phrase, following)
    for begins_ms, ends_ms, phrase in words:
        met = [c for c in chimes if begins_ms < c + ATTACK_MS - never_over_ms and c < ends_ms]
        assert not met, (phrase, begins_ms, ends_ms, met)

    print(f"\n{routine_id}: left after the words, measured and reckoned, in seconds")
    unlike = []
    for span in plan.spans():
        said, reckoned_ms = opening_words(span), left_after_words_ms(span)
        is_heard = said is not None and not span.is_if_still
        if not is_heard or reckoned_ms is None or span.is_open or reckoned_ms < 0:
            continue
        near = [end for begin, end, name in words if name == said and begin >= span.start_ms - 1]
        measured_ms = span.end_ms - near[0]
        print(f"{measured_ms / 1000:5.2f} {reckoned_ms / 1000:5.2f}  {said}")
        if abs(measured_ms - reckoned_ms) > AGREES_WITHIN_MS:
            unlike.append((said, measured_ms, reckoned_ms))
    assert not unlike
