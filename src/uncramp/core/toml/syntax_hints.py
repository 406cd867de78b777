"""What mistakes in TOML look like, and how to write it right: TOML's errors in our words.

Each check recognizes one mistake. They run in order, the most certain first.
"""

import re
from collections.abc import Callable, Iterator

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.lazy.pattern import lazy_pattern
from uncramp.core.text.safe_text import unseen_in
from uncramp.core.text.suggestions import nearest
from uncramp.core.toml.file_kind import FileKind
from uncramp.core.toml.recovery import Statement, statements
from uncramp.core.toml.refusals import Refusal, Stop
from uncramp.core.toml.value_hints import Slip, quoted, slip_in_value

__all__ = ["Slip", "ends_reading", "other_control_characters", "slip_of"]


@dataclass(frozen=True, slots=True)
class Refused:
    """A statement that TOML's reader refused, and what the checks need."""

    text: str
    stop: Stop
    statement: Statement
    kind: FileKind

    @property
    def written(self) -> str:
        """The statement as it was written."""
        return self.text[self.statement.start : self.statement.end]

    @property
    def line(self) -> str:
        """The first line of the statement."""
        return self.written.partition("\n")[0].rstrip()

    def slip(
        self, code: str, message: str, start: int, end: int, suggestion: str | None = None
    ) -> Slip:
        """A mistake from `start` to `end`, counted from the statement's beginning."""
        at = self.statement.start
        return Slip(code, at + start, at + end, message, suggestion)

    def slip_of_line(self, code: str, message: str) -> Slip:
        """A mistake that is the statement's whole first line."""
        return self.slip(code, message, 0, len(self.line))


_WHOLE_FILE = ("json", "line-ends")
"""Codes of mistakes after which reading on is pointless."""

_ANOTHER_LANGUAGE = ("yaml", "not-toml")
"""Codes of mistakes after which it is, unless the file has TOML besides."""

_YAML_LINE = lazy_pattern(r"^[ \t]*(?:- )?[A-Za-z_][\w-]*:(?:[ \t]|$)", re.MULTILINE)
_TOML_LINE = lazy_pattern(r"^[ \t]*[A-Za-z_][\w-]*[ \t]*=|^[ \t]*\[\[?[A-Za-z]", re.MULTILINE)


def ends_reading(text: str, slip: Slip) -> bool:
    """Would reading on after the mistake only report what the same mistake causes?"""
    if slip.code in _ANOTHER_LANGUAGE:
        return not _TOML_LINE.search(text)
    return slip.code in _WHOLE_FILE


def slip_of(text: str, stop: Stop, statement: Statement | None, kind: FileKind) -> Slip:
    """The mistake that made TOML's reader stop at `stop`, in a file of that kind."""
    unseen = _control_character(text, stop.offset)
    if unseen:
        return unseen
    if statement is None:
        return Slip("not-toml", 0, 0, f"The file is not TOML: {stop.words}.")
    refused = Refused(text, stop, statement, kind)
    for look in _LOOKS:
        slip = look(refused)
        if slip:
            return slip
    if statement.is_pair:
        slip = slip_in_value(text, stop, statement)
        if slip:
            return slip
    return _unknown(refused)


def _unknown(refused: Refused) -> Slip:
    at = min(max(refused.stop.offset, refused.statement.start), max(len(refused.text) - 1, 0))
    meant = _WHAT_IT_MEANS.get(refused.stop.refusal)
    if meant:
        return Slip("misplaced", at, at + 1, meant)
    return Slip("not-toml", at, at + 1, f"is not TOML: {refused.stop.words}.")


_WHAT_IT_MEANS = {
    Refusal.AFTER_STATEMENT: "comes after the value. Put it on a line of its own, or take it out.",
    Refusal.IN_LIST: "does not belong in a list. Put commas between the entries.",
    Refusal.IN_TABLE: "does not belong in braces. Write { key = value, key = value }.",
    Refusal.EQUALS_SIGN: "is where an equals sign should be. Write key = value.",
    Refusal.KEY: "is not a key. Write key = value.",
    Refusal.VALUE: "is not a value. Write text in quotes, a number, true, false or a list.",
    Refusal.STATEMENT: "is neither a key with a value nor a comment.",
}
"""The message if no check recognizes the mistake."""


def _control_character(text: str, offset: int) -> Slip | None:
    found = text[offset : offset + 1]
    if found == "\r":
        return Slip(
            "line-ends",
            offset,
            offset + 1,
            "is an old-style line ending, a lone CR. Save the file with LF or CRLF line ends.",
        )
    unseen = unseen_in(found, may_break=True)
    if unseen and (unseen < "U+00A0" or found == "\ufeff"):
        return Slip(
            "control-character",
            offset,
            offset + 1,
            f"is the control character {unseen}. Take it out.",
        )
    return None


