"""What a slip in TOML looks like, and how it is written right: TOML's own errors in our words.

Each look knows one mistake when it sees it. They are asked in turn, the surest first.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from uncramp.core.routine.keys import KEYS
from uncramp.core.text.safe_text import unseen_in
from uncramp.core.text.suggestions import nearest
from uncramp.core.toml.recovery import Statement, statements
from uncramp.core.toml.value_hints import Slip, quoted, slip_in_value

__all__ = ["Slip", "slip_of"]


@dataclass(frozen=True, slots=True)
class Sight:
    """What there is to see of a slip."""

    text: str
    offset: int
    """Where TOML's reader gave up."""
    words: str
    """What it said."""
    statement: Statement

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
        """A slip from `start` to `end`, counted from the statement's beginning."""
        at = self.statement.start
        return Slip(code, at + start, at + end, message, suggestion)

    def slip_of_line(self, code: str, message: str, suggestion: str | None = None) -> Slip:
        """A slip of the statement's whole first line."""
        return self.slip(code, message, 0, len(self.line), suggestion)


WHOLE_FILE = ("json", "yaml", "not-toml", "line-ends")
"""Codes of slips after which there is no use in reading on."""

_HOW_TO_BEGIN = 'A routine is TOML: write title = "…", and [[steps]] above each step.'
_YAML_LINE = re.compile(r"^[ \t]*(?:- )?[A-Za-z_][\w-]*:(?:[ \t]|$)", re.MULTILINE)
_TOML_LINE = re.compile(r"^[ \t]*[A-Za-z_][\w-]*[ \t]*=|^[ \t]*\[\[?[A-Za-z]", re.MULTILINE)


def slip_of(text: str, offset: int, statement: Statement | None, words: str) -> Slip:
    """The slip that made TOML's reader give up at `offset`, saying `words`."""
    unseen = _control_character(text, offset)
    if unseen:
        return unseen
    if statement is None:
        return Slip("not-toml", 0, 0, f"The file is not TOML: {words}.")
    sight = Sight(text, offset, words, statement)
    for look in _LOOKS:
        slip = look(sight)
        if slip:
            return slip
    if statement.is_pair:
        slip = slip_in_value(text, offset, statement, words)
        if slip:
            return slip
    return _unknown(sight)


def _unknown(sight: Sight) -> Slip:
    at = min(max(sight.offset, sight.statement.start), max(len(sight.text) - 1, 0))
    for said, meant in _WHAT_IT_MEANS.items():
        if said in sight.words:
            return Slip("misplaced", at, at + 1, meant)
    return Slip("not-toml", at, at + 1, f"is not TOML: {sight.words}.")


_WHAT_IT_MEANS = {
    "newline": "comes after the value. Put it on a line of its own, or take it out.",
    "array": "does not belong in a list. Put commas between the entries.",
    "inline table": "does not belong in braces. Write { key = value, key = value }.",
    "'='": "is where an equals sign should be. Write key = value.",
    "key part": "is not a key. Write key = value.",
    "Invalid value": "is not a value. Write text in quotes, a number, true, false or a list.",
    "statement": "is neither a key with a value nor a comment.",
}
"""What is told, by a word of what TOML's reader says, where no look knows the mistake."""


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


def _other_language(sight: Sight) -> Slip | None:
    first = sight.text.lstrip()
    line = sight.line
    if first.startswith("{") and sight.text.find(first) == sight.statement.start:
        return sight.slip_of_line(
            "json",
            f"looks like JSON. {_HOW_TO_BEGIN}",
        )
    if re.fullmatch(r"---.*|%YAML.*", line):
        return sight.slip_of_line(
            "yaml",
            f"looks like YAML. {_HOW_TO_BEGIN}",
        )
    if re.match(r"-\s+\S", line):
        return sight.slip_of_line(
            "yaml",
            "looks like YAML. In TOML a step starts with a line [[steps]], and each of its keys "
            "goes on a line of its own.",
        )
    if re.match(r"<[A-Za-z!?/]", line):
        return sight.slip_of_line("not-toml", "looks like a web page. A routine is a TOML file.")
    if line.startswith("```"):
        return sight.slip_of_line("not-toml", "is Markdown, not TOML. Take the line out.")
    if re.match(r"(<{7}|={7}|>{7})(\s|$)", line):
        return sight.slip_of_line(
            "not-toml",
            "is left over from a merge of two versions. Keep one, and take this line out.",
        )
    return None


