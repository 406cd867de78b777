"""A person's settings, with every default filled in."""

from collections.abc import Iterable, Mapping
from typing import Any

from uncramp.core.lazy.dataclass import dataclass, field, replace
from uncramp.core.routine.model import Choices, Side
from uncramp.settings.spec import BY_NAME, VOLUME_KINDS, Setting
from uncramp.system.region import uses_fahrenheit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from uncramp.core.toml.problems import Problem

_TABLES = ("volumes", "colours")
"""Fields with an entry for each setting of a group."""


@dataclass(frozen=True, slots=True)
class Settings:
    """A person's settings, with every default filled in. Lengths in milliseconds."""

    conditions: frozenset[str] = frozenset()
    """The person's conditions, in the words of `unless`."""
    has_answered: bool = False
    """Have they answered the health questions, even if nothing applies?"""
    first_side: Side = Side.LEFT
    """Which leg is first if a step is for each."""
    get_ready_ms: int | None = None
    """The get-ready of steps that do not set it, and the least for those that do; None for the
    default of the format."""
    temperature: str = "auto"
    """The unit of temperatures that the voice says: `auto`, `celsius` or `fahrenheit`."""
    theme: str = "auto"
    """The theme for the day: a word of `spec.THEMES`."""
    colours: Mapping[str, str] = field(default_factory=dict)
    """The person's own colours, `#RRGGBB` by name, for the theme `own`."""
    animations: bool = True
    """May anything on the screen move?"""
    notifications: bool = True
    """May the desktop show when a step ends?"""
    keep_awake: bool = True
    """Is the machine kept awake while a run goes on?"""
    listen: bool = False
    """Do two claps steer a run, through the microphone?"""
    night: str = "clock"
    """When it is night: `never`, `urgent` (urgent routines by the clock), `clock`, `sun`, `always`.
    """
    night_from_min: int = 22 * 60
    """When the night begins, in minutes of the day."""
    night_to_min: int = 6 * 60
    """When it is over."""
    night_place: tuple[float, float] | None = None
    """Latitude and longitude in degrees, north and east positive; None for the time zone's."""
    night_volume: int = 50
    """The volume at night, in percent of the volume by day."""
    volume: int = 80
    """The volume of everything, 0 to 100."""
    volumes: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(VOLUME_KINDS, 100))
    """The volume of each kind of cue, 0 to 100, by its name in `[cues]` of a routine."""
    sound_set: str = "bowl"
    """The family of sounds: `bowl`, `wood` or `beep`."""
    backend: str = "auto"
    """What plays the sounds, by name; `auto` tries them in order."""
    sound_delay_ms: int = 0
    """How much too late the speaker is heard."""
    voice: str = "auto"
    """What speaks, by name; `auto` for the best one available, `off` for none."""
    voice_name: str | None = None
    """The name of a voice; None for the engine's default."""
    voice_rate: int = 160
    """Words a minute."""
    voice_pitch: int = 50
    """From 0 to 100."""
    language: str | None = None
    """The language of routines that do not name theirs, as a BCP 47 tag; None for English."""
    said_as: Mapping[str, str] = field(default_factory=dict)
    """What the voice says instead of a word."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """The person's own keys, by the id of the action: `space,w` for `run.pause`."""
    problems: "tuple[Problem, ...]" = ()
    """What is wrong with the file."""
    is_person_known: bool = True
    """Could the person's conditions be read?"""

    def choices(self, also: Iterable[str] = (), side: Side | None = None) -> Choices:
        """The choices for one run, with the conditions `also` for this time.

        `side` is the leg that is first and, for steps for the cramped leg, that leg.
        """
        return Choices(
            first_side=side or self.first_side,
            affected=side,
            conditions=self.conditions.union(also),
            is_known=self.has_answered and self.is_person_known,
            get_ready_ms=self.get_ready_ms,
            language=self.language,
            is_fahrenheit=self.is_fahrenheit,
        )

    @property
    def is_fahrenheit(self) -> bool:
        """Does the voice use Fahrenheit, by choice or because it is usual here?"""
        if self.temperature == "auto":
            return uses_fahrenheit()
        return self.temperature == "fahrenheit"

    def meaning(self, setting: Setting) -> Any:
        """The value of `setting`."""
        found = getattr(self, setting.field)
        return found.get(setting.key) if setting.field in _TABLES else found


def with_meanings(settings: Settings, meanings: dict[str, Any]) -> Settings:
    """The same settings with other values, by the names of the settings."""
    values: dict[str, Any] = {}
    for name, meaning in meanings.items():
        setting = BY_NAME[name]
        if setting.field in _TABLES:
            before = values.get(setting.field, getattr(settings, setting.field))
            values[setting.field] = {**before, setting.key: meaning}
        else:
            values[setting.field] = Side(meaning) if name == "first_side" else meaning
    if "conditions" in values:
        values["has_answered"] = True
    return replace(settings, **values)


def at_default(settings: Settings, setting: Setting) -> Settings:
    """The same settings with the default of `setting`."""
    fresh = Settings()
    if setting.field in _TABLES:
        here, default = dict(getattr(settings, setting.field)), getattr(fresh, setting.field)
        here.pop(setting.key, None)
        if setting.key in default:
            here[setting.key] = default[setting.key]
        changed: dict[str, Any] = {setting.field: here}
        return replace(settings, **changed)
    settings = replace(settings, **{setting.field: getattr(fresh, setting.field)})
    return replace(settings, has_answered=False) if setting.name == "conditions" else settings


def with_conditions(settings: Settings, conditions: Iterable[str]) -> Settings:
    """The same settings with these conditions."""
    return with_meanings(settings, {"conditions": frozenset(conditions)})