def other_control_characters(text: str, first: Slip, statement: Statement) -> Iterator[Slip]:
    """The control characters of the statement besides the `first`, each one once."""
    named = {text[first.start]}
    for offset in range(first.end, statement.end):
        if text[offset] in named or text[offset] in "\r\n\t":
            continue
        slip = _control_character(text, offset)
        if slip:
            named.add(text[offset])
            yield slip


def _other_language(refused: Refused) -> Slip | None:
    first = refused.text.lstrip()
    line = refused.line
    if first.startswith("{") and refused.text.find(first) == refused.statement.start:
        return refused.slip_of_line(
            "json",
            f"looks like JSON. {refused.kind.how_to_begin}",
        )
    if re.fullmatch(r"---.*|%YAML.*", line):
        return refused.slip_of_line(
            "yaml",
            f"looks like YAML. {refused.kind.how_to_begin}",
        )
    if re.match(r"-\s+\S", line):
        return refused.slip_of_line(
            "yaml",
            f"looks like YAML. {refused.kind.how_to_list or refused.kind.how_to_begin}",
        )
    if re.match(r"<[A-Za-z!?/]", line):
        return refused.slip_of_line(
            "not-toml", f"looks like a web page. {refused.kind.how_to_begin}"
        )
    if line.startswith("```"):
        return refused.slip_of_line("not-toml", "is Markdown, not TOML. Take the line out.")
    if re.match(r"(<{7}|={7}|>{7})(\s|$)", line):
        return refused.slip_of_line(
            "not-toml",
            "is left over from a merge of two versions. Keep one, and take this line out.",
        )
    return None


def _comment(refused: Refused) -> Slip | None:
    match = re.match(r"(//|;|/\*|--|%|')", refused.line)
    if not match or refused.statement.is_pair:
        return None
    return refused.slip(
        "comment",
        'does not start a comment in TOML. Write "#".',
        0,
        len(match[1]),
        "#",
    )


def _colon(refused: Refused) -> Slip | None:
    match = re.match(r"(\"?)([A-Za-z_][\w-]*)\1(\s*):(?!=)\s*(.*)", refused.line)
    if not match or (refused.statement.is_pair and "=" not in match[4]):
        return None
    if len(_YAML_LINE.findall(refused.text)) >= 3 and not _TOML_LINE.search(refused.text):
        return refused.slip_of_line("yaml", f"looks like YAML. {refused.kind.how_to_begin}")
    name, value = match[2], _without_comment(match[4]).rstrip(",").strip()
    colon = match.end(3)
    if not value:
        if name in refused.kind.table_lists:
            message = f"looks like YAML. Write [[{name}]] above each of them."
            return refused.slip("yaml", message, 0, colon + 1, f"[[{name}]]")
        message = f"looks like YAML. In TOML a table starts with its name in brackets: [{name}]."
        return refused.slip("yaml", message, 0, colon + 1, f"[{name}]")
    meant = f"{name} = {quoted(value)}"
    message = f"is a colon; TOML uses an equals sign: {meant}."
    return refused.slip("colon", message, colon, colon + 1, meant)


def _equals(refused: Refused) -> Slip | None:
    match = re.match(r"([A-Za-z_][\w-]*)\s*(==|=>|:=|->|<-)\s*(.*)", refused.line)
    if not match:
        return None
    meant = f"{match[1]} = {quoted(_without_comment(match[3]))}"
    return refused.slip(
        "equals",
        f"is not how TOML sets a value. Write {meant}.",
        match.start(2),
        match.end(2),
        meant,
    )


def _no_key(refused: Refused) -> Slip | None:
    if not refused.line.startswith("="):
        return None
    return refused.slip(
        "no-key", f"has no key before it. Write one, such as {refused.kind.example}.", 0, 1
    )


def _key_of_words(refused: Refused) -> Slip | None:
    """`get ready = 5`, or `größe = 5`."""
    match = re.match(r"([^=\"'#\[\]{}]+?)\s*=", refused.line)
    if not match or re.fullmatch(r"[A-Za-z0-9_-]+(\s*\.\s*[A-Za-z0-9_-]+)*", match[1]):
        return None
    near = nearest(match[1], refused.kind.keys)
    what = (
        "has a space in it"
        if re.search(r"\s", match[1])
        else "has a character that a key cannot have"
    )
    message = f"is not a key: it {what}."
    if near:
        message += f" Did you mean {near}?"
    elif re.search(r"\s", match[1]):
        message += " Join the words with an underscore."
    else:
        message += " Use the letters a to z, digits, - and _."
    return refused.slip("key-of-words", message, 0, match.end(1), near)


