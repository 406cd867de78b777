"""The ways of making sound, by name."""

ORDER = (
    "miniaudio",
    "simpleaudio",
    "just-playback",
    "pw-play",
    "paplay",
    "aplay",
    "afplay",
    "winsound",
    "bell",
)
"""Every backend by name, the preferred one first."""
