"""A sound server for the tests of real sound: one for each module, ended after it."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real.listening import Sink, missing_tools


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    """A recorded sink; left out only where a tool is missing, and never with CI=true."""
    if missing := missing_tools():
        words = (
            f"real sound needs {', '.join(missing)}: apt-get install pulseaudio-utils pulseaudio"
        )
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    with tempfile.TemporaryDirectory(prefix="uncramp-ci-") as folder, Sink(Path(folder)) as sink:
        yield sink
