"""For whom and for what occasion something is to be, as a model read it, and what children are kept from then.

Also what a model wrote as one value and means as several. Knows the catalogue's values by their words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from penchant.retriever import Interest

from ...understanding.acts import unfit_for_children
from ...understanding.linking import Gazetteer
from .response import Occasion, Tag

_OR = re.compile(r"\s*(?:\bor\b|\||/|,|，|、|或者?)\s*", re.I)


def said_of_a_wish(said: Occasion, message: str, asks: bool) -> Occasion:
    """What counts of it: nothing beside a question, and children only where the message has the words for them, as that
    rules things out."""
    if asks:
        return said.model_copy(update={"value": "", "children": False})
    quote = plainly(said.quote)
    return said.model_copy(update={"children": said.children and bool(quote) and quote in plainly(message)})


def plainly(text: str) -> str:
    """A text in which letters, and not how they are written, tell."""
    return " ".join(text.replace("’", "'").casefold().split())


def occasion_tags(said: Occasion) -> Iterator[Tag]:
    """It is a wish in words, as "for a date" is."""
    if said.value.strip():
        yield Tag(facet="", value=said.value, level="want", strength=1.0, quote=said.quote)


def kept_from_children(said: Occasion, wanted: Collection[Interest], gazetteer: Gazetteer) -> list[Interest]:
    """The nevers that go without saying where a child is along, unless such a thing is wanted."""
    if not said.children:
        return []
    keys = {i.key for i in wanted if i.level == "want"}
    unfit = [Interest(facet, value, level="never", quote=said.quote) for facet, value in unfit_for_children(gazetteer)]
    return [i for i in unfit if i.key not in keys]


def alternatives(tag: Tag, gazetteer: Gazetteer) -> Iterator[Tag]:
    """A tag for each of the values of "comedy or thriller", where the catalogue knows each and not the whole; else the
    tag itself."""
    parts = [part for part in _OR.split(tag.value.strip()) if part]
    if len(parts) < 2 or _is_known(tag.facet, tag.value, gazetteer):
        yield tag
        return
    apart = all(_is_known(tag.facet, part, gazetteer) for part in parts)
    yield from (tag.model_copy(update={"value": part}) for part in parts) if apart else [tag]


def _is_known(facet: str, value: str, gazetteer: Gazetteer) -> bool:
    kind = gazetteer.schema.kind(facet)
    known = kind in ("facet", "name", "category") and gazetteer.known_value(facet, value)
    return bool(known or (not facet and gazetteer.only_value(value)))
