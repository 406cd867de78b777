"""Searching and ordering routines."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.routine.points import Atlas
from uncramp.core.suitability.listing import Listing, why_not_for
from uncramp.core.text.folding import folded

NEAR_MIN = 90
"""How far from this time of day a run may have begun to count for this hour."""

DAY_MIN = 24 * 60

RECENT_S = 30 * 24 * 60 * 60
"""How long ago a run may be to count."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment, with its local time of day."""

    epoch_s: float
    minute: int
    """The local minute of the day, 0 to 1439."""


@dataclass(frozen=True, slots=True)
class Use:
    """A run of a routine."""

    routine_id: str
    began: Moment
    is_complete: bool = True
    """Was it finished?"""


def is_of_this_hour(then: int, now: int) -> bool:
    """Are two minutes of the day within an hour and a half of each other, even over midnight?"""
    apart = abs(then - now) % DAY_MIN
    return min(apart, DAY_MIN - apart) <= NEAR_MIN


def ranked(
    listings: Iterable[Listing],
    uses: Iterable[Use],
    now: Moment,
    favourites: frozenset[str] = frozenset(),
    conditions: frozenset[str] = frozenset(),
    urgent_id: str = "",
) -> tuple[Listing, ...]:
    """The routines in the order in which they are offered.

    1. The urgent ones: `urgent_id` first, then by title. Neither use nor stars move them, so
       that they are always found in the same place.
    2. What was begun in the last 30 days at this time of day, an hour and a half more or
       less, the latest first.
    3. What else was begun in the last 30 days, the latest first.
    4. Favourites, by title.
    5. The others, by title.
    6. What is not for this person, in the same order.
    """
    uses = tuple(uses)
    last, last_near = _begun_lately(uses, now), begun_at_this_hour(uses, now)

    def place(listing: Listing) -> tuple[object, ...]:
        title = (folded(listing.title), listing.id)
        barred = bool(conditions) and why_not_for(listing, conditions) is not None
        if listing.is_urgent:
            return (barred, 0, listing.id != urgent_id, *title)
        if listing.id in last_near:
            return (barred, 1, -last_near[listing.id], *title)
        if listing.id in last:
            return (barred, 2, -last[listing.id], *title)
        return (barred, 3, listing.id not in favourites, *title)

    return tuple(sorted(listings, key=place))


def begun_at_this_hour(uses: Iterable[Use], now: Moment) -> dict[str, float]:
    """When each routine was last begun near this time of day in the last 30 days, in seconds."""
    near = (use for use in uses if is_of_this_hour(use.began.minute, now.minute))
    return _begun_lately(near, now)


def _begun_lately(uses: Iterable[Use], now: Moment) -> dict[str, float]:
    last: dict[str, float] = {}
    for use in uses:
        if now.epoch_s - use.began.epoch_s <= RECENT_S:
            began_s = use.began.epoch_s
            last[use.routine_id] = max(began_s, last.get(use.routine_id, began_s))
    return last


@dataclass(frozen=True, slots=True)
class Finder:
    """Routines prepared for searching, in their order without a search."""

    listings: tuple[Listing, ...]
    texts: "tuple[_Text, ...]"

    def found(self, sought: str) -> tuple[Listing, ...]:
        """The routines that contain each word of `sought`, in any order, best match first.

        Of equal matches the one whose id is nearest to the typed text comes first, and the
        others keep their order. An empty search gives all of them.
        """
        words = _words(sought)
        if not words:
            return self.listings
        scored: list[tuple[int, int, int]] = []
        begun = "-".join(words)
        for at, text in enumerate(self.texts):
            # Most do not match: this is the quickest way to find that out.
            if not all(word in text.together for word in words):
                continue
            scores = [_score(text, word) for word in words]
            if all(scores):
                id_ = self.listings[at].id
                # Where all is in the title it may be the beginning of the id: the shortest
                # is the nearest.
                is_near = min(scores) >= _IN_TITLE and id_.startswith(begun)
                rest = len(id_) - len(begun) if is_near else _FAR
                scored.append((-sum(scores), rest, at))
        return tuple(self.listings[at] for *_, at in sorted(scored))


class _Text(NamedTuple):
    """The texts in which a routine is found, each with a space before every word."""

    title: str
    labels: str
    """The id, tags, and the codes and names of points."""
    rest: str
    """The names of steps, and the summary."""
    together: str
    """All of it without spaces, for terms written as one word or as two."""


def finder(listings: Sequence[Listing], atlas: Atlas) -> Finder:
    """`listings` prepared for searching, with the names of points from `atlas`."""
    names = {
        point.code: _spaced(" ".join((point.code, point.label, point.name, *point.aliases)))
        for point in atlas.points
    }
    titles = _all_spaced([listing.title for listing in listings])
    words = _all_spaced([" ".join((listing.id, *listing.tags)) for listing in listings])
    rests = _all_spaced([f"{' '.join(listing.names)} {listing.summary}" for listing in listings])
    texts = []
    for listing, title, label, rest in zip(listings, titles, words, rests, strict=True):
        points = "".join([names.get(code) or _spaced(code) for code in listing.points])
        labels = label + points
        together = f"{title}\n{labels}\n{rest}".replace(" ", "")
        texts.append(_Text(title, labels, rest, together))
    return Finder(tuple(listings), tuple(texts))


def _score(text: _Text, word: str) -> int:
    """How well a word matches: 0 for not at all."""
    begins = f" {word}"
    if begins in text.title:
        return 8 if f"{begins} " in f"{text.title} " else _IN_TITLE
    if begins in text.labels:
        return 6 if f"{begins} " in f"{text.labels} " else 5
    if word in text.title:
        return 4
    if begins in text.rest:
        return 3
    if word in text.rest or word in text.labels:
        return 2
    return int(len(word) >= _SHORTEST_TOGETHER and word in text.together)


_IN_TITLE = 7
"""The score of a word that begins a word of the title."""

_FAR = 1_000
"""The distance of an id that does not begin with the typed text."""

_SHORTEST_TOGETHER = 4
"""Shorter words could match by chance across two words."""


_SPLITTING = str.maketrans(dict.fromkeys("-_.,;:/()[]\t\r\v\f", " ") | {"'": ""})


def _words(text: str) -> list[str]:
    """The words for comparison, each `folded`."""
    words = text.translate(_SPLITTING).split()
    # This is enough for most text, and there are thousands of routines.
    return (
        [word.lower() for word in words]
        if text.isascii()
        else list(filter(None, map(folded, words)))
    )


def _spaced(text: str) -> str:
    words = _words(text)
    return f" {' '.join(words)}" if words else ""


def _all_spaced(texts: Sequence[str]) -> list[str]:
    """Each text as `_spaced`, perhaps with more spaces between its words.

    All that is ASCII is prepared in one go: one by one, thousands take several times as long.
    """
    if not texts:
        return []
    plain = "\n".join([text if text.isascii() and "\n" not in text else "" for text in texts])
    found = [f" {text}" for text in plain.translate(_SPLITTING).lower().split("\n")]
    return [
        at if len(at) > 1 or not text else _spaced(text)
        for text, at in zip(texts, found, strict=True)
    ]
