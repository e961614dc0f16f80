"""The commands `penchant mcp` and `penchant serve`: options in, a running server out.

Knows nothing of what the servers answer.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .console.options import AllowedHosts, BaseUrl, CatalogueOption, Host, Model, Port, Rate, Timeout, settings_with
from .served_catalogue import check, load, state_of

if TYPE_CHECKING:
    from penchant.assistant import SessionStore, Settings
    from penchant.assistant.loading import Loading
    from penchant.tools.http import Keys, Limits

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


@dataclass(frozen=True, slots=True)
class _Door:
    """Where a server listens, and whom it lets in."""

    host: str
    port: int
    key_file: Path | None
    no_keys: bool
    rate: int
    allowed_hosts: Sequence[str]
    at_once: int | None = None

    def keys(self, settings: Settings, editing: bool = False) -> Keys:
        """Raises PenchantError if there are none and other machines could call, or anybody could change items."""
        from penchant.retriever import PenchantError
        from penchant.tools.http import Keys, read_keys

        keys = Keys([*settings.serve_keys, *(read_keys(self.key_file) if self.key_file else [])])
        if editing and not keys:
            raise PenchantError("--edit-items needs keys (--key-file): without them everybody could change the items")
        if not (keys or self.no_keys or self.is_local):
            raise PenchantError(f"{self.host} lets other machines call: name keys (--key-file), or mean it (--no-keys)")
        return keys

    @property
    def is_local(self) -> bool:
        return self.host in ("127.0.0.1", "localhost", "::1")

    def limits(self, keys: Keys, waits: bool) -> Limits:
        """Without keys only this machine may call, and by its own names and those that are given. waits: for a language
        model; then more are worked on at once than processors can be busy with."""
        from penchant.tools.http import Limits, names_for
        from penchant.tools.http.running import of_processors

        at_once = self.at_once or (Limits().at_once if waits else of_processors())
        hosts = names_for(self.host, self.allowed_hosts, self.is_local and not keys)
        return Limits(self.rate, hosts=hosts, at_once=at_once)

    @property
    def name(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host


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
) -> None:
    """Serve the recommender to MCP clients: Claude, Cursor, VS Code and others."""
    settings = settings_with(model, base_url, timeout)
    about = about or ("" if catalogue else _DEMO)
    if http:
        door = _Door(host, port, key_file, no_keys, rate, allowed_host or (), at_once)
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
) -> None:
    """Serve the recommender over HTTP: the OpenAI API, the operations, MCP and the page, in one process."""
    door = _Door(host, port, key_file, no_keys, rate, allowed_host or (), at_once)
    about = about or ("" if catalogue else _DEMO)
    settings = settings_with(model, base_url, timeout)
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

    check(settings, catalogue)
    opened: list[Loading] = []

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        # Only now has the SDK taken standard output for the protocol: nothing else may come there.
        with redirect_stdout(sys.stderr):
            opened.append(load(settings, catalogue))
            yield

    with _sessions(settings, days) as store:
        mcp_server(Recommender(lambda: opened[0](), store), about, lifespan).run("stdio")


def _serve(
    settings: Settings,
    catalogue: Path | None,
    about: str,
    door: _Door,
    days: float,
    page: bool,
    only_mcp: bool = False,
    log_bodies: bool = False,
    edit_items: bool = False,
    with_metrics: bool = False,
) -> None:
    keys = door.keys(settings, edit_items)
    check(settings, catalogue, edit_items)
    from penchant.tools.http.running import Metrics, listening, run

    metrics = Metrics() if with_metrics else None
    with _sessions(settings, days) as store, listening(door.host, door.port) as listener:
        from penchant.tools import Recommender
        from penchant.tools.http import build_app

        _log_as_json()
        loading = load(settings, catalogue, [lambda: metrics] if metrics else ())
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
        if page:
            from ..page.page import mount

            mount(app, loading)
        address = f"http://{door.name}:{listener.getsockname()[1]}{'/mcp' if only_mcp else ''}"
        run(app, listener, partial(typer.echo, f"Penchant is at {address}"), lambda: loading.failed)
        if loading.failed:
            loading.wait()


@contextmanager
def _sessions(settings: Settings, days: float) -> Iterator[SessionStore]:
    """The store, in which nothing that has expired stays."""
    from penchant.assistant import open_store
    from penchant.assistant.session.stores import sweeping

    where = settings.store or settings.home / "sessions.sqlite"
    with open_store(where, timedelta(days=days)) as store, sweeping(store):
        yield store


def _log_as_json() -> None:
    from penchant.tools.http import JsonLines

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("penchant").setLevel(logging.INFO)
