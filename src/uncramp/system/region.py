"""Which units are usual where this person lives."""

import locale
import os
from collections.abc import Mapping

_FAHRENHEIT = frozenset({"US", "BS", "BZ", "FM", "GU", "KY", "LR", "MH", "MP", "PR", "PW", "VI"})
"""Regions in which water is measured in degrees Fahrenheit, by their ISO 3166 codes."""


def uses_fahrenheit(environment: Mapping[str, str] = os.environ) -> bool:
    """Does the locale name a region that uses degrees Fahrenheit?

    The environment comes first, then the system's own locale.
    """
    named = (environment.get(name) for name in ("LC_ALL", "LC_MEASUREMENT", "LANG"))
    name = next(filter(None, named), None) or locale.getlocale()[0] or ""
    region = name.partition(".")[0].partition("@")[0].replace("-", "_").partition("_")[2]
    return region in _FAHRENHEIT or region == "United States"
