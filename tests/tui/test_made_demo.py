"""The moving picture of the README shows each of its moments, and stays small."""

import re
from xml.etree import ElementTree

import pytest

from tests.tui.made_demo import DEMO_FILE, MOMENTS, moving

LARGEST = 320_000
"""Bytes. The letters of names and sides are drawn in cells, and take most of it."""

PICTURE = """<svg class="rich-terminal" viewBox="0 0 40 60" xmlns="http://www.w3.org/2000/svg">
<style>.terminal-7-matrix {{ font-size: 20px }} .terminal-7-r1 {{ fill: {ink} }}</style>
<defs></defs><g transform="translate(9, 41)" clip-path="url(#terminal-7-clip-terminal)">
<rect fill="#000000" x="0" y="1.5" width="40" height="24.65" shape-rendering="crispEdges"/>
<g class="terminal-7-matrix"><text class="terminal-7-r1" x="0" y="20">{words}</text></g></g>
</svg>"""


def test_what_stays_stands_there_once_and_what_changes_is_seen_in_its_time() -> None:
    pictures = [
        PICTURE.format(ink="#ff0000", words="one"),
        PICTURE.format(ink="#ff0000", words="two"),
        PICTURE.format(ink="#00ff00", words="two"),
    ]
    made = moving(pictures, [1.0, 2.0, 1.0])
    ElementTree.fromstring(made)
    assert made.count("<rect") == 1
    assert re.findall(r">(one|two)</text>", made) == ["one", "two", "two"]
    seen = re.findall(r"@keyframes \w+\{(.*?\})\}", made)
    assert [re.findall(r"([\d.]+)%\{visibility:visible\}", rule) for rule in seen] == [
        ["0.00"],
        ["25.00"],
        ["75.00"],
    ]


def test_the_file_is_small_and_of_these_moments() -> None:
    text = DEMO_FILE.read_text(encoding="utf-8")
    ElementTree.fromstring(text)
    assert len(text.encode()) < LARGEST
    assert f"{sum(moment.shown_s for moment in MOMENTS):g}s step-end infinite" in text
    assert text.count("@keyframes") >= len(MOMENTS)


@pytest.mark.parametrize("word", ["<script", "http-equiv", "foreignObject"])
def test_nothing_in_it_runs(word: str) -> None:
    assert word not in DEMO_FILE.read_text(encoding="utf-8")
