"""What the routines of the tests can refer to outside themselves: little, and always the same."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from uncramp.core.routine.points import Atlas, Point
from uncramp.core.routine.reader import Reading, Source, read

ATLAS = Atlas(
    [
        Point(
            "KI3",
            "KD3",
            "Taixi",
            aliases=("kidney 3", "tai xi"),
            find="Between the inner ankle bone and the tendon at the back.",
            cautions=("Press lightly if it is swollen.",),
            not_for=("tap",),
            figure="ankle-inner",
        ),
        Point("BL60", "BL60", "Kunlun", find="Behind the outer ankle.", unless=("pregnant",)),
        Point("BL57", "BL57", "Chengshan", figure="leg-back"),
    ],
    ["ankle-inner", "leg-back", "sole"],
)
SOUNDS = ("ready", "start", "halfway", "tick", "end", "switch", "prompt", "finish", "bell")

FOOT_SOAK = """
title = "Foot soak"
cautions = ["Test the water with an elbow."]
unless = ["numb-feet"]
[defaults]
sides = "both"
get_ready = 7
[cues]
start = "bell"
finish = "bell"
[[steps]]
name = "Soak"
time = "20m"
[[steps]]
name = "Dry"
open = true
"""


@dataclass(frozen=True)
class Shelf:
    """Surroundings made of a few texts: routines by id, and the sound files there are."""

    routines: Mapping[str, str] = field(default_factory=lambda: {"foot-soak": FOOT_SOAK})
    sound_files: Collection[str] = ("./bell.flac",)

    @property
    def atlas(self) -> Atlas:
        return ATLAS

    @property
    def sounds(self) -> Collection[str]:
        return SOUNDS

    def routine_ids(self, _folder: str | None, /) -> Collection[str]:
        return tuple(self.routines)

    def borrow(self, routine_id: str, folder: str | None, /) -> Source | None:
        if routine_id not in self.routines:
            return None
        data = self.routines[routine_id].encode()
        return Source(routine_id, data, f"{routine_id}.toml", folder)

    def sound_problem(self, _folder: str, name: str, /) -> str | None:
        return None if name in self.sound_files else "is not there."


def read_text(text: str | bytes, shelf: Shelf | None = None, name: str = "evening") -> Reading:
    """What the reader makes of a text, as a file in a folder."""
    data = text if isinstance(text, bytes) else text.encode()
    return read(Source(name, data, f"{name}.toml", "/routines"), shelf or Shelf())
