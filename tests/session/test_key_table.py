"""The table of keys, and what is made from it."""

from tests.made_docs import README_FILE, with_run_keys
from uncramp.core.run.moves import MoveKind
from uncramp.plain.run_input import KEYS_HELP, request_of_key
from uncramp.session.key_table import FORMER_IDS, KEY_BY_ID, KEY_TABLE, key_words, typed_as


def test_the_table_in_the_readme_is_fresh() -> None:
    text = README_FILE.read_text("utf-8")
    assert "| P | Pause or continue, also if the step waits for you |" in text
    assert with_run_keys(text) == text, "Run python -m tests.made_docs"


def test_each_id_stands_once_and_has_its_words() -> None:
    assert len(KEY_BY_ID) == len(KEY_TABLE)
    for key in KEY_TABLE:
        assert key.keys
        assert key.label
        assert key.what.endswith((".", "?")), key.id


def test_ids_of_before_lead_to_ids_of_today() -> None:
    assert set(FORMER_IDS.values()) <= KEY_BY_ID.keys()
    assert not FORMER_IDS.keys() & KEY_BY_ID.keys()


def test_a_plain_run_follows_the_table() -> None:
    for key in ("enter", " ", "p", "n", "right", "+", "=", "-", "u", "a"):
        assert request_of_key(key) is not None, key
    request = request_of_key("P")
    assert request is not None
    assert request.kinds == (MoveKind.PAUSE, MoveKind.GO_ON)
    assert "Right or N: next." in KEYS_HELP


def test_keys_are_named_for_the_eye_and_for_the_ear() -> None:
    keys = ("right", "question_mark", "ctrl+n", "f12", "pageup", "shift+plus", "x")
    assert [key_words(key) for key in keys] == ["→", "?", "^N", "F12", "PgUp", "Shift++", "X"]
    assert key_words("right", has_signs=False) == "Right"
    assert [typed_as(key) for key in ("space", "plus", "right", "n")] == [" ", "+", "right", "n"]
