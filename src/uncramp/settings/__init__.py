"""The person's settings, in one file.

Errors in the file never stop anything: what can be read applies, and everything else keeps its
default and is reported in the same way as problems of a routine.
"""

from uncramp.settings.live import OwnSettings
from uncramp.settings.model import Settings, with_conditions
from uncramp.settings.own_file import read_settings

__all__ = ["OwnSettings", "Settings", "read_settings", "with_conditions"]
