"""How the value of each type of key is read, and what is said of one that is not of that type."""

import re
from collections.abc import Callable
from datetime import time
from typing import Any

from uncramp.core.keys import KNOWN_CONDITIONS, KNOWN_KINDS, Key, Owner, Type
from uncramp.core.locate import Path
from uncramp.core.model import PromptWhen, Sides, Sound
from uncramp.core.page import Page, kind_of
from uncramp.core.points import Point
from uncramp.core.problems import Severity
from uncramp.core.spelling import listed
from uncramp.core.texts import is_kebab, kebab, on_one_line, unseen_in
from uncramp.core.units import HOW_TO_WRITE, NotALength, guessed, parse_length

WRONG = object()
"""Stands for a value of which a problem has been told."""

Reader = Callable[[Page, Key, Any, Path], Any]

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
_OUT_OF_FOLDER = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\~]|^[A-Za-z]:")
_LOOKS_LIKE_FILE = re.compile(r"[/\\]|\.[A-Za-z0-9]{2,4}$")


def read_value(page: Page, key: Key, value: Any, path: Path) -> Any:
    """What `value`, written at `path` for `key`, means to the program.

    `WRONG` where a problem was told instead. Tables within are handed back as they
    are, to be read by whoever knows their place.
    """
    return _READERS[key.type](page, key, value, path)


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
    message = f"is {kind_of(value)}, and this takes text"
    if isinstance(value, bool | float) or (isinstance(value, int) and abs(value) < 10**15):
        written = str(value).lower() if isinstance(value, bool) else str(value)
        page.error(path, "wrong-type", f'{message}. Put it in quotes: "{written}".', f'"{written}"')
    else:
        page.error(path, "wrong-type", f'{message}. Write words in quotes: {key.name} = "…".')
    return WRONG


def _line(page: Page, key: Key, value: Any, path: Path) -> Any:
    return _text(page, key, value, path, may_break=False)


def _prose(page: Page, key: Key, value: Any, path: Path) -> Any:
    return _text(page, key, value, path, may_break=True)


def _list_of(read: Reader) -> Reader:
    """A reader of a list of what `read` reads; one wrong entry does not hide another."""

    def read_list(page: Page, key: Key, value: Any, path: Path) -> Any:
        if not isinstance(value, list):
            message = f"is {kind_of(value)}, and this takes a list"
            if isinstance(value, str) and len(value) < 60:
                mend = f'["{value}"]'
                page.error(path, "wrong-type", f"{message}. Put it in brackets: {mend}.", mend)
            else:
                page.error(path, "wrong-type", f"{message}. Write one in square brackets.")
            return WRONG
        if key.least and len(value) < key.least:
            page.error(path, "empty", f'is an empty list. Fill it, or leave out "{key.name}".')
            return WRONG
        entries = [read(page, key, entry, (*path, at)) for at, entry in enumerate(value)]
        return WRONG if any(entry is WRONG for entry in entries) else tuple(entries)

    return read_list


def _condition(page: Page, key: Key, value: Any, path: Path) -> Any:
    word = _line(page, key, value, path)
    if word is WRONG:
        return WRONG
    if not is_kebab(word):
        mend = kebab(word)
        page.error(
            path,
            "not-a-condition",
            "is not written as a condition. Use small letters, with hyphens for spaces"
            + (f': "{mend}".' if mend else "."),
            mend or None,
        )
        return WRONG
    if word not in KNOWN_CONDITIONS:
        near = page.nearest(word, KNOWN_CONDITIONS)
        if near:
            page.warn(
                path,
                "unknown-condition",
                f'is a word of your own, which is fine. Did you mean "{near}"?',
                near,
            )
    return word


def _kind(page: Page, key: Key, value: Any, path: Path) -> Any:
    word = _line(page, key, value, path)
    if word is not WRONG and word not in KNOWN_KINDS:
        near = page.nearest(word, KNOWN_KINDS)
        if near:
            page.warn(
                path,
                "unknown-kind",
                f'is a word of your own, which is fine. Did you mean "{near}"?',
                near,
            )
    return word


