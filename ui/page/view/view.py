"""What each part of the page shows of a conversation: head, chat, panel, picks, and what the browser is told to do.

Plain data for the templates. Knows nothing of Gradio, events or threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from penchant.assistant import Assistant, Reply
from penchant.retriever import Index, relaxations

from ..state import Button, ChatState, Message, Plain, Retry, Say
from . import chips
from .cards import NOTHING, cards, escaped, joint_cards
from .decision_path import decision_path
from .gallery import Gallery
from .markdown import blocks

Data = dict[str, Any]

_DEMO_EXAMPLES = (
    "something funny about space, but no horror",
    "cyberpunk films and music to match",
    "想看轻松的科幻片，但不要恐怖",
)
_DEMO_VALUES = ("funny", "space", "horror", "cyberpunk", "film", "album")
"""A catalogue that has these can answer the examples."""
_JOINT_DISAGREED = "No single thing passes what each of you wants; only what either rules out is held to."


@dataclass(frozen=True, slots=True)
class View:
    """The parts of the page that change; None for one that does not. `wire` is told to the browser itself."""

    top: Data | None = None
    chat: Data | None = None
    panel: Data | None = None
    picks: Data | None = None
    wire: Data | None = None

    @property
    def parts(self) -> tuple[Data | None, ...]:
        """In the order of the page, safe for templates; the wire has no template."""
        shown = (self.top, self.chat, self.panel, self.picks)
        return (*(None if part is None else escaped(part) for part in shown), self.wire)


def chat(talk: ChatState, ready: bool, examples: Sequence[str] = ()) -> Data:
    """The messages; before there are any, examples to begin with."""
    last = len(talk.messages) - 1
    return {
        "messages": [_message(m, ready, n == last) for n, m in enumerate(talk.messages)],
        "busy": talk.busy,
        "ready": ready,
        "examples": [{"text": text, "act": Say(text=text).json_text()} for text in examples],
    }


def _message(message: Message, ready: bool, last: bool) -> Data:
    over = message.progress not in ("waiting", "writing")
    return {
        "said": message.said,
        "blocks": blocks(message.answer),
        "served": message.served if over else "",
        "notes": list(message.notes),
        "waiting": message.progress == "waiting" and ready,
        "loading": message.progress == "waiting" and not ready,
        "writing": message.progress == "writing",
        "bad": message.progress == "failed",
        "retry": Retry().json_text() if last and over else "",
    }


def closed(talk: ChatState) -> Data:
    """The panel while the catalogue is not open."""
    return {"active": [], "parked": [], "note": talk.note, "acts": {}, "closed": True}


def panel(talk: ChatState, index: Index) -> Data:
    """Interests, marks, what was left out, and what can be done."""
    reply, session = talk.reply, talk.session
    weights = reply.weights if reply else ()
    ways = relaxations(index, session.effective_interests, session.hidden)
    excluded = talk.joint.excluded if talk.joint else reply.excluded if reply else ()
    return chips.chips(session, weights, index.schema) | {
        "fields": chips.fields(index.schema),
        "suggestions": chips.suggestions(index),
        "marked": chips.marked(session, index),
        "left_out": chips.left_out(excluded),
        "relaxed": chips.relaxed(ways, session),
        "questions": chips.asked(talk.questions, index.schema),
        "guest": talk.guest is not None,
        "can_undo": bool(session.diffs) or talk.back is not None,
        "can_redo": bool(session.undone),
        "note": talk.note,
        "acts": {name: Plain(act=name).json_text() for name in _BUTTONS},
    }


_BUTTONS: tuple[Button, ...] = ("undo", "redo", "topic", "over", "forget", "export", "solo")


def picks(talk: ChatState, index: Index, gallery: Gallery) -> Data:
    """The cards, and below its own the path of the one that is open."""
    reply = _on_screen(talk)
    if reply is None:
        return NOTHING
    catalogue, session = index.catalogue, talk.session
    if talk.joint and talk.guest:
        people = (session, talk.guest)
        found = joint_cards(talk.joint.picks, people, catalogue, talk.before, gallery)
    else:
        found = cards(reply.picks, session, catalogue, talk.before, gallery)
    for n, card in enumerate(found):
        opened = card["id"] == talk.open and talk.counterfactual is not None
        card["path"] = (
            decision_path(reply, n, talk.counterfactual, index.schema) if opened and talk.counterfactual else None
        )
    disagreed = talk.joint is not None and not talk.joint.agreed
    return {
        "cards": found,
        "asked": True,
        "first": not any(i.level == "want" for i in session.effective_interests),
        "joint": talk.joint is not None,
        "modes": chips.modes(session),
        "note": _JOINT_DISAGREED if disagreed else "",
    }


def _on_screen(talk: ChatState) -> Reply | None:
    """The reply as it is shown: for two, with one's own shares of the picks for both."""
    if talk.reply and talk.joint:
        return replace(talk.reply, session=talk.session, picks=tuple(pick.picks[0] for pick in talk.joint.picks))
    return talk.reply


def examples(assistant: Assistant) -> tuple[str, ...]:
    """Messages for a first visit, from what the catalogue has."""
    schema, gazetteer = assistant.index.schema, assistant.gazetteer
    if all(map(gazetteer.is_value, _DEMO_VALUES)):
        return _DEMO_EXAMPLES
    facets = sorted(schema.of("facet"), key=lambda name: -len(gazetteer.common_values(name, 20)))
    values = [gazetteer.common_values(name, 4) for name in facets if gazetteer.common_values(name, 4)]
    title = next((item.title for item in assistant.index.catalogue.items if len(item.title) < 40), "")
    made = [
        f"something {values[0][0]}, but no {values[0][-1]}" if values and len(values[0]) > 1 else "",
        f"{values[0][1]} and {values[1][0]}" if len(values) > 1 and len(values[0]) > 1 else "",
        f"something like {title}" if title else "",
    ]
    return tuple(text for text in made if text)
