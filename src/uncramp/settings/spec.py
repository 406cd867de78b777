"""Every setting: its name, its type, its default, its limits and one sentence.

The reader works by this table. The commented settings file, the settings screen and the page of the
documentation are made from it.
"""

from enum import StrEnum

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.toml.file_kind import FileKind
from uncramp.settings.colours import DARK


class ValueKind(StrEnum):
    """The type of a setting."""

    CONDITIONS = "conditions"
    """A list of kebab-case words."""
    CHOICE = "choice"
    """One of a few words."""
    FLAG = "flag"
    WHOLE = "whole"
    """A whole number within limits."""
    PAUSE = "pause"
    """A length of time, or 0 for none."""
    HOUR = "hour"
    """A time of day: `"22:00"`."""
    LINE = "line"
    """Text of one line."""
    LANGUAGE = "language"
    """A BCP 47 tag."""
    COLOUR = "colour"
    """A colour: `"#E3A95C"`, or one of a few names."""
    PLACE = "place"
    """Latitude and longitude in degrees, north and east positive: `"52.5, 13.4"`."""


class SettingGroup(StrEnum):
    """The tables of the file, each with the words over it."""

    TOP = ""
    NIGHT = "night"
    VOLUME = "volume"
    SOUND = "sound"
    VOICE = "voice"
    COLOURS = "colours"
    SAID_AS = "said_as"
    KEYS = "keys"


HEADINGS = {
    SettingGroup.TOP: "You and the screen",
    SettingGroup.NIGHT: "Night: red on black and quiet",
    SettingGroup.VOLUME: "How loud",
    SettingGroup.SOUND: "Which sounds",
    SettingGroup.VOICE: "Who speaks",
    SettingGroup.COLOURS: "Your own colours, for the theme own",
    SettingGroup.SAID_AS: "How the voice says a word",
    SettingGroup.KEYS: "Keys",
}
"""The heading above each table, for a person."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting."""

    group: SettingGroup
    key: str
    """Its key in the table of its group."""
    field: str
    """The field of `Settings` that it fills; for `volumes` and `colours`, an entry of that."""
    kind: ValueKind
    title: str
    """Its name in plain words."""
    what: str
    """One sentence about what it does."""
    default: str
    """The default, as in the file; "" for none."""
    example: str = ""
    """An example for the file, if there is no default."""
    none: str = ""
    """What applies if there is no default, in words."""
    choices: tuple[str, ...] = ()
    least: int | None = None
    """The smallest number or length; lengths in milliseconds."""
    most: int | None = None
    step: int = 1
    """How far one key press changes it; lengths in milliseconds, hours in minutes."""
    unit: str = ""
    """What a number counts."""
    also_called: tuple[str, ...] = ()
    """Other words that people use for it."""

    @property
    def name(self) -> str:
        """Its full name: `night.from`."""
        return f"{self.group}.{self.key}" if self.group else self.key

    @property
    def path(self) -> tuple[str, ...]:
        """The keys that lead to it in the file."""
        return (str(self.group), self.key) if self.group else (self.key,)


THEMES = {
    "auto": "your own colours if there are any, or else what the terminal is",
    "dark": "lamplight: warm colours on a dark ground",
    "light": "paper: dark ink on a light ground",
    "contrast": "white and yellow on black, at least 7 to 1",
    "ocean": "cool colours on a dark blue ground",
    "meadow": "green ink on a light ground",
    "own": "your own colours, from the table [colours] of the settings",
}
"""The themes for the day, with a few words about each."""

_VOLUME_TITLES = {
    "ready": ("When to get ready", "a get-ready begins"),
    "start": ("When a step starts", "a step begins"),
    "halfway": ("When it is halfway", "a step is halfway through"),
    "tick": ("In its last seconds", "the last seconds tick"),
    "end": ("When a step ends", "a step ends"),
    "switch": ("When the side changes", "the side changes"),
    "prompt": ("When a step prompts", "a step prompts you"),
    "finish": ("When all is done", "the routine is over"),
    "voice": ("When the voice speaks", "the voice speaks"),
}
VOLUME_KINDS = tuple(_VOLUME_TITLES)
"""The kinds of cue that have their own volume, with their names in `[cues]`."""


