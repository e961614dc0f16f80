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
    options = [range_text(field, option, speech) if number else option for option in question.options]
    key = {"category": "ask category", "number": "ask number"}.get(field.kind, "ask which")
    return speech.say(key, field=field_name(field, speech), options=speech.listed(options, "or"))


def option_text(value: str, speech: Speech) -> str:
    """An option in words where its field is not known: "below 1990" for "< 1990"."""
    if value.startswith("< "):
        return speech.say("option below", n=value[2:])
    if value.startswith("> "):
        return speech.say("option above", n=value[2:])
    low, dots, high = value.partition("..")
    return speech.say("option between", low=low, high=high) if dots else value
