from uncramp.tui.keys.repeat import KeyRepeat


def taken(*moments: float, apart_s: float = 0.5) -> list[float]:
    repeat = KeyRepeat()
    return [moment for moment in moments if repeat.takes("next", moment, apart_s)]


def test_a_first_press_is_taken() -> None:
    assert taken(100.0) == [100.0]


def test_presses_are_taken_so_far_apart_as_is_asked() -> None:
    assert taken(0.0, 0.3, 0.6, 0.9, 1.2) == [0.0, 0.6, 1.2]


def test_a_held_key_is_one_press_however_long_it_is_held() -> None:
    assert taken(*(n / 30 for n in range(300))) == [0.0]


def test_two_kinds_do_not_stand_in_each_others_way() -> None:
    repeat = KeyRepeat()
    assert repeat.takes("next", 0.0, 0.5)
    assert repeat.takes("pause", 0.01, 0.5)