def _top() -> tuple[Setting, ...]:
    group = SettingGroup.TOP
    return (
        Setting(group, "conditions", "conditions", ValueKind.CONDITIONS, "About you",
            "What applies to you, so that the routines suit you.", "", '["numb-feet"]',
            "nothing yet", also_called=("condition",)),
        Setting(group, "first_side", "first_side", ValueKind.CHOICE, "First leg",
            "The leg that comes first in a step for each side.", '"left"',
            choices=("left", "right"), also_called=("side", "first_leg", "leg")),
        Setting(group, "get_ready", "get_ready_ms", ValueKind.PAUSE, "Time to get ready",
            "The time to get ready for each step; it makes a routine's own longer, never shorter.",
            "", '"8s"', "5s, 10s at a point", least=0, most=300_000, step=1_000,
            also_called=("getready", "prepare", "lead")),
        Setting(group, "temperature", "temperature", ValueKind.CHOICE, "Degrees",
            "In which degrees the voice says how warm water is; auto asks the system.", '"auto"',
            choices=("auto", "celsius", "fahrenheit"),
            also_called=("degrees", "units", "unit")),
        Setting(group, "theme", "theme", ValueKind.CHOICE, "Theme",
            "The theme of the screen by day; auto takes your own colours if there are any, or else "
            "asks the terminal.", '"auto"', choices=tuple(THEMES), also_called=("look", "looks")),
        Setting(group, "animations", "animations", ValueKind.FLAG, "Animations",
            "Whether anything on the screen moves.", "true",
            also_called=("animation", "motion")),
        Setting(group, "notifications", "notifications", ValueKind.FLAG, "Notifications",
            "Whether the desktop notifies you when a step ends.", "true",
            also_called=("notification", "notify")),
        Setting(group, "keep_awake", "keep_awake", ValueKind.FLAG, "Keep awake",
            "Whether the machine is kept from sleeping while a routine runs.", "true",
            also_called=("awake", "caffeinate")),
        Setting(group, "listen", "listen", ValueKind.FLAG, "Listen for claps",
            "Whether two claps or knocks do what Enter does; nothing that is heard is kept or "
            "sent.", "false", also_called=("claps", "clap", "microphone", "mic")),
    )  # fmt: skip


def _night() -> tuple[Setting, ...]:
    group = SettingGroup.NIGHT
    return (
        Setting(group, "when", "night", ValueKind.CHOICE, "Night",
            "When it is night: never, for urgent routines between the hours, for all of them "
            "between the hours, from sunset to sunrise, or always.", '"clock"',
            choices=("never", "urgent", "clock", "sun", "always"), also_called=("mode", "night")),
        Setting(group, "from", "night_from_min", ValueKind.HOUR, "Night begins",
            "The time of day at which the night begins.", '"22:00"', step=30,
            also_called=("begin", "start", "begins")),
        Setting(group, "to", "night_to_min", ValueKind.HOUR, "Night ends",
            "The time of day at which the night ends.", '"06:00"', step=30,
            also_called=("until", "end", "ends")),
        Setting(group, "place", "night_place", ValueKind.PLACE, "Where you are",
            "Your latitude and longitude, for sunset and sunrise; without them your time zone "
            "says roughly where you are.", "", '"52.5, 13.4"', "by the time zone",
            also_called=("location", "where", "coordinates")),
        Setting(group, "volume", "night_volume", ValueKind.WHOLE, "Volume at night",
            "How loud it is at night, as a share of the volume by day.", "50",
            least=0, most=100, step=5, unit="percent"),
    )  # fmt: skip


def _volume() -> tuple[Setting, ...]:
    group = SettingGroup.VOLUME
    return (
        Setting(group, "all", "volume", ValueKind.WHOLE, "Volume", "How loud everything is.", "80",
            least=0, most=100, step=5, unit="percent", also_called=("volume", "master", "main")),
        *(
            Setting(group, kind, "volumes", ValueKind.WHOLE, title,
                f"How loud it is when {moment}, as a share of the whole volume.", "100",
                least=0, most=100, step=5, unit="percent")
            for kind, (title, moment) in _VOLUME_TITLES.items()
        ),
    )  # fmt: skip


