"""The settings: each with its value, changed by the arrows and saved at once."""

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import query_one

from uncramp.core.text.safe_text import shown
from uncramp.core.toml.problems import Problem
from uncramp.session.key_table import KEY_TABLE
from uncramp.settings import OwnSettings, Settings
from uncramp.settings.display import UnfitValue, meaning_said, toml_of
from uncramp.settings.spec import BY_NAME, FREE_GROUPS, Setting, SettingGroup, ValueKind
from uncramp.settings.writer import CannotSet
from uncramp.tui.base_screen import BaseScreen
from uncramp.tui.dialogs.page import PageOver
from uncramp.tui.dialogs.prompt import PromptDialog
from uncramp.tui.keys.bindings import bindings_for
from uncramp.tui.keys.keymap import fitted, settings_problems
from uncramp.tui.library.outline import problems_page
from uncramp.tui.messages import SettingsChanged, ThemePreviewed
from uncramp.tui.settings.health_screen import PersonScreen
from uncramp.tui.settings.rows import KEYS, SAID_AS, rows_of, takes, turned
from uncramp.tui.settings.session_settings import UNSAVED
from uncramp.tui.settings.theme_screen import ThemeScreen
from uncramp.tui.theme import NIGHT
from uncramp.tui.widgets.answer_page import AnswerPage
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.setting_list import SettingList
from uncramp.tui.widgets.text_page import Look, Paragraph
from uncramp.tui.widgets.words import Words


class SettingsScreen(BaseScreen[None]):
    """Every setting by groups, and a sentence about the chosen one."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = None

    PLACE = "settings"
    BINDINGS = bindings_for(
        "settings",
        up="by(-1)", down="by(1)", page_up="pages(-1)", page_down="pages(1)",
        first="by(-1000)", last="by(1000)", next="turn(1)", back="turn(-1)", keys="app.keys",
    )  # fmt: skip

    rows = query_one(SettingList)
    what = query_one("#what", Words)
    message_line = query_one("#message", Words)

    def __init__(self, own: OwnSettings, chosen: str = "") -> None:
        """Show `own`, with the setting named `chosen` chosen, or the first."""
        super().__init__()
        self._first_chosen = chosen
        self._own = own
        self._unsaved = ""

    def compose(self) -> ComposeResult:
        """The rows, a sentence about the chosen one, a line for messages, and the keys."""
        with Horizontal(id="columns"):
            with Vertical(id="frame") as frame:
                frame.border_title = "Settings"
                yield SettingList(id="rows")
            yield AnswerPage(id="beside")
        yield Words(id="what")
        yield Words(id="message")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Show the values."""
        self._show()
        self.rows.choose(self._first_chosen)

    def on_screen_resume(self) -> None:
        """Show what was changed on another screen."""
        self._show()

    @on(SettingList.Chose)
    def _another_is_chosen(self) -> None:
        self._explain()

    @on(SettingList.Clicked)
    def _clicked(self, message: SettingList.Clicked) -> None:
        if message.was_chosen:
            self.action_change()

    def _show(self) -> None:
        settings = self._own.now()
        self.rows.show(rows_of(settings))
        self._explain()
        words = self._unsaved or _file_trouble(settings_problems(settings, self._own.file))
        self.message_line.show(words)
        self.message_line.display = bool(words)

    def _explain(self) -> None:
        row = self.rows.chosen_row
        if row is None:
            return
        setting = BY_NAME.get(row.id)
        unable = ([] if row.turns else ["back"]) + ([] if row.is_own and setting else ["reset"])
        self.show_keys(without=" ".join(unable), change=_enter_words(setting))
        words = takes(setting) if setting else FREE_GROUPS[SettingGroup(row.id)][0]
        self.what.show(words)
        page = [Paragraph(row.title, Look.HEADING), Paragraph(words)]
        if setting:
            page += [Paragraph(), Paragraph(f"In the settings file: {setting.name}", Look.QUIET)]
        self.query_one("#beside", AnswerPage).show(tuple(page))

    @property
    def _chosen(self) -> Setting | None:
        row = self.rows.chosen_row
        return BY_NAME.get(row.id) if row else None

    def _give(self, setting: Setting, meaning: Any) -> None:
        """Set a setting to a value, None for its default, and save it."""
        try:
            self._own.give(setting, meaning)
            self._unsaved = ""
        except CannotSet as error:
            self._unsaved = f"{error} {UNSAVED}"
        self.post_message(SettingsChanged())
        self._show()

    def action_by(self, rows: int) -> None:
        """Choose another setting."""
        self.rows.move_by(rows)

    def action_pages(self, pages: int) -> None:
        """Choose a setting a page away."""
        self.rows.move_by_pages(pages)

    def action_turn(self, by: int) -> None:
        """Change the chosen setting by a step."""
        setting, settings = self._chosen, self._own.now()
        if setting is None:
            return
        meaning = turned(settings, setting, by)
        if meaning != settings.meaning(setting):
            self._give(setting, meaning)

    def action_change(self) -> None:
        """Change the chosen setting: the next choice, or what you type."""
        setting, row = self._chosen, self.rows.chosen_row
        if setting is None:
            page = {KEYS: _keys_page, SAID_AS: _said_page}[row.id if row else KEYS]
            self.open(PageOver("Settings", page(self._own.now())))
        elif setting.name == "theme":
            theme, is_night = self._own.now().theme, self.app.theme == NIGHT.name
            self.open(
                ThemeScreen(theme, is_night=is_night),
                lambda word: self._theme_chosen(setting, word),
            )
        elif setting.kind in (ValueKind.FLAG, ValueKind.CHOICE):
            self.action_turn(1)
        elif setting.kind is ValueKind.CONDITIONS:
            self.open(PersonScreen())
        else:
            prompt = value_prompt(setting, toml_of(self._own.now(), setting) or "")
            self.open(prompt, lambda words: self._answered(setting, words))

    def _theme_chosen(self, setting: Setting, theme: str | None) -> None:
        self.post_message(ThemePreviewed(None))
        if theme is not None:
            self._give(setting, theme)

    def _answered(self, setting: Setting, words: str | None) -> None:
        if words is None:
            return
        meaning = meaning_said(setting, words) if words.strip() else None
        self._give(setting, meaning)

    def action_reset(self) -> None:
        """Reset the chosen setting to its default."""
        setting = self._chosen
        if setting is not None:
            self._give(setting, None)

    def action_problems(self) -> None:
        """Read what is wrong with the settings file."""
        problems = settings_problems(self._own.now(), self._own.file)
        if problems:
            page = problems_page(problems, str(self._own.file))
            self.open(PageOver("Settings", page))

    def action_close(self) -> None:
        """Go back to the page below."""
        self.dismiss()


