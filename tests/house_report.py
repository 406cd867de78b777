"""What stands out in the source: `python -m tests.house_report [FOLDER] [--all]`.

It only reads the files and imports nothing, so a folder of another version works too.
`tests/test_house.py` asserts the rules; everything else is only reported.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

LONG_FUNCTION = 60
LONG_CLASS = 250
LONG_FILE = 400
SHOWN = 12

SOURCE = Path(__file__).parents[1] / "src"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """One file: its dotted name, its tree, its lines, and what it imports and when."""

    name: str
    is_package: bool
    tree: ast.Module
    lines: int


@dataclass(slots=True)
class Imports:
    """What one module imports of the same program, by when the import happens."""

    at_load: set[str] = field(default_factory=set)
    in_functions: set[str] = field(default_factory=set)
    for_types: set[str] = field(default_factory=set)


def read_modules(folder: Path) -> list[Module]:
    """Every Python file below `folder`, in the order of names. A file that is no Python raises."""
    modules = []
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text("utf-8")
        parts = path.relative_to(folder).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        modules.append(Module(name, is_package, ast.parse(text), len(text.splitlines())))
    return modules


def double_modules(modules: list[Module]) -> dict[str, list[str]]:
    """Names that more than one module or package has, and where."""
    places = defaultdict(list)
    for module in modules:
        last = module.name.rpartition(".")[2]
        if not last.startswith("__"):
            places[last].append(module.name)
    return _more_than_one(places)


def double_classes(modules: list[Module]) -> dict[str, list[str]]:
    """Names that more than one class has, and where; a class within a class counts as well."""
    places = defaultdict(list)
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{module.name}:{node.lineno}")
    return _more_than_one(places)


def _more_than_one(places: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: found for name, found in sorted(places.items()) if len(found) > 1}


def long_functions(modules: list[Module]) -> list[str]:
    """Functions of more than 60 lines, the longest first."""
    return _longer(modules, (ast.FunctionDef, ast.AsyncFunctionDef), LONG_FUNCTION)


def long_classes(modules: list[Module]) -> list[str]:
    """Classes of more than 250 lines, the longest first."""
    return _longer(modules, (ast.ClassDef,), LONG_CLASS)


def _longer(modules: list[Module], kinds: tuple[type, ...], most: int) -> list[str]:
    found = []
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, kinds) and isinstance(node, Function | ast.ClassDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > most:
                    found.append((length, f"{module.name}:{node.lineno} {node.name}"))
    return [f"{length} {place}" for length, place in sorted(found, reverse=True)]


def long_files(modules: list[Module]) -> list[str]:
    """Files of more than 400 lines, the longest first."""
    found = [(module.lines, module.name) for module in modules if module.lines > LONG_FILE]
    return [f"{length} {name}" for length, name in sorted(found, reverse=True)]


def imports_of(modules: list[Module]) -> dict[str, Imports]:
    """What each module imports of the others, and when."""
    names = {module.name for module in modules}
    found = {}
    for module in modules:
        imports = Imports()
        _collect(module, module.tree, names, imports, imports.at_load)
        for imported in (imports.at_load, imports.in_functions, imports.for_types):
            imported.discard(module.name)
        found[module.name] = imports
    return found


def _collect(
    module: Module, node: ast.AST, names: set[str], imports: Imports, into: set[str]
) -> None:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            into.update(_imported(module, child, names))
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            _collect(module, child, names, imports, imports.for_types)
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            _collect(module, child, names, imports, imports.in_functions)
        else:
            _collect(module, child, names, imports, into)


def _imported(module: Module, node: ast.Import | ast.ImportFrom, names: set[str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names if alias.name in names)
        return
    base = node.module or ""
    if node.level:
        steps = module.name.split(".")
        above = steps[: len(steps) - node.level + module.is_package]
        base = ".".join([*above, *([node.module] if node.module else [])])
    for alias in node.names:
        whole = f"{base}.{alias.name}"
        if whole in names:
            yield whole
        elif base in names:
            yield base


def circles(imports: dict[str, Imports], *kinds: str) -> list[list[str]]:
    """Groups of modules that import each other in a circle, by the named kinds of imports.

    The kinds are the fields of `Imports`. Each group is sorted, and so are the groups.
    """
    edges = {
        name: sorted(set().union(*(getattr(found, kind) for kind in kinds)))
        for name, found in imports.items()
    }
    return sorted(sorted(group) for group in _strong_groups(edges) if len(group) > 1)


def _strong_groups(edges: dict[str, list[str]]) -> list[list[str]]:
    # Kosaraju's: the order of leaving forwards, then what is reached backwards in that order.
    left: list[str] = []
    seen: set[str] = set()
    for start in edges:
        _leave(start, edges, seen, left)
    back: dict[str, list[str]] = defaultdict(list)
    for name, targets in edges.items():
        for target in targets:
            back[target].append(name)
    groups, placed = [], set[str]()
    for start in reversed(left):
        group: list[str] = []
        _leave(start, back, placed, group)
        groups.append(group)
    return groups


def _leave(start: str, edges: dict[str, list[str]], seen: set[str], left: list[str]) -> None:
    if start in seen:
        return
    seen.add(start)
    path = [(start, iter(edges.get(start, ())))]
    while path:
        name, targets = path[-1]
        following = next((target for target in targets if target not in seen), None)
        if following is None:
            left.append(name)
            path.pop()
        else:
            seen.add(following)
            path.append((following, iter(edges.get(following, ()))))


def any_in_routines(modules: list[Module]) -> list[str]:
    """Every `Any` in `core.routine`; in a version without that room, in all of the core."""
    room = "uncramp.core.routine"
    if not any(module.name == room for module in modules):
        room = "uncramp.core"
    found: list[str] = []
    for module in modules:
        if f"{module.name}.".startswith(f"{room}."):
            nodes = ast.walk(module.tree)
            lines = [n.lineno for n in nodes if isinstance(n, ast.Name) and n.id == "Any"]
            found.extend(f"{module.name}:{line}" for line in sorted(lines))
    return found


def undocumented(modules: list[Module]) -> list[str]:
    """Public modules, classes, functions and methods without a docstring."""
    found: list[str] = []
    for module in modules:
        if not ast.get_docstring(module.tree):
            found.append(module.name)
        found.extend(_undocumented_in(module.name, module.tree))
    return found


def _undocumented_in(place: str, node: ast.Module | ast.ClassDef) -> Iterator[str]:
    for child in node.body:
        if not isinstance(child, Function | ast.ClassDef) or child.name.startswith("_"):
            continue
        if not ast.get_docstring(child) and not _overrides(child):
            yield f"{place}.{child.name}"
        if isinstance(child, ast.ClassDef):
            yield from _undocumented_in(f"{place}.{child.name}", child)


def _overrides(node: Function | ast.ClassDef) -> bool:
    return any(
        ast.unparse(mark).split(".")[-1] in ("override", "overload", "setter")
        for mark in node.decorator_list
    )


def undocumented_constants(modules: list[Module]) -> list[str]:
    """Public constants of modules with neither a docstring below them nor a comment above."""
    found: list[str] = []
    for module in modules:
        for at, node in enumerate(module.tree.body):
            names = _constants(node)
            below = module.tree.body[at + 1 : at + 2]
            if names and not (below and _is_text(below[0])):
                found.extend(f"{module.name}.{name}" for name in names)
    return found


def _constants(node: ast.stmt) -> list[str]:
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AnnAssign):
        targets = [node.target]
    return [
        target.id
        for target in targets
        if isinstance(target, ast.Name) and target.id.isupper() and target.id[0] != "_"
    ]


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def report(folder: Path, shown: int = SHOWN) -> str:
    """The whole report as text, at most `shown` lines of each list (all where it is 0)."""
    modules = read_modules(folder)
    imports = imports_of(modules)
    by_load = ("at_load",)
    by_run = ("at_load", "in_functions")
    by_types = (*by_run, "for_types")
    sections = {
        "module names used for two things": _places(double_modules(modules)),
        "class names used for two things": _places(double_classes(modules)),
        f"functions over {LONG_FUNCTION} lines": long_functions(modules),
        f"classes over {LONG_CLASS} lines": long_classes(modules),
        f"files over {LONG_FILE} lines": long_files(modules),
        "import circles when loaded": _joined(circles(imports, *by_load)),
        "import circles at run time too": _joined(circles(imports, *by_run)),
        "import circles with what is imported for types": _joined(circles(imports, *by_types)),
        "Any in core.routine": any_in_routines(modules),
        "public names without a docstring": undocumented(modules),
        "public constants without a docstring": undocumented_constants(modules),
    }
    total = sum(module.lines for module in modules)
    lines = [f"{len(modules)} files, {total} lines below {folder}"]
    for title, found in sections.items():
        lines.append(f"\n{title}: {len(found)}")
        lines.extend(f"  {line}" for line in (found[:shown] if shown else found))
        if shown and len(found) > shown:
            lines.append(f"  and {len(found) - shown} more (--all shows them)")
    return "\n".join(lines)


def _places(names: dict[str, list[str]]) -> list[str]:
    return [f"{name}: {', '.join(found)}" for name, found in names.items()]


def _joined(groups: list[list[str]]) -> list[str]:
    return [" <-> ".join(group) for group in groups]


def main(arguments: list[str]) -> int:
    """Print the report of the named folder, or of this checkout's source."""
    folders = [argument for argument in arguments if argument != "--all"]
    print(report(Path(folders[0]) if folders else SOURCE, 0 if "--all" in arguments else SHOWN))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
