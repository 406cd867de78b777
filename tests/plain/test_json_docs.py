"""docs/export.md describes every name that `show --json` writes."""

import re
from pathlib import Path

from tests.content.bundled import routine
from uncramp.core.plan.plan import make_plan
from uncramp.plain.json_objects import plan_object


def test_every_name_is_described() -> None:
    text = Path("docs/export.md").read_text("utf-8").partition("## Text and JSON")[2]
    described = set(re.findall(r"`([a-z_]+)`", text))
    found = plan_object(make_plan(routine("bedtime")))
    spans = found["spans"]
    assert isinstance(spans, list)
    names = {*found, *spans[0], *spans[0]["cues"][0]}
    assert names <= described, names - described
