"""The run screen's words about listening for claps, with how loud it is."""

from uncramp.session.conductor import Conductor

METER = "▁▂▃▄▅▆▇█"
"""A sign for each level."""


def ear_sign(conductor: Conductor) -> str:
    """A word or two, and the meter; "" if it does not listen and should not."""
    status = conductor.ear.status if conductor.ear is not None else None
    if status is None or not status.words:
        return ""
    if not status.is_listening:
        return "Not listening"
    if status.is_silent:
        return "Hears nothing"
    return "Listening" if status.level is None else f"Listening {METER[status.level]}"


def ear_words(conductor: Conductor) -> str:
    """All about listening, in sentences; "" if it does not listen and should not."""
    return conductor.ear.status.words if conductor.ear is not None else ""


def ear_trouble(conductor: Conductor) -> str:
    """Why it does not listen or hears nothing; "" if all is well."""
    status = conductor.ear.status if conductor.ear is not None else None
    if status is None or (status.is_listening and not status.is_silent):
        return ""
    return status.words
