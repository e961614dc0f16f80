"""The page in Gradio: its parts, its two events, and how it is served.

Each part is a template that is filled with plain data and escapes it; `page.js` sends what is pressed. Knows nothing of
how a turn works or what is on a card.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI
from gradio import themes

from penchant.assistant.loading import Load
from penchant.retriever.index import DEMO
from penchant.tools.http import Limits, names_for
from penchant.tools.http.running import PatientProtocol

from .bringing import BroughtCatalogues
from .catalogue_registry import CatalogueRegistry, PageSetup
from .doors import page_doors
from .tab_controller import TabController
from .view import LOADING, Gallery, View
from .words import page_labels

AT_ONCE = 32
"""How many messages are answered at the same time; more wait, and see that they do."""
_THREADS = 80
"""Enough for every answer being written, and for what people press meanwhile, which never waits for an answer."""
_TITLE = "Penchant"
_LABELLED = "labels.subscribe((words) => { props.t = words; });"
_POLICY = """<meta http-equiv="Content-Security-Policy" content="img-src 'self' data: blob:{pictures}; media-src 'self'
 data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; frame-src 'none'; object-src 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">"""


def serve(
    loads: Load | Mapping[str, Load],
    port: int = 7860,
    host: str = "127.0.0.1",
    share: bool = False,
    block: bool = True,
    own_models: bool | None = None,
    pictures: Path | None = None,
    web_pictures: bool = False,
    at_once: int = AT_ONCE,
    allowed_hosts: Sequence[str] = (),
    per_minute: int = 600,
    shelf: BroughtCatalogues | None = None,
    own_catalogues: bool | None = None,
) -> gr.Blocks:
    """Opens the page at once and the first catalogue in the background; prints where. Port 0 takes any free one.

    `loads`: what opens each catalogue, by its name. `block`: wait until the server is stopped. `own_models`: whether
    visitors may name a model server (None: only if the page is for this machine alone). `pictures`: the folder of the
    catalogue's picture files. `web_pictures`: show those on other hosts too, which then see who looks at them.
    `allowed_hosts`: names by which it may be called, beside this machine's own; without any, by all names if other
    machines may call. `per_minute`: requests of one caller (0: as many as they like). `shelf`: where catalogues are
    kept that visitors bring; `own_catalogues`: whether they may (None: only if the page is for this machine alone).
    """
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    alone = _is_alone(host) and not share and not allowed_hosts
    limits = Limits(per_minute, hosts=names_for(host, () if share else allowed_hosts, alone))
    registry = CatalogueRegistry(loads if isinstance(loads, Mapping) else {DEMO: loads})
    models, bringing = (alone if allowed is None else allowed for allowed in (own_models, own_catalogues))
    setup = PageSetup(registry, models, alone, Gallery(pictures, web_pictures), shelf if bringing else None)
    page = build_page(setup, at_once)
    page.launch(
        server_name=host,
        server_port=port or _free_port(host),
        share=share,
        quiet=True,
        ssr_mode=False,
        footer_links=[],
        head=_head(web_pictures),
        theme=_theme(),
        prevent_thread_lock=True,
        max_threads=_THREADS,
        app_kwargs=page_doors(limits),
    )
    page.server.config.http_protocol_class = PatientProtocol  # Gradio makes the server: each connection asks for this
    print(f"{_TITLE} is at {page.share_url or page.local_url}", flush=True)
    if block:
        page.block_thread()
    return page


def mount(app: FastAPI, load: Load, path: str = "/") -> None:
    """The page as a part of another server. No visitor may name a model server: it would be asked from there."""
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    page = build_page(PageSetup(CatalogueRegistry({DEMO: load}), own_models=False, inside=False))
    gr.mount_gradio_app(
        app, page, path, ssr_mode=False, footer_links=[], head=_head(False), theme=_theme(), app_kwargs=page_doors()
    )


