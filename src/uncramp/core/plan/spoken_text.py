"""What the voice says about a span: whole phrases, as a person would read them out.

They are written as on the screen, "30 seconds" and "KD3"; `speech.pronunciation` turns that into
words for an engine. Our own words exist in the languages of `WORDS`. A routine in any other
language is spoken only in its own words.
"""

from collections.abc import Mapping

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.lazy.pattern import lazy_pattern
from uncramp.core.plan.plan import Span
from uncramp.core.routine.model import Side, Step
from uncramp.core.routine.points import Limb
from uncramp.core.text.durations import HOUR_MS, MINUTE_MS, SECOND_MS
from uncramp.core.text.saying import saying_ms
from uncramp.core.text.temperature import in_one_unit

HEARD_MS = 3 * SECOND_MS
"""The time that must be left of a rest after its words; otherwise it has fewer words."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The few words of our own that the voice uses, in one language."""

    bare: Mapping[Side, str]
    """The words for a side without a limb, as filled in for `{side}`."""
    sides: Mapping[Side, str]
    """The words for a side of an unknown limb."""
    legs: Mapping[Side, str]
    feet: Mapping[Side, str]
    hands: Mapping[Side, str]
    change: str
    """The side changes; `{side}` is the new one."""
    coming: str
    """Near a step's end; `{name}` is what comes next."""
    rest: str
    then_round: str
    """In a rest, which round comes next: `{round}` of `{rounds}`."""
    let_go: str
    """Said when a press or a hold is over."""
    halfway: str
    finished: str
    long_cramp: str
    """Said when a cramp has lasted for ten minutes."""
    going_on: str
    """An open step goes on by itself in ten seconds."""
    hours: tuple[str, str]
    """Singular and plural."""
    minutes: tuple[str, str]
    seconds: tuple[str, str]


def _of(left: str, right: str, both: str, affected: str) -> Mapping[Side, str]:
    return {Side.LEFT: left, Side.RIGHT: right, Side.BOTH: both, Side.AFFECTED: affected}


WORDS: Mapping[str, Vocabulary] = {
    "en": Vocabulary(
        _of("left", "right", "both", "cramped"),
        _of("left side", "right side", "both sides", "the cramped leg"),
        _of("left leg", "right leg", "both legs", "the cramped leg"),
        _of("left foot", "right foot", "both feet", "the cramped foot"),
        _of("left hand", "right hand", "both hands", "the cramped leg"),
        "Change to the {side}.",
        "Next: {name}.",
        "Rest",
        "Then {round} of {rounds}.",
        "Let go.",
        "Halfway.",
        "Finished.",
        "Ten minutes is long for a cramp. Please get medical advice.",
        "Going on in ten seconds.",
        ("hour", "hours"),
        ("minute", "minutes"),
        ("second", "seconds"),
    ),
    "de": Vocabulary(
        _of("links", "rechts", "beide", "verkrampft"),
        _of("linke Seite", "rechte Seite", "beide Seiten", "das verkrampfte Bein"),
        _of("linkes Bein", "rechtes Bein", "beide Beine", "das verkrampfte Bein"),
        _of("linker Fuß", "rechter Fuß", "beide Füße", "der verkrampfte Fuß"),
        _of("linke Hand", "rechte Hand", "beide Hände", "das verkrampfte Bein"),
        "Seitenwechsel: {side}.",
        "Als Nächstes: {name}.",
        "Pause",
        "Dann {round} von {rounds}.",
        "Loslassen.",
        "Halbzeit.",
        "Fertig.",
        "Zehn Minuten sind lang für einen Krampf. Bitte ärztlichen Rat holen.",
        "Weiter in zehn Sekunden.",
        ("Stunde", "Stunden"),
        ("Minute", "Minuten"),
        ("Sekunde", "Sekunden"),
    ),
    "fr": Vocabulary(
        _of("gauche", "droite", "les deux", "prise de crampe"),
        _of("côté gauche", "côté droit", "les deux côtés", "la jambe prise de crampe"),
        _of("jambe gauche", "jambe droite", "les deux jambes", "la jambe prise de crampe"),
        _of("pied gauche", "pied droit", "les deux pieds", "le pied pris de crampe"),
        _of("main gauche", "main droite", "les deux mains", "la jambe prise de crampe"),
        "Changement de côté : {side}.",
        "Ensuite : {name}.",
        "Repos",
        "Puis {round} sur {rounds}.",
        "Relâchez.",
        "À la moitié.",
        "Terminé.",
        "Dix minutes, c’est long pour une crampe. Demandez un avis médical.",
        "On continue dans dix secondes.",
        ("heure", "heures"),
        ("minute", "minutes"),
        ("seconde", "secondes"),
    ),
    "es": Vocabulary(
        _of("izquierda", "derecha", "ambas", "con calambre"),
        _of("lado izquierdo", "lado derecho", "ambos lados", "la pierna con calambre"),
        _of("pierna izquierda", "pierna derecha", "ambas piernas", "la pierna con calambre"),
        _of("pie izquierdo", "pie derecho", "ambos pies", "el pie con calambre"),
        _of("mano izquierda", "mano derecha", "ambas manos", "la pierna con calambre"),
        "Cambio de lado: {side}.",
        "A continuación: {name}.",
        "Descanso",
        "Después, {round} de {rounds}.",
        "Suelte.",
        "A la mitad.",
        "Terminado.",
        "Diez minutos es mucho para un calambre. Pida consejo médico.",
        "Seguimos en diez segundos.",
        ("hora", "horas"),
        ("minuto", "minutos"),
        ("segundo", "segundos"),
    ),
}
"""The words, by the first part of a language tag."""