def _comment(sight: Sight) -> Slip | None:
    match = re.match(r"(//|;|/\*|--|%|')", sight.line)
    if not match or sight.statement.is_pair:
        return None
    return sight.slip(
        "comment",
        'does not start a comment in TOML. Write "#".',
        0,
        len(match[1]),
        "#",
    )


def _colon(sight: Sight) -> Slip | None:
    match = re.match(r"(\"?)([A-Za-z_][\w-]*)\1(\s*):(?!=)\s*(.*)", sight.line)
    if not match or (sight.statement.is_pair and "=" not in match[4]):
        return None
    if len(_YAML_LINE.findall(sight.text)) >= 3 and not _TOML_LINE.search(sight.text):
        return sight.slip_of_line("yaml", f"looks like YAML. {_HOW_TO_BEGIN}")
    name, value = match[2], _without_comment(match[4]).rstrip(",").strip()
    colon = match.end(3)
    if not value:
        if name in ("steps", "prompts"):
            message = f"looks like YAML. Write [[{name}]] above each of them."
            return sight.slip("yaml", message, 0, colon + 1, f"[[{name}]]")
        message = f"looks like YAML. In TOML a table starts with its name in brackets: [{name}]."
        return sight.slip("yaml", message, 0, colon + 1, f"[{name}]")
    mend = f"{name} = {quoted(value)}"
    message = f"is a colon; TOML uses an equals sign: {mend}."
    return sight.slip("colon", message, colon, colon + 1, mend)


def _equals(sight: Sight) -> Slip | None:
    match = re.match(r"([A-Za-z_][\w-]*)\s*(==|=>|:=|->|<-)\s*(.*)", sight.line)
    if not match:
        return None
    mend = f"{match[1]} = {quoted(_without_comment(match[3]))}"
    return sight.slip(
        "equals",
        f"is not how TOML sets a value. Write {mend}.",
        match.start(2),
        match.end(2),
        mend,
    )


def _no_key(sight: Sight) -> Slip | None:
    if not sight.line.startswith("="):
        return None
    return sight.slip("no-key", 'has no key before it. Write one, such as time = "1m".', 0, 1)


def _key_of_words(sight: Sight) -> Slip | None:
    """`get ready = 5`, or `größe = 5`."""
    match = re.match(r"([^=\"'#\[\]{}]+?)\s*=", sight.line)
    if not match or re.fullmatch(r"[A-Za-z0-9_-]+(\s*\.\s*[A-Za-z0-9_-]+)*", match[1]):
        return None
    known = {key.name for key in KEYS}
    near = nearest(match[1], known)
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
    return sight.slip("key-of-words", message, 0, match.end(1), near)


def _no_equals(sight: Sight) -> Slip | None:
    """`name "x"`, `name`, or words that were meant as a comment."""
    if sight.statement.is_pair or sight.statement.is_header:
        return None
    line = _without_comment(sight.line)
    match = re.match(r"([A-Za-z_][\w-]*)\s+(\S.*)$", line)
    known = {key.name for key in KEYS}
    if match and match[1] in known:
        mend = f"{match[1]} = {quoted(match[2])}"
        message = f"has no equals sign between key and value. Write {mend}."
        return sight.slip("no-equals", message, 0, len(line), mend)
    if line in known - {"steps", "prompts", "cues", "defaults", "extra"}:
        return sight.slip(
            "no-value", f"has no value. Write {line} = and then a value.", 0, len(line)
        )
    near = nearest(line.strip("()<>"), ("steps", "prompts", "cues", "defaults", "extra"))
    if near:
        mend = f"[[{near}]]" if near in ("steps", "prompts") else f"[{near}]"
        return sight.slip(
            "no-brackets", f"is not a key with a value. Did you mean {mend}?", 0, len(line), mend
        )
    return sight.slip_of_line(
        "no-equals",
        'is neither a key with a value nor a comment. A comment starts with "#".',
    )


