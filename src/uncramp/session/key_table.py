"""Every key of the program: its names, what it does, and where.

The bindings of the full screen, its key line, its help page, `uncramp config keys`, the keys of
a plain run and the table in the README are all made from it.
"""

from collections.abc import Iterator

from uncramp.advice.cramps import CRAMPS
from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.suitability.conditions import CONDITIONS


@dataclass(frozen=True, slots=True)
class ProgramKey:
    """An action of the program in one place, and its keys."""

    id: str
    """The place and the action, such as `run.next`: the name in a person's settings."""
    keys: tuple[str, ...]
    """Its default keys, in Textual's names: `right`, `ctrl+n`, `question_mark`."""
    label: str
    """A word or two, for the line of keys."""
    what: str
    """One sentence, for the help page and `uncramp config keys`."""
    rank: int | None = None
    """Its rank on a key line that is too short: 0 stays the longest; None: not on the line."""
    sign: str = ""
    """The name on the key line if that stands for a neighbour as well."""
    beats_typing: bool = False
    """Does it work even while a line is typed?"""

    @property
    def place(self) -> str:
        """Where it works: the part of the id before the dot."""
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        """The action's identifier: `catch_up` of `run.catch-up`."""
        return self.id.partition(".")[2].replace("-", "_")


def _key(
    id_: str,
    keys: str,
    label: str,
    what: str,
    rank: int | None = None,
    *,
    sign: str = "",
    beats_typing: bool = False,
) -> ProgramKey:
    return ProgramKey(id_, tuple(keys.split()), label, what, rank, sign, beats_typing)


_APP = (
    _key("app.interrupt", "ctrl+c", "Stop", "Leave immediately.", beats_typing=True),
    _key("app.suspend", "ctrl+z", "To the shell", "Go back to the shell for a while.",
         beats_typing=True),
    _key("app.leave", "ctrl+q", "Leave",
         "Leave the program, from a run after asking.", 9, beats_typing=True),
    _key("app.night", "z", "Night", "Switch between night (red on black, and quiet) and day.",
         beats_typing=True),
    _key("app.night-anywhere", "f9", "Night",
         "Switch between night and day, also where you type letters.", beats_typing=True),
    _key("app.commands", "ctrl+p", "Commands",
         "List every command, page, routine, setting and theme, and find one by typing.",
         beats_typing=True),
)  # fmt: skip


def _list_keys(
    place: str, first: str, last: str, *, choose_rank: int, also: str = ""
) -> Iterator[ProgramKey]:
    """The keys of a list; `also` has one more key for up and one for down."""
    up, down = also.split() if also else ("", "")
    yield _key(f"{place}.up", f"up {up}", "Choose", "Choose the row above.", choose_rank, sign="↑↓")
    yield _key(f"{place}.down", f"down {down}", "Down", "Choose the row below.")
    yield _key(f"{place}.page-up", "pageup", "Page up", "Choose a row a page further up.")
    yield _key(f"{place}.page-down", "pagedown", "Page down", "Choose a row a page further down.")
    yield _key(f"{place}.first", first, "First", "Choose the first row.")
    yield _key(f"{place}.last", last, "Last", "Choose the last row.")


_RUN = (
    _key("run.done", "enter", "Done",
         "Done: go to the next step. In a get-ready or a rest: start now. "
         "Otherwise: pause or continue.", 1),
    _key("run.still", "s", "Still",
         "It has not helped yet: go to the second try, if the step has one.", 1),
    _key("run.pause", "space", "Pause",
         "The obvious thing: pause, continue, or done if the step waits for you.", 0),
    _key("run.hold", "p", "Pause", "Pause or continue, also if the step waits for you.", 2),
    _key("run.next", "right n", "Next", "Skip to the next step.", 9),
    _key("run.back", "left b", "Back",
         "Go back to the start of this step; in its first seconds, to the step before.", 10),
    _key("run.undo", "u", "Undo", "Undo your last action.", 6),
    _key("run.again", "r a", "Again",
         "Start this step again; during a cramp, only A does.", 11),
    _key("run.jump", "j", "Jump", "Choose a step from the list of all steps, and go to it.", 12),
    _key("run.catch-up", "c", "Catch up", "Catch up with the clock after an interruption.", 3),
    _key("run.more", "plus equals_sign", "More", "Give this step 15 seconds more.", 13),
    _key("run.less", "minus", "Less", "Take 15 seconds from this step.", 14),
    _key("run.more-minute", "pageup shift+plus asterisk", "A minute more",
         "Give this step a minute more."),
    _key("run.less-minute", "pagedown shift+minus underscore", "A minute less",
         "Take a minute from this step."),
    _key("run.louder", "up", "Louder", "Make the sound louder.", 16),
    _key("run.softer", "down", "Softer", "Make the sound softer.", 16),
    _key("run.hush", "m", "Quiet, mute",
         "Make the sound quiet, then mute it, then restore it.", 17),
    _key("run.details", "i", "Details", "Show everything about this step.", 15),
    _key("run.end", "q", "End", "End the run, after asking.", 0),
    _key("run.keys", "question_mark", "Keys", "Show the keys.", 0),
)  # fmt: skip

