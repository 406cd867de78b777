"""Why the system refused something, in words for the person."""

import errno

_WORDS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk is full",
    errno.EFBIG: "the disk is full",
    errno.EACCES: "you are not allowed to",
    errno.EPERM: "you are not allowed to",
    errno.EROFS: "the disk is read-only",
    errno.ENOENT: "there is no such file or folder",
    errno.ENOTDIR: "part of its path is a file, not a folder",
    errno.EEXIST: "something else has that name already",
    errno.EISDIR: "it is a folder",
    errno.ELOOP: "its links lead in a circle",
}


def reason_of(error: BaseException) -> str:
    """Why it failed, to follow a colon: `the disk is full`; else the system's own words."""
    known = _WORDS.get(getattr(error, "errno", None) or 0)
    return known or getattr(error, "strerror", None) or str(error) or type(error).__name__
