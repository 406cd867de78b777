"""The parts of the documentation that are made from the table of keys.

After a change of a key run `python -m tests.made_docs`: it writes the tables of
`docs/format.md`, each between its two marks, and `docs/routine.schema.json`.
"""

import re
from pathlib import Path

from uncramp.commands.schema import schema_text
from uncramp.core.keys import BY_OWNER, Key, Owner

__all__ = ["FORMAT_FILE", "SCHEMA_FILE", "schema_text", "with_tables"]

DOCS = Path(__file__).parents[1] / "docs"
FORMAT_FILE = DOCS / "format.md"
SCHEMA_FILE = DOCS / "routine.schema.json"

_MADE = re.compile(r"(?P<begin><!-- keys: (?P<owner>\w+) -->\n).*?(?P<end><!-- end -->)", re.DOTALL)


def with_tables(text: str) -> str:
    """The text with a fresh table between the marks of each kind of table."""
    return _MADE.sub(lambda m: f"{m['begin']}{_table(Owner(m['owner']))}{m['end']}", text)


def owners_in(text: str) -> list[Owner]:
    """The kinds of table that the text has marks for."""
    return [Owner(match["owner"]) for match in _MADE.finditer(text)]


def _table(owner: Owner) -> str:
    rows = [_row(key) for key in BY_OWNER[owner].values()]
    return "".join(["| key | what | takes | default |\n| --- | --- | --- | --- |\n", *rows])


def _row(key: Key) -> str:
    default = "**required**" if key.is_required else _default(key.default)
    return f"| `{key.name}` | {key.what} | {_takes(key)} | {default} |\n"


def _default(default: str) -> str:
    is_value = re.fullmatch(r"\S+", default) and default != "any"
    return f"`{default}`" if is_value else default or "none"


def _takes(key: Key) -> str:
    takes = key.type.value
    link = f"[{takes}](#{takes})"
    if key.type.value in ("line", "prose") and key.most:
        return f"{link}, at most {int(key.most):,} characters"
    if key.type.value in ("whole", "number") and key.most is not None:
        return f"{link}, {key.least:g} to {key.most:g}"
    return link


def _write_all() -> None:
    FORMAT_FILE.write_text(with_tables(FORMAT_FILE.read_text("utf-8")), "utf-8")
    SCHEMA_FILE.write_text(schema_text(), "utf-8")


if __name__ == "__main__":
    _write_all()
