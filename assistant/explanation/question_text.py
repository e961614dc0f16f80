"""Questions to the person, and the options of their answers, in words. Knows nothing of when they are asked."""

from __future__ import annotations

from penchant.retriever import Question, Schema

from .words import Speech, field_name, range_text


def question_text(question: Question, schema: Schema, speech: Speech) -> str:
    """The question in words."""
    field = schema.field(question.facet)
    if field is None:
        return ""
    number = field.kind == "number"
    options = [range_text(field, option, speech, named=True) if number else option for option in question.options]
    key = {"category": "ask category", "number": "ask number"}.get(field.kind, "ask which")
    return speech.say(key, field=field_name(field, speech), options=speech.listed(options, "or"))
