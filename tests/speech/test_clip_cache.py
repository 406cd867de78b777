import os
from dataclasses import replace
from pathlib import Path

import pytest

from uncramp.speech.clip_cache import ClipCache
from uncramp.speech.engine import VoiceOptions

EN = VoiceOptions()


def aged(path: Path, seconds: int) -> Path:
    os.utime(path, (seconds, seconds))
    return path


def test_a_clip_is_kept_and_found_by_all_that_makes_it_what_it_is(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path / "speech")
    assert cache.find("Rub.", EN, "say") is None
    kept = cache.keep("Rub.", EN, "say", b"wav")
    assert cache.find("Rub.", EN, "say") == kept
    assert kept.read_bytes() == b"wav"
    others = [
        ("Rub", EN, "say"), ("Rub.", EN, "espeak-ng"), ("Rub.", replace(EN, rate=161), "say"),
        ("Rub.", replace(EN, pitch=51), "say"), ("Rub.", replace(EN, language="de"), "say"),
        ("Rub.", replace(EN, voice_name="Anna"), "say"),
    ]  # fmt: skip
    assert [cache.find(*other) for other in others] == [None] * len(others)


def test_its_folder_is_for_this_person_alone_and_holds_nothing_unfinished(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path / "speech")
    cache.keep("Rub.", EN, "say", b"wav")
    assert (tmp_path / "speech").stat().st_mode & 0o077 == 0
    assert len(list((tmp_path / "speech").iterdir())) == 1


def test_what_was_not_used_for_longest_makes_room(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path, most_bytes=250)
    first = aged(cache.keep("one", EN, "say", bytes(100)), 1_000)
    second = aged(cache.keep("two", EN, "say", bytes(100)), 2_000)
    assert cache.find("one", EN, "say") == first
    third = cache.keep("three", EN, "say", bytes(100))
    assert [path.exists() for path in (first, second, third)] == [True, False, True]
    assert cache.size() == (2, 200)


def test_a_clip_that_alone_is_too_large_is_kept_until_the_next(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path, most_bytes=50)
    large = aged(cache.keep("one", EN, "say", bytes(100)), 1_000)
    assert large.exists()
    cache.keep("two", EN, "say", bytes(10))
    assert not large.exists()


def test_what_a_killed_writing_left_goes_with_the_oldest(tmp_path: Path) -> None:
    left = (
        aged(tmp_path / ".new-abc", 10) if (tmp_path / ".new-abc").write_bytes(b"x" * 90) else None
    )
    assert left is not None
    ClipCache(tmp_path, most_bytes=95).keep("one", EN, "say", bytes(10))
    assert not left.exists()


def test_a_folder_that_cannot_be_written_raises_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "speech").write_text("a file where the folder should be")
    with pytest.raises(OSError):
        ClipCache(tmp_path / "speech").keep("one", EN, "say", b"wav")
    assert ClipCache(tmp_path / "speech").find("one", EN, "say") is None


def test_an_empty_cache_has_no_size(tmp_path: Path) -> None:
    assert ClipCache(tmp_path / "none").size() == (0, 0)
    assert not (tmp_path / "none").exists()
