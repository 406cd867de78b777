"""Puts a bundle's files into the person's own folder: all of them, or none.

A bundle may come from anybody. Its names, kinds and sizes are checked before anything is unpacked,
and everything is read into memory, within limits, before anything is written.
"""

import json
import re
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from unicodedata import normalize

from uncramp.audio.samples.sound_file import LARGEST_BYTES
from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.lazy.pattern import lazy_pattern
from uncramp.core.text.safe_text import shown, unseen_in
from uncramp.core.toml.file_kind import LARGEST_FILE
from uncramp.library.bundle import BUNDLE_FORMAT, MANIFEST
from uncramp.library.folder import SUFFIX
from uncramp.library.new_routine import checked_id
from uncramp.library.unusable_value import UnusableValue
from uncramp.system.files import (
    CannotWrite,
    private_folder,
    read_file,
    replace_file,
    write_new_file,
)
from uncramp.system.os_errors import reason_of

MOST_FILES = 200
MOST_BYTES = 100_000_000
"""The limit for a bundle, and for all that is in it, in bytes."""
_DEEPEST = 8
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, LookupError, ArithmeticError,
    NotImplementedError, ValueError,
)  # fmt: skip
"""What `zipfile` raises for a file that only begins like one of its own."""
_SOUNDS = frozenset({".wav", ".flac", ".mp3", ".ogg"})
_ODD_PART = lazy_pattern(r'[<>:"|?*\\]|[. ]$|^ |^(con|prn|aux|nul|com\d|lpt\d)(\.|$)', re.I)


class CannotImport(Exception):
    """Nothing was imported; the text says why, in a sentence."""


class ThereAlready(CannotImport):
    """Files with these names exist with other content."""

    def __init__(self, names: tuple[str, ...]) -> None:
        """Keep the names."""
        super().__init__(", ".join(names))
        self.names = names


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, by the names of files in the person's folder."""

    routine_id: str
    written: tuple[str, ...]
    replaced: tuple[str, ...]
    same: tuple[str, ...]
    """Exist already, with the same content."""


