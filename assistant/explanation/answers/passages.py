"""What no field answers: the sentence of an item's text that is nearest to the question, or that nothing is known.

Knows texts, and how near a sentence is to the question. Knows nothing of values.
"""

from __future__ import annotations

import re

from penchant.retriever import Item, Schema

from ...session import Asked
from ...understanding.text import CHATTER, STOPWORDS, forms, tokens
from ..words import Explainable, Speech, field_name, shortened
from .held_values import fact_of_each, near_fact

_NEAR, _AT_ALL = 0.4, 0.1
"""A sentence that is so near answers; where one is less near, all is told beside that nothing is known."""
_LONGEST = 280
_SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s*")


def passage_of(asked: Asked, reply: Explainable, schema: Schema, speech: Speech, only_if_near: bool = False) -> str:
    """What the text of the first item says to it."""
    item = reply.about[0].item
    passage, nearness = reply.passages[0] if reply.passages else ("", 0.0)
    if passage and (nearness >= _NEAR or _shares_a_word(asked, item, passage)):
        return speech.say("in text", title=item.title, text=_closed(passage, speech))
    if only_if_near:
        return ""
    if near := near_fact(item, schema.field(reply.near), speech):
        return near
    said = speech.say("only text", text=_closed(prose_of(item, schema), speech)) if nearness >= _AT_ALL else ""
    return speech.joined([unsaid(asked, item, schema, speech), said])


def passages_of(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """Of several items those whose texts have a word of the question."""
    pairs = zip(reply.about, reply.passages, strict=False)
    telling = [(p.item, text) for p, (text, _) in pairs if text and _shares_a_word(asked, p.item, text)]
    if not telling:
        field = schema.field(reply.near)
        each = fact_of_each([pick.item for pick in reply.about], field, speech) if field else ""
        return each or speech.say("not known of these")
    return speech.joined([speech.say("in text", title=i.title, text=_closed(t, speech)) for i, t in telling[:2]])


def prose_of(item: Item, schema: Schema) -> str:
    """The first sentences of an item's text."""
    every = [*(value for name in schema.of("text") for value in item.values(name)), item.text]
    text = " ".join(next((t for t in every if t.strip()), "").split())
    kept = ""
    for sentence in _SENTENCE_END.split(text):
        if len(kept) + len(sentence) > _LONGEST:
            break
        kept += f"{sentence} "
    return kept.strip() or shortened(text, _LONGEST)


def unsaid(asked: Asked, item: Item, schema: Schema, speech: Speech) -> str:
    """That the catalogue has no answer."""
    asked_of = (*asked.fields, *(name for name, _ in asked.values))
    field = next((f for name in asked_of if (f := schema.field(name)) and not item.values(name)), None)
    if field:
        return speech.say("no value", title=item.title, field=field_name(field, speech))
    return speech.say("not known", title=item.title)


def _shares_a_word(asked: Asked, item: Item, passage: str) -> bool:
    title = set(forms(item.title))
    words = {w.form for w in tokens(asked.words) if w.text.casefold() not in STOPWORDS | CHATTER and len(w.form) > 2}
    return bool((words - title) & set(forms(passage)))


def _closed(text: str, speech: Speech) -> str:
    """A sentence with its stop."""
    return text if text.endswith((".", "!", "?", "。", "！", "？")) else text.rstrip(";；,，") + speech.phrases["stop"]
