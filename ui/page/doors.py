"""What may be asked of the page's server: that which the page itself uses, and no more.

Gradio answers much beside: uploads, files, other servers' pages. Knows nothing of what is on the page.
"""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from penchant.tools.http import BodyLimit, Guard, Keys, Limits, http_problem

_GRADIO = "/gradio_api/"
_USED = ("queue/join", "queue/data", "run/predict", "heartbeat/", "app_id", "cancel", "reset", "startup-events")


class OnlyUsed:
    """Of Gradio's own routes those that the page uses; there are no others."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, app = scope.get("path", ""), self._app
        if path.startswith(_GRADIO) and not path.removeprefix(_GRADIO).startswith(_USED):
            app = http_problem(Request(scope), HTTPException(404))
        await app(scope, receive, send)


def page_doors(limits: Limits | None = None) -> dict[str, Any]:
    """What Gradio's application is made with.

    limits: those of a page that is served alone; None where a service stands before it.
    """
    middleware = [Middleware(OnlyUsed)]
    if limits:
        guards = [Middleware(Guard, keys=Keys(), limits=limits), Middleware(BodyLimit, limits=limits)]
        middleware = [*guards, *middleware]
    return {
        "middleware": middleware,
        "exception_handlers": {404: http_problem, 405: http_problem},
        "openapi_url": None,
    }
