"""What a change was, in words for the person who made it.

Knows the session's diffs, and nothing of how they are made or shown.
"""

from __future__ import annotations

from penchant.assistant import Change, Diff

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
    if diff.kind == "feedback":
        verdict, _, rest = diff.quote.partition(": ")
        return shortened(f"{_VERDICTS.get(verdict, verdict)} {rest}", _LONGEST)
    if diff.quote == "new topic" or not diff.changes:
        return shortened(diff.quote, _LONGEST)
    return "; ".join(_edited(diff))


def _edited(diff: Diff) -> list[str]:
    gone = [c.before.label for c in diff.changes if c.before and c.after is None]
    new = [c.after.label for c in diff.changes if c.before is None and c.after]
    if len(gone) == len(new) == 1:
        return [f"{_quoted(gone[0])} is now {_quoted(new[0])}"]
    return [_change(change) for change in diff.changes]


def _change(change: Change) -> str:
    before, after = change.before, change.after
    if before is None or after is None:
        known = before or after
        return f"{'removed' if after is None else 'added'} {_quoted(known.label) if known else ''}"
    label = _quoted(after.label)
    if before.level != after.level:
        return f"{label} is now a {after.level}"
    if before.parked != after.parked:
        return f"{'set aside' if after.parked else 'brought back'} {label}"
    if before.pinned != after.pinned:
        return f"{'pinned' if after.pinned else 'unpinned'} {label}"
    return f"{label} has strength {round(100 * after.strength)} of 100"


def _quoted(label: str) -> str:
    return f"“{shortened(label)}”"


def shortened(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?', '…', '。')) else '.'}"
