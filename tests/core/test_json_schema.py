"""The JSON Schema compared with the reader, by an independent validator.

The schema may accept what it cannot check, but it never refuses what the reader accepts, and it
agrees with the reader on everything that it can check.
"""

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.core.surroundings import read_text
from tests.core.test_routine_keys import SAMPLES, WITHOUT
from tests.made_docs import SCHEMA_FILE, schema_text
from tests.plain.test_bad_routines import SHELF
from uncramp.core.routine.json_schema import routine_schema
from uncramp.core.routine.keys import KEYS, Key, Owner, Type
from uncramp.core.routine.reader import Source, read
from uncramp.core.text.safe_text import unseen_in
from uncramp.core.toml.problems import Problem, Severity

ROOT = Path(__file__).parents[2]
SCHEMA = routine_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
CORPUS = sorted(
    [
        *(ROOT / "routines").glob("*.toml"),
        *(ROOT / "docs/recipes").glob("*.toml"),
        *(ROOT / "tests/bad_routines").glob("*.toml"),
    ]
)

NOT_JUDGED = {
    # What a file names outside of itself.
    "unknown-point", "unknown-figure", "unknown-sound", "sound-outside", "sound-file",
    "unknown-routine", "used-routine", "circle", "used-too-deep",
    # What its steps add up to, how deep its groups are, and which step stands before which.
    "answer-to-nothing", "too-many-steps", "routine-too-long", "too-deep",
}  # fmt: skip
"""Codes of errors that a schema has no words for."""

NOT_JUDGED_WORDS = (
    "puts the longer time first",  # It compares no two values,
    "is more than 24 hours",  # adds up no parts of a text,
    "is too short",
    "is not a whole number",  # takes 2.0 for 2,
    "characters long; there is room",  # and counts no line break as a space.
)
"""The codes of errors that it can check only in part, such as the sum of a text."""


def errors_of(text: bytes) -> list[Problem]:
    reading = read(Source("evening", text, "evening.toml", "/routines"), SHELF)
    return [problem for problem in reading.problems if problem.severity is Severity.ERROR]


def is_judged(problem: Problem) -> bool:
    in_part = any(words in problem.message for words in NOT_JUDGED_WORDS)
    return problem.code not in NOT_JUDGED and not in_part


def disagreement(text: bytes) -> str | None:
    """How schema and reader differ on a text; None if they agree.

    Also None if it is not TOML, or has a number that JSON does not have.
    """
    try:
        document = tomllib.loads(text.decode("utf-8-sig"))
        json.dumps(document, allow_nan=False, default=str)
        refused = [error.message for error in VALIDATOR.iter_errors(document)]
    except (ValueError, RecursionError):
        return None
    errors = errors_of(text)
    if refused and not errors:
        return f"only the schema refuses it: {refused[0]}"
    if not refused and any(is_judged(error) for error in errors):
        return f"only the reader refuses it: {[error.message for error in errors]}"
    return None


@pytest.mark.parametrize("file", CORPUS, ids=lambda file: file.stem)
def test_reader_and_schema_agree_on_a_file(file: Path) -> None:
    assert disagreement(file.read_bytes()) is None


def test_the_corpus_has_both_kinds() -> None:
    judged = [file for file in CORPUS if any(map(is_judged, errors_of(file.read_bytes())))]
    good = [file for file in CORPUS if not errors_of(file.read_bytes())]
    assert len(judged) >= 80
    assert len(good) >= 15


