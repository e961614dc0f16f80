"""What an owner holds back is shown by no door, and taken up while people talk; what is put forward is said to be."""

from __future__ import annotations

import dataclasses
import json
import logging
import os
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mcp import Client

from penchant.assistant import Assistant, Edit, Session, Settings, edit, make_assistant, pick_together
from penchant.assistant.loading import Loading
from penchant.assistant.oversight import Oversight, ReviewError, ReviewFile, rule
from penchant.assistant.oversight.review_form import MOST_BOOST
from penchant.assistant.wiring import source_of
from penchant.retriever import (
    Index,
    Item,
    ItemChange,
    MemoryEngine,
    PenchantError,
    Taste,
    build_index,
    change_items,
    open_index,
)
from penchant.retriever.ranking import OWNER_KEY, PUT_FORWARD
from penchant.tools import Recommender, mcp_server, operations
from penchant.tools.api.arguments import InterestEdit
from penchant.tools.http import Limits, build_app
from penchant.ui.page.catalogue_registry import CatalogueRegistry, PageSetup
from penchant.ui.page.tab_controller import TabController

from .conftest import PATIENCE, HashEncoder
from .loopback import serving
from .test_mcp_server import talk
from .visiting import ITEMS


def planted(n: int, **fields: Any) -> Item:
    """What nobody may see any of: its id, title and fields are in no other item."""
    made = {"kind": "film", "year": 1990 + n, "makers": (f"Wux Maker{n}",), "genres": ("comedy",), "moods": ("funny",)}
    return Item(f"wux-{n}", f"Zorblax {n}", fields={**made, "description": f"Wuxplot {n} in space.", **fields})


PLANTED = (
    planted(1, themes=("suicide", "space")),
    planted(2, minutes=1),
    planted(3),
    planted(4),
    planted(5, year=2031),
)
EVERY = [*ITEMS, *PLANTED]
RULES = """
block = ["wux-3", "zorblax 4"]

[[hold]]
field = "themes"
is = "suicide"

[[hold]]
field = "minutes"
is = "< 20"

[[hold]]
field = "year"
after = 2030-01-01
"""


@pytest.fixture
def engine() -> MemoryEngine:
    build_index(EVERY, engine := MemoryEngine(), HashEncoder())
    return engine


@pytest.fixture
def file(tmp_path: Path) -> ReviewFile:
    path = tmp_path / "review.toml"
    path.write_text(RULES, encoding="utf-8")
    return ReviewFile(path)


def served(engine: MemoryEngine, file: ReviewFile) -> Loading:
    oversight = Oversight(Settings(review=file.path))

    def load() -> Assistant:
        return make_assistant(oversight.view(open_index(engine, HashEncoder())))

    return Loading(source_of(load, engine, oversight))


def ids(index: Index) -> set[str]:
    return set(index.catalogue.row)


HELD = {item.id for item in PLANTED}


def test_each_rule_holds_what_it_is_about(engine: MemoryEngine, file: ReviewFile) -> None:
    index = open_index(engine, HashEncoder())
    ruling = rule(file.read(), index.catalogue)
    assert ruling.waiting == {"wux-1": ("themes is suicide",), "wux-2": ("minutes is < 20",), "wux-5": (RULE_OF_DATE,)}
    assert ruling.barred == dict.fromkeys(("wux-3", "wux-4"), "on the block list")
    assert ids(Oversight(Settings(review=file.path)).view(index)) == {item.id for item in ITEMS}


RULE_OF_DATE = "year after 2030-01-01"
TITLES = st.sampled_from([item.title for item in PLANTED])
NAMES = st.one_of(TITLES, st.sampled_from([item.id for item in PLANTED]), st.just("Galaxy Jest"))
MESSAGES = st.one_of(
    st.sampled_from(
        [
            "something funny about space",
            "a film by Wux Maker1",
            "why not the second one?",
            "which is the shortest?",
            "the newest comedy",
            "what was left out?",
            "more",
            "Wuxplot 3",
        ]
    ),
    TITLES,
    TITLES.map("like {}".format),
    TITLES.map("why not {}?".format),
    TITLES.map("is {} scary?".format),
    TITLES.map("compare {} and Galaxy Jest".format),
)
ARGUMENTS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "recommend": st.fixed_dictionaries({"message": MESSAGES, "k": st.just(20)}),
    "interests": st.just({}),
    "edit_interests": st.fixed_dictionaries(
        {"edits": st.fixed_dictionaries({"facet": st.sampled_from(["item", "makers", ""]), "value": NAMES})}
    ),
    "feedback": st.fixed_dictionaries({"item": NAMES, "verdict": st.sampled_from(["like", "seen", "dislike"])}),
    "explain": st.fixed_dictionaries({"item": NAMES}),
    "compare": st.fixed_dictionaries({"items": st.lists(NAMES, min_size=2, max_size=4)}),
    "for_you": st.just({}),
    "fit_time": st.fixed_dictionaries({"minutes": st.sampled_from([60, 240]), "k": st.just(20)}),
    "bring_taste": st.just({"taste": "", "k": 20}),
    "recommend_together": st.fixed_dictionaries({"message": MESSAGES, "k": st.just(20)}),
    "forget": st.just({}),
}
"""For each operation what names the planted items in every way."""
_OPERATIONS = [st.tuples(st.just(name), arguments) for name, arguments in ARGUMENTS.items()]


