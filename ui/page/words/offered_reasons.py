"""Which reasons a card offers to whoever does not want it: few, of every kind, and none against what was wished for.

Knows nothing of markup or of what a reason does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import zip_longest

from penchant.assistant import Reason, reasons
from penchant.assistant.explanation.words import Speech
from penchant.retriever import Catalogue, Interest, Item, Schema
from penchant.retriever.catalogue import normalise

from .reason_words import reason_words

_MOST = 8
_ORDER = ("number", "facet", "category", "name")
"""What is asked about first: how long, how old; then what it is like."""


def offered_reasons(
    item: Item, interests: Sequence[Interest], catalogue: Catalogue, speech: Speech
) -> list[dict[str, str]]:
    """The reasons in everyday words, each with what it adds to a dislike."""
    wished = [i for i in interests if i.level == "want" and not i.parked]
    fit = [one for one in reasons(item, catalogue) if not _undoes(one, wished, catalogue.schema)]
    return [_shown(reason, catalogue.schema, speech) for reason in list(_mixed(fit, catalogue.schema))[:_MOST]]


def _undoes(reason: Reason, wished: Sequence[Interest], schema: Schema) -> bool:
    """Whether it is about something that was wished for: "only films" must not become "no films"."""
    about = [i for i in wished if i.facet == reason.facet]
    if schema.kind(reason.facet) == "category":
        return bool(about)
    return normalise(reason.value) in {normalise(i.value) for i in about}


def _mixed(every: Sequence[Reason], schema: Schema) -> Iterator[Reason]:
    """By the kinds of their fields, and of fields of one kind in turn."""
    for kind in _ORDER:
        fields = [[r for r in every if r.facet == name] for name in schema.of(kind)]  # type: ignore[arg-type]
        yield from (reason for row in zip_longest(*fields) for reason in row if reason)


def _shown(reason: Reason, schema: Schema, speech: Speech) -> dict[str, str]:
    return {"text": reason_words(reason, schema, speech), "act": json.dumps(asdict(reason), ensure_ascii=False)}
