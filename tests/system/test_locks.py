"""A file is locked only by a living process."""

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from uncramp.system.locks import AlreadyLocked, FileLock, is_held, waited_for

_HOLDS = """
import sys
import threading
from pathlib import Path
from uncramp.system.locks import FileLock
held = FileLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_what_is_held_is_held_by_one(tmp_path: Path) -> None:
    file = tmp_path / "one.lock"
    assert is_held(file) is False
    with FileLock(file) as held:
        assert held.is_locked
        assert is_held(file) is True
        with pytest.raises(AlreadyLocked):
            FileLock(file)
    assert is_held(file) is False
    assert file.exists()
    FileLock(file).release(remove=True)
    assert not file.exists()


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "one.lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDS, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        assert is_held(file) is True
    finally:
        holder.kill()
        holder.communicate()
    assert is_held(file) is False
    FileLock(file).release(remove=False)


def test_to_look_is_not_to_hold(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("there every lock is one process's own")
    import fcntl

    file = tmp_path / "one.lock"
    file.touch()
    descriptor = os.open(file, os.O_RDWR)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        assert is_held(file) is False, "two may look at the same time"
    finally:
        os.close(descriptor)


@pytest.mark.skipif(sys.platform == "win32", reason="its locks are others")
@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def test_a_disk_without_locks_is_lived_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("fcntl.flock", refuse)
    file = tmp_path / "one.lock"
    with FileLock(file) as held:
        assert not held.is_locked
        assert is_held(file) is None


def test_who_waits_for_a_lock_gets_it_and_nothing_stays_behind(tmp_path: Path) -> None:
    file = tmp_path / "one.lock"
    inside: list[int] = []

    def take_it(number: int) -> None:
        with waited_for(file):
            inside.append(number)
            assert is_held(file)
            inside.append(number)

    threads = [threading.Thread(target=take_it, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert inside[::2] == inside[1::2]
    assert len(inside) == 16
    assert not file.exists()


def test_where_no_lock_can_be_made_nothing_waits(tmp_path: Path) -> None:
    with waited_for(tmp_path / "missing" / "one.lock"):
        pass
