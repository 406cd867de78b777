"""The person's settings, in a file of their own.

A wrong file never stops anything: what can be read of it counts, and the rest is told in
the same kind of problems as those of a routine, and falls to its default.
"""

from uncramp.settings.live import OwnSettings
from uncramp.settings.model import Settings, with_conditions
from uncramp.settings.own_file import read_settings

__all__ = ["OwnSettings", "Settings", "read_settings", "with_conditions"]
