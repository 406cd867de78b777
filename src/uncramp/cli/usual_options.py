"""Reads the usual command lines without argparse, which takes as long to load as to run `where`.

The functions of `command_options` describe the options to it as they would to argparse. It
understands only what can be understood in one way: whole names of options, each value in its
own word, and the positional words together. Everything else, help and every mistake are
argparse's.
"""

from uncramp.cli.shared_options import ON_OR_OFF

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from uncramp.cli.arguments import Arguments

_SWITCH, _EACH = "store_true", "append"


class Unusual(Exception):
    """These words, or these options, are for argparse."""


class _Option:
    """One option, or one positional word."""

    __slots__ = ("action", "choices", "count", "dest", "make")

    def __init__(self, dest: str, more: "dict[str, Any]") -> None:
        self.dest: str = more.get("dest") or dest.lstrip("-").replace("-", "_")
        self.action: str = more.get("action", "store")
        self.count: str | None = more.get("nargs")
        self.make: Callable[[str], Any] = more.get("type", str)
        self.choices: Sequence[str] | None = more.get("choices")

    def value(self, word: str) -> object:
        """The value of a word. Raises Unusual if argparse has to refuse it."""
        try:
            made = self.make(word)
        except Exception as error:
            raise Unusual from error
        if self.choices is not None and made not in self.choices:
            raise Unusual
        return made


class _Group:
    """Options that exclude each other."""

    def __init__(self, options: "UsualOptions") -> None:
        self._options = options
        self.names: set[str] = set()

    def add_argument(self, *names: str, **more: "Any") -> None:
        self.names.add(self._options.add_argument(*names, **more))


class UsualOptions:
    """The options of one command: what its parser would be told, and what it would find."""

    def __init__(self) -> None:
        """No options yet."""
        self._defaults: dict[str, object] = {}
        self._named: dict[str, _Option] = {}
        self._positional: list[_Option] = []
        self._groups: list[_Group] = []

    def add_argument(self, *names: str, **more: "Any") -> str:
        """Add an option or a positional word, as in argparse. Returns its name in what was asked.

        Raises Unusual for a kind of option that only argparse knows.
        """
        option = _Option(next((n for n in names if n.startswith("--")), names[0]), more)
        is_known = option.action in ("store", _SWITCH, ON_OR_OFF, _EACH)
        if not is_known or (names[0].startswith("-") and option.count is not None):
            raise Unusual
        self._defaults[option.dest] = more.get(
            "default", False if option.action == _SWITCH else None
        )
        if not names[0].startswith("-"):
            self._positional.append(option)
        else:
            self._named |= dict.fromkeys(names, option)
        if option.action == ON_OR_OFF:
            self._named |= {f"--no-{name[2:]}": option for name in names}
        return option.dest

    def add_mutually_exclusive_group(self) -> "_Group":
        """Options of which one at most may be named."""
        self._groups.append(_Group(self))
        return self._groups[-1]

    def set_defaults(self, **values: object) -> None:
        """Give values to what no word gives one."""
        self._defaults |= values

    def add_subparsers(self, **_: object) -> "Any":
        """Raises Unusual: argparse finds the action of `config` and the like."""
        raise Unusual

    def read(self, words: "Iterable[str]", asked: "Arguments") -> None:
        """Put into `asked` what the words say. Raises Unusual."""
        found: dict[str, Any] = {}
        groups: list[list[str]] = [[]]
        rest = iter(words)
        for word in rest:
            if not word.startswith("-") or word == "-":
                groups[-1].append(word)
                continue
            if groups[-1]:
                groups.append([])
            option = self._named.get(word)
            if option is None:
                raise Unusual
            self._take(option, word, rest, found)
        together = [group for group in groups if group]
        if len(together) > 1:
            raise Unusual
        found |= self._placed(together[0] if together else [])
        if any(len(group.names & found.keys()) > 1 for group in self._groups):
            raise Unusual
        for name, value in (self._defaults | found).items():
            if name in found or not hasattr(asked, name):
                setattr(asked, name, value)

    def _take(
        self, option: _Option, name: str, rest: "Iterable[str]", found: "dict[str, Any]"
    ) -> None:
        if option.action in (_SWITCH, ON_OR_OFF):
            found[option.dest] = option.action == _SWITCH or not name.startswith("--no-")
            return
        word = next(iter(rest), "-")
        if word.startswith("-"):
            raise Unusual
        value = option.value(word)
        if option.action == _EACH:
            before = found.get(option.dest, self._defaults[option.dest])
            value = [*(before or ()), value]
        found[option.dest] = value

    def _placed(self, words: list[str]) -> dict[str, object]:
        """The values of the positional words."""
        found: dict[str, object] = {}
        for option in self._positional:
            most = len(words) if option.count in ("*", "+") else 1
            mine, words = words[:most], words[most:]
            if not mine and option.count in (None, "+"):
                raise Unusual
            values = [option.value(word) for word in mine]
            if option.count in ("*", "+"):
                found[option.dest] = values
            elif values:
                found[option.dest] = values[0]
        if words:
            raise Unusual
        return found
