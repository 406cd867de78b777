"""The bundled sounds are what make.py makes, and each is within its limits by day and night."""

import wave
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from tests.audio.sound_scripts import FOLDER, script
from uncramp.audio.samples.clip import Clip
from uncramp.audio.samples.loudness import loudness_lufs
from uncramp.audio.samples.sound_file import read_clip
from uncramp.core.routine.model import CueKind
from uncramp.system.resources import SOUND_SETS, at_night, sound_set

MORE = {"pause", "go-on", "warning"}
NAMES = sorted({kind.value for kind in CueKind if kind is not CueKind.VOICE} | MORE)
DAY_LUFS = -23.0
NIGHT_LUFS = script("night_filter").NIGHT_LUFS
CLICK = 1e-7
"""The share of its energy above 14 kHz, or 10 at night, with which a sound clicks."""

Samples = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Heard:
    """A sound as played."""

    clip: Clip
    samples: Samples

    @property
    def rate(self) -> int:
        return self.clip.rate


@cache
def heard(of: str, name: str, is_night: bool) -> Heard:
    file = sound_set(of)[name]
    clip = read_clip(at_night(file) if is_night else file)
    return Heard(clip, np.frombuffer(clip.frames, "<i2") / 32_768)


each = pytest.mark.parametrize(
    ("of", "name", "is_night"),
    [
        pytest.param(of, name, is_night, id=f"{of}-{name}{'-night' * is_night}")
        for of in SOUND_SETS
        for name in NAMES
        for is_night in (False, True)
    ],
)
each_set = pytest.mark.parametrize(
    ("of", "is_night"), [(of, is_night) for of in SOUND_SETS for is_night in (False, True)]
)


def decibels(value: float) -> float:
    return 20 * float(np.log10(max(value, 1e-9)))


def test_every_set_has_every_sound() -> None:
    for of in SOUND_SETS:
        assert sorted(sound_set(of)) == NAMES
    assert {path.name for path in FOLDER.iterdir() if path.is_dir()} - {"__pycache__"} == set(
        SOUND_SETS
    )


@pytest.mark.slow
def test_the_script_makes_these_very_bytes(tmp_path: Path) -> None:
    script("make").write_all(tmp_path)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.wav")}
    here = {path.relative_to(FOLDER): path.read_bytes() for path in FOLDER.rglob("*.wav")}
    assert made.keys() == here.keys()
    assert [name for name in here if made[name] != here[name]] == []


def test_the_files_are_small_and_of_one_form() -> None:
    files = [*FOLDER.rglob("*.wav")]
    assert len(files) == 2 * len(SOUND_SETS) * len(NAMES)
    for path in files:
        rate = 24_000 if path.parent.name == "night" else 48_000
        with wave.open(str(path)) as file:
            assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (rate, 1, 2)
    assert sum(path.stat().st_size for path in files) < 2_600_000


@each
def test_no_click_at_either_end_and_no_peak(of: str, name: str, is_night: bool) -> None:
    sound = heard(of, name, is_night)
    edge = round(0.005 * sound.rate)
    assert decibels(np.abs(sound.samples[:edge]).max()) < -60
    assert decibels(np.abs(sound.samples[-edge:]).max()) < -60
    assert decibels(float(np.abs(four_times(sound.samples)).max())) < -3
    # A corner in the wave form, which is what a click is, has some of every frequency.
    assert share_above(spectrum(sound), 10_000 if is_night else 14_000) < CLICK


