"""Real speech engines: how loud, how long and how safely they speak. Nothing is played."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.content.bundled import routine
from tests.real.test_spoken_sound import needed
from uncramp.audio.samples.clip import Clip, samples_of
from uncramp.audio.samples.loudness import loudness_lufs
from uncramp.core.plan.plan import make_plan
from uncramp.core.text.saying import saying_ms
from uncramp.speech.clip_cache import ClipCache
from uncramp.speech.clip_trimming import LOUDNESS_LUFS, ready_to_play
from uncramp.speech.engine import Engine, NoVoice, VoiceOptions, plain_text
from uncramp.speech.engine_choice import Speech, system_engines
from uncramp.speech.espeak_process import from_wheel
from uncramp.speech.pronunciation import read_out
from uncramp.speech.voice import phrases_from


@pytest.fixture(params=["espeakng-loader", "espeak-ng"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    found = needed(request.param)
    yield found
    found.close()


def made(engine: Engine, text: str, options: VoiceOptions | None = None) -> Clip:
    clip = ready_to_play(engine.make(plain_text(text), options or VoiceOptions()))
    assert clip is not None
    return clip


def test_an_engine_speaks_as_loud_as_a_chime(engine: Engine) -> None:
    clip = made(engine, "Outer leg, dip in front of and below the knob. Left leg. thirty seconds.")
    assert 2_000 < clip.length_ms < 7_000
    loudness = loudness_lufs([sample / 32_768 for sample in samples_of(clip)], clip.rate)
    assert loudness == pytest.approx(LOUDNESS_LUFS, abs=1.0)


@pytest.mark.parametrize(
    "text",
    [
        "--version",
        "-f /etc/passwd Rub",
        "<speak><break time='30s'/>Rub</speak>",
        "Rub [[slnc 30000]] now",
        "R\x00u\x1bb\r\n\r\nnow",
        "Süß 你好 \U0001f9b6 Rub \ud800",
        "Rub " * 300,
    ],
    ids=["option", "file", "markup", "phonemes", "control", "not-ascii", "long"],
)
def test_hostile_text_is_read_out_and_no_more(engine: Engine, text: str) -> None:
    assert 100 < made(engine, text).length_ms < 60_000


def test_pace_and_language_are_heard(engine: Engine) -> None:
    text = "Rub the sole of your foot with your fist."
    slow, fast = (made(engine, text, VoiceOptions(rate=rate)).length_ms for rate in (80, 300))
    assert slow > 2 * fast
    clips = {
        made(engine, "Change", VoiceOptions(language)).frames for language in ("en", "fr-CA", "de")
    }
    assert len(clips) == 3
    with pytest.raises(NoVoice):
        engine.make("Qapla", VoiceOptions("tlh"))


def test_speech_goes_on_after_its_process_was_killed(tmp_path: Path) -> None:
    engine = from_wheel()
    needed(engine.name)
    speech = Speech(ClipCache(tmp_path), VoiceOptions(), {}, lambda: [engine])
    assert speech.clip("Rub.") is not None
    assert engine.pid is not None
    os.kill(engine.pid, signal.SIGKILL)
    assert speech.clip("Roll.") is not None
    assert speech.engine == engine.name
    speech.close()


def test_the_library_of_the_system_will_do_without_its_program(tmp_path: Path) -> None:
    needed("espeak-ng")
    assert shutil.which("espeak-ng")
    library = system_engines("espeak-ng")[-1]
    assert made(library, "Rub.").length_ms > 100
    library.close()


def test_no_phrase_of_ours_takes_longer_than_is_reckoned(engine: Engine) -> None:
    phrases = set[str]()
    for routine_id in ("acute-calf", "bedtime", "foot-relief", "knee-massage"):
        phrases |= set(phrases_from(make_plan(routine(routine_id)), 0))
    assert len(phrases) > 60
    for phrase in phrases:
        assert made(engine, read_out(phrase, {})).length_ms <= saying_ms(phrase), phrase
