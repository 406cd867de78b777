"""How values that stand for themselves are read: text, lengths, numbers, yes and no.

Each reader gives what the value means, or `WRONG` where it has told a problem.
"""

import re
from datetime import time
from typing import Any

from uncramp.core.routine.keys import Key, Type
from uncramp.core.routine.model import PromptWhen
from uncramp.core.text.durations import HOW_TO_WRITE, NotALength, guessed, parse_length
from uncramp.core.text.safe_text import on_one_line, unseen_in
from uncramp.core.toml.document import Page, kind_of
from uncramp.core.toml.positions import Path
from uncramp.core.toml.problems import Severity

WRONG = object()
"""Stands for a value of which a problem has been told."""


def _text(page: Page, key: Key, value: Any, path: Path, *, may_break: bool) -> Any:
    if not isinstance(value, str):
        return _refuse_as_text(page, key, value, path)
    unseen = unseen_in(value, may_break=may_break)
    if unseen in ("U+000A", "U+000D", "U+0009"):
        is_tab = unseen == "U+0009"
        what = (
            "a tab in it. Write a space" if is_tab else "a line break in it. Write it on one line"
        )
        page.error(path, "control-character", f"has {what}.")
        return WRONG
    if unseen:
        how = "Take it out."
        if unseen in ("U+0008", "U+000C"):
            how = "A backslash in double quotes makes one: write two, or use single quotes."
        message = f"has the control character {unseen} in it. {how}"
        page.error(path, "control-character", message)
        return WRONG
    text = on_one_line(value)
    if not text:
        has_to_be = key.is_required or key.name == "name"
        how = "" if has_to_be else f', or leave out "{key.name}"'
        page.error(path, "empty", f"is empty. Write some words{how}.")
        return WRONG
    if key.most and len(text) > key.most:
        page.error(
            path,
            "too-long",
            f"is {len(text):,} characters long; there is room for {int(key.most):,}.",
        )
        return WRONG
    return text


def _refuse_as_text(page: Page, key: Key, value: Any, path: Path) -> Any:
    if page.problems.is_full:
        page.problems.count(Severity.ERROR)
        return WRONG
    message = f"is {kind_of(value)}, but this takes text"
    if isinstance(value, bool | float) or (isinstance(value, int) and abs(value) < 10**15):
        written = str(value).lower() if isinstance(value, bool) else str(value)
        page.error(path, "wrong-type", f'{message}. Put it in quotes: "{written}".', f'"{written}"')
    else:
        page.error(path, "wrong-type", f'{message}. Write words in quotes: {key.name} = "…".')
    return WRONG


def read_line(page: Page, key: Key, value: Any, path: Path) -> Any:
    """Text of one line."""
    return _text(page, key, value, path, may_break=False)


def read_prose(page: Page, key: Key, value: Any, path: Path) -> Any:
    """Text whose line breaks count as spaces."""
    return _text(page, key, value, path, may_break=True)


def read_length(page: Page, key: Key, value: Any, path: Path) -> Any:
    """A length of time, in milliseconds; 0 only where the key takes a pause."""
    if isinstance(value, time) and not value.tzinfo:
        mend = f'"{value.hour}:{value.minute:02}:{value.second:02}"'
        page.error(
            path,
            "not-a-length",
            f"is a time of day. Put it in quotes to make it a length: {mend}.",
            mend,
        )
        return WRONG
    try:
        length_ms = parse_length(value, may_be_zero=key.type is Type.PAUSE)
    except NotALength as error:
        return _refuse_length(page, value, path, str(error))
    if key.least and length_ms < key.least:
        page.error(path, "too-short", f'is too often. Write "{int(key.least) // 1000}s" or more.')
        return WRONG
    return length_ms


def _refuse_length(page: Page, value: Any, path: Path, message: str) -> Any:
    mend = guessed(value) if isinstance(value, str) else None
    if mend and message.endswith(HOW_TO_WRITE) and f'"{mend}"' not in HOW_TO_WRITE:
        message = message.replace(HOW_TO_WRITE, f'Write "{mend}".')
    if "than 0" in message:
        message += " Write 0 or more." if message.startswith("is less") else ' Write "1s" or more.'
    code = "not-a-length" if message.endswith(".") and "length" in message else "out-of-range"
    page.error(path, code, message, f'"{mend}"' if mend else None)
    return WRONG


