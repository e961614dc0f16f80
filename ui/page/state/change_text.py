"""What a change was, in words for the person who made it.

Knows the session's diffs, and nothing of how they are made or shown.
"""

from __future__ import annotations

from penchant.assistant import Change, Diff

from ..words import label_words, shortened

_LONGEST = 90
_VERDICTS = {
    "like": "liked",
    "dislike": "not for you:",
    "seen": "seen:",
    "later": "not now:",
    "clear": "took back what you said of",
}


def change_text(diff: Diff) -> str:
    """A part of a sentence, such as: “themes: space” is now a never."""
    if diff.kind == "message":
        return f"“{shortened(diff.quote, _LONGEST)}”"
    if diff.kind == "lapse":
        return shortened(diff.quote, _LONGEST)
    if diff.kind == "feedback":
        verdict, _, rest = diff.quote.partition(": ")
        return shortened(f"{_VERDICTS.get(verdict, verdict)} {rest}", _LONGEST)
    if diff.quote == "new topic" or not diff.changes:
        return shortened(diff.quote, _LONGEST)
    return "; ".join(_edited(diff))


def _edited(diff: Diff) -> list[str]:
    gone = [label_words(c.before) for c in diff.changes if c.before and c.after is None]
    new = [label_words(c.after) for c in diff.changes if c.before is None and c.after]
    if len(gone) == len(new) == 1:
        return [f"{_quoted(gone[0])} is now {_quoted(new[0])}"]
    return [_change(change) for change in diff.changes]


def _change(change: Change) -> str:
    before, after = change.before, change.after
    if before is None or after is None:
        known = before or after
        return f"{'removed' if after is None else 'added'} {_quoted(label_words(known)) if known else ''}"
    label = _quoted(label_words(after))
    if before.level != after.level:
        return f"{label} is now a {after.level}"
    if before.parked != after.parked:
        return f"{'set aside' if after.parked else 'brought back'} {label}"
    if before.pinned != after.pinned:
        return f"{'pinned' if after.pinned else 'unpinned'} {label}"
    return f"{label} has strength {round(100 * after.strength)} of 100"


def _quoted(label: str) -> str:
    return f"“{shortened(label)}”"