_NOW = (
    *(
        _key(f"now.{cramp.routine_id}", cramp.key, cramp.words,
             f"During a cramp: {cramp.words.lower()}.", 4)
        for cramp in CRAMPS
    ),
    _key("now.left", "l", "Left", "During a cramp: it is the left leg.", 5),
    _key("now.right", "r", "Right", "During a cramp: it is the right leg.", 5),
)  # fmt: skip

_LIBRARY = (
    *_list_keys("library", "ctrl+home", "ctrl+end", choose_rank=11),
    _key("library.open", "enter", "Open", "Open the chosen routine.", 1),
    _key("library.cramp-now", "ctrl+n f12", "Cramp now",
         "Start the help for a cramp now, without a question.", 2, beats_typing=True),
    _key("library.leave", "escape", "Leave", "Clear the search, or leave if it is empty.", 3),
    _key("library.settings", "f6 ctrl+s", "Settings", "Change the settings.", 0,
         beats_typing=True),
    _key("library.keys", "question_mark", "Help",
         "Show the keys of this page, if the search is empty.", 0, beats_typing=True),
    _key("library.safety", "f1 ctrl+t", "Safety", "Read when to see a doctor, and when to stop.",
         5, beats_typing=True),
    _key("library.person", "f5 ctrl+b", "About you", "Answer the questions about your health.", 6,
         beats_typing=True),
    _key("library.points", "f2 ctrl+o", "Points", "Read where each point is, with its picture.", 7,
         beats_typing=True),
    _key("library.evidence", "f3 ctrl+r", "Evidence",
         "Read what is known to help, and what is not.", 9, beats_typing=True),
    _key("library.advice", "f4 ctrl+l", "Advice", "Read the advice cards.", 8, beats_typing=True),
    _key("library.undo", "ctrl+g", "Undo",
         "Restore the routine that was deleted last, or the run that was left last.", 1,
         beats_typing=True),
    _key("library.history", "f7 ctrl+y", "History",
         "See every run and cramp, a calendar, and whether it helps.", 5, beats_typing=True),
    _key("library.new", "ctrl+k", "New", "Write a new routine.", 9, beats_typing=True),
    _key("library.edit", "ctrl+e", "Edit", "Open the chosen routine's file in your editor.", 9,
         beats_typing=True),
    _key("library.favourite", "f8 ctrl+f", "Star",
         "Add the chosen routine to your favourites, or remove it.", 10, beats_typing=True),
)  # fmt: skip

_ROUTINE = (
    _key("routine.start", "enter", "Start", "Start the routine.", 0),
    _key("routine.choose", "t", "Times, steps",
         "Change the side, times and steps for this run, and start it.", 2),
    _key("routine.edit", "e", "Edit",
         "Open the routine's file in your editor (VISUAL or EDITOR), and check it afterwards.",
         4),
    _key("routine.copy", "c", "Copy",
         "Copy the routine under another name, into your own folder.", 6),
    _key("routine.delete", "d delete", "Delete", "Move your own routine to the trash.", 7),
    _key("routine.favourite", "f", "Star", "Add the routine to your favourites, or remove it.", 5),
    _key("routine.back", "escape left backspace", "Back", "Go back to the library.", 1),
    _key("routine.leave", "q", "Leave", "Leave the program."),
    _key("routine.keys", "question_mark", "Keys", "Show the keys of this page.", 3),
)  # fmt: skip

