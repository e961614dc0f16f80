"""Finds in the catalogue what a caller names: an item by id or title, kinds of items, values of
facets, an interest to be changed.

What is not there is refused with words that say what is. Knows nothing of how sessions are kept.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from penchant.assistant import Assistant, Edit, FeedbackError, Reason, Session, Verdict
from penchant.retriever import MENTION, OPEN, SUGGESTED, Catalogue, PenchantError
from penchant.retriever.catalogue import Mask
from penchant.retriever.ranking import PRIOR

from .arguments import InterestEdit
from .results import MarkOut

_LISTED = 20


class UnknownName(PenchantError):
    """The catalogue has no such item or kind."""


def find_item(assistant: Assistant, name: str, session: Session) -> str:
    """The id of an item, by its id or its title: the one on screen, if several are called so. Raises UnknownName."""
    if name in assistant.index.catalogue.row:
        return name
    titled = assistant.gazetteer.titled(name)
    exact = [item for item in titled if assistant.gazetteer.title(item).casefold() == name.casefold()]
    found = [item for item in exact if item in session.shown] or exact
    if len(found) > 1:
        raise UnknownName(f"the catalogue has {len(found)} items {name!r}; give one of their ids: {', '.join(found)}")
    if found or titled:
        return next(iter(found), "") or assistant.gazetteer.find_title(name)
    raise UnknownName(f"the catalogue has no item {name!r}; give an item id from an earlier answer, or an exact title")


def find_kinds(assistant: Assistant, kinds: Sequence[str]) -> Mask:
    """The rows of the kinds named, shape (n,): values of the catalogue's category fields. Raises UnknownName."""
    catalogue = assistant.index.catalogue
    known = {field: catalogue.value_counts[field] for field in catalogue.schema.of("category")}
    rows = np.zeros(len(catalogue), dtype=bool)
    for kind in kinds:
        found = [(field, assistant.gazetteer.known_value(field, kind)) for field in known]
        if not any(value for _, value in found):
            values = ", ".join([value for field in known.values() for value in field][:_LISTED])
            raise UnknownName(f"the catalogue has no kind {kind!r}; {f'it has {values}' if values else 'it has none'}")
        for field, value in found:
            rows |= catalogue.holding(field, value)
    return rows


def field_meant(assistant: Assistant, name: str) -> str:
    """A field as the catalogue writes it, in whatever case it is given; else the name as it is."""
    names = (MENTION, *(field.name for field in assistant.index.schema.fields))
    return name if name in names else next((n for n in names if n.casefold() == name.strip().casefold()), name)


def find_value(assistant: Assistant, facet: str, value: str) -> str:
    """A value as the catalogue writes it, if it has it; else as it is."""
    if facet in (OPEN, MENTION):
        return value
    return assistant.gazetteer.known_value(facet, value) or value


def names_what_is_known(assistant: Assistant, facet: str, value: str) -> bool:
    """Whether an interest is called by what the catalogue has, and not by words that somebody said."""
    numbers = assistant.index.schema.of("number")
    return facet in (MENTION, SUGGESTED, PRIOR, *numbers) or bool(assistant.gazetteer.known_value(facet, value))


def edit_meant(one: InterestEdit, session: Session, assistant: Assistant) -> Edit:
    """The edit of an interest that is there, by its value, title or item, or of a new one as the catalogue has it."""
    names = {name: getattr(one, name) for name in ("strength", "level", "parked", "pinned", "remove")}
    one = one.model_copy(update={"facet": field_meant(assistant, one.facet)})
    for old in session.effective_interests:
        if old.facet == one.facet and one.value.casefold() in (old.value.casefold(), old.item.casefold()):
            return Edit(old.facet, old.value, old.item, **names)
    if one.facet == MENTION:
        return Edit(MENTION, one.value, find_item(assistant, one.value, session), **names)
    return Edit(one.facet, find_value(assistant, one.facet, one.value), **names)


def reason_meant(assistant: Assistant, verdict: Verdict, facet: str, value: str) -> Reason | None:
    """Why an item is disliked, if it is said. Raises FeedbackError for a reason of anything else."""
    if not (facet or value):
        return None
    if verdict != "dislike":
        raise FeedbackError(f"a reason is one of a dislike, not of {verdict!r}; leave it out")
    field = field_meant(assistant, facet)
    return Reason(field, find_value(assistant, field, value))


def marks_out(session: Session, catalogue: Catalogue) -> list[MarkOut]:
    """The marks of a session, with titles; what the catalogue no longer has is called by its id."""
    known = ((m, catalogue.get(m.item).title if m.item in catalogue.row else m.item) for m in session.marks)
    return [
        MarkOut(item=mark.item, title=title, kind=mark.kind, also=mark.also, owned=mark.owned) for mark, title in known
    ]
