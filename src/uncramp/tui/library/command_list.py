"""The list of commands: every key, page, routine, setting and theme, found by words."""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.suitability.listing import Listing
from uncramp.core.text.durations import clock
from uncramp.core.text.folding import folded
from uncramp.session.key_table import ProgramKey
from uncramp.settings import Settings
from uncramp.settings.display import value_words
from uncramp.settings.spec import BY_NAME, HEADINGS, SETTINGS, THEMES

LOOK = BY_NAME["theme"]
"""The setting whose values are the themes."""


class CommandKind(Enum):
    """The kind of a command; the value is the heading."""

    HERE = "On this page"
    PAGE = "Pages and more"
    ROUTINE = "Routines"
    LOOK = "Themes"
    SETTING = "Settings"


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the list."""

    kind: CommandKind
    id: str
    """The id of the key, the routine or the setting, or the name of a theme."""
    name: str
    """Its name, and what it does."""
    right: str = ""
    """Its key, or its present value."""
    also: str = ""
    """Other words that find it."""


def command_of(kind: CommandKind, key: ProgramKey, called: str) -> Command:
    """The command that does what a key does; the key is `called` so."""
    what = key.what.rstrip(".")
    return Command(kind, key.id, f"{key.label}: {what[:1].lower()}{what[1:]}", called)


def routine_commands(listings: Iterable[Listing]) -> Iterator[Command]:
    """A command for each routine: its page."""
    for listing in listings:
        also = " ".join((listing.id, *listing.tags, *listing.points, "routine"))
        about = "about " if listing.open_steps else ""
        right = "" if listing.total_ms is None else f"{about}{clock(listing.total_ms)}"
        yield Command(CommandKind.ROUTINE, listing.id, listing.title, right, also)


def look_commands(settings: Settings) -> Iterator[Command]:
    """A command for each theme, and which one is used now."""
    now = str(settings.meaning(LOOK))
    for look, words in THEMES.items():
        right = "now" if look == now else ""
        yield Command(CommandKind.LOOK, look, f"Theme {look}, {words}", right, "look colors")


def setting_commands(settings: Settings) -> Iterator[Command]:
    """A command for each setting, with its value: it leads to the setting's page."""
    for setting in SETTINGS:
        words = " ".join((setting.name, *setting.also_called, HEADINGS[setting.group], "setting"))
        value = value_words(settings, setting)
        yield Command(CommandKind.SETTING, setting.name, setting.title, value, words)


class CommandFinder:
    """Commands prepared for searching."""

    def __init__(self, commands: Sequence[Command]) -> None:
        """Search `commands`."""
        self.commands = commands
        self._names = [_spaced(command.name) for command in commands]
        self._all = [
            f"{name}{_spaced(command.also)}"
            for name, command in zip(self._names, commands, strict=True)
        ]

    def found(self, sought: str) -> tuple[Command, ...]:
        """The commands that contain every word, best match first; all for an empty search.

        First comes the one with the typed id, then those that begin with the first word, then
        those in which words begin with all of them.
        """
        words = [word for word in map(folded, sought.split()) if word]
        if not words:
            return tuple(self.commands)
        scored: list[tuple[bool, bool, bool, bool, int]] = []
        id_ = "-".join(sought.lower().split())
        for at, (name, text) in enumerate(zip(self._names, self._all, strict=True)):
            if all(word in text for word in words):
                begins = all(f" {word}" in name for word in words)
                command = self.commands[at]
                is_named = command.id == id_ and command.kind is not CommandKind.LOOK
                scored.append((not is_named, not name.startswith(f" {words[0]}"), not begins,
                               not all(f" {word}" in text for word in words), at))  # fmt: skip
        return tuple(self.commands[at] for *_, at in sorted(scored))


def _spaced(text: str) -> str:
    return "".join(f" {folded(word)}" for word in text.split())
