"""No phrase that nobody would say today is in the program or its docs."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PLACES = ("src", "tests", "bench", "sounds", "docs", "routines", "scripts", "README.md",
          "CHANGELOG.md", "CONTRIBUTING.md", "pyproject.toml")  # fmt: skip
LEFT_OUT = (ROOT / "tests/fixtures", ROOT / "tests/toml_test", Path(__file__))
"""Texts that others wrote, that an older version wrote, and the list itself."""
SUFFIXES = {".py", ".md", ".toml", ".tcss", ".sh", ""}

SAY_INSTEAD = {
    r"\bheed(s|ed|ing)?\b": "follow, respect",
    r"\bis of the past\b": "can no longer be undone",
    r"\bbe it that\b": "even if",
    r"\bso of (you|him|her|them|oneself)\b": "applies to you",
    r"\bnothing has to stand\b": "every setting is optional",
    r"\bgoes on here\b": "continues from here",
    r"\bto be mended\b": "needs fixing",
    r"\bas at the start\b": "the default",
    r"\bthere(of|in|upon)\b|\bwhere(in|by|upon)\b": "of it, in it",
    r"\bupon\b": "on",
    r"\bunto\b|\bshall\b|\bought\b": "to, will, should",
    r"\bit is so of\b|\bsays that it is so\b": "it applies",
    r"\blets? hear\b": "plays",
    r"\bonce and for all\b": "before, for good",
    r"\b(start|run|begin) it all the same\b": "anyway",
    r"\bcounts all the same\b": "still applies",
    r"(?<!take-up\.)\banew\b": "again",
    r"\bwhoever\b": "a person who",
    r"\b(is|are) told\b|\b(tells?|told) of\b": "is shown, reports",
    r"\bgone on with\b": "resumed, continued",
    r"\bdoing it twice is once\b": "a second call does nothing",
    r"\bmend(s|ed|ing)?\b": "fix, repair",
    r"\bto the letter\b": "exactly",
    r"\bin its turn\b": "when it comes",
    r"\bpass(es|ed)? over\b": "ignore, skip",
    r"\b(holds?|held) up\b": "delay",
    r"\bwhere (there (is|are) (no|none)|it (has none|is not)|none|nothing|nobody)\b": "if",
    r"\b(said|says?|known) of (an?|the|it|this|that|them|what)\b": "about",
    r"\blest\b|\bthat which\b": "so that not; what",
    r"\bone's own\b": "the person's own",
    r"\b(after|before|for) so long\b|\bso long (after|before)\b": "after this time",
    r"\bfor this person's eyes only\b": "for this person only",
    r"\btakes? care of\b|\btake(n)? up again\b": "be careful about; resume",
    r"\bin a (process|thread|file|folder) of its own\b": "in a separate process",
    r"\bmade ready\b": "prepared",
    r"\b(in|into|of) so many (rows|seconds|stretches|steps)\b": "the number of",
    r"\bwhat became of\b|\bwhat becomes of\b": "what happened to",
}
"""What is not said, and what to say instead. Add a phrase when you have rewritten its places."""


def pages() -> Iterator[Path]:
    """Every text file that a person reads or works on."""
    for place in PLACES:
        path = ROOT / place
        files = [path] if path.is_file() else sorted(path.rglob("*"))
        for file in files:
            is_ours = not any(file.is_relative_to(other) for other in LEFT_OUT)
            if is_ours and file.is_file() and file.suffix in SUFFIXES:
                yield file


def joined(text: str) -> str:
    """The text as one line: a phrase may continue on the next line of a comment or a string."""
    return re.sub(r'\s*["\n](\s*(#|f?")?\s*)', " ", text)


def said(text: str) -> dict[str, str]:
    """The phrases of the list that the text has, each with what to say instead."""
    found = {}
    for phrase, instead in SAY_INSTEAD.items():
        match = re.search(phrase, text, re.IGNORECASE)
        if match:
            found[match[0]] = instead
    return found


def test_nobody_reads_what_nobody_says() -> None:
    texts = {file: joined(file.read_text("utf-8", errors="replace")) for file in pages()}
    assert len(texts) > 200
    found = {str(file.relative_to(ROOT)): said(text) for file, text in texts.items() if said(text)}
    assert not found


@pytest.mark.parametrize("text", ["NO_COLOR is heeded", "So of you", 'it goes"\n    "on here'])
def test_such_a_phrase_is_noticed(text: str) -> None:
    assert said(joined(text))
