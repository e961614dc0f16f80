"""What a language model knows of its own: works that it would pick are found in the catalogue, and come first."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from penchant.assistant import Assistant, LanguageModel, Session, edit, export_taste, import_taste, merge
from penchant.assistant.llm.answers import Works
from penchant.assistant.session import Edit
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.wiring import make_assistant
from penchant.retriever import (
    OPEN,
    SUGGESTED,
    SUGGESTION,
    Catalogue,
    Index,
    Interest,
    Item,
    SearchConfig,
    build_index,
    counterfactual,
    infer_schema,
    search,
)
from penchant.retriever.encoding import HashEncoder
from penchant.ui.page.view.chips import chips
from penchant.ui.page.view.pick_reason import pick_reason
from penchant.ui.page.words import page_speech

from .openai_server import OpenAIServer, Words
from .scripted_model import ScriptedModel, answer, tag

TALK = "**Gladiator** is one."
WISH = "something about dreams"


def suggesting(index: Index, *examples: str, message: str = WISH, session: Session | None = None) -> Session:
    """The session after one message that a model answered with these examples."""
    chat = ScriptedModel.of(answer(wish=message, examples=examples))
    said, after = make_assistant(index, chat.language_model()).hear(message, session or Session())
    assert said.served_by == "scripted", said.note
    return after


def titles(index: Index, session: Session, k: int = 10, search_config: SearchConfig | None = None) -> list[str]:
    found = Assistant(index, search_config=search_config).rank(session, k)
    return [pick.item.title for pick in found.picks]


def test_through_a_real_client_in_one_call(index: Index) -> None:
    said = answer(wish=WISH, examples=["The Godfather (1972)", "Gladiator (2000)", "Get Out by Jordan Peele"])
    with OpenAIServer(lambda _, n: Words(said if n == 0 else TALK)) as server:
        reply = make_assistant(index, LanguageModel.from_settings(server.settings())).reply(WISH, k=4)
        asked = server.requests[0]
    assert reply.understood_by == "tiny" and reply.usage.calls == 2
    assert [pick.item.title for pick in reply.picks[:2]] == ["Gladiator", "Get Out"]
    assert f"{SUGGESTION} +0.50" in reply.text or reply.explained_by == "tiny"
    assert "examples" in asked["response_format"]["json_schema"]["schema"]["properties"]


def test_they_take_the_first_places_and_leave_the_others_to_what_is_composed(index: Index) -> None:
    suggested = ["Gladiator", "Get Out", "The Hangover", "Before Sunrise", "Interstellar"]
    session = suggesting(index, *suggested)
    composed = titles(index, replace(session, interests=tuple(i for i in session.interests if i.facet != SUGGESTED)), 6)
    shown = titles(index, session, 6)
    assert shown[:3] == suggested[:3]
    assert shown[3:] == [title for title in composed if title not in suggested[:3]][:3]
    assert titles(index, session, 6, SearchConfig(suggested=0.0)) == composed
    assert titles(index, session, 5, SearchConfig(suggested=1.0)) == suggested


def test_shares_add_up_and_say_where_they_come_from(index: Index) -> None:
    session = suggesting(index, "Gladiator")
    first, *others = Assistant(index).rank(session, 12).picks
    share = next(share for share in first.shares if share.block == SUGGESTED)
    assert (share.interest, share.value) == (SUGGESTION, 0.5)
    assert not [share for pick in others for share in pick.shares if share.block == SUGGESTED]
    for pick in (first, *others):
        assert sum(share.value for share in pick.shares) == pytest.approx(pick.score, abs=1e-5)
    found = counterfactual(index, session.interests, first.item.id, turn=session.turn)
    assert found.pick.score == first.score and found.place == 1


@pytest.mark.parametrize(
    "gate",
    [
        Interest("genres", "Drama", level="never"),
        Interest("year", ">= 2001"),
        Interest("kind", "book"),
        Interest(OPEN, "general", level="never"),
    ],
    ids=lambda gate: gate.label,
)
def test_no_gate_is_passed(index: Index, gate: Interest) -> None:
    session = suggesting(index, "Gladiator (2000)")
    assert titles(index, session)[0] == "Gladiator"
    assert "Gladiator" not in titles(index, replace(session, interests=(*session.interests, gate)), 12)


def test_what_is_known_or_on_screen_is_not_suggested(index: Index) -> None:
    session = Session().show(["i5"])
    assert not [i for i in suggesting(index, "Gladiator", session=session).interests if i.facet == SUGGESTED]
    chat = ScriptedModel.of(answer(tag("item", "Inception", "seen"), wish=WISH, examples=["Inception", "Gladiator"]))
    _, after = make_assistant(index, chat.language_model()).hear("I have seen Inception", Session())
    assert next(i for i in after.interests if i.facet == SUGGESTED).items == ("i5",)


@pytest.mark.parametrize("intent", ["ask", "compare", "small_talk", "feedback"])
def test_who_does_not_ask_for_picks_gets_none(index: Index, intent: str) -> None:
    chat = ScriptedModel.of(answer(intent=intent, examples=["Gladiator"]))
    said, _ = make_assistant(index, chat.language_model()).hear("so that is that", Session())
    assert said.interests == ()


@pytest.mark.parametrize("intent", ["small_talk", "feedback"])
def test_thanks_leave_suggestions_as_they_are_and_bring_the_first(index: Index, intent: str) -> None:
    before = Session(interests=(Interest("genres", "Drama"),))
    for session, items in ((before, ("i8",)), (suggesting(index, "Gladiator"), ("i5",))):
        chat = ScriptedModel.of(answer(intent=intent, examples=["Get Out"]))
        _, after = make_assistant(index, chat.language_model()).hear("so that is that", session)
        assert [i.items for i in after.interests if i.facet == SUGGESTED] == [items]


def test_they_go_with_the_next_message(index: Index) -> None:
    first = suggesting(index, "Gladiator")
    assert first.interests[-1].facet == SUGGESTED
    second = suggesting(index, "Get Out", message="something about parents", session=first)
    assert [i.items for i in second.interests if i.facet == SUGGESTED] == [("i8",)]
    assistant = Assistant(index)
    plain = assistant.rules.understand("a comedy", first)
    third = merge(first, plain, "a comedy", index.schema, 0.6)
    assert not [i for i in third.interests if i.facet == SUGGESTED]


def test_they_can_be_taken_out_barred_kept_and_exported(index: Index) -> None:
    session = suggesting(index, "Gladiator", "Get Out")
    (one,) = [i for i in session.interests if i.facet == SUGGESTED]
    gone = edit(session, [Edit(SUGGESTED, one.value, remove=True)], index.catalogue)
    assert one not in gone.interests
    barred = edit(session, [Edit(SUGGESTED, one.value, level="never")], index.catalogue)
    assert not {"Gladiator", "Get Out"} & set(titles(index, barred, 12))
    again = import_taste(export_taste(session))
    assert titles(index, again) == titles(index, session)
    assert [i for i in again.interests if i.facet == SUGGESTED] == [one]


def test_a_model_that_thinks_of_nothing_else_still_makes_a_page(index: Index) -> None:
    chat = ScriptedModel.of(answer(examples=["Get Out", "Gladiator"]), TALK)
    reply = make_assistant(index, chat.language_model()).reply("What would you suggest?", k=4)
    assert [pick.item.title for pick in reply.picks[:2]] == ["Get Out", "Gladiator"]
    assert not reply.notes


def test_the_page_says_whose_idea_it_was(index: Index) -> None:
    session = suggesting(index, "Gladiator")
    found = Assistant(index).rank(session, 3)
    (chip,) = [
        c for c in chips(session, found.weights, index.schema, page_speech())["active"] if c["facet"] == SUGGESTION
    ]
    assert (chip["value"], chip["percent"], chip["movable"]) == ("Gladiator", "50 %", False)
    assert chip["origin"] == "The model thought of this when you said:" and chip["quote"] == WISH
    assert pick_reason(found.picks[0], session.interests, index.schema, page_speech()).endswith(f"was {SUGGESTION}.")
    assert SUGGESTION not in pick_reason(found.picks[1], session.interests, index.schema, page_speech())


RECIPES = [
    "Creamy clam chowder made with whole milk",
    "Baked crunchy vegetable chips",
    "Spicy lentil stew with smoked paprika",
    "Cold cucumber soup with fresh mint",
]


@pytest.fixture
def recipes(tmp_path: Path) -> Index:
    return build_index([Item(f"r{n}", title, title) for n, title in enumerate(RECIPES)], tmp_path, HashEncoder(48))


def test_where_items_are_descriptions_the_model_describes_ideal_ones(recipes: Index) -> None:
    ideal = ["spicy lentil stew", "smoky stew with lentils", "", "hot soup of lentils", "a fourth one"]
    chat = ScriptedModel.of(answer(wish="something warming", examples=ideal), TALK)
    reply = make_assistant(recipes, chat.language_model()).reply("something warming", k=2)
    described = [i for i in reply.session.interests if i.source == "model"]
    assert [(i.facet, i.value, i.strength) for i in described] == [
        (OPEN, text, 0.5) for text in ("spicy lentil stew", "smoky stew with lentils", "hot soup of lentils")
    ]
    assert reply.picks[0].item.title == RECIPES[2]
    assert f"{SUGGESTION}: spicy lentil stew" in {share.interest for share in reply.picks[0].shares}
    assert "described in one line" in chat.requests[0].system and "Title (year)" not in chat.requests[0].system
    for pick in reply.picks:
        assert sum(share.value for share in pick.shares) == pytest.approx(pick.score, abs=1e-5)


FILMS = [
    Item("1", "Dune (1984)", fields={"year": 1984, "director": "David Lynch"}),
    Item("2", "Dune (2021)", fields={"year": 2021, "director": "Denis Villeneuve"}),
    Item("3", "Howl's Moving Castle (Anime Film)", fields={"director": "Hayao Miyazaki"}),
    Item("4", "3:10 to Yuma", fields={"year": 2007, "director": "James Mangold"}),
    Item("5", "Stand by Me", fields={"year": 1986, "director": "Rob Reiner"}),
    Item("6", "The Good, the Bad and the Ugly", fields={"year": 1966, "director": "Sergio Leone"}),
]


@pytest.mark.parametrize(
    ("named", "item"),
    [
        ("Dune (1984)", "1"),
        ("Dune (2020)", "2"),  # a year beside it: festivals
        ("Dune by Denis Villeneuve", "2"),
        ("Dune – David Lynch", "1"),
        ("Dune (1950)", ""),
        ("Howl's Moving Castle", "3"),
        ("Howl’s Moving Castle (2004)", "3"),
        ("Howl's Moving Castle (Anime Film)", "3"),
        ("Stand by Me", "5"),
        ("Stand by Me (1986)", "5"),
        ("The Good, The Bad and the Ugly (1966)", "6"),
        ("Good, the Bad and the Ugly", "6"),
        ("Arrival (2016)", ""),
        ("", ""),
        ("(2016)", ""),
    ],
)
def test_a_title_is_found_as_people_write_it(named: str, item: str) -> None:
    assert Works(Gazetteer(Catalogue(FILMS, infer_schema(FILMS)))).find(named) == item


@pytest.mark.parametrize(
    ("items", "known"),
    [
        (FILMS, True),
        ([replace(item, fields={}) for item in FILMS], False),
        ([Item(f"r{n}", title, title) for n, title in enumerate(RECIPES)], False),
        ([Item(f"r{n}", title, fields={"year": 2001 + n}) for n, title in enumerate(RECIPES)], False),
        ([replace(item, title="Merlot, Napa, California") for item in FILMS], False),
        ([], False),
    ],
    ids=["films", "no makers or years", "recipes", "dated recipes", "many of one title", "nothing"],
)
def test_whether_a_catalogue_is_of_known_works(items: list[Item], known: bool) -> None:
    assert Works(Gazetteer(Catalogue(items, infer_schema(items)))).known is known


def test_the_prompt_does_not_depend_on_the_order_of_the_items(index: Index, tmp_path: Path) -> None:
    items = [replace(i, fields={k: v for k, v in i.fields.items() if k != "people"}) for i in index.catalogue.items]
    systems = []
    for n, ordered in enumerate((items, items[::-1])):
        chat = ScriptedModel.of(answer(intent="small_talk"), TALK)
        other = build_index(ordered, tmp_path / str(n), HashEncoder(48), index.schema)
        make_assistant(other, chat.language_model()).reply("hello")
        systems.append(chat.requests[0].system)
    assert systems[0] == systems[1]


def test_the_model_is_not_told_its_own_suggestions_as_the_persons(index: Index) -> None:
    session = suggesting(index, "Gladiator")
    chat = ScriptedModel.of(answer(intent="small_talk"))
    make_assistant(index, chat.language_model()).hear("hello", session)
    assert "Gladiator" not in json.dumps(chat.requests[0].data["interests_so_far"])


def test_of_two_of_one_kind_what_was_suggested_scores_more(index: Index) -> None:
    wants = [Interest("genres", "Sci-Fi")]
    plain = {pick.item.id: pick.score for pick in search(index, wants, 12).picks}
    with_one = search(index, [*wants, Interest(SUGGESTED, "Gladiator", source="model", items=("i5", "gone"))], 12)
    scores = {pick.item.id: pick.score for pick in with_one.picks}
    assert scores.pop("i5") == pytest.approx(plain.pop("i5") + 0.5)
    assert scores == pytest.approx(plain)
