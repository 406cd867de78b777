from pathlib import Path

import pytest

from uncramp.core.routine.model import Side
from uncramp.core.toml.problems import Severity
from uncramp.settings import Settings, read_settings
from uncramp.settings.writer import CannotSet, write_conditions


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def written(file: Path, text: str) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_nothing_is_said_and_nothing_is_wrong(file: Path) -> None:
    assert read_settings(file) == Settings()


def test_what_a_person_said_is_read(file: Path) -> None:
    settings = read_settings(
        written(file, 'conditions = ["pregnant", "after-wine"]\nfirst_side = "right"\n')
    )
    assert settings.conditions == {"pregnant", "after-wine"}
    assert settings.has_answered
    assert settings.first_side is Side.RIGHT
    assert settings.problems == ()


def test_an_empty_list_is_an_answer(file: Path) -> None:
    assert read_settings(written(file, "conditions = []\n")).has_answered


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ('# mine\ncondition = ["pregnant"]\n', 2, 'Did you mean "conditions"?'),
        ('\n\nfirst_side = "both"\n', 3, 'Write "left" or "right".'),
        ('conditions = "pregnant"\n', 1, "is text, but this takes a list"),
        ("conditions = [1]\n", 1, "a word in quotes"),
        ('conditions = [\n  "Blood thinners",\n]\n', 2, '"blood-thinners"'),
        ('conditions = ["pregnent"]\n', 1, 'Did you mean "pregnant"?'),
        ("first_side = left\n", 1, "quotes"),
    ],
)
def test_a_wrong_setting_is_told_with_its_line(file: Path, text: str, line: int, told: str) -> None:
    (problem,) = read_settings(written(file, text)).problems
    assert problem.place
    assert problem.place.line == line
    assert told in problem.message
    assert problem.file == str(file)


def test_what_is_meant_to_keep_someone_safe_counts_though_it_is_misspelt(file: Path) -> None:
    settings = read_settings(written(file, 'conditions = ["Clot suspected", 3]\n'))
    assert settings.conditions == {"clot-suspected"}
    assert {problem.severity for problem in settings.problems} == {Severity.ERROR}


def test_one_wrong_line_does_not_hide_the_others(file: Path) -> None:
    settings = read_settings(written(file, 'first_side = left\nconditions = ["pregnant"]\n'))
    assert settings.conditions == {"pregnant"}
    assert settings.problems


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00", b"conditions = [\n", b'conditions = "x"\n', b"[" * 5000, b"a" * 2**21]
)
def test_a_file_that_cannot_be_read_says_so_and_stops_nothing(file: Path, data: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(data)
    settings = read_settings(file)
    assert settings.problems
    assert not settings.is_person_known
    assert settings.conditions == frozenset()


def test_a_folder_in_its_place_stops_nothing(file: Path) -> None:
    file.mkdir(parents=True)
    assert read_settings(file).problems
    with pytest.raises(CannotSet):
        write_conditions(file, {"pregnant"})


def test_what_was_written_is_read_again(file: Path) -> None:
    write_conditions(file, {"clot-suspected", "pregnant", "after-wine"})
    text = file.read_text(encoding="utf-8")
    assert '\nconditions = ["pregnant", "clot-suspected", "after-wine"]\n' in text
    assert read_settings(file).conditions == {"clot-suspected", "pregnant", "after-wine"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '# mine\nfirst_side = "right" # bad\n[later]\nx = 1\n',
            'conditions = ["pregnant"]\n# mine\nfirst_side = "right" # bad\n[later]\nx = 1\n',
        ),
        (
            'first_side = "left"\nconditions = [\n  "numb-feet", # diabetes\n] # said in May\n',
            'first_side = "left"\nconditions = ["pregnant"] # said in May\n',
        ),
        ('"conditions"=[]\r\nx = 1\r\n', '"conditions"=["pregnant"]\r\nx = 1\r\n'),
    ],
)
def test_the_rest_of_the_file_stays_as_it_is(file: Path, before: str, after: str) -> None:
    file.parent.mkdir()
    file.write_bytes(before.encode())
    write_conditions(file, {"pregnant"})
    assert file.read_bytes().decode() == after


def test_a_broken_file_is_not_written_over(file: Path) -> None:
    written(file, 'first_side = left\nconditions = ["numb-feet"]\n')
    with pytest.raises(CannotSet, match=r"settings\.toml:1 has to be fixed first"):
        write_conditions(file, set())
    assert "numb-feet" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_file_that_is_not_utf8_is_read_and_not_written_over(file: Path, encoding: str) -> None:
    before = 'first_side = "right"\n[said_as]\n"Fuß" = "foot"\n'.encode(encoding)
    file.parent.mkdir()
    file.write_bytes(before)
    assert read_settings(file).first_side is Side.RIGHT
    with pytest.raises(CannotSet, match="has to be fixed first"):
        write_conditions(file, {"pregnant"})
    assert file.read_bytes() == before


def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    target = written(tmp_path / "dotfiles" / "settings.toml", "conditions = []\n")
    file.parent.mkdir()
    file.symlink_to(target)
    write_conditions(file, {"pregnant"})
    assert file.is_symlink()
    assert "pregnant" in target.read_text(encoding="utf-8")


def test_nothing_is_left_beside_the_file(file: Path) -> None:
    write_conditions(file, {"pregnant"})
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


def test_the_choices_of_one_run_hold_what_is_said_for_once() -> None:
    settings = Settings(conditions=frozenset({"numb-feet"}), first_side=Side.RIGHT)
    choices = settings.choices(["pregnant"])
    assert choices.conditions == {"numb-feet", "pregnant"}
    assert (choices.first_side, choices.affected) == (Side.RIGHT, None)
    assert settings.choices(side=Side.LEFT).affected is Side.LEFT
    assert settings.choices(side=Side.LEFT).first_side is Side.LEFT
