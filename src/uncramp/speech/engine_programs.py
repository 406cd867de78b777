"""Engines that are programs of the system, started for each phrase.

The text goes to their standard input, never onto their command line.
"""

import base64
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from uncramp.audio.samples.clip import Clip
from uncramp.audio.samples.sound_file import CannotDecode, read_clip
from uncramp.speech.engine import MAKE_WITHIN_S, CannotSpeak, NoVoice, VoiceOptions, language_tags
from uncramp.system.os_errors import reason_of
from uncramp.system.temporary import temporary_folder

FOLDER_LEAD = "uncramp-speech-"
"""How the name of a phrase's temporary folder begins."""


class EspeakProgram:
    """eSpeak NG, or its predecessor eSpeak, as on most Linux distributions."""

    name = "espeak-ng"

    def __init__(self) -> None:
        """Find the program, which may have either of its names."""
        self._program = shutil.which("espeak-ng") or shutil.which("espeak")
        self._voice_of: dict[VoiceOptions, str] = {}

    def is_there(self) -> bool:
        """Is the program on the path?"""
        return self._program is not None

    def make(self, text: str, options: VoiceOptions) -> Clip:
        """The text as speech. Raises CannotSpeak."""
        if self._program is None:
            raise CannotSpeak("espeak-ng is not installed")
        known = self._voice_of.get(options)
        for voice in (known,) if known else options.voices:
            command = [self._program, "-b", "1", "-z", "-v", voice]
            command += ["-s", str(options.rate), "-p", str(min(options.pitch, 99)), "--stdin", "-w"]
            try:
                clip = _clip_of(command, text.encode())
            except NoVoice:
                continue
            self._voice_of[options] = voice
            return clip
        raise NoVoice(f"espeak-ng has no voice {' or '.join(options.voices)}")

    def close(self) -> None:
        """Do nothing: no process runs between phrases."""


class SayProgram:
    """The `say` of macOS."""

    name = "say"
    _PLAIN_VOICES = ("Samantha", "Daniel", "Alex", "Karen", "Moira", "Tessa")
    """Preferred for English: the first voice in the alphabet is a joke."""

    def __init__(self) -> None:
        """Find the program."""
        self._program = shutil.which("say")
        self._voice_of: dict[str, str] | None = None

    def is_there(self) -> bool:
        """Is this a Mac?"""
        return self._program is not None and sys.platform == "darwin"

    def make(self, text: str, options: VoiceOptions) -> Clip:
        """The text as speech. Raises CannotSpeak."""
        if self._program is None:
            raise CannotSpeak("say is not installed")
        voice = options.voice_name or self._voice(options.language)
        command = [self._program, "-v", voice, "-r", str(options.rate), "-f", "-"]
        return _clip_of([*command, "--data-format=LEI16@22050", "-o"], text.encode())

    def close(self) -> None:
        """Do nothing: no process runs between phrases."""

    def _voice(self, language: str) -> str:
        if self._voice_of is None:
            listed = _output_of([str(self._program), "-v", "?"], b"")
            self._voice_of = voices_listed(listed.decode("utf-8", "replace"))
        for tag in language_tags(language):
            fit = [name for name, of in self._voice_of.items() if of.startswith(tag)]
            if fit:
                return next((name for name in self._PLAIN_VOICES if name in fit), fit[0])
        raise NoVoice(f"say has no voice for {language}")


def voices_listed(listed: str) -> dict[str, str]:
    """The voices that `say -v ?` lists, each with its language in lower case."""
    rows = re.finditer(r"^(\S.*?)\s+([a-z]{2,3}[_-]\w+)\s+#", listed, re.MULTILINE)
    return {row[1]: row[2].replace("_", "-").lower() for row in rows}


