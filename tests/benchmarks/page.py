"""Time from a change by hand in the browser to the new ranking on the page, on the demo catalogue.

    python -m tests.benchmarks.page [--repeat 30]

Each change is the press of a chip's button; it ends when the page shows what the server made of it. The floor is a
change of which the server makes nothing, in the same tab: what Gradio, HTTP and the browser cost by themselves.

Then the time from a message that is sent to its picks, in the browser and in the tab's controller alone, beside that of
the turn by itself, in the same process. Visits take turns, so that each text is embedded first for one of the three.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from penchant.assistant import Assistant
from penchant.retriever import SentenceEncoder
from penchant.retriever.index.indexing import open_or_build_demo
from penchant.ui.page.catalogue_registry import CatalogueRegistry, PageSetup
from penchant.ui.page.tab_controller import TabController
from tests.visiting import Visitor, chromium, served

TARGET = 300
_ASK = "something funny about space, but no horror"
_CLOCK = """(act) => new Promise((done) => {
    const panel = document.querySelector("#pn-panel");
    const before = document.querySelector(".pn-panel").outerHTML;
    const start = performance.now();
    const seen = new MutationObserver(() => {
        if (document.querySelector(".pn-panel").outerHTML === before) return;
        seen.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    });
    seen.observe(panel, { subtree: true, childList: true, characterData: true, attributes: true });
    const button = document.createElement("button");
    button.dataset.act = JSON.stringify(act);
    document.body.append(button);
    button.click();
    button.remove();
})"""
"""Presses a button that sends an act; milliseconds until the panel has changed and was painted."""


_VISITS = (
    ("something funny about space", "films, please", "under two hours", "a bit warmer", "not too old", "no aliens"),
    ("a calm book about gardens", "no romance", "rather short", "something sadder", "from the nineties", "no war"),
    ("a tense thriller", "no murders", "in French", "with a strong woman in it", "a bit lighter", "after 2000"),
)
_SAY = """(text) => new Promise((done) => {
    const box = document.getElementById("pn-say"), turns = document.querySelectorAll(".pn-turn").length;
    const start = performance.now();
    const seen = new MutationObserver(() => {
        const last = document.querySelector(".pn-turn:last-child .pn-answer");
        if (document.querySelectorAll(".pn-turn").length === turns || last.querySelector(".pn-quiet")) return;
        seen.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    });
    seen.observe(document.body, { subtree: true, childList: true, characterData: true });
    box.value = text;
    box.form.requestSubmit();
})"""
"""Says something; milliseconds until its answer, which comes with the picks, was painted."""


def waits(browser: Any, address: str, made: Assistant) -> dict[str, list[float]]:
    """Milliseconds from each message to its picks: on the page, in a tab's controller, and of the turn by itself."""
    found: dict[str, list[float]] = {"in the browser": [], "in the tab": [], "the turn": []}
    for n in range(len(_VISITS)):
        visitor, session = Visitor(browser, address), None
        visitor.page.locator(".pn-card").first.wait_for()
        tab = TabController(PageSetup(CatalogueRegistry({"demo": lambda: made})))
        list(tab.speak({"act": "hello"}))
        for texts in zip(*(_VISITS[n:] + _VISITS[:n]), strict=True):
            found["in the browser"].append(visitor.page.evaluate(_SAY, texts[0]))
            visitor.page.locator("[data-busy]").wait_for(state="detached")
            start = time.perf_counter()
            views = tab.speak({"act": "say", "text": texts[1]})
            next(view for view in views if view.picks and view.parts)
            found["in the tab"].append(1000 * (time.perf_counter() - start))
            list(views)
            start = time.perf_counter()
            session = made.reply(texts[2], session).session
            found["the turn"].append(1000 * (time.perf_counter() - start))
        visitor.context.close()
    return found


def measured(page: Any, acts: list[dict[str, Any]], repeat: int) -> list[float]:
    return [page.evaluate(_CLOCK, acts[n % len(acts)]) for n in range(repeat)]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--repeat", type=int, default=30)
    repeat = parser.parse_args().repeat
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        made = Assistant(open_or_build_demo(Path(folder), SentenceEncoder()))
        with served(lambda: made) as address:
            visitor = Visitor(browser, address)
            visitor.say(_ASK)
            interest = made.reply(_ASK).session.interests[0]
            act: dict[str, Any] = {"act": "change", "facet": interest.facet, "value": interest.value}
            edits = measured(visitor.page, [{**act, "strength": strength} for strength in (0.2, 0.9)], repeat)
            nothing = measured(visitor.page, [{"act": "redo"}, {"act": "nothing"}], repeat)
            found = waits(browser, address, made)
    for name, times in (("change by hand", edits), ("nothing", nothing)):
        print(f"{name:16} median {statistics.median(times):4.0f} ms, 95 % within {np.quantile(times, 0.95):4.0f} ms")
    print(f"The aim is {TARGET} ms.")
    own = statistics.median(found["the turn"])
    for name, times in found.items():
        median = statistics.median(times)
        print(f"message to picks, {name}: median {median:.0f} ms, {median / own:.2f} times the turn")


if __name__ == "__main__":
    main()
