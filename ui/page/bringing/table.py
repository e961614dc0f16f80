"""What the page shows of a file that is becoming a catalogue: how far it is, and what each column was taken for.

Plain data. Knows nothing of markup or of what a button does.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from penchant.retriever import CatalogueFile
from penchant.retriever.catalogue import samples
from penchant.retriever.catalogue.inference import Column
from penchant.retriever.catalogue.schema import Kind

from .corrections import Correction
from .draft import Draft
from .limits import LARGEST_FILE, size_words

KINDS: tuple[tuple[Kind, str], ...] = (
    ("facet", "what it is like"),
    ("name", "who or where"),
    ("category", "kind of thing"),
    ("number", "number"),
    ("text", "prose"),
    ("hidden", "not used"),
)
_SURE = 0.6
_SHOWN_BAD = 5
_BESIDE = (" (from)", " (to)")
"""Ends of the names that a column of ranges is split into; it cannot be chosen as one."""


def draft_part(draft: Draft | None, own: Sequence[str]) -> dict[str, Any]:
    """The data of the dialog. own: the catalogues that were brought here, and can be removed."""
    data: dict[str, Any] = {"offered": True, "largest": size_words(LARGEST_FILE), "own": [_own(name) for name in own]}
    if draft is None:
        return data
    begun = draft.stage != "failed"
    data |= {draft.stage: True, "begun": begun, "file": draft.file, "problem": draft.problem}
    if draft.stage in ("coming", "indexing"):
        done, total = (draft.come, draft.size) if draft.stage == "coming" else (draft.done, draft.total)
        data |= {"done": done, "total": max(1, total), "told": _told(draft)}
    if draft.stage == "read" and draft.read:
        data |= _table(draft, draft.read)
    return data


def _own(name: str) -> dict[str, str]:
    return {"name": name, "act": _json(act="unshelve", name=name)}


def _json(**data: str) -> str:
    return json.dumps(data, ensure_ascii=False)


def _told(draft: Draft) -> str:
    if draft.stage == "coming":
        return f"{size_words(draft.come)} of {size_words(draft.size)} have come"
    return f"{draft.done:,} of {draft.total:,} items" if draft.total else "Opening the encoder"


def _table(draft: Draft, read: CatalogueFile) -> dict[str, Any]:
    names = [column.name for column in read.columns if not column.name.endswith(_BESIDE)]
    keys = (read.keys.identity, *read.keys.title)
    every = list(dict.fromkeys([*filter(None, keys), *names]))
    title = ", ".join(read.keys.title)
    return {
        "name": draft.name,
        "count": f"{len(read.items):,}",
        "identity": _choices(every, draft.identity or read.keys.identity, "made from what a row says"),
        "titles": _choices(every, draft.title or title, title),
        "kinds": [{"kind": kind, "words": words} for kind, words in KINDS],
        "columns": [_row(column, draft.corrections.get(column.name, Correction())) for column in read.columns],
        "notes": _notes(read),
    }


def _choices(names: Sequence[str], chosen: str, otherwise: str) -> list[dict[str, Any]]:
    """The columns; before them what holds where the choice is none of them."""
    first = [] if chosen in names else [{"name": "", "text": otherwise, "on": True}]
    return [*first, *({"name": name, "text": name, "on": name == chosen} for name in names)]


def _row(column: Column, said: Correction) -> dict[str, Any]:
    return {
        "column": column.name,
        "subject": _json(column=column.name),
        "name": said.name or column.name,
        "kind": said.kind or column.kind,
        "unit": column.unit if said.kind in (None, column.kind) else "",
        "unsure": column.sure < _SURE and not said.kind,
        "filled": f"{column.filled:.0%}",
        "samples": samples(column),
        "warnings": [] if said.kind else list(column.warnings),
    }


def _notes(read: CatalogueFile) -> list[str]:
    """What happened to the rows."""
    left = len(read.left_out)
    merged = f"{read.merged:,} rows said the same as one before, and were merged with it" if read.merged else ""
    told = [f"Line {row.line} of {row.file}: {row.reason}" for row in read.left_out[:_SHOWN_BAD]]
    more = f"and {left - _SHOWN_BAD:,} more" if left > _SHOWN_BAD else ""
    head = f"{left:,} {'row is' if left == 1 else 'rows are'} left out:" if left else ""
    return [note for note in (merged, head, *told, more) if note]
