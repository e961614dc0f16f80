"""What a catalogue holds, as plain data for programs and models: its fields, their kinds, their commonest values.

Knows nothing of conversations.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from penchant.assistant import Assistant

_VALUES = 30


def schema_facts(assistant: Assistant) -> dict[str, Any]:
    """The number of items, and of each field that may be wanted or ruled out: its kind, and values or a range."""
    catalogue = assistant.index.catalogue
    fields: list[dict[str, Any]] = []
    for field in catalogue.schema.fields:
        if field.kind in ("category", "facet", "name"):
            values = assistant.gazetteer.common_values(field.name, _VALUES)
            fields.append({"name": field.name, "kind": field.kind, "commonest": values})
        elif field.kind == "number":
            known = catalogue.numbers[field.name]
            known = known[~np.isnan(known)]
            bounds = {"least": float(known.min()), "most": float(known.max())} if len(known) else {}
            fields.append({"name": field.name, "kind": "number", **bounds})
    return {"items": len(catalogue), "fields": fields}
