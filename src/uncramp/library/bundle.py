"""A routine with everything that it uses as one file: its sounds, and the routines it borrows.

It is a ZIP file. Its first entry, `uncramp.json`, names the routine. It does not contain what comes
with the program.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from uncramp.audio.samples.sound_file import LARGEST_BYTES
from uncramp.core.routine.model import Cues, Group, Item, Routine, Sound, all_steps
from uncramp.library.folder import SUFFIX, holds
from uncramp.system.files import read_file
from uncramp.system.os_errors import reason_of
from uncramp.system.routine_file import CannotRead, read_routine_file

BUNDLE_SUFFIX = ".uncramp"
MANIFEST = "uncramp.json"
BUNDLE_FORMAT = 1
# The same files give the same bundle at any time.
_DATE = (1980, 1, 1, 0, 0, 0)


class CannotBundle(Exception):
    """No bundle could be made; the text says why, in a sentence."""


def bundle_of(routine: Routine, file: Path, others: tuple[Path, ...]) -> bytes:
    """The bundle of the routine in `file`.

    Routines that it uses are searched in its folder and in the folders `others`; one in none
    of them comes with the program. Raises CannotBundle.
    """
    files: dict[str, Path] = {}
    _add_routines(files, routine.items, file, others)
    for sound in _own_sounds(routine):
        assert sound.folder is not None
        name = sound.name.removeprefix("./")
        _add(files, name, Path(sound.folder) / name)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bundle:
        manifest = {"format": BUNDLE_FORMAT, "routine": file.stem, "files": list(files)}
        _put(bundle, MANIFEST, json.dumps(manifest, indent=1).encode())
        for name, path in files.items():
            _put(bundle, name, _content(path))
    return made.getvalue()


def _add_routines(
    files: dict[str, Path], items: tuple[Item, ...], file: Path, others: tuple[Path, ...]
) -> None:
    _add(files, file.name, file)
    for used, group in _used(items):
        folders = (file.parent, *others)
        found = next((folder for folder in folders if holds(folder, used)), None)
        if found is not None:
            _add_routines(files, group.items, found / f"{used}{SUFFIX}", others)


def _used(items: tuple[Item, ...]) -> Iterator[tuple[str, Group]]:
    """What the items use directly; what those use in turn is found there."""
    for item in items:
        if not isinstance(item, Group):
            continue
        if item.used is not None:
            yield item.used, item
        else:
            yield from _used(item.items)


def _add(files: dict[str, Path], name: str, path: Path) -> None:
    before = files.setdefault(name, path)
    if before != path and _content(before) != _content(path):
        raise CannotBundle(
            f"{before} and {path} would have the same name in the bundle. Rename one of them."
        )


def _own_sounds(routine: Routine) -> Iterator[Sound]:
    yield from _of_cues(routine.cues)
    for step in all_steps(routine.items):
        yield from _of_cues(step.cues)
        for prompt in step.prompts:
            if prompt.sound is not None and prompt.sound.is_file:
                yield prompt.sound


def _of_cues(cues: Cues) -> Iterator[Sound]:
    kinds = (
        cues.ready, cues.start, cues.halfway, cues.tick, cues.end, cues.switch, cues.prompt,
        cues.finish,
    )  # fmt: skip
    return (sound for sound in kinds if sound is not None and sound.is_file)


def _put(bundle: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    bundle.writestr(entry, data)


def _content(path: Path) -> bytes:
    try:
        if path.suffix == SUFFIX:
            return read_routine_file(path, str(path))
        data = read_file(path, LARGEST_BYTES)
    except CannotRead as error:
        raise CannotBundle(f"{path}: {error.problem.message}") from None
    except OSError as error:
        raise CannotBundle(f"{path} cannot be read: {reason_of(error)}.") from None
    if len(data) > LARGEST_BYTES:
        raise CannotBundle(f"{path} is larger than {LARGEST_BYTES // 1_000_000} MB.")
    return data
