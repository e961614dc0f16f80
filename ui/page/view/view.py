"""What each part of the page shows of a chat: messages, panel, picks; and what the browser is told to do.

Plain data for the templates. Knows nothing of Gradio or threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from penchant.assistant import Reply
from penchant.assistant.explanation.words import Speech, retold
from penchant.assistant.past import AmbiguousWork
from penchant.retriever import Index

from ..bringing import HistoryFile
from ..state import Button, ChatState, Drafted, Event, Message, Plain, Retry, SameWork, Say, Second, Why, exported
from . import chips
from .cards import LOADING, cards, escaped, group_cards, in_rows, people_names, with_judged
from .catalogue_words import CatalogueWords, fields
from .covers import Gallery
from .decision_path import decision_path, time_chip
from .markdown import blocks
from .pick_reason import shared_reasons
from .template_data import Data


@dataclass(frozen=True, slots=True)
class View:
    """The parts of the page that change; None for one that does not.

    `keep` is the text that the browser keeps, and `kept` how that is sent; `wire` is what it is told to do, the number
    of the view, and the language of the person, of which the page has the labels.
    """

    top: Data | None = None
    chat: Data | None = None
    panel: Data | None = None
    picks: Data | None = None
    bring: Data | None = None
    keep: str | None = None
    wire: Data | None = None
    kept: Data | None = None

    @property
    def parts(self) -> tuple[Data | None, ...]:
        """In the order of the page, safe for templates; the wire, and on it what to keep, has no template."""
        shown = (self.top, self.chat, self.panel, self.picks, self.bring)
        wire = self.wire if self.wire is None or self.keep is None else {**self.wire, "keep": self.kept}
        return (*(None if part is None else escaped(part) for part in shown), wire)


def errand(event: Event, chat: ChatState) -> Data:
    """What the browser itself has to do after an event."""
    match event:
        case Drafted(draft) if draft.stage == "coming":
            return {"come": draft.come}
        case Drafted(draft) if draft.stage == "reading":
            return {"come": draft.come, "read": True}
        case Why():
            return {"focus": f"why:{event.item}" if event.part == "close" else event.part}
        case Plain(act="export"):
            return {"download": {"name": "penchant-taste.json", "text": exported(chat)}}
        case Plain(act="two") | Second():
            return {"focus": "second" if chat.second else "found"}
        case Plain(act="forget"):
            return {"forget": True}
    return {}


def chat_part(chat: ChatState, ready: bool, examples: Sequence[str] = (), far: tuple[int, int] = (0, 0)) -> Data:
    """The messages; before there are any, examples to begin with. far: of the catalogue's items, how many of how many
    are ready."""
    told = [_message(message, ready, chat.speech) for message in chat.screen.messages]
    if told:
        told[-1] |= {"early": chat.early is not None, "retry": "" if chat.busy else Retry().json_text()}
    return {
        "messages": told,
        "busy": chat.busy,
        "ready": ready,
        "opening": {} if ready else _opening(far, chat.speech),
        "examples": [{"text": text, "act": Say(text=text).json_text()} for text in examples],
    }


def _opening(far: tuple[int, int], speech: Speech) -> Data:
    """How far it is, where that is known."""
    done, total = far
    told = speech.say("are indexed", done=f"{done:,}", total=f"{total:,}") if total else ""
    return {"known": bool(total), "done": done, "total": total, "told": told}


def _message(message: Message, ready: bool, speech: Speech) -> Data:
    over = message.progress not in ("waiting", "writing")
    return {
        "said": message.said,
        "blocks": blocks(message.answer),
        "served": message.served if over else "",
        "notes": [retold(note, speech.language) for note in message.notes],
        "waiting": message.progress == "waiting" and ready,
        "loading": message.progress == "waiting" and not ready,
        "writing": message.progress == "writing",
        "bad": message.progress == "failed",
    }


def closed_panel(chat: ChatState) -> Data:
    """The panel while the catalogue is not open."""
    return {"active": [], "parked": [], "note": retold(chat.note, chat.language), "acts": {}, "closed": True}


def panel_part(chat: ChatState, index: Index, words: CatalogueWords) -> Data:
    """Interests, marks, what was left out, and what can be done."""
    note, chat = retold(chat.note, chat.language), chat.screen
    reply, session = chat.reply, chat.session
    weights = reply.weights if reply else (0.0,) * len(session.effective_interests)  # restored, and not ranked yet
    speech = chat.speech
    mine, other = people_names(chat.names, speech)
    excluded = chat.group.excluded if chat.group else reply.excluded if reply else ()
    shown, timed = chips.chips(session, weights, index.schema, speech), time_chip(session, speech)
    return shown | {
        "time": timed,
        "listed": bool(shown["active"] or timed),
        "fields": fields(index.schema, speech),
        "places": chips.places(index.schema, speech),
        "suggestions": words.suggestions,
        "marked": chips.marked(session, index, speech),
        "left_out": chips.left_out(excluded, session, index.schema, speech),
        "relaxed": chips.relaxed(chat.ways, session, index.schema, speech),
        "questions": chips.asked(chat.questions[:1], index.schema, speech),
        "guest": chat.guest is not None and chat.second is None,
        "mine": mine,
        "other": other,
        "second": chips.second(chat.second, index.schema, speech) if chat.second else None,
        "can_undo": bool(session.diffs) or chat.back is not None,
        "can_redo": bool(session.undone),
        "note": note,
        "acts": {name: Plain(act=name).json_text() for name in _BUTTONS},
    }


_BUTTONS: tuple[Button, ...] = ("undo", "redo", "topic", "over", "forget", "export", "solo")


def same_part(history: HistoryFile, speech: Speech) -> Data:
    """Works of a history that are not sure, each with what it may be."""
    return {
        "rows": [_open_work(n, question, speech) for n, question in history.open],
        "all": SameWork(likely=True).json_text() if any(len(q.items) == 1 for _, q in history.open) else "",
        "none": SameWork().json_text(),
    }


def _open_work(number: int, question: AmbiguousWork, speech: Speech) -> Data:
    entry = question.entry
    answers = [(item.id, ", ".join((item.title, *item.values("year")))) for item in question.items]
    return {
        "text": ", ".join(filter(None, (entry.title, str(entry.year or ""), *entry.makers[:1]))),
        "options": [
            {"text": text, "key": f"{number}:{item}", "act": SameWork(row=number, item=item).json_text()}
            for item, text in (*answers, ("", speech.say("none of them")))
        ],
    }


def picks_part(chat: ChatState, index: Index, gallery: Gallery) -> Data:
    """The cards, and below its own the path of the one that is open."""
    waited_for, chat = chat.early is not None, chat.screen
    reply = _on_screen(chat)
    if reply is None:
        return LOADING
    catalogue, session, speech = index.catalogue, chat.session, chat.speech
    if chat.group and chat.guest:
        people = (session, chat.guest)
        found = group_cards(chat.group.picks, people, chat.names, catalogue, chat.before, gallery, speech)
    else:
        found = in_rows(cards(reply.picks, session, catalogue, chat.before, gallery, speech), reply.rows, speech)
    for n, card in enumerate(found):
        opened = card["id"] == chat.open
        known = chat.counterfactual if opened else None
        card["path"] = decision_path(reply, n, known, index.schema, speech) if known else None
    disagreed = chat.group is not None and not chat.group.agreed
    return {
        "cards": with_judged(found, chat.judged, catalogue, speech),
        "further": Plain(act="further").json_text() if len(found) >= (chat.many or 1) and not reply.rows else "",
        "rows": bool(reply.rows),
        "asked": True,
        "first": not any(i.level == "want" for i in session.effective_interests),
        "early": waited_for and reply.news,
        "group": chat.group is not None,
        "alone": chat.guest is None and chat.second is None,
        "modes": chips.modes(session, speech),
        "note": speech.say("disagreed") if disagreed else "",
        "ways": [] if chat.group else chips.ways_out(reply, index.schema, speech),
    }


def shared_cards(chat: ChatState, index: Index, gallery: Gallery) -> list[Data]:
    """The cards for others to see: the reasons have nothing in the person's own words, and those of two none at all."""
    reply, session = _on_screen(chat), chat.session
    if reply is None:
        return []
    found = cards(reply.picks, session, index.catalogue, (), gallery, chat.speech)
    told = shared_reasons(reply.picks, session.effective_interests, index.schema, chat.speech)
    for card, because in zip(found, told, strict=True):
        card["because"] = "" if chat.group else because
    return found


def _on_screen(chat: ChatState) -> Reply | None:
    """The reply as it is shown: for two, with one's own shares of the picks for both."""
    if chat.reply and chat.group:
        return replace(chat.reply, session=chat.session, picks=tuple(p.picks[0] for p in chat.group.picks), rows=())
    return chat.reply