def _no_equals(refused: Refused) -> Slip | None:
    """`name "x"`, `name`, or words that were meant as a comment."""
    if refused.statement.is_pair or refused.statement.is_header:
        return None
    line = _without_comment(refused.line)
    match = re.match(r"([A-Za-z_][\w-]*)\s+(\S.*)$", line)
    kind = refused.kind
    if match and match[1] in kind.keys:
        meant = f"{match[1]} = {quoted(match[2])}"
        message = f"has no equals sign between key and value. Write {meant}."
        return refused.slip("no-equals", message, 0, len(line), meant)
    if line in kind.keys.difference(kind.table_lists, kind.tables):
        return refused.slip(
            "no-value", f"has no value. Write {line} = and then a value.", 0, len(line)
        )
    near = nearest(line.strip("()<>"), (*kind.table_lists, *kind.tables))
    if near:
        meant = f"[[{near}]]" if near in kind.table_lists else f"[{near}]"
        return refused.slip(
            "no-brackets", f"is not a key with a value. Did you mean {meant}?", 0, len(line), meant
        )
    return refused.slip_of_line(
        "no-equals",
        'is neither a key with a value nor a comment. A comment starts with "#".',
    )


def _header(refused: Refused) -> Slip | None:
    if not refused.statement.is_header:
        return None
    line = _without_comment(refused.line)
    match = re.match(r"(\[{1,3})([^\[\]]*)(\]{0,3})(.*)$", line)
    if not match:
        return None
    opening, name, closing, after = match.groups()
    name = name.strip()
    meant = f"{opening[:2]}{name}{']' * len(opening[:2])}"
    if name in refused.kind.list_headers:
        meant = f"[[{name}]]"
    if not name:
        return refused.slip(
            "brackets",
            f"does not name a table. Write {refused.kind.example_header}.",
            0,
            match.end(3),
        )
    if len(opening) != len(closing) or len(opening) > 2:
        message = f"does not open and close with the same number of brackets. Write {meant}."
        return refused.slip("brackets", message, 0, match.end(3), meant)
    if after.strip():
        message = "comes after the brackets. Put it on a line of its own."
        return refused.slip("brackets", message, match.start(4) + _spaces(after), len(line))
    if re.search(r"[^\w.\-\s\"']|[^\s.\"']\s+[^\s.\"']", name):
        return refused.slip(
            "brackets",
            "is not the name of a table: it has a space or a sign in it.",
            match.start(2),
            match.end(2),
        )
    return _table_again(refused, name, len(opening), match.end(3))


def _table_again(refused: Refused, name: str, brackets: int, end: int) -> Slip | None:
    """A table that exists already, under a header or as a value."""
    first = _first_of(refused)
    since = f", as line {_line_number(refused.text, first)} does" if first is not None else ""
    if name.rpartition(".")[2].strip() in refused.kind.table_lists:
        meant = f"[[{name}]]"
        if brackets == 1:
            message = f"has single brackets. Each one starts with double ones: {meant}."
        else:
            where = (
                f"line {_line_number(refused.text, first)}" if first is not None else "it before"
            )
            message = f"has double brackets, but {where} does not. Write {meant} for each one."
        return refused.slip("single-bracket", message, 0, end, meant)
    return refused.slip(
        "table-again", f"opens the table {name}{since}. Put everything in one table.", 0, end
    )


def _twice(refused: Refused) -> Slip | None:
    """A key that its table has already."""
    statement = refused.statement
    stop = refused.stop
    if not statement.is_pair:
        return None
    if stop.refusal is Refusal.REPEATED_INLINE:
        what = f'has "{stop.key}" twice' if stop.key else "has a key twice"
        return Slip(
            "key-twice",
            statement.value_start,
            statement.end,
            f"{what}. Keep one of them.",
        )
    if stop.refusal is not Refusal.REPEATED:
        return None
    first = _first_of(refused)
    where = (
        f" The first is on line {_line_number(refused.text, first)}." if first is not None else ""
    )
    return Slip(
        "key-twice",
        statement.start,
        max(statement.key_end, statement.start + 1),
        f"is written twice.{where} Keep one of them.",
    )


def _first_of(refused: Refused) -> int | None:
    """The offset of the first statement with this path, or with a table around it."""
    own = refused.statement.path
    plain = own[:-1] if own and isinstance(own[-1], int) else own
    for statement in statements(refused.text):
        if statement.start >= refused.statement.start:
            return None
        path = statement.path
        if path and (path in (own, plain) or (path[:-1] == plain and isinstance(path[-1], int))):
            return statement.start
    return None


def _line_number(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _without_comment(line: str) -> str:
    """The line without a comment at its end, as far as can be seen."""
    quotes = ""
    for at, character in enumerate(line):
        if quotes:
            quotes = "" if character == quotes else quotes
        elif character in "\"'":
            quotes = character
        elif character == "#":
            return line[:at].rstrip()
    return line.rstrip()


def _spaces(text: str) -> int:
    return len(text) - len(text.lstrip())


_LOOKS: tuple[Callable[[Refused], Slip | None], ...] = (
    _other_language,
    _comment,
    _equals,
    _colon,
    _no_key,
    _header,
    _key_of_words,
    _no_equals,
    _twice,
)
