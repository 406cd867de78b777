"""Every setting is read; errors are reported with their line, and the default applies."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.audio.backends import ORDER
from uncramp.core.routine.keys import BY_OWNER, Owner
from uncramp.core.routine.model import CueKind, Side
from uncramp.core.toml.problems import Severity
from uncramp.settings import Settings, read_settings
from uncramp.settings.display import UnfitValue, meaning_said
from uncramp.settings.reader import document_of, read_document
from uncramp.settings.spec import BY_NAME, SETTINGS, VOLUME_KINDS
from uncramp.settings.template import new_file_text


def read(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return read_settings(file)


EVERYTHING = """\
conditions = ["pregnant"]
first_side = "right"
get_ready = "8s"
theme = "contrast"
animations = false
notifications = false
keep_awake = false

[night]
when = "clock"
from = "21:30"
to = 07:15:00
volume = 30

[volume]
all = 65
tick = 20
voice = 0

[sound]
set = "wood"
back_end = "aplay"
delay = "0.25s"

[voice]
engine = "say"
name = "Anna"
rate = 200
pitch = 40
language = "de-CH"

[said_as]
KD3 = "kay dee three"

[keys]
"run.pause" = "space,w"
run.next = "x"
"""


def test_everything_that_can_be_set_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, EVERYTHING) == Settings(
        conditions=frozenset({"pregnant"}),
        has_answered=True,
        first_side=Side.RIGHT,
        get_ready_ms=8_000,
        theme="contrast",
        animations=False,
        notifications=False,
        keep_awake=False,
        night="clock",
        night_from_min=21 * 60 + 30,
        night_to_min=7 * 60 + 15,
        night_volume=30,
        volume=65,
        volumes={**dict.fromkeys(VOLUME_KINDS, 100), "tick": 20, "voice": 0},
        sound_set="wood",
        backend="aplay",
        sound_delay_ms=250,
        voice="say",
        voice_name="Anna",
        voice_rate=200,
        voice_pitch=40,
        language="de-CH",
        said_as={"KD3": "kay dee three"},
        keys={"run.pause": "space,w", "run.next": "x"},
    )


def test_the_defaults_of_the_table_are_those_of_the_program(tmp_path: Path) -> None:
    text = "".join(
        f"{'.'.join(setting.path)} = {setting.default}\n" for setting in SETTINGS if setting.default
    )
    assert read(tmp_path, text) == Settings()


def test_a_fresh_file_sets_nothing_and_its_examples_fit(tmp_path: Path) -> None:
    fresh = read(tmp_path, new_file_text())
    assert fresh == Settings()
    lines = new_file_text().splitlines()
    spoken = [
        line.removeprefix("# ") if " = " in line and line.startswith("# ") else line
        for line in lines
    ]
    used = read(tmp_path, "\n".join(spoken))
    assert [problem.message for problem in used.problems] == []
    assert used.keys
    assert used.said_as


def test_the_table_names_what_others_have() -> None:
    assert BY_NAME["sound.back_end"].choices == ("auto", *ORDER)
    assert set(VOLUME_KINDS) == {kind.value for kind in CueKind} <= BY_OWNER[Owner.CUES].keys()
    assert all(BY_NAME[f"volume.{kind}"].field == "volumes" for kind in VOLUME_KINDS)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_each_is_told_in_one_sentence(setting: Any) -> None:
    assert setting.what.endswith(".")
    assert setting.title
    assert setting.default or (setting.example and setting.none)


@pytest.mark.parametrize(
    ("text", "line", "key", "told"),
    [
        ('theme = "drak"', 1, "theme", 'Did you mean "dark"?'),
        ("animations = 1", 1, "animations", "Write true or false"),
        ('animations = "off"', 1, "animations", "Write false, without quotes"),
        ('get_ready = "8 secs"', 1, "get_ready", 'Write "8s"'),
        ('get_ready = "1h"', 1, "get_ready", 'is too long. Write "5m" or less.'),
        ("get_ready = -1", 1, "get_ready", "less than 0"),
        ('[night]\nfrom = "10pm"', 2, "night.from", 'Write "22:00".'),
        ("[night]\nfrom = 23", 2, "night.from", 'Write "23:00".'),
        ('[night]\nfrom = "25:00"', 2, "night.from", 'like "22:00"'),
        ("[night]\nfrom = true", 2, "night.from", 'like "22:00"'),
        ('[night]\nwehn = "always"', 2, "night.wehn", 'Did you mean "when"?'),
        ("[night]\nvolume = 101", 2, "night.volume", "from 0 to 100"),
        ("volume = 50", 1, "volume", "Write [volume], and under it all = 80."),
        ("rate = 100", 1, "rate", '"rate" belongs in [voice].'),
        ("[voice]\nanimations = true", 2, "voice.animations", '"animations" belongs above all'),
        ("[colours]\nnight = 5", 2, "colours.night", 'Did you mean "when" in [night]?'),
        ("[volume]\nfoo = 3", 2, "volume.foo", 'The settings in [volume] are "all"'),
        ("[nigth]\nfrom = 3", 1, "nigth", "Did you mean [night]?"),
        ('[voice]\nrate = "160"', 2, "voice.rate", "Write 160 without quotes."),
        ("[voice]\nspeed = 160", 2, "voice.speed", 'Did you mean "rate"?'),
        ('[voice]\nlanguage = "de_CH"', 2, "voice.language", 'Write "de-CH".'),
        ('[sound]\ndelay = "3s"', 2, "sound.delay", 'Write "2s" or less.'),
        ('said_as = "x"', 1, "said_as", '"KD3" = "kay dee three"'),
        ("[said_as]\nKD3 = 3", 2, "said_as.KD3", 'Put it in quotes: "3".'),
        ('[keys]\n"run.pause" = ["p"]', 2, 'keys."run.pause"', "this takes text"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands_and_falls_to_its_default(
    tmp_path: Path, text: str, line: int, key: str, told: str
) -> None:
    settings = read(tmp_path, text + "\n")
    (problem,) = settings.problems
    assert told in problem.message
    assert problem.key == key
    assert problem.place
    assert problem.place.line == line
    assert problem.severity is Severity.ERROR
    assert settings == Settings(problems=settings.problems)


def test_every_problem_is_told_at_once_and_the_rest_counts(tmp_path: Path) -> None:
    text = 'theme = "blue"\nanimations = false\nfoo = 1\n[voice]\nrate = 3\npitch = 10\n'
    settings = read(tmp_path, text)
    assert [p.place.line for p in settings.problems if p.place] == [1, 3, 5]
    assert not settings.animations
    assert settings.voice_pitch == 10


VALUES = st.recursive(
    st.one_of(
        st.booleans(),
        st.integers(-(10**20), 10**20),
        st.floats().map(str).filter(lambda text: text not in ("nan", "inf", "-inf")).map(float),
        st.text(max_size=12),
        st.times(),
        st.dates(),
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
NAMES = st.sampled_from([key for s in SETTINGS for key in s.path] + ["keys", "said_as"])


@given(
    st.dictionaries(
        NAMES | st.text(max_size=8),
        VALUES | st.dictionaries(NAMES | st.text(max_size=8), VALUES, max_size=6),
        max_size=8,
    )
)
def test_no_document_raises(document: dict[str, Any]) -> None:
    settings = read_document(document_of(b"", Path("settings.toml")), document)
    assert 0 <= settings.volume <= 100
    assert 0 <= settings.night_from_min < 1440
    assert settings.theme in BY_NAME["theme"].choices


@given(st.lists(st.sampled_from(EVERYTHING.splitlines(keepends=True)) | st.text(max_size=20)))
def test_no_text_raises(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    file = tmp_path_factory.getbasetemp() / "any-settings.toml"
    text = "".join(lines)
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    settings = read_settings(file)
    assert isinstance(settings, Settings)
    if not settings.problems:
        tomllib.loads(text.removeprefix("\ufeff"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"theme": "contrast"}', "json"),
        ("theme: contrast\nanimations: false\nkeep_awake: false\n", "yaml"),
        ("- theme: contrast\n", "yaml"),
        ("---\ntheme: contrast\n", "yaml"),
        ("<html></html>", "not-toml"),
        ("= 5\n", "no-key"),
        ("[]\nvolume = 5\n", "brackets"),
        ("night\n", "no-brackets"),
        ("#" * (1024 * 1024 + 1), "file-too-big"),
    ],
)
def test_a_slip_in_the_settings_never_speaks_of_a_routine(
    tmp_path: Path, text: str, code: str
) -> None:
    problem = read(tmp_path, text).problems[0]
    assert problem.code == code
    assert "routine" not in problem.message
    assert "steps" not in problem.message


def test_settings_in_another_language_are_told_how_settings_begin(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, '{"theme": "contrast"}').problems
    assert problem.message == (
        'looks like JSON. The settings are TOML: write theme = "contrast", or [night] above the '
        "settings of that table."
    )
    (problem,) = read(tmp_path, "#" * (1024 * 1024 + 1)).problems
    assert problem.message == (
        "The file is larger than 1 MiB, the most that a settings file may be."
    )


@pytest.mark.parametrize(
    ("written", "meaning"),
    [
        ("52.5, 13.4", (52.5, 13.4)),
        ("-33.87 151.2", (-33.87, 151.2)),
        ("33.87S, 151.2E", (-33.87, 151.2)),
        ("40.71° N, 74.01° W", (40.71, -74.01)),
    ],
)
def test_a_place_is_read_as_people_write_it(written: str, meaning: tuple[float, float]) -> None:
    assert meaning_said(BY_NAME["night.place"], written) == meaning


@pytest.mark.parametrize(
    ("written", "words"),
    [("Berlin", "is not a place."), ("152.5, 13.4", "is not on the earth"), ("", "is not a place")],
)
def test_what_is_no_place_says_what_to_write(written: str, words: str) -> None:
    with pytest.raises(UnfitValue, match=words):
        meaning_said(BY_NAME["night.place"], written)
