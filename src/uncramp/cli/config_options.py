"""The options of `uncramp config`; read with the command line, so nothing else is loaded here."""

from argparse import ArgumentParser

CONFIG_EPILOG = """\
  uncramp config set volume.all 60
  uncramp config set night.from 21:30

Without more it lists all settings. docs/settings.md tells of each.

Exit status: 0 done, 2 not done, or there are errors in the file after edit.
"""


def add_config_options(parser: ArgumentParser) -> None:
    """Add what can be done with the settings to the parser of `config`."""
    parser.set_defaults(json=False)
    doings = parser.add_subparsers(
        title="what to do", dest="doing", metavar="DOING", parser_class=type(parser),
        prog="uncramp config",
    )  # fmt: skip

    def doing(name: str, words: str) -> ArgumentParser:
        description = f"{words[0].upper()}{words[1:]}."
        return doings.add_parser(name, help=words, description=description, allow_abbrev=False)

    _add_json(doing("list", "all settings and what holds"), "an array with an object for each")
    get = doing("get", "the value of one setting, or all that hold")
    get.add_argument("name", nargs="?", metavar="NAME", help="such as volume.all")
    _add_json(get, "an object")
    set_ = doing("set", "change one setting, and leave the rest of the file as it is")
    set_.add_argument("name", metavar="NAME", help="such as volume.all")
    set_.add_argument("value", nargs="+", metavar="VALUE", help="such as 60")
    unset = doing("unset", "let the default of a setting hold again")
    unset.add_argument("name", metavar="NAME", help="such as volume.all")
    doing("edit", "open the file in your editor, and check it after")
    _add_json(doing("keys", "the keys of the screen by their ids"), "an array")
    doing("path", "where the file is")


def _add_json(parser: ArgumentParser, what: str) -> None:
    parser.add_argument("--json", action="store_true", help=f"for programs: {what}")
