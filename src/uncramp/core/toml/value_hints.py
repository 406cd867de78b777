"""Mistakes in the value of a key: quotes, commas, brackets, backslashes, numbers."""

import re

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.lazy.pattern import lazy_pattern
from uncramp.core.text.durations import NotALength, guessed, parse_length
from uncramp.core.toml.recovery import Statement
from uncramp.core.toml.refusals import Refusal, Stop

_CURLY = "“”„‟«»‘’‚‛"
"""Quotes of books and word processors."""

_LONGEST_QUOTED = 80
"""A longer text is not repeated to show how to quote it."""

_OPENS_LIST = lazy_pattern(r"[\[{]")


@dataclass(frozen=True, slots=True)
class Slip:
    """Something that is not TOML, and how to write it."""

    code: str
    start: int
    """Offsets of the text that the message continues."""
    end: int
    message: str
    suggestion: str | None = None


def quoted(value: str) -> str:
    """The value as TOML would have it: in quotes, if it is not a number or true or false."""
    text = value.strip()
    if len(text) > _LONGEST_QUOTED:
        return '"…"'
    if re.fullmatch(r"[+-]?(0|[1-9]\d*)(\.\d+)?|true|false|\[.*\]|\{.*\}", text):
        return text
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" and text[0] not in text[1:-1]:
        return text
    inner = text.strip("\"'" + _CURLY)
    if '"' in inner or "\\" in inner:
        return f"'{inner}'" if "'" not in inner else '"…"'
    return f'"{_as_length(inner)}"'


def _as_length(text: str) -> str:
    """The length that the text was meant as: `5 minutes` gives `5m`."""
    try:
        parse_length(text)
    except NotALength:
        return guessed(text) or text
    return text


def slip_in_value(text: str, stop: Stop, statement: Statement) -> Slip | None:
    """The mistake in the statement's value, where TOML's reader stopped at `stop`."""
    start = statement.value_start
    value = text[start : statement.end]
    name = text[statement.start : statement.key_end].strip()
    if not value or value.startswith("#"):
        return Slip(
            "no-value",
            statement.start,
            statement.key_end,
            f"has no value. Write {name} = and then a value.",
        )
    if value.startswith(('"""', "'''")):
        return _long_text(text, stop.offset, statement, value)
    if _OPENS_LIST.match(value):
        return _in_brackets(text, stop, statement)
    if value[0] in "\"'":
        return _in_quotes(text, stop, statement, name)
    return _bare(start, value, name)


def _long_text(text: str, offset: int, statement: Statement, value: str) -> Slip | None:
    if not statement.is_closed:
        start = statement.value_start
        return Slip(
            "one-quote",
            start,
            start + 3,
            f"opens a long text that never closes. Close it with {value[:3]}.",
        )
    return _backslash(text, offset)


def _backslash(text: str, offset: int) -> Slip | None:
    at = text.rfind("\\", 0, offset + 1)
    if at < 0 or offset - at > 10:
        return None
    return Slip(
        "backslash",
        at,
        at + 2,
        "has a backslash, which is special in double quotes. Write two of them, "
        "or put single quotes around the text.",
    )


def _in_quotes(text: str, stop: Stop, statement: Statement, name: str) -> Slip | None:
    start = statement.value_start
    value = text[start : statement.end].partition("\n")[0].rstrip()
    quote = value[0]
    if stop.refusal is Refusal.BACKSLASH:
        return _backslash(text, stop.offset)
    closing = re.search(r'(?<!\\)"' if quote == '"' else "'", value[1:])
    if not closing:
        inner = value[1:].rstrip(",;").rstrip(_CURLY) if len(value) <= _LONGEST_QUOTED else "…"
        meant = f"{name} = {quote}{inner}{quote}"
        message = f"has no quote at its end. Write {meant}."
        return Slip("one-quote", start, start + len(value), message, meant)
    end = closing.end() + 1
    after = value[end:].lstrip()
    at = start + len(value) - len(after)
    if after[:1] in (",", ";"):
        what = "comma" if after[0] == "," else "semicolon"
        return Slip(
            "comma",
            at,
            at + 1,
            f"is a {what}, which does not belong at the end of a line. Take it out.",
        )
    if after.startswith(("//", ";")):
        return Slip("comment", at, at + 2, 'does not start a comment in TOML. Write "#".', "#")
    if re.match(r"[A-Za-z_][\w-]*\s*=", after):
        return Slip("two-in-a-line", at, start + len(value), "must be on a line of its own.")
    if value.count(quote) > 2:
        other = "'" if quote == '"' else '"'
        inner = value[1 : value.rindex(quote)]
        swapped = (
            f"{name} = {other}{inner}{other}"
            if other not in inner and len(inner) <= _LONGEST_QUOTED
            else None
        )
        how = f"Write {swapped}." if swapped else 'Put a backslash before each inner one: \\".'
        return Slip(
            "inner-quotes",
            start,
            start + len(value),
            f"has quotes inside its quotes. {how}",
            swapped,
        )
    return Slip(
        "after-value", at, start + len(value), "comes after the closing quote. Put it inside."
    )