def _enter_words(setting: Setting | None) -> str:
    """What Enter does to a setting; None is a row that opens a page."""
    if setting is None or setting.kind is ValueKind.CONDITIONS or setting.name == "theme":
        return "Open"
    return "Next" if setting.kind in (ValueKind.FLAG, ValueKind.CHOICE) else "Type it"


def value_prompt(setting: Setting, value: str) -> PromptDialog:
    """Asks for the value of a setting; an empty text means the default.

    `value` is the present value, as in the file.
    """

    def problem_of(words: str) -> str | None:
        try:
            if words.strip():
                meaning_said(setting, words)
        except UnfitValue as misfit:
            return str(misfit).partition(": ")[2] or str(misfit)
        return None

    return PromptDialog(
        setting.title,
        value.strip('"'),
        problem_of,
        takes=takes(setting),
        take="Keep",
        is_all_chosen=True,
    )


def _file_trouble(problems: tuple[Problem, ...]) -> str:
    """One line about what is wrong with the file, and the key that shows more."""
    if not problems:
        return ""
    lines = [str(problem.place.line) for problem in problems if problem.place]
    where = f", line {', '.join(lines[:4])}{' …' if len(lines) > 4 else ''}" if lines else ""
    return f"The settings file needs fixing{where}. E shows why."


def _keys_page(settings: Settings) -> tuple[Paragraph, ...]:
    """Every key by its id, and how to change one."""
    keymap = fitted(settings.keys)[0]
    page = [
        Paragraph("uncramp config set keys.run.next x sets another key, and uncramp config edit"
                  " opens the settings file.", Look.QUIET),
        Paragraph(),
    ]  # fmt: skip
    for known in KEY_TABLE:
        keys = keymap.get(known.id, ",".join(known.keys)).replace(",", ", ")
        look = Look.STRONG if known.id in settings.keys else Look.PLAIN
        page += [
            Paragraph(known.id, look, keys),
            Paragraph(known.what, Look.QUIET, indent=2),
        ]
    return tuple(page)


def _said_page(settings: Settings) -> tuple[Paragraph, ...]:
    """Every word that is said differently, and how to add one."""
    page = [
        Paragraph('uncramp config set said_as.KD3 "kay dee three" adds one, and uncramp config'
                  " edit opens the settings file.", Look.QUIET),
        Paragraph(),
    ]  # fmt: skip
    page += [Paragraph(shown(word), right=shown(said)) for word, said in settings.said_as.items()]
    return tuple(page)
