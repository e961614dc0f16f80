"""What a change by hand does to a chat: an interest edited or added, an item judged or explained, a taste brought in.

No language model is asked. State in, state out; raises PenchantError for what cannot be done. Knows nothing of markup,
tabs or buttons that need no more than their name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from penchant.assistant import (
    Assistant,
    Edit,
    Reason,
    Session,
    TasteError,
    edit,
    feedback,
    import_taste,
    set_mode,
)
from penchant.assistant.session import combined
from penchant.retriever import MENTION, OPEN, Interest, PenchantError, Pick, counterfactual, is_range, score_items

from ..bringing import HistoryFile, bytes_of, history_file
from ..words import sentence
from .bringing_events import HistoryText, SameWork
from .change_text import change_text
from .chat_state import ChatState, Judged, quiet, ranked, standing
from .events import Add, EditInterest, HandEvent, SetAside, ShowMode, Similar, TasteText, Thumb, Why

ANY = "*"
_STEP = 0.05
_SIMILAR = 0.8
_NO_TASTE = "this file is not a taste that can be read, so nothing was changed; choose one that Export has made"


def edited(chat: ChatState, event: HandEvent, assistant: Assistant) -> ChatState:
    """The chat after a change, ranked anew where that changes the picks. What was being answered then ends."""
    return _CHANGES[type(event)](chat if isinstance(event, Why) else standing(chat), event, assistant)


def _edit(chat: ChatState, event: EditInterest, assistant: Assistant) -> ChatState:
    strength = event.strength
    if event.step is not None:
        now = next((i.strength for i in chat.session.effective_interests if i.key == _key(event)), 0.5)
        strength = min(1.0, max(_STEP, round(now + event.step, 2)))
    one = Edit(
        event.facet,
        event.value,
        event.item,
        strength,
        event.level,
        event.parked,
        event.pinned,
        event.to_facet,
        remove=event.remove,
    )
    return _changed(chat, one, assistant)


def _aside(chat: ChatState, event: SetAside, assistant: Assistant) -> ChatState:
    each = [Edit(wish.facet, wish.value, wish.item, parked=True) for wish in event.wishes]
    session = edit(chat.session, each, assistant.index.catalogue)
    return ranked(chat, session, assistant, _note(session, chat, assistant))


def _key(event: EditInterest) -> tuple[str, str]:
    return Interest(event.facet, event.value, item=event.item).key


def _changed(chat: ChatState, one: Edit, assistant: Assistant) -> ChatState:
    session = edit(chat.session, [one], assistant.index.catalogue)
    return ranked(chat, session, assistant, _note(session, chat, assistant))


def _note(after: Session, chat: ChatState, assistant: Assistant) -> str:
    """What has become of the chat's session."""
    if after.diffs == chat.session.diffs:
        return chat.speech.say("no change")
    return sentence(change_text(after.diffs[-1], assistant.index.schema, chat.speech))


def _add(chat: ChatState, event: Add, assistant: Assistant) -> ChatState:
    facet, value = _meant(event.text.strip(), event.facet, assistant)
    item = value if facet == MENTION else ""
    one = Edit(facet, "" if item else value, item, level=event.level, parked=False)
    return _changed(chat, one, assistant)


def _meant(text: str, facet: str, assistant: Assistant) -> tuple[str, str]:
    """The facet and value (for an item: its id) that a typed text means; words that nothing has stay as they are."""
    gazetteer, schema = assistant.gazetteer, assistant.index.schema
    if facet not in (ANY, OPEN):
        return facet, gazetteer.known_value(facet, text) or text
    if facet == ANY:
        for name in schema.of("category", "facet", "name"):
            if known := gazetteer.known_value(name, text):
                return name, known
        if item := gazetteer.find_title(text):
            return MENTION, item
        first, _, rest = text.partition(" ")
        if schema.kind(first.rstrip(":")) == "number" and is_range(rest):
            return first.rstrip(":"), rest.strip()
    return OPEN, text


def _thumb(chat: ChatState, event: Thumb, assistant: Assistant) -> ChatState:
    reason = Reason(event.facet, event.value) if event.facet else None
    pick = _pick(chat, event.item, assistant) if event.verdict == "like" else None
    after = feedback(
        chat.session,
        event.verdict,
        event.item,
        assistant.index.catalogue,
        pick,
        reason,
        assistant.search_config.composition_config,
    )
    session = assistant.dated(chat.session, after)
    moved = ranked(chat, session, assistant, _note(session, chat, assistant))
    return replace(moved, judged=_judged(chat, event))


