"""A bundle goes to another machine and back; one from a stranger can hurt nobody."""

import io
import json
import shutil
import stat
import tempfile
import wave
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.said import Said
from uncramp.library.bundle_import import CannotImport, put_in, unpacked
from uncramp.system import paths
from uncramp.system.files import private_folder, write_new_file

USED = '[[steps]]\nname = "Breathe"\ntime = "10s"\n[steps.cues]\nend = "./sounds/gong.wav"\n'
MINE = (
    'title = "Mine"\n[cues]\nfinish = "./gong.wav"\n'
    '[[steps]]\nuse = "breathing"\n[[steps]]\nuse = "calf-rub"\n'
)


def sound(path: Path, loud: int = 1) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8_000)
        file.writeframes(bytes([loud, 1]) * 800)


@pytest.fixture
def own() -> Path:
    folder = paths.routines_folder()
    private_folder(folder)
    return folder


@pytest.fixture
def bundled(own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A bundle of one of the person's routines, which is no longer in the folder."""
    (own / "mine.toml").write_text(MINE, "utf-8")
    (own / "breathing.toml").write_text(f'title = "Breathing"\n{USED}', "utf-8")
    sound(own / "gong.wav", 2)
    sound(own / "sounds" / "gong.wav")
    target = tmp_path / "mine.uncramp"
    said = Said(capsys, "bundle", "mine", "-o", str(target))
    assert (said.status, said.lines) == (0, [f"Written: {target}"]), said.err
    shutil.rmtree(own)
    return target


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_routine_goes_there_and_back_with_all_it_uses(
    bundled: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with zipfile.ZipFile(bundled) as file:
        names = file.namelist()
    # What comes with the program is not in it.
    wanted = ["breathing.toml", "gong.wav", "mine.toml", "sounds/gong.wav"]
    assert names[0] == "uncramp.json" and sorted(names[1:]) == wanted
    said = Said(capsys, "import", str(bundled))
    assert said.status == 0 and said.lines[-1] == "uncramp mine runs it.", said.err
    assert list(tree(own)) == wanted
    assert Said(capsys, "check", "mine").status == 0
    again = Said(capsys, "import", str(bundled))
    assert (again.status, again.lines[0]) == (0, "All of it is there already.")


def test_nothing_of_ones_own_is_replaced_without_a_word(
    bundled: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own.mkdir(parents=True)
    (own / "mine.toml").write_text("# my own\n", "utf-8")
    before = tree(own)
    said = Said(capsys, "import", str(bundled))
    assert said.status == 2 and '"mine.toml"' in said.err and "--force" in said.err
    assert tree(own) == before
    forced = Said(capsys, "import", str(bundled), "--force")
    assert forced.status == 0 and f"Replaced: {own / 'mine.toml'}" in forced.lines
    assert tree(own)["mine.toml"].decode() == MINE


def test_ones_own_copy_of_a_bundled_routine_comes_back_to_itself(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "b.uncramp")
    assert Said(capsys, "copy", "calf-rub").status == 0
    assert Said(capsys, "bundle", "calf-rub", "-o", file).status == 0
    assert Said(capsys, "import", file).lines[0] == "All of it is there already."
    (own / "calf-rub.toml").unlink()
    assert "--force" in Said(capsys, "import", file).err


def test_a_bundle_is_the_same_each_time(own: Path, tmp_path: Path) -> None:
    from uncramp.cli.routine_lookup import open_library
    from uncramp.library.bundle import bundle_of

    (own / "one.toml").write_text(f'title = "One"\n{USED}', "utf-8")
    sound(own / "sounds" / "gong.wav")
    entry = open_library().find("one")
    assert entry is not None and entry.routine is not None
    made = [bundle_of(entry.routine, entry.file, (own,)) for _ in range(2)]
    assert made[0] == made[1]


def test_sounds_of_one_name_and_two_contents_are_refused(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (own / "breathing.toml").write_text(f'title = "Breathing"\n{USED}', "utf-8")
    sound(own / "sounds" / "gong.wav", 1)
    sound(tmp_path / "sounds" / "gong.wav", 2)
    mine = MINE.replace("./gong.wav", "./sounds/gong.wav")
    (tmp_path / "mine.toml").write_text(mine, "utf-8")
    said = Said(capsys, "bundle", str(tmp_path / "mine.toml"), "-o", str(tmp_path / "m.uncramp"))
    assert said.status == 2 and "Rename one of them." in said.err
    assert not (tmp_path / "m.uncramp").exists()


def test_a_bundled_routine_is_not_bundled_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert "comes with uncramp" in Said(capsys, "bundle", "bedtime").err


GOOD = {"mine.toml": b'title = "Mine"\n[[steps]]\nname = "Rub"\ntime = "10s"\n'}


def hostile(
    path: Path,
    entries: Iterable[tuple[zipfile.ZipInfo | str, bytes]] = (),
    manifest: object = None,
) -> Path:
    told = {"format": 1, "routine": "mine"} if manifest is None else manifest
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("uncramp.json", json.dumps(told))
        for name, data in (*GOOD.items(), *entries):
            file.writestr(name, data)
    return path


def link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


NAMES = [
    "../evil.toml", "/etc/evil.wav", "C:/evil.wav", "a\\..\\evil.wav", "a/../../evil.wav",
    "./a.wav", "a//b.wav", "con.wav", "nul.toml", "a.wav ", "x.sh", "sub/evil.toml",
    ".hidden.toml", "A b.toml",
    "a\x1b[31m.wav", "a" * 300 + ".wav", "\U0001f514" * 190 + ".wav",
    "a/" * 20 + "b.wav", "\u202e.wav",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names_that_lead_elsewhere_are_refused(
    name: str, own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    around = tree(tmp_path)
    said = Said(capsys, "import", str(hostile(tmp_path / "x.uncramp", [(name, b"x")])))
    assert said.status == 2
    assert said.err.count("\n") == 1 and said.err.endswith("Nothing was imported.\n")
    (tmp_path / "x.uncramp").unlink()
    assert (tree(own), tree(tmp_path)) == ({}, around)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ([(link("a.wav"), b"/etc/passwd")], "is a link"),
        ([("a.wav", b"x"), ("a.wav", b"y")], "twice"),
        ([("a.wav", b"x"), ("A.WAV", b"y")], "twice"),
        ([("caf\u00e9.wav", b"x"), ("cafe\u0301.wav", b"y")], "twice"),
        ([("bomb.wav", bytes(60_000_000))], "too large"),
        ([("long.toml", b"#" * 2_000_000)], "too large"),
    ],
    ids=["link", "twice", "twice-but-for-case", "twice-but-for-accents", "bomb", "long"],
)
def test_other_hostile_bundles_are_refused(
    entries: list[tuple[zipfile.ZipInfo | str, bytes]], words: str, own: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    said = Said(capsys, "import", str(hostile(tmp_path / "x.uncramp", entries)))
    assert said.status == 2 and words in said.err
    assert tree(own) == {}


@pytest.mark.slow
def test_a_hundred_thousand_files_are_refused(tmp_path: Path) -> None:
    path = hostile(tmp_path / "x.uncramp", ((f"{n}.wav", b"") for n in range(100_000)))
    with pytest.raises(CannotImport, match="100,002 files"):
        unpacked(path)


def test_a_size_that_lies_is_not_believed(tmp_path: Path) -> None:
    path = hostile(tmp_path / "x.uncramp", [("bomb.wav", bytes(30_000_000))])
    data = bytearray(path.read_bytes())
    size = (30_000_000).to_bytes(4, "little")
    assert data.count(size) == 2
    path.write_bytes(bytes(data).replace(size, (10).to_bytes(4, "little")))
    with pytest.raises(CannotImport):
        unpacked(path)


@pytest.mark.parametrize(
    "manifest",
    [[], 3, {}, {"format": 1}, {"format": 1, "routine": "other"}, {"format": 1, "routine": 3},
     {"format": 2, "routine": "mine"}],
)  # fmt: skip
def test_a_bundle_has_to_say_what_it_is_for(manifest: object, tmp_path: Path) -> None:
    with pytest.raises(CannotImport):
        unpacked(hostile(tmp_path / "x.uncramp", manifest=manifest))


def test_a_routine_of_uncramps_own_is_not_hidden_without_a_word(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = hostile(tmp_path / "x.uncramp", [("acute-calf.toml", GOOD["mine.toml"])])
    said = Said(capsys, "import", str(path))
    assert said.status == 2 and '"acute-calf"; --force allows that' in said.err
    assert tree(own) == {}
    assert Said(capsys, "import", str(path), "--force").status == 0


def test_what_is_no_bundle_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.uncramp"
    whole = hostile(tmp_path / "y.uncramp").read_bytes()
    for data in (b"", b"PK\x03\x04", b"hello", whole[:-30], whole[: len(whole) // 2]):
        path.write_bytes(data)
        assert "no bundle of uncramp" in Said(capsys, "import", str(path)).err
    for odd in (tmp_path / "none", tmp_path):
        said = Said(capsys, "import", str(odd))
        assert said.status == 2 and "Nothing was imported." in said.err


@settings(deadline=None)
@given(st.data())
def test_a_damaged_bundle_is_said_to_be_one(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA]))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", kind) as file:
        file.writestr("uncramp.json", json.dumps({"format": 1, "routine": "mine"}))
        file.writestr("mine.toml", GOOD["mine.toml"] * 5)
    whole = bytearray(made.getvalue())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.uncramp")
        path.write_bytes(whole)
        with suppress(CannotImport):
            unpacked(path)


def test_a_routine_that_cannot_run_is_not_imported(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.uncramp"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("uncramp.json", json.dumps({"format": 1, "routine": "mine"}))
        file.writestr("mine.toml", 'title = "Mine"\n[[steps]]\nname = "Rub"\ntime = "soon"\n')
    said = Said(capsys, "import", str(path))
    assert said.status == 2 and '"mine.toml" in it has an error, line 4' in said.err
    assert tree(own) == {}


def test_a_disk_that_fails_half_way_leaves_nothing(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own / "a.toml").write_bytes(b"before")

    def full(path: Path, data: bytes) -> None:
        if path.name == "z.wav":
            raise OSError(28, "No space left on device")
        write_new_file(path, data)

    monkeypatch.setattr("uncramp.library.bundle_import.write_new_file", full)
    files = {"a.toml": b"after", "sub/b.wav": b"b", "z.wav": b"z"}
    with pytest.raises(CannotImport, match="cannot be written"):
        put_in(own, "a", files, lambda file: None, may_replace=True)
    assert tree(own) == {"a.toml": b"before"}
    assert [path.name for path in own.iterdir()] == ["a.toml"]


def test_a_link_in_ones_own_folder_is_not_followed(own: Path, tmp_path: Path) -> None:
    (own / "sub").symlink_to(tmp_path)
    with pytest.raises(CannotImport):
        put_in(own, "a", {"a.toml": b"", "sub/b.wav": b"b"}, lambda file: None)
    assert not (own / "a.toml").exists()
    (tmp_path / "there.toml").write_bytes(b"before")
    (own / "a.toml").symlink_to(tmp_path / "there.toml")
    with pytest.raises(CannotImport, match="is a link"):
        put_in(own, "a", {"a.toml": b"after"}, lambda file: None, may_replace=True)
    assert (tmp_path / "there.toml").read_bytes() == b"before"
