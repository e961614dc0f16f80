"""Bodies that are JSON, and nothing that only looks like it: no NaN, no half of a character, no abyss of brackets.

Knows nothing of what they mean.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import HTTPException, Request
from fastapi.responses import Response
from fastapi.routing import APIRoute
from pydantic_core import from_json


class InvalidJson(HTTPException):
    """A body that was said to be JSON and is not."""

    def __init__(self, why: ValueError) -> None:
        super().__init__(400, f"the body is not JSON: {why}")


class JsonRoute(APIRoute):
    """A route that reads its body so. Raises InvalidJson."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def read(request: Request) -> Response:
            sent = _JsonRequest(request.scope, request.receive)
            if request.method == "POST" and not await sent.body():
                raise InvalidJson(ValueError("it is empty"))
            return await handle(sent)

        return read


class _JsonRequest(Request):
    async def json(self) -> Any:
        try:
            return from_json(await self.body(), allow_inf_nan=False)
        except ValueError as error:
            raise InvalidJson(error) from error
