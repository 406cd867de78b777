"""What the full screen needs from Textual's app and the terminal, beyond its own screens."""

import os

from textual.app import App
from textual.await_complete import AwaitComplete
from textual.driver import Driver
from textual.events import Event, Key
from textual.message import Message

from uncramp.tui.terminal.driver import with_fixes
from uncramp.tui.terminal.title import has_title, notification


class BaseApp(App[int]):
    """An app with our driver. Its failures are kept for the log, not printed.

    Keys that were pressed for a screen are dropped once that screen is left.
    """

    failure: BaseException | None = None
    """What broke inside, if anything did."""
    _left_at = 0.0
    """When the last screen was left, by the clock of messages."""

    def get_driver_class(self) -> type[Driver]:
        """The platform's driver, with our fixes."""
        return with_fixes(super().get_driver_class())

    def pop_screen(self) -> AwaitComplete:
        """Leave the screen in front. Keys pressed until now were meant for it."""
        popped = super().pop_screen()
        self._left_at = Message().time
        return popped

    async def on_event(self, event: Event) -> None:
        """Pass events on, except keys that were meant for a screen that is left."""
        if isinstance(event, Key) and event.time <= self._left_at:
            return
        await super().on_event(event)

    def show_window_title(self, words: str) -> None:
        """Set the title of the terminal's window, if it has one; "" restores the old one."""
        show = getattr(self._driver, "show_title", None)
        if show is not None and has_title(os.environ):
            show(words)

    def notify_desktop(self, title: str, words: str) -> None:
        """Send a notification, if the window is not in front and the terminal can."""
        if not self.app_focus and self._driver is not None:
            self._driver.write(notification(title, words, os.environ))

    def _handle_exception(self, error: Exception) -> None:
        # Textual would print the traceback on the terminal; ours goes to the log.
        self.failure = self.failure or error
        super()._handle_exception(error)
        self._exit_renderables.clear()
