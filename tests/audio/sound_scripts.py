"""The scripts that make the bundled sounds, which are not part of the package."""

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).parents[2] / "sounds"


@cache
def script(name: str) -> ModuleType:
    """One of them by its name without `.py`, loaded once."""
    spec = importlib.util.spec_from_file_location(f"sounds_{name}", FOLDER / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
