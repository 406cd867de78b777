"""What the voice says of a span: whole phrases, as a person would read them out.

They are written as the screen writes, "30 seconds" and "KD3"; `speech.pronunciation` makes
words of that for an engine. The words of our own are there in the languages of
`WORDS`. A routine in any other language is spoken in its own words alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from uncramp.core.plan.plan import Span
from uncramp.core.routine.model import Side, Step
from uncramp.core.routine.points import Limb
from uncramp.core.text.durations import HOUR_MS, MINUTE_MS, SECOND_MS

LETTER_MS = 75
PAUSE_MS = 300
"""How long a letter takes to say, and the rest after a sentence, so that no phrase of the bundled
routines takes longer at 160 words a minute; eSpeak NG took 49 to 99 % of what they make of 156."""


@dataclass(frozen=True, slots=True)
class Words:
    """The few words of our own that the voice says, in one language."""

    sides: Mapping[Side, str]
    """Of what nobody knows which limb it is."""
    legs: Mapping[Side, str]
    hands: Mapping[Side, str]
    change: str
    """The side changes; `{side}` is the new one."""
    coming: str
    """Near a step's end; `{name}` is what comes next."""
    rest: str
    halfway: str
    finished: str
    hours: tuple[str, str]
    """One and many."""
    minutes: tuple[str, str]
    seconds: tuple[str, str]


def _of(left: str, right: str, both: str, affected: str) -> Mapping[Side, str]:
    return {Side.LEFT: left, Side.RIGHT: right, Side.BOTH: both, Side.AFFECTED: affected}


WORDS: Mapping[str, Words] = {
    "en": Words(
        _of("left side", "right side", "both sides", "the cramped leg"),
        _of("left leg", "right leg", "both legs", "the cramped leg"),
        _of("left hand", "right hand", "both hands", "the cramped leg"),
        "Change to the {side}.",
        "Next: {name}.",
        "Rest",
        "Halfway.",
        "Finished.",
        ("hour", "hours"),
        ("minute", "minutes"),
        ("second", "seconds"),
    ),
    "de": Words(
        _of("linke Seite", "rechte Seite", "beide Seiten", "das verkrampfte Bein"),
        _of("linkes Bein", "rechtes Bein", "beide Beine", "das verkrampfte Bein"),
        _of("linke Hand", "rechte Hand", "beide Hände", "das verkrampfte Bein"),
        "Seitenwechsel: {side}.",
        "Als Nächstes: {name}.",
        "Pause",
        "Halbzeit.",
        "Fertig.",
        ("Stunde", "Stunden"),
        ("Minute", "Minuten"),
        ("Sekunde", "Sekunden"),
    ),
    "fr": Words(
        _of("côté gauche", "côté droit", "les deux côtés", "la jambe prise de crampe"),
        _of("jambe gauche", "jambe droite", "les deux jambes", "la jambe prise de crampe"),
        _of("main gauche", "main droite", "les deux mains", "la jambe prise de crampe"),
        "Changement de côté : {side}.",
        "Ensuite : {name}.",
        "Repos",
        "À la moitié.",
        "Terminé.",
        ("heure", "heures"),
        ("minute", "minutes"),
        ("seconde", "secondes"),
    ),
    "es": Words(
        _of("lado izquierdo", "lado derecho", "ambos lados", "la pierna con calambre"),
        _of("pierna izquierda", "pierna derecha", "ambas piernas", "la pierna con calambre"),
        _of("mano izquierda", "mano derecha", "ambas manos", "la pierna con calambre"),
        "Cambio de lado: {side}.",
        "A continuación: {name}.",
        "Descanso",
        "A la mitad.",
        "Terminado.",
        ("hora", "horas"),
        ("minuto", "minutos"),
        ("segundo", "segundos"),
    ),
}
"""By the first part of a language tag."""


def words_in(language: str | None) -> Words | None:
    """Our own words in a language such as `"de-CH"`, English where none is named; or None."""
    return WORDS.get(_primary(language))


def opening_words(span: Span) -> str | None:
    """What is said when a step begins, at its get-ready where it has one; or when a rest does."""
    if not span.cues.voice or span.index != span.first_index:
        return None
    words = words_in(span.language)
    if span.step is None and words is None:
        return None
    phrase = _of_span(span, words)
    if words and span.switches_side and span.side:
        side = _sides(words, span.step)[span.side]
        return f"{words.change.replace('{side}', side)} {phrase}"
    return phrase


def _of_span(span: Span, words: Words | None) -> str:
    if span.step and span.step.say:
        return span.step.say
    parts = [_called(span.step, span.name, span.language) if span.step else ""]
    if words:
        if not span.step:
            parts = [words.rest]
        elif span.side:
            parts.append(_capitalized(_sides(words, span.step)[span.side]))
        if not (span.step and span.step.is_open):
            parts.append(_length(span.step_ms if span.step else span.length_ms, words))
    return ". ".join(filter(None, parts)) + "."


def coming_words(span: Span) -> str | None:
    """What is said near a step's end of the one that comes, or of the rest."""
    coming, words = span.coming, words_in(span.language)
    if coming is None or words is None or not span.cues.voice:
        return None
    if coming.step is None:
        return words.coming.replace("{name}", words.rest)
    name = _called(coming.step, coming.name, span.language)
    if coming.side:
        name += f", {_sides(words, coming.step)[coming.side]}"
    return words.coming.replace("{name}", name)


def halfway_words(span: Span) -> str | None:
    """What is said in the middle of a long step."""
    words = words_in(span.language)
    return words.halfway if words and span.cues.voice else None


def finished_words(span: Span) -> str | None:
    """What is said when the routine is over."""
    words = words_in(span.language)
    return words.finished if words and span.cues.voice else None


def passed_words(span: Span, passed_ms: int) -> str | None:
    """What is said of how long an open step has been going."""
    words = words_in(span.language)
    return f"{_length(passed_ms, words)}." if words and span.cues.voice else None


def saying_ms(phrase: str) -> int:
    """About how long a voice takes to say a phrase."""
    return LETTER_MS * len(phrase) + PAUSE_MS * sum(map(phrase.count, ".?!:")) if phrase else 0


def _sides(words: Words, step: Step | None) -> Mapping[Side, str]:
    limb = step.limb if step else None
    return words.sides if limb is None else words.hands if limb is Limb.HAND else words.legs


def _primary(language: str | None) -> str:
    return (language or "en").partition("-")[0].lower()


def _called(step: Step, name: str, language: str | None) -> str:
    """The step's name, with what leads a hand to its point in place of that one's code and name.

    The atlas speaks English.
    """
    point = step.point
    if point is None or not point.cue or point.title not in name or _primary(language) != "en":
        return name.rstrip(".")
    rest = " ".join(name.replace(point.title, " ").split()).strip(" .,:;-")
    return ". ".join(filter(None, (rest, point.cue.rstrip("."))))


def _length(length_ms: int, words: Words) -> str:
    """The length as a voice says it; empty below half a second."""
    whole_ms = round(length_ms / SECOND_MS) * SECOND_MS
    parts = (
        (whole_ms // HOUR_MS, words.hours),
        (whole_ms % HOUR_MS // MINUTE_MS, words.minutes),
        (whole_ms % MINUTE_MS // SECOND_MS, words.seconds),
    )
    return " ".join(f"{n} {one if n == 1 else many}" for n, (one, many) in parts if n)


def _capitalized(words: str) -> str:
    return words[:1].upper() + words[1:]
