"""A kind of file: the names and examples that messages about its mistakes use."""

from uncramp.core.lazy.dataclass import dataclass

LARGEST_FILE = 1024 * 1024
"""The most bytes that a file may have."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """The names and examples that messages about TOML mistakes need for one kind of file."""

    name: str
    """The kind with its article: `a routine`."""
    how_to_begin: str
    """How such a file begins, in sentences, for a file in another language."""
    example: str
    """One key with its value: `time = "1m"`."""
    example_header: str
    """One header: `[[steps]]`."""
    keys: frozenset[str]
    """Every key that any table of the file can have, including names of tables."""
    tables: tuple[str, ...]
    """Keys that hold one table each."""
    table_lists: tuple[str, ...] = ()
    """Keys that hold a list of tables, each under double brackets."""
    list_headers: tuple[str, ...] = ()
    """Full names of headers that take double brackets: `steps.prompts`."""
    how_to_list: str = ""
    """What to write for a list entry of YAML, in a sentence; "" for `how_to_begin`."""
