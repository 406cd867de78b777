"""A clip knows its onset, and can be made softer."""

from uncramp.audio.samples.clip import Clip, onset_ms, samples_of, with_samples

FRAMES = bytes(960) + b"\x00\x40" * 480


def test_softer_and_where_it_is_heard_first() -> None:
    clip = Clip(48_000, 1, FRAMES, onset_ms(FRAMES, 48_000, 1))
    assert clip.onset_ms == 10
    assert clip.softened(0.5).frames[-2:] == b"\x00\x20"
    assert clip.softened(0.5).onset_ms == 10
    assert clip.softened(1.0) is clip


def test_with_other_samples_it_is_heard_at_another_moment() -> None:
    clip = Clip(48_000, 2, FRAMES)
    samples = samples_of(clip)
    assert with_samples(clip, samples).onset_ms == 5
    samples[97] = 32_000
    assert with_samples(clip, samples).onset_ms == 1


def test_nothing_at_all_is_heard_at_once() -> None:
    assert onset_ms(b"", 48_000, 1) == 0