def unpacked(file: Path) -> tuple[str, dict[str, bytes]]:
    """The id of the bundle's routine, and its files by name. Raises CannotImport."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise CannotImport(f"it is larger than {MOST_BYTES // 1_000_000} MB")
        with zipfile.ZipFile(file) as bundle:
            return _read(bundle)
    except _DAMAGED:
        raise CannotImport("it is damaged, or no bundle of uncramp") from None
    except RuntimeError:
        raise CannotImport("it needs a password") from None
    except OSError as error:
        raise CannotImport(f"it cannot be read: {reason_of(error)}") from None


def _read(bundle: zipfile.ZipFile) -> tuple[str, dict[str, bytes]]:
    entries = [entry for entry in bundle.infolist() if not entry.is_dir()]
    if len(entries) > MOST_FILES:
        raise CannotImport(f"it holds {len(entries):,} files, and {MOST_FILES} are the most")
    seen: set[str] = set()
    for entry in entries:
        _check_name(entry.filename)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise CannotImport(f'"{shown(entry.filename)}" in it is packed in another way')
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG):
            raise CannotImport(f'"{shown(entry.filename)}" in it is a link, or no ordinary file')
        # Some disks distinguish upper and lower case, or two ways to write an accent; some do not.
        name = normalize("NFC", entry.filename).casefold()
        if name in seen:
            raise CannotImport(f'it holds "{shown(entry.filename)}" twice')
        seen.add(name)
    files: dict[str, bytes] = {}
    left = MOST_BYTES
    for entry in entries:
        files[entry.filename] = _content(bundle, entry, left)
        left -= len(files[entry.filename])
    return _main(files), {name: data for name, data in files.items() if name != MANIFEST}


def _check_name(name: str) -> None:
    """Only plain names below the folder itself, on any system that opens the bundle."""
    parts = name.split("/")
    is_odd = any(not part or part in (".", "..") or _ODD_PART.search(part) for part in parts)
    is_long = len(name.encode("utf-8", "surrogatepass")) > 200 or len(parts) > _DEEPEST
    if is_odd or is_long or unseen_in(name, may_break=False):
        raise CannotImport(f'"{shown(name[:100])}" in it is no name inside a folder')
    if name == MANIFEST:
        return
    path = Path(name)
    if path.suffix == SUFFIX and len(parts) == 1:
        try:
            checked_id(path.stem)
        except UnusableValue:
            raise CannotImport(f'"{shown(name)}" in it is no name of a routine') from None
    elif path.suffix.lower() not in _SOUNDS:
        raise CannotImport(f'"{shown(name)}" in it is neither a routine nor a sound')


def _content(bundle: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """The content of an entry. Its stated size is not trusted."""
    most = min(LARGEST_BYTES if Path(entry.filename).suffix != SUFFIX else LARGEST_FILE, left)
    with bundle.open(entry) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise CannotImport(f'"{shown(entry.filename)}" in it is too large')
    return data


def _main(files: dict[str, bytes]) -> str:
    """Which routine the bundle is for."""
    try:
        manifest = json.loads(files[MANIFEST])
        written, routine_id = manifest["format"], manifest["routine"]
    except (KeyError, TypeError, ValueError, RecursionError):
        raise CannotImport("it is damaged, or no bundle of uncramp") from None
    if isinstance(written, int) and written > BUNDLE_FORMAT:
        raise CannotImport("it was made by a newer uncramp")
    if not isinstance(routine_id, str) or f"{routine_id}{SUFFIX}" not in files:
        raise CannotImport("the routine it is for is not in it")
    return routine_id


def put_in(
    own: Path,
    routine_id: str,
    files: dict[str, bytes],
    check: Callable[[Path], str | None],
    *,
    may_replace: bool = False,
) -> Imported:
    """Put the files into the folder `own`: all of them, or none.

    `check` gets the routine's file in a folder with all the others, and says what is wrong with
    it. Raises CannotImport, and ThereAlready for files that would be replaced.
    """
    try:
        private_folder(own)
        with tempfile.TemporaryDirectory(prefix="uncramp-") as folder:
            for name, data in files.items():
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            problem = check(Path(folder, f"{routine_id}{SUFFIX}"))
        if problem is not None:
            raise CannotImport(problem)
        before = {name: _before(own / name) for name in files}
    except OSError as error:
        raise CannotImport(f"its files cannot be unpacked: {reason_of(error)}") from None
    others = tuple(n for n, data in before.items() if data is not None and data != files[n])
    if others and not may_replace:
        raise ThereAlready(others)
    return _written(own, routine_id, files, before)


def _before(path: Path) -> bytes | None:
    """The present content, to be restored if not everything can be written."""
    if path.is_symlink():
        raise CannotImport(f"{path} is a link, and a link is not replaced")
    try:
        data = read_file(path, LARGEST_BYTES)
    except FileNotFoundError:
        return None
    if len(data) > LARGEST_BYTES:
        raise CannotImport(f"{path} is too large to be replaced")
    return data


def _written(
    own: Path, routine_id: str, files: dict[str, bytes], before: dict[str, bytes | None]
) -> Imported:
    new: list[str] = []
    replaced: list[str] = []
    folders: list[Path] = []
    try:
        for name, data in files.items():
            path = own / name
            folders += _made_folders(own, path.parent)
            if before[name] is None:
                write_new_file(path, data)
                new.append(name)
            elif before[name] != data:
                replace_file(path, data)
                replaced.append(name)
    except (CannotWrite, OSError) as error:
        _take_back(own, new, replaced, before, folders)
        words = str(error) if isinstance(error, CannotWrite) else reason_of(error)
        raise CannotImport(f"its files cannot be written: {words.rstrip('.')}") from None
    same = tuple(name for name in files if name not in {*new, *replaced})
    return Imported(routine_id, tuple(new), tuple(replaced), same)


def _made_folders(own: Path, folder: Path) -> list[Path]:
    """Create the folder of a sound. Returns the new folders; refuses a link that leads out."""
    missing = [one for one in (folder, *folder.parents) if own in one.parents and not one.exists()]
    if not folder.resolve().is_relative_to(own.resolve()):
        raise OSError(f"{folder} leads out of {own}")
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _take_back(
    own: Path,
    new: list[str],
    replaced: list[str],
    before: dict[str, bytes | None],
    folders: list[Path],
) -> None:
    with suppress(OSError, CannotWrite):
        for name in new:
            (own / name).unlink(missing_ok=True)
        for name in replaced:
            replace_file(own / name, before[name] or b"")
        for folder in sorted(folders, reverse=True):
            folder.rmdir()
