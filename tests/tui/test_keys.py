"""The keys of the program, and a person's own keys."""

import inspect
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.looks import screen_classes
from tests.tui.stage import notices, seen, stage
from uncramp.core.run.moves import Phase
from uncramp.session.key_table import KEY_BY_ID, KEY_TABLE, TYPED_AT
from uncramp.system import paths
from uncramp.system.files import private_folder
from uncramp.tui.app import UncrampApp
from uncramp.tui.dialogs.search_dialog import SearchDialog
from uncramp.tui.keys.keymap import STOP, fitted
from uncramp.tui.run.end_dialog import EndDialog
from uncramp.tui.run.jump import JumpScreen
from uncramp.tui.settings.screen import SettingsScreen
from uncramp.tui.widgets.key_line import KeyLine

FILES = {"soak": 'title = "Soak"\n[[steps]]\nname = "Feet"\ntime = "10m"\n'}


def write_keys(text: str) -> None:
    private_folder(paths.settings_file().parent)
    paths.settings_file().write_text(f"[keys]\n{text}", "utf-8")


def places_of(id_: str, keys: dict[str, tuple[str, ...]]) -> list[str]:
    """What else counts in the same place as that id, or everywhere."""
    place = id_.partition(".")[0]
    return [
        other
        for other in keys
        if other != id_ and (place in (other.partition(".")[0], "app") or other.startswith("app."))
    ]


def test_every_id_is_of_one_place_and_says_what_its_key_does() -> None:
    assert {"app.interrupt", "library.settings", "run.pause", "settings.close"} <= KEY_BY_ID.keys()
    assert len(KEY_BY_ID) == len(KEY_TABLE)
    for key in KEY_TABLE:
        assert key.keys
        assert key.what.endswith((".", "?"))
        assert "." in key.id


def test_no_two_keys_of_one_place_are_the_same() -> None:
    """What is so at the start is what a clash is measured by."""
    for key in KEY_TABLE:
        for other in KEY_TABLE:
            if key.id < other.id and key.place == other.place:
                assert not set(key.keys) & set(other.keys), (key.id, other.id)


@pytest.mark.parametrize(
    ("given_keys", "kept", "told"),
    [
        ({"run.next": "x"}, {"run.next": "x"}, []),
        ({"run.next": "X,?"}, {}, ["also the key of run.keys"]),
        ({"run.next": "X,!,+x"}, {}, ['has "+x", which is no key']),
        ({"run.next": "ctrl+G, F7"}, {"run.next": "ctrl+g,f7"}, []),
        ({"run.next": "Esc"}, {"run.next": "escape"}, []),
        ({"run.next": "b", "run.back": "n"}, {"run.next": "b", "run.back": "n"}, []),
        ({"run.next": "c"}, {}, ["also the key of run.catch-up. So run.next keeps its own"]),
        ({"run.next": "x", "run.back": "x"}, {"run.next": "x"}, ["run.back keeps its own: left"]),
        ({"run.next": "b", "run.back": "c"}, {}, ["run.back keeps", "run.next keeps"]),
        ({"run.next": "ctrl+c"}, {}, ["which is also the key of app.interrupt"]),
        ({"run.next": "z"}, {}, ["which is also the key of app.night"]),
        ({"app.night": "q"}, {}, ["which is also the key of"]),
        ({STOP: "x"}, {}, ["Ctrl+C always stops the program"]),
        ({"run.nxt": "x"}, {}, ['Did you mean "run.next"?']),
        ({"xyzzy": "x"}, {}, ["uncramp config keys lists them."]),
        ({"run.next": "spce"}, {}, ['Did you mean "space"?']),
        ({"run.next": " , "}, {}, ["names no key"]),
        ({"library.safety": "s"}, {}, ["which is typed there"]),
        ({"library.safety": "ctrl+t"}, {"library.safety": "ctrl+t"}, []),
        # Two places never count at once.
        ({"run.next": "t"}, {"run.next": "t"}, []),
    ],
)
def test_what_can_be_given_is_given_and_the_rest_is_told(
    given_keys: dict[str, str], kept: dict[str, str], told: list[str]
) -> None:
    keymap, faults = fitted(given_keys)
    assert {id_: keys for id_, keys in keymap.items() if id_ in given_keys} == kept
    assert len(faults) == len(told)
    for words in told:
        assert any(words in fault.message for fault in faults)
    assert all(fault.path == ("keys", fault.path[1]) for fault in faults)


IDS = sorted(KEY_BY_ID)
KEYS = ["x", "b", "n", "c", "space", "ctrl+c", "f7", "q", "z", "escape", "", "spce", "right"]


