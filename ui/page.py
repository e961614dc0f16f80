"""The page: a chat, the interests it has left, and cards of the picks with their shares.

Everything shown passes through templates that escape it. Knows nothing of how a turn works or where catalogues are.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from threading import Thread
from typing import Any

import gradio as gr
from gradio import themes
from gradio.components import Component

from penchant.assistant import Assistant, Reply, Session, undo
from penchant.retriever import PenchantError, Pick

from .cards import EMPTY, NO_PICKS, PANEL, PICKS, Data, cards, chips, escaped, left_out, served, shortened

Sessions = tuple[Session, ...]
"""The session before the first message of a chat and after each: a retry or undo in the chat finds its place here."""

_Outputs = Sequence[Component]
_Buttons = tuple[gr.Button, gr.Button]

EXAMPLES = (
    "something funny about space, but no horror",
    "cyberpunk films and music to match",
    "想看轻松的科幻片，但不要恐怖",
)
_TITLE = "Penchant"
_HEAD = """<header class="pn-top"><h1>Penchant</h1>
<p>Say what you are in the mood for. See why each pick is there.</p></header>"""
_POLICY = """<meta http-equiv="Content-Security-Policy" content="img-src 'self' data: blob:; media-src 'self'
 data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; frame-src 'none'; object-src 'none'">"""
_WELCOME = "### What are you in the mood for?\nSay it in your own words, or start with one of these:"
_WAIT = "*Getting ready: the catalogue and the encoder are being loaded. Your message is next.*"
_CONCURRENT = 8

_log = logging.getLogger(__name__)


class Loading:
    """An assistant that is being opened in the background; calling it waits for it."""

    def __init__(self, load: Callable[[], Assistant]) -> None:
        self._future: Future[Assistant] = Future()
        Thread(target=self._run, args=(load,), daemon=True, name="penchant-loading").start()

    @property
    def ready(self) -> bool:
        return self._future.done()

    def __call__(self) -> Assistant:
        """The assistant. Raises PenchantError if it could not be opened."""
        return self._future.result()

    def _run(self, load: Callable[[], Assistant]) -> None:
        try:
            self._future.set_result(load())
        except PenchantError as error:
            self._future.set_exception(error)
        except Exception as error:
            _log.exception("the assistant could not be opened")
            self._future.set_exception(PenchantError(f"the assistant could not be opened: {error}"))


def serve(
    load: Callable[[], Assistant], port: int = 7860, host: str = "127.0.0.1", share: bool = False, block: bool = True
) -> gr.Blocks:
    """Opens the page at once and the assistant in the background; prints where. Port 0 takes any free one.

    `block`: wait until the server is stopped.
    """
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    page = build_page(Loading(load))
    page.launch(
        server_name=host,
        server_port=port or _free_port(host),
        share=share,
        quiet=True,
        ssr_mode=False,
        footer_links=[],
        head=_POLICY,
        theme=_theme(),
        css_paths=Path(__file__).with_name("style.css"),
        prevent_thread_lock=True,
    )
    print(f"{_TITLE} is at {page.share_url or page.local_url}", flush=True)
    if block:
        page.block_thread()
    return page


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


def build_page(assistant: Callable[[], Assistant]) -> gr.Blocks:
    """The page for an assistant that is asked for when the first message comes; it may be a `Loading`."""
    page = gr.Blocks(title=_TITLE, fill_width=True)
    visit = _Visit(assistant)
    with page:
        gr.HTML(_HEAD, apply_default_css=False, elem_id="pn-head")
        sessions = gr.State(())
        panel = _html(PANEL, EMPTY, "pn-panel")
        picks = _html(PICKS, NO_PICKS, "pn-picks")
        outputs = [sessions, panel, picks]
        with gr.Row(elem_classes="pn-columns"):
            with gr.Column(scale=6, min_width=320):
                chat = _chat(visit, outputs)
            with gr.Column(scale=5, min_width=320, elem_classes="pn-side"):
                panel.render()  # type: ignore[no-untyped-call]
                with gr.Row(elem_classes="pn-buttons"):
                    back = gr.Button("Undo", size="sm", elem_id="pn-undo")
                    over = gr.Button("Start over", size="sm", elem_id="pn-over")
        picks.render()  # type: ignore[no-untyped-call]
        _connect(visit, page, chat, (back, over), outputs)
    return page


def _html(template: str, value: Any, name: str) -> gr.HTML:
    return gr.HTML(value, html_template=template, js_on_load=None, apply_default_css=False, elem_id=name, render=False)


def _chat(visit: _Visit, outputs: _Outputs) -> gr.ChatInterface:
    return gr.ChatInterface(
        visit.answer,
        chatbot=gr.Chatbot(height=440, show_label=False, label="Conversation", placeholder=_WELCOME, buttons=["copy"]),
        textbox=gr.Textbox(label="Your message", submit_btn="Send", stop_btn="Stop", autofocus=True),
        examples=[[text] for text in EXAMPLES],
        additional_inputs=[outputs[0]],
        additional_outputs=list(outputs),
        concurrency_limit=_CONCURRENT,
        api_visibility="private",
        fill_height=False,
    )


