"""The folder of the sockets of this person's runs, and checking who is at the other end.

Only for Unix: Python has no such sockets on Windows, so no run can be steered there.
"""

import os
import socket
import stat
import struct
import sys
from contextlib import closing, suppress
from pathlib import Path

SOCKET_SUFFIX, WAITING_SUFFIX = ".run", ".waiting"
"""The name endings of the sockets of runs, and of programs that wait for a run to begin."""

_MOST_ENTRIES = 200


class Unsafe(OSError):
    """Somebody else could read or change the folder; the text is for the person."""


def has_sockets() -> bool:
    """Are there sockets of this kind on this machine?"""
    return sys.platform != "win32" and hasattr(socket, "AF_UNIX")


def private_runtime_folder(folder: Path) -> Path:
    """Create the folder if needed. Returns it. Raises Unsafe or OSError.

    It must be a real folder, owned by this person and closed to everybody else, and nobody else
    may be able to replace it.
    """
    with suppress(FileExistsError):
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
    _refuse_unsafe(folder)
    return folder


def _refuse_unsafe(folder: Path) -> None:
    if sys.platform == "win32":
        return
    me = os.geteuid()
    found, around = folder.lstat(), folder.parent.stat()
    if not stat.S_ISDIR(found.st_mode):
        raise Unsafe(f"{folder} must be a folder of your own, and is something else. Remove it.")
    if found.st_uid != me:
        raise Unsafe(f"{folder} belongs to somebody else. Remove it, or set XDG_RUNTIME_DIR.")
    if found.st_mode & 0o077:
        raise Unsafe(f"{folder} is open to others. Close it: chmod 700 {folder}")
    is_shared = around.st_mode & 0o022 and not around.st_mode & stat.S_ISVTX
    if around.st_uid not in (0, me) or is_shared:
        raise Unsafe(f"Others can replace {folder}. Set XDG_RUNTIME_DIR to a folder of your own.")


def is_of_this_person(connection: socket.socket) -> bool:
    """Does the process at the other end belong to this person? If unknown, the folder protects us.

    Linux has SO_PEERCRED (pid, uid, gid); macOS has LOCAL_PEERCRED, whose second number is it.
    """
    if sys.platform == "win32":
        return False
    try:
        if sys.platform == "linux":
            data = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
            return int(struct.unpack("3i", data)[1]) == os.geteuid()
        if sys.platform == "darwin":
            data = connection.getsockopt(0, 1, 76)
            return int(struct.unpack_from("2I", data)[1]) == os.geteuid()
    except (OSError, struct.error):
        return False
    return True


def address_of(path: Path, folder_descriptor: int) -> str:
    """The address of a socket in the folder that is open as `folder_descriptor`.

    An address has only about a hundred bytes: on Linux a longer path uses the descriptor.
    """
    address = str(path)
    if len(os.fsencode(address)) < 100 or sys.platform != "linux":
        return address
    return f"/proc/self/fd/{folder_descriptor}/{path.name}"


def connected(path: Path, within_s: float | None = None) -> socket.socket | None:
    """A connection to the socket at `path`; None if nobody or another person is there.

    A socket that a killed program left is deleted.
    """
    if sys.platform == "win32":
        return None
    try:
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(within_s)
        connection.connect(address_of(path, folder))
    except ConnectionRefusedError:
        connection.close()
        with suppress(OSError):
            path.unlink()
        return None
    except OSError:
        connection.close()
        return None
    finally:
        os.close(folder)
    if is_of_this_person(connection):
        return connection
    connection.close()
    return None


def listening_socket(path: Path) -> socket.socket:
    """A socket that listens at `path`, which only appears once it listens. Raises OSError."""
    if sys.platform == "win32":
        raise OSError("there are no such sockets on Windows")
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    hidden = path.with_name(f".{path.name}-{os.urandom(4).hex()}")
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        made.bind(address_of(hidden, folder))
        hidden.chmod(0o600)
        made.listen(16)
        # It can be connected as soon as it is visible: nobody thinks a killed program left it.
        hidden.rename(path)
    except BaseException:
        made.close()
        with suppress(OSError):
            hidden.unlink()
        raise
    finally:
        os.close(folder)
    made.setblocking(False)
    return made


def entries(folder: Path, suffix: str) -> list[Path]:
    """The sockets in the folder, the latest first."""
    try:
        there = [path for path in folder.iterdir() if path.name.endswith(suffix)][:_MOST_ENTRIES]
    except OSError:
        return []
    found: list[tuple[float, Path]] = []
    for path in there:
        with suppress(OSError):
            status = path.lstat()
            if stat.S_ISSOCK(status.st_mode):
                found.append((status.st_mtime, path))
    return [path for _, path in sorted(found, reverse=True)]


def wake_waiting(folder: Path) -> None:
    """Tell each program that waits for a run that one has begun."""
    for path in entries(folder, WAITING_SUFFIX):
        connection = connected(path, 0.0)
        if connection is not None:
            with closing(connection):
                pass