_WINDOWS_SCRIPT = """
$ErrorActionPreference = 'Stop'
$coded = [Console]::In.ReadToEnd().Trim()
$asked = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($coded)) | ConvertFrom-Json
Add-Type -AssemblyName System.Speech
$voice = New-Object System.Speech.Synthesis.SpeechSynthesizer
$name = $asked.name
if (-not $name) {
  foreach ($tag in $asked.tags) {
    $fit = $voice.GetInstalledVoices() | Where-Object {
      $_.Enabled -and $_.VoiceInfo.Culture.Name -like ($tag + '*')
    } | Select-Object -First 1
    if ($fit) { $name = $fit.VoiceInfo.Name; break }
  }
}
if (-not $name) { exit 3 }
$voice.SelectVoice($name)
$voice.Rate = $asked.rate
$bits = [System.Speech.AudioFormat.AudioBitsPerSample]::Sixteen
$mono = [System.Speech.AudioFormat.AudioChannel]::Mono
$form = New-Object System.Speech.AudioFormat.SpeechAudioFormatInfo(22050, $bits, $mono)
$voice.SetOutputToWaveFile($asked.file, $form)
$voice.Speak($asked.text)
$voice.Dispose()
"""
_WINDOWS_USUAL_RATE = 180
_WINDOWS_STEP = 3 ** (1 / 10)
"""The rate runs from -10 to 10; ten steps are three times as fast."""


class WindowsVoice:
    """The voice of Windows, by System.Speech in PowerShell."""

    name = "windows"

    def __init__(self) -> None:
        """Find the program."""
        self._program = shutil.which("powershell")

    def is_there(self) -> bool:
        """Is this Windows, with its PowerShell?"""
        return self._program is not None and sys.platform == "win32"

    def make(self, text: str, options: VoiceOptions) -> Clip:
        """The text as speech. Raises CannotSpeak."""
        if self._program is None:
            raise CannotSpeak("PowerShell is not installed")
        script = base64.b64encode(_WINDOWS_SCRIPT.encode("utf-16-le")).decode()
        command = [self._program, "-NoProfile", "-NonInteractive", "-EncodedCommand", script]
        asked: dict[str, object] = {
            "text": text,
            "name": options.voice_name,
            "tags": language_tags(options.language),
            "rate": windows_rate(options.rate),
        }
        with temporary_folder(FOLDER_LEAD) as folder:
            file = folder / "phrase.wav"
            asked["file"] = str(file)
            _output_of(command, base64.b64encode(json.dumps(asked).encode()), no_voice=3)
            return _read(file, "PowerShell")

    def close(self) -> None:
        """Do nothing: no process runs between phrases."""


def windows_rate(words_a_minute: int) -> int:
    """The rate on the scale of Windows, -10 to 10."""
    rate, step = 0, _WINDOWS_STEP
    while rate < 10 and _WINDOWS_USUAL_RATE * step ** (rate + 0.5) < words_a_minute:
        rate += 1
    while rate > -10 and _WINDOWS_USUAL_RATE * step ** (rate - 0.5) > words_a_minute:
        rate -= 1
    return rate


def _clip_of(command: Sequence[str], text: bytes) -> Clip:
    """The clip that a program writes to a file, which is its last argument."""
    with temporary_folder(FOLDER_LEAD) as folder:
        file = folder / "phrase.wav"
        _output_of([*command, str(file)], text)
        return _read(file, Path(command[0]).name)


def _read(file: Path, name: str) -> Clip:
    try:
        return read_clip(file)
    except CannotDecode:
        raise CannotSpeak(f"{name} made no sound that can be read") from None


def _output_of(command: Sequence[str], given: bytes, no_voice: int = 1) -> bytes:
    """The output of a program. Raises NoVoice or CannotSpeak."""
    name = Path(command[0]).name
    try:
        done = subprocess.run(
            command,
            input=given,
            capture_output=True,
            timeout=MAKE_WITHIN_S,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        raise CannotSpeak(f"{name} took longer than {MAKE_WITHIN_S:.0f} seconds") from None
    except OSError as problem:
        raise CannotSpeak(f"{name} cannot be started: {reason_of(problem)}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        why = said[-1] if said else f"{name} ended with status {done.returncode}"
        raise (NoVoice if done.returncode == no_voice and _is_of_voice(said) else CannotSpeak)(why)
    return done.stdout


def _is_of_voice(said: Sequence[str]) -> bool:
    return not said or "voice" in " ".join(said).lower()
