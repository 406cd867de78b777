"""Every key that a routine file can have: its type, its default and one sentence.

The reader works by this table; the JSON Schema and the tables in the documentation of the format
are made from it.
"""

from enum import StrEnum

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.toml.file_kind import FileKind


class Owner(StrEnum):
    """The kinds of table in a routine file."""

    ROUTINE = "routine"
    DEFAULTS = "defaults"
    CUES = "cues"
    STEP = "step"
    GROUP = "group"
    USE = "use"
    PROMPT = "prompt"


class Type(StrEnum):
    """The type of a key's value."""

    LINE = "line"
    """Text of one line."""
    PROSE = "prose"
    """Text whose line breaks count as spaces."""
    SENTENCES = "sentences"
    """A list of prose."""
    WORDS = "words"
    """A list of lines."""
    CONDITIONS = "conditions"
    """A list of kebab-case words."""
    KIND = "kind"
    LANGUAGE = "language"
    """A BCP 47 tag."""
    LENGTH = "length"
    """A length of time above 0."""
    PAUSE = "pause"
    """A length of time, or 0 for none."""
    MOMENT = "moment"
    """A length from the start, or a negative one before the end, or `"halfway"`."""
    RANGE = "range"
    """A list of the shortest and the longest length."""
    FLAG = "flag"
    WHOLE = "whole"
    """A whole number."""
    NUMBER = "number"
    SIDES = "sides"
    POINT = "point"
    POINTS = "points"
    """A list of points."""
    FIGURE = "figure"
    SOUND = "sound"
    """A bundled sound's name, a file beside the routine, or false."""
    ROUTINE = "routine"
    """Another routine's id."""
    STEPS = "steps"
    """One or more tables, each a step or a group."""
    PROMPTS = "prompts"
    """A list of tables."""
    TABLE = "table"
    """A table whose keys are in this list too."""
    ANSWER = "answer"
    """An answer to an open step."""
    ANYTHING = "anything"
    """A table with any content."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of one kind of table."""

    owner: Owner
    name: str
    type: Type
    what: str
    """One sentence about what it does."""
    default: str = ""
    """The value if the key is missing, as in the file or in words; "" for none."""
    is_required: bool = False
    least: float | None = None
    """The smallest number, or the fewest characters or entries."""
    most: float | None = None
    """The largest number, or the most characters."""
    also_called: tuple[str, ...] = ()
    """Words that people write instead of it, so that the reader can suggest this one."""

    @property
    def can_be_left_out(self) -> bool:
        """Should it be left out rather than left empty?"""
        return not self.is_required and self.name != "name"


LONGEST_NAME = 80
LONGEST_HOW = 300
LONGEST_PROSE = 2_000
MOST_ROUNDS = 999
NEWEST_FORMAT = 1
"""The newest version of the format that this program reads."""

KNOWN_KINDS = (
    "soak", "rub", "knead", "press", "hold", "roll", "tap", "heat", "prep", "rest", "check",
)  # fmt: skip
"""The kinds of step that the program knows; an author may use others."""

KNOWN_CONDITIONS = (
    "pregnant", "blood-thinners", "varicose-veins", "numb-feet", "cannot-reach-feet",
    "cannot-stand", "clot-suspected",
)  # fmt: skip
"""The conditions that the settings ask about; an author may use others."""

_CONDITIONS_ALSO_CALLED = {
    "anticoagulants": "blood-thinners",
    "blood-clot": "clot-suspected",
    "clot": "clot-suspected",
    "diabetes": "numb-feet",
    "diabetic": "numb-feet",
    "neuropathy": "numb-feet",
    "poor-circulation": "numb-feet",
    "swollen-leg": "clot-suspected",
    "thrombosis": "clot-suspected",
}
"""Words for what the questions ask about. As a person's own word they would protect nobody."""

STILL = "still"
"""The answer to an open step that leads to a step with `on`."""


def meant_condition(word: str) -> str | None:
    """The known condition that another word probably means; None if there is none."""
    # Only a word that is not known needs it.
    from uncramp.core.text.suggestions import nearest

    return _CONDITIONS_ALSO_CALLED.get(word) or nearest(word, KNOWN_CONDITIONS)


