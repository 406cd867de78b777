"""The person's settings, in a file of their own.

A wrong file never stops anything: what can be read of it counts, and the rest is told in
the same kind of problems as those of a routine, and falls to its default.
"""

from uncramp.settings.live import OwnSettings
from uncramp.settings.model import Settings, with_conditions
from uncramp.settings.reader import Fault, placed, read_settings
from uncramp.settings.writer import CannotSet, set_setting, unset_setting, write_conditions

__all__ = [
    "CannotSet",
    "Fault",
    "OwnSettings",
    "Settings",
    "placed",
    "read_settings",
    "set_setting",
    "unset_setting",
    "with_conditions",
    "write_conditions",
]
