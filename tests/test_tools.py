"""The tool: handles keep people apart, and an agent driven by a script gets text and artifact."""

from __future__ import annotations

from pathlib import Path

import pytest
from langchain_core.messages import ToolCall

from penchant.assistant import Assistant
from penchant.retriever import Item, PenchantError, build_index
from penchant.tools import Recommender
from penchant.tools.langchain_tools import langchain_tools

from .conftest import HashEncoder

ITEMS = [
    Item("1", "Galaxy Quest", fields={"genres": ("comedy", "science fiction"), "year": 1999}),
    Item("2", "Alien", fields={"genres": ("horror", "science fiction"), "year": 1979}),
    Item("3", "Notting Hill", fields={"genres": ("romance", "comedy"), "year": 1999}),
]


@pytest.fixture
def recommender(tmp_path: Path) -> Recommender:
    return Recommender(Assistant(build_index(ITEMS, tmp_path / "index", HashEncoder())), most_sessions=2)


def test_a_handle_continues_its_own_conversation(recommender: Recommender) -> None:
    first = recommender.recommend("a comedy, no romance")
    other = recommender.recommend("romance")
    again = recommender.recommend("something from the 90s", first.session_id)
    assert {i.value for i in again.turn.interests if i.level == "never"} == {"romance"}
    assert [p.title for p in again.turn.picks] == ["Galaxy Quest"]
    assert other.turn.picks[0].title == "Notting Hill"


def test_an_unknown_or_forgotten_handle_is_refused(recommender: Recommender) -> None:
    first = recommender.recommend("comedy")
    for _ in range(2):
        recommender.recommend("horror")
    with pytest.raises(PenchantError, match="no such session"):
        recommender.recommend("more", first.session_id)


def test_langchain_gets_text_and_artifact(recommender: Recommender) -> None:
    (tool,) = langchain_tools(recommender)
    call = ToolCall(name="recommend", args={"message": "horror", "k": 1}, id="1", type="tool_call")
    message = tool.invoke(call)
    assert "Alien" in message.content and message.artifact["session_id"] in message.content
    (pick,) = message.artifact["turn"]["picks"]
    assert pick["id"] == "2"
    assert sum(share["value"] for share in pick["shares"]) == pytest.approx(pick["score"], abs=1e-5)


def test_langchain_model_reads_what_was_refused(recommender: Recommender) -> None:
    (tool,) = langchain_tools(recommender)
    message = tool.invoke(ToolCall(name="recommend", args={"message": " "}, id="1", type="tool_call"))
    assert message.status == "error" and "empty" in message.content


def test_langchain_schema_has_descriptions_and_bounds(recommender: Recommender) -> None:
    (tool,) = langchain_tools(recommender)
    properties = tool.tool_call_schema.model_json_schema()["properties"]
    assert properties["k"]["maximum"] == 20
    assert all(p["description"] for p in properties.values())
