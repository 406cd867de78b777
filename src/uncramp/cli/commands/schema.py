"""`uncramp schema`."""

import json

from uncramp.cli.arguments import Arguments
from uncramp.core.routine.json_schema import routine_schema
from uncramp.plain.line_wrap import Verbatim
from uncramp.plain.output import write


def schema(_: Arguments) -> int:
    """Write the JSON Schema of a routine."""
    write(map(Verbatim, schema_text().splitlines()))
    return 0


def schema_text() -> str:
    """The schema as the text of a file."""
    return json.dumps(routine_schema(), indent=2, ensure_ascii=True) + "\n"
