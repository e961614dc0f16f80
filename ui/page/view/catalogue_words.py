"""What the page says of a catalogue to everybody: fields, values to complete what is typed, messages to begin with.

Made once, when the catalogue is opened: it sorts the whole vocabulary. Knows nothing of visitors.
"""

from __future__ import annotations

from dataclasses import dataclass

from penchant.assistant import Assistant
from penchant.retriever import Index, Schema

from ..words import facet_name
from .template_data import Data

_DEMO_EXAMPLES = (
    "something funny about space, but no horror",
    "cyberpunk films and music to match",
    "想看轻松的科幻片，但不要恐怖",
)
_DEMO_VALUES = ("funny", "space", "horror", "cyberpunk", "film", "album")
"""A catalogue that has these can answer the examples."""


@dataclass(frozen=True, slots=True)
class CatalogueWords:
    """fields: the facets to which an interest can be added; suggestions: common values; examples: whole messages."""

    fields: list[Data]
    suggestions: list[str]
    examples: tuple[str, ...]


def catalogue_words(assistant: Assistant) -> CatalogueWords:
    """All of them, for one catalogue."""
    index = assistant.index
    return CatalogueWords(fields(index.schema), suggestions(index), examples(assistant))


def fields(schema: Schema) -> list[Data]:
    """The facets to which an interest can be added."""
    names = schema.of("category", "facet", "name", "number")
    return [
        {"name": "*", "label": "anywhere"},
        *({"name": n, "label": facet_name(n, schema)} for n in names if n != schema.prior),
        {"name": "", "label": "in your words"},
    ]


def suggestions(index: Index, most: int = 120) -> list[str]:
    """The commonest values, to complete what is being typed."""
    every = [pair for values in index.catalogue.value_counts.values() for pair in values.items()]
    return list(dict.fromkeys(value for value, _ in sorted(every, key=lambda pair: -pair[1])))[:most]


def examples(assistant: Assistant) -> tuple[str, ...]:
    """Messages for a first visit, from what the catalogue has."""
    schema, gazetteer = assistant.index.schema, assistant.gazetteer
    if all(map(gazetteer.is_value, _DEMO_VALUES)):
        return _DEMO_EXAMPLES
    common = {name: gazetteer.common_values(name, 20) for name in schema.of("facet")}
    values = [common[name][:4] for name in sorted(common, key=lambda name: -len(common[name])) if common[name]]
    title = next((item.title for item in assistant.index.catalogue.items if len(item.title) < 40), "")
    made = [
        f"something {values[0][0]}, but no {values[0][-1]}" if values and len(values[0]) > 1 else "",
        f"{values[0][1]} and {values[1][0]}" if len(values) > 1 and len(values[0]) > 1 else "",
        f"something like {title}" if title else "",
    ]
    return tuple(text for text in made if text)
