"""`uncramp history export` and `import`: what goes out comes back, and what cannot be is named."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.history_stage import NOW, RECORD, objects, ran
from tests.cli.said import Said

pytestmark = pytest.mark.usefixtures("history_now")


@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_is_exported_comes_back_and_twice_is_once(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, form: str
) -> None:
    ran(NOW - timedelta(days=2), RECORD)
    Said(capsys, "log", "--run", "1", "--note", '=cmd|" /C calc"!A0, \'x', "--helped=-heat")
    Said(capsys, "log", "--calm")
    exported = Said(capsys, "history", "export", "--format", form).out
    if form == "csv":
        assert "\"'=cmd" in exported, "no spreadsheet takes it for a formula"
    file = tmp_path / "history.file"
    file.write_text(exported, encoding="utf-8")
    assert Said(capsys, "history", "import", str(file)).out.startswith("0 taken in. 3 were")
    Said(capsys, "history", "delete", "--all", "--yes")
    assert Said(capsys, "history", "import", str(file)).out == "3 taken in.\n"
    assert Said(capsys, "history", "import", str(file)).out.startswith("0 taken in.")
    assert Said(capsys, "history", "export", "--format", form).out == exported


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1), ("a,b\n1,2\n", 1), ("[{}]", 1), ("[\n{]", 2), ('[{"kind": "calm"}]', 1),
        ("kind,night\ncalm,2026-11-20\ncalm,soon\n", 3), ("kind,at\ncramp,2026-11-20\n", 2),
        ('kind,at,pain\ncramp,2026-11-20T03:00:00+00:00,"12"\n', 2),
    ],
)  # fmt: skip
def test_a_file_that_holds_no_history_changes_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, line: int
) -> None:
    file = tmp_path / "file.csv"
    file.write_text(text, encoding="utf-8")
    said = Said(capsys, "history", "import", str(file))
    assert said.status == 2
    assert f"{file}:{line}: " in said.err
    assert objects(capsys) == []


def test_an_import_takes_the_semicolons_of_a_spreadsheet(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "file.csv"
    at = "2026-11-20T03:00:00+00:00"
    file.write_text(f'\ufeffkind;at;note\r\ncramp;{at};"rose; walked, slept"\r\n', "utf-8")
    assert Said(capsys, "history", "import", str(file)).out == "1 taken in.\n"
    assert [entry["note"] for entry in objects(capsys)] == ["rose; walked, slept"]


def test_an_import_names_every_cell_that_cannot_be(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "file.csv"
    at = "2026-11-20T03:00:00+00:00"
    rows = f"cramp,{at},middle,30\ncramp,{at},left,3\ncramp,soon,left,\n" + "x,,,\n" * 30
    file.write_text(f"kind,at,leg,pain\n{rows}", encoding="utf-8")
    said = Said(capsys, "history", "import", str(file))
    assert said.err.splitlines()[:4] == [
        f"uncramp: {file}:2: leg takes left, right, both.",
        f"uncramp: {file}:2: pain takes a whole number from 0 to 10.",
        f"uncramp: {file}:4: at takes a time such as 2026-11-20T03:10:00+00:00.",
        f"uncramp: {file}:5: kind takes run, cramp or calm.",
    ]
    assert said.err.endswith("13 more places like these. Nothing was taken in.\n")
    assert objects(capsys) == []
