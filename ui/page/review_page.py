"""The owner's desk at /review of a service: what waits for approval, decisions on it, and what was decided before.

A plain page, made anew for each request; all that it shows is escaped. Who may call is asked before, as of everything
of a service. Knows nothing of Gradio or of how items are kept from being shown.
"""

from __future__ import annotations

from functools import partial
from importlib import resources
from itertools import islice
from typing import Any, get_args
from urllib.parse import parse_qs, urlsplit

import anyio.to_thread
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from penchant.assistant.oversight import Decided, Decision, Oversight, ReviewFile, rule
from penchant.retriever import Catalogue
from penchant.tools.http import Keys

PATH = "/review"
_MOST = 500
"""Rows of each list."""
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self';"
    " frame-ancestors 'none'; base-uri 'none'",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


def mount_review(app: FastAPI, oversight: Oversight, keys: Keys) -> None:
    """Adds the page to a service. Without keys, or without a review file, it only says why it is not there."""
    if oversight.file and keys:
        desk = partial(_desk, oversight, oversight.file)
    else:
        desk = partial(_absent, "a review file (--review)" if keys else "keys (--key-file)")
    app.router.routes.append(Route(PATH, desk, methods=["GET", "POST"]))


async def _absent(missing: str, request: Request) -> Response:
    return PlainTextResponse(f"There is no review page here: it needs {missing}.\n", 404)


async def _desk(oversight: Oversight, file: ReviewFile, request: Request) -> Response:
    if oversight.whole is None:
        return PlainTextResponse("The catalogue is still being opened; try again in a moment.\n", 503)
    if request.method == "POST":
        return await _decided(file, oversight.whole, request)
    page = await anyio.to_thread.run_sync(_page, file, oversight.whole)
    return HTMLResponse(page, headers=_HEADERS)


async def _decided(file: ReviewFile, items: Catalogue, request: Request) -> Response:
    """Decides as a form says, if that was sent by this page and no other."""
    if not _is_own(request):
        return PlainTextResponse("This was not sent by the review page; nothing was changed.\n", 403)
    form = {name: values[-1] for name, values in parse_qs((await request.body()).decode(errors="replace")).items()}
    item, act = form.get("item", ""), form.get("act", "")
    if act not in get_args(Decided) or item not in items.row:
        return PlainTextResponse("There is no such item or decision; nothing was changed.\n", 422)
    by = f"key {request.state.caller}"
    await anyio.to_thread.run_sync(file.decide, item, act, by, form.get("note", "").strip())
    return RedirectResponse(request.url.path, 303)


def _is_own(request: Request) -> bool:
    """Whether the page itself has sent it: a browser sends a password along also for other pages, and says for which.
    A key in the header (Bearer) is sent by programs alone."""
    headers = request.headers
    if headers.get("authorization", "").lower().startswith("bearer "):
        return True
    if site := headers.get("sec-fetch-site"):
        return site == "same-origin"
    return urlsplit(headers.get("origin", "")).netloc == headers.get("host", "") != ""


def _page(file: ReviewFile, items: Catalogue) -> str:
    from jinja2 import Environment

    review = file.read()
    ruling = rule(review, items)
    template = resources.files("penchant.ui.page").joinpath("review.html").read_text(encoding="utf-8")
    waiting = [_row(items, item, "; ".join(why)) for item, why in islice(ruling.waiting.items(), _MOST)]
    barred = [_row(items, item, why) for item, why in islice(ruling.barred.items(), _MOST)]
    return (
        Environment(autoescape=True)
        .from_string(template)
        .render(
            path=PATH,
            lists=[
                {"name": "Waiting for approval", "rows": waiting, "count": len(ruling.waiting), "open": True},
                {"name": "Not shown", "rows": barred, "count": len(ruling.barred), "open": False},
            ],
            history=[_history(made, items) for made in reversed(review.decisions[-_MOST:])],
        )
    )


def _row(items: Catalogue, item: str, why: str) -> dict[str, Any]:
    known = items.get(item)
    facts = [", ".join(known.values(field.name)) for field in items.schema.fields if field.kind != "hidden"]
    return {"id": item, "title": known.title, "why": why, "facts": " · ".join(filter(None, facts))[:300]}


def _history(made: Decision, items: Catalogue) -> dict[str, Any]:
    title = items.get(made.item).title if made.item in items.row else "(gone)"
    return {**made.model_dump(), "when": f"{made.when:%Y-%m-%d %H:%M}", "title": title}