def _routine_keys() -> tuple[Key, ...]:
    owner = Owner.ROUTINE
    return (
        Key(owner, "title", Type.LINE, "The name that people see.", is_required=True, least=1,
            most=LONGEST_NAME, also_called=("name", "routine", "id")),
        Key(owner, "format", Type.WHOLE, "The version of the format.", "1", least=1,
            also_called=("version",)),
        Key(owner, "summary", Type.PROSE, "One sentence: what the routine is.",
            most=LONGEST_PROSE, also_called=("description", "about", "what", "desc")),
        Key(owner, "when", Type.PROSE, "One sentence: when to use it.", most=LONGEST_PROSE),
        Key(owner, "cautions", Type.SENTENCES,
            "Sentences shown before the first run and on request, never before an urgent one.",
            also_called=("warnings", "warning", "notes")),
        Key(owner, "sources", Type.SENTENCES, "Where it comes from: titles, papers, links.",
            also_called=("links", "references")),
        Key(owner, "tags", Type.WORDS, "Words to search by.", also_called=("keywords",)),
        Key(owner, "author", Type.LINE, "Who wrote it.", most=LONGEST_PROSE),
        Key(owner, "license", Type.LINE, "The terms on which others may use it.",
            most=LONGEST_PROSE, also_called=("licence",)),
        Key(owner, "language", Type.LANGUAGE, "The language of its text, for the voice.",
            "the person's own", also_called=("lang", "locale")),
        Key(owner, "urgent", Type.FLAG,
            "Whether it starts immediately, with no get-ready and no question.", "false",
            also_called=("acute", "emergency")),
        Key(owner, "unless", Type.CONDITIONS,
            "Conditions under which it asks before it starts, and says why.",
            also_called=("conditions", "not-if", "except")),
        Key(owner, "defaults", Type.TABLE, "Values for every step that does not set its own.",
            also_called=("default",)),
        Key(owner, "cues", Type.TABLE, "The sounds.", also_called=("sounds", "cue", "sound")),
        Key(owner, "extra", Type.ANYTHING, "Your own table; kept, never read."),
        Key(owner, "steps", Type.STEPS, "The steps and groups, in order.", is_required=True,
            least=1, also_called=("exercises", "stages", "tasks", "items")),
    )  # fmt: skip


_GET_READY_CALLED = ("prepare", "prep", "ready", "getready", "delay", "lead")
_SIDES_CALLED = ("side", "leg", "legs")
_CAUTIONS_CALLED = ("caution", "warnings", "warning")


def _defaults_keys() -> tuple[Key, ...]:
    owner = Owner.DEFAULTS
    return (
        Key(owner, "get_ready", Type.PAUSE, "Time before each step.",
            "5s, 10s where there is a point", also_called=_GET_READY_CALLED),
        Key(owner, "sides", Type.SIDES, "Which side each step is for.",
            also_called=_SIDES_CALLED),
        Key(owner, "open", Type.FLAG, "Whether steps last until the person says so.", "false"),
        Key(owner, "kind", Type.KIND, "What kind of step each is."),
    )  # fmt: skip