def _header(sight: Sight) -> Slip | None:
    if not sight.statement.is_header:
        return None
    line = _without_comment(sight.line)
    match = re.match(r"(\[{1,3})([^\[\]]*)(\]{0,3})(.*)$", line)
    if not match:
        return None
    opening, name, closing, after = match.groups()
    name = name.strip()
    mend = f"{opening[:2]}{name}{']' * len(opening[:2])}"
    if name in ("steps", "steps.steps", "steps.prompts", "steps.steps.prompts"):
        mend = f"[[{name}]]"
    if not name:
        return sight.slip("brackets", "does not name a table. Write [[steps]].", 0, match.end(3))
    if len(opening) != len(closing) or len(opening) > 2:
        message = f"does not open and close with the same number of brackets. Write {mend}."
        return sight.slip("brackets", message, 0, match.end(3), mend)
    if after.strip():
        message = "comes after the brackets. Put it on a line of its own."
        return sight.slip("brackets", message, match.start(4) + _spaces(after), len(line))
    if re.search(r"[^\w.\-\s\"']|[^\s.\"']\s+[^\s.\"']", name):
        return sight.slip(
            "brackets",
            "is not the name of a table: it has a space or a sign in it.",
            match.start(2),
            match.end(2),
        )
    return _table_again(sight, name, len(opening), match.end(3))


def _table_again(sight: Sight, name: str, brackets: int, end: int) -> Slip | None:
    """A table that is there already, under a header or as a value."""
    first = _first_of(sight)
    since = f", as line {_line_number(sight.text, first)} does" if first is not None else ""
    if name.rpartition(".")[2].strip() in ("steps", "prompts"):
        mend = f"[[{name}]]"
        if brackets == 1:
            message = f"has single brackets. Each one starts with double ones: {mend}."
        else:
            where = f"line {_line_number(sight.text, first)}" if first is not None else "it before"
            message = f"has double brackets, but {where} does not. Write {mend} for each one."
        return sight.slip("single-bracket", message, 0, end, mend)
    return sight.slip(
        "table-again", f"opens the table {name}{since}. Put everything in one table.", 0, end
    )


def _twice(sight: Sight) -> Slip | None:
    """A key that stands in its table already."""
    statement = sight.statement
    is_again = re.search(r"overwrite|mutate|twice|Duplicate", sight.words)
    if not is_again or not statement.is_pair:
        return None
    if sight.words.startswith("Duplicate"):
        name = re.search(r"key '([^']*)'", sight.words)
        what = f'has "{name[1]}" twice' if name else "has a key twice"
        return Slip(
            "key-twice",
            statement.value_start,
            statement.end,
            f"{what}. Keep one of them.",
        )
    first = _first_of(sight)
    where = f" The first is on line {_line_number(sight.text, first)}." if first is not None else ""
    return Slip(
        "key-twice",
        statement.start,
        max(statement.key_end, statement.start + 1),
        f"is written twice.{where} Keep one of them.",
    )


def _first_of(sight: Sight) -> int | None:
    """The offset of the first statement with this one's path, or with a table around it."""
    own = sight.statement.path
    plain = own[:-1] if own and isinstance(own[-1], int) else own
    for statement in statements(sight.text):
        if statement.start >= sight.statement.start:
            return None
        path = statement.path
        if path and (path in (own, plain) or (path[:-1] == plain and isinstance(path[-1], int))):
            return statement.start
    return None


def _line_number(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _without_comment(line: str) -> str:
    """The line without a comment at its end, as far as one can tell."""
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


_LOOKS: tuple[Callable[[Sight], Slip | None], ...] = (
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
