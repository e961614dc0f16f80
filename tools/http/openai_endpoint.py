"""Penchant as a model behind the OpenAI API: /v1/chat/completions, streamed or whole, and /v1/models.

The whole chat comes with each request and is replayed; nothing is kept under a name. Knows nothing of how a turn works,
and nothing of keys and limits.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import chain

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from penchant.assistant import LONGEST_MESSAGE, Assistant, MessageError, Reply, Session, import_taste
from penchant.retriever import OPEN

from ..api import Recommender, without_links
from .client_prompts import ChatTurn, ClientTask, client_task, person_said
from .errors import UnknownModel, problem_responses
from .history_replay import Replays
from .json_body import JsonRoute
from .openai_schema import ChatRequest, Completion, ModelCard, ModelList, Piece, completion, events

_TAGS = 3


def openai_routes(recommender: Recommender, model: str = "penchant") -> APIRouter:
    """Routes under /v1. `model`: the name under which clients choose it."""
    router = APIRouter(prefix="/v1", tags=["openai"], route_class=JsonRoute)
    replays = Replays()
    card = ModelCard(id=model, created=int(time.time()))

    def check(name: str) -> None:
        if name != model:
            raise UnknownModel(f"there is no model {name!r} here; there is {model!r}")

    @router.get("/models", operation_id="list_models", responses=problem_responses(401, 429))
    def list_models() -> ModelList:
        return ModelList(data=[card])

    @router.get("/models/{name}", operation_id="get_model", responses=problem_responses(401, 404, 429))
    def get_model(name: str) -> ModelCard:
        check(name)
        return card

    @router.post(
        "/chat/completions",
        operation_id="create_chat_completion",
        response_model=Completion,
        responses=problem_responses(400, 401, 404, 413, 422, 429),
    )
    def complete(request: Request, asked: ChatRequest) -> Response:
        check(asked.model)
        messages = _up_to_person([message.turn for message in asked.messages])
        caller, begun = getattr(request.state, "caller", ""), import_taste(asked.taste) if asked.taste else None
        owner = f"{caller}\0{sha256(asked.taste.encode(errors='replace')).hexdigest()}" if asked.taste else caller
        assistant = recommender.assistant.serving(getattr(request.state, "audience", "everybody"))
        pieces = _answer(assistant, replays, messages, owner, begun)
        # The first piece is made before anything is sent: what is refused has a status of its own.
        pieces = chain([next(pieces)], pieces)
        said, schema = person_said(messages[-1].text), assistant.index.schema
        if asked.stream:
            usage = bool(asked.stream_options and asked.stream_options.include_usage)
            return StreamingResponse(events(model, said, pieces, schema, usage), media_type="text/event-stream")
        return JSONResponse(completion(model, said, pieces, schema).model_dump(mode="json"))

    return router


def _up_to_person(messages: Sequence[ChatTurn]) -> Sequence[ChatTurn]:
    last = max((n for n, message in enumerate(messages) if message.role == "user"), default=-1)
    if last < 0:
        raise MessageError("no message of the chat has the role user")
    return messages[: last + 1]


def _answer(
    assistant: Assistant, replays: Replays, messages: Sequence[ChatTurn], owner: str, begun: Session | None
) -> Iterator[Piece]:
    """The answer to the last message; the chat program's own are answered at once and leave no trace."""
    if task := client_task(messages):
        yield Piece(task.answer(_tags(assistant, task)))
        return
    *before, last = messages
    session = replays.session(assistant, before, owner, begun)
    text = sent = ""
    reply: Reply | None = None
    for grown in assistant.stream(person_said(last.text), session):
        reply = replace(grown, text=assistant.in_full(grown))
        now = without_links(reply.text)
        more = _more(text, now)
        text, sent = now, sent + more
        yield Piece(more, reply)
    if reply:
        notes = "".join(f"\n\n*{note}*" for note in reply.notes)
        replays.keep(messages, reply.session, owner)
        replays.keep([*messages, ChatTurn("assistant", sent + notes)], reply.session, owner)
        yield Piece(notes, reply)


def _more(before: str, now: str) -> str:
    """What is new in a text. One that a model began and did not finish starts anew from the shares."""
    if now.startswith(before):
        return now[len(before) :]
    return "" if before.startswith(now) else f"\n\n{now}"


def _tags(assistant: Assistant, task: ClientTask) -> list[str]:
    """What the person wants, in a few words."""
    if task.kind != "tags" or not task.words or not task.words[0].strip():
        return []
    _, session = assistant.offline().hear(task.words[0][:LONGEST_MESSAGE], Session())
    return [i.value for i in session.interests if i.level == "want" and i.facet != OPEN][:_TAGS] or ["General"]
