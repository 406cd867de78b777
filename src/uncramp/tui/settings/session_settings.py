"""The settings of the app that is open, wherever in it they are asked for."""

from textual.dom import DOMNode

from uncramp.session.own_data import OwnData, open_own_data
from uncramp.settings import OwnSettings

UNSAVED = "It still applies until you leave the program."
"""Of a setting that the disk would not take."""


def own_settings(node: DOMNode) -> OwnSettings:
    """The settings of this stay in the program, those among them that no disk would take."""
    return own_data(node).settings


def own_data(node: DOMNode) -> OwnData:
    """What the person of the app that is open keeps on this machine."""
    data = getattr(node.app, "data", None)
    return data if isinstance(data, OwnData) else open_own_data()
