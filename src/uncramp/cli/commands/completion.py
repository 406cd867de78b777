"""`uncramp completion`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from uncramp.cli.arguments import Arguments
from uncramp.core.text.suggestions import listed, nearest
from uncramp.library.folder import ids_in
from uncramp.plain.line_wrap import Verbatim
from uncramp.plain.output import complain, write
from uncramp.system import paths, resources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from uncramp.library.library import Entry

_ONE_WORD = re.compile(r"\w[\w.,+-]*")


def completion(asked: Arguments) -> int:
    """Write the script for a shell, or the words that its script asks for. 2: unknown shell."""
    if asked.kind is not None:
        return _list(asked.kind, asked.words)
    from uncramp.cli.completion import SHELLS, script
    from uncramp.cli.parser import whole_parser

    words: list[str] = asked.words or [""]
    shell = " ".join(words)
    if shell not in SHELLS:
        near = nearest(shell, SHELLS)
        how = f'Write "{near}".' if near else f"Write {listed(SHELLS)}."
        what = f'"{shell}" is not a shell it can complete for.' if shell else "Say for which shell."
        return complain(f"{what} {how}")
    try:
        made = script(whole_parser(), shell)
    except ImportError:
        return complain("Completion needs the Python package shtab, which is not installed.")
    write([Verbatim(made)])
    return 0


def _list(kind: str, words: Sequence[str]) -> int:
    if kind == "ids":
        found: Iterable[str] = sorted(_ids())
    elif kind == "deleted":
        from uncramp.library.trash import in_trash

        found = dict.fromkeys(deleted.routine_id for deleted in in_trash(paths.trash_folder()))
    elif kind == "values":
        found = _values(words)
    else:
        entry = _routine_in(words)
        found = dict.fromkeys(_steps(entry, are_timed=kind == "times")) if entry else ()
    write([Verbatim(word) for word in found])
    return 0


def _ids() -> set[str]:
    return {*ids_in(paths.routines_folder()), *ids_in(resources.bundled_routines())}


def _values(words: Sequence[str]) -> tuple[str, ...]:
    """The values of the setting that a command line names, if they are a few words."""
    from uncramp.settings.spec import BY_NAME, ValueKind

    setting = next((BY_NAME[word] for word in words if word in BY_NAME), None)
    if setting is None:
        return ()
    return ("true", "false") if setting.kind is ValueKind.FLAG else setting.choices


def _routine_in(words: Sequence[str]) -> "Entry | None":
    """The first routine that the words of a command line name."""
    from uncramp.cli.routine_lookup import is_path, is_there, named_file, open_library

    ids = _ids()
    for word in words:
        if word in ids:
            return open_library().find(word)
        if is_path(word) and is_there(named_file(word)):
            return open_library().open_path(Path(named_file(word)))
    return None


def _steps(entry: "Entry", *, are_timed: bool) -> Iterator[str]:
    """The steps as one word each: `foot-soak` is understood as well as "Foot soak".

    If they `are_timed`, only those whose time can be set, as `foot-soak=`.
    """
    from uncramp.core.routine.model import Step, all_items, called

    for item in all_items(entry.routine.items if entry.routine else ()):
        word = "-".join(called(item).casefold().split())
        if not _ONE_WORD.fullmatch(word):
            continue
        if not are_timed:
            yield word
        elif isinstance(item, Step) and not item.is_open:
            yield f"{word}="
