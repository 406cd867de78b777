"""The first backend that passes its test is used, and the next one when it fails."""

from uncramp.audio.child.backend import NoSound, Playback
from uncramp.audio.child.backend_choice import RETRY_AFTER_MS, BackendChooser, Choice
from uncramp.audio.samples.clip import Clip


class Fake:
    def __init__(self, name: str, works: bool) -> None:
        self.name = name
        self.works = works
        self.proofs = 0

    def prove(self) -> None:
        self.proofs += 1
        if not self.works:
            raise NoSound(f"{self.name} has no device")

    def play(self, clip: Clip, playback: Playback) -> None:
        raise AssertionError("nothing is played here")


class Clock:
    ms = 0.0

    def __call__(self) -> float:
        return self.ms


def chosen(*backends: Fake) -> tuple[BackendChooser, list[Choice], Clock]:
    told: list[Choice] = []
    clock = Clock()
    order = BackendChooser(backends, told.append, clock)
    order.choose()
    return order, told, clock


def test_the_first_that_works_is_used_and_the_rest_not_tried() -> None:
    worse = Fake("worse", True)
    _, told, _ = chosen(Fake("best", False), Fake("good", True), worse)
    assert told == [Choice("good", ("best has no device",), ("best",))]
    assert worse.proofs == 0


def test_a_failure_moves_down_at_once_and_says_why() -> None:
    best, bell = Fake("best", True), Fake("bell", True)
    order, told, _ = chosen(best, bell)
    order.failed(best, "best is gone")
    assert told[-1] == Choice("bell", ("best is gone",), ("best",))
    assert [backend.name for backend in order.from_used()] == ["bell"]


def test_a_better_one_is_tried_again_after_some_seconds() -> None:
    best, bell = Fake("best", True), Fake("bell", True)
    order, told, clock = chosen(best, bell)
    assert not order.is_better_due()
    order.failed(best, "best is gone")
    assert not order.is_better_due()
    clock.ms = RETRY_AFTER_MS
    assert order.is_better_due()
    order.choose()
    assert told[-1] == Choice("best", ())


def test_what_fails_again_and_again_is_tried_more_and_more_seldom() -> None:
    order, _, clock = chosen(Fake("best", False), Fake("bell", True))
    for wait in (1, 2, 4, 8):
        clock.ms += RETRY_AFTER_MS * wait - 1
        assert not order.is_better_due()
        clock.ms += 1
        assert order.is_better_due()
        order.choose()


def test_an_older_failure_does_not_move_further_down() -> None:
    best, good, bell = Fake("best", True), Fake("good", True), Fake("bell", True)
    order, told, _ = chosen(best, good, bell)
    order.failed(best, "gone")
    order.failed(best, "gone")
    assert told[-1].backend == "good"