def _language(page: Page, key: Key, value: Any, path: Path) -> Any:
    tag = _line(page, key, value, path)
    if tag is WRONG or _LANGUAGE.fullmatch(tag):
        return tag
    mend = tag.replace("_", "-").partition(".")[0]
    suggestion = mend if _LANGUAGE.fullmatch(mend) else None
    page.error(
        path,
        "not-a-language",
        "is not a language tag. Write "
        + (f'"{suggestion}".' if suggestion else 'it like "en", "de-CH" or "zh-Hans".'),
        suggestion,
    )
    return WRONG


def _length(page: Page, key: Key, value: Any, path: Path) -> Any:
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


def _moment(page: Page, key: Key, value: Any, path: Path) -> Any:
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
            "is not a moment of the step. Write "
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


def _range(page: Page, key: Key, value: Any, path: Path) -> Any:
    if not isinstance(value, list) or len(value) != 2:
        page.error(
            path,
            "not-a-range",
            'is not a range. Write the shortest and the longest time: ["5m", "20m"].',
        )
        return WRONG
    ends = [_length(page, key, end, (*path, at)) for at, end in enumerate(value)]
    if WRONG in ends:
        return WRONG
    if ends[0] > ends[1]:
        page.error(path, "not-a-range", "begins with the longer time. Write the shortest first.")
        return WRONG
    return (ends[0], ends[1])


def _flag(page: Page, key: Key, value: Any, path: Path) -> Any:
    if isinstance(value, bool):
        return value
    mend = None
    if isinstance(value, str):
        mend = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false",
                "off": "false"}.get(value.strip().casefold())  # fmt: skip
    how = f"Write {mend}, without quotes." if mend else "Write true or false, without quotes."
    page.error(path, "wrong-type", f"is {kind_of(value)}, and this is a yes or no. {how}", mend)
    return WRONG


def _number(page: Page, key: Key, value: Any, path: Path) -> Any:
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
        page.error(path, "wrong-type", f"is {kind_of(value)}, and this takes {what}. {how}", mend)
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


def _sides(page: Page, key: Key, value: Any, path: Path) -> Any:
    known = tuple(sides.value for sides in Sides)
    if isinstance(value, str) and value in known:
        return Sides(value)
    what = "is not a kind of side"
    if isinstance(value, str):
        meant = _SIDES_MEANT.get(value.strip().casefold())
        if meant:
            page.error(path, "unknown-side", f'{what}. Did you mean "{meant}"?', meant)
        else:
            choice = f"Write {listed(known)}."
            page.tell_unknown(path, "unknown-side", what, value, known, choice)
    else:
        page.error(path, "unknown-side", f"{what}. Write {listed(known)}.")
    return WRONG


_SIDES_MEANT = {
    "l": "left", "r": "right", "left leg": "left", "right leg": "right", "every": "each",
    "all": "each", "either": "affected", "2": "each", "two": "each", "together": "both",
    "left and right": "each", "left then right": "each", "cramped": "affected",
}  # fmt: skip


def _point(page: Page, key: Key, value: Any, path: Path) -> Any:
    name = _line(page, key, value, path)
    if name is WRONG:
        return WRONG
    atlas = page.around.atlas
    found: Point | None = atlas.find(name)
    if found is None:
        some = listed((p.label for p in atlas.points[:4]), "and")
        page.tell_unknown(
            path,
            "unknown-point",
            "is not a point of the atlas",
            name,
            atlas.spellings(),
            f"It has {some}, among others." if some else "",
        )
        return WRONG
    return found


def _figure(page: Page, key: Key, value: Any, path: Path) -> Any:
    name = _line(page, key, value, path)
    figures = page.around.atlas.figures
    if name is WRONG or name in figures:
        return name
    there = f"There are {listed(figures, 'and')}." if figures else ""
    page.tell_unknown(path, "unknown-figure", "is not a picture of the atlas", name, figures, there)
    return WRONG