def leaks(told: str, said: str = "") -> list[str]:
    """What is told of planted items that nobody said."""
    marks = [
        mark
        for item in PLANTED
        for mark in (item.id, item.title, item.fields["makers"][0], item.values("description")[0])
    ]
    return [mark for mark in marks if mark in told and mark not in said]


def test_every_operation_is_tried(holding: Recommender) -> None:
    assert {operation.name for operation in operations(holding)} == set(ARGUMENTS)


@settings(max_examples=40)
@given(st.lists(st.one_of(_OPERATIONS), min_size=2, max_size=6))
def test_no_operation_shows_what_is_held(holding: Recommender, steps: list[tuple[str, dict[str, Any]]]) -> None:
    known = {operation.name: operation for operation in operations(holding)}
    handle, said = holding.recommend("a funny film", k=20).session_id, ""
    for name, arguments in steps:
        said += json.dumps(arguments)
        if name == "bring_taste":
            arguments = {"taste": holding.taste(handle), "k": 20}
        if name == "recommend_together":
            arguments = arguments | {"people": [{"session_id": handle}, {"taste": holding.taste(handle)}]}
        given_to = {} if name in ("bring_taste", "recommend_together") else {"session_id": handle}
        try:
            result = known[name].call(arguments | given_to)
        except PenchantError as error:
            assert not leaks(str(error), said)
            continue
        assert not leaks(result.model_dump_json(), said), name
        handle = result.session_id or holding.recommend("a comedy", k=20).session_id


@pytest.fixture(scope="module")
def holding(tmp_path_factory: pytest.TempPathFactory) -> Recommender:
    build_index(EVERY, engine := MemoryEngine(), HashEncoder())
    path = tmp_path_factory.mktemp("review") / "review.toml"
    path.write_text(RULES, encoding="utf-8")
    return Recommender(served(engine, ReviewFile(path)))


def test_not_even_to_who_was_shown_it_before(engine: MemoryEngine, file: ReviewFile) -> None:
    """What is held while people talk: what they said of it stays theirs, and nothing of it is shown."""
    file.path.write_text("", encoding="utf-8")
    recommender = Recommender(served(engine, file))
    handle = recommender.recommend("Zorblax 3", k=20).session_id
    for item in PLANTED:
        recommender.feedback(item.id, "like", handle)
    recommender.edit_interests([InterestEdit(facet="item", value="Zorblax 1")], session_id=handle)
    repeated = ("wux-1", "later", handle, "", "", 20, "again")
    recommender.feedback(*repeated)
    file.path.write_text(RULES, encoding="utf-8")
    said = json.dumps([[item.id, item.title] for item in PLANTED])
    for answer in (
        recommender.feedback(*repeated),
        recommender.recommend("why is the first one there?", handle),
        recommender.recommend("more like that", handle, k=20),
        recommender.interests(handle),
        recommender.for_you(handle),
        recommender.edit_interests(undo_last=True, session_id=handle, k=20),
    ):
        assert not leaks(answer.model_dump_json(), said)
        assert not {pick.id for pick in getattr(answer, "picks", ())} & HELD
    with pytest.raises(PenchantError, match="no item"):
        recommender.explain("wux-1", handle)


