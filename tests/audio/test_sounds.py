"""The bundled sounds are what make.py makes, equally loud, without a click."""

import importlib.util
import sys
import wave
from pathlib import Path
from types import ModuleType

import numpy as np
import numpy.typing as npt
import pytest

from uncramp.core.model import CueKind

FOLDER = Path(__file__).parents[2] / "sounds"
NAMES = sorted(path.stem for path in FOLDER.glob("*.wav"))
MORE = {"pause", "go-on", "warning"}


def samples(name: str) -> npt.NDArray[np.float64]:
    with wave.open(str(FOLDER / f"{name}.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (48_000, 1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32_768


def decibels(value: float) -> float:
    return 20 * float(np.log10(max(value, 1e-9)))


@pytest.fixture(scope="module")
def make() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_sounds", FOLDER / "make.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_cue_has_its_sound() -> None:
    assert {kind.value for kind in CueKind} | MORE == set(NAMES)


def test_the_script_makes_these_very_bytes(make: ModuleType, tmp_path: Path) -> None:
    make.write_all(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {f"{name}.wav" for name in NAMES}
    for name in NAMES:
        assert (tmp_path / f"{name}.wav").read_bytes() == (FOLDER / f"{name}.wav").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_no_click_at_either_end_and_no_peak(name: str) -> None:
    heard = np.abs(samples(name))
    assert decibels(heard[:240].max()) < -60
    assert decibels(heard[-240:].max()) < -60
    assert decibels(heard.max()) < -3
    assert decibels(np.abs(np.diff(samples(name), n=2)).max()) < -20


@pytest.mark.parametrize("name", NAMES)
def test_the_beginning_can_be_told_to_a_few_milliseconds(name: str) -> None:
    heard = np.abs(samples(name))
    first = int(np.argmax(heard > heard.max() * 0.05))
    strong = int(np.argmax(heard > heard[: first + 4_800].max() * 0.5))
    assert 240 <= first <= 480
    assert strong - first <= 480


def test_all_are_equally_loud(make: ModuleType) -> None:
    by_script = [make.loudness_lufs([float(x) for x in samples(name)]) for name in NAMES]
    assert max(by_script) - min(by_script) < 1.0
    assert max(abs(loudness - make.LOUDNESS_LUFS) for loudness in by_script) < 0.1


def test_the_loudness_of_a_known_tone(make: ModuleType) -> None:
    """ITU-R BS.1770: a full-scale sine of 997 Hz in one channel reads -3.01 LKFS."""
    tone = [float(x) for x in np.sin(2 * np.pi * 997 * np.arange(48_000) / 48_000)]
    assert make.loudness_lufs(tone) == pytest.approx(-3.01, abs=0.05)


def test_finish_is_the_longest_and_no_two_are_alike() -> None:
    lengths = {name: len(samples(name)) for name in NAMES}
    assert max(lengths, key=lengths.__getitem__) == "finish"
    assert lengths["finish"] > 2 * max(n for name, n in lengths.items() if name != "finish")
    pictures = {name: picture(name) for name in NAMES}
    for one in NAMES:
        for other in NAMES:
            if one < other:
                assert difference(pictures[one], pictures[other]) > 0.25, (one, other)


def picture(name: str) -> npt.NDArray[np.float64]:
    """Which tones it has in each tenth of a second: melody and rhythm in one row of numbers."""
    padded = np.pad(samples(name), (0, 192_000 - len(samples(name))))
    return np.asarray(np.abs(np.fft.rfft(padded.reshape(-1, 4_800), axis=1)).ravel())


def difference(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> float:
    cosine = float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))
    return 1 - cosine


def test_together_they_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.wav")) < 1_200_000
