"""The page for a phone is one file: it loads nothing, runs no foreign code, and has all cues."""

import json
import re
from base64 import b64decode, b64encode
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.content.bundled import routine
from tests.export.phone_pages import page_with_clips
from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Choices, Prompt, PromptWhen, Routine, Side, Sides, Step
from uncramp.core.routine.points import Limb
from uncramp.export.mixdown import LEAD_MS
from uncramp.export.phone.phone_content import PhoneContent
from uncramp.export.phone.phone_page import page_parts
from uncramp.export.rendition import MARGIN_MS, Stretch, rendered


class Read(HTMLParser):
    """The elements of a page, and the text of its scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = f"{tag} {dict(attrs).get('type') or ''}".strip()

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[self._inside] = self.texts.get(self._inside, "") + data

    @property
    def data(self) -> Any:
        return json.loads(self.texts["script application/json"])


SHORT = make_plan(
    Routine(
        "r",
        "R",
        (
            Step("a", "Rub", 20_000, get_ready_ms=5_000, sides=Sides.EACH, figure="calf-roll",
                 limb=Limb.LEG),
            Step(
                "b", "Dry", 30_000, is_open=True,
                prompts=(
                    Prompt(PromptWhen.AFTER, 10_000, say="Dry?"),
                    Prompt(PromptWhen.AFTER, 50_000, say="Still wet?"),
                ),
            ),
        ),
    )
)  # fmt: skip


def test_stretches_follow_each_other_to_the_end() -> None:
    data = Read(page_with_clips(SHORT)).data
    spans = data["spans"]
    assert spans[0]["from"] == LEAD_MS / 1000
    assert all(one["to"] == then["from"] for one, then in pairwise(spans))
    assert spans[-1]["to"] == data["end"] <= data["length"]
    assert spans[-1]["open"] and spans[-1]["to"] - spans[-1]["from"] == 50 + MARGIN_MS / 1000
    assert [(one["name"], one["side"], one["first"], one["picture"]) for one in spans] == [
        ("Rub", "left leg", 0, 0),
        ("Rub", "left leg", 0, 0),
        ("Rub", "right leg", 2, 1),
        ("Rub", "right leg", 2, 1),
        ("Dry", "", 4, None),
    ]
    began = spans[-1]["from"]
    assert data["notes"][:2] == [[began + 10, "Dry?"], [began + 50, "Still wet?"]]


def test_a_step_that_goes_on_by_itself_is_there_as_long_as_it_waits() -> None:
    step = Step("a", "Dry", 10_000, is_open=True, ends_after_ms=60_000)
    data = Read(page_with_clips(make_plan(Routine("r", "R", (step,))))).data
    (span,) = data["spans"]
    assert (span["open"], span["loops"]) == (True, False)
    assert span["to"] - span["from"] == 70
    assert data["notes"] == [[span["to"] - 10, "Going on in ten seconds."]]


def test_what_comes_only_on_still_is_there_to_go_to() -> None:
    first = Step("a", "Pull", 20_000, is_open=True)
    second = Step("b", "Sit up", 20_000, is_open=True, is_if_still=True)
    plan = make_plan(Routine("r", "R", (first, second, Step("c", "Walk", 20_000))))
    spans = Read(page_with_clips(plan)).data["spans"]
    assert [(one["name"], one["asksStill"], one["ifStill"]) for one in spans] == [
        ("Pull", True, False), ("Sit up", False, True), ("Walk", False, False),
    ]  # fmt: skip
    assert "Sit up" not in [one.span.name for one in rendered(plan) if isinstance(one, Stretch)], (
        "nobody can answer a file of sound"
    )


def test_pictures_are_mirrored_by_side() -> None:
    pictures = [one for tag, one in Read(page_with_clips(SHORT)).elements if tag == "svg"]
    labels = [one["aria-label"] or "" for one in pictures]
    assert ["(left)" in label for label in labels] == [True, False]
    assert ["(right)" in label for label in labels] == [False, True]


def test_each_sound_of_the_plan_is_there_once_and_on_time() -> None:
    data = Read(page_with_clips(make_plan(routine("calf-rub")))).data
    assert len(data["clips"]) == len(set(data["clips"])) < len(data["sounds"])
    assert [one[0] for one in data["sounds"]] == sorted(one[0] for one in data["sounds"])
    assert b64decode(data["clips"][0]).startswith(b"RIFF")


def test_nothing_is_loaded_and_only_our_script_is_obeyed(tmp_path: Path) -> None:
    track = tmp_path / "a.m4a"
    track.write_bytes(bytes(range(256)) * 1_000)
    content = PhoneContent(SHORT)
    list(content.watched(rendered(SHORT)))
    page = Read("".join(page_parts(content, content.data(60.0, (0, 0)), track)))
    sources = [
        value
        for _, attributes in page.elements
        for name, value in attributes.items()
        if name in ("src", "href", "action", "srcset", "poster", "data", "style")
    ]
    (sound,) = sources
    assert sound is not None and sound.startswith("data:audio/mp4;base64,")
    assert b64decode(sound.partition(",")[2]) == track.read_bytes()
    policy = next(
        one["content"] or "" for _, one in page.elements
        if one.get("http-equiv") == "Content-Security-Policy"
    )  # fmt: skip
    assert policy.startswith("default-src 'none';")
    for name in ("script", "style"):
        digest = b64encode(sha256(page.texts[name].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    # No handler and no style stands in an attribute: the policy would refuse it.
    assert not [
        name for _, one in page.elements for name in one if name.startswith("on") or name == "style"
    ]


HOSTILE = "</script></style></title><script>alert(1)</script>\"'&\u202e{plan}{track}<!--"


def test_hostile_words_stay_words() -> None:
    step = Step("a", HOSTILE, 20_000, how=HOSTILE, cautions=(HOSTILE,))
    hostile = Routine(
        "r", HOSTILE, (step,), summary=HOSTILE, cautions=(HOSTILE,), sources=(HOSTILE,),
        language='en" onload="alert(1)',
    )  # fmt: skip
    text = page_with_clips(make_plan(hostile))
    page, plain = Read(text), Read(page_with_clips(make_plan(Routine("r", "R", (step,)))))
    scripts = [one for tag, one in page.elements if tag == "script"]
    assert scripts == [one for tag, one in plain.elements if tag == "script"]
    assert page.texts["script"] == plain.texts["script"]
    assert "\u202e" not in text and "onload" not in page.elements[0][1]
    assert page.data["spans"][0]["name"].startswith("</script></style>")


def test_a_title_of_a_megabyte_is_shortened() -> None:
    plan = make_plan(Routine("r", "x" * 1_000_000, (Step("a", "Rub", 20_000),)))
    page = Read(page_with_clips(plan))
    assert len(page.texts["title"]) == len(page.texts["h1"]) == 200
    assert len(page.data["title"]) == 200


def test_what_is_different_for_the_person_is_said() -> None:
    choices = Choices(conditions=frozenset({"pregnant"}), first_side=Side.RIGHT)
    plan = make_plan(routine("bedtime"), choices)
    content = PhoneContent(plan, ("Left out: Outer ankle.",))
    list(content.watched(rendered(plan)))
    assert "Left out: Outer ankle." in content.about()
    names = [one["name"] for one in content.data(1.0, (0, 0))["spans"]]  # type: ignore[attr-defined]
    assert "Outer ankle" not in names


@pytest.mark.parametrize("name", ["page.css", "page.js", "page.html"])
def test_the_pieces_name_no_address(name: str) -> None:
    text = Path("src/uncramp/export/phone", name).read_text("utf-8")
    assert not re.search(r"https?:|//[a-z]+\.[a-z]|@import|fetch\(|XMLHttpRequest|innerHTML", text)
