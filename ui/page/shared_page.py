"""The picks on screen as one HTML file to give away: covers and reasons, no scripts, nothing from elsewhere.

Nothing of the conversation is in it: no message, and no reason in the person's own words. Knows nothing of events.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from penchant.retriever import Index

from .state import ChatState
from .view import Data, Gallery, shared_cards
from .words import CODES

_STATIC = Path(__file__).parent / "static"


def shared_page(chat: ChatState, index: Index, gallery: Gallery) -> str:
    """The text of the file."""
    templates = Environment(loader=FileSystemLoader(_STATIC), autoescape=True)
    covers = Markup((_STATIC / "covers.css").read_text(encoding="utf-8"))
    cards = [_shared(card) for card in shared_cards(chat, index, gallery)]
    speech = chat.speech
    heading = speech.say("picks two" if chat.group else "picks")
    return templates.get_template("shared.html").render(
        heading=heading, cards=cards, covers=covers, footer=speech.say("footer"), lang=CODES[chat.language]
    )


def _shared(card: Data) -> dict[str, Any]:
    """What of a card goes into the file; a picture only if it lies in the card itself."""
    picture = str(card["cover"]["picture"])
    return {
        **{name: card[name] for name in ("cover", "title", "long", "hook", "because")},
        "head": " · ".join(filter(None, [*card["head"], card["makers"]])),
        "picture": picture if picture.startswith("data:image/") else "",
    }
