"""A short fuzzing run, and mutations of good and bad routines that need no fuzzer."""

import importlib.util
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.surroundings import read_text
from tests.fuzz.property import refuse_wrong_places

ROOT = Path(__file__).parents[2]
SEEDS = [
    file.read_bytes()
    for folder in ("routines", "docs/recipes", "tests/bad_routines")
    for file in sorted((ROOT / folder).glob("*.toml"))
]
TOKENS = [
    *(b"\n", b"\r\n", b"\t", b'"', b"'", b'"""', b"'''", b"[", b"]", b"[[", b"{", b"}", b"=", b":"),
    *(b",", b".", b"#", b"\\", b"-", b"1", b"9" * 5000, b"0x", b"true", b"1e999", b"nan", b"\0"),
    *(b"\xef\xbb\xbf", b"\xff", "\u201c".encode(), "\u202e".encode(), "\U0001f9b6".encode()),
    *(b"[[steps]]\n", b"[[steps.steps]]\n", b"[[steps.prompts]]\n", b"[cues]\n", b"steps = "),
    *(b"repeat = 999\n", b'use = "foot-soak"\n', b'points = ["KD3"]\n', b'sides = "each"\n'),
]

INPUTS = 2_500
"""It takes about ten seconds of a processor."""
HAS_ATHERIS = importlib.util.find_spec("atheris") is not None
CAN_HAVE_ATHERIS = sys.platform == "linux" and platform.machine() == "x86_64"


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A routine with stretches cut out, doubled, moved, swapped for another's, or broken into."""
    data = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 200)))
        other = draw(st.sampled_from(SEEDS))
        lines = data.splitlines(keepends=True) or [b""]
        there = draw(st.integers(0, len(other)))
        pieces = (
            b"",
            data[start:end] * 2,
            draw(st.sampled_from(TOKENS)),
            other[there : there + 200],
            draw(st.sampled_from(lines)),
            draw(st.binary(max_size=8)),
        )
        data = data[:start] + draw(st.sampled_from(pieces)) + data[end:]
    return data


@pytest.mark.slow
@given(mutated())
@settings(max_examples=600, deadline=None)
def test_any_mutated_routine_gets_an_answer_in_words(data: bytes) -> None:
    refuse_wrong_places(data, read_text(data))


@pytest.mark.slow
@pytest.mark.skipif(
    not HAS_ATHERIS and not (CAN_HAVE_ATHERIS and os.environ.get("CI") == "true"),
    reason="atheris is not installed: the mutations above stand for it",
)
def test_a_short_fuzzing_run_breaks_no_promise(tmp_path: Path) -> None:
    # So many inputs and not so many seconds: a busy machine tries as many.
    options = [f"-atheris_runs={INPUTS}", "-seed=1"]
    command = [sys.executable, "-m", "tests.fuzz.fuzz_reader", *options]
    found = tmp_path / "found"
    found.mkdir()
    done = subprocess.run(
        [*command, f"-artifact_prefix={tmp_path}/", str(found)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-8000:]
    runs = re.search(r"Done (\d+) in", done.stdout + done.stderr)
    assert runs is not None and int(runs[1]) == INPUTS > len(SEEDS), done.stderr[-2000:]
    # It is guided by coverage only if some of what it made reached new code.
    assert any(found.iterdir())