VALUES = (
    "true", "false", "0", "1", "2", "999", "1000", "-1", "0.5", "2.0", "-0.5", "1e9", "86400",
    "86401", "90", '"90s"', '"1m 30s"', '"1:30"', '"1:02:30"', '"0s"', '"0:00"', '"1:75"', '"1h2"',
    '"90 secs"', '" 5m "', '"halfway"', '" Halfway"', '"-1m"', '"- 90s"', '"-0s"', '""', '" "',
    '"left"', '"Left"', '"each"', '"both"', '"affected"', '"de-CH"', '"en_US"', '"english"',
    '"KD3"', '"pregnant"', '"Not kebab"', '"foot-soak"', '"rub"', '"bell"', '"./bell.flac"',
    "[]", '["5m", "20m"]', '["5m"]', '["5m", 0]', '["KD3"]', '["KD3", "BL60"]', '["pregnant"]',
    '["Not kebab"]', '["Words of mine"]', "[1]", '[""]', "[[]]", "[{}]", "{}", "{ x = 1 }",
    '{ end = false }', '{ open = true }', '[{ at = "1m" }]', '[{ every = "30s" }]',
    '[{ at = "1m", every = "1m" }]', '[{ name = "Tap", time = 5 }]', '[{ name = "Tap" }]',
    '[{ name = "Tap", open = true }]', '[{ name = "Tap", open = false }]',
    '[{ use = "foot-soak" }]',
    '"a\\nb"', '"a\\tb"', '"a\\u001bb"', '"a\\u202eb"', '"😀"', f'"{"x" * 80}"', f'"{"x" * 81}"',
    f'" {"x" * 80} "', f'" {"x" * 81} "', f'"{"x" * 301}"', f'"{"x" * 2001}"',
    "1979-05-27", "07:32:00",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS, ids=lambda key: f"{key.owner}-{key.name}")
def test_reader_and_schema_agree_on_a_value(key: Key) -> None:
    outer = WITHOUT[key.owner]
    for line in ("name", "time", "title", "use", "at"):
        if line == key.name:
            outer = "\n".join(row for row in outer.splitlines() if not row.startswith(line))
    if key.owner is Owner.ROUTINE and key.type is Type.STEPS:
        outer = 'title = "Bedtime"\n{}'
    if key.owner is Owner.GROUP and key.type is Type.STEPS:
        outer = 'title = "Bedtime"\n[[steps]]\n{}'
    told = {}
    for value in VALUES:
        text = outer.replace("{}", f"{key.name} = {value}")
        told[value] = disagreement(text.encode())
    assert {value: words for value, words in told.items() if words} == {}


@pytest.mark.parametrize("owner", SAMPLES)
def test_every_sample_passes(owner: Owner) -> None:
    for sample in SAMPLES[owner].values():
        text = WITHOUT[owner].replace("{}", sample)
        if read_text(text).routine is not None:
            VALIDATOR.validate(tomllib.loads(text))


def test_it_is_a_schema_of_its_draft() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_older_validators_judge_the_same() -> None:
    # An editor may know an older draft only.
    older = jsonschema.Draft7Validator(
        {**SCHEMA, "$schema": "http://json-schema.org/draft-07/schema"}
    )
    for file in CORPUS:
        try:
            document = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
        except (ValueError, RecursionError):
            continue
        assert older.is_valid(document) is VALIDATOR.is_valid(document), file


def test_every_key_stands_in_it_with_its_sentence() -> None:
    tables: dict[Owner, Any] = dict.fromkeys(Owner, SCHEMA["$defs"]["item"])
    tables[Owner.ROUTINE] = SCHEMA
    for owner in (Owner.DEFAULTS, Owner.CUES, Owner.PROMPT):
        tables[owner] = SCHEMA["$defs"][owner.value]
    for key in KEYS:
        written = tables[key.owner]["properties"][key.name]
        if key.owner not in (Owner.GROUP, Owner.USE):
            assert written["description"] == key.what
    for table in tables.values():
        for written in table["properties"].values():
            assert written["description"]


def test_keys_that_steps_groups_and_uses_share_take_the_same() -> None:
    # They stand once in the schema.
    shared: dict[str, set[tuple[object, ...]]] = {}
    for key in KEYS:
        if key.owner in (Owner.STEP, Owner.GROUP, Owner.USE):
            shared.setdefault(key.name, set()).add((key.type, key.least, key.most))
    assert all(len(kinds) == 1 for kinds in shared.values())


def test_the_signs_that_no_text_may_hold_are_the_readers() -> None:
    title = SCHEMA["properties"]["title"]
    judge = jsonschema.Draft202012Validator({"type": "string", "not": title["not"]})
    for number in (*range(0xD800), *range(0xE000, 0x10000)):
        sign = chr(number)
        assert judge.is_valid(sign) is (unseen_in(sign, may_break=False) is None), hex(number)


def test_the_copy_in_the_documentation_is_fresh() -> None:
    text = SCHEMA_FILE.read_text("utf-8")
    assert text == schema_text(), "Run python -m tests.made_docs"
    json.loads(text)
