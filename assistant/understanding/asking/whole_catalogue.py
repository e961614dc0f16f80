"""Questions about the catalogue, and none of its items: "how many do you have", "what brands are there", and what a
word in it means.

English. Knows the catalogue's fields by their words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from penchant.retriever.catalogue.inference import words_of

from ...session import Asked
from ..text import forms
from .fields_asked import FieldsAsked
from .values_asked import ValuesAsked

_LED = r"^\W*(?:(?:and|but|so|ok(?:ay)?|well|hm+|hey|please|just\s+out\s+of\s+interest)\b[\s,:]*)*"
_HAVE = r"""(?:(?:do|have)\s+(?:you|we|they)(?:\s+(?:guys|all))?\b
    |(?:are|is)\s+(?:there|in)\b|you(?:['’]ve)?\s+(?:have|got|carry|sell|stock|cover)\b
    |(?:are\s+)?available\b|exist\b
    |(?:in\s+(?:the|your|this)\s+(?:catalogue|catalog|list|collection|shop|store|database)))"""
_COUNT = re.compile(
    rf"""{_LED}(?:(?:do\s+you\s+know|tell\s+me|can\s+you\s+tell\s+me)\s+)?how\s+many\b(?!\s+of\s+(?:these|those|them))[^?.!]*?\b{_HAVE}""",
    re.I | re.X,
)
_LISTED = re.compile(
    rf"""{_LED}(?:(?:what|which)\s+(?:all\s+)?(?:(?:different|other)\s+)?(?:kinds?\s+of\s+|sorts?\s+of\s+|types?\s+of\s+)?
        (?P<asked>[\w-]+(?:\s+[\w-]+)??)\s+{_HAVE}
    |(?:show|list|name|give|tell)\s+(?:me\s+|us\s+)?(?:all\s+)?(?:of\s+)?(?:the|your)?\s*(?:different\s+|available\s+)?
        (?P<told>[\w-]+(?:\s+[\w-]+)??)(?:\s+(?:that\s+)?{_HAVE}.*)?(?:\W+(?:please|then|thanks?))*\W*$)""",
    re.I | re.X,
)
_MEANS = re.compile(
    r"""\bwhat\s+(?:do|does|did|is)\s+(?:the\s+)?(?P<what>[^?.!]+?)\s+(?:mean|stand\s+for|refer\s+to)\b
    |\bwhat(?:['’]?s|\s+is)\s+(?:the\s+)?meaning\s+of\s+(?P<of>[^?.!]+)
    |\bwhat(?:['’]?s|\s+is)\s+meant\s+by\s+(?P<by>[^?.!]+)""",
    re.I | re.X,
)
_WHAT_IS = re.compile(rf"{_LED}what(?:['’]?s|\s+is|\s+are)\s+an?\s+(?P<what>[\w\s-]+?)\W*$", re.I)
_POINTED = re.compile(
    r"\b(?:it|its|this|that|these|those|them|they|he|she|the\s+(?:first|second|third|last|other))\b", re.I
)
_MORE_SAID = re.compile(r"[.?!;]\s+\w")
_KINDS = ("category", "facet", "name")


@dataclass(frozen=True)
class WholeCatalogue:
    """Reads questions about one catalogue as a whole."""

    fields: FieldsAsked
    values: ValuesAsked

    def asked(self, text: str, named: Sequence[str]) -> Asked | None:
        """What is asked of the catalogue, if that is all that a text does."""
        if word := self._word_meant(text):
            return Asked("meaning", self.fields.of(word), words=word)
        if named or _POINTED.search(text) or _MORE_SAID.search(text):
            return None
        if _COUNT.match(text):
            return Asked("count", values=self.values.of(text))
        listed = _LISTED.match(text)
        field = self._field(listed["asked"] or listed["told"]) if listed else ""
        return Asked("values", (field,)) if field else None

    def _word_meant(self, text: str) -> str:
        """The word whose meaning is asked for: of "what is a blaster", if a field is called so."""
        if means := _MEANS.search(text):
            word: str = (means["what"] or means["of"] or means["by"]).strip(" \"'“”")
            return "" if _POINTED.fullmatch(word) else word
        thing = _WHAT_IS.match(text)
        said = set(forms(thing["what"])) if thing else set()
        called = (set(forms(" ".join(words_of(field.name)))) for field in self.fields.gazetteer.schema.fields)
        return thing["what"] if thing and any(said <= own for own in called) else ""

    def _field(self, words: str) -> str:
        """The field that is called so; of one thing, none of it is asked to be told all."""
        if not words.rstrip().endswith("s"):
            return ""
        schema = self.fields.gazetteer.schema
        return next((name for name in self.fields.of(words) if schema.kind(name) in _KINDS), "")
