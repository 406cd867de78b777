"""The log of what a player sounds, so that the program does not hear itself."""

import wave
from pathlib import Path

import pytest

from tests.recording_player import CancelCall, CloseCall, PlayCall, RecordingPlayer, WithdrawCall
from uncramp.audio.player import SoundStatus
from uncramp.audio.sound_log import BELL_MS, LONGEST_MS, SILENT_WITHIN_MS, SoundLog, length_ms
from uncramp.core.routine.model import Sound
from uncramp.system.clocks import steady_ms


def wav(file: Path, seconds: float) -> Path:
    file.parent.mkdir(exist_ok=True)
    with wave.open(str(file), "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(8_000)
        written.writeframes(bytes(2 * round(8_000 * seconds)))
    return file


class Player(RecordingPlayer):
    backend: str | None = "miniaudio"

    def status(self) -> SoundStatus:
        return SoundStatus(True, self.backend, "Sound.")


@pytest.fixture
def player() -> Player:
    return Player()


@pytest.fixture
def log(player: Player, tmp_path: Path) -> SoundLog:
    wav(tmp_path / "night" / "tick.wav", 0.8)
    return SoundLog(player, {"tick": wav(tmp_path / "tick.wav", 0.25)})


def ahead(ms: float) -> float:
    return steady_ms() + ms


def test_a_sound_is_noted_from_its_moment_for_as_long_as_it_lasts(
    log: SoundLog, player: Player, tmp_path: Path
) -> None:
    tick_ms, night_ms, words_ms = ahead(2_000), ahead(3_000), ahead(4_000)
    log.play_at(Sound("tick"), 0.5, tick_ms)
    log.play_at(Sound("tick"), 0.5, night_ms, is_night=True)
    words = wav(tmp_path / "spoken" / "a.wav", 1.5)
    log.play_at(Sound(words.name, str(words.parent)), 1.0, words_ms, instead="tick", late_ms=7)
    assert log.spans() == (
        (tick_ms, tick_ms + 250),
        (night_ms, night_ms + 800),
        (words_ms, words_ms + 1_500),
    )
    assert player.calls == [
        PlayCall(Sound("tick"), 0.5, tick_ms),
        PlayCall(Sound("tick"), 0.5, night_ms, True),
        PlayCall(Sound("a.wav", str(words.parent)), 1.0, words_ms, False, "tick", 7),
    ]


def test_a_sound_of_the_past_begins_now(log: SoundLog) -> None:
    before_ms = steady_ms()
    log.play_at(Sound("tick"), 1.0, before_ms - 500)
    ((from_ms, to_ms),) = log.spans()
    assert from_ms >= before_ms
    assert to_ms - from_ms == 250


def test_what_is_withdrawn_is_not_sounded(log: SoundLog, player: Player) -> None:
    soon_ms, later_ms = ahead(1_000), ahead(3_000)
    log.play_at(Sound("tick"), 1.0, soon_ms)
    log.play_at(Sound("tick"), 1.0, later_ms)
    log.withdraw(later_ms)
    assert [from_ms for from_ms, _ in log.spans()] == [soon_ms]
    assert player.calls[-1] == WithdrawCall(later_ms)


def test_what_is_cancelled_ends_at_once(log: SoundLog, player: Player, tmp_path: Path) -> None:
    long = wav(tmp_path / "long.wav", 20)
    log.play_at(Sound(long.name, str(tmp_path)), 1.0, steady_ms())
    log.play_at(Sound("tick"), 1.0, ahead(5_000))
    log.cancel()
    ((_, to_ms),) = log.spans()
    assert to_ms <= steady_ms() + SILENT_WITHIN_MS
    assert player.calls[-1] == CancelCall()


def test_the_bell_and_a_player_that_is_not_ready_sound_longer(
    log: SoundLog, player: Player
) -> None:
    at_ms = ahead(1_000)
    player.backend = "bell"
    log.play_at(Sound("tick"), 1.0, at_ms)
    player.backend = None
    log.play_at(Sound("tick"), 1.0, at_ms, late_ms=1_500)
    assert [to_ms - at_ms for _, to_ms in log.spans()] == [BELL_MS, 1_750]


def test_it_closes_its_player(log: SoundLog, player: Player) -> None:
    log.close(ring_out=True)
    assert player.calls == [CloseCall(True)]
    assert log.status() == player.status()


def test_the_length_of_other_files_is_never_too_short(tmp_path: Path) -> None:
    other, odd = tmp_path / "a.mp3", tmp_path / "b.wav"
    other.write_bytes(bytes(32_000))
    odd.write_bytes(b"RIFF" + bytes(10_000_000))
    assert length_ms(other) == 8_000
    assert length_ms(odd) == LONGEST_MS
    assert length_ms(tmp_path / "none.wav") == 0
