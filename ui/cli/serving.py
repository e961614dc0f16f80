"""The commands `penchant mcp` and `penchant serve`: options in, a running server out.

Knows nothing of what the servers answer.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, redirect_stdout
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .console.options import (
    AllowedHosts,
    AudienceOption,
    AuditFile,
    AuditText,
    BaseUrl,
    CatalogueOption,
    Host,
    Model,
    Port,
    Rate,
    ReviewOption,
    Timeout,
    settings_with,
)
from .door import Door
from .served_catalogue import check, load, sessions, state_of

if TYPE_CHECKING:
    from penchant.assistant import Settings
    from penchant.assistant.loading import Loading

About = Annotated[
    str, typer.Option(help='What it holds, for models that choose tools: "recipes". (Known of the demo.)')
]
KeyFile = Annotated[
    Path | None, typer.Option(help="Keys of those who may call, one a line (or PENCHANT_SERVE_KEYS).", metavar="FILE")
]
EditItems = Annotated[bool, typer.Option("--edit-items", help="Whoever has a key may also change the items.")]
NoKeys = Annotated[bool, typer.Option("--no-keys", help="Let everybody call, also from other machines.")]
AtOnce = Annotated[
    int | None,
    typer.Option(min=1, help="Requests worked on at once; more wait (default: 2 a processor, 100 with a model)."),
]
MetricsOption = Annotated[
    bool, typer.Option("--metrics", help="Figures for Prometheus at /metrics; needs penchant[telemetry].")
]
Expire = Annotated[float, typer.Option(min=0.001, help="Days after which a conversation that rests is forgotten.")]

_DEMO = "films, books and albums"


def mcp(
    catalogue: CatalogueOption = None,
    about: About = "",
    http: Annotated[bool, typer.Option("--http", help="Over HTTP at /mcp, not standard input and output.")] = False,
    host: Host = "127.0.0.1",
    port: Port = 8765,
    key_file: KeyFile = None,
    no_keys: NoKeys = False,
    allowed_host: AllowedHosts = None,
    rate: Rate = 600,
    at_once: AtOnce = None,
    expire: Expire = 365,
    model: Model = None,
    base_url: BaseUrl = None,
    timeout: Timeout = None,
    audit: AuditFile = None,
    audit_text: AuditText = None,
    review: ReviewOption = None,
    audience: AudienceOption = None,
) -> None:
    """Serve the recommender to MCP clients: Claude, Cursor, VS Code and others."""
    settings = settings_with(
        model, base_url, timeout, audit=audit, audit_text=audit_text, review=review, audience=audience
    )
    about = about or ("" if catalogue else _DEMO)
    if http:
        door = Door(host, port, key_file, no_keys, rate, allowed_host or (), at_once)
        _serve(settings, catalogue, about, door, expire, only_mcp=True, page=False)
    else:
        _serve_stdio(settings, catalogue, about, expire)


def serve(
    catalogue: CatalogueOption = None,
    about: About = "",
    host: Host = "127.0.0.1",
    port: Port = 8300,
    key_file: KeyFile = None,
    no_keys: NoKeys = False,
    allowed_host: AllowedHosts = None,
    rate: Rate = 600,
    at_once: AtOnce = None,
    expire: Expire = 30,
    page: Annotated[bool, typer.Option(help="With the chat page at /.")] = True,
    edit_items: EditItems = False,
    log_messages: Annotated[bool, typer.Option("--log-messages", help="Log what is sent, words included.")] = False,
    metrics: MetricsOption = False,
    model: Model = None,
    base_url: BaseUrl = None,
    timeout: Timeout = None,
    audit: AuditFile = None,
    audit_text: AuditText = None,
    review: ReviewOption = None,
    audience: AudienceOption = None,
) -> None:
    """Serve the recommender over HTTP: the OpenAI API, the operations, MCP and the page, in one process."""
    door = Door(host, port, key_file, no_keys, rate, allowed_host or (), at_once)
    about = about or ("" if catalogue else _DEMO)
    settings = settings_with(
        model, base_url, timeout, audit=audit, audit_text=audit_text, review=review, audience=audience
    )
    _serve(
        settings,
        catalogue,
        about,
        door,
        expire,
        page=page,
        log_bodies=log_messages,
        edit_items=edit_items,
        with_metrics=metrics,
    )


def _serve_stdio(settings: Settings, catalogue: Path | None, about: str, days: float) -> None:
    from penchant.tools import Recommender
    from penchant.tools.adapters import mcp_server

    oversight = check(settings, catalogue)
    opened: list[Loading] = []

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        # Only now has the SDK taken standard output for the protocol: nothing else may come there.
        with redirect_stdout(sys.stderr):
            opened.append(load(settings, catalogue, oversight))
            yield

    with sessions(settings, days) as store:
        mcp_server(Recommender(lambda: opened[0](), store), about, lifespan).run("stdio")


def _serve(
    settings: Settings,
    catalogue: Path | None,
    about: str,
    door: Door,
    days: float,
    page: bool,
    only_mcp: bool = False,
    log_bodies: bool = False,
    edit_items: bool = False,
    with_metrics: bool = False,
) -> None:
    keys = door.keys(settings, edit_items)
    oversight = check(settings, catalogue, edit_items)
    from penchant.tools.http.running import Metrics, listening, run

    metrics = Metrics() if with_metrics else None
    with sessions(settings, days) as store, listening(door.host, door.port) as listener:
        from penchant.tools import Recommender
        from penchant.tools.http import build_app

        _log_as_json()
        loading = load(settings, catalogue, oversight, [lambda: metrics] if metrics else ())
        app = build_app(
            Recommender(loading, store),
            about,
            keys=keys,
            limits=door.limits(keys, bool(settings.model)),
            state=state_of(loading),
            only_mcp=only_mcp,
            log_bodies=log_bodies,
            edit_items=edit_items,
            metrics=metrics,
        )
        if not only_mcp:
            from ..page.review_page import mount_review

            mount_review(app, oversight, keys)
        if page:
            from ..page.page import mount

            mount(app, loading)
        address = f"http://{door.name}:{listener.getsockname()[1]}{'/mcp' if only_mcp else ''}"
        run(app, listener, partial(typer.echo, f"Penchant is at {address}"), lambda: loading.failed)
        if loading.failed:
            loading.wait()


def _log_as_json() -> None:
    from penchant.tools.http import JsonLines

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("penchant").setLevel(logging.INFO)
