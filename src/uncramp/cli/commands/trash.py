"""`uncramp trash`: lists and restores deleted routines."""

from datetime import datetime

from uncramp.cli.arguments import Arguments
from uncramp.cli.prompts import can_ask, says_yes
from uncramp.core.text.safe_text import shown
from uncramp.core.text.suggestions import counted, nearest
from uncramp.library.trash import Deleted, empty, in_trash, put_back
from uncramp.plain.output import complain, write
from uncramp.system import paths
from uncramp.system.files import AlreadyThere, CannotWrite


def trash(asked: Arguments) -> int:
    """List the trash, restore a routine, or empty it. 0: done, 2: not."""
    match asked.do:
        case "restore":
            return _restore(asked.routine)
        case "empty":
            return _empty(yes=asked.yes)
        case _:
            return _list()


def _list() -> int:
    found = in_trash(paths.trash_folder())
    width = max((len(deleted.routine_id) for deleted in found), default=0)
    write(f"{shown(at.routine_id):<{width}}  deleted {_when(at)}" for at in found)
    if not found:
        write(["The trash is empty."])
    return 0


def _restore(routine_id: str) -> int:
    found = in_trash(paths.trash_folder())
    deleted = next((at for at in found if at.routine_id == routine_id), None)
    if deleted is None:
        near = nearest(routine_id, (at.routine_id for at in found))
        how = f"Did you mean {shown(near)}?" if near else "uncramp trash lists what is in it."
        return complain(f'There is no "{shown(routine_id[:80])}" in the trash. {how}')
    try:
        path = put_back(deleted, paths.routines_folder())
    except AlreadyThere as error:
        return complain(f"{error} Rename or delete that one first.")
    except CannotWrite as error:
        return complain(str(error))
    write([f"{path} has been restored."])
    return 0


def _empty(*, yes: bool) -> int:
    found = in_trash(paths.trash_folder())
    if not found:
        write(["The trash is empty."])
        return 0
    count = counted(len(found), "routine")
    if not yes:
        if not can_ask():
            return complain(f"{count} would be deleted permanently. Add --yes to empty the trash.")
        if not says_yes(f"Delete {count} permanently?"):
            return 2
    try:
        empty(paths.trash_folder())
    except CannotWrite as error:
        return complain(str(error))
    write([f"{count} deleted permanently."])
    return 0


def _when(deleted: Deleted) -> str:
    local = datetime.fromtimestamp(deleted.deleted_s).astimezone()
    return local.isoformat(sep=" ", timespec="minutes")[:16]
