"""Our own themes: dark, light, high contrast, night, and for few or no colours."""

from collections.abc import Mapping

from textual.theme import Theme

from uncramp.settings import colours

DARK = Theme(
    name="lamplight",
    primary=colours.DARK["primary"],
    secondary="#A9876B",
    accent=colours.DARK["accent"],
    foreground=colours.DARK["text"],
    background=colours.DARK["background"],
    surface=colours.DARK["surface"],
    panel="#2B241B",
    success="#9DB86F",
    warning=colours.DARK["warning"],
    error=colours.DARK["error"],
    dark=True,
    variables={
        "block-cursor-background": "#E3A95C",
        "block-cursor-foreground": "#15120E",
        "block-cursor-text-style": "bold",
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
    primary=colours.LIGHT["primary"],
    secondary="#7A6248",
    accent=colours.LIGHT["accent"],
    foreground=colours.LIGHT["text"],
    background=colours.LIGHT["background"],
    surface=colours.LIGHT["surface"],
    panel="#E5DAC7",
    success="#4F6B1F",
    warning=colours.LIGHT["warning"],
    error=colours.LIGHT["error"],
    dark=False,
    variables={
        "block-cursor-background": "#8A4B0F",
        "block-cursor-foreground": "#F8F3EA",
        "block-cursor-text-style": "bold",
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


def _theme_of(name: str, look: Mapping[str, str]) -> Theme:
    """A theme of the colours of `look`, every other one mixed from them."""
    ground, text, primary = look["background"], look["text"], look["primary"]
    muted = colours.mixed(text, ground, 0.3)
    if colours.contrast(muted, look["surface"]) < colours.READABLE:
        muted = text
    frame, frame_over = (colours.mixed(ground, text, share) for share in (0.2, 0.35))
    return Theme(
        name=name,
        primary=primary,
        secondary=muted,
        accent=look["accent"],
        foreground=text,
        background=ground,
        surface=look["surface"],
        panel=look["surface"],
        success=look["accent"],
        warning=look["warning"],
        error=look["error"],
        dark=colours.is_dark(look),
        variables={
            "text": text,
            "text-muted": muted,
            "text-disabled": muted,
            "text-primary": primary,
            "text-accent": look["accent"],
            "text-warning": look["warning"],
            "text-error": look["error"],
            "foreground-muted": muted,
            "block-cursor-background": primary,
            "block-cursor-foreground": ground,
            "block-cursor-text-style": "bold",
            "input-selection-background": f"{primary} 30%",
            "border": primary,
            "border-blurred": frame,
            "scrollbar": frame,
            "scrollbar-hover": frame_over,
            "scrollbar-active": primary,
            "scrollbar-background": ground,
            "scrollbar-background-hover": ground,
            "scrollbar-background-active": ground,
        },
    )


OCEAN = _theme_of("ocean", colours.OCEAN)
MEADOW = _theme_of("meadow", colours.MEADOW)

CONTRAST = Theme(
    name="contrast",
    primary="#FFFF00",
    secondary="#FFFFFF",
    accent="#00FFFF",
    foreground="#FFFFFF",
    background="#000000",
    surface="#202020",
    panel="#202020",
    success="#66FF66",
    warning="#FFC400",
    error="#FF9090",
    dark=True,
    variables={
        "text": "#FFFFFF",
        "text-muted": "#FFFFFF",
        "text-disabled": "#D0D0D0",
        "text-primary": "#FFFF00",
        "text-accent": "#00FFFF",
        "text-warning": "#FFC400",
        "text-error": "#FF9090",
        "foreground-muted": "#FFFFFF",
        "foreground-disabled": "#D0D0D0",
        "block-cursor-background": "#FFFF00",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold",
        "input-selection-background": "#FFFF00",
        "input-selection-foreground": "#000000",
        "border": "#FFFF00",
        "border-blurred": "#FFFFFF",
        "scrollbar": "#A0A0A0",
        "scrollbar-hover": "#FFFFFF",
        "scrollbar-active": "#FFFF00",
        "scrollbar-background": "#000000",
        "scrollbar-background-hover": "#000000",
        "scrollbar-background-active": "#000000",
    },
)
"""High contrast: at least 7:1 everywhere."""

NIGHT = Theme(
    name="night",
    primary="#EC1C00",
    secondary="#A81000",
    accent="#F02010",
    foreground="#F02010",
    background="#000000",
    surface="#140000",
    panel="#140000",
    success="#EC1C00",
    warning="#F02010",
    error="#F02010",
    dark=True,
    variables={
        "text": "#F02010",
        "text-muted": "#EC1C00",
        "text-disabled": "#EC1C00",
        "text-primary": "#EC1C00",
        "text-secondary": "#EC1C00",
        "text-accent": "#F02010",
        "text-success": "#EC1C00",
        "text-warning": "#F02010",
        "text-error": "#F02010",
        "foreground-muted": "#EC1C00",
        "foreground-disabled": "#B01000",
        "block-cursor-background": "#280000",
        "block-cursor-foreground": "#F02010",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#140000",
        "block-cursor-blurred-foreground": "#F02010",
        "block-hover-background": "#140000",
        "input-cursor-background": "#280000",
        "input-cursor-foreground": "#F02010",
        "input-cursor-text-style": "underline",
        "input-selection-background": "#280000",
        "input-selection-foreground": "#F02010",
        "border": "#A81000",
        "border-blurred": "#680000",
        "panel-lighten-1": "#140000",
        "panel-lighten-2": "#280000",
        "surface-lighten-1": "#140000",
        "surface-lighten-2": "#280000",
        "surface-active": "#280000",
        "scrollbar": "#540000",
        "scrollbar-hover": "#540000",
        "scrollbar-active": "#540000",
        "scrollbar-background": "#000000",
        "scrollbar-background-hover": "#000000",
        "scrollbar-background-active": "#000000",
        "link-background-hover": "#280000",
        "link-color": "#F02010",
        "link-color-hover": "#F02010",
        "footer-key-foreground": "#EC1C00",
        "screen-selection-background": "#280000",
    },
)
"""Red on black: it keeps a person drowsy, and does not wake somebody beside them.

Text has a contrast of at least 4.5:1, which leaves few shades below the brightest red.
"""

SIXTEEN = Theme(
    name="sixteen",
    primary="#F9F1A5",
    secondary="#CCCCCC",
    accent="#61D6D6",
    foreground="#F2F2F2",
    background="#0C0C0C",
    surface="#0C0C0C",
    panel="#0C0C0C",
    success="#16C60C",
    warning="#F9F1A5",
    error="#E74856",
    dark=True,
    variables={
        "text": "#F2F2F2",
        "text-muted": "#CCCCCC",
        "text-disabled": "#767676",
        "text-primary": "#F9F1A5",
        "text-accent": "#61D6D6",
        "text-warning": "#F9F1A5",
        "text-error": "#E74856",
        "foreground-muted": "#CCCCCC",
        "block-cursor-background": "#F9F1A5",
        "block-cursor-foreground": "#0C0C0C",
        "block-cursor-text-style": "bold",
        "border": "#F9F1A5",
        "border-blurred": "#767676",
        "scrollbar": "#767676",
        "scrollbar-hover": "#CCCCCC",
        "scrollbar-active": "#F9F1A5",
        "scrollbar-background": "#0C0C0C",
        "scrollbar-background-hover": "#0C0C0C",
        "scrollbar-background-active": "#0C0C0C",
    },
)
"""For terminals with sixteen colours: Rich maps each of these to one of them."""

COLOURLESS = Theme(
    name="colourless",
    primary="ansi_default",
    foreground="ansi_default",
    background="ansi_default",
    dark=True,
    ansi=True,
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "block-cursor-text-style": "bold reverse",
        "input-cursor-text-style": "reverse",
    },
)
"""For NO_COLOR: only the terminal's own colours, bold and reversed."""

THEMES = (DARK, LIGHT, CONTRAST, OCEAN, MEADOW, NIGHT, SIXTEEN, COLOURLESS)
"""All of our themes."""

OWN = "own"
"""What the theme of a person's own colours is asked for by."""

BY_SETTING = {
    "dark": DARK.name,
    "light": LIGHT.name,
    "contrast": CONTRAST.name,
    "ocean": OCEAN.name,
    "meadow": MEADOW.name,
    OWN: OWN,
}
"""The themes that a person can choose by name, besides `auto`."""


def own_theme(own: Mapping[str, str]) -> Theme:
    """The theme of a person's own colours, named by them so that a change is another theme."""
    look = colours.whole(own)
    return _theme_of(f"{OWN} {' '.join(look.values())}", look)


_LIGHT_BACKGROUNDS = {"7", "15"}
"""The background colours that COLORFGBG gives for a light terminal."""


def has_no_colour(environment: Mapping[str, str]) -> bool:
    """Does NO_COLOR (https://no-color.org) ask for no colours?"""
    return bool(environment.get("NO_COLOR"))


def deciding_variable(environment: Mapping[str, str]) -> str:
    """The variable that decides the theme, whatever the settings say; empty if none does."""
    for variable in ("UNCRAMP_THEME", "TEXTUAL_THEME"):
        if environment.get(variable, "auto") not in ("", "auto"):
            return variable
    return "NO_COLOR" if has_no_colour(environment) else ""


def theme_for(
    environment: Mapping[str, str],
    asked_for: str = "auto",
    *,
    has_few_colours: bool = False,
    has_own: bool = False,
) -> str:
    """The name of the theme for the day, or `OWN`.

    UNCRAMP_THEME and TEXTUAL_THEME come first, then NO_COLOR, then the theme `asked_for` in
    the settings; for `auto`, the person's own colours if the settings have any, or else what
    the environment says about the terminal. It `has_few_colours` if it has no more than sixteen.
    """
    for variable in ("UNCRAMP_THEME", "TEXTUAL_THEME"):
        named = environment.get(variable)
        if named and named != "auto":
            return BY_SETTING.get(named, named)
    if has_no_colour(environment):
        return COLOURLESS.name
    if asked_for in BY_SETTING:
        return BY_SETTING[asked_for]
    if has_own:
        return OWN
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    if background in _LIGHT_BACKGROUNDS:
        return LIGHT.name
    return SIXTEEN.name if has_few_colours else DARK.name
