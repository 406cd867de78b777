import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.said import Said, at_terminal
from uncramp.atlas import load_atlas
from uncramp.core.routine.points import Point


def test_points_lists_each_with_where_a_hand_finds_it(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "points")
    assert said.status == 0
    assert len(said.lines) == len(load_atlas().points)
    assert "KD3 Taixi          Inner ankle, hollow behind the bone" in said.lines


def test_points_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    found = {fields["code"]: fields for fields in json.loads(Said(capsys, "points", "--json").out)}
    assert found.keys() == {point.code for point in load_atlas().points}
    assert found["KI3"]["views"] == {"medial-foot": [0.66, 0.55]}
    assert found["KI3"]["unless"] == ["clot-suspected"]
    assert found["PARA"]["zone"] == [0.05, 0.05]
    assert all(fields["sources"] for fields in found.values())


@pytest.mark.parametrize(
    "name", ["KD3", "ki3", "K3", "Kid3", "taixi", "Tàixī", "TAI XI", "太溪", "太谿"]
)
def test_a_point_is_found_by_any_of_its_names(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    said = Said(capsys, "point", *name.split())
    assert said.status == 0
    assert said.lines[0] == "KD3 Taixi"
    assert "Find it: Put a finger on the peak of the inner ankle bone." in said.out
    assert "Care: Stop if the sole tingles." in said.lines
    assert "The voice says: Inner ankle, hollow behind the bone." in said.lines
    assert "Left out if: a clot is possible." in said.lines
    assert "Source: Assignguru" in said.out


def test_a_point_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    fields = json.loads(Said(capsys, "point", "hegu", "--json").out)
    assert (fields["code"], fields["figure"]) == ("LI4", "back-of-hand")


@pytest.mark.parametrize(("name", "near"), [("tayxi", "Taixi"), ("KD33", "KD3"), ("BL 58", "BL5")])
def test_an_unknown_point_is_one_line_with_the_nearest(
    capsys: pytest.CaptureFixture[str], name: str, near: str
) -> None:
    said = Said(capsys, "point", name)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith(f'uncramp: There is no point "{name}". Did you mean {near}')
    assert said.err.count("\n") == 1


def test_a_name_like_no_other_leads_to_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert "uncramp points lists" in Said(capsys, "point", "\x1bzzzzqqqq").err


def test_no_picture_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Inner side of the foot, right" not in Said(capsys, "point", "KD3").out


def test_the_picture_turns_with_the_side(capsys: pytest.CaptureFixture[str]) -> None:
    right = Said(capsys, "point", "KD3", "--picture", "--side", "right")
    left = Said(capsys, "point", "KD3", "--picture", "--side", "left")
    assert "Inner side of the foot, right" in right.lines
    assert "Inner side of the foot, left" in left.lines
    # The name stands towards the heel, which is right on the right foot and left on the left.
    marked = [
        next(line for line in said.lines if "KD3" in line and any(c > "\u2800" for c in line))
        for said in (right, left)
    ]
    assert marked[0].index("KD3") > 30 > marked[1].index("KD3")


@pytest.mark.parametrize("point", load_atlas().points, ids=lambda point: point.code)
def test_a_terminal_gets_a_picture_that_fits(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, point: Point
) -> None:
    monkeypatch.setenv("COLUMNS", "44")
    monkeypatch.setenv("LINES", "24")
    monkeypatch.setenv("NO_COLOR", "1")
    at_terminal(monkeypatch)
    said = Said(capsys, "point", point.code)
    assert all(len(line) <= 44 for line in said.lines)
    picture = [line for line in said.lines if any("\u2800" < c <= "\u28ff" for c in line)]
    assert 14 <= len(picture) <= 21
    below_find = said.lines[next(i for i, line in enumerate(said.lines) if "Find it:" in line) :]
    assert len(below_find) <= 23, "how to find it has to stay in sight with the picture"
    assert "\x1b" not in said.out


def test_colour_only_on_a_terminal_and_the_point_bold(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b" not in Said(capsys, "point", "KD3", "--picture").out
    at_terminal(monkeypatch)
    assert "\x1b[1;31m" in Said(capsys, "point", "KD3").out


def test_in_a_terminal_too_small_the_words_are_there(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    monkeypatch.setenv("LINES", "8")
    at_terminal(monkeypatch)
    said = Said(capsys, "point", "KD3")
    assert said.status == 0
    assert not any("\u2800" < c <= "\u28ff" for c in said.out)
    assert "Find it:" in said.out


def test_the_linux_console_gets_letters(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "linux")
    said = Said(capsys, "point", "KD3", "--picture")
    assert "@" in said.out
    assert not any("\u2580" <= c <= "\u28ff" for c in said.out)


def test_a_picture_is_written_as_svg_to_a_new_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "bl60.svg"
    said = Said(capsys, "point", "BL60", "--svg", str(file), "--side", "left")
    assert (said.status, said.lines) == (0, [f"Wrote {file}."])
    written = file.read_text(encoding="utf-8")
    assert "<title>Outer side of the ankle (left): BL60</title>" in written
    again = Said(capsys, "point", "KD3", "--svg", str(file))
    assert (again.status, again.out) == (2, "")
    assert "already exists" in again.err
    assert file.read_text(encoding="utf-8") == written


def test_a_picture_is_written_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "point", "ST36", "--svg", "-")
    assert said.status == 0
    assert ElementTree.fromstring(said.out).tag == "{http://www.w3.org/2000/svg}svg"


def test_a_picture_that_cannot_be_written_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    said = Said(capsys, "point", "ST36", "--svg", str(tmp_path / "nowhere" / "st36.svg"))
    assert (said.status, said.out) == (2, "")
    assert said.err.count("\n") == 1
