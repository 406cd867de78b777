"""When the sun rises and sets at a place.

The formulas of the solar calculator of NOAA (Global Monitoring Laboratory,
https://gml.noaa.gov/grad/solcalc/calcdetails.html), which are those of Jean Meeus,
"Astronomical Algorithms". They are right to a minute up to 72 degrees of latitude, and to ten
minutes beyond.
"""

from math import acos, asin, cos, degrees, radians, sin, tan

from uncramp.core.lazy.dataclass import dataclass

_DAY_S = 86_400
_EPOCH_JULIAN = 2_440_587.5
"""The Julian date of 1 January 1970, 0:00 UTC."""
_J2000 = 2_451_545.0
_CENTURY_DAYS = 36_525

ZENITH = 90.833
"""Degrees from straight up at which the sun's upper edge is on the horizon, by refraction too."""


@dataclass(frozen=True, slots=True)
class SunTimes:
    """Sunrise and sunset of one day, in seconds since the epoch."""

    rise_s: float
    set_s: float


def sun_times(near_s: float, latitude: float, longitude: float) -> SunTimes | None:
    """Sunrise and sunset around the noon that is nearest to `near_s`, seconds since the epoch.

    North and east are positive, in degrees. None on a day on which the sun stays above the
    horizon, or below it.
    """
    noon_s = (round((near_s + longitude * 240) / _DAY_S - 0.5) + 0.5) * _DAY_S - longitude * 240
    rise_s = _event(noon_s, noon_s, latitude, -1)
    set_s = _event(noon_s, noon_s, latitude, +1)
    if rise_s is None or set_s is None:
        return None
    # The sun moves on during the day: each is computed again for its own moment.
    rise_s = _event(rise_s, noon_s, latitude, -1)
    set_s = _event(set_s, noon_s, latitude, +1)
    return None if rise_s is None or set_s is None else SunTimes(rise_s, set_s)


def _event(at_s: float, noon_s: float, latitude: float, sign: int) -> float | None:
    """When the sun rises (-1) or sets (+1) around `noon_s`, by its place in the sky at `at_s`."""
    declination, equation_min = _sun(at_s)
    phi = radians(latitude)
    part = cos(radians(ZENITH)) / (cos(phi) * cos(declination)) - tan(phi) * tan(declination)
    if not -1 <= part <= 1:
        return None
    # A degree of the sky is four minutes of the day.
    return noon_s - equation_min * 60 + sign * degrees(acos(part)) * 240


def _sun(at_s: float) -> tuple[float, float]:
    """The sun's declination in radians, and the equation of time in minutes."""
    century = (at_s / _DAY_S + _EPOCH_JULIAN - _J2000) / _CENTURY_DAYS
    mean_long = radians((280.46646 + century * (36000.76983 + century * 0.0003032)) % 360)
    anomaly = radians(357.52911 + century * (35999.05029 - 0.0001537 * century))
    eccentricity = 0.016708634 - century * (0.000042037 + 0.0000001267 * century)
    centre = (
        sin(anomaly) * (1.914602 - century * (0.004817 + 0.000014 * century))
        + sin(2 * anomaly) * (0.019993 - 0.000101 * century)
        + sin(3 * anomaly) * 0.000289
    )
    node = radians(125.04 - 1934.136 * century)
    apparent_long = mean_long + radians(centre - 0.00569 - 0.00478 * sin(node))
    seconds = 21.448 - century * (46.815 + century * (0.00059 - century * 0.001813))
    obliquity = radians(23 + (26 + seconds / 60) / 60 + 0.00256 * cos(node))
    declination = asin(sin(obliquity) * sin(apparent_long))
    y = tan(obliquity / 2) ** 2
    equation = (
        y * sin(2 * mean_long)
        - 2 * eccentricity * sin(anomaly)
        + 4 * eccentricity * y * sin(anomaly) * cos(2 * mean_long)
        - 0.5 * y * y * sin(4 * mean_long)
        - 1.25 * eccentricity * eccentricity * sin(2 * anomaly)
    )
    return declination, 4 * degrees(equation)
