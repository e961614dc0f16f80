"""Questions about the catalogue as a whole: "how many do you have", "what brands are there", what a word in it means,
whether something is in it, and what of all that it has is the most of something.

English. Knows the catalogue's fields by their words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from penchant.retriever import OPEN, Interest, is_order
from penchant.retriever.catalogue.inference import words_of

from ...session import Asked, Session, Understanding
from ..following import asks_of_all, is_beyond_screen, points_at_shown, sets_limit
from ..linking import is_of_all, is_of_shown
from ..text import forms, tokens
from .fields_asked import FieldsAsked
from .kinds import asks
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
_IN_HERE = r"""(?:(?:in|on|among|amongst|within|from)\s+(?:there|here|your\s+(?:\w+\s+)?\w+
    |(?:the|this)\s+(?:whole\s+)?(?:catalogue|catalog|collection|list|shop|store|database|range))
    |available|in\s+stock|listed|at\s+all|please|by\s+(?:any\s+)?chance)"""
_HELD = re.compile(
    rf"""{_LED}(?:(?:
      (?:do|did|would)\s+(?:you|they)(?:\s+guys)?\s+(?:(?:happen\s+to|also|even|still)\s+)?
        (?:have|sell|stock|carry|keep|offer|do|list|serve)
      | have\s+(?:you|they)(?:\s+got)? | (?:is|are)\s+there | (?:you\s+)?got)
      \s+(?P<has>[^?.!,;]+?)(?:\s+{_IN_HERE})*\W*$
    | (?:is|are)\s+(?P<is>(?!there\b)[^?.!,;]+?)(?:\s+{_IN_HERE})+\W*$
    | (?P<any>any(?:thing|body|one)?\s+[^?.!,;]+?)(?:\s+{_IN_HERE})+\W*$)""",
    re.I | re.X,
)
_CALLED = re.compile(r"^(?:(?:any|some)(?:thing|body|one)?\s+(?:by|from|called|of)\s+|(?:any|an?|some|the)\s+)+", re.I)
_DESCRIBED = re.compile(
    r"""\b(?:something|anything|someone|ones?|more|others?|else|it|its|that|these|those|this|them|they|he|she|any|some|
    with|without|under|over|above|below|for|who|which|than|like|as|about|between|at|least|less|most|best|not|no|or|and|much|many|enough|
    [a-z]{3,}est|similar|other|different|new|good|cheap|free)\b|\d\s*(?:[€$£%]|\w+s\b)""",
    re.I | re.X,
)
"""What is asked for in such words is a wish, and not whether a thing of that name is there."""
_LONGEST = 6
_FOR = re.compile(r"\b(?:for|with|about|without|like)\s+(?:an?\s+|the\s+|my\s+|some\s+)?$", re.I)
_STEM = 3
_WHOLE = 0.6
_TOLD = 5


@dataclass(frozen=True)
class WholeCatalogue:
    """Reads questions about one catalogue as a whole."""

    fields: FieldsAsked
    values: ValuesAsked

    def read(
        self, text: str, session: Session, said: Understanding, named: Sequence[str], meant: Sequence[str]
    ) -> Understanding | None:
        """What a text says that asks of the catalogue as a whole; `meant`: the items that a word of it would be of."""
        if whole := self.asked(text, named):
            return Understanding("ask", about=tuple(meant[:1]), asked=whole)
        found = self.held(text, said) or self.leading(text, session, said, named)
        return found or self.wanted(text, session, said, named)

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

    def held(self, text: str, said: Understanding) -> Understanding | None:
        """Of "do you stock ski boots", that there are none, or that what is called so is there; None where it is no
        such question, or is answered by what is shown."""
        match = _HELD.match(text)
        named = next((m for m in (match["has"], match["is"], match["any"]) if m), "") if match else ""
        thing = _CALLED.sub("", named.strip())
        if match is None or not 0 < len(thing.split()) <= _LONGEST or said.seen or said.dropped:
            return None
        whole = Interest(OPEN, thing, _WHOLE, quote=text.strip())
        if _DESCRIBED.search(thing):
            pointed = not match["has"] or said.about or _POINTED.search(thing)
            return None if pointed else _wished(said, (whole,))
        if titles := self._titled(thing):
            return Understanding("ask", about=titles, asked=Asked("held", words=thing))
        if self._is_of_item(thing):
            return None
        if (values := self._values_in(thing)) or self._is_said(thing):
            return _wished(said, values)
        kept = (i for i in said.interests if i.facet != OPEN)
        absent = replace(said, interests=(*kept, whole), asked=Asked("held", words=thing))
        return replace(absent, intent="refine", about=())

    def _titled(self, thing: str) -> tuple[str, ...]:
        """The items (ids) of that title, else those whose titles have these words side by side: "iPhone 14"."""
        gazetteer = self.fields.gazetteer
        if title := gazetteer.find_title(thing):
            return (title,)
        said = forms(thing)
        if len(said) < 2 or self._values_in(thing):
            return ()
        known = ((item.id, forms(item.title)) for item in gazetteer.catalogue.items)
        runs = ((item, [own[n : n + len(said)] for n in range(len(own))]) for item, own in known)
        return tuple(sorted((i for i, own in runs if said in own), key=gazetteer.prior, reverse=True)[:_TOLD])

    def _is_of_item(self, thing: str) -> bool:
        """Whether it is asked of an item, with its title: "is there a lot of violence in Alien?"."""
        words = tokens(thing)
        titled = (m for m in self.values.linker.find(thing, words) if any(e.kind == "title" for e in m.entries))
        return any(m.last - m.first < len(words) and words[m.first].text[0].isupper() for m in titled)

    def _values_in(self, thing: str) -> tuple[Interest, ...]:
        """The values and names that words stand for, as wishes."""
        matches = self.values.linker.find(thing, tokens(thing))
        entries = [m.entries[0] for m in matches if m.entries[0].kind != "title"]
        return tuple(Interest(entry.facet, entry.value, quote=thing) for entry in entries)

    def _is_said(self, thing: str) -> bool:
        """Whether the words of some row have those of a thing side by side, or the catalogue's fields are called so."""
        words, catalogue = tokens(thing), self.fields.gazetteer.catalogue
        called = set(forms(" ".join(" ".join(words_of(field.name)) for field in catalogue.schema.fields)))
        beginnings = (re.escape(w.form[: max(_STEM, len(w.form) - 1)]) for w in words)
        phrase = re.compile(r"\W+".join(rf"\b{beginning}\w*" for beginning in beginnings))
        rows = (catalogue.words(row) for row in range(len(catalogue)))
        return {w.form for w in words} <= called or any(map(phrase.search, rows))

    def leading(self, text: str, session: Session, said: Understanding, named: Sequence[str]) -> Understanding | None:
        """What has the most of something of all that there is, whatever is on screen: that is shown, in that order, and
        said; None where it is asked of what is shown."""
        wished = any(i.level == "want" and not i.parked for i in session.interests)
        named_beyond = self._named_beyond(text, session, named)
        of_all = is_of_all(text) or bool(named_beyond)
        if not (of_all or (not wished and not named and asks(text) and not is_of_shown(text))):
            return None
        orders = self.values.orders(text)[:1]
        if not orders:
            return None
        kept = tuple(i for i in said.interests if i.facet != OPEN or _FOR.search(_before(text, i.quote)))
        kept += () if any(i.facet != OPEN and not is_order(i) for i in kept) else named_beyond
        kept += tuple(
            i for pair in orders if (i := Interest(*pair, quote=text.strip())).key not in {k.key for k in kept}
        )
        most = replace(self.values.most(text), values=tuple(orders))
        return replace(said, intent="refine" if wished else "recommend", interests=kept, about=(), asked=most)

    def wanted(self, text: str, session: Session, said: Understanding, named: Sequence[str]) -> Understanding | None:
        """What is wanted by a question of all that there is: "is there one in the Bronx?", "which have wifi?"."""
        moves = said.seen or said.later or said.dropped
        named_beyond = self._named_beyond(text, session, named) if asks_of_all(text) and not moves else ()
        return _wished(said, named_beyond) if named_beyond else None

    def _named_beyond(self, text: str, session: Session, named: Sequence[str]) -> tuple[Interest, ...]:
        """What a text names, values and limits, that not all that is shown is, if it points at nothing shown."""
        pointed = (named and not sets_limit(text)) or points_at_shown(text)
        if pointed or not (session.shown and session.interests):
            return ()
        wishes = tuple(Interest(*pair, quote=text.strip()) for pair in self.values.of(text))
        return wishes if is_beyond_screen(wishes, session, self.fields.gazetteer) else ()

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


def _wished(said: Understanding, wishes: tuple[Interest, ...]) -> Understanding | None:
    """What is said as a wish; where nothing was heard as one, with these. None where there are none."""
    heard = said.interests or wishes
    intent = said.intent if said.intent in ("recommend", "new_topic") else "refine"
    return replace(said, intent=intent, interests=heard, about=(), asked=Asked()) if heard else None


def _before(text: str, quote: str) -> str:
    """What stands before a stretch of a text."""
    return text.partition(quote)[0] if quote and quote != text.strip() else ""
