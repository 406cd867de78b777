import pytest

from tests.tui.stage import seen, stage
from uncramp.tui.theme import theme_for


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({}, "lamplight"),
        ({"COLORFGBG": "15;0"}, "lamplight"),
        ({"COLORFGBG": "0;15"}, "paper"),
        ({"COLORFGBG": "0;default;15"}, "paper"),
        ({"TEXTUAL_THEME": "nord", "COLORFGBG": "0;15"}, "nord"),
    ],
)
def test_the_terminal_and_the_person_choose_the_theme(
    environment: dict[str, str], name: str
) -> None:
    assert theme_for(environment) == name


@pytest.mark.slow
async def test_every_theme_of_textual_works(tmp_path_factory: pytest.TempPathFactory) -> None:
    for light_or_dark in ("textual-light", "nord", "ansi-dark", "ansi-light", "paper"):
        on = stage(tmp_path_factory.mktemp(light_or_dark))
        on.app.theme = light_or_dark
        async with on.app.run_test(size=(80, 24)) as pilot:
            await on.press(pilot, "i")
            await on.press(pilot, "escape")
            assert "Lower both feet in" in seen(on)
