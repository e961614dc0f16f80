"""What each event of the page does to a conversation. No language model is asked by any of them.

State in, state out; raises PenchantError for what cannot be done, and then nothing was changed. Knows nothing of
markup, tabs or files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from penchant.assistant import (
    Assistant,
    Edit,
    Reason,
    Session,
    edit,
    export_taste,
    feedback,
    import_taste,
    redo,
    set_mode,
    start_topic,
    undo,
)
from penchant.retriever import MENTION, OPEN, Interest, PenchantError, Pick, counterfactual, parse_range, score_items

from .change_text import change_text, sentence
from .chat_state import ChatState, ranked, stopped
from .events import Add, EditInterest, Plain, ShowMode, Similar, Taste, Thumb, Why

ANY = "*"
_STEP = 0.05
_SIMILAR = 0.8

_Made = Callable[[ChatState, Any, Assistant], ChatState]


def changed(talk: ChatState, act: Any, assistant: Assistant) -> ChatState:
    """The conversation after an act."""
    by_kind: Mapping[type, _Made] = {
        EditInterest: _change,
        Add: _add,
        Thumb: _thumb,
        Similar: _similar,
        Why: _why,
        ShowMode: _mode,
        Taste: _taste,
        Plain: _plain,
    }
    return by_kind[type(act)](talk, act, assistant)


def _change(talk: ChatState, act: EditInterest, assistant: Assistant) -> ChatState:
    strength = act.strength
    if act.step is not None:
        now = next((i.strength for i in talk.session.effective_interests if i.key == _key(act)), 0.5)
        strength = min(1.0, max(_STEP, round(now + act.step, 2)))
    one = Edit(
        act.facet, act.value, act.item, strength, act.level, act.parked, act.pinned, act.to_facet, remove=act.remove
    )
    return _edited(talk, one, assistant)


def _key(act: EditInterest) -> tuple[str, str]:
    return Interest(act.facet, act.value, item=act.item).key


def _edited(talk: ChatState, one: Edit, assistant: Assistant) -> ChatState:
    session = edit(talk.session, [one], assistant.index.catalogue)
    return ranked(talk, session, assistant, _note(session, talk.session))


def _note(after: Session, before: Session) -> str:
    if after.diffs == before.diffs:
        return "That is how it was already; nothing was changed."
    return f"{sentence(change_text(after.diffs[-1]))} Ranked again without a model."


def _add(talk: ChatState, act: Add, assistant: Assistant) -> ChatState:
    facet, value = _meant(act.text.strip(), act.facet, assistant)
    item = value if facet == MENTION else ""
    one = Edit(facet, "" if item else value, item, level=act.level, parked=False)
    return _edited(talk, one, assistant)


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
        if schema.kind(first.rstrip(":")) == "number" and _is_range(rest):
            return first.rstrip(":"), rest.strip()
    return OPEN, text


def _is_range(text: str) -> bool:
    try:
        parse_range(text)
    except ValueError:
        return False
    return True


def _thumb(talk: ChatState, act: Thumb, assistant: Assistant) -> ChatState:
    reason = Reason(act.facet, act.value) if act.facet else None
    pick = _pick(talk, act.item, assistant) if act.verdict == "like" else None
    session = feedback(
        talk.session,
        act.verdict,
        act.item,
        assistant.index.catalogue,
        pick,
        reason,
        assistant.search_config.composition_config,
    )
    return ranked(talk, session, assistant, _note(session, talk.session))


def _pick(talk: ChatState, item: str, assistant: Assistant) -> Pick | None:
    """The item with its exact shares; None if the catalogue lacks it."""
    if item not in assistant.index.catalogue.row:
        return None
    (pick,) = score_items(
        assistant.index, talk.session.effective_interests, [item], talk.session.turn, assistant.search_config
    )
    return pick


def _similar(talk: ChatState, act: Similar, assistant: Assistant) -> ChatState:
    return _edited(talk, Edit(MENTION, item=act.item, strength=_SIMILAR, level="want", parked=False), assistant)


def _why(talk: ChatState, act: Why, assistant: Assistant) -> ChatState:
    if act.part == "close":
        return replace(talk, open="", counterfactual=None)
    if act.item not in talk.shown:
        raise PenchantError("this item is not among the picks any more")
    session = talk.session
    found = counterfactual(
        assistant.index, session.effective_interests, act.item, session.hidden, session.turn, assistant.search_config
    )
    return replace(talk, open=act.item, counterfactual=found)


def _mode(talk: ChatState, act: ShowMode, assistant: Assistant) -> ChatState:
    session = set_mode(talk.session, act.mode)
    shown = {"new": "only what you have not seen", "seen": "only what you have seen", "both": "new and seen"}[act.mode]
    return ranked(talk, session, assistant, f"Showing {shown}.")


def _taste(talk: ChatState, act: Taste, assistant: Assistant) -> ChatState:
    taste = import_taste(act.text)
    if act.act == "guest":
        note = "Picking for two: what either of you rules out is gone."
        return ranked(replace(talk, guest=taste), talk.session, assistant, note)
    note = (
        f"Imported: {len(taste.interests)} interests and {len(taste.marks)} marked items. Undo brings back the other."
    )
    return ranked(ChatState(back=replace(talk, back=None), imported=len(taste.diffs)), taste, assistant, note)


def _plain(talk: ChatState, act: Plain, assistant: Assistant) -> ChatState:
    return _PLAIN[act.act](talk, assistant)


def _undo(talk: ChatState, assistant: Assistant) -> ChatState:
    """Takes the last change back; where there is none, the start over or the import before it."""
    if talk.back and len(talk.session.diffs) <= talk.imported:
        return replace(talk.back, note="Brought back what was there before.")
    if not talk.session.diffs:
        return replace(talk, note="There is nothing to take back.")
    note = sentence(f"Taken back: {change_text(talk.session.diffs[-1])}")
    return ranked(talk, undo(talk.session), assistant, note)


def _redo(talk: ChatState, assistant: Assistant) -> ChatState:
    if not talk.session.undone:
        return replace(talk, note="There is nothing to bring back.")
    note = sentence(f"Done again: {change_text(talk.session.undone[-1])}")
    return ranked(talk, redo(talk.session), assistant, note)


def _topic(talk: ChatState, assistant: Assistant) -> ChatState:
    note = "New topic: what you wanted is set aside; nevers and pinned interests stay."
    return ranked(talk, start_topic(talk.session), assistant, note)


def _over(talk: ChatState, assistant: Assistant) -> ChatState:
    back = replace(stopped(talk) if talk.busy else talk, back=None)
    return ranked(ChatState(back=back), Session(), assistant, "Started over. Undo brings everything back.")


def _forget(talk: ChatState, assistant: Assistant) -> ChatState:
    return ranked(ChatState(), Session(), assistant, "Forgotten: this page and this browser keep nothing of you.")


def _solo(talk: ChatState, assistant: Assistant) -> ChatState:
    return ranked(replace(talk, guest=None), talk.session, assistant, "Picking for you alone.")


def _stop(talk: ChatState, assistant: Assistant) -> ChatState:
    return stopped(talk) if talk.busy else talk


def _export(talk: ChatState, assistant: Assistant) -> ChatState:
    return replace(
        talk, note="Your taste is in the file penchant-taste.json; it is yours to read, keep and bring back."
    )


_PLAIN: Mapping[str, Callable[[ChatState, Assistant], ChatState]] = {
    "undo": _undo,
    "redo": _redo,
    "topic": _topic,
    "over": _over,
    "forget": _forget,
    "export": _export,
    "solo": _solo,
    "stop": _stop,
}


def exported(talk: ChatState) -> str:
    """The file of one's taste."""
    return export_taste(talk.session)
