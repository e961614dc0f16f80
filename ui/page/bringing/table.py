"""What the page shows of a file that is becoming a catalogue: how far it is, and what each column was taken for.

Plain data. Knows nothing of markup or of what a button does.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from penchant.assistant.explanation.words import Speech, retold
from penchant.retriever import CatalogueFile
from penchant.retriever.catalogue import samples
from penchant.retriever.catalogue.inference import Column
from penchant.retriever.catalogue.schema import Kind

from .corrections import Correction
from .draft import Draft
from .limits import LARGEST_FILE, size_words

KINDS: tuple[Kind, ...] = ("facet", "name", "category", "number", "text", "hidden")
_SURE = 0.6
_SHOWN_BAD = 5
_BESIDE = (" (from)", " (to)")
"""Ends of the names that a column of ranges is split into; it cannot be chosen as one."""


def draft_part(draft: Draft | None, own: Sequence[str], speech: Speech) -> dict[str, Any]:
    """The data of the dialog. own: the catalogues that were brought here, and can be removed."""
    kinds = speech.say("drop kinds", largest=size_words(LARGEST_FILE))
    data: dict[str, Any] = {"offered": True, "kinds_of_file": kinds, "own": [_own(name, speech) for name in own]}
    if draft is None:
        return data
    begun = draft.stage != "failed"
    data |= {draft.stage: True, "begun": begun, "file": draft.file, "problem": retold(draft.problem, speech.language)}
    if draft.stage in ("coming", "indexing"):
        done, total = (draft.come, draft.size) if draft.stage == "coming" else (draft.done, draft.total)
        data |= {"done": done, "total": max(1, total), "told": _told(draft, speech)}
    if draft.stage == "read" and draft.read:
        data |= _table(draft, draft.read, speech)
    return data


def _own(name: str, speech: Speech) -> dict[str, str]:
    return {"name": name, "question": speech.say("remove it", name=name), "act": _json(act="unshelve", name=name)}


def _json(**data: str) -> str:
    return json.dumps(data, ensure_ascii=False)


def _told(draft: Draft, speech: Speech) -> str:
    if draft.stage == "coming":
        return speech.say("have come", come=size_words(draft.come), size=size_words(draft.size))
    if not draft.total:
        return speech.say("opening encoder")
    return speech.say("are indexed", done=f"{draft.done:,}", total=f"{draft.total:,}")


def _table(draft: Draft, read: CatalogueFile, speech: Speech) -> dict[str, Any]:
    names = [column.name for column in read.columns if not column.name.endswith(_BESIDE)]
    keys = (read.keys.identity, *read.keys.title)
    every = list(dict.fromkeys([*filter(None, keys), *names]))
    title = ", ".join(read.keys.title)
    return {
        "name": draft.name,
        "has": speech.say("has items", file=draft.file, n=f"{len(read.items):,}"),
        "index": speech.say("index items", n=f"{len(read.items):,}"),
        "identity": _choices(every, draft.identity or read.keys.identity, speech.say("made from rows")),
        "titles": _choices(every, draft.title or title, title),
        "kinds": [{"kind": kind, "words": speech.say(f"kind {kind}")} for kind in KINDS],
        "columns": [_row(column, draft.corrections.get(column.name, Correction())) for column in read.columns],
        "notes": _notes(read, speech),
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
        "warnings": [] if said.kind else [*([f"from {column.source}"] if column.source else []), *column.warnings],
    }


def _notes(read: CatalogueFile, speech: Speech) -> list[str]:
    """What happened to the rows."""
    left, say = len(read.left_out), speech.say
    merged = say("merged row" if read.merged == 1 else "merged rows", n=f"{read.merged:,}") if read.merged else ""
    told = [say("bad line", line=str(row.line), file=row.file, why=row.reason) for row in read.left_out[:_SHOWN_BAD]]
    more = say("more bad", n=f"{left - _SHOWN_BAD:,}") if left > _SHOWN_BAD else ""
    head = say("left one row" if left == 1 else "left rows", n=f"{left:,}") if left else ""
    return [note for note in (merged, head, *told, more) if note]
