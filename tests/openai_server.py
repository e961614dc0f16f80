"""A small OpenAI-compatible server on loopback that behaves as its script says, and badly if that says so."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from penchant.assistant import Settings

from .conftest import PATIENCE

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """A whole answer with a status."""

    status: int
    text: str = '{"error": {"message": "no"}}'
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Words:
    """A streamed answer, as text or as the arguments of a tool call, with a report of usage.

    `thinking` is streamed before it in a field of that name; `comments` are lines that keep the connection alive.
    """

    text: str
    tool: bool = False
    usage: tuple[int, int] | None = None
    forever: bool = False
    every: float = 0.0
    thinking: tuple[str, str] = ("", "")
    comments: bool = False


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing, for as long as the client stays; or these bytes again and again."""

    before: bytes = b""
    drip: bytes = b""
    every: float = 0.05


Answer = Page | Words | Silence
Behaviour = Callable[[Body, int], Answer]
"""What to do with a request; the number says how many came before it."""


def mode_of(body: Body) -> str:
    """Which of the ways of asking for JSON a request uses."""
    if "tools" in body:
        return "tool"
    return str(body.get("response_format", {}).get("type", "prompt"))


class OpenAIServer:
    """Serves in a thread while it is open; `requests` and `headers` are what it was sent."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour
        self.requests: list[Body] = []
        self.headers: list[dict[str, str]] = []
        self.arrived = threading.Condition()
        self.left = threading.Event()
        self.closing = threading.Event()

    def __enter__(self) -> Self:
        handler = type("Handler", (_Handler,), {"script": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def asked(self, times: int, within: float) -> bool:
        """Whether it has been sent so many requests, waiting for them if it must."""
        with self.arrived:
            return self.arrived.wait_for(lambda: len(self.requests) >= times, within)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def modes(self) -> list[str]:
        return [mode_of(body) for body in self.requests]

    def settings(self, timeout: float = PATIENCE, key: str = "") -> Settings:
        return Settings(base_url=self.url, model="tiny", timeout=timeout, key=key)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False


class _Handler(BaseHTTPRequestHandler):
    script: OpenAIServer

    def log_message(self, *_: object) -> None:
        """Silent: a test's output is about the test."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.script.headers.append({name.lower(): value for name, value in self.headers.items()})
        with self.script.arrived:
            self.script.requests.append(body)
            self.script.arrived.notify_all()
        answer = self.script.behaviour(body, len(self.script.requests) - 1)
        with suppress(OSError):  # the client may leave at any time
            self._send(answer)
            return
        self.script.left.set()

    def _send(self, answer: Answer) -> None:
        if isinstance(answer, Page):
            self._begin(answer.status, answer.kind, answer.headers)
            self.wfile.write(answer.text.encode())
        elif isinstance(answer, Words):
            self._begin(200, "text/event-stream", {})
            self._write_all(_events(answer), answer.every)
        else:
            self.wfile.write(answer.before)
            self._write_all(iter(lambda: answer.drip, None), answer.every)

    def _begin(self, status: int, kind: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"content-type": kind, **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def _write_all(self, parts: Iterator[bytes], every: float) -> None:
        for part in parts:
            self.wfile.write(part)
            if self.script.closing.wait(every):
                return


def _events(answer: Words) -> Iterator[bytes]:
    def event(**fields: Any) -> bytes:
        chunk = {"id": "1", "object": "chat.completion.chunk", "model": "tiny", **fields}
        return f"data: {json.dumps(chunk)}\n\n".encode()

    def delta(text: str) -> bytes:
        call = {"index": 0, "id": "c", "type": "function", "function": {"name": "answer", "arguments": text}}
        content = {"tool_calls": [call]} if answer.tool else {"content": text}
        return event(choices=[{"index": 0, "delta": {"role": "assistant", **content}, "finish_reason": None}])

    if answer.comments:
        yield b": keep-alive\n\n"
    if answer.thinking[0]:
        thought = {"role": "assistant", "content": None, answer.thinking[0]: answer.thinking[1]}
        yield event(choices=[{"index": 0, "delta": thought, "finish_reason": None}])
    while True:
        yield from (delta(answer.text[n : n + 12]) for n in range(0, len(answer.text), 12))
        if not answer.forever:
            break
    yield event(choices=[{"index": 0, "delta": {}, "finish_reason": "stop"}])
    if answer.usage:
        read, written = answer.usage
        usage = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
        yield event(choices=[], usage=usage)
    yield b"data: [DONE]\n\n"
