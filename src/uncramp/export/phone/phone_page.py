"""The page as a file: words, script and sound in one, with nothing external."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from html import escape
from pathlib import Path

from uncramp.export.draft import drafted
from uncramp.export.phone.phone_content import PhoneContent

_HERE = Path(__file__).parent
_PIECE = 3 * 64 * 1024
"""How many bytes are encoded at a time; three bytes make four letters."""
_LONGEST_TITLE = 200


def write_page(
    target: Path,
    content: PhoneContent,
    data: Mapping[str, object],
    track: Path | None,
    *,
    may_replace: bool = False,
) -> None:
    """Write the page to `target`. `track` is its sound as M4A; None if `data` has clips.

    Raises CannotExport; then nothing is left behind.
    """
    with (
        drafted(target, ".tmp", may_replace=may_replace) as draft,
        draft.open("x", encoding="utf-8", newline="\n") as file,
    ):
        for part in page_parts(content, data, track):
            file.write(part)


def page_parts(
    content: PhoneContent, data: Mapping[str, object], track: Path | None
) -> Iterator[str]:
    """The page's text, part by part: the sound of a day is never in memory at once."""
    style, script = (_HERE.joinpath(name).read_text("utf-8") for name in ("page.css", "page.js"))
    values = {
        "language": escape(content.language),
        "policy": _policy(style, script),
        "title": escape(_shortened(content.title)),
        "style": style,
        "pictures": "".join(content.pictures),
        "about": content.about(),
        "screen_hidden": " hidden" if track else "",
        "length": f"{content.end_s:.3f}",
        "plan": _json(data),
        "script": script,
    }
    before, after = _HERE.joinpath("page.html").read_text("utf-8").split("{track}")
    yield _filled(before, values)
    if track is not None:
        yield '<audio id="track" preload="auto" src="data:audio/mp4;base64,'
        with track.open("rb") as file:
            while piece := file.read(_PIECE):
                yield b64encode(piece).decode("ascii")
        yield '"></audio>'
    yield _filled(after, values)


def _policy(style: str, script: str) -> str:
    """The policy: nothing may be loaded or sent; only this script and style are allowed."""
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
        "media-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}'"


def _json(data: Mapping[str, object]) -> str:
    """JSON for a script element: without `<`, in ASCII."""
    return json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")


def _filled(template: str, values: Mapping[str, str]) -> str:
    """The template with each `{name}` replaced once; replacements are not replaced again."""
    return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], template)


def _shortened(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"
