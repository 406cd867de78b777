"""A name is used for one thing, and no imports go in a circle: what `tests.house_report` finds."""

import ast
from pathlib import Path

import pytest

from tests.house_report import (
    SOURCE,
    Module,
    circles,
    double_classes,
    double_modules,
    imports_of,
    long_functions,
    read_modules,
    report,
    undocumented,
)

SAME_THING = {
    "history": "the room of the core that knows it, and what writes it down",
    "keys": "of a file and of a keyboard: for both it is the field's word",
    "library": "the room, its own value, and the screens that show it",
    "messages": "from one part of the program to another, each a value",
    "model": "the frozen values of a room",
    "parser": "of the words of a command and of TOML",
    "plan": "the room and its own value",
    "reader": "from the text of a file to the values of a room",
    "rows": "what a list on a screen is made of",
    "run": "the room, its own value, and the screens that show it",
    "screen": "the first screen of a room of screens",
    "session": "the room and its own value",
    "settings": "the room, and the screens that show it",
    "text": "words that are shown",
}
"""Names of modules that are used more than once because they mean the same, and what."""

SAME_CLASS: dict[str, str] = {}
"""Names of classes likewise."""


@pytest.fixture(scope="module")
def modules() -> list[Module]:
    """The program as it is written."""
    return read_modules(SOURCE)


def test_a_module_has_a_name_of_its_own(modules: list[Module]) -> None:
    # A command's file bears the command's word, so it is named as the room that the command
    # shows.
    rooms = [module for module in modules if ".cli.commands." not in module.name]
    double = double_modules(rooms)
    assert {name: double[name] for name in double.keys() - SAME_THING} == {}
    assert SAME_THING.keys() - double.keys() == set(), "no longer used twice"


def test_a_class_has_a_name_of_its_own(modules: list[Module]) -> None:
    double = double_classes(modules)
    assert {name: double[name] for name in double.keys() - SAME_CLASS} == {}
    assert SAME_CLASS.keys() - double.keys() == set(), "no longer used twice"


def test_no_imports_go_in_a_circle(modules: list[Module]) -> None:
    imports = imports_of(modules)
    assert circles(imports, "at_load") == []
    assert circles(imports, "at_load", "in_functions", "for_types") == []


def test_every_public_name_says_what_it_is(modules: list[Module]) -> None:
    assert undocumented(modules) == []


@pytest.fixture
def poor(tmp_path: Path) -> list[Module]:
    """A program with one of each fault."""
    files = {
        "uncramp/__init__.py": '"""Room."""\n',
        "uncramp/one/__init__.py": '"""Room."""\n',
        "uncramp/one/list.py": '"""A."""\nfrom uncramp.two import list\nclass Row:\n    """A."""\n',
        "uncramp/two/__init__.py": '"""Room."""\n',
        "uncramp/two/list.py": (
            '"""B."""\ndef late() -> None:\n    """Import."""\n    from ..one.list import Row\n'
            "class Row:\n    pass\n"
        ),
        "uncramp/two/typed.py": (
            '"""C."""\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n'
            "    import uncramp.two.used\n"
        ),
        "uncramp/two/used.py": '"""D."""\nimport uncramp.two.typed\n',
        "uncramp/long.py": '"""E."""\ndef _long() -> None:\n' + "    print()\n" * 60,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return read_modules(tmp_path)


def test_each_fault_is_found(poor: list[Module]) -> None:
    imports = imports_of(poor)
    lists = ["uncramp.one.list", "uncramp.two.list"]
    assert double_modules(poor) == {"list": lists}
    assert double_classes(poor) == {"Row": ["uncramp.one.list:3", "uncramp.two.list:5"]}
    assert circles(imports, "at_load") == []
    assert circles(imports, "at_load", "in_functions") == [lists]
    assert circles(imports, "at_load", "for_types") == [["uncramp.two.typed", "uncramp.two.used"]]
    assert undocumented(poor) == ["uncramp.two.list.Row"]
    assert long_functions(poor) == ["61 uncramp.long:2 _long"]


def test_a_circle_of_three_is_one_group() -> None:
    trees = {"a": "import b", "b": "import c", "c": "import a", "d": "import a"}
    modules = [Module(name, False, ast.parse(text), 1) for name, text in trees.items()]
    assert circles(imports_of(modules), "at_load") == [["a", "b", "c"]]


def test_the_report_prints_what_it_found_and_how_much_more(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.py").write_text("def f() -> None:\n    pass\n", "utf-8")
    told = report(tmp_path, shown=2)
    assert "public names without a docstring: 6\n  a\n  a.f\n  and 4 more" in told
    assert "more" not in report(tmp_path, shown=0)
