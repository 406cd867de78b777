"""The settings of the app that is open, wherever in it they are asked for."""

from textual.dom import DOMNode

from uncramp.settings import OwnSettings
from uncramp.system import paths

UNSAVED = "Until you leave the program it counts all the same."
"""Of a setting that the disk would not take."""


def own_settings(node: DOMNode) -> OwnSettings:
    """The settings of this stay in the program, those among them that no disk would take."""
    own = getattr(node.app, "own", None)
    return own if isinstance(own, OwnSettings) else OwnSettings(paths.settings_file())
