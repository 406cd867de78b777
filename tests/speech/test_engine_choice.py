from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.speech.fakes import NO_SOUND, FakeEngine
from uncramp.audio.samples.sound_file import read_clip
from uncramp.speech.clip_cache import ClipCache
from uncramp.speech.engine import CannotSpeak, NoVoice, VoiceOptions
from uncramp.speech.engine_choice import ENGINES, Speech, system_engines


def speech(
    folder: Path,
    *engines: FakeEngine,
    options: VoiceOptions | None = None,
    said_as: Mapping[str, str] | None = None,
) -> Speech:
    return Speech(ClipCache(folder / "speech"), options or VoiceOptions(), said_as, lambda: engines)


def texts(engine: FakeEngine) -> list[str]:
    return [text for text, _ in engine.made]


def test_the_first_engine_that_is_there_makes_the_clip_and_makes_it_once(tmp_path: Path) -> None:
    gone, here, next_one = FakeEngine("gone", there=False), FakeEngine("here"), FakeEngine("next")
    voice = speech(tmp_path, gone, here, next_one)
    spoken = voice.clip("Rub. 30 seconds.")
    assert spoken is not None
    assert voice.engine == "here"
    assert read_clip(spoken.path).length_ms == pytest.approx(spoken.length_ms)
    assert voice.clip("Rub. 30 seconds.") == spoken
    assert (texts(gone), texts(here), texts(next_one)) == ([], ["Rub. thirty seconds."], [])


def test_another_run_finds_the_clip_and_starts_no_engine(tmp_path: Path) -> None:
    spoken = speech(tmp_path, FakeEngine()).clip("Rub.")
    engine = FakeEngine()
    again = speech(tmp_path, engine).clip("Rub.")
    assert again is not None and spoken is not None
    assert (again.path, texts(engine)) == (spoken.path, [])


def no_rate(wav: bytes) -> bytes:
    return wav[:24] + bytes(4) + wav[28:]


@pytest.mark.parametrize(
    "damaged",
    [lambda wav: b"RIFF", no_rate, lambda wav: wav[: len(wav) // 2], lambda wav: wav[:44]],
    ids=["head-alone", "no-rate", "cut-off", "no-samples"],
)
def test_a_damaged_clip_is_made_again(tmp_path: Path, damaged: Callable[[bytes], bytes]) -> None:
    spoken = speech(tmp_path, FakeEngine()).clip("Rub.")
    assert spoken is not None
    whole = spoken.path.read_bytes()
    spoken.path.write_bytes(damaged(whole))
    engine = FakeEngine()
    assert speech(tmp_path, engine).clip("Rub.") == spoken
    assert texts(engine) == ["Rub."]
    assert spoken.path.read_bytes() == whole


def test_an_engine_that_makes_nothing_is_left_for_the_next(tmp_path: Path) -> None:
    broken, good = FakeEngine("broken"), FakeEngine("good")
    broken.fails = NO_SOUND
    voice = speech(tmp_path, broken, good)
    assert voice.clip("Rub.") is not None
    assert voice.engine == "good"
    assert voice.reasons == {"broken": "it made no sound"}
    assert voice.problem == ""
    assert broken.closed == 1


def test_one_phrase_that_cannot_be_said_costs_no_engine(tmp_path: Path) -> None:
    engine = FakeEngine()
    engine.silent_at.add("Hm.")
    voice = speech(tmp_path, engine)
    assert voice.clip("Hm.") is None
    assert voice.engine == "fake"
    assert voice.clip("Rub.") is not None


def test_with_no_engine_left_the_last_ones_words_are_told(tmp_path: Path) -> None:
    engine = FakeEngine()
    engine.fails = CannotSpeak("fake took longer than 8 seconds")
    voice = speech(tmp_path, engine)
    assert voice.clip("Rub.") is None
    assert voice.problem == "No voice: fake took longer than 8 seconds."
    assert voice.engine is None


def test_with_no_engine_at_all_nothing_is_wrong(tmp_path: Path) -> None:
    voice = speech(tmp_path, FakeEngine(there=False))
    assert voice.clip("Rub.") is None
    assert (voice.engine, voice.problem, voice.prove()) == (None, "", False)


def test_an_engine_without_the_language_is_left_for_one_that_has_it(tmp_path: Path) -> None:
    first, second = FakeEngine("first"), FakeEngine("second")
    first.fails_at["Reiben."] = NoVoice("first has no voice de")
    voice = speech(tmp_path, first, second, options=VoiceOptions("de"))
    assert voice.clip("Reiben.") is not None
    assert voice.engine == "second"


def test_what_holds_no_word_is_not_asked_for(tmp_path: Path) -> None:
    engine = FakeEngine()
    voice = speech(tmp_path, engine)
    assert [voice.clip(phrase) for phrase in ("", "...", "[[", "\x00 - ?")] == [None] * 4
    assert texts(engine) == []


def test_a_disk_that_is_full_only_means_no_voice_and_is_told(tmp_path: Path) -> None:
    (tmp_path / "speech").write_text("in the way")
    voice = speech(tmp_path, FakeEngine())
    assert voice.clip("Rub.") is None
    assert voice.problem.startswith(f"No voice: {tmp_path / 'speech'} cannot be written (")
    (tmp_path / "speech").unlink()
    assert voice.clip("Rub.") is not None
    assert voice.problem == ""


def test_the_persons_words_are_said_and_ours_in_english_alone(tmp_path: Path) -> None:
    english, german = FakeEngine(), FakeEngine()
    speech(tmp_path, english, said_as={"ST36": "tsu sanly"}).clip("ST36, BL60, 30 s.")
    speech(tmp_path, german, options=VoiceOptions("de-AT"), said_as={"st36": "tsu"}).clip(
        "ST36, 30 s."
    )
    assert texts(english) == ["tsu sanly, B L sixty, thirty seconds."]
    assert texts(german) == ["tsu, 30 s."]


def test_proof_is_a_word_that_is_made(tmp_path: Path) -> None:
    broken, good = FakeEngine("broken"), FakeEngine("good")
    broken.silent_at.add("One, two, three.")
    voice = speech(tmp_path, broken, good)
    assert voice.prove()
    assert (voice.engine, list(voice.reasons)) == ("good", ["broken"])
    voice.close()
    assert (broken.closed, good.closed) == (2, 1)


def test_the_engines_of_the_system_stand_in_their_order_and_one_can_be_chosen() -> None:
    names = [engine.name for engine in system_engines()]
    assert list(dict.fromkeys(names)) == list(ENGINES)
    assert {engine.name for engine in system_engines("say")} == {"say"}
    assert system_engines("spd-say") == []