_CHOICES = (
    _key("choices.start", "enter", "Start", "Start the routine with these choices.", 0),
    _key("choices.turn", "space", "In or out",
         "Leave a step out or put it back; change a side or an answer.", 1),
    _key("choices.less", "left minus", "Less or more",
         "Give a step less time; choose the left side.", 2, sign="←→"),
    _key("choices.more", "right plus equals_sign", "More",
         "Give a step more time; choose the right side."),
    *_list_keys("choices", "home", "end", choose_rank=5),
    _key("choices.back", "escape q", "Back", "Go back and start nothing.", 3),
    _key("choices.keys", "question_mark", "Keys", "Show the keys of this page.", 4),
)  # fmt: skip

_POINTS = (
    _key("points.next", "right n space", "Next", "Show the next point.", 1),
    _key("points.back", "left p b", "Back", "Show the point before.", 2),
    _key("points.side", "s", "Other side", "Show the other limb.", 3),
    _key("points.left", "l", "Left", "Show the left limb."),
    _key("points.right", "r", "Right", "Show the right limb."),
    _key("points.keys", "question_mark", "Keys", "Show the keys of this page.", 4),
    _key("points.close", "escape q enter", "Close", "Go back to the library.", 0),
)

_SETTINGS = (
    *_list_keys("settings", "home", "end", choose_rank=2, also="k j"),
    _key("settings.back", "left minus", "Change",
         "Choose less, or the value before.", 1, sign="←→"),
    _key("settings.next", "right plus", "More, next", "Choose more, or the next value."),
    _key("settings.change", "enter space", "Change",
         "Change the chosen setting: the next of a few values, or what you type.", 3),
    _key("settings.reset", "delete backspace", "Default",
         "Reset the chosen setting to its default.", 4),
    _key("settings.problems", "e", "Problems",
         "Read what is wrong with the settings file."),
    _key("settings.close", "escape q", "Close", "Go back to where you were.", 0),
    _key("settings.keys", "question_mark", "Keys", "Show the keys of this page.", 5),
)  # fmt: skip

_HISTORY = (
    *_list_keys("history", "home", "end", choose_rank=3),
    _key("history.show", "enter", "Show", "Show all of the chosen entry.", 2),
    _key("history.add", "a", "Say what happened",
         "Say what happened at the chosen run for a cramp, or log a cramp.", 1),
    _key("history.calm", "c", "No cramp", "Say that no cramp came last night.", 6),
    _key("history.edit", "e", "Edit", "Change your answers about the chosen cramp.", 5),
    _key("history.delete", "d delete", "Delete", "Move the chosen entry to the trash.", 7),
    _key("history.undo", "u", "Undo deleting",
         "Restore the entry that was deleted last, or the chosen one of the trash.", 1),
    _key("history.month", "m", "Month", "Show a calendar of the nights.", 2),
    _key("history.helps", "h", "Does it help?",
         "Compare nights with the evening routine and nights without it.", 4),
    _key("history.kind", "k", "Kind", "List only runs, cramps or calm nights, or all.", 8),
    _key("history.routine", "r", "This routine", "List only the runs of the chosen routine.", 10),
    _key("history.dates", "f", "Dates", "List only some nights.", 9),
    _key("history.trash", "t", "Trash", "List what is in the trash, or what is not.", 11),
    _key("history.safety", "f1", "Safety", "Read when to see a doctor, and when to stop.", 12),
    _key("history.close", "escape q", "Close",
         "Show everything again, or go back to where you were.", 0),
    _key("history.keys", "question_mark", "Keys", "Show the keys of this page.", 3),
)  # fmt: skip

_MONTH = (
    _key("month.left", "left", "Choose", "Choose the night before.", 2, sign="←↑↓→"),
    _key("month.right", "right", "Next", "Choose the next night."),
    _key("month.up", "up", "Up", "Choose the night a week before."),
    _key("month.down", "down", "Down", "Choose the night a week after."),
    _key("month.open", "enter", "Open", "List what is known about the chosen night.", 1),
    _key("month.before", "pageup p", "Month before", "Show the month before.", 3),
    _key("month.after", "pagedown n", "Month after", "Show the month after.", 4),
    _key("month.today", "home t", "Tonight", "Choose tonight.", 5),
    _key("month.close", "escape q", "Close", "Go back to the history.", 0),
    _key("month.keys", "question_mark", "Keys", "Show the keys of this page.", 6),
)