def words_in(language: str | None) -> Vocabulary | None:
    """Our own words in a language such as `"de-CH"`; None stands for English. None if unknown."""
    return WORDS.get(_primary(language))


def opening_words(span: Span) -> str | None:
    """What is said when a step begins, or its get-ready if it has one, or a rest."""
    if not span.cues.voice or span.index != span.first_index:
        return None
    words = words_in(span.language)
    if span.step is None:
        return _rest_words(span, words) if words else None
    phrases = [words.let_go] if words and span.lets_go else []
    own = _own_words(span.step, span)
    names_its_side = own is not None and ("{side}" in own or "{other}" in own)
    if words and span.switches_side and span.side and not names_its_side:
        phrases.append(words.change.replace("{side}", _sides(words, span.step)[span.side]))
    phrases.append(_filled(own, span, words) if own else _usual_words(span.step, span, words))
    return " ".join(phrases)


def _own_words(step: Step, span: Span) -> str | None:
    return (step.say_again or step.say) if span.is_again else step.say


def _filled(text: str, span: Span, words: Vocabulary | None) -> str:
    """An author's words with the side and the time filled in, and degrees in one unit."""
    text = in_one_unit(text, is_fahrenheit=span.is_fahrenheit)
    if "{" not in text:
        return text
    known = words or WORDS["en"]
    side = span.side or Side.BOTH
    other = side.other if side.other is not side else None
    values = {
        "{side}": known.bare[side],
        "{other}": known.bare[other] if other else _OTHER.get(_primary(span.language), "other"),
        "{time}": _length(span.step_ms, words) if words else "",
    }
    for placeholder, value in values.items():
        text = text.replace(placeholder, value)
    return _SENTENCE.sub(lambda found: found[0].upper(), text)


_SENTENCE = lazy_pattern(r"(?:^|(?<=[.?!] ))\w")
_OTHER = {"de": "andere", "fr": "autre", "es": "otra"}


def _usual_words(step: Step, span: Span, words: Vocabulary | None) -> str:
    """The step's name, its side and how long it lasts."""
    parts = [_called(step, span.name, span.language)]
    if words and span.side:
        parts.append(_capitalized(_sides(words, step)[span.side]))
    if words and not step.is_open:
        parts.append(_length(span.step_ms, words))
    return ". ".join(filter(None, parts)) + "."


def _rest_words(span: Span, words: Vocabulary) -> str:
    """That it is a rest, how long it is, and which round comes next; less in a short rest."""
    let_go = words.let_go if span.lets_go else ""
    length = f"{_length(span.length_ms, words)}." if span.length_ms >= SECOND_MS else ""
    then = words.then_round.replace("{round}", str(span.round + 1))
    then = then.replace("{rounds}", str(span.rounds))
    rest = f"{words.rest}."
    choices = ((let_go, rest, length, then), (let_go, rest, then), (let_go or rest, then))
    phrases = (" ".join(filter(None, parts)) for parts in choices)
    fits = (phrase for phrase in phrases if saying_ms(phrase) + HEARD_MS <= span.length_ms)
    return next(fits, let_go or rest)


def coming_words(span: Span) -> str | None:
    """What is said near a step's end about the next step, or the rest."""
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
    if words is None or not span.cues.voice:
        return None
    was_held = span.step is not None and span.step.kind in ("press", "hold")
    return f"{words.let_go} {words.finished}" if was_held else words.finished


def long_cramp_words(span: Span) -> str:
    """What is said and shown when a cramp has lasted for ten minutes."""
    return (words_in(span.language) or WORDS["en"]).long_cramp


def going_on_words(span: Span) -> str:
    """What is said, and shown, before an open step goes on by itself."""
    return (words_in(span.language) or WORDS["en"]).going_on


def prompt_words(span: Span, text: str | None) -> str | None:
    """What a prompt says; None if it says nothing."""
    if text is None or not span.cues.voice:
        return None
    return _filled(text, span, words_in(span.language))


def passed_words(span: Span, passed_ms: int) -> str | None:
    """What is said about how long an open step has lasted."""
    words = words_in(span.language)
    return f"{_length(passed_ms, words)}." if words and span.cues.voice else None


def _sides(words: Vocabulary, step: Step | None) -> Mapping[Side, str]:
    match step.limb if step else None:
        case Limb.LEG:
            return words.legs
        case Limb.FOOT:
            return words.feet
        case Limb.HAND:
            return words.hands
    return words.sides


def _primary(language: str | None) -> str:
    return (language or "en").partition("-")[0].lower()


def _called(step: Step, name: str, language: str | None) -> str:
    """The step's name, with the way to its point in place of the point's code and name.

    Only for English, the language of the atlas.
    """
    point = step.point
    named = (
        next((word for word in (point.title, point.heading) if word in name), "") if point else ""
    )
    if point is None or not point.cue or not named or _primary(language) != "en":
        return name.rstrip(".")
    rest = " ".join(name.replace(named, " ").split()).strip(" .,:;-")
    return ". ".join(filter(None, (rest, point.cue.rstrip("."))))


def _length(length_ms: int, words: Vocabulary) -> str:
    """The length as the voice says it; empty below half a second."""
    whole_ms = round(length_ms / SECOND_MS) * SECOND_MS
    parts = (
        (whole_ms // HOUR_MS, words.hours),
        (whole_ms % HOUR_MS // MINUTE_MS, words.minutes),
        (whole_ms % MINUTE_MS // SECOND_MS, words.seconds),
    )
    return " ".join(f"{n} {one if n == 1 else many}" for n, (one, many) in parts if n)


def _capitalized(words: str) -> str:
    return words[:1].upper() + words[1:]
