"""JSON as the commands write it, for programs."""

from collections.abc import Iterable, Iterator

from uncramp.plain.line_wrap import Verbatim


def json_line(fields: dict[str, object]) -> Verbatim:
    """The object on one line, in ASCII, for streams of any encoding."""
    import json

    return Verbatim(json.dumps(fields))


def json_array(objects: Iterable[dict[str, object]]) -> Iterator[Verbatim]:
    """The lines of an array with one object a line."""
    lines = [json_line(fields) for fields in objects]
    if not lines:
        yield Verbatim("[]")
        return
    yield Verbatim("[")
    yield from (Verbatim(f"  {line},") for line in lines[:-1])
    yield Verbatim(f"  {lines[-1]}")
    yield Verbatim("]")
