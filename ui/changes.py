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
from penchant.retriever import MENTION, OPEN, Interest, PenchantError, Pick, parse_range, score_items, standing

from .acts import Add, Change, Plain, ShowMode, Similar, Taste, Thumb, Why
from .conversation import Talk, ranked, stopped
from .told import sentence, told

ANY = "*"
_STEP = 0.05
_SIMILAR = 0.8

_Made = Callable[[Talk, Any, Assistant], Talk]


def changed(talk: Talk, act: Any, assistant: Assistant) -> Talk:
    """The conversation after an act."""
    by_kind: Mapping[type, _Made] = {
        Change: _change,
        Add: _add,
        Thumb: _thumb,
        Similar: _similar,
        Why: _why,
        ShowMode: _mode,
        Taste: _taste,
        Plain: _plain,
    }
    return by_kind[type(act)](talk, act, assistant)


def _change(talk: Talk, act: Change, assistant: Assistant) -> Talk:
    strength = act.strength
    if act.step is not None:
        now = next((i.strength for i in talk.session.layered if i.key == _key(act)), 0.5)
        strength = min(1.0, max(_STEP, round(now + act.step, 2)))
    one = Edit(
        act.facet, act.value, act.item, strength, act.level, act.parked, act.pinned, act.to_facet, remove=act.remove
    )
    return _edited(talk, one, assistant)


def _key(act: Change) -> tuple[str, str]:
    return Interest(act.facet, act.value, item=act.item).key


def _edited(talk: Talk, one: Edit, assistant: Assistant) -> Talk:
    session = edit(talk.session, [one], assistant.index.catalogue)
    return ranked(talk, session, assistant, _note(session, talk.session))


def _note(after: Session, before: Session) -> str:
    if after.diffs == before.diffs:
        return "That is how it was already; nothing was changed."
    return f"{sentence(told(after.diffs[-1]))} Ranked again without a model."


def _add(talk: Talk, act: Add, assistant: Assistant) -> Talk:
    facet, value = _meant(act.text.strip(), act.facet, assistant)
    item = value if facet == MENTION else ""
    one = Edit(facet, "" if item else value, item, level=act.level, parked=False)
    return _edited(talk, one, assistant)


def _meant(text: str, facet: str, assistant: Assistant) -> tuple[str, str]:
    """The facet and value (for an item: its id) that a typed text means; words that nothing has stay as they are."""
    vocabulary, schema = assistant.vocabulary, assistant.index.schema
    if facet not in (ANY, OPEN):
        return facet, vocabulary.known_value(facet, text) or text
    if facet == ANY:
        for name in schema.of("category", "facet", "name"):
            if known := vocabulary.known_value(name, text):
                return name, known
        if item := vocabulary.find_title(text):
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


def _thumb(talk: Talk, act: Thumb, assistant: Assistant) -> Talk:
    reason = Reason(act.facet, act.value) if act.facet else None
    pick = _pick(talk, act.item, assistant) if act.verdict == "like" else None
    session = feedback(
        talk.session,
        act.verdict,
        act.item,
        assistant.index.catalogue,
        pick,
        reason,
        assistant.searching.composing,
    )
    return ranked(talk, session, assistant, _note(session, talk.session))


def _pick(talk: Talk, item: str, assistant: Assistant) -> Pick | None:
    """The item with its exact shares; None if the catalogue lacks it."""
    if item not in assistant.index.catalogue.row:
        return None
    (pick,) = score_items(assistant.index, talk.session.layered, [item], talk.session.turn, assistant.searching)
    return pick


def _similar(talk: Talk, act: Similar, assistant: Assistant) -> Talk:
    return _edited(talk, Edit(MENTION, item=act.item, strength=_SIMILAR, level="want", parked=False), assistant)


def _why(talk: Talk, act: Why, assistant: Assistant) -> Talk:
    if act.part == "close":
        return replace(talk, open="", standing=None)
    if act.item not in talk.shown:
        raise PenchantError("this item is not among the picks any more")
    session = talk.session
    found = standing(assistant.index, session.layered, act.item, session.hidden, session.turn, assistant.searching)
    return replace(talk, open=act.item, standing=found)


def _mode(talk: Talk, act: ShowMode, assistant: Assistant) -> Talk:
    session = set_mode(talk.session, act.mode)
    shown = {"new": "only what you have not seen", "seen": "only what you have seen", "both": "new and seen"}[act.mode]
    return ranked(talk, session, assistant, f"Showing {shown}.")


def _taste(talk: Talk, act: Taste, assistant: Assistant) -> Talk:
    taste = import_taste(act.text)
    if act.act == "guest":
        note = "Picking for two: what either of you rules out is gone."
        return ranked(replace(talk, guest=taste), talk.session, assistant, note)
    note = (
        f"Imported: {len(taste.interests)} interests and {len(taste.marks)} marked items. Undo brings back the other."
    )
    return ranked(Talk(back=replace(talk, back=None), imported=len(taste.diffs)), taste, assistant, note)


def _plain(talk: Talk, act: Plain, assistant: Assistant) -> Talk:
    return _PLAIN[act.act](talk, assistant)


def _undo(talk: Talk, assistant: Assistant) -> Talk:
    """Takes the last change back; where there is none, the start over or the import before it."""
    if talk.back and len(talk.session.diffs) <= talk.imported:
        return replace(talk.back, note="Brought back what was there before.")
    if not talk.session.diffs:
        return replace(talk, note="There is nothing to take back.")
    note = sentence(f"Taken back: {told(talk.session.diffs[-1])}")
    return ranked(talk, undo(talk.session), assistant, note)


def _redo(talk: Talk, assistant: Assistant) -> Talk:
    if not talk.session.undone:
        return replace(talk, note="There is nothing to bring back.")
    note = sentence(f"Done again: {told(talk.session.undone[-1])}")
    return ranked(talk, redo(talk.session), assistant, note)


def _topic(talk: Talk, assistant: Assistant) -> Talk:
    note = "New topic: what you wanted is set aside; nevers and pinned interests stay."
    return ranked(talk, start_topic(talk.session), assistant, note)


def _over(talk: Talk, assistant: Assistant) -> Talk:
    back = replace(stopped(talk) if talk.busy else talk, back=None)
    return ranked(Talk(back=back), Session(), assistant, "Started over. Undo brings everything back.")


def _forget(talk: Talk, assistant: Assistant) -> Talk:
    return ranked(Talk(), Session(), assistant, "Forgotten: this page and this browser keep nothing of you.")


def _solo(talk: Talk, assistant: Assistant) -> Talk:
    return ranked(replace(talk, guest=None), talk.session, assistant, "Picking for you alone.")


def _stop(talk: Talk, assistant: Assistant) -> Talk:
    return stopped(talk) if talk.busy else talk


def _export(talk: Talk, assistant: Assistant) -> Talk:
    return replace(
        talk, note="Your taste is in the file penchant-taste.json; it is yours to read, keep and bring back."
    )


_PLAIN: Mapping[str, Callable[[Talk, Assistant], Talk]] = {
    "undo": _undo,
    "redo": _redo,
    "topic": _topic,
    "over": _over,
    "forget": _forget,
    "export": _export,
    "solo": _solo,
    "stop": _stop,
}


def exported(talk: Talk) -> str:
    """The file of one's taste."""
    return export_taste(talk.session)
