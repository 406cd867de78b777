"""The unit of temperature that is usual in a region."""

import pytest

from uncramp.system.region import uses_fahrenheit


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