def _step_keys() -> tuple[Key, ...]:
    owner = Owner.STEP
    return (
        Key(owner, "name", Type.LINE,
            "What to do; can hold {point}, {side}, {round} and {rounds}.",
            "the point's, where there is one", least=1, most=LONGEST_NAME,
            also_called=("title", "text", "what", "label")),
        Key(owner, "time", Type.LENGTH,
            "How long, on each side; for an open step, until its first prompt.",
            "60s where the step is open", also_called=(
                "duration", "length", "seconds", "minutes", "for", "timer", "secs", "mins")),
        Key(owner, "open", Type.FLAG,
            "Whether it lasts until the person says so, and counts up until then.", "false",
            also_called=("open-ended", "until", "manual")),
        Key(owner, "ends_after", Type.LENGTH,
            "Of an open step: how long after its last prompt it goes on by itself.", "never",
            least=10_000,
            also_called=("auto-end", "continues-after", "timeout", "waits", "wait")),
        Key(owner, "how", Type.PROSE, "The instruction.", "the point's, where there is one",
            most=LONGEST_HOW, also_called=(
                "description", "instructions", "instruction", "details", "note", "notes", "desc")),
        Key(owner, "say", Type.PROSE,
            "What the voice says instead of the name; can hold {side}, {other} and {time}.",
            "the name, the side and the time", most=LONGEST_HOW,
            also_called=("speak", "speech", "voice")),
        Key(owner, "say_again", Type.PROSE,
            "What it says instead on the other side and in later rounds.", "as `say`",
            most=LONGEST_HOW, also_called=("then_say", "say_later")),
        Key(owner, "kind", Type.KIND,
            f"What kind of step: {', '.join(KNOWN_KINDS)}, or your own word.",
            also_called=("type",)),
        Key(owner, "sides", Type.SIDES, "Left then right, both, one of them, or the cramped leg.",
            also_called=_SIDES_CALLED),
        Key(owner, "point", Type.POINT,
            "A point of the atlas, by code or name: gives name, picture, cautions, conditions."),
        Key(owner, "points", Type.POINTS,
            "A list of points: one step for each, in order; all on one side before the other.",
            least=1),
        Key(owner, "figure", Type.FIGURE, "A picture of the atlas, by id.",
            "the point's, where there is one", also_called=("picture", "image", "view")),
        Key(owner, "get_ready", Type.PAUSE, "Time before the step to find the place.",
            "5s, 10s where there is a point, 0 for the first step of an urgent routine",
            also_called=_GET_READY_CALLED),
        Key(owner, "range", Type.RANGE, "The shortest and longest time a person can choose for it.",
            "any"),
        Key(owner, "unless", Type.CONDITIONS, "Conditions under which the step is left out.",
            also_called=("conditions", "skip-if", "not-if", "except")),
        Key(owner, "only", Type.CONDITIONS,
            "Conditions: the step is done only if one of them applies.",
            also_called=("only-if", "just-for")),
        Key(owner, "on", Type.ANSWER,
            'The answer to the open step before it that offers this step: "still".',
            also_called=("if", "answer", "offered")),
        Key(owner, "cautions", Type.SENTENCES, "Warnings, in full sentences.",
            also_called=_CAUTIONS_CALLED),
        Key(owner, "cues", Type.TABLE, "The sounds of this step only.", "the group's or routine's",
            also_called=("sounds", "sound", "cue")),
        Key(owner, "prompts", Type.PROMPTS, "Things to say, show or sound during the step.",
            also_called=("prompt", "reminders")),
    )  # fmt: skip


def _group_keys() -> tuple[Key, ...]:
    owner = Owner.GROUP
    return (
        Key(owner, "steps", Type.STEPS, "The group's own steps and groups, in order.",
            is_required=True, least=1),
        *_repeating_keys(owner),
        Key(owner, "cues", Type.TABLE, "The sounds of the group's steps.", "the routine's",
            also_called=("sounds", "sound", "cue")),
    )  # fmt: skip


def _use_keys() -> tuple[Key, ...]:
    owner = Owner.USE
    return (
        Key(owner, "use", Type.ROUTINE,
            "Another routine whose steps go here: one in this folder, or in the library.",
            is_required=True),
        *_repeating_keys(owner),
    )  # fmt: skip


def _repeating_keys(owner: Owner) -> tuple[Key, ...]:
    named = "the routine's title" if owner is Owner.USE else ""
    return (
        Key(owner, "name", Type.LINE, "The heading above its steps.", named, least=1,
            most=LONGEST_NAME, also_called=("title", "label")),
        Key(owner, "repeat", Type.WHOLE, "How many rounds.", "1", least=1, most=MOST_ROUNDS,
            also_called=("rounds", "reps", "times", "sets", "repeats", "count")),
        Key(owner, "rest", Type.PAUSE, "Time between rounds, including the next get-ready.", "0",
            also_called=("pause", "break")),
        Key(owner, "sides", Type.SIDES, "All of it for the left, then all for the right.",
            also_called=_SIDES_CALLED),
        Key(owner, "unless", Type.CONDITIONS, "Conditions under which all of it is left out.",
            also_called=("conditions", "skip-if", "not-if", "except")),
        Key(owner, "only", Type.CONDITIONS,
            "Conditions: all of it is done only if one of them applies.",
            also_called=("only-if", "just-for")),
        Key(owner, "cautions", Type.SENTENCES, "Warnings, shown with the routine's.",
            also_called=_CAUTIONS_CALLED),
    )  # fmt: skip


