"""The unit of temperature that is usual in a region, and the place of a time zone."""

from pathlib import Path

import pytest

from uncramp.system.region import uses_fahrenheit, zone_place


@pytest.mark.parametrize(
    ("environment", "is_fahrenheit"),
    [
        ({"LANG": "en_US.UTF-8"}, True),
        ({"LANG": "en_GB.UTF-8"}, False),
        ({"LANG": "de_DE@euro"}, False),
        ({"LANG": "en_US.UTF-8", "LC_MEASUREMENT": "en_GB.UTF-8"}, False),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "es_PR.UTF-8"}, True),
        ({"LANG": "C.UTF-8"}, False),
    ],
)
def test_the_locale_says_which_unit(environment: dict[str, str], *, is_fahrenheit: bool) -> None:
    assert uses_fahrenheit(environment) is is_fahrenheit


TABLE = """# tzdb
DE\t+5230+01322\tEurope/Berlin\tmost of Germany
US\t+404251-0740023\tAmerica/New_York\tEastern
AQ\tnowhere\tAntarctica/Nowhere
"""


@pytest.mark.parametrize(
    ("zone", "place"),
    [
        ("Europe/Berlin", (52.5, 13.3667)),
        (":/usr/share/zoneinfo/America/New_York", (40.7142, -74.0064)),
        ("Antarctica/Nowhere", None),
        ("UTC", None),
        ("CET-1", None),
        ("/somewhere/else", None),
    ],
)
def test_the_time_zone_says_roughly_where_one_is(
    zone: str, place: tuple[float, float] | None, tmp_path: Path
) -> None:
    (tmp_path / "zone.tab").write_text(TABLE, encoding="utf-8")
    assert zone_place({"TZ": zone}, (str(tmp_path / "none"), str(tmp_path))) == place
