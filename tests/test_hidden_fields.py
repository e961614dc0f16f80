"""What an owner hides goes out by no door: not as data, not as words, not to another's language model."""

from __future__ import annotations

import json

import pytest

from penchant.assistant import Assistant, Session
from penchant.assistant.api_schema import transcript
from penchant.retriever import Index
from penchant.tools import Recommender
from penchant.tools.api.arguments import Person
from penchant.tools.http.openai_schema import Piece, completion, events

HIDDEN = ("poster_url", "example.org")
"""The tiny catalogue's one hidden field, and what its values have in common."""


def shows_hidden(text: str) -> bool:
    return any(word in text for word in HIDDEN)


def test_the_catalogue_has_what_is_hidden(index: Index) -> None:
    assert index.schema.of("hidden") == ("poster_url",) and any(i.values("poster_url") for i in index.catalogue.items)


def test_no_operation_gives_it_out(index: Index) -> None:
    recommender = Recommender(Assistant(index))
    answer = recommender.recommend("a drama")
    handle, first = answer.session_id, answer.picks[0].id
    other = recommender.recommend("a thriller").session_id
    results = [
        answer,
        recommender.feedback(first, "like", handle),
        recommender.explain(first, handle),
        recommender.compare([first, answer.picks[1].id], handle),
        recommender.for_you(handle),
        recommender.fit_time(180, session_id=handle),
        recommender.recommend_together([Person(session_id=handle), Person(session_id=other)]),
    ]
    for result in results:
        assert '"genres"' in result.model_dump_json() and not shows_hidden(result.model_dump_json())


def test_a_transcript_is_without_it(index: Index) -> None:
    played = json.dumps(transcript(Assistant(index), ["a drama", "another"]))
    assert '"genres"' in played and not shows_hidden(played)


def test_the_chat_api_is_without_it(index: Index) -> None:
    reply = Assistant(index).reply("a drama", Session())
    whole = completion("penchant", "a drama", [Piece("", reply)], index.schema).model_dump_json()
    streamed = "".join(events("penchant", "a drama", [Piece("", reply)], index.schema, with_usage=False))
    for sent in (whole, streamed):
        assert '"genres"' in sent and not shows_hidden(sent)


def test_another_model_is_not_told_it(index: Index) -> None:
    pytest.importorskip("langchain")
    from langchain_core.messages import HumanMessage

    from penchant.tools import RecommenderMiddleware

    middleware = RecommenderMiddleware(Assistant(index))
    state = middleware.before_agent({"messages": [HumanMessage("a drama", id="1")]}, None)  # type: ignore[arg-type]
    assert state and '"genres"' in json.dumps(state["turn"]) and not shows_hidden(json.dumps(state["turn"]))