def read_moment(page: Page, key: Key, value: Any, path: Path) -> Any:
    """From where a prompt is counted, and how many milliseconds."""
    if isinstance(value, str) and value.strip().casefold() == "halfway":
        return PromptWhen.HALFWAY, 0
    when = PromptWhen.AFTER
    if isinstance(value, str) and value.strip().startswith("-"):
        when, value = PromptWhen.BEFORE_END, value.strip()[1:]
    elif isinstance(value, int | float) and not isinstance(value, bool) and value < 0:
        when, value = PromptWhen.BEFORE_END, -value
    try:
        return when, parse_length(value)
    except NotALength as error:
        message = str(error)
    if message.endswith(HOW_TO_WRITE):
        near = page.nearest(value, ("halfway", "middle", "half")) if isinstance(value, str) else ""
        mend = '"halfway"' if near else None
        page.error(
            path,
            "not-a-moment",
            "is not a moment in the step. Write "
            + ('"halfway".' if near else '"10m" from its start, "-1m" before its end, '
               'or "halfway".'),
            mend,
        )  # fmt: skip
    elif message == "is not more than 0.":
        page.error(
            path,
            "not-a-moment",
            'is the step\'s very start or end. Give the step a "say", or write a later moment.',
        )
    else:
        page.error(path, "out-of-range", message)
    return WRONG


def read_range(page: Page, key: Key, value: Any, path: Path) -> Any:
    """The shortest and the longest length, in milliseconds."""
    if not isinstance(value, list) or len(value) != 2:
        page.error(
            path,
            "not-a-range",
            'is not a range. Write the shortest and the longest time: ["5m", "20m"].',
        )
        return WRONG
    ends = [read_length(page, key, end, (*path, at)) for at, end in enumerate(value)]
    if WRONG in ends:
        return WRONG
    if ends[0] > ends[1]:
        page.error(path, "not-a-range", "puts the longer time first. Write the shortest first.")
        return WRONG
    return (ends[0], ends[1])


def read_flag(page: Page, key: Key, value: Any, path: Path) -> Any:
    """True or false."""
    if isinstance(value, bool):
        return value
    mend = None
    if isinstance(value, str):
        mend = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false",
                "off": "false"}.get(value.strip().casefold())  # fmt: skip
    how = f"Write {mend}, without quotes." if mend else "Write true or false, without quotes."
    page.error(
        path, "wrong-type", f"is {kind_of(value)}, but this takes true or false. {how}", mend
    )
    return WRONG


def read_number(page: Page, key: Key, value: Any, path: Path) -> Any:
    """A number within the bounds of its key."""
    is_whole = key.type is Type.WHOLE
    what = "a whole number" if is_whole else "a number"
    if isinstance(value, bool) or not isinstance(value, int | float):
        mend = None
        if isinstance(value, str) and re.fullmatch(r"\d{1,9}" if is_whole else r"\d{0,9}\.?\d+",
                                                   value.strip(), re.ASCII):  # fmt: skip
            mend = value.strip()
        how = f"Write {mend} without quotes." if mend else f"Write {_bounds(key)}."
        if value is False and key.least == 0:
            mend, how = "0", "Write 0 for none."
        page.error(path, "wrong-type", f"is {kind_of(value)}, but this takes {what}. {how}", mend)
        return WRONG
    if is_whole and isinstance(value, float):
        page.error(path, "wrong-type", f"is not a whole number. Write {_bounds(key)}.")
        return WRONG
    if not (key.least is None or value >= key.least) or not (key.most is None or value <= key.most):
        page.error(path, "out-of-range", f"is out of range. Write {_bounds(key)}.")
        return WRONG
    return value


def _bounds(key: Key) -> str:
    what = "a whole number" if key.type is Type.WHOLE else "a number"
    if key.least is not None and key.most is not None:
        return f"{what} from {key.least:g} to {key.most:g}"
    return f"{what}, {key.least:g} or more" if key.least is not None else what