def _judged(chat: ChatState, event: Thumb) -> Judged | None:
    if event.verdict == "clear" or event.item not in chat.shown:
        return None
    return Judged(event.item, event.verdict, chat.shown.index(event.item))


def _pick(chat: ChatState, item: str, assistant: Assistant) -> Pick | None:
    """The item with its exact shares; None if the catalogue lacks it."""
    if item not in assistant.index.catalogue.row:
        return None
    (pick,) = score_items(
        assistant.index, chat.session.effective_interests, [item], chat.session.turn, assistant.search_config
    )
    return pick


def _similar(chat: ChatState, event: Similar, assistant: Assistant) -> ChatState:
    return _changed(chat, Edit(MENTION, item=event.item, strength=_SIMILAR, level="want", parked=False), assistant)


def _why(chat: ChatState, event: Why, assistant: Assistant) -> ChatState:
    if chat.early:
        return replace(chat, early=_why(chat.early, event, assistant))
    if event.part == "close":
        return replace(chat, open="", counterfactual=None)
    if event.item not in chat.shown:
        raise PenchantError("this item is not among the picks any more")
    session = chat.session
    found = counterfactual(
        assistant.index,
        session.effective_interests,
        event.item,
        assistant.hidden(session),
        session.turn,
        assistant.search_config,
    )
    return replace(chat, open=event.item, counterfactual=found)


def _mode(chat: ChatState, event: ShowMode, assistant: Assistant) -> ChatState:
    session = set_mode(chat.session, event.mode)
    return ranked(chat, session, assistant, chat.speech.say(f"show {event.mode}"))


def _taste(chat: ChatState, event: TasteText, assistant: Assistant) -> ChatState:
    try:
        taste = import_taste(event.text)
    except TasteError as error:
        raise PenchantError(_NO_TASTE) from error
    if event.act == "guest":
        return ranked(replace(chat, guest=taste), chat.session, assistant, chat.speech.say("picking for two"))
    note = chat.speech.say("imported", interests=str(len(taste.interests)), marks=str(len(taste.marks)))
    return taken_over(chat, taste, assistant, note)


def taken_over(chat: ChatState, taste: Session, assistant: Assistant, note: str) -> ChatState:
    """A chat that goes on from a taste; an undo brings back the one before."""
    before = replace(quiet(chat), back=None)
    other = ChatState(back=before, imported=len(taste.diffs), language=chat.language)
    return ranked(other, taste, assistant, note)


def brought(
    chat: ChatState, event: HistoryText, assistant: Assistant, catalogue: str
) -> tuple[ChatState, HistoryFile | None]:
    """The chat that goes on from what a file says, a taste or a history, and what of that is still to be told."""
    chat, data = standing(chat), bytes_of(event.file, event.data)
    with suppress(TasteError, UnicodeDecodeError):
        import_taste(text := data.decode())
        return _taste(chat, TasteText(act="import", text=text), assistant), None
    history = history_file(event.file, data, assistant.index, catalogue)
    taste, report = history.taste()
    told = {"file": history.name, "found": f"{report.count('matched'):,}", "rows": f"{len(report.rows):,}"}
    note = chat.speech.say("history open" if history.open else "history", open=f"{len(history.open):,}", **told)
    return taken_over(chat, taste, assistant, note), history if history.open else None


def told_same(
    chat: ChatState, event: SameWork, history: HistoryFile, assistant: Assistant
) -> tuple[ChatState, HistoryFile | None]:
    """What was said of works that were not sure is added to the taste, and is one change that can be taken back."""
    chat = standing(chat)
    after = history.ended(event.likely) if event.row is None else history.answered(event.row, event.item)
    known = {mark.item for mark in history.taste()[0].marks}
    taste, _ = after.taste()
    new = replace(taste, marks=tuple(mark for mark in taste.marks if mark.item not in known))
    left = after if after.open else None
    if not new.marks:
        return replace(chat, note=chat.speech.say("told other")), left
    session = replace(combined(chat.session, new), profile=taste.profile)
    return ranked(chat, session, assistant, chat.speech.say("told same", n=f"{len(new.marks):,}")), left


_CHANGES: Mapping[type, Callable[[ChatState, Any, Assistant], ChatState]] = {
    EditInterest: _edit,
    SetAside: _aside,
    Add: _add,
    Thumb: _thumb,
    Similar: _similar,
    Why: _why,
    ShowMode: _mode,
    TasteText: _taste,
}