_CRAMP = (
    _key("cramp.skip", "escape", "Skip", "Leave this question out.", 0),
    _key("cramp.next", "enter", "Next", "Go to the next question, or type the answer.", 1),
    _key("cramp.up", "up", "Back", "Go back to the question before.", 3),
    _key("cramp.down", "down", "Down", "Go to the next question."),
    _key("cramp.leave", "q", "Leave out the rest",
         "Leave out the rest, and keep what you said.", 2),
)  # fmt: skip


_THEMES = (
    _key("themes.up", "up k", "Look at", "Look at the theme above.", 1, sign="↑↓"),
    _key("themes.down", "down j", "Down", "Look at the theme below."),
    _key("themes.page-up", "pageup home", "First", "Look at the first theme."),
    _key("themes.page-down", "pagedown end", "Last", "Look at the last theme."),
    _key("themes.take", "enter space", "Keep", "Keep the theme that you see.", 0),
    _key("themes.back", "escape q", "Back", "Go back to the theme that you had.", 2),
)

_DIALOGS = (
    _key("page.close", "escape q i question_mark enter", "Close", "Go back to where you were.", 0),
    _key("first.start", "enter", "Start", "Start the routine.", 0),
    _key("first.back", "escape q", "Back", "Go back and start nothing.", 1),
    _key("first.keys", "question_mark", "Keys", "Show the keys of this page.", 2),
    _key("confirm.yes", "y", "Yes", "Do it.", 0),
    _key("confirm.up", "up", "Choose", "Choose the answer above.", 3, sign="↑↓"),
    _key("confirm.down", "down", "Down", "Choose the answer below."),
    _key("confirm.page-up", "pageup", "Page up", "Scroll a page up."),
    _key("confirm.page-down", "pagedown", "Read on", "Scroll a page down.", 2),
    _key("confirm.take", "enter", "OK", "Do what is chosen.", 3),
    _key("confirm.no", "n escape", "Back", "Go back and do nothing.", 1),
    _key("prompt.take", "enter", "OK", "Accept what you typed.", 0),
    _key("prompt.back", "escape", "Back", "Go back and change nothing.", 1),
    _key(
        "end.keep", "k enter", "Keep for later", "Keep the run, so that you can resume it later.", 1
    ),
    _key("end.yes", "y", "End it", "End the run; the history says how far it got.", 1),
    _key("end.no", "n escape space", "Continue", "Continue the run.", 0),
)

_JUMP = (
    *_list_keys("jump", "ctrl+home", "ctrl+end", choose_rank=2),
    _key("jump.take", "enter", "Go to it", "Go to the chosen step.", 0),
    _key("jump.back", "escape", "Back", "Clear the search, or go back if it is empty.", 1),
)

_COMMANDS = (
    *_list_keys("commands", "ctrl+home", "ctrl+end", choose_rank=2),
    _key("commands.take", "enter", "Do it", "Do what is chosen.", 0),
    _key("commands.back", "escape", "Back", "Clear the search, or go back if it is empty.", 1),
)

_FINISH = (
    _key("finish.take", "enter", "OK", "Do what is chosen.", 0),
    _key("finish.up", "up", "Choose", "Choose the row above.", 1, sign="↑↓"),
    _key("finish.down", "down", "Down", "Choose the row below."),
    _key("finish.page-up", "pageup", "Page up", "Scroll a page up."),
    _key("finish.page-down", "pagedown", "Page down", "Scroll a page down."),
    _key("finish.tell", "w", "What happened", "Say what the cramp was like, and what helped."),
    _key("finish.again", "a r", "Again", "Do the routine again."),
    _key("finish.undo", "u", "Undo", "Undo the last move, and go back into the run."),
    _key("finish.keep", "k", "Keep", "Keep the run as a routine of your own."),
    _key("finish.safety", "f1", "Safety", "Read when to see a doctor, and when to stop."),
    _key("finish.leave", "escape q", "Leave", "Leave the page; any other key does too."),
    _key("finish.keys", "question_mark", "Keys", "Show the keys of this page.", 2),
)  # fmt: skip

