"""A history of a person, for the tests of its commands: runs, and what is listed."""

import json
from datetime import datetime

import pytest

from tests.cli.said import Said
from uncramp.core.run.record import Record
from uncramp.runs.history import History
from uncramp.system import paths

NOW = datetime(2026, 11, 21, 9, 30)
RECORD = Record(
    "bedtime", "Strong [bold]bedtime", "f00d", True, 1_200_000, 1_300_000, 18, 18,
    skipped=("Soak",), steps_skipped=1, side="left", conditions=("pregnant",),
)  # fmt: skip


def epoch(moment: datetime) -> float:
    return (moment - datetime(1970, 1, 1)).total_seconds()


def ran(began: datetime, record: Record = RECORD) -> None:
    history = History(paths.history_folder(), lambda: 0.0)
    assert history.append(record, epoch(began), epoch(began) + 1_260) is None


def objects(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(Said(capsys, "history", "--json", *words).out)
    return found
