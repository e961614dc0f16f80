"""Items change while people chat: what is new is found at once, and what is gone is shown by no door."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from penchant.assistant.loading import Loading
from penchant.assistant.wiring import make_assistant, source_of
from penchant.retriever import ItemChange, MemoryEngine, SentenceEncoder, build_index, change_items, open_index
from penchant.tools import Recommender
from penchant.tools.http import Keys, Limits, build_app
from penchant.ui.page.catalogue_registry import CatalogueRegistry, PageSetup
from penchant.ui.page.tab_controller import TabController

from .conftest import PATIENCE, HashEncoder
from .loopback import serving
from .test_command import Run, run  # noqa: F401 (a fixture)
from .test_command_serve import KEY, started
from .test_mcp_server import FILMS
from .visiting import ITEMS

NEW = {"id": "new", "title": "Zorblax Rising", "kind": "film", "year": 2031, "genres": ["comedy"], "moods": ["funny"]}


@pytest.fixture
def films(tmp_path: Path) -> Path:
    build_index(ITEMS, tmp_path / "films", HashEncoder())
    return tmp_path / "films"


def loading(folder: Path) -> Loading:
    return Loading(source_of(lambda: make_assistant(open_index(folder, HashEncoder())), folder))


def titles(picks: list[dict[str, Any]]) -> list[str]:
    return [pick["title"] for pick in picks]


@contextmanager
def service(load: Loading, **options: Any) -> Iterator[httpx2.Client]:
    app = build_app(Recommender(load), limits=Limits(per_minute=0), keys=Keys([KEY]), **options)
    with serving(app) as url, httpx2.Client(base_url=url, timeout=PATIENCE) as client:
        client.headers["authorization"] = f"Bearer {KEY}"
        yield client


def posted(client: httpx2.Client, path: str, body: Any) -> Any:
    response = client.post(f"/api/{path}", json=body)
    assert response.status_code == 200, response.text
    return response.json()


def test_over_http_an_item_comes_changes_and_goes(films: Path) -> None:
    with service(loading(films), edit_items=True) as client:
        done = posted(client, "items/add", {"rows": NEW})
        assert done == {"added": 1, "changed": 0, "removed": 0, "items": len(ITEMS) + 1, "unknown": []}
        found = posted(client, "recommend", {"message": "Zorblax Rising", "k": 20})
        assert "Zorblax Rising" in titles(found["picks"])
        posted(client, "items/set", {"id": "new", "fields": {"year": 2040}})
        explained = posted(client, "explain", {"item": "new", "session_id": found["session_id"]})
        assert explained["item"]["fields"]["year"] == 2040
        assert posted(client, "items/remove", {"ids": ["new", "nobody"]})["unknown"] == ["nobody"]
        again = posted(client, "recommend", {"message": "more", "session_id": found["session_id"], "k": 20})
        assert "Zorblax Rising" not in titles(again["picks"])
        asked = {"item": "new", "session_id": found["session_id"]}
        assert client.post("/api/explain", json=asked).status_code == 404


def test_the_door_is_shut_unless_the_owner_opens_it_and_to_who_has_no_key(films: Path) -> None:
    with service(loading(films)) as client:
        assert client.post("/api/items/add", json={"rows": [NEW]}).status_code == 404
    with service(loading(films), edit_items=True) as client:
        del client.headers["authorization"]
        assert client.post("/api/items/remove", json={"ids": ["new"]}).status_code == 401


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("add", {"rows": [NEW, {"id": "b", "title": "B", "colour": "red"}]}, "'colour' is no field"),
        ("add", {"rows": []}, "rows"),
        ("add", {}, "rows"),
        ("set", {"id": "nobody", "fields": {"year": 1}}, "has no item 'nobody'"),
        ("set", {"id": "film-1999", "fields": {"year": "soon"}}, "'soon' is no number"),
        ("remove", {"ids": [item.id for item in ITEMS]}, "no items would be left"),
    ],
)
def test_what_does_not_fit_is_said_and_changes_nothing(films: Path, path: str, body: Any, said: str) -> None:
    with service(load := loading(films), edit_items=True) as client:
        response = client.post(f"/api/items/{path}", json=body)
        assert response.status_code == 422 and said in response.json()["error"]["message"]
        assert len(load().index.catalogue) == len(ITEMS)


def test_what_is_gone_is_shown_by_no_answer_of_before(films: Path) -> None:
    """A request that is repeated is answered as it was, but for what has gone."""
    recommender = Recommender(loading(films))
    begun = recommender.recommend("a funny film", k=3)
    asked = ("something else", begun.session_id, 3, (), "again")
    answer = recommender.recommend(*asked)
    assert recommender.recommend(*asked) == answer
    gone = answer.picks[0]
    change_items(films, HashEncoder(), ItemChange(removed=[gone.id]))
    repeated = recommender.recommend(*asked)
    assert repeated.picks and gone.title not in repeated.words
    for op in (recommender.interests(begun.session_id), recommender.recommend("more", begun.session_id)):
        assert gone.title not in op.words


def test_a_chat_of_another_program_goes_on_without_it(films: Path) -> None:
    with service(loading(films), edit_items=True) as client:
        messages = [{"role": "user", "content": "a funny film"}]
        said = client.post("/v1/chat/completions", json={"model": "penchant", "messages": messages}).json()
        gone = said["penchant"]["picks"][0]
        posted(client, "items/remove", {"ids": gone["id"]})
        messages += [said["choices"][0]["message"], {"role": "user", "content": "what else?"}]
        said = client.post("/v1/chat/completions", json={"model": "penchant", "messages": messages}).json()
        assert gone["title"] not in json.dumps(said["choices"] + said["penchant"]["picks"])


def test_what_is_served_from_another_engine_is_taken_up_too() -> None:
    build_index(ITEMS, engine := MemoryEngine(), HashEncoder())
    load = Loading(source_of(lambda: make_assistant(open_index(engine, HashEncoder())), engine))
    gone = load().reply("a funny film").picks[0].item
    change_items(engine, HashEncoder(), ItemChange(removed=[gone.id]))
    assert gone not in [pick.item for pick in load().reply("a funny film", k=20).picks] and load() is load()


@pytest.mark.parametrize("act", ["export", "stop", "undo"])
def test_a_page_does_not_show_again_what_is_gone_from_its_screen(films: Path, act: str) -> None:
    tab = TabController(PageSetup(CatalogueRegistry({"films": loading(films)})))
    list(tab.speak({"act": "hello"}))
    list(tab.speak({"act": "say", "text": "a funny film"}))
    shown = tab._state.chat.shown
    gone = next(item for item in ITEMS if item.id == shown[0])
    change_items(films, HashEncoder(), ItemChange(removed=[gone.id]))
    view = tab.do({"act": act})
    assert gone.id not in tab._state.chat.shown and len(tab._state.chat.shown) == len(shown)
    assert gone.title not in json.dumps(view.picks)
    assert tab.do({"act": "why", "item": tab._state.chat.shown[0]}) and tab._state.chat.open


def test_a_page_shows_the_price_of_now(films: Path) -> None:
    tab = TabController(PageSetup(CatalogueRegistry({"films": loading(films)})))
    list(tab.speak({"act": "hello"}))
    first = tab._state.chat.shown[0]
    change_items(films, HashEncoder(), ItemChange(values={first: {"year": 1923}}))
    tab.do({"act": "export"})
    reply = tab._state.chat.reply
    assert reply and all(pick.item.fields["year"] == 1923 for pick in reply.picks if pick.item.id == first)


@pytest.mark.slow
def test_the_commands_change_what_is_being_served(
    tmp_path: Path,
    sentence_encoder: SentenceEncoder,
    run: Run,  # noqa: F811
) -> None:
    build_index(FILMS, tmp_path / "films", sentence_encoder)
    catalogue = ("--catalogue", tmp_path / "films")
    (tmp_path / "new.csv").write_text("id,title,year,genres\nz1,Zorblax Rising,2031,comedy\n")
    with started(tmp_path, "serve", "--port", 0, *catalogue, PENCHANT_SERVE_KEYS=KEY) as process:
        assert process.stdout
        url = process.stdout.readline().split()[-1]
        with httpx2.Client(base_url=url, headers={"authorization": f"Bearer {KEY}"}, timeout=PATIENCE) as client:
            before = posted(client, "recommend", {"message": "a comedy", "k": 20})
            added = run("items", "add", tmp_path / "new.csv", *catalogue)
            assert added.returncode == 0, added.stderr
            assert added.stdout == f"1 added, 0 changed, 0 removed; {len(FILMS) + 1} items in {tmp_path / 'films'}\n"
            asked = {"message": "more comedies", "session_id": before["session_id"], "k": 20}
            assert "Zorblax Rising" in titles(posted(client, "recommend", asked)["picks"])
            assert "1 changed" in run("items", "set", "z1", "year=1999", "title=Zorblax Falling", *catalogue).stdout
            assert "Zorblax Falling" in titles(posted(client, "recommend", asked)["picks"])
            removed = run("items", "remove", "z1", "z2", *catalogue)
            assert "1 removed" in removed.stdout and removed.stderr == "Not there: z2\n"
            assert "Zorblax Falling" not in titles(posted(client, "recommend", asked)["picks"])
            assert client.post("/api/items/remove", json={"ids": ["z1"]}).status_code == 404
