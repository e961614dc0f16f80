"""What the page says of a catalogue to everybody: fields, values to complete what is typed, messages to begin with.

Made once, when the catalogue is opened: it sorts the whole vocabulary. Knows nothing of visitors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from penchant.assistant import Assistant
from penchant.assistant.explanation.words import Language, Speech
from penchant.retriever import Index, Schema

from ..words import CODES, facet_name, page_speech
from .template_data import Data

_DEMO_VALUES = ("funny", "space", "horror", "cyberpunk", "film", "album")
"""A catalogue that has these can answer the demo's examples."""


@dataclass(frozen=True, slots=True)
class CatalogueWords:
    """suggestions: common values; examples: whole messages, by the language of whoever
    is to send them."""

    suggestions: list[str]
    examples: Mapping[Language, tuple[str, ...]]


def catalogue_words(assistant: Assistant) -> CatalogueWords:
    """All of them, for one catalogue."""
    index = assistant.index
    return CatalogueWords(
        suggestions(index), {language: examples(assistant, page_speech(language)) for language in CODES}
    )


def fields(schema: Schema, speech: Speech) -> list[Data]:
    """The facets to which an interest can be added."""
    names = schema.of("category", "facet", "name", "number")
    return [
        {"name": "*", "label": speech.say("anywhere")},
        *({"name": n, "label": facet_name(n, schema, speech)} for n in names if n != schema.prior),
        {"name": "", "label": speech.say("own words")},
    ]


def suggestions(index: Index, most: int = 120) -> list[str]:
    """The commonest values, to complete what is being typed."""
    every = [pair for values in index.catalogue.value_counts.values() for pair in values.items()]
    return list(dict.fromkeys(value for value, _ in sorted(every, key=lambda pair: -pair[1])))[:most]


def examples(assistant: Assistant, speech: Speech) -> tuple[str, ...]:
    """Messages for a first visit, from what the catalogue has."""
    schema, gazetteer = assistant.index.schema, assistant.gazetteer
    if all(map(gazetteer.is_value, _DEMO_VALUES)):
        return tuple(speech.say(f"demo example {n}") for n in (1, 2, 3))
    say = speech.say
    common = {name: gazetteer.common_values(name, 20) for name in schema.of("facet")}
    values = [common[name][:4] for name in sorted(common, key=lambda name: -len(common[name])) if common[name]]
    title = next((item.title for item in assistant.index.catalogue.items if len(item.title) < 40), "")
    made = [
        say("example never", want=values[0][0], never=values[0][-1]) if values and len(values[0]) > 1 else "",
        say("example two", one=values[0][1], other=values[1][0]) if len(values) > 1 and len(values[0]) > 1 else "",
        say("example like", title=title) if title else "",
    ]
    return tuple(text for text in made if text)
