"""Regular expressions that are compiled at their first use."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from re import Pattern


def lazy_pattern(pattern: str, flags: int = 0) -> "Pattern[str]":
    """A pattern like that of `re.compile`, compiled when one of its methods is first used.

    A pattern that cannot be compiled raises re.error only then.
    """
    return _LazyPattern(pattern, flags)  # type: ignore[return-value]


class _LazyPattern:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        # Called only for missing attributes: each method of the pattern is stored once found.
        if "_compiled" not in self.__dict__:
            import re

            self._compiled = re.compile(self.pattern, self._flags)
        found = getattr(self._compiled, name)
        setattr(self, name, found)
        return found
