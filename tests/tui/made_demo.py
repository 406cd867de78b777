"""The moving picture of the README: moments of the evening routine, as the program draws them.

After a change of the screen run `python -m tests.tui.made_demo`: it writes `docs/demo.svg`.
The program runs on a stage with a clock that is set by hand, so the same program makes the
same file. What stays from one moment to the next stands in the file once.
"""

import asyncio
import os
import re
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

DEMO_FILE = Path(__file__).parents[2] / "docs" / "demo.svg"
SIZE = (104, 34)

INSIDE = '<g transform="translate(9, 41)"'
"""Where the cells begin in the pictures of the program."""

_ELEMENT = re.compile(r"<rect [^>]*/>|<text .*?</text>", re.DOTALL)
_RULE = re.compile(r"\.terminal-(r\d+) \{([^}]*)\}")
_ID = re.compile(r"terminal-\d+")
_SPARED = re.compile(r' (?:shape-rendering|clip-path)="[^"]*"')
_CLASS = re.compile(r'class="terminal-(r\d+)"')


@dataclass(frozen=True, slots=True)
class Moment:
    """What is done, and how long what is then seen stays."""

    does: tuple[str | int, ...]
    """Keys, and seconds that pass."""
    shown_s: float = 1.0


MOMENTS = (
    Moment((4,), 2.0),
    Moment(("enter", 3)),
    Moment(("enter", 3)),
    Moment((1,)),
    Moment((1,)),
    Moment((*["right"] * 5, 3), 2.5),
    Moment(("enter", 12)),
    Moment((1,)),
    Moment((1,)),
    Moment(("space",), 2.0),
    Moment(("space", 13)),
    Moment((1,)),
    Moment((1,)),
    Moment((1, 4), 2.0),
    Moment(("z",), 2.0),
    Moment((7,)),
    Moment((1,)),
    Moment((1,), 1.5),
)


async def drawn(home: Path) -> list[str]:
    """The screen at each moment, as SVG."""
    from tests.content.bundled import routine
    from tests.tui.stage import stage

    on = stage(home, routine("bedtime"))
    pictures = []
    async with on.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        for moment in MOMENTS:
            for each in moment.does:
                if isinstance(each, int):
                    await on.after(pilot, each)
                else:
                    await on.press(pilot, each)
            await pilot.pause()
            pictures.append(on.app.export_screenshot(title="uncramp bedtime"))
    return pictures


def moving(pictures: list[str], seconds: list[float]) -> str:
    """One SVG that shows `pictures` of one size in turn, each for so many seconds."""
    head, _, frame = _with_plain_ids(pictures[0]).partition("</defs>")
    head = _RULE.sub("", head)
    frame, _, _ = frame.partition(INSIDE)
    seen: dict[str, list[int]] = defaultdict(list)
    for at, picture in enumerate(map(_with_plain_ids, pictures)):
        for element in _elements(picture):
            seen[element].append(at)
    inks = sorted({ink for element in seen for ink in re.findall(r'style="([^"]*)"', element)})
    layers: dict[tuple[bool, tuple[int, ...]], list[str]] = defaultdict(list)
    for element, moments in seen.items():
        for number, ink in enumerate(inks):
            element = element.replace(f'style="{ink}"', f'class="i{number}"')
        layers[element.startswith("<text"), tuple(dict.fromkeys(moments))].append(element)
    rules = ["rect {shape-rendering: crispEdges}"]
    rules += [f".i{number} {{{ink}}}" for number, ink in enumerate(inks)]
    body = []
    for number, (_, times) in enumerate(ordered := sorted(layers)):
        rules.append(_shown(f"m{number}", times, seconds))
        body.append(f'<g class="m{number}">{"".join(layers[ordered[number]])}</g>')
    # The rules close the last style element of the head.
    head = head.replace("</style>", "\n".join(rules) + "\n</style>", 1)
    inside = f'{INSIDE} clip-path="url(#terminal-clip-terminal)">'
    matrix = "\n".join(('<g class="terminal-matrix">', *body, "</g>"))
    return f"{head}</defs>{frame}{inside}\n{matrix}\n</g>\n</svg>\n"


def _with_plain_ids(picture: str) -> str:
    return _ID.sub("terminal", picture)


def _elements(picture: str) -> Iterable[str]:
    rules = dict(_RULE.findall(picture))
    _, _, inside = picture.partition(INSIDE)
    for element in _ELEMENT.findall(inside):
        element = _SPARED.sub("", element)
        yield _CLASS.sub(lambda found: f'style="{rules[found[1]].strip()}"', element)


def _shown(name: str, times: tuple[int, ...], seconds: list[float]) -> str:
    """The rules by which a layer is seen at the moments `times` and at no other."""
    whole, at, steps = sum(seconds), 0.0, []
    for moment, length in enumerate(seconds):
        state = "visible" if moment in times else "hidden"
        steps.append(f"{at / whole:.2%}{{visibility:{state}}}")
        at += length
    if len(times) == len(seconds):
        return ""
    animation = f"animation:{name} {whole:g}s step-end infinite"
    return f".{name}{{{animation}}}@keyframes {name}{{{''.join(steps)}}}"


def main() -> None:
    """Write the file."""
    os.environ.update(TZ="UTC", COLORTERM="truecolor")
    for name in ("NO_COLOR", "TEXTUAL_THEME", "UNCRAMP_THEME", "COLORFGBG"):
        os.environ.pop(name, None)
    if sys.platform != "win32":
        time.tzset()
    with tempfile.TemporaryDirectory() as home:
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = home
        pictures = asyncio.run(drawn(Path(home)))
    DEMO_FILE.write_text(moving(pictures, [m.shown_s for m in MOMENTS]), encoding="utf-8")


if __name__ == "__main__":
    main()