@pytest.mark.parametrize(("is_night", "hz"), [(False, 14_000), (True, 10_000)])
def test_a_sound_that_is_cut_off_would_be_a_click(is_night: bool, hz: int) -> None:
    whole = heard("bowl", "finish", is_night)
    half = np.zeros(whole.rate // 2)
    cut = np.concatenate((whole.samples[: len(half)], half))
    assert share_above(spectrum(Heard(whole.clip, cut)), hz) > CLICK


def four_times(samples: Samples) -> Samples:
    """The samples between the samples: the true peak may lie there."""
    spectrum = np.fft.rfft(np.pad(samples, 64))
    longer = 4 * (len(samples) + 128)
    return np.asarray(np.fft.irfft(spectrum, longer) * 4)


@each
def test_none_startles(of: str, name: str, is_night: bool) -> None:
    """A sound rises within milliseconds by day, and within tens of milliseconds at night."""
    sound = heard(of, name, is_night)
    strength = envelope(sound)
    rises_ms = 1_000 / sound.rate * longest_run_up(strength, sound.rate)
    assert rises_ms >= (15 if is_night else 5)


def envelope(sound: Heard) -> Samples:
    """How strong it is at each sample: the analytic signal, over two milliseconds."""
    spectrum = np.fft.fft(np.pad(sound.samples, 2_000))
    spectrum[len(spectrum) // 2 :] = 0
    strength = np.abs(np.fft.ifft(2 * spectrum))[2_000:-2_000]
    width = round(0.002 * sound.rate)
    return np.asarray(np.convolve(strength, np.ones(width) / width, "same"))


def longest_run_up(strength: Samples, rate: int) -> int:
    """Samples from a tenth to nine tenths of the first strike."""
    first = int(np.argmax(strength > strength.max() * 0.05))
    top = strength[first : first + round(0.08 * rate)].max()
    return int(np.argmax(strength > 0.9 * top) - np.argmax(strength > 0.1 * top))


@each
def test_it_is_heard_when_the_player_takes_it_to_be(of: str, name: str, is_night: bool) -> None:
    sound = heard(of, name, is_night)
    assert 5 <= sound.clip.onset_ms <= (18 if is_night else 10)
    first = round(sound.clip.onset_ms * sound.rate / 1000)
    soon = np.abs(sound.samples[first : first + round(0.08 * sound.rate)])
    assert soon.max() > 0.25 * np.abs(sound.samples).max()


@pytest.mark.slow
@each_set
def test_all_are_equally_loud(of: str, is_night: bool) -> None:
    """By the loudest 400 ms: an integrated loudness is not defined for so short a sound."""
    meant = NIGHT_LUFS if is_night else DAY_LUFS
    for name in NAMES:
        sound = heard(of, name, is_night)
        assert loudness_lufs(list(sound.samples), sound.rate) == pytest.approx(meant, abs=0.1)


@each_set
def test_finish_is_the_longest_and_tick_the_shortest(of: str, is_night: bool) -> None:
    lengths = {name: heard(of, name, is_night).clip.length_ms for name in NAMES}
    *_, second, longest = sorted(lengths.values())
    assert lengths["finish"] == longest > 2 * second
    assert lengths["tick"] == min(lengths.values()) < 250


@each_set
def test_no_two_are_alike(of: str, is_night: bool) -> None:
    pictures = {name: picture(heard(of, name, is_night)) for name in NAMES}
    for one, other in combinations(NAMES, 2):
        assert likeness(pictures[one], pictures[other]) < 0.75, (one, other)


def picture(sound: Heard) -> Samples:
    """Which tones it has in each tenth of a second: melody and rhythm in one row of numbers."""
    tenth = sound.rate // 10
    padded = np.pad(sound.samples, (0, 40 * tenth - len(sound.samples)))
    return np.asarray(np.abs(np.fft.rfft(padded.reshape(-1, tenth), axis=1)).ravel())


def likeness(one: Samples, other: Samples) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))


@pytest.mark.parametrize("of", SOUND_SETS)
@pytest.mark.parametrize("name", NAMES)
def test_at_night_it_is_lower_and_has_less_that_is_high(of: str, name: str) -> None:
    day, night = (spectrum(heard(of, name, is_night)) for is_night in (False, True))
    assert middle_hz(night) < 0.72 * middle_hz(day)
    assert share_above(night, 2_400) < max(0.5 * share_above(day, 2_400), 1e-4)


@each
def test_the_small_speaker_of_a_laptop_or_a_phone_can_play_it(
    of: str, name: str, is_night: bool
) -> None:
    assert share_above(spectrum(heard(of, name, is_night)), 250) > 0.95


def spectrum(sound: Heard) -> dict[str, Samples]:
    power = np.abs(np.fft.rfft(sound.samples)) ** 2
    return {"hz": np.fft.rfftfreq(len(sound.samples), 1 / sound.rate), "power": power}


def middle_hz(of: dict[str, Samples]) -> float:
    return float((of["hz"] * of["power"]).sum() / of["power"].sum())


def share_above(of: dict[str, Samples], hz: float) -> float:
    return float(of["power"][of["hz"] > hz].sum() / of["power"].sum())


@pytest.mark.parametrize("name", NAMES)
def test_beep_is_where_music_is_thin(name: str) -> None:
    """More of it than of the others lies above 1 kHz, where a small speaker is strong."""
    if name == "warning":
        return
    above = {of: share_above(spectrum(heard(of, name, False)), 1_000) for of in SOUND_SETS}
    assert above["beep"] == max(above.values())
