"""What the full screen needs from Textual's app and the terminal, beyond its own screens."""

import asyncio
import gc
import os
from collections.abc import Callable

from textual.app import App
from textual.await_complete import AwaitComplete
from textual.driver import Driver
from textual.events import Event, Key
from textual.message import Message

from uncramp.tui.terminal.driver import with_fixes
from uncramp.tui.terminal.picture import picture_of
from uncramp.tui.terminal.title import has_title, notification

GARBAGE_AFTER = 10_000
"""Look for garbage once there are so many more objects: less often than Python does, and more
often than while the program is loaded."""

SETTLED_S = 0.2
"""The first screen is complete if no other frame has followed for this long."""


class BaseApp(App[int]):
    """An app with our driver. Its failures are kept for the log, not printed.

    Keys that were pressed for a screen are dropped once that screen is left.
    """

    failure: BaseException | None = None
    """What broke inside, if anything did."""
    on_first_picture: Callable[[str, tuple[int, int]], None] | None = None
    """Keeps the first picture, for a terminal with that number of columns and rows."""
    _is_first_shown = False
    _has_key = False
    _frames = 0
    _settling: asyncio.TimerHandle | None = None
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
        if isinstance(event, Key):
            if event.time <= self._left_at or self.return_value is not None:
                # A screen that opens while the program ends would never be complete.
                return
            if not self._is_first_shown and not self._has_key:
                # What a key has changed is not the first picture.
                self._has_key, self.on_first_picture = True, None
                # Behind the key in the screen's queue, so that its effect is seen at once.
                self.call_next(self._cover_after_key)
        await super().on_event(event)

    def _cover_after_key(self) -> None:
        self.screen.call_after_refresh(self.cover_picture)

    def post_display_hook(self) -> None:
        """Notice when the first screen is drawn as a whole; Textual calls this after each frame."""
        super().post_display_hook()
        if self._is_first_shown or not hasattr(self.screen, "passing_regions"):
            return
        self._frames += 1
        if self._settling is not None:
            self._settling.cancel()
        loop = asyncio.get_running_loop()
        self._settling = loop.call_later(SETTLED_S, self._look_if_settled, self._frames)

    def _look_if_settled(self, frames: int) -> None:
        def look() -> None:
            if frames == self._frames and not self._is_first_shown:
                self._first_shown()

        self.screen.call_after_refresh(look)

    def _first_shown(self) -> None:
        """The first screen is drawn as a whole: it covers the early picture, and is kept."""
        self.cover_picture()
        keep, self.on_first_picture = self.on_first_picture, None
        passing = self.screen.passing_regions() if hasattr(self.screen, "passing_regions") else None
        if keep is None or passing is None:
            return
        picture = picture_of(self.screen, passing)
        if picture is not None:
            size = (self.size.width, self.size.height)
            asyncio.get_running_loop().run_in_executor(None, keep, picture, size)

    def cover_picture(self) -> None:
        """Let Textual's drawing cover the early picture, if there is one."""
        self._is_first_shown = True
        if not gc.isenabled():
            # What was loaded stays: looking through it for garbage takes as long as drawing it.
            gc.freeze()
            gc.enable()
        gc.set_threshold(GARBAGE_AFTER)
        if getattr(self._driver, "has_picture", False):
            must_draw = self._driver.cover_picture()  # type: ignore[union-attr]
            if must_draw:
                self.screen.refresh()

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
