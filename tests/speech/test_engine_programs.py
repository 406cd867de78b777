"""Programs that speak, replaced by small scripts: their input, and their errors."""

import base64
import json
import sys
from pathlib import Path

import pytest

from tests.speech.fakes import tone
from uncramp.audio.samples.clip import wav_of
from uncramp.speech import engine_programs
from uncramp.speech.engine import CannotSpeak, NoVoice, VoiceOptions
from uncramp.speech.engine_programs import (
    EspeakProgram,
    SayProgram,
    WindowsVoice,
    voices_listed,
    windows_rate,
)

HOSTILE = "-w /tmp/x --stdin; $(rm -rf ~) `id` \"'\n<break/>"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on the path, with a tone that a script can copy."""
    (tmp_path / "tone.wav").write_bytes(wav_of(tone(300)))
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def script(folder: Path, name: str, body: str) -> None:
    """A program that notes its arguments and its input, and then does `body`."""
    file = folder / name
    notes = "open(here + '/args', 'w').write('\\n'.join(sys.argv[1:]))"
    given = "open(here + '/given', 'wb').write(sys.stdin.buffer.read())"
    head = f"#!{sys.executable}\nimport os, shutil, sys\nhere = {str(folder)!r}\n"
    file.write_text(f"{head}{notes}\n{given}\n{body}\n")
    file.chmod(0o755)


COPY = "shutil.copy(here + '/tone.wav', sys.argv[-1])"


def told(folder: Path) -> tuple[list[str], str]:
    given = (folder / "given").read_bytes()
    return (folder / "args").read_text().splitlines(), given.decode()


def test_espeak_gets_its_text_on_standard_input_alone(folder: Path) -> None:
    script(folder, "espeak-ng", COPY)
    clip = EspeakProgram().make(HOSTILE, VoiceOptions("en", None, 120, 100))
    arguments, given = told(folder)
    assert round(clip.length_ms) == 300
    assert given == HOSTILE
    assert " ".join(arguments[:-1]) == "-b 1 -z -v en -s 120 -p 99 --stdin -w"
    assert not Path(arguments[-1]).exists()


def test_the_forerunner_of_espeak_ng_will_do(folder: Path) -> None:
    script(folder, "espeak", COPY)
    engine = EspeakProgram()
    assert engine.is_there()
    assert engine.make("Rub", VoiceOptions()).frames


def test_a_voice_for_the_region_is_asked_for_first_and_then_remembered(folder: Path) -> None:
    says = "print('the specified espeak-ng voice does not exist', file=sys.stderr)"
    refuses = (
        f"if 'de-ch' in sys.argv: {says}; open(here + '/refused', 'a').write('x'); sys.exit(1)"
    )
    script(folder, "espeak-ng", f"{refuses}\n{COPY}")
    engine = EspeakProgram()
    for _ in range(2):
        assert engine.make("Reiben", VoiceOptions("de-CH")).frames
    assert (folder / "refused").read_text() == "x"
    with pytest.raises(NoVoice, match="espeak-ng has no voice de-ch"):
        engine.make("Reiben", VoiceOptions("de", "de-ch"))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("sys.exit(3)", "espeak-ng ended with status 3"),
        ("print('out of memory', file=sys.stderr); sys.exit(1)", "out of memory"),
        ("", "espeak-ng made no sound that can be read"),
        ("open(sys.argv[-1], 'w').write('rubbish')", "espeak-ng made no sound that can be read"),
        ("print('\\udc80', end=''); os.kill(os.getpid(), 9)", "status -9"),
    ],
)
def test_a_program_that_goes_wrong_is_told_in_words(folder: Path, body: str, words: str) -> None:
    script(folder, "espeak-ng", body)
    with pytest.raises(CannotSpeak) as problem:
        EspeakProgram().make("Rub", VoiceOptions())
    assert words in str(problem.value)
    assert not isinstance(problem.value, NoVoice)


def test_a_program_that_hangs_is_ended(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_programs, "MAKE_WITHIN_S", 0.5)
    script(folder, "espeak-ng", "import time; time.sleep(60)")
    with pytest.raises(CannotSpeak, match="espeak-ng took longer than"):
        EspeakProgram().make("Rub", VoiceOptions())


def test_a_program_that_is_gone_since_is_told(folder: Path) -> None:
    script(folder, "espeak-ng", COPY)
    engine = EspeakProgram()
    (folder / "espeak-ng").unlink()
    with pytest.raises(CannotSpeak, match="espeak-ng cannot be started: there is no such file"):
        engine.make("Rub", VoiceOptions())


def test_what_is_not_there_says_so(folder: Path) -> None:
    for engine in (EspeakProgram(), SayProgram(), WindowsVoice()):
        assert not engine.is_there()
        with pytest.raises(CannotSpeak):
            engine.make("Rub", VoiceOptions())
        engine.close()


VOICES = """Albert              en_US    # Hello! My name is Albert.
Bad News            en_US    # Hello! My name is Bad News.
Anna                de_DE    # Hallo! Ich heiße Anna.
Eddy (German (Germany)) de_DE    # Hallo! Ich heiße Eddy.
Daniel              en_GB    # Hello! My name is Daniel.
Meijia              zh_TW    # 你好
"""


def test_say_has_a_voice_for_each_language_and_no_joke_in_english(folder: Path) -> None:
    (folder / "voices").write_text(VOICES)
    lists = "if sys.argv[-1] == '?': sys.stdout.write(open(here + '/voices').read()); sys.exit()"
    script(folder, "say", f"{lists}\n{COPY}")
    engine = SayProgram()
    for language, voice in (("en", "Daniel"), ("en-US", "Albert"), ("de-CH", "Anna")):
        assert engine.make(HOSTILE, VoiceOptions(language)).frames
        arguments, given = told(folder)
        assert arguments[:2] == ["-v", voice]
        assert given == HOSTILE
        assert HOSTILE not in arguments
    with pytest.raises(NoVoice, match="say has no voice for nl"):
        engine.make("Wrijf", VoiceOptions("nl"))


def test_the_voices_of_say_are_read_from_its_list() -> None:
    assert voices_listed(VOICES)["Eddy (German (Germany))"] == "de-de"
    assert voices_listed("no voices") == {}


def test_windows_gets_all_it_needs_on_standard_input(folder: Path) -> None:
    saves = (
        "import base64, json\n"
        "asked = json.loads(base64.b64decode(open(here + '/given', 'rb').read()))\n"
        "shutil.copy(here + '/tone.wav', asked['file'])"
    )
    script(folder, "powershell", saves)
    assert WindowsVoice().make(HOSTILE, VoiceOptions("de-CH", None, 200)).frames
    arguments, given = told(folder)
    asked = json.loads(base64.b64decode(given))
    assert asked["text"] == HOSTILE
    assert (asked["tags"], asked["name"]) == (["de-ch", "de"], None)
    assert "SetOutputToWaveFile" in base64.b64decode(arguments[-1]).decode("utf-16-le")
    script(folder, "powershell", "sys.exit(3)")
    with pytest.raises(NoVoice):
        WindowsVoice().make("Reiben", VoiceOptions("de"))


def test_the_pace_of_windows_is_its_own() -> None:
    rates = [windows_rate(words) for words in (80, 160, 180, 400)]
    assert rates == sorted(rates)
    assert windows_rate(180) == 0
    assert -10 <= rates[0] < 0 < rates[-1] <= 10