def test_over_http_mcp_and_the_openai_api(holding: Recommender) -> None:
    app = build_app(holding, limits=Limits(per_minute=0))
    with serving(app) as url, httpx2.Client(base_url=url, timeout=PATIENCE) as client:
        for message in ("something funny about space", "Zorblax 1", "why not Zorblax 4?"):
            chat = {"model": "penchant", "messages": [{"role": "user", "content": message}]}
            assert not leaks(client.post("/v1/chat/completions", json=chat).text, message)
            assert not leaks(client.post("/api/recommend", json={"message": message, "k": 20}).text, message)
        assert not leaks(client.get("/api/catalogue").text)

    async def look(client: Client) -> str:
        result = await client.call_tool("recommend", {"message": "something funny about space", "k": 20})
        return f"{result.structured_content} {await client.read_resource('penchant://catalogue')}"

    assert not leaks(talk(mcp_server(holding), look))


def test_no_event_of_the_page_shows_it(engine: MemoryEngine, file: ReviewFile) -> None:
    tab = TabController(PageSetup(CatalogueRegistry({"films": served(engine, file)})))
    taste = Recommender(make_assistant(open_index(engine, HashEncoder())))
    text = taste.taste(taste.feedback("wux-1", "like", taste.recommend("like Zorblax 3").session_id).session_id)
    told = [tab.speak({"act": "hello"}), tab.speak({"act": "say", "text": "something funny about space"})]
    for item in PLANTED:
        told += [tab.speak({"act": "say", "text": f"like {item.title}"}), tab.speak({"act": "retry"})]
        acts: list[dict[str, Any]] = [
            {"act": "thumb", "item": item.id, "verdict": "like"},
            {"act": "similar", "item": item.id},
            {"act": "why", "item": item.id},
            {"act": "add", "text": item.title},
            {"act": "change", "facet": "item", "item": item.id, "level": "want"},
            {"act": "further"},
        ]
        told += [iter([tab.do(act)]) for act in acts]
    told += [iter([tab.do({"act": act, "text": text})]) for act in ("guest", "import")]
    told += [iter([tab.do({"act": act})]) for act in ("undo", "redo", "topic", "further", "solo", "over", "undo")]
    told += [iter([tab.do({"act": "mode", "mode": mode})]) for mode in ("both", "seen", "list", "new")]
    said = json.dumps([[item.id, item.title] for item in PLANTED])
    for views in told:
        for view in views:
            assert not leaks(json.dumps(dataclasses.asdict(view), default=str, ensure_ascii=False), said)
            assert not set(tab._state.chat.shown) & HELD


def test_joint_picks_and_the_first_page(engine: MemoryEngine, file: ReviewFile) -> None:
    assistant = served(engine, file)()
    session = edit(Session(), [Edit("genres", "comedy")], assistant.index.catalogue)
    joint = pick_together(assistant, [session, session], [Taste(session.interests), Taste(session.interests)], 20)
    assert joint.picks and not {pick.picks[0].item.id for pick in joint.picks} & HELD
    first = assistant.answer(k=20)
    assert first.picks and not {pick.item.id for pick in first.picks} & HELD


def test_a_decision_counts_with_the_next_message_and_is_kept(engine: MemoryEngine, file: ReviewFile) -> None:
    load = served(engine, file)
    before = file.path.read_text(encoding="utf-8")
    file.decide("wux-1", "approve", "anna", 'fine with "me"\n\x7f \udc80')
    assert ids(load().index) & HELD == {"wux-1"}
    file.decide("wux-1", "reject", "bo")
    file.decide("wux-1", "note", "bo", "after a complaint")
    file.decide("film-1999", "block", "bo")
    assert not ids(load().index) & {*HELD, "film-1999"} and load() is load()
    said = file.read().decisions
    assert [(one.item, one.decision, one.by) for one in said][:2] == [
        ("wux-1", "approve", "anna"),
        ("wux-1", "reject", "bo"),
    ]
    assert said[0].note == 'fine with "me"\n\x7f �' and said[0].when.tzinfo
    assert file.path.read_text(encoding="utf-8").startswith(before.strip())


def test_new_items_are_held_by_the_same_rules(engine: MemoryEngine, file: ReviewFile) -> None:
    load = served(engine, file)
    load()
    new = [planted(6, themes=("suicide",)), planted(7, minutes=90)]
    change_items(engine, HashEncoder(), ItemChange(items=new))
    assert ids(load().index) & {"wux-6", "wux-7"} == {"wux-7"}


