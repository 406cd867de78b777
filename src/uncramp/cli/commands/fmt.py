"""`uncramp fmt`: puts routines in the house order."""

import sys
from enum import IntEnum
from pathlib import Path

from uncramp.cli.arguments import Arguments
from uncramp.cli.routine_lookup import is_path, is_there, named_file, open_library, standard_input
from uncramp.core.text.safe_text import shown
from uncramp.library.formatter import CannotOrder, NotToml, ordered
from uncramp.library.library import Origin
from uncramp.plain.output import complain, write
from uncramp.plain.problem_lines import complain_of
from uncramp.system.files import CannotWrite, replace_file
from uncramp.system.routine_file import CannotRead, read_routine_file


class _Outcome(IntEnum):
    """The result for a file that can be put in order: its exit status."""

    FINE = 0
    OUT_OF_ORDER = 1


def fmt(asked: Arguments) -> int:
    """Put each file in order, or only say which are not.

    0: all in order now, 1: with --check, some are not, 2: one cannot be put in order.
    """
    outcomes = [_put_in_order(name, only_says=asked.check) for name in asked.files]
    return max(outcomes)


def _put_in_order(name: str, *, only_says: bool) -> int:
    try:
        if name == "-":
            return _standard_input_in_order(only_says=only_says)
        return _file_in_order(name, _path_of(name), only_says=only_says)
    except CannotRead as error:
        return complain_of([error.problem])
    except NotToml as error:
        return complain_of(error.problems)
    except CannotOrder as error:
        return complain(f"{shown(name)}: {error}")
    except CannotWrite as error:
        return complain(str(error))
    except _Bundled:
        how = f"uncramp copy {name} makes one of your own, to change."
        return complain(f"{name} comes with uncramp, and stays as it is. {how}")


class _Bundled(Exception):
    """The named routine comes with the program."""


def _path_of(name: str) -> Path:
    """The named file: by its path, or by the id of one of the person's own routines.

    Raises _Bundled for the id of one that comes with the program.
    """
    path = named_file(name)
    if is_path(name) or is_there(path):
        return path
    entry = open_library().find(name)
    if entry and entry.origin is Origin.BUNDLED:
        raise _Bundled
    return entry.file if entry else path


def _file_in_order(name: str, path: Path, *, only_says: bool) -> int:
    before = read_routine_file(path, name)
    after = ordered(before, name)
    if after == before:
        return _Outcome.FINE
    if only_says:
        write([f"{shown(name)} is not tidy. uncramp fmt tidies it."])
        return _Outcome.OUT_OF_ORDER
    replace_file(path, after)
    write([f"{shown(name)} is tidy now."])
    return _Outcome.FINE


def _standard_input_in_order(*, only_says: bool) -> int:
    before = standard_input()
    after = ordered(before, "-")
    if not only_says:
        sys.stdout.buffer.write(after)
        sys.stdout.buffer.flush()
        return _Outcome.FINE
    return _Outcome.FINE if after == before else _Outcome.OUT_OF_ORDER
