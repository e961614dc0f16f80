"""What a change was, in words for the person who made it.

Knows the session's diffs, and nothing of how they are made or shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from penchant.assistant import Change, Diff
from penchant.assistant.explanation.words import Speech, shortened
from penchant.retriever import Pick, Schema

from ..words import label_words

_LONGEST = 90


def change_text(diff: Diff, schema: Schema, speech: Speech) -> str:
    """A part of a sentence, such as: “themes: space” is now a never."""
    if diff.kind == "message":
        return f"“{shortened(diff.quote, _LONGEST)}”"
    if diff.kind == "lapse":
        return shortened(diff.quote, _LONGEST)
    if diff.kind == "feedback":
        verdict, _, rest = diff.quote.partition(": ")
        key = f"did {verdict}"
        return shortened(speech.say(key, what=rest) if speech.has(key) else diff.quote, _LONGEST)
    if diff.quote == "new topic" or not diff.changes:
        return shortened(diff.quote, _LONGEST)
    return speech.phrases["semicolon"].join(_edited(diff, schema, speech))


def gone_text(answer: str, before: Sequence[Pick], now: Sequence[Pick], speech: Speech) -> str:
    """That picks of which an answer speaks are not on screen any more; empty if all are."""
    stays = {pick.item.id for pick in now}
    gone = [f"**{p.item.title}**" for p in before if p.item.id not in stays]
    named = [title.strip("*") for title in gone if title in answer]
    key = "gone since several" if len(named) > 1 else "gone since"
    return speech.say(key, titles=speech.listed(named)) if named else ""


def _edited(diff: Diff, schema: Schema, speech: Speech) -> list[str]:
    gone = [label_words(c.before, schema, speech) for c in diff.changes if c.before and c.after is None]
    new = [label_words(c.after, schema, speech) for c in diff.changes if c.before is None and c.after]
    if len(gone) == len(new) == 1:
        return [speech.say("is now", before=shortened(gone[0]), after=shortened(new[0]))]
    return [_change(change, schema, speech) for change in diff.changes]


def _change(change: Change, schema: Schema, speech: Speech) -> str:
    known = change.after or change.before
    label = shortened(label_words(known, schema, speech)) if known else ""
    return speech.say(_done(change), what=label, n=str(round(100 * known.strength)) if known else "")


def _done(change: Change) -> str:
    """What was done, as the texts call it."""
    before, after = change.before, change.after
    if before is None or after is None:
        return "did remove" if after is None else "did add"
    if before.level != after.level:
        return f"now {after.level}"
    if before.parked != after.parked:
        return "did park" if after.parked else "did unpark"
    if before.pinned != after.pinned:
        return "did pin" if after.pinned else "did unpin"
    return "strength"
