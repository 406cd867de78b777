"""`uncramp log` and `uncramp history`: entries come back unchanged, and nothing is damaged."""

import json
import sqlite3
import sys
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.cli.history_stage import NOW, RECORD, objects, ran
from tests.cli.said import Said, at_terminal
from uncramp.runs.file_names import DATABASE_NAME, FILE_NAME
from uncramp.system import paths

pytestmark = pytest.mark.usefixtures("history_now")


def test_a_cramp_is_logged_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(
        capsys, "log", "--leg", "left", "--place", "calf", "--pain", "7", "--at", "03:10",
        "--lasted", "5m", "--helped", "walking", "--note", "after\nthe hike",
    )  # fmt: skip
    line = '    1  2026-11-21 03:10  Cramp, left calf, pain 7 of 10, for 5:00, "after the hike"'
    assert (said.status, said.lines) == (0, ["Logged:", line])
    assert Said(capsys, "history").lines == [line]
    assert "Helped      walking" in Said(capsys, "history", "show", "1").lines


def test_a_cramp_is_logged_by_questions(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    at_terminal(monkeypatch, ["arm", "r", "", "11", "4", "02:00", "", "walking, heat", ""])
    said = Said(capsys, "log")
    assert "Write left, right or both, or leave it with Enter." in said.out
    assert "Write a number from 0 to 10, or leave it with Enter." in said.out
    assert said.lines[-1] == "    1  2026-11-21 02:00  Cramp, right, pain 4 of 10"
    assert objects(capsys)[0]["helped"] == ["walking", "heat"]


def test_who_stops_answering_logs_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    at_terminal(monkeypatch, ["left"])
    said = Said(capsys, "log")
    assert (said.status, said.err) == (2, "uncramp: Nothing was logged.\n")
    assert objects(capsys) == []


@pytest.mark.parametrize(
    ("words", "night"),
    [((), "2026-11-20"), (("--at", "2026-11-02"), "2026-11-02"), (("--at", "02:00"), "2026-11-20")],
)
def test_a_calm_night_is_last_night(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], night: str
) -> None:
    Said(capsys, "log", "--no-cramp", *words)
    assert [found["night"] for found in objects(capsys)] == [night]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["log", "--pain", "11"], '"11" is not from 0 to 10'),
        (["log", "--at", "25:00"], "Write a time that is over"),
        (["log", "--at", "2026-11-22 03:00"], "Write a time that is over"),
        (["log", "--lasted", "long"], "is not a length of time"),
        (["log", "--note", "x" * 1_001], "1,000 characters at most"),
        (["log", "--calm", "--leg", "left"], "Leave one out"),
        (["log", "--calm", "--at", "2026-11-22"], "is still to come"),
        (["log", "--run", "9"], "9 is no run"),
        (["log"], "Say something of the cramp"),
        (["log", "--helped", " , ", "--note", ""], "Say something of the cramp"),
        (["history", "--form", "md"], "Write: uncramp history --summary --form md"),
        (["history", "--month", "--weeks", "4"], "Write: uncramp history --summary --weeks 4"),
        (["history", "--summary", "--json"], "--summary writes no JSON"),
        (["history", "--json", "delete", "9"], "delete writes no JSON"),
        (["history", "--kind", "cramp", "export"], "export shows no list. Leave one out"),
        (["history", "--helps", "--size", "9"], "--size chooses what the list shows"),
        (["history", "--helps", "--summary"], "--helps and --summary are two pages"),
        (["history", "--summary", "show", "9"], "show and --summary are two pages"),
        (["history", "show", "9"], "There is no entry 9"),
        (["history", "edit", "9"], "There is no entry 9"),
        (["history", "delete", "9"], "There is no entry 9"),
        (["history", "restore", "9"], "There is no 9 in the trash"),
        (["history", "--before", "9"], "There is no entry 9"),
        (["history", "delete"], "Say which entry"),
        (["history", "delete", "--all"], "Add --yes"),
        (["history", "--since", "soon"], '"soon" is no date'),
        (["history", "--month", "2026-13"], '"2026-13" is no month'),
        (["history", "--summary", "--weeks", "521"], "--weeks goes up to 520"),
        (["history", "import", "nowhere.csv"], "nowhere.csv cannot be read: there is no such"),
    ],
)
def test_what_cannot_be_is_told(
    capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    said = Said(capsys, *words)
    assert said.status == 2
    assert told in said.err
    assert len(said.err.splitlines()) <= 2
    assert objects(capsys) == [], "nothing was logged"


def test_a_run_is_shown_with_all_that_was_noted(capsys: pytest.CaptureFixture[str]) -> None:
    ran(NOW - timedelta(hours=11))
    assert Said(capsys, "history").lines == [
        "    1  2026-11-20 22:30  Strong [bold]bedtime, finished, 20:00"
    ]
    assert Said(capsys, "history", "show", "1").lines == [
        "Run         Strong [bold]bedtime (bedtime)",
        "Began       2026-11-20 22:30",
        "Ended       2026-11-20 22:51, finished",
        "Active      20:00",
        "Paused      1:00",
        "Steps       18 of 18 done",
        "Skipped     Soak",
        "Side        left",
        "Conditions  pregnant",
    ]
    said = Said(capsys, "history", "--routine", "bedtime")
    assert said.lines[1:3] == [
        "1 run, 1 finished; the last one 2026-11-20 22:30. Usually begun at about",
        "22:30, 20 minutes long. Usually skipped: Soak.",
    ]
    assert "uncramp log --run 1" in Said(capsys, "history", "edit", "1").err


def test_a_routine_that_nobody_knows_is_told_from_one_that_was_not_run(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ran(NOW - timedelta(hours=7), replace(RECORD, routine_id="my-evening"))
    for words in ((), ("--json",)):
        said = Said(capsys, "history", "--routine", "my-evenin", *words)
        assert (said.status, said.out) == (2, "")
        told = 'There is no routine "my-evenin", and no run of it in the history.'
        assert said.err.startswith(f"uncramp: {told} Did you mean my-evening")
    # Its file is gone, but its runs are there.
    assert len(objects(capsys, "--routine", "my-evening")) == 1
    said = Said(capsys, "history", "--routine", "my-evening", "--since", "2026-11-22")
    assert (said.status, said.lines[-1]) == (0, "Nothing there.")
    assert Said(capsys, "history", "--routine", "bedtime").lines == ["Nothing there."]


def test_what_happened_is_added_to_a_run_later(capsys: pytest.CaptureFixture[str]) -> None:
    ran(NOW - timedelta(hours=7))
    said = Said(capsys, "log", "--run", "1", "--leg", "right", "--json")
    run, cramp = sorted(objects(capsys), key=lambda found: str(found["kind"]), reverse=True)
    assert json.loads(said.out) == cramp
    assert cramp["at"] == "2026-11-21T02:30:00+00:00"
    assert cramp["run"] == run["uid"]


def test_pages_follow_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    for day in range(5):
        ran(NOW - timedelta(days=5 - day))
    said = Said(capsys, "history", "--size", "2")
    assert [line.split()[0] for line in said.lines[:2]] == ["5", "4"]
    assert said.lines[-1] == "Earlier ones: uncramp history --size 2 --before 4"
    said = Said(capsys, "history", "--routine", "bedtime", "--kind", "run", "--size", "1")
    assert said.lines[-1].endswith(" --routine bedtime --kind run --size 1 --before 5")
    rest = Said(capsys, "history", "--size", "9", "--before", "4").lines
    assert [line.split()[0] for line in rest] == ["3", "2", "1"]
    filtered = objects(capsys, "--since", "2026-11-17", "--until", "2026-11-18", "--kind", "run")
    assert [found["number"] for found in filtered] == [4, 3]


def test_an_entry_goes_to_the_trash_and_comes_back(capsys: pytest.CaptureFixture[str]) -> None:
    Said(capsys, "log", "--leg", "left", "--at", "03:10")
    assert "history restore 1" in Said(capsys, "history", "delete", "1").out
    assert objects(capsys) == []
    assert len(Said(capsys, "history", "--deleted").lines) == 1
    assert Said(capsys, "history", "restore", "1").out == "1 is back.\n"
    said = Said(capsys, "history", "edit", "1", "--pain", "3")
    assert said.lines[1].endswith("Cramp, left, pain 3 of 10")


def test_all_of_it_is_deleted_only_when_asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran(NOW - timedelta(days=1))
    Said(capsys, "log", "--note", "very private", "--at", "03:10")
    at_terminal(monkeypatch, ["n"])
    assert Said(capsys, "history", "delete", "--all").status == 2
    assert len(objects(capsys)) == 2
    at_terminal(monkeypatch, ["y"])
    assert Said(capsys, "history", "delete", "--all").status == 0
    assert objects(capsys) == []
    left = b"".join(file.read_bytes() for file in paths.history_folder().iterdir())
    assert b"very private" not in left
    assert b"bedtime" not in left


def test_the_month_is_a_calendar_and_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    ran(NOW - timedelta(hours=11))  # the night of the 20th
    ran(datetime(2026, 11, 17, 22, 0))
    Said(capsys, "log", "--at", "03:10")  # the same
    Said(capsys, "log", "--at", "2026-11-19 03:10")
    Said(capsys, "log", "--calm", "--at", "2026-11-16")
    said = Said(capsys, "history", "--month")
    assert said.lines[:2] == ["November 2026", " Mo   Tu   We   Th   Fr   Sa   Su"]
    assert " 16-  17+  18x  19   20#  21   22" in said.lines
    assert "Nights with both: 1 (20)." in said.lines
    assert "Nights with a cramp and no evening routine: 1 (18)." in said.lines
    assert "You said that no cramp came: 1 (16)." in said.lines
    assert Said(capsys, "history", "--month", "2026-10").lines[0] == "October 2026"
    assert Said(capsys, "history", "--month", "9999-12").status == 0
    nights = json.loads(Said(capsys, "history", "--month", "--json").out)["nights"]
    assert [night["sign"] for night in nights] == ["-", "+", "x", "#"]


def test_whether_it_helps_is_told_in_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "history", "--helps")
    assert "No known night with the evening routine." in said.lines
    for day in range(2, 42):
        began = datetime(2026, 11, 20, 22, 0) - timedelta(days=day)
        if day % 2:
            ran(began)
            Said(capsys, "log", "--calm", "--at", began.date().isoformat())
        elif day % 4:
            Said(capsys, "log", "--calm", "--at", began.date().isoformat())
        else:
            Said(capsys, "log", "--at", f"{began.date().isoformat()} 23:30")
    words = " ".join(Said(capsys, "history", "--helps").lines)
    assert "20 nights with the evening routine, none with a cramp: 0\u00a0%" in words
    assert "20 nights without it, 10 with a cramp: 50\u00a0%" in words
    assert "The difference is larger than chance usually makes." in words
    assert "2 nights are unknown and not counted as good." in words
    assert json.loads(Said(capsys, "history", "--helps", "--json").out)["verdict"] == "less"


def test_a_doctor_is_spoken_of_once_for_each_cause(capsys: pytest.CaptureFixture[str]) -> None:
    for day in (18, 19):
        assert "doctor" not in Said(capsys, "log", "--at", f"2026-11-{day} 23:00").out
    third = Said(capsys, "log", "--at", "2026-11-20 23:00").out
    assert "a cramp on three nights or more within a week" in third.replace("\n", " ")
    assert "uncramp safety has more" in third.replace("\n", " ")
    assert "doctor" not in Said(capsys, "history").out
    long = Said(capsys, "log", "--at", "03:00", "--lasted", "11m").out
    assert "more than ten minutes" in long
    assert "three nights" not in long


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_the_page_for_a_doctor(capsys: pytest.CaptureFixture[str], form: str) -> None:
    ran(NOW - timedelta(days=2))
    Said(capsys, "log", "--leg", "left", "--pain", "7", "--at", "03:10", "--note", "<b>|hike")
    Said(capsys, "log", "--leg", "left", "--pain", "3", "--at", "2026-11-19 03:10")
    out = Said(capsys, "history", "--summary", "--form", form).out
    texts = ["to 2026-11-20, 56 nights", "left 2", "3 to 7, median 3 (2 answers)", "pregnant"]
    for text in (*texts, "1 begun, 1 finished"):
        assert text in out
    assert {"text": "<b>|hike", "md": r"\<b\>\|hike", "html": "&lt;b&gt;|hike"}[form] in out
    assert len(out.splitlines()) < 60, "one page"
    assert all(len(line) <= 78 for line in out.splitlines()) or form != "text"


@pytest.mark.skipif(sys.platform == "win32", reason="rights work otherwise there")
@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("no database", "is not a history of uncramp"),
        ("another program's", "is not a history of uncramp"),
        ("newer", "was written by a newer uncramp"),
        ("damaged", "is damaged"),
        ("folder", "cannot be used"),
        ("no folder", "cannot be used"),
    ],
)
def test_a_history_that_cannot_be_used_is_one_sentence(
    capsys: pytest.CaptureFixture[str], kind: str, told: str
) -> None:
    file = paths.history_folder() / DATABASE_NAME
    if kind == "no folder":
        paths.history_folder().parent.mkdir(parents=True)
        paths.history_folder().write_text("in the way", encoding="utf-8")
    else:
        Said(capsys, "log", "--leg", "left")
        if kind == "no database":
            file.write_bytes(b"a shopping list, and no database at all" * 100)
        elif kind == "damaged":
            data = bytearray(file.read_bytes())
            data[100:4096] = b"\xff" * 3996
            file.write_bytes(data)
        elif kind == "folder":
            file.unlink()
            file.mkdir()
        else:
            pragma = "user_version = 99" if kind == "newer" else "application_id = 7"
            with sqlite3.connect(file) as connection:
                connection.execute(f"PRAGMA {pragma}")
            connection.close()
    before = file.read_bytes() if file.is_file() else b""
    for words in (["history"], ["log", "--leg", "left"], ["history", "--month"]):
        said = Said(capsys, *words)
        assert said.status == 2
        assert told in said.err
        assert said.err.count("\n") == 1
    assert (file.read_bytes() if file.is_file() else b"") == before, "nothing was overwritten"


@pytest.mark.slow
def test_a_run_is_kept_while_another_program_holds_the_history(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uncramp.runs.history_database.WAIT_S", 0.05)
    Said(capsys, "log", "--leg", "left", "--at", "03:10")
    holder = sqlite3.connect(paths.history_folder() / DATABASE_NAME, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    ran(NOW - timedelta(hours=1))
    said = Said(capsys, "history")
    assert "is in use by another program" in said.err
    holder.close()
    assert (paths.history_folder() / FILE_NAME).exists()
    assert len(objects(capsys)) == 2
