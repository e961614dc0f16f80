"""The service as one web application: the OpenAI API, the operations, MCP, health and readiness, behind a guard.

Knows nothing of commands or pages; a page may be mounted beside. Run it with any ASGI server.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any, Literal

import anyio.to_thread
from fastapi import FastAPI
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from mcp.server.transport_security import TransportSecuritySettings
from pydantic import BaseModel
from starlette.routing import BaseRoute, Match, Router
from starlette.types import Receive, Scope, Send

from ..adapters import mcp_server
from ..api import LiveItems, Recommender
from .errors import add_handlers, problem
from .keys import Keys
from .middleware import API, OPEN_TO_ALL, BodyLimit, Guard, Limits
from .openai_endpoint import openai_routes
from .request_log import RequestLog
from .rest import item_routes, rest_routes
from .running import AGAIN, Admission, Metrics, Refusals, ServerTiming
from .running.metrics import FORM

_SPARE_THREADS = 32
"""For what is no work, such as to read the catalogue's fields."""

Readiness = Literal["ready", "loading", "failed"]


class Health(BaseModel):
    """Whether the service lives, or is ready to answer."""

    status: Readiness | Literal["alive"]


def build_app(
    recommender: Recommender,
    about: str = "",
    model: str = "penchant",
    keys: Keys | None = None,
    limits: Limits | None = None,
    state: Callable[[], Readiness] = lambda: "ready",
    only_mcp: bool = False,
    log_bodies: bool = False,
    edit_items: bool = False,
    metrics: Metrics | None = None,
) -> FastAPI:
    """The application.

    about: what the catalogue holds, in a few words. model: its name for OpenAI clients. keys: none lets everybody in.
    state: whether the recommender's assistant can be used; until then, requests for it wait. only_mcp: nothing
    else. edit_items: whoever may call may also change the items. metrics: what /metrics shows; the assistant must be
    watched by them too.
    """
    keys, limits = keys or Keys(), limits or Limits()
    server = mcp_server(recommender, about)
    # The guard checks names and bodies for all parts alike.
    unchecked = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    mcp = server.streamable_http_app(stateless_http=True, transport_security=unchecked)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = limits.at_once + _SPARE_THREADS
        async with server.session_manager.run():
            yield

    app = FastAPI(
        title="Penchant", version=version("penchant"), lifespan=lifespan, docs_url=None, redoc_url=None, openapi_tags=[]
    )
    add_handlers(app)
    if not only_mcp:
        app.include_router(openai_routes(recommender.at("v1"), model))
        app.include_router(rest_routes(recommender.at("rest"), about))
    if edit_items:
        app.include_router(item_routes(LiveItems(lambda: recommender.assistant)))
    _add_health(app, state)
    if metrics:
        _add_metrics(app, metrics)
    app.router.routes.extend(mcp.routes)
    app.router.routes.append(_ForPrograms(app.router.routes))
    _describe_keys(app, keys)
    full = problem(503, "too many wait already; come again in a moment", "too_busy", {"retry-after": str(AGAIN)})
    app.add_middleware(Admission, at_once=limits.at_once, line=limits.line, paths=API, refusal=full)
    app.add_middleware(BodyLimit, limits=limits)
    app.add_middleware(ServerTiming)
    app.add_middleware(Guard, keys=keys, limits=limits)
    if metrics:
        app.add_middleware(Refusals, metrics=metrics)
    app.add_middleware(RequestLog, bodies=log_bodies)
    return app


class _ForPrograms(BaseRoute):
    """What programs call and no route answers: it is refused here, and never comes to a page that is mounted behind."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._router = Router([*routes])

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        ours = scope["type"] == "http" and scope["path"].startswith((*API, *OPEN_TO_ALL))
        return Match.FULL if ours else Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._router(scope, receive, send)


def _add_health(app: FastAPI, state: Callable[[], Readiness]) -> None:
    @app.get("/healthz", operation_id="health", tags=["health"])
    async def health() -> Health:
        """The process lives."""
        return Health(status="alive")

    @app.get(
        "/readyz", operation_id="ready", tags=["health"], responses={503: {"model": Health}}, response_model=Health
    )
    async def ready() -> Any:
        """Whether the catalogue and the encoder are loaded: 503 until they are."""
        status = state()
        body = Health(status=status).model_dump()
        return JSONResponse(body, 200 if status == "ready" else 503, {} if status == "ready" else {"retry-after": "2"})


def _add_metrics(app: FastAPI, metrics: Metrics) -> None:
    @app.get("/metrics", operation_id="metrics", tags=["health"], response_class=PlainTextResponse)
    def figures() -> Response:
        """Figures for Prometheus."""
        return Response(metrics.page(), media_type=FORM)


def _describe_keys(app: FastAPI, keys: Keys) -> None:
    """Says in the OpenAPI schema that a key is needed, where it is."""
    if not keys:
        return
    schema = app.openapi()
    schema.setdefault("components", {})["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    schema["security"] = [{"key": []}]
