"""How loud a sound is to the ear: ITU-R BS.1770-4, as EBU R128 uses it, momentary."""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

WINDOW_S = 0.4
"""R128's momentary loudness is measured over 400 ms; the loudest 400 ms count."""
_STEP_S = 0.01

Filter = tuple[tuple[float, float, float], tuple[float, float]]


def loudness_lufs(samples: Sequence[float], rate: int) -> float:
    """The loudness of the loudest 400 ms of one channel, with a full scale of 1.

    A sound shorter than that counts as followed by silence. Minus infinity for silence.
    """
    padded = [*samples, *([0.0] * round(WINDOW_S * rate))]
    heard: Iterable[float] = padded
    for of_the_head_or_low in _filters(rate):
        heard = filtered(heard, of_the_head_or_low)
    squares = [sample * sample for sample in heard]
    step = round(_STEP_S * rate)
    energies = [sum(squares[at : at + step]) for at in range(0, len(squares), step)]
    steps = round(WINDOW_S / _STEP_S)
    loudest = max(sum(energies[at : at + steps]) for at in range(len(energies) - steps + 1))
    return -0.691 + 10 * math.log10(loudest / (steps * step)) if loudest else -math.inf


def filtered(samples: Iterable[float], of: Filter) -> list[float]:
    """Pass samples through a second-order filter."""
    (b0, b1, b2), (a1, a2) = of
    x1 = x2 = y1 = y2 = 0.0
    result = []
    for x in samples:
        y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
        x1, x2, y1, y2 = x, x1, y, y1
        result.append(y)
    return result


@lru_cache(maxsize=4)
def _filters(rate: int) -> tuple[Filter, Filter]:
    """The two filters of BS.1770 at any rate; at 48 kHz they match its tables."""
    turn = math.tan(math.pi * 1681.974450955533 / rate)
    quality, high = 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    middle = high**0.4996667741545416
    whole = 1 + turn / quality + turn * turn
    head = (
        (
            (high + middle * turn / quality + turn * turn) / whole,
            2 * (turn * turn - high) / whole,
            (high - middle * turn / quality + turn * turn) / whole,
        ),
        (2 * (turn * turn - 1) / whole, (1 - turn / quality + turn * turn) / whole),
    )
    turn = math.tan(math.pi * 38.13547087602444 / rate)
    quality = 0.5003270373238773
    whole = 1 + turn / quality + turn * turn
    low = (
        (1.0, -2.0, 1.0),
        (2 * (turn * turn - 1) / whole, (1 - turn / quality + turn * turn) / whole),
    )
    return head, low
