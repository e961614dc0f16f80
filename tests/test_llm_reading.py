"""What a model's reading of a message may do: what the person plainly said holds, and what it wrote is held to that."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from penchant.assistant import LanguageModel, Session, Understanding
from penchant.assistant.session import Screen
from penchant.assistant.wiring import make_assistant
from penchant.retriever import MENTION, OPEN, Index, Interest, Item, build_index
from penchant.retriever.encoding import HashEncoder

from .openai_server import Body, OpenAIServer, Page, Words, mode_of
from .scripted_model import ScriptedModel, answer, tag

SCREEN = Session().show(["i1", "i5", "i6"])
"""Inception (148 minutes, 2010), Gladiator (155, 2000), Before Sunrise (101, 1995)."""


def hear(index: Index, message: str, said: str, session: Session | None = None) -> Understanding:
    """What a message is understood to say where a model writes this about it, in one request."""
    chat = ScriptedModel.of(said)
    found, _ = make_assistant(index, chat.language_model()).hear(message, session or Session())
    chat.assert_complete()
    return found


def keys(found: Understanding) -> set[tuple[str, str, str]]:
    return {(i.facet, i.value, i.level) for i in found.interests}


def asked(index: Index, message: str, session: Session) -> dict[str, Any]:
    chat = ScriptedModel.of(answer(intent="small_talk"))
    make_assistant(index, chat.language_model()).hear(message, session)
    return chat.requests[0].data


# what stands


@pytest.mark.parametrize(
    ("message", "tags", "expected"),
    [
        ("sci-fi, no romance", [tag("genres", "Sci-Fi")], ("genres", "Romance", "never")),
        ("sci-fi, no romance", [tag("genres", "Romance", quote="romance")], ("genres", "Romance", "never")),
        ("sci-fi, no romance", [tag("genres", "Romance", "less", quote="romance")], ("genres", "Romance", "never")),
        ("sci-fi, no romance", [tag("", "romance", quote="no romance")], ("genres", "Romance", "never")),
        ("sci-fi under 2 hours", [tag("genres", "Sci-Fi")], ("minutes", "< 120", "want")),
        ("sci-fi under 2 hours", [tag("minutes", "> 120", quote="2 hours")], ("minutes", "< 120", "want")),
        ("sci-fi under 2 hours", [tag("minutes", "< 120", "never", quote="2 hours")], ("minutes", "< 120", "want")),
        ("sci-fi, less romance", [tag("genres", "Sci-Fi")], ("genres", "Romance", "less")),
        ("sci-fi, less romance", [tag("genres", "Romance")], ("genres", "Romance", "less")),
    ],
)
def test_what_was_plainly_said_holds(
    index: Index, message: str, tags: list[dict[str, Any]], expected: tuple[str, str, str]
) -> None:
    found = hear(index, message, answer(*tags, wish="science fiction"))
    assert expected in keys(found)
    assert not [k for k in keys(found) if k != expected and k[1].casefold() == expected[1].casefold()]
    assert len([k for k in keys(found) if k[0] == "minutes"]) == (expected[0] == "minutes")
    assert "that holds, though the model read it otherwise" in found.note


@pytest.mark.parametrize(
    ("message", "tags"),
    [
        ("sci-fi, less romance", [tag("genres", "Romance", "never", quote="less romance")]),
        ("sci-fi under 2 hours", [tag("minutes", "<= 119", quote="under 2 hours")]),
        ("sci-fi under 2 hours", [tag("minutes", ">= 120", "never", quote="under 2 hours")]),
        ("sci-fi", []),
    ],
)
def test_what_the_model_read_too_is_not_said_twice(index: Index, message: str, tags: list[dict[str, Any]]) -> None:
    found = hear(index, message, answer(*tags, wish="science fiction"))
    assert found.note == ""
    assert len([i for i in found.interests if i.level != "want" or i.facet == "minutes"]) == len(tags)


def test_a_never_gates_whatever_the_model_suggests(index: Index) -> None:
    chat = ScriptedModel.of(answer(wish="a film", examples=["Get Out", "Gladiator"]))
    assistant = make_assistant(index, chat.language_model())
    _, session = assistant.hear("something thrilling, no horror", Session())
    shown = [pick.item.title for pick in assistant.rank(session, 12).picks]
    assert shown[0] == "Gladiator" and "Get Out" not in shown


@pytest.mark.parametrize(
    "made_up",
    [
        tag("genres", "Drama", "never", quote="no drama"),
        tag("genres", "Drama", "never"),
        tag("kind", "film", "less", quote="not a film"),
        tag("minutes", "> 100", "never", quote="not too long"),
        tag(MENTION, "Gladiator", "never", quote="I hated Gladiator"),
    ],
)
def test_nothing_is_ruled_out_in_words_that_nobody_said(index: Index, made_up: dict[str, Any]) -> None:
    found = hear(index, "some sci-fi please", answer(tag("genres", "Sci-Fi"), made_up, wish="sci-fi"))
    assert {level for *_, level in keys(found)} == {"want"}
    assert made_up["value"] in found.note and "does not rule out" in found.note


@pytest.mark.parametrize("quote", ["No  DRAMA", "don't want drama", "no drama"])
def test_how_a_quote_is_written_does_not_matter(index: Index, quote: str) -> None:
    found = hear(index, "No drama, I don’t want drama", answer(tag("genres", "Drama", "never", quote=quote)))
    assert ("genres", "Drama", "never") in keys(found) and found.note == ""


def test_how_many_are_asked_for_is_read_without_the_model(index: Index) -> None:
    assert hear(index, "just one comedy", answer(tag("genres", "Comedy"))).count == 1


# works


def test_a_number_is_a_place_on_the_screen_and_no_title(tmp_path: Path) -> None:
    items = [Item(f"f{n}", title) for n, title in enumerate(["3:10 to Yuma", "Alien", "Heat", "Up", "9"])]
    index = build_index(items, tmp_path, HashEncoder(48))
    session = Session().show(["f1", "f2", "f3"])

    def meant(value: str) -> list[str]:
        return [i.item for i in hear(index, "like it", answer(tag(MENTION, value)), session).interests if i.item]

    assert meant("#3") == meant("3") == meant("number 3") == ["f3"]
    assert meant("#9") == [] and meant("9") == ["f4"]
    assert meant("3:10 to Yuma") == ["f0"]


@pytest.mark.parametrize(("level", "seen"), [("seen", ("i1",)), ("unseen", ()), ("not seen", ())])
def test_what_is_known_or_not_is_no_wish(index: Index, level: str, seen: tuple[str, ...]) -> None:
    message = "I have seen the first" if seen else "no, I have not"
    found = hear(index, message, answer(tag(MENTION, "#1", level), intent="refine"), SCREEN)
    assert found.seen == seen
    assert not [i for i in found.interests if i.facet == MENTION]


@pytest.mark.parametrize("intent", ["ask", "recommend"])
@pytest.mark.parametrize("level", ["about", "want"])
def test_a_question_keeps_the_people_it_names(index: Index, intent: str, level: str) -> None:
    found = hear(index, "anything by Nolan?", answer(tag("people", "Christopher Nolan", level), intent=intent))
    assert ("people", "Christopher Nolan", "want") in keys(found)


# wishes


@pytest.mark.parametrize(
    ("wish", "counts"), [("movies to watch", False), ("films", False), ("a slow film on grief", True)]
)
def test_a_wish_without_content_does_not_count(index: Index, wish: str, counts: bool) -> None:
    found = hear(index, "hm", answer(tag("genres", "Drama"), wish=wish))
    assert ((OPEN, wish, "want") in keys(found)) is counts


def test_the_wish_and_the_message_outweigh_fragments(index: Index) -> None:
    message = "something slow and quiet about grief"
    said = answer(tag("", "slow", strength=1.0), tag("", "quiet", strength=0.5), wish="a slow, quiet film on grief")
    strengths = {i.value: i.strength for i in hear(index, message, said).interests}
    assert strengths == {message: 0.6, "a slow, quiet film on grief": 0.65, "slow": 0.1, "quiet": 0.05}


def test_values_that_are_not_listed_are_found_where_only_one_has_them(tmp_path: Path) -> None:
    genres = [f"genre {n}" for n in range(70)] * 2
    items = [Item(f"f{n}", f"Film {n}", fields={"genres": (g,)}) for n, g in enumerate(genres)]
    items += [Item("one", "One", fields={"genres": ("heist", "noir"), "moods": ("noir",)})]
    items += [Item(f"m{n}", f"Mood {n}", fields={"moods": (("calm", "tense")[n % 2],)}) for n in range(9)]
    index = build_index(items, tmp_path, HashEncoder(48))
    chat = ScriptedModel.of(answer(tag("", "Heist"), tag("moods", "heist"), tag("", "noir"), wish="a heist"))
    found, _ = make_assistant(index, chat.language_model()).hear("Heist, noir", Session())
    assert '"heist"' not in chat.requests[0].system
    assert ("genres", "heist", "want") in keys(found)
    assert (OPEN, "noir", "want") in keys(found) and ("genres", "noir", "want") not in keys(found)


@pytest.mark.parametrize("said", [answer(), answer(intent="refine"), json.dumps({"tags": []})])
def test_an_honest_empty_answer_is_an_answer(index: Index, said: str) -> None:
    with OpenAIServer(lambda _, n: Words(said)) as server:
        assistant = make_assistant(index, LanguageModel.from_settings(server.settings()))
        for n in (1, 2):
            found, _ = assistant.hear("What would you suggest?", Session())
            assert (found.served_by, found.note, len(server.requests)) == ("tiny", "", n)


def test_where_the_model_finds_nothing_what_is_found_without_it_counts(index: Index) -> None:
    found = hear(index, "sci-fi, no romance", answer())
    assert {("genres", "Sci-Fi", "want"), ("genres", "Romance", "never")} <= keys(found)
    assert found.served_by == "rules"


# the prompt


def test_the_model_is_told_what_was_said_last_and_every_wish(index: Index) -> None:
    chat = ScriptedModel.of(answer(wish="something slow"), "**Inception** it is. Have you seen it?", answer())
    assistant = make_assistant(index, chat.language_model(), k=12)
    session = assistant.reply("something slow and sad").session
    assistant.hear("no, I have not", session)
    data = chat.requests[-1].data
    assert data["you_said"].endswith("Have you seen it?")
    assert {"facet": "", "value": "something slow", "level": "want"} in data["interests_so_far"]
    assert {"facet": "", "value": "something slow and sad", "level": "want"} in data["interests_so_far"]


def test_the_model_is_told_what_another_assistant_said(index: Index) -> None:
    assistant = make_assistant(index, None)
    session = assistant.overhear("I liked Inception.\n\nHave you   seen Gladiator?", Session())
    assert asked(index, "no", session)["you_said"] == "Have you seen Gladiator?"


def test_what_goes_into_the_prompt_is_bounded(tmp_path: Path) -> None:
    items = [Item("long", "T" * 4000), Item("short", "A Brief One")]
    index = build_index(items, tmp_path, HashEncoder(48))
    wishes = tuple(Interest(OPEN, f"{n} {'w' * 2000}") for n in range(200))
    session = Session(interests=wishes, screen=Screen(("long", "short"), said="s" * 300))
    data = asked(index, "hello", session)
    assert [len(title) for title in data["on_screen"].values()] == [60, 11]
    assert len(data["interests_so_far"]) == 40 and max(len(i["value"]) for i in data["interests_so_far"]) == 300
    chat = ScriptedModel.of(answer(intent="small_talk"))
    make_assistant(index, chat.language_model()).hear("hello", session)
    assert "TTTT" not in chat.requests[0].system


REFUSED = Page(400, '{"error": {"message": "not supported here"}}')


@pytest.mark.parametrize("mode", ["json_schema", "json_object", "tool", "prompt"])
def test_the_schema_stands_in_a_request_once(index: Index, mode: str) -> None:
    def behave(body: Body, _: int) -> Words | Page:
        return Words(answer(intent="small_talk"), tool=mode == "tool") if mode_of(body) == mode else REFUSED

    with OpenAIServer(behave) as server:
        assistant = make_assistant(index, LanguageModel.from_settings(server.settings()))
        assistant.hear("hello", Session())
        assistant.hear("hello again", Session())
        first, second = (body for body in server.requests if mode_of(body) == mode)
    assert json.dumps(first).count("additionalProperties") == 3  # of an answer, a tag and an occasion
    assert first["messages"][0] == second["messages"][0]
