from pathlib import Path

from tests.speech.fakes import NO_SOUND, FakeEngine
from uncramp.settings import Settings
from uncramp.speech.engine_choice import INSTALL
from uncramp.speech.voice_report import SAMPLE, speech_report


def test_the_engine_that_speaks_is_told_and_those_before_it_say_why_they_do_not(
    tmp_path: Path,
) -> None:
    broken, good = FakeEngine("espeakng-loader"), FakeEngine("espeak-ng")
    broken.fails = NO_SOUND
    found = speech_report(Settings(language="en-GB"), tmp_path, lambda: [broken, good])
    assert found.words == "Voice: espeak-ng."
    assert (found.engine, found.language) == ("espeak-ng", "en-GB")
    assert found.details == (
        "espeakng-loader: it made no sound", "say: not here", "windows: not here",
    )  # fmt: skip
    assert found.sample is not None and found.sample.parent == tmp_path
    assert found.clips == 1
    assert found.clip_bytes == found.sample.stat().st_size
    assert [text for text, _ in good.made][-1] == SAMPLE
    assert good.closed == 1


def test_with_no_engine_it_says_what_to_install(tmp_path: Path) -> None:
    found = speech_report(Settings(), tmp_path, lambda: [FakeEngine("espeak-ng", there=False)])
    assert found.words.endswith(INSTALL)
    assert (found.engine, found.sample, found.clips) == (None, None, 0)
    assert len(found.details) == 4


def test_an_engine_that_fails_last_is_told(tmp_path: Path) -> None:
    engine = FakeEngine("say")
    engine.fails = NO_SOUND
    found = speech_report(Settings(voice="say"), tmp_path, lambda: [engine])
    assert found.words == "No voice: it made no sound."
    assert found.details == ("say: it made no sound",)


def test_off_is_said_and_what_could_speak_all_the_same(tmp_path: Path) -> None:
    found = speech_report(Settings(voice="off"), tmp_path, lambda: [FakeEngine("espeak-ng")])
    assert found.words == "Voice: espeak-ng. It is off in the settings."


def test_a_chosen_engine_that_is_not_here_is_told(tmp_path: Path) -> None:
    found = speech_report(Settings(voice="say"), tmp_path, lambda: [FakeEngine("say", there=False)])
    assert found.words == "No voice: say is not installed. uncramp doctor shows what is."
    assert found.details == ("say: not here",)
