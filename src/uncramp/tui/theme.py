"""The two themes of our own: lamplight for the dark, paper for the day."""

from collections.abc import Mapping

from textual.theme import Theme

DARK = Theme(
    name="lamplight",
    primary="#E3A95C",
    secondary="#A9876B",
    accent="#8FB8A8",
    foreground="#E9DFD0",
    background="#15120E",
    surface="#1F1A14",
    panel="#2B241B",
    success="#9DB86F",
    warning="#E8B75A",
    error="#E07F66",
    dark=True,
    variables={
        "block-cursor-background": "#E3A95C",
        "block-cursor-foreground": "#15120E",
        "block-cursor-text-style": "none",
        "input-selection-background": "#E3A95C 35%",
        "border": "#E3A95C",
        "border-blurred": "#3A3126",
        "scrollbar": "#3A3126",
        "scrollbar-hover": "#5A4C3A",
        "scrollbar-active": "#E3A95C",
        "scrollbar-background": "#15120E",
        "scrollbar-background-hover": "#15120E",
        "scrollbar-background-active": "#15120E",
    },
)

LIGHT = Theme(
    name="paper",
    primary="#8A4B0F",
    secondary="#7A6248",
    accent="#2F6B5A",
    foreground="#2A231A",
    background="#F8F3EA",
    surface="#EFE7D9",
    panel="#E5DAC7",
    success="#4F6B1F",
    warning="#8A5A00",
    error="#A6331B",
    dark=False,
    variables={
        "block-cursor-background": "#8A4B0F",
        "block-cursor-foreground": "#F8F3EA",
        "block-cursor-text-style": "none",
        "input-selection-background": "#8A4B0F 25%",
        "border": "#8A4B0F",
        "border-blurred": "#D5C7AF",
        "scrollbar": "#D5C7AF",
        "scrollbar-hover": "#B9A688",
        "scrollbar-active": "#8A4B0F",
        "scrollbar-background": "#F8F3EA",
        "scrollbar-background-hover": "#F8F3EA",
        "scrollbar-background-active": "#F8F3EA",
    },
)

_LIGHT_BACKGROUNDS = {"7", "15"}
"""The background colours that COLORFGBG gives for a light terminal."""


def theme_for(environment: Mapping[str, str]) -> str:
    """The name of the theme to begin with: TEXTUAL_THEME, else what the terminal is said to be."""
    asked_for = environment.get("TEXTUAL_THEME")
    if asked_for:
        return asked_for
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT.name if background in _LIGHT_BACKGROUNDS else DARK.name
