"""Damaged, half-deleted and read-only folders: what is wrong is said in one sentence, or it answers; never wrongly."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from penchant.retriever import DamagedIndex, IndexMismatch, Interest, build_index, open_index, search
from penchant.retriever.index import repair_index

from .conftest import HashEncoder, make_items

ITEMS = make_items(1500, seed=6)
"""So many that Chroma has written a graph of most of them, and keeps some in its log."""
ROOT = Path(__file__).parents[1]
ASKED = [Interest("genres", "comedy")]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clean") / "films"
    build_index(ITEMS, folder, HashEncoder())
    return folder


@pytest.fixture
def films(clean: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(clean, tmp_path / "films"))


def database(folder: Path) -> Path:
    return folder / "chroma.sqlite3"


def graph(folder: Path) -> Path:
    return next(path for path in folder.iterdir() if path.is_dir())


def vectors(folder: Path) -> Path:
    return next(folder.glob("vectors.*.npy"))


def garble(path: Path, start: float = 0.0, count: int = 4096) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(int(size * start))
        file.write(np.random.default_rng(1).bytes(min(count, size)))


def halve(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "the database is gone": lambda f: database(f).unlink(),
    "the database is empty": lambda f: os.truncate(database(f), 0),
    "the database is cut": lambda f: halve(database(f)),
    "the database's head is garbled": lambda f: garble(database(f)),
    "the database's middle is garbled": lambda f: garble(database(f), 0.5, 65536),
    "the graph is gone": lambda f: shutil.rmtree(graph(f)),
    "the graph is garbled": lambda f: garble(graph(f) / "data_level0.bin"),
    "the graph is cut": lambda f: halve(graph(f) / "data_level0.bin"),
    "the graph's head is cut": lambda f: halve(graph(f) / "header.bin"),
    "the graph's list is gone": lambda f: (graph(f) / "index_metadata.pickle").unlink(),
    "the graph's list is cut": lambda f: halve(graph(f) / "index_metadata.pickle"),
    "the graph's links are gone": lambda f: os.truncate(graph(f) / "link_lists.bin", 0),
    "the seal is garbled": lambda f: garble(f / "seal.json", 0, 20),
}


def answers(folder: Path) -> list[str]:
    return [pick.item.id for pick in search(open_index(folder, HashEncoder()), ASKED, 10).picks]


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_said_with_what_mends_it(films: Path, damage: str) -> None:
    DAMAGE[damage](films)
    with pytest.raises(
        DamagedIndex, match=r"films: the index is damaged \(.+\); mend it with: penchant repair"
    ) as error:
        open_index(films, HashEncoder())
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("damage", [name for name in DAMAGE if name != "the database is empty"])
def test_nothing_is_written_into_damage(films: Path, damage: str) -> None:
    """An empty database has lost all there was, and takes a new index."""
    DAMAGE[damage](films)
    with pytest.raises(DamagedIndex, match="penchant repair"):
        build_index(ITEMS[1:], films, HashEncoder())


RESTS = [name for name in DAMAGE if not name.startswith("the database")]


@pytest.mark.parametrize("damage", RESTS)
def test_a_repair_gives_back_all_of_it_and_keeps_the_damaged_folder(films: Path, clean: Path, damage: str) -> None:
    (films / "left-out.csv").write_text("file,line\n")
    DAMAGE[damage](films)
    encoder = HashEncoder()
    done = repair_index(films, encoder)
    assert done.found and (done.items, done.of, done.encoded) == (1500, 1500, 0)
    assert done.kept and done.kept.name == "films.damaged" and database(done.kept).is_file()
    assert answers(films) == answers(clean)
    assert (films / "left-out.csv").read_text() == "file,line\n"
    assert sorted(path.name for path in films.parent.iterdir()) == ["films", "films.damaged"]


def test_a_repair_encodes_what_has_lost_its_vector(films: Path, clean: Path) -> None:
    shutil.rmtree(graph(films))
    vectors(films).unlink()
    done = repair_index(films, HashEncoder())
    assert (done.items, done.encoded) == (1500, 1500) and answers(films) == answers(clean)


def test_a_repair_takes_what_can_be_read_of_a_damaged_database(films: Path) -> None:
    DAMAGE["the database's middle is garbled"](films)
    done = repair_index(films, HashEncoder())
    assert 1000 < done.items <= done.of == 1500
    known = {item.id: item for item in ITEMS}
    assert all(item == known[item.id] for item in open_index(films, HashEncoder()).catalogue.items)


def test_a_repair_of_nothing_changes_nothing_and_of_no_rows_says_what_to_do(films: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in films.rglob("*") if path.name != "chroma.sqlite3"}
    assert repair_index(films, HashEncoder()).found == ""
    assert {path: path.stat().st_mtime_ns for path in before} == before
    with pytest.raises(IndexMismatch, match="hash-64, not hash-2-64"):
        repair_index(films, HashEncoder(salt="-2"))
    database(films).unlink()
    with pytest.raises(DamagedIndex, match="none of its items can be read; index your file again"):
        repair_index(films, HashEncoder())
    assert vectors(films).is_file()


def not_numbers(folder: Path) -> None:
    path = vectors(folder)
    found = np.load(path)
    found[7] = np.nan
    np.save(path, found)


FILES = {
    "another shape": lambda f: np.save(vectors(f), np.ones((3, 5), np.float32)),
    "another type": lambda f: np.save(vectors(f), np.load(vectors(f)).astype(np.float64)),
    "not numbers": not_numbers,
    "no array": lambda f: vectors(f).write_bytes(b"hello"),
    "empty": lambda f: os.truncate(vectors(f), 0),
    "cut": lambda f: halve(vectors(f)),
    "garbled": lambda f: garble(vectors(f), 0.5),
    "objects": lambda f: np.save(vectors(f), np.array([{}], dtype=object), allow_pickle=True),
}


@pytest.mark.parametrize("damage", FILES)
def test_a_damaged_file_of_vectors_is_made_again(films: Path, clean: Path, damage: str) -> None:
    FILES[damage](films)
    index = open_index(films, HashEncoder())
    np.testing.assert_array_equal(index.vectors(range(1500)), open_index(clean, HashEncoder()).vectors(range(1500)))


READS = """
import os, sys, tempfile
from penchant.retriever import Interest, build_index, open_index, search
from penchant.retriever.encoding import HashEncoder
from tests.conftest import make_items
with tempfile.TemporaryDirectory() as other:  # all is imported while it may be read
    search(build_index(make_items(20), other, HashEncoder()), [Interest("genres", "comedy")], 10)