_TAKE_UP = (
    _key("resume.first", "enter", "Resume", "Do what is first in the list.", 0),
    _key("resume.step", "2", "Restart the step", "Start the step again from its beginning.", 1),
    _key("resume.start-over", "3", "Start over", "Start the routine over from its beginning.", 2),
    _key("resume.leave", "delete", "Don't resume",
         "Do not resume the run, after asking; it stays in the history.", 3),
    _key("resume.later", "escape", "Later", "Decide another time.", 4),
    _key("resume.cramp", "ctrl+n f12", "Cramp now",
         "Start the help for a cramp now, without a question.", 5, beats_typing=True),
)  # fmt: skip

_PERSON = (
    *(
        _key(f"person.{condition.word}", str(number), "Yes or no",
             f"Answer yes or no: {condition.question}")
        for number, condition in enumerate(CONDITIONS, 1)
    ),
    _key("person.up", "up", "Choose", "Choose the question above.", 2, sign="↑↓"),
    _key("person.down", "down", "Down", "Choose the question below."),
    _key("person.page-up", "pageup", "Page up", "Choose the first question."),
    _key("person.page-down", "pagedown", "Page down", "Choose the last question."),
    _key("person.turn-chosen", "enter space", "Yes or no", "Answer the chosen question.", 1),
    _key("person.close", "escape q", "Close", "Go back to where you were.", 0),
)  # fmt: skip

KEY_TABLE = (
    *_APP, *_LIBRARY, *_ROUTINE, *_CHOICES, *_POINTS, *_RUN, *_NOW, *_JUMP, *_COMMANDS,
    *_FINISH, *_TAKE_UP, *_SETTINGS, *_THEMES, *_PERSON, *_HISTORY, *_MONTH, *_CRAMP, *_DIALOGS,
)  # fmt: skip
"""All keys, place by place."""

KEY_BY_ID = {key.id: key for key in KEY_TABLE}
"""All keys by their ids."""


def keys_of_place(place: str) -> tuple[ProgramKey, ...]:
    """The keys that work in one place, in the order of its help page."""
    return tuple(key for key in KEY_TABLE if key.place == place)


TYPED_AT = ("library", "jump", "commands", "prompt")
"""Places with a line to type on, where a letter is part of the text."""

FORMER_IDS = {
    "question.yes": "confirm.yes", "question.no": "confirm.no",
    "start.yes": "confirm.yes", "start.no": "confirm.no",
    "name.back": "prompt.back", "value.leave": "prompt.back",
    "take-up.first": "resume.first", "take-up.step": "resume.step",
    "take-up.anew": "resume.start-over", "take-up.leave": "resume.leave",
    "take-up.later": "resume.later", "take-up.cramp": "resume.cramp",
}  # fmt: skip
"""Former ids, which a person's settings may still contain."""

_CHARACTERS = {
    "plus": "+", "minus": "-", "equals_sign": "=", "question_mark": "?", "comma": ",",
    "full_stop": ".", "slash": "/", "asterisk": "*", "underscore": "_",
}  # fmt: skip
_NAMES = {
    "escape": "Esc", "delete": "Del", "insert": "Ins", "pageup": "PgUp", "pagedown": "PgDn",
    **_CHARACTERS,
}  # fmt: skip
_ARROWS = {"left": "←", "right": "→", "up": "↑", "down": "↓"}


def key_words(key: str, *, has_signs: bool = True) -> str:
    """The name of a key: `Space`, `→`, `R`, `^N`, `F6`; `Right` and `Plus` without signs."""
    *modifiers, bare = key.split("+") if len(key) > 1 else [key]
    name = bare.capitalize().replace("_", " ")
    if has_signs:
        name = {**_NAMES, **_ARROWS}.get(bare, name)
    others = "".join(f"{modifier.capitalize()}+" for modifier in modifiers if modifier != "ctrl")
    return f"{others}{'^' if 'ctrl' in modifiers else ''}{name}"


def typed_as(key: str) -> str:
    """The character that a terminal sends for a key; the key's name if it is not one character."""
    return " " if key == "space" else _CHARACTERS.get(key, key)
