"""An index that is built anew under a running program: it is taken up whole, and what is gone is never shown again."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from penchant.assistant import Assistant
from penchant.assistant.loading import Loading
from penchant.assistant.wiring import source_of
from penchant.retriever import IndexMismatch, PenchantError, build_index, open_index
from penchant.tools import Recommender
from penchant.ui.page.catalogue_registry import CatalogueRegistry

from .conftest import HashEncoder, make_items

ITEMS = make_items(1500, seed=7)
ROOT = Path(__file__).parents[1]
BUILDS = """
import sys
from penchant.retriever import build_index
from penchant.retriever.encoding import HashEncoder
from tests.conftest import make_items

def report(done, total):
    print(done, flush=True)
    if sys.argv[3:]:
        sys.stdin.readline()

build_index(make_items(1500, seed=7)[:int(sys.argv[2])], sys.argv[1], HashEncoder(), progress=report)
"""


def command(folder: Path, count: int, *words: str) -> list[str]:
    return [sys.executable, "-c", BUILDS, str(folder), str(count), *words]


def build_elsewhere(folder: Path, count: int) -> None:
    subprocess.run(command(folder, count), check=True, cwd=ROOT, capture_output=True)


@pytest.fixture
def films(tmp_path: Path) -> Path:
    build_index(ITEMS, tmp_path / "films", HashEncoder())
    return tmp_path / "films"


def loading(folder: Path) -> Loading:
    return Loading(source_of(lambda: Assistant(open_index(folder, HashEncoder())), folder))


def test_an_index_that_was_built_anew_is_taken_up_whole(films: Path) -> None:
    load = loading(films)
    before = load()
    asked = Recommender(load).recommend("a comedy", k=20)
    build_elsewhere(films, 600)
    left = {item.id for item in ITEMS[:600]}
    assert not {pick.id for pick in asked.picks} <= left
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: load().reply("a comedy", k=20), range(8)))
    assert all({pick.item.id for pick in answer.picks} <= left for answer in answers)
    assert load() is load() and len(load().index.catalogue) == 600
    assert len(before.reply("a comedy", k=20).picks) == 20, "who is being answered goes on with what there was"
    fresh = Assistant(open_index(films, HashEncoder())).reply("a comedy", k=20)
    assert [pick.item.id for pick in answers[0].picks] == [pick.item.id for pick in fresh.picks]


def test_a_conversation_goes_on_though_its_items_are_gone(films: Path) -> None:
    recommender = Recommender(loading(films))
    turn = recommender.recommend("a comedy", k=20)
    recommender.feedback(turn.picks[0].id, "like", turn.session_id)
    build_elsewhere(films, 600)
    for said in ("the first one", "something else", "more like the second one", "not the third"):
        answer = recommender.recommend(said, turn.session_id, k=20)
        assert {pick.id for pick in answer.picks} <= {item.id for item in ITEMS[:600]}
    recommender.interests(turn.session_id)
    gone = next(pick for pick in turn.picks if int(pick.id[1:]) >= 600)
    with pytest.raises(PenchantError):
        recommender.feedback(gone.id, "like", turn.session_id)


def test_while_it_is_being_written_the_one_before_serves_and_no_half_one_opens(films: Path) -> None:
    load = loading(films)
    assert len(load().index.catalogue) == 1500
    pipe = subprocess.PIPE
    changed = command(films, 1400, "slowly")
    with subprocess.Popen(changed, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin and process.stdout
        for _ in range(3):
            assert len(load().reply("a comedy", k=20).picks) == 20 and len(load().index.catalogue) == 1500
        process.stdin.close()
        process.stdout.read()
    assert process.returncode == 0 and len(load().index.catalogue) == 1400
    process = subprocess.Popen([*command(films, 1500, "slowly")], cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
    with process:
        assert process.stdin and process.stdout
        process.stdout.readline()  # some are written, and it waits
        with pytest.raises(IndexMismatch, match="unfinished"):
            open_index(films, HashEncoder())
        assert len(load().reply("a comedy", k=20).picks) == 20 and len(load().index.catalogue) == 1400
        process.kill()
    assert len(load().index.catalogue) == 1400
    build_elsewhere(films, 1500)
    assert len(load().index.catalogue) == 1500


def test_the_page_takes_it_up_too(films: Path) -> None:
    registry = CatalogueRegistry({"films": loading(films)})
    offered = registry.take("films")
    before = offered.wait()
    words = offered.words
    build_elsewhere(films, 600)
    assert offered.assistant() is not before and len(offered.assistant().index.catalogue) == 600
    assert offered.words is not words
