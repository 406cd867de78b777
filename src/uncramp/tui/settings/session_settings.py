"""The settings and data of the open app, for any screen in it."""

from textual.dom import DOMNode

from uncramp.session.own_data import OwnData, open_own_data
from uncramp.settings import OwnSettings

UNSAVED = "It still applies until you leave the program."
"""Why a setting could not be written."""


def own_settings(node: DOMNode) -> OwnSettings:
    """The settings of the open app, including changes that could not be written."""
    return own_data(node).settings


def own_data(node: DOMNode) -> OwnData:
    """The person's own data in the open app."""
    data = getattr(node.app, "data", None)
    return data if isinstance(data, OwnData) else open_own_data()
