"""The operations over HTTP: POST /api/NAME with the arguments as JSON. A handle is never in an address. And, where the
owner allows it, changes of items.

Knows nothing of how a turn works, and nothing of keys and limits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request

from ..api import (
    AddItems,
    ItemsChanged,
    Json,
    LiveItems,
    Operation,
    Recommender,
    RemoveItems,
    Result,
    SetFields,
    operations,
    schema_facts,
)
from .errors import problem_responses
from .json_body import JsonRoute

_REFUSALS = (400, 401, 404, 409, 413, 422, 429)


def rest_routes(recommender: Recommender, about: str = "") -> APIRouter:
    """One route for each operation, and the catalogue's schema. `about`: what the catalogue holds, in a few words."""
    router = APIRouter(prefix="/api", tags=["operations"], route_class=JsonRoute)
    children = recommender.at("rest", "children")
    for operation, for_children in zip(operations(recommender, about), operations(children), strict=True):
        router.post(
            f"/{operation.name}",
            operation_id=operation.name,
            summary=operation.title,
            description=operation.description,
            response_model=operation.result,
            responses=problem_responses(*_REFUSALS),
            openapi_extra={"requestBody": {"content": {"application/json": {"schema": _nullable(operation.schema)}}}},
        )(_endpoint(operation, for_children))

    @router.get(
        "/catalogue",
        operation_id="catalogue",
        summary="See the catalogue's fields",
        responses=problem_responses(401, 429),
    )
    def catalogue(request: Request) -> dict[str, Any]:
        """What the catalogue holds: its fields, what they mean, and their commonest values."""
        return schema_facts((children if _is_child(request) else recommender).assistant)

    return router


def item_routes(items: LiveItems) -> APIRouter:
    """POST /api/items/add, remove and set. Who may call them is asked before, as of every route."""
    router = APIRouter(prefix="/api/items", tags=["items"], route_class=JsonRoute)
    answers = problem_responses(*_REFUSALS)

    @router.post("/add", operation_id="add_items", summary="Add items", responses=answers)
    def add(body: AddItems) -> ItemsChanged:
        """Add items, or replace those of the same ids. They are found at once."""
        return items.add(body)

    @router.post("/remove", operation_id="remove_items", summary="Remove items", responses=answers)
    def remove(body: RemoveItems) -> ItemsChanged:
        """Remove items. They are not shown any more, also where they are on somebody's screen."""
        return items.remove(body)

    @router.post("/set", operation_id="set_fields", summary="Set fields of an item", responses=answers)
    def set_fields(body: SetFields) -> ItemsChanged:
        """Set fields of an item, such as its price. Nothing is encoded unless its text is another one then."""
        return items.set(body)

    return router


def _nullable(schema: Json) -> Json:
    """The schema with null wherever something may be left out, as the operations take it."""
    parts = {name: _nullable(part) for name, part in schema.get("properties", {}).items()}
    inner = {"items": _nullable(schema["items"])} if "items" in schema else {}
    made = {**schema, **({"properties": parts} if parts else {}), **inner}
    if "default" not in schema or "anyOf" in schema:
        return made
    outside: Json = {name: made.pop(name) for name in ("title", "description", "default") if name in made}
    return {**outside, "anyOf": [made, {"type": "null"}]}


def _is_child(request: Request) -> bool:
    """Whether the caller's key is one for children."""
    return getattr(request.state, "audience", "") == "children"


def _endpoint(operation: Operation, for_children: Operation) -> Callable[..., Result]:
    """Takes any object: the operation itself says what is wrong with it."""

    def endpoint(request: Request, body: dict[str, Any]) -> Result:
        return (for_children if _is_child(request) else operation).call(body)

    return endpoint