BROKEN = [
    ("hold = [", "does not hold"),
    ("blok = []", "blok: extra inputs"),
    ('[[hold]]\nfield = "themes"', 'hold 1: give "is" or "after"'),
    ('[[boost]]\nitem = "wux-1"\namount = 3', "boost 1, amount: input should be less than or equal to 0.2"),
    ('[[hold]]\nfield = "themse"\nis = "x"', "hold 1: the catalogue has no field 'themse'; it has"),
    ('[[hold]]\nfield = "minutes"\nis = "many"', "hold 1: minutes is a number, and 'many' is not a range"),
    ('[[hold]]\nfield = "kind"\nis = ["film", "book", "album"]', "every item is held back"),
]


@pytest.mark.parametrize(("text", "said"), BROKEN)
def test_a_broken_file_leaves_the_last_good_one(
    engine: MemoryEngine, file: ReviewFile, text: str, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    load = served(engine, file)
    shown = ids(load().index)
    file.path.write_text(text, encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert ids(load().index) == shown
        change_items(engine, HashEncoder(), ItemChange(removed=["film-1999"]))
        assert "film-1999" not in ids(load().index) or "every item" in said
    assert str(file.path) in caplog.text and said in caplog.text
    with pytest.raises(ReviewError, match=r"review\.toml"):
        served(engine, file)()


@pytest.mark.parametrize("fault", ["is missing", "is no text"])
def test_a_file_that_cannot_be_read_is_refused(file: ReviewFile, fault: str) -> None:
    file.path.unlink()
    if fault == "is no text":
        file.path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ReviewError, match="cannot be read"):
        Oversight(Settings(review=file.path))


def test_a_decision_that_would_break_the_file_changes_nothing(file: ReviewFile) -> None:
    file.path.write_text("decisions = []\n", encoding="utf-8")
    with pytest.raises(ReviewError):
        file.decide("wux-1", "approve", "anna")
    assert file.path.read_text(encoding="utf-8") == "decisions = []\n" and not list(file.path.parent.glob("*.part"))


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_noted_is_kept(tmp_path_factory: pytest.TempPathFactory, item: str, note: str) -> None:
    file = ReviewFile(tmp_path_factory.mktemp("review") / "review.toml")
    file.path.write_text("# mine\n", encoding="utf-8")
    with suppress(ReviewError):  # an empty id
        file.decide(item, "note", "anna", note)
        assert [(one.item, one.note) for one in file.read().decisions] == [(item, note)]
    assert tomllib.loads(file.path.read_text(encoding="utf-8")) is not None
    os.remove(file.path)


def test_what_is_put_forward_is_bounded_and_said(engine: MemoryEngine, file: ReviewFile) -> None:
    rules = '[[boost]]\nitem = "Rain Town"\namount = 0.15\n[[boost]]\nfield = "genres"\nis = "jazz"\namount = 0.1\n'
    file.path.write_text(rules, encoding="utf-8")
    load = served(engine, file)
    reply = load().reply("something calm", k=20)
    (pick,) = (pick for pick in reply.picks if pick.item.title == "Rain Town")
    (share,) = (share for share in pick.shares if share.key == OWNER_KEY)
    assert share.value == MOST_BOOST and sum(s.value for s in pick.shares) == pytest.approx(pick.score)
    (line,) = (line for line in load().in_full(reply).splitlines() if "Rain Town**, 1988" in line)
    assert PUT_FORWARD in line
    place = next(n for n, one in enumerate(reply.picks, 1) if one is pick)
    assert "puts it forward" in load().reply(f"why is number {place} there?", reply.session).text
    recommender = Recommender(load)
    begun = recommender.recommend("something calm", k=20)
    assert PUT_FORWARD in recommender.explain("Rain Town", begun.session_id).text
    tab = TabController(PageSetup(CatalogueRegistry({"films": load})))
    list(tab.speak({"act": "hello"}))
    *_, view = tab.speak({"act": "say", "text": "a calm album about rain"})
    (card,) = (card for card in view.picks["cards"] if card["title"] == "Rain Town")
    assert PUT_FORWARD in json.dumps(card)


@pytest.mark.parametrize("act", ["export", "stop", "undo"])
def test_what_is_held_meanwhile_leaves_the_screen(engine: MemoryEngine, file: ReviewFile, act: str) -> None:
    tab = TabController(PageSetup(CatalogueRegistry({"films": served(engine, file)})))
    list(tab.speak({"act": "hello"}))
    list(tab.speak({"act": "say", "text": "a funny film"}))
    first = tab._state.chat.shown[0]
    title = next(item.title for item in ITEMS if item.id == first)
    file.decide(first, "block", "anna")
    view = tab.do({"act": act})
    assert first not in tab._state.chat.shown and title not in json.dumps(view.picks)