def _sound() -> tuple[Setting, ...]:
    group = SettingGroup.SOUND
    return (
        Setting(group, "set", "sound_set", ValueKind.CHOICE, "Set of sounds",
            "Which set of sounds is played.", '"bowl"', choices=("bowl", "wood", "beep"),
            also_called=("sounds", "theme", "name")),
        Setting(group, "back_end", "backend", ValueKind.CHOICE, "Sound backend",
            "What plays the sounds; auto tries them in this order.", '"auto"',
            choices=("auto", "miniaudio", "simpleaudio", "just-playback", "pw-play", "paplay",
                     "aplay", "afplay", "winsound", "bell"),
            also_called=("backend", "player", "device")),
        Setting(group, "delay", "sound_delay_ms", ValueKind.PAUSE, "Speaker delay",
            "How late your speaker plays, as Bluetooth speakers may: all "
            "sounds are sent that much sooner.", '"0s"', least=0, most=2_000, step=50,
            also_called=("latency", "offset")),
    )  # fmt: skip


def _voice() -> tuple[Setting, ...]:
    group = SettingGroup.VOICE
    return (
        Setting(group, "engine", "voice", ValueKind.CHOICE, "Voice engine",
            "What speaks; auto takes the best one installed, off is silent.", '"auto"',
            choices=("auto", "off", "espeakng-loader", "espeak-ng", "say", "windows"),
            also_called=("voice", "program")),
        Setting(group, "name", "voice_name", ValueKind.LINE, "Voice name",
            "The name of a voice, as its engine calls it.", "", '"en-gb"', "the engine's own",
            most=200, also_called=("speaker",)),
        Setting(group, "rate", "voice_rate", ValueKind.WHOLE, "Speed",
            "How many words a minute it speaks.", "160", least=80, most=400, step=10,
            unit="words a minute", also_called=("speed", "pace", "wpm")),
        Setting(group, "pitch", "voice_pitch", ValueKind.WHOLE, "Pitch",
            "How high the voice is.", "50", least=0, most=100, step=5),
        Setting(group, "language", "language", ValueKind.LANGUAGE, "Language",
            "The language of routines that do not name theirs.", "", '"en"',
            "English", also_called=("lang", "locale")),
    )  # fmt: skip


_COLOUR_TITLES = {
    "background": ("Background", "The colour behind everything."),
    "surface": ("Chosen rows", "The colour behind what is chosen, and of empty bars."),
    "text": ("Text", "The colour of text; paler text is mixed from it and the background."),
    "primary": ("Headings and keys", "The colour of headings, keys and what is chosen."),
    "accent": ("Side and notes", "The colour of the side, of notes, and of areas in a picture."),
    "warning": ("Care", "The colour of what to be careful about."),
    "error": ("Mistakes", "The colour of what is wrong."),
}


def _colours() -> tuple[Setting, ...]:
    return tuple(
        Setting(SettingGroup.COLOURS, name, "colours", ValueKind.COLOUR, title, what, "",
            f'"{DARK[name]}"', "the theme's", also_called=_COLOUR_CALLED.get(name, ()))
        for name, (title, what) in _COLOUR_TITLES.items()
    )  # fmt: skip


_COLOUR_CALLED = {
    "background": ("bg", "ground"),
    "surface": ("panel",),
    "text": ("foreground", "fg", "ink"),
    "accent": ("secondary",),
    "warning": ("care",),
}

SETTINGS: tuple[Setting, ...] = (
    *_top(), *_night(), *_volume(), *_sound(), *_voice(), *_colours()
)  # fmt: skip
"""The whole table, in the order of the file and the screen."""

BY_NAME: dict[str, Setting] = {setting.name: setting for setting in SETTINGS}
"""Each setting by its full name."""

FREE_GROUPS = {
    SettingGroup.SAID_AS: (
        "What the voice says instead of a word in your routines.",
        '"KD3" = "kay dee three"',
    ),
    SettingGroup.KEYS: (
        "Other keys for an action, by its id; uncramp config keys lists the ids.",
        '"run.pause" = "space,w"',
    ),
}
"""Tables whose keys are the person's own: one sentence on each, and an example."""

SETTINGS_FILE = FileKind(
    name="a settings file",
    how_to_begin='The settings are TOML: write theme = "contrast", or [night] above the settings '
    "of that table.",
    example='theme = "contrast"',
    example_header="[night]",
    keys=frozenset((*(setting.key for setting in SETTINGS), *(str(g) for g in SettingGroup if g))),
    tables=tuple(str(group) for group in SettingGroup if group),
)
"""What messages about mistakes in the TOML of the settings need."""