if len(sys.argv) > 2:
    os.setgid(65534), os.setuid(65534)
index = open_index(sys.argv[1], HashEncoder())
print(*(pick.item.id for pick in search(index, [Interest("genres", "comedy")], 10).picks))
build_index(make_items(1500, seed=6), sys.argv[1], HashEncoder())
try:
    build_index(make_items(20), sys.argv[1], HashEncoder())
except Exception as error:
    print(type(error).__name__, error)
"""


def check_reading(done: subprocess.CompletedProcess[str], clean: Path) -> None:
    assert done.returncode == 0, done.stderr
    found, refused = done.stdout.splitlines()
    assert found.split() == answers(clean)
    assert refused.startswith("PenchantError") and "no index can be written there" in refused


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root may become nobody")
@pytest.mark.parametrize("copied", [True, False], ids=["with its file of vectors", "without"])
def test_a_folder_of_somebody_else_opens_and_answers(films: Path, clean: Path, copied: bool) -> None:
    if not copied:
        vectors(films).unlink()
    for path in (films, *films.rglob("*"), *films.parents[:-2]):
        path.chmod(0o755 if path.is_dir() else 0o644)
    command = [sys.executable, "-c", READS, str(films), "nobody"]
    check_reading(subprocess.run(command, capture_output=True, text=True, cwd=ROOT), clean)


def mounted(command: list[str], folder: Path) -> list[str]:
    """The command where a folder is mounted to be read only."""
    script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
    return ["unshare", "-rm", "sh", "-c", script, str(folder), *command]


def test_a_read_only_mount_opens_and_answers(films: Path, clean: Path) -> None:
    if not shutil.which("unshare") or subprocess.run(mounted(["true"], films), capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    command = mounted([sys.executable, "-c", READS, str(films)], films)
    check_reading(subprocess.run(command, capture_output=True, text=True, cwd=ROOT), clean)


FILLS = """
import resource, sys
from penchant.retriever import PenchantError, build_index
from penchant.retriever.encoding import HashEncoder
from tests.conftest import make_items
items = make_items(1500, seed=6)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    build_index(items, sys.argv[1], HashEncoder())
except PenchantError as error:
    print(error)
"""


@pytest.mark.parametrize("room", [20_000, 300_000, 1_000_000, 1_100_000])
def test_where_there_is_no_room_it_says_so_and_goes_on_later(tmp_path: Path, clean: Path, room: int) -> None:
    command = [sys.executable, "-c", FILLS, str(tmp_path / "films"), str(room)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    (said,) = done.stdout.splitlines()
    assert str(tmp_path / "films") in said and "free some space" in said
    build_index(ITEMS, tmp_path / "films", HashEncoder())
    assert answers(tmp_path / "films") == answers(clean)
