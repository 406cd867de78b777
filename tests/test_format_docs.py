"""The page of the format: its tables come from the keys, its examples run, its claims hold."""

import re
from pathlib import Path

import pytest

from tests.made_docs import DOCS, FORMAT_FILE, owners_in, with_tables
from uncramp.cli.main import main
from uncramp.cli.routine_lookup import open_library
from uncramp.core.plan.cues import CHIME_GAP_MS
from uncramp.core.plan.plan import make_plan
from uncramp.core.plan.sound_priority import PRECEDENCE
from uncramp.core.routine.keys import KNOWN_CONDITIONS, KNOWN_KINDS, NEWEST_FORMAT, Owner, Type
from uncramp.core.routine.limits import SHORTEST_TICKED_MS
from uncramp.core.routine.step_reader import GET_READY_FOR_POINT_MS, GET_READY_MS
from uncramp.library.formatter import ordered

TEXT = FORMAT_FILE.read_text("utf-8")
RECIPES = sorted((DOCS / "recipes").glob("*.toml"))
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", TEXT, re.DOTALL)


def examples() -> list[tuple[str, str | None]]:
    """Each routine of the page, and the output of `check` for it, if the page shows that."""
    found: list[tuple[str, str | None]] = []
    for kind, block in BLOCKS:
        if kind == "toml":
            found.append((block, None))
        elif kind == "text":
            found[-1] = (found[-1][0], block)
    return found


@pytest.mark.parametrize("example", examples(), ids=lambda example: example[0].count("\n"))
def test_an_example_is_told_what_the_page_says(
    example: tuple[str, str | None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    routine, told = example
    monkeypatch.chdir(tmp_path)
    (tmp_path / "evening.toml").write_text(routine, "utf-8")
    main(["check", "evening.toml"])
    assert capsys.readouterr().out == (told or "1 file checked: nothing to fix.\n")


def test_the_page_shows_mistakes_too() -> None:
    assert sum("error" in (told or "") for _, told in examples()) >= 2


def test_its_tables_are_fresh() -> None:
    assert with_tables(TEXT) == TEXT, "Run python -m tests.made_docs"


def test_every_kind_of_table_and_of_value_stands_in_it() -> None:
    assert sorted(owners_in(TEXT)) == sorted(Owner)
    assert set(re.findall(r"^### (\w+)$", TEXT, re.MULTILINE)) >= {t.value for t in Type}


def test_what_it_says_of_the_program_is_so() -> None:
    for word in (*KNOWN_KINDS, *KNOWN_CONDITIONS):
        assert f"`{word}`" in TEXT
    assert ", ".join(kind.value for kind in PRECEDENCE) in TEXT
    assert f"get-ready of {GET_READY_MS // 1000} seconds" in TEXT
    assert f"or {GET_READY_FOR_POINT_MS // 1000} seconds where there is a point" in TEXT
    assert f"waits {CHIME_GAP_MS / 1000} seconds" in TEXT
    assert f"shorter than {SHORTEST_TICKED_MS // 1000} seconds do not tick" in TEXT
    assert f"This is format {NEWEST_FORMAT}." in TEXT


def test_a_newer_format_is_refused_in_the_words_of_the_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "evening.toml"
    file.write_text('title = "Evening"\nformat = 2\n[[steps]]\nname = "a"\ntime = 5\n', "utf-8")
    assert main(["check", str(file)]) == 2
    assert "made for a newer version" in capsys.readouterr().out
    assert main(["run", str(file), "--plain", "--speed", "600"]) == 2
    assert "made for a newer version" in TEXT


def test_every_link_leads_somewhere() -> None:
    headings = re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)
    anchors = {heading.lower().replace(" ", "-") for heading in headings}
    for link in re.findall(r"\]\(([^)]+)\)", TEXT):
        if link.startswith("#"):
            assert link[1:] in anchors
        else:
            assert (DOCS / link).is_file()


@pytest.mark.parametrize("file", RECIPES, ids=lambda file: file.stem)
def test_a_recipe_runs_without_a_problem_and_is_in_order(file: Path) -> None:
    entry = open_library().open_path(file)
    assert entry.problems == ()
    assert entry.routine is not None
    assert make_plan(entry.routine).total.length_ms >= 4 * 60_000
    assert ordered(file.read_bytes(), file.name) == file.read_bytes()
    assert f"recipes/{file.name}" in TEXT


def test_the_recipes_that_were_promised_are_there() -> None:
    assert {file.stem for file in RECIPES} >= {
        "interval-training", "breathing", "physiotherapy", "pomodoro", "tea-ceremony",
    }  # fmt: skip
