import io
import wave

import pytest

from tests.speech.fakes import tone
from uncramp.audio.samples.clip import Clip, samples_of, wav_of
from uncramp.audio.samples.loudness import loudness_lufs
from uncramp.speech.clip_trimming import HIGHEST, LOUDNESS_LUFS, ready_to_play


def loudness(clip: Clip) -> float:
    return loudness_lufs([sample / 32_768 for sample in samples_of(clip)], clip.rate)


def test_the_silence_around_speech_goes_and_the_moment_is_its_own() -> None:
    clip = ready_to_play(tone(500, before_ms=300))
    assert clip is not None
    assert 500 <= clip.length_ms < 550
    first = next(at for at, sample in enumerate(samples_of(clip)) if abs(sample) > 600)
    assert first / clip.rate * 1000 < 6


@pytest.mark.parametrize("level", [0.02, 0.3, 0.99])
def test_speech_is_as_loud_as_a_chime_however_loud_its_engine_made_it(level: float) -> None:
    clip = ready_to_play(tone(900, before_ms=50, level=level))
    assert clip is not None
    assert loudness(clip) == pytest.approx(LOUDNESS_LUFS, abs=0.5)


def test_a_single_loud_sound_does_not_make_it_clip() -> None:
    clip = tone(900, level=0.01)
    samples = samples_of(clip)
    samples[9_000] = 30_000
    made = ready_to_play(Clip(clip.rate, 1, samples.tobytes()))
    assert made is not None
    assert max(samples_of(made)) <= HIGHEST


@pytest.mark.parametrize("clip", [tone(50), Clip(22_050, 1, b""), Clip(22_050, 1, bytes(88_200))])
def test_what_holds_no_speech_is_no_clip(clip: Clip) -> None:
    assert ready_to_play(clip) is None


def test_it_begins_and_ends_without_a_click() -> None:
    made = ready_to_play(tone(500))
    assert made is not None
    samples = samples_of(made)
    assert abs(samples[0]) < 40 and abs(samples[-1]) < 40


def test_of_two_channels_one_is_kept() -> None:
    clip = tone(400)
    samples = samples_of(clip)
    both = bytes(
        byte for sample in samples for byte in 2 * sample.to_bytes(2, "little", signed=True)
    )
    made = ready_to_play(Clip(clip.rate, 2, both))
    assert made is not None
    assert (made.channels, round(made.length_ms, -1)) == (1, 400)


def test_a_wav_says_what_it_holds() -> None:
    with wave.open(io.BytesIO(wav_of(tone(500)))) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (22_050, 1, 2)
        assert file.getnframes() == 11_025
