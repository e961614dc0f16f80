"""Time from a change by hand in the browser to the new ranking on the page, on the demo catalogue.

    python -m tests.benchmarks.page [--repeat 30]

Each change is the press of a chip's button; it ends when the page shows what the server made of it. The floor is a
change of which the server makes nothing, in the same tab: what Gradio, HTTP and the browser cost by themselves.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from penchant.assistant import Assistant
from penchant.retriever import SentenceEncoder
from penchant.retriever.index.indexing import open_or_build_demo
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
    for name, times in (("change by hand", edits), ("nothing", nothing)):
        print(f"{name:16} median {statistics.median(times):4.0f} ms, 95 % within {np.quantile(times, 0.95):4.0f} ms")
    print(f"The aim is {TARGET} ms.")


if __name__ == "__main__":
    main()
