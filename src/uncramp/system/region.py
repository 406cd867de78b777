"""Where this person lives, roughly: the usual units of measurement, and a place on the earth."""

import os
from collections.abc import Iterable, Mapping

_FAHRENHEIT = frozenset({"US", "BS", "BZ", "FM", "GU", "KY", "LR", "MH", "MP", "PR", "PW", "VI"})
"""Regions in which water is measured in degrees Fahrenheit, by their ISO 3166 codes."""


def uses_fahrenheit(environment: Mapping[str, str] = os.environ) -> bool:
    """Does the locale name a region that uses degrees Fahrenheit?

    The environment comes first, then the system's own locale.
    """
    named = (environment.get(name) for name in ("LC_ALL", "LC_MEASUREMENT", "LANG"))
    name = next(filter(None, named), None) or _system_locale()
    region = name.partition(".")[0].partition("@")[0].replace("-", "_").partition("_")[2]
    return region in _FAHRENHEIT or region == "United States"


def _system_locale() -> str:
    import locale

    return locale.getlocale()[0] or ""


_ZONE_FOLDERS = ("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/var/db/timezone/zoneinfo")
_ZONE_TABLES = ("zone.tab", "zone1970.tab")
_MARK = "zoneinfo/"


def zone_place(
    environment: Mapping[str, str] = os.environ, folders: Iterable[str] = _ZONE_FOLDERS
) -> tuple[float, float] | None:
    """Latitude and longitude of the main city of this time zone, in degrees; None if unknown.

    It is a table of the tz database that most Unix systems have; Windows has none.
    """
    zone = _zone_name(environment)
    for folder in folders:
        for table in _ZONE_TABLES:
            found = _place_in(f"{folder}/{table}", zone) if zone else None
            if found:
                return found
    return None


def _zone_name(environment: Mapping[str, str]) -> str:
    """The name of the time zone, such as `Europe/Berlin`; "" if it has none."""
    named = environment.get("TZ", "").removeprefix(":")
    if not named:
        named = os.path.realpath("/etc/localtime")
    return named.rpartition(_MARK)[2] if _MARK in named else "" if named[:1] == "/" else named


def _place_in(table: str, zone: str) -> tuple[float, float] | None:
    """Where a table of the tz database puts a zone."""
    try:
        with open(table, encoding="utf-8", errors="replace") as file:  # noqa: PTH123
            for line in file:
                columns = line.rstrip("\n").split("\t")
                if len(columns) > 2 and columns[2] == zone:
                    return _coordinates(columns[1])
    except OSError:
        return None
    return None


def _coordinates(text: str) -> tuple[float, float] | None:
    """Degrees of ISO 6709: `+5230+01322` or `+404251-0740023`."""
    at = max(text.rfind("+"), text.rfind("-"))
    parts = (text[:at], 2), (text[at:], 3)
    try:
        latitude, longitude = (_degrees(part, digits) for part, digits in parts)
    except ValueError:
        return None
    return latitude, longitude


def _degrees(text: str, digits: int) -> float:
    sign = -1 if text.startswith("-") else 1
    figures = text[1:].ljust(digits + 4, "0")
    minutes, seconds = int(figures[digits : digits + 2]), int(figures[digits + 2 : digits + 4])
    return sign * round(int(figures[:digits]) + minutes / 60 + seconds / 3600, 4)
