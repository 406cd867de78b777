"""The options of `uncramp config`; read with the command line, so nothing else is loaded here."""

from uncramp.cli.shared_options import add_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser

CONFIG_EPILOG = """\
  uncramp config set volume.all 60
  uncramp config set night.from 21:30

On its own it lists all settings. docs/settings.md explains each of them.

Exit status: 0 done, 2 not done, or the file has errors after editing.
"""


def add_config_options(parser: "ArgumentParser") -> None:
    """Add the actions on settings to the parser of `config`."""
    parser.set_defaults(json=False)
    doings = parser.add_subparsers(
        title="actions", dest="doing", metavar="ACTION", parser_class=type(parser),
        prog="uncramp config",
    )  # fmt: skip

    def doing(name: str, words: str) -> "ArgumentParser":
        description = f"{words[0].upper()}{words[1:]}."
        return doings.add_parser(name, help=words, description=description, allow_abbrev=False)

    add_json(
        doing("list", "list all settings and their values"), "an array with one object per setting"
    )
    get = doing("get", "show the value of one setting, or of all")
    get.add_argument("name", nargs="?", metavar="NAME", help="such as volume.all")
    add_json(get, "an object")
    set_ = doing("set", "change one setting, and leave the rest of the file as it is")
    set_.add_argument("name", metavar="NAME", help="such as volume.all")
    set_.add_argument("value", nargs="+", metavar="VALUE", help="such as 60")
    unset = doing("unset", "reset a setting to its default")
    unset.add_argument("name", metavar="NAME", help="such as volume.all")
    doing("edit", "open the file in your editor, and check it afterwards")
    add_json(doing("keys", "list the keys of the screens by their ids"), "an array")
    doing("path", "show where the file is")
