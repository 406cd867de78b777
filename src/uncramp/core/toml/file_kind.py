"""What a file of one kind holds, so that the words about a slip speak of that kind of file."""

from uncramp.core.lazy.dataclass import dataclass

LARGEST_FILE = 1024 * 1024
"""The most bytes that a file may have."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """The names and examples that the words about a slip in TOML need. Knows nothing itself."""

    name: str
    """With its article: `a routine`."""
    how_to_begin: str
    """Sentences that say how such a file begins, for one in another language."""
    example: str
    """One key with its value: `time = "1m"`."""
    example_header: str
    """One header: `[[steps]]`."""
    keys: frozenset[str]
    """Every key that some table of the file can have, the names of tables among them."""
    tables: tuple[str, ...]
    """Keys that hold one table each."""
    table_lists: tuple[str, ...] = ()
    """Keys that hold a list of tables, each under double brackets."""
    list_headers: tuple[str, ...] = ()
    """Whole names of headers that take double brackets: `steps.prompts`."""
    how_to_list: str = ""
    """A sentence on what stands for a list entry of YAML; "" for `how_to_begin`."""