def _connect(visit: _Visit, page: gr.Blocks, chat: gr.ChatInterface, buttons: _Buttons, outputs: _Outputs) -> None:
    """The buttons, and the chat's own undo and clear, which must not leave the interests behind.

    All of them end a reply that is still being written, which would otherwise bring its session back.
    """
    replies = [reply.get_config() for reply in page.fns.values() if reply.name == "_submit_fn"]  # type: ignore[no-untyped-call]
    common: dict[str, Any] = {"api_visibility": "private", "concurrency_limit": _CONCURRENT, "cancels": replies}
    back, over = buttons
    back.click(visit.undo, outputs[:1], outputs, **common)
    emptied = [chat.chatbot, chat.chatbot_state, chat.chatbot_value]
    over.click(visit.start_over, None, outputs, **common).then(
        lambda: ([], [], []), None, emptied, api_visibility="private"
    )
    chat.chatbot.undo(visit.take_back, outputs[:1], outputs, **common)
    chat.chatbot.clear(visit.start_over, None, outputs, **common)


class _Visit:
    """What the page's events do. Holds nothing of a visitor: sessions come in and go out."""

    def __init__(self, assistant: Callable[[], Assistant]) -> None:
        self._assistant = assistant

    def answer(self, message: str, history: list[dict[str, Any]], sessions: Sessions) -> Iterator[tuple[Any, ...]]:
        """The reply as it grows, with the sessions, the panel and the cards; what has not changed is skipped."""
        sessions = _until(sessions, history)
        skip = gr.skip()
        if isinstance(self._assistant, Loading) and not self._assistant.ready:
            yield _WAIT, skip, skip, skip
        try:
            assistant = self._assistant()
            for n, reply in enumerate(assistant.stream(message, sessions[-1])):
                panel = _panel(assistant, reply)
                found = _picks(assistant, reply.picks, reply.session) if n == 0 else skip
                yield _markdown(reply.text), (*sessions, reply.session), panel, found
        except PenchantError as error:
            yield _markdown(_sentence(error)), (*sessions, sessions[-1]), skip, skip

    def undo(self, sessions: Sessions) -> tuple[Any, ...]:
        """Takes the last change back and ranks again; the chat stays as it is."""
        if not sessions or not sessions[-1].diffs:
            return gr.skip(), gr.skip(), gr.skip()
        quote = shortened(sessions[-1].diffs[-1].quote)
        return self._ranked((*sessions[:-1], undo(sessions[-1])), f"Took back “{quote}”; ranked again without a model.")

    def take_back(self, sessions: Sessions) -> tuple[Any, ...]:
        """The last message leaves the chat, and the session with it."""
        if len(sessions) < 2:
            return gr.skip(), gr.skip(), gr.skip()
        return self._ranked(sessions[:-1], "Took back the last message; ranked again without a model.")

    def start_over(self) -> tuple[Any, ...]:
        return (), EMPTY, NO_PICKS

    def _ranked(self, sessions: Sessions, note: str) -> tuple[Any, ...]:
        session = sessions[-1]
        if not session.interests:
            return sessions, escaped(EMPTY | {"served": note}), NO_PICKS
        assistant = self._assistant()
        results = assistant.rank(session, assistant.k)
        session = session.show(pick.item.id for pick in results.picks)
        reply = Reply("", session, results.picks, results.weights, results.excluded, "")
        return (*sessions[:-1], session), _panel(assistant, reply, note), _picks(assistant, results.picks, session)


def _until(sessions: Sessions, history: Sequence[dict[str, Any]]) -> Sessions:
    """The sessions up to where the chat is: a retried message starts from the session before it, and a message that was
    stopped before it was understood has left the session as it was."""
    said = sum(message["role"] == "user" for message in history)
    kept: Sessions = sessions[: said + 1] or (Session(),)
    return (*kept, *(kept[-1],) * (said + 1 - len(kept)))


def _panel(assistant: Assistant, reply: Reply, path: str = "") -> Data:
    data = chips(reply.session, reply.weights, assistant.index.schema) | {
        "left_out": left_out(reply.excluded),
        "served": path or served(reply.understood_by, reply.explained_by),
        "notes": list(reply.notes),
    }
    return dict(escaped(data))


def _picks(assistant: Assistant, picks: Sequence[Pick], session: Session) -> Data:
    found = cards(picks, session.layered, assistant.index.schema)
    return dict(escaped({"cards": found, "asked": True}))


def _markdown(text: str) -> str:
    """Emphasis and lists stay; tags are shown as text, and nothing becomes a link or a picture from another host."""
    return text.replace("<", "&lt;").replace("[", "&#91;")


def _sentence(error: PenchantError) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."
