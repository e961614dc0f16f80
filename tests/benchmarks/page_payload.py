"""What the page sends: bytes of each message's stream over 25 turns, by part, of one in another language and of one
after a view was missed; and the requests at its opening.

python -m tests.benchmarks.page_payload
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections import Counter
from pathlib import Path
from typing import Any

import httpx

from penchant.assistant import Settings
from penchant.assistant.wiring import encoder_of, make_assistant
from penchant.retriever.index import open_or_build_demo

from ..visiting import Visitor, chromium, served

TURNS = (
    "something funny about space, but no horror",
    "films, please",
    "under two hours",
    "a bit warmer",
    "not too old",
    "nothing with aliens",
    "more adventure",
    "something like Paddington",
    "no westerns",
    "rather from the nineties",
    "with a good ending",
    "less slapstick",
    "a bit more romance",
    "nothing animated",
    "why is the first one there?",
    "maybe a road movie",
    "no musicals either",
    "something with friends",
    "shorter, if you can",
    "a little darker",
    "set in a big city",
    "nothing with war",
    "with a strong woman in it",
    "not too famous",
    "is the second one sad?",
)
_ELSEWHERE = "换成温馨一点的"

_TOLD = re.compile(r"'told'(?:: |\], )(\d+)")
"""In a whole value, or in what gradio sends of it when it has changed."""
_PARTS = ("tab", "top", "chat", "panel", "picks", "bring", "wire")


class Tab:
    """A tab as the browser has it: it says which view it had last."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=f"{address}gradio_api", timeout=300)
        self._session, self._seen, self._kept = secrets.token_hex(8), 0, 0
        config = self._client.get(f"{address}config").json()
        self._fn = {event["targets"][0][1]: event["id"] for event in config["dependencies"]}["talk"]

    def miss(self) -> None:
        """As after a lost connection: of a message the answer does not come."""
        seen = self._seen
        self.say({"act": "say", "text": _ELSEWHERE})
        self._seen = self._kept = seen

    def say(self, act: dict[str, Any]) -> tuple[int, int, Counter[str]]:
        """Bytes on the wire, bytes unpacked, and those of each part in the view that was largest."""
        event = {**act, "seen": self._seen, "kept": self._kept}
        body = {"data": [None], "fn_index": self._fn, "session_hash": self._session}
        self._client.post("/queue/join", json={**body, "event_data": event}).raise_for_status()
        parts: Counter[str] = Counter()
        text = ""
        with self._client.stream("GET", "/queue/data", params={"session_hash": self._session}) as stream:
            for piece in stream.iter_text():
                text += piece
            wire = stream.num_bytes_downloaded
        for line in text.splitlines():
            event = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
            if event.get("msg") in ("process_generating", "process_completed"):
                self._count(event["output"].get("data", []), parts)
        self._kept = self._seen
        return wire, len(text.encode()), parts

    def _count(self, data: list[Any], parts: Counter[str]) -> None:
        for name, part in zip(_PARTS, data, strict=False):
            parts[name] += len(json.dumps(part, ensure_ascii=False).encode())
            if name == "wire" and (told := _TOLD.search(str(part))):
                self._seen = int(told[1])


def _report(name: str, said: tuple[int, int, Counter[str]]) -> None:
    wire, whole, parts = said
    print(f"{name}: {wire:7,} bytes, {whole:7,} unpacked;", dict(parts), flush=True)


def main() -> None:
    settings = Settings.from_environment()
    index = open_or_build_demo(settings.home, encoder_of(settings))
    made = make_assistant(index, k=6)
    with served(lambda: made) as address:
        tab = Tab(address)
        print("greeting", *tab.say({"act": "hello"}))
        for n, text in enumerate((*TURNS, _ELSEWHERE, TURNS[0]), 1):
            _report(f"turn {n:2}", tab.say({"act": "say", "text": text}))
        tab.miss()
        _report("a view missed", tab.say({"act": "say", "text": TURNS[3]}))
        with chromium() as browser:
            visitor = Visitor(browser, address)
            visitor.page.locator(".pn-card").first.wait_for()
            print(len(visitor.requests), "requests at the opening")
            for request in visitor.requests:
                print("  ", request.method, Path(request.url.split("?")[0]).name or "/", request.url[:110])
            visitor.context.close()


if __name__ == "__main__":
    os.environ.setdefault("WAIT", "60000")
    main()
