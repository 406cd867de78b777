"""Nothing is lost: what version 0.1 wrote is read by this one.

`tests/fixtures/version-0.1` was written by that version: settings by `config set` and `me` (the
key by hand), routines by `new` and `copy`, two stars and a deleted routine by the library's
screen, and runs that were finished, ended early and killed.
"""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.said import Said
from uncramp.advice.seen import SeenCautions
from uncramp.cli.routine_lookup import open_library
from uncramp.core.run.run import Run
from uncramp.library.favourites import read_favourites
from uncramp.runs.history import uses_in
from uncramp.runs.resume_options import Offer, offer_for
from uncramp.runs.store import RunStore
from uncramp.settings import read_settings
from uncramp.system import paths

WRITTEN = Path(__file__).parent / "fixtures" / "version-0.1"
A_MINUTE_LATER_S = 1_795_279_400.0
"""After the last run was killed, in seconds since the epoch."""


@pytest.fixture(autouse=True)
def _home_of_then() -> None:
    places = {
        "config": paths.settings_file().parent,
        "data": paths.routines_folder().parent,
        "state": paths.history_folder().parent,
        "cache": paths.library_index_file().parent,
    }
    for name, place in places.items():
        shutil.copytree(WRITTEN / name, place, dirs_exist_ok=True)


def test_the_settings() -> None:
    settings = read_settings(paths.settings_file())
    assert settings.problems == ()
    assert (settings.volume, settings.night_volume, settings.voice_rate) == (60, 50, 150)
    assert (settings.night_from_min, settings.night_to_min) == (21 * 60 + 30, 6 * 60 + 15)
    assert settings.conditions == {"varicose-veins", "numb-feet"}
    assert settings.has_answered
    assert settings.keys == {"run.next": "x"}


def test_a_change_of_a_setting_keeps_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    before = paths.settings_file().read_text("utf-8").splitlines()
    assert Said(capsys, "config", "set", "volume.all", "35").status == 0
    after = paths.settings_file().read_text("utf-8").splitlines()
    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert changed == [("all = 60", "all = 35")]


def test_the_history() -> None:
    uses = uses_in(paths.history_folder())
    assert [use.routine_id for use in uses] == ["quick-calf", "long-soak", "acute-calf"]
    assert [use.began.epoch_s for use in uses] == [1795278904, 1795278926, 1795278953]


def test_the_stars() -> None:
    assert read_favourites(paths.favourites_file()) == {"bedtime-stretch", "quick-calf"}


def test_the_routines_and_which_cautions_were_shown() -> None:
    library = open_library()
    seen = SeenCautions(paths.seen_cautions_file())
    for name in ("quick-calf", "long-soak", "evening", "mine"):
        entry = library.find(name)
        assert entry is not None
        assert entry.errors == (), "it runs; there may be warnings that are new"
        assert entry.routine is not None
        assert not seen.are_new(entry.routine)


def test_the_trash(capsys: pytest.CaptureFixture[str]) -> None:
    assert "thrown-away" in Said(capsys, "trash", "list").out
    assert Said(capsys, "trash", "restore", "thrown-away").status == 0
    assert Said(capsys, "check", str(paths.routines_folder() / "thrown-away.toml")).status == 0


def test_the_index_of_then_leads_nobody_astray(capsys: pytest.CaptureFixture[str]) -> None:
    listed = json.loads(Said(capsys, "list", "--json").out)
    paths.library_index_file().unlink()
    assert listed == json.loads(Said(capsys, "list", "--json").out)
    assert {"quick-calf", "long-soak", "mine"} <= {routine["id"] for routine in listed}


@pytest.fixture
def offers() -> dict[str, Offer]:
    """What can be done about the runs that were killed, by the ids of their routines."""
    stored = RunStore(paths.unfinished_folder(), lambda: A_MINUTE_LATER_S).look()
    assert (stored.running, stored.stale, stored.troubles) == ((), (), ())
    library = open_library()
    conditions = read_settings(paths.settings_file()).conditions
    found = {}
    for each in stored.unfinished:
        routine_id = each.checkpoint.about.routine_id
        entry = library.find(routine_id)
        assert entry is not None
        found[routine_id] = offer_for(each.checkpoint, entry.routine, conditions)
    return found


def test_the_runs_that_were_killed_are_offered_the_latest_first(offers: dict[str, Offer]) -> None:
    assert list(offers) == ["evening", "acute-calf", "long-soak"]
    assert [offer.checkpoint.about.is_urgent for offer in offers.values()] == [False, True, False]


@pytest.mark.parametrize(
    ("routine_id", "position_ms", "played_ms"), [("long-soak", 1, 5001), ("evening", 1, 23_001)]
)
def test_a_run_goes_on_at_the_very_moment(
    offers: dict[str, Offer], routine_id: str, position_ms: int, played_ms: int
) -> None:
    offer = offers[routine_id]
    assert offer.trouble == ""
    assert offer.plan is not None
    assert offer.here is not None
    view = Run.restored(offer.plan, offer.here).view(0)
    assert (view.span.name, view.position_ms, view.played_ms) == (
        offer.checkpoint.step,
        position_ms,
        played_ms,
    )


def test_what_was_chosen_for_that_run_still_holds(offers: dict[str, Offer]) -> None:
    offer = offers["evening"]
    choices = offer.checkpoint.about.choices
    assert choices.times_ms == {"steps[1]": 900_000}
    assert choices.left_out == {"steps[2]"}
    assert choices.first_side.value == "right"
    assert offer.plan is not None
    assert offer.plan.total.length_ms == 923_000
    assert offer.checkpoint.record.steps_done == 2