def _open_quote(text: str, stop: Stop, statement: Statement) -> Slip | None:
    """A text inside brackets that is not closed on its line, or that has a backslash."""
    offset = stop.offset
    if stop.refusal is Refusal.BACKSLASH:
        return _backslash(text, offset)
    if stop.refusal is not Refusal.CHARACTER or text[offset : offset + 1] not in ("\n", "\r"):
        return None
    line_start = max(text.rfind("\n", 0, offset) + 1, statement.value_start)
    quote = max(text.rfind('"', line_start, offset), text.rfind("'", line_start, offset))
    if quote < 0:
        return None
    message = "opens a text that does not end on this line. Look for a missing quote."
    return Slip("one-quote", quote, quote + 1, message)


def _in_brackets(text: str, stop: Stop, statement: Statement) -> Slip | None:
    start, offset = statement.value_start, stop.offset
    value = text[start : statement.end]
    slip = _open_quote(text, stop, statement)
    if slip:
        return slip
    opening = value[0]
    closing, what = ("]", "list") if opening == "[" else ("}", "table")
    if offset < statement.end and text[offset : offset + 1] not in ("\n", ""):
        slip = _entry(text, offset, statement)
        if slip:
            return slip
    if not statement.is_closed:
        return Slip(
            "unclosed",
            start,
            start + 1,
            f'opens a {what} that never closes. Close it with "{closing}".',
        )
    if opening == "{" and "\n" in value:
        return Slip(
            "table-over-lines",
            start,
            start + len(value.partition("\n")[0].rstrip()),
            "is a table in braces, which must end on the line where it starts. "
            "Write all of it on one line.",
        )
    after = value[value.rfind(closing) + 1 :].strip()
    if after:
        at = start + value.rfind(after)
        if after[0] in ",;":
            return Slip("comma", at, at + 1, "does not belong at the end of a line. Take it out.")
        return Slip("after-value", at, at + len(after), f"comes after the {what}. Take it out.")
    return None


def _entry(text: str, offset: int, statement: Statement) -> Slip | None:
    """What is wrong at `offset`, inside brackets."""
    rest = text[offset : statement.end].partition("\n")[0]
    before = text[statement.value_start : offset].rstrip()
    word = re.match(r"[^,\]}#\"'=:]+", rest)
    if rest[0] in _CURLY:
        return Slip("curly-quotes", offset, offset + 1, _CURLY_WORDS, '"')
    if rest[0] == ":":
        return Slip(
            "colon", offset, offset + 1, 'is a colon. Write "=" between key and value.', "="
        )
    if rest[0] == "}" and before.endswith(","):
        at = text.rindex(",", 0, offset)
        return Slip("comma", at, at + 1, "is one comma too many. Take it out.")
    if rest[0] in "\"'" and before.endswith(('"', "'")) and not before.endswith(("[", ",")):
        return Slip(
            "no-comma", offset, offset + 1, "starts another entry. Write a comma before it.", ","
        )
    if rest[0] == "\\" or text[offset - 1 : offset] == "\\":
        return _backslash(text, offset)
    if word and before.endswith(("[", ",", "=")):
        bare = word[0].rstrip()
        meant = quoted(bare)
        if meant != bare:
            return Slip(
                "no-quotes",
                offset,
                offset + len(bare),
                f"has no quotes around it. Write {meant}.",
                meant,
            )
    if word and re.search(r"\w$", before) and opening_of(before) == "{":
        bare = word[0].rstrip()
        meant = quoted(re.split(r"[=,{]\s*", before)[-1] + text[offset : offset + len(bare)])
        start = offset - len(re.split(r"[=,{]\s*", before)[-1])
        return Slip(
            "no-quotes",
            start,
            offset + len(bare),
            f"has no quotes around it. Write {meant}.",
            meant,
        )
    return None