def _prompt_keys() -> tuple[Key, ...]:
    owner = Owner.PROMPT
    return (
        Key(owner, "at", Type.MOMENT,
            'When: "10m" from its start, "-1m" before its end, or "halfway".',
            also_called=("time", "when", "after")),
        Key(owner, "every", Type.LENGTH, "How often.", least=1_000,
            also_called=("each", "interval")),
        Key(owner, "say", Type.PROSE, "What the voice says.", most=LONGEST_HOW,
            also_called=("speak", "voice", "name")),
        Key(owner, "show", Type.PROSE, "What the screen shows.", "what is said",
            most=LONGEST_HOW, also_called=("text", "how", "display")),
        Key(owner, "sound", Type.SOUND, "Which sound is played.", "the step's prompt sound",
            also_called=("cue", "play")),
    )  # fmt: skip


def _cues_keys() -> tuple[Key, ...]:
    owner = Owner.CUES
    return (
        Key(owner, "ready", Type.SOUND, "Get-ready begins.", '"ready"', also_called=("get_ready",)),
        Key(owner, "start", Type.SOUND, "The step begins.", '"start"', also_called=("begin",)),
        Key(owner, "halfway", Type.SOUND, "The middle of the step.", '"halfway"',
            also_called=("half", "middle")),
        Key(owner, "halfway_from", Type.PAUSE, "The shortest step that has a halfway cue.",
            '"60s"'),
        Key(owner, "countdown", Type.WHOLE,
            "How many of the last seconds tick, in steps of 10 s or longer.",
            "3", least=0, most=3_600),
        Key(owner, "tick", Type.SOUND, "Each of those seconds.", '"tick"'),
        Key(owner, "end", Type.SOUND, "The step ends.", '"end"', also_called=("stop", "done")),
        Key(owner, "switch", Type.SOUND, "Played instead of ready when the side changes.",
            '"switch"', also_called=("change", "side")),
        Key(owner, "prompt", Type.SOUND, "A prompt during a step.", '"prompt"'),
        Key(owner, "finish", Type.SOUND, "The routine is over.", '"finish"',
            also_called=("finished", "over")),
        Key(owner, "voice", Type.FLAG, "Whether the voice speaks.", "true",
            also_called=("speak", "say", "speech")),
        Key(owner, "volume", Type.NUMBER, "From 0 to 1, on top of the person's own volume.", "1",
            least=0, most=1, also_called=("loudness",)),
    )  # fmt: skip


KEYS: tuple[Key, ...] = (
    *_routine_keys(),
    *_defaults_keys(),
    *_step_keys(),
    *_group_keys(),
    *_use_keys(),
    *_prompt_keys(),
    *_cues_keys(),
)
"""The whole table, in the order of the documentation."""

BY_OWNER: dict[Owner, dict[str, Key]] = {
    owner: {key.name: key for key in KEYS if key.owner is owner} for owner in Owner
}
"""The keys of each kind of table, by name."""

ROUTINE_FILE = FileKind(
    name="a routine",
    how_to_begin='A routine is TOML: write title = "…", and [[steps]] above each step.',
    example='time = "1m"',
    example_header="[[steps]]",
    keys=frozenset(key.name for key in KEYS),
    tables=("cues", "defaults", "extra"),
    table_lists=("steps", "prompts"),
    list_headers=("steps", "steps.steps", "steps.prompts", "steps.steps.prompts"),
    how_to_list="In TOML a step starts with a line [[steps]], and each of its keys goes on a line "
    "of its own.",
)
"""What messages about mistakes in a routine's TOML need."""