def _head(web_pictures: bool) -> str:
    """The page's policy, style, and what its parts have from the start. Given as css, Gradio would rewrite the
    selectors, and break those with commas."""
    policy = _POLICY.format(pictures=" http: https:" if web_pictures else "")
    style = f"<style>{_read('style.css')}{_read('covers.css')}</style>"
    return f"{policy}\n{style}\n<script>{_read('labels.js')}</script>"


def _is_alone(host: str) -> bool:
    """Whether only this machine can reach the page."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _free_port(host: str) -> int:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def _theme() -> themes.Base:
    """Only fonts that the visitor has: nothing is fetched from another host."""
    fonts = [themes.Font(name) for name in ("system-ui", "-apple-system", "Segoe UI", "sans-serif")]
    mono = [themes.Font(name) for name in ("ui-monospace", "Consolas", "monospace")]
    return themes.Base(primary_hue="teal", neutral_hue="stone", radius_size="lg", font=fonts, font_mono=mono).set(
        body_background_fill="*neutral_50", body_background_fill_dark="*neutral_950"
    )


def build_page(setup: PageSetup, at_once: int = AT_ONCE) -> gr.Blocks:
    """The page. Each tab has a controller of its own, in the memory of the server until an hour after it was closed."""
    page = gr.Blocks(title=_TITLE, fill_width=True)
    with page:
        tab = gr.State(None)
        with gr.Row(elem_classes="pn-columns"):
            with gr.Column(elem_classes="pn-left-column"):
                top = _part("top", {"catalogues": []})
                bring = _part("bring", {"offered": False}, "pn-bring-part")
                chat = _part("chat", {"messages": [], "ready": False})
                _part("composer", {})
            with gr.Column(elem_classes="pn-right-column"):
                panel = _part("panel", {"active": [], "closed": True, "acts": {}})
                picks = _part("picks", LOADING)
        script = _read("sending.js") + _read("bringing.js") + _read("page.js")
        words = page_labels()
        wire = gr.HTML({}, html_template="", js_on_load=script, elem_id="pn-wire", apply_default_css=False, t=words)
        _connect(setup, wire, tab, [top, chat, panel, picks, bring, wire], at_once)
    return page


def _part(name: str, value: Any, elem_id: str = "") -> gr.HTML:
    """A part of the page. Its labels are no property of its own, which each update would set again: the page has them
    once, and gives them to all parts in the language of the person."""
    template, elem_id = _read(f"{name}.html"), elem_id or f"pn-{name}"
    return gr.HTML(value, html_template=template, js_on_load=_LABELLED, apply_default_css=False, elem_id=elem_id)


def _read(name: str) -> str:
    return (Path(__file__).parent / "static" / name).read_text(encoding="utf-8")


def _connect(setup: PageSetup, wire: gr.HTML, tab: gr.State, parts: list[gr.HTML], at_once: int) -> None:
    """Two events: what is answered at length, of which so many at once are, and what is done at once, which never
    waits."""

    def talk(event: gr.EventData, known: TabController | None) -> Iterator[tuple[Any, ...]]:
        """The parts of the page as an answer grows. A tab is known from its greeting on."""
        match known, event._data:
            case None, {"act": "hello"}:
                known = TabController(setup)
        for shown in known.speak(event._data) if known else [_again(event)]:
            yield known, *_updates(shown)
        yield known, *_updates(View())  # Gradio sends whatever is last a second time

    def act(event: gr.EventData, known: TabController | None) -> tuple[Any, ...]:
        """The parts of the page when it is done."""
        return known, *_updates(known.do(event._data) if known else _again(event))

    common: dict[str, Any] = {"api_visibility": "private", "trigger_mode": "multiple", "inputs": [tab]}
    common["outputs"] = [tab, *parts]
    wire.talk(talk, concurrency_limit=at_once, show_progress="minimal", show_progress_on=[parts[1]], **common)
    wire.act(act, queue=False, show_progress="hidden", **common)


def _again(event: gr.EventData) -> View:
    """To a tab that the server does not know (any more): it is to greet, and then to send this again."""
    return View(wire={"again": event._data})


def _updates(shown: View) -> tuple[Any, ...]:
    return tuple(gr.skip() if part is None else part for part in shown.parts)
