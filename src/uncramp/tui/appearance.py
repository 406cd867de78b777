"""How the full screen looks: its theme and animations, from the settings and the night."""

import os

from textual.app import App
from textual.constants import TEXTUAL_ANIMATIONS

from uncramp.session.night_mode import Night
from uncramp.settings import Settings
from uncramp.tui.theme import COLOURLESS, DARK, NIGHT, OWN, THEMES, own_theme, theme_for


class Appearance:
    """Keeps the theme and the animations of an app as the settings and the night say."""

    def __init__(self, app: App[int], settings: Settings, night: Night) -> None:
        """Apply `settings` to `app`, and follow each change of `night`."""
        self._app = app
        self._settings = settings
        self._night = night
        self._preview: str | None = None
        for theme in THEMES:
            app.register_theme(theme)
        night.watch(self._apply_theme)
        self.use_settings(settings)

    def use_settings(self, settings: Settings) -> None:
        """Apply `settings` from now on."""
        self._settings = settings
        self._apply_theme(self._night.is_on)
        moves = "TEXTUAL_ANIMATIONS" in os.environ or settings.animations
        self._app.animation_level = TEXTUAL_ANIMATIONS if moves else "none"

    def preview(self, theme: str | None) -> None:
        """Show a theme without keeping it; None returns to the settings."""
        self._preview = theme
        self._apply_theme(self._night.is_on)

    def _apply_theme(self, is_night: bool) -> None:
        app, own = self._app, self._settings.colours
        few = app.console.color_system == "standard"
        asked_for = self._preview or self._settings.theme
        by_day = theme_for(os.environ, asked_for, has_few_colours=few, has_own=bool(own))
        if by_day == OWN:
            theme = own_theme(own)
            app.register_theme(theme)
            by_day = theme.name
        if by_day not in app.available_themes:
            by_day = DARK.name
        app.theme = NIGHT.name if is_night and by_day != COLOURLESS.name else by_day
