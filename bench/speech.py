"""What it costs to have all of `bedtime` spoken: each engine here, with an empty cache and again.

Run it with the program installed: `python bench/speech.py`.
"""

import resource
import tempfile
import time
from pathlib import Path

from uncramp.cli.routine_lookup import open_library
from uncramp.core.plan.plan import make_plan
from uncramp.speech.clip_cache import ClipCache
from uncramp.speech.engine import Engine, VoiceOptions
from uncramp.speech.engine_choice import Speech, system_engines
from uncramp.speech.voice import phrases_from


def main() -> None:
    """Measure and print."""
    entry = open_library().find("bedtime")
    assert entry is not None and entry.routine is not None
    plan = make_plan(entry.routine)
    found = dict.fromkeys(p for at in range(plan.total.spans) for p in phrases_from(plan, at))
    for engine in system_engines():
        if engine.is_there():
            with tempfile.TemporaryDirectory() as folder:
                measure(engine, tuple(found), Path(folder))


def measure(engine: Engine, phrases: tuple[str, ...], folder: Path) -> None:
    """Make every phrase by one engine, and print what it took."""
    cache = ClipCache(folder)
    for again in (False, True):
        speech = Speech(cache, VoiceOptions(), {}, lambda: [engine])
        took = []
        began_cpu = cpu_s()
        for phrase in phrases:
            began = time.perf_counter()
            assert speech.clip(phrase) is not None
            took.append((time.perf_counter() - began) * 1000)
        speech.close()
        clips, size = cache.size()
        how = "kept" if again else "made"
        print(
            f"{engine.name}: {len(phrases)} phrases {how} in {sum(took):.0f} ms, "
            f"first {took[0]:.0f}, middle {sorted(took)[len(took) // 2]:.0f}, "
            f"longest {max(took):.0f} ms; {(cpu_s() - began_cpu) * 1000:.0f} ms of a processor; "
            f"{clips} clips, {size / 1e6:.1f} MB"
        )


def cpu_s() -> float:
    """Seconds of processor time so far, of this process and of those it has ended."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


if __name__ == "__main__":
    main()