def opening_of(before: str) -> str:
    """The bracket that the text after `before` is inside."""
    depth = 0
    for character in reversed(before):
        if character in "]}":
            depth += 1
        elif character in "[{":
            if depth == 0:
                return character
            depth -= 1
    return ""


_CURLY_WORDS = 'is a curly quote. TOML uses straight ones: ".'


def _bare(start: int, value: str, name: str) -> Slip | None:
    """A value that begins with no quote and no bracket."""
    line = value.partition("\n")[0].rstrip()
    if line[0] in _CURLY:
        meant = f"{name} = {quoted(line.rstrip(',;'))}"
        message = f"has curly quotes. TOML uses straight ones: {meant}."
        return Slip("curly-quotes", start, start + len(line), message, meant)
    bare = re.split(r"\s#", line)[0].rstrip()
    end = start + len(bare)
    plain = bare.rstrip(",; ")
    lowered = plain.casefold()
    second = re.match(r"([\d.]+|true|false)\s+(?=[A-Za-z_][\w-]*\s*=)", bare)
    if second:
        return Slip("two-in-a-line", start + second.end(), end, "must be on a line of its own.")
    if lowered in ("true", "false", "yes", "no", "on", "off"):
        if plain in ("true", "false"):
            return Slip("comma", start + len(plain), end, "does not belong here. Take it out.")
        meant = f"{name} = {'true' if lowered in ('true', 'yes', 'on') else 'false'}"
        return Slip("true-or-false", start, end, f"is not true or false. Write {meant}.", meant)
    if lowered in ("none", "null", "nil", "undefined"):
        message = f"means nothing in TOML. For no value, leave out {name}."
        return Slip("no-value", start, end, message)
    if bare.startswith("("):
        return Slip("brackets", start, start + 1, 'does not open a list. Write "[" and "]".', "[")
    return _number(start, bare, plain, name) or _no_quotes(start, end, plain, name)


def _number(start: int, bare: str, plain: str, name: str) -> Slip | None:
    end = start + len(bare)
    if re.fullmatch(r"[+-]?0\d+", plain):
        meant = f"{name} = {int(plain)}"
        return Slip("number", start, end, f"starts with a zero. Write {meant}.", meant)
    if re.fullmatch(r"\d+,\d+", plain):
        meant = f"{name} = {plain.replace(',', '.')}"
        return Slip("number", start, end, f"has a decimal comma. Write {meant}.", meant)
    if re.fullmatch(r"\.\d+|\d+\.", plain):
        whole, _, part = plain.partition(".")
        meant = f"{name} = {whole or 0}.{part or 0}"
        message = f"has no digit on one side of its decimal point. Write {meant}."
        return Slip("number", start, end, message, meant)
    if re.fullmatch(r"[+-]?\d+(\.\d+)?", plain) and bare != plain:
        at = start + len(plain)
        return Slip("comma", at, at + 1, "does not belong at the end of a line. Take it out.")
    return None


def _no_quotes(start: int, end: int, plain: str, name: str) -> Slip | None:
    if not plain:
        return Slip("no-value", start, end, f"is not a value. Write {name} = and then a value.")
    meant = f"{name} = {quoted(plain)}"
    if plain[-1] in "\"'" and plain.count(plain[-1]) == 1:
        return Slip("one-quote", start, end, f"has no quote at its start. Write {meant}.", meant)
    return Slip("no-quotes", start, end, f"has no quotes around it. Write {meant}.", meant)