def _sound(page: Page, key: Key, value: Any, path: Path) -> Any:
    if value is False:
        return None
    if not isinstance(value, str):
        page.error(
            path,
            "wrong-type",
            f"is {'true' if value is True else kind_of(value)}, and no sound. "
            "Write a sound's name, or false for silence.",
        )
        return WRONG
    name = _line(page, key, value, path)
    if name is WRONG:
        return WRONG
    if name in page.around.sounds:
        return Sound(name)
    if _LOOKS_LIKE_FILE.search(name) or name.startswith((".", "~")):
        return _sound_file(page, name, path)
    if name.casefold() in ("none", "off", "no", "silent", "silence", "mute", "null", "false"):
        message = "is not a bundled sound. For silence, write false without quotes."
        page.error(path, "unknown-sound", message, "false")
        return WRONG
    sounds = page.around.sounds
    there = f"There are {listed(sorted(sounds), 'and')}." if sounds else ""
    page.tell_unknown(path, "unknown-sound", "is not a bundled sound", name, sounds, there)
    return WRONG


def _sound_file(page: Page, name: str, path: Path) -> Any:
    if _OUT_OF_FOLDER.search(name):
        page.error(
            path,
            "sound-outside",
            "is outside of the routine's folder. Put the file beside the routine, "
            'and write "./" and its name.',
        )
        return WRONG
    if not name.startswith("./"):
        mend = "./" + name.replace("\\", "/")
        page.error(
            path,
            "unknown-sound",
            f'is not a bundled sound. For a file beside the routine, write "{mend}".',
            mend,
        )
        return WRONG
    folder = page.source.folder
    if folder is None:
        page.error(
            path,
            "no-folder",
            "is a file, and this routine stands in no folder. Write a bundled sound's name.",
        )
        return WRONG
    problem = page.around.sound_problem(folder, name)
    if problem:
        page.error(path, "sound-file", problem)
        return WRONG
    return Sound(name, folder)


def _routine(page: Page, key: Key, value: Any, path: Path) -> Any:
    routine_id = _line(page, key, value, path)
    if routine_id is WRONG or is_kebab(routine_id):
        return routine_id
    bare = routine_id.removesuffix(".toml").removeprefix("./")
    mend = None if re.search(r"[/\\]", bare) else kebab(bare) or None
    how = (
        f'its file\'s name without .toml. Write "{mend}".'
        if mend
        else "the name of a file beside this one, or of one in the library, without .toml."
    )
    page.error(path, "unknown-routine", f"is not a routine's id, which is {how}", mend)
    return WRONG


def _tables(page: Page, key: Key, value: Any, path: Path) -> Any:
    header = "steps" if path == ("steps",) else f"steps.{key.name}"
    if isinstance(value, dict):
        page.error(
            path,
            "single-bracket",
            f"has single brackets. Write double ones, [[{header}]], for each of them.",
            f"[[{header}]]",
        )
        return WRONG
    if not isinstance(value, list):
        page.error(
            path,
            "wrong-type",
            f"is {kind_of(value)}. Begin each one with a line [[{header}]].",
            f"[[{header}]]",
        )
        return WRONG
    if key.least and not value:
        page.error(path, "empty", f"is empty. Write at least one, under a line [[{header}]].")
        return WRONG
    return value


def _table(page: Page, key: Key, value: Any, path: Path) -> Any:
    if isinstance(value, dict):
        return value
    how = f"Write [{key.name}]" if key.owner is Owner.ROUTINE else f"Write {key.name} = {{ … }}"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        page.error(path, "wrong-type", f"has double brackets. {how}, once.")
    else:
        page.error(path, "wrong-type", f"is {kind_of(value)}, and this is a table. {how}.")
    return WRONG


_READERS: dict[Type, Reader] = {
    Type.LINE: _line,
    Type.PROSE: _prose,
    Type.SENTENCES: _list_of(_prose),
    Type.WORDS: _list_of(_line),
    Type.CONDITIONS: _list_of(_condition),
    Type.KIND: _kind,
    Type.LANGUAGE: _language,
    Type.LENGTH: _length,
    Type.PAUSE: _length,
    Type.MOMENT: _moment,
    Type.RANGE: _range,
    Type.FLAG: _flag,
    Type.WHOLE: _number,
    Type.NUMBER: _number,
    Type.SIDES: _sides,
    Type.POINT: _point,
    Type.POINTS: _list_of(_point),
    Type.FIGURE: _figure,
    Type.SOUND: _sound,
    Type.ROUTINE: _routine,
    Type.STEPS: _tables,
    Type.PROMPTS: _tables,
    Type.TABLE: _table,
    Type.ANYTHING: _table,
}