@given(
    st.dictionaries(
        st.sampled_from(IDS) | st.text(max_size=5),
        st.lists(st.sampled_from(KEYS) | st.text(max_size=3), max_size=3).map(",".join),
        max_size=8,
    )
)
def test_whatever_is_given_no_key_does_two_things_in_one_place(given_keys: dict[str, str]) -> None:
    keymap, _ = fitted(given_keys)
    known = KEY_BY_ID
    keys = {id_: key.keys for id_, key in known.items()}
    keys |= {id_: tuple(own.split(",")) for id_, own in keymap.items()}
    assert keys[STOP] == ("ctrl+c",)
    for id_ in keymap:
        for other in places_of(id_, keys):
            if not set(known[id_].keys) & set(known[other].keys):
                assert not set(keys[id_]) & set(keys[other])


async def test_a_run_follows_the_keys_of_the_person(tmp_path: Path) -> None:
    write_keys('"run.pause" = "w"\n"run.next" = "x,right"\n')
    on = stage(tmp_path)
    async with on.app.run_test(size=(120, 40)) as pilot:
        await on.press(pilot, "space")
        assert on.run.conductor.view().phase is Phase.RUNNING
        await on.press(pilot, "w")
        assert on.run.conductor.view().phase is Phase.PAUSED
        keys = on.run.query_one(KeyLine).text
        assert "W " in keys
        assert "Space" not in keys
        assert "X Next" in keys
        before = on.run.conductor.view().span.index
        await on.press(pilot, "n")
        assert on.run.conductor.view().span.index == before
        await on.press(pilot, "x")
        after = on.run.conductor.view().span.index
        assert after > before
        await on.press(pilot, "right")
        assert on.run.conductor.view().span.index > after
        await on.press(pilot, "question_mark")
        assert "Skip" in seen(on), seen(on)
        assert any("Skip" in line and " X " in line for line in seen(on).split("\n")), seen(on)


async def test_the_library_follows_them_and_its_key_line(tmp_path: Path) -> None:
    write_keys('"library.settings" = "ctrl+x"\n')
    on = stage(tmp_path, None, files=FILES)
    async with on.app.run_test(size=(200, 40)) as pilot:
        assert "^X Settings" in on.app.screen.query_one(KeyLine).text
        await pilot.press("f6")
        assert not isinstance(on.app.screen, SettingsScreen)
        await pilot.press("ctrl+x")
        assert isinstance(on.app.screen, SettingsScreen)


async def test_a_clash_keeps_the_default_and_is_told(tmp_path: Path) -> None:
    write_keys('"run.next" = "c"\n')
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        before = on.run.conductor.view().span.index
        await on.press(pilot, "c")
        assert on.run.conductor.view().span.index == before
        await on.press(pilot, "n")
        assert on.run.conductor.view().span.index > before


async def test_ctrl_c_always_stops_the_program(tmp_path: Path) -> None:
    write_keys('"app.interrupt" = "x"\n"run.next" = "ctrl+c"\n')
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+c")
        await pilot.pause()
    assert on.app.return_value == 130


async def test_a_run_says_that_a_key_could_not_be_given(tmp_path: Path) -> None:
    write_keys('"run.next" = "ctrl+c"\n')
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        (notice,) = notices(on)
        assert notice == "One of your keys was not assigned: uncramp config keys says why."


def test_every_place_with_a_line_to_type_on_keeps_its_letters() -> None:
    """A letter that is given to such a place would be typed, and do nothing."""
    places = {
        vars(kind)["PLACE"]
        for kind in screen_classes()
        if "PLACE" in vars(kind)
        and (issubclass(kind, SearchDialog) or "TypedLine(" in inspect.getsource(kind))
    }
    assert places == set(TYPED_AT)


def test_every_key_of_the_table_is_bound_where_it_works() -> None:
    bound = {
        binding.id
        for owner in (UncrampApp, *screen_classes())
        for binding in vars(owner).get("BINDINGS", ())
    }
    assert bound == set(KEY_BY_ID)


async def test_capital_letters_do_what_small_ones_do(tmp_path: Path) -> None:
    """Keys work with Caps Lock on."""
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "P")
        assert on.run.conductor.view().phase is Phase.PAUSED
        await on.press(pilot, "J")
        assert isinstance(on.app.screen, JumpScreen)
        await on.press(pilot, "escape", "Q")
        assert isinstance(on.app.screen, EndDialog)
        await on.press(pilot, "Y")
        assert on.app.last_record is not None


async def test_capital_letters_of_a_key_that_was_given_do_the_same(tmp_path: Path) -> None:
    write_keys('"run.hold" = "w"\n')
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "P")
        assert on.run.conductor.view().phase is Phase.RUNNING
        await on.press(pilot, "W")
        assert on.run.conductor.view().phase is Phase.PAUSED
