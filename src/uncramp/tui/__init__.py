"""The full screen: the front end in Textual, and the only package that imports it."""

import sys
from typing import Any, cast

if "asyncio" not in sys.modules:
    # It would load OpenSSL for its connections: 5 MB, and a tenth of its time. None is made here.
    sys.modules["ssl"] = cast("Any", None)
    try:
        import asyncio  # noqa: F401
    finally:
        del sys.modules["ssl"]
