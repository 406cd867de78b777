import pytest

from uncramp.atlas import load_atlas, load_figures
from uncramp.core.routine.points import Limb, Point
from uncramp.core.text.folding import folded

ATLAS = load_atlas()

NAMES = {
    "KI1": "KI1 KD1 K1 Kid1 Yongquan Yǒngquán 涌泉 湧泉",
    "KI3": "KI3 KD3 K3 Kid3 Taixi Tàixī 太溪 太谿",
    "BL40": "BL40 UB40 Weizhong Wěizhōng 委中",
    "BL56": "BL56 UB56 Chengjin Chéngjīn 承筋",
    "BL57": "BL57 UB57 Chengshan Chéngshān 承山",
    "BL60": "BL60 UB60 Kunlun Kūnlún 昆仑 崑崙",
    "GB34": "GB34 Yanglingquan Yánglíngquán 阳陵泉 陽陵泉",
    "ST36": "ST36 Zusanli Zúsānlǐ 足三里",
    "LI4": "LI4 Hegu Hégǔ 合谷",
    "SHIMIAN": "Shimian Shīmián 失眠",
    "PARA": "PARA",
}


def test_there_are_eleven_points() -> None:
    assert {point.code for point in ATLAS.points} == NAMES.keys()


@pytest.mark.parametrize(("code", "names"), NAMES.items())
def test_a_point_is_found_by_every_name_it_has(code: str, names: str) -> None:
    for name in names.split():
        for written in (name, name.lower(), name.upper(), f" {name} "):
            found = ATLAS.find(written)
            assert found is not None, written
            assert found.code == code


def test_a_point_is_found_by_what_its_name_means() -> None:
    for name in ("Supreme Stream", "mountain support", "Leg Three Miles", "big-toe base zone"):
        assert ATLAS.find(name), name


def test_a_name_belongs_to_one_point_only() -> None:
    owners: dict[str, str] = {}
    for point in ATLAS.points:
        for name in {folded(n) for n in (point.code, point.label, point.name, *point.aliases)}:
            assert owners.setdefault(name, point.code) == point.code


def test_the_screen_says_kd_for_the_kidney_channel() -> None:
    assert [p.label for p in ATLAS.points if p.code.startswith("KI")] == ["KD1", "KD3"]


@pytest.mark.parametrize("point", ATLAS.points, ids=lambda point: point.code)
def test_a_point_has_all_that_a_hand_needs(point: Point) -> None:
    assert 0 < len(point.find) <= 160
    assert 0 < len(point.cue.split()) <= 12
    assert point.where
    assert point.english
    assert point.cautions
    assert point.sources
    assert point.figure in point.views
    assert point.views.keys() <= load_figures().keys()


def test_points_are_left_out_in_pregnancy() -> None:
    assert {p.code for p in ATLAS.points if "pregnant" in p.unless} == {"LI4", "BL60"}


def test_points_of_the_leg_are_left_out_where_a_clot_is_suspected() -> None:
    left_out = {p.code for p in ATLAS.points if "clot-suspected" in p.unless}
    assert left_out == {"KI3", "BL40", "BL56", "BL57", "BL60", "GB34", "ST36"}


def test_the_atlas_is_read_once() -> None:
    assert load_atlas() is ATLAS


def test_every_point_and_every_figure_says_of_which_limb_it_is() -> None:
    atlas = load_atlas()
    hands = {point.label for point in atlas.points if point.limb is Limb.HAND}
    assert hands == {"LI4"}
    assert {point.limb for point in atlas.points} == set(Limb)
    assert {figure for figure, limb in atlas.limbs.items() if limb is Limb.HAND} == {"back-of-hand"}
    assert set(atlas.limbs) == set(atlas.figures)
