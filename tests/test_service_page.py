"""The chat page beside everything else that is served."""

from __future__ import annotations

import asyncio
from pathlib import Path

from penchant.assistant import Assistant
from penchant.tools import Recommender
from penchant.tools.http.keys import Keys
from penchant.tools.http.service import build_app

from .loopback import serving
from .tiny import tiny_index
from .visiting import PAGE, Visitor, chromium

pytestmark = PAGE
KEY = "the-key-of-this-house"


def test_a_browser_is_let_in_with_the_key_as_password(tmp_path: Path) -> None:
    """Everything of the page works through the guard."""
    from penchant.ui.page.page import mount

    assistant = Assistant(tiny_index(tmp_path), k=3)
    app = build_app(Recommender(assistant), "films and books", keys=Keys([KEY]))

    async def mounted() -> None:
        mount(app, lambda: assistant)

    asyncio.run(mounted())  # where no loop runs, Gradio makes some and leaves them open
    with serving(app) as url, chromium() as browser:
        visitor = Visitor(browser, url, http_credentials={"username": "anybody", "password": KEY})
        visitor.say("a drama, no horror")
        assert visitor.titles() == ["Gladiator", "Interstellar", "Before Sunrise"]
        assert not visitor.errors and not visitor.elsewhere()
        visitor.context.close()
