"""Questions to the person, and the options of their answers, in words. Knows nothing of when they are asked."""

from __future__ import annotations

from penchant.retriever import Question, Schema


def question_text(question: Question, schema: Schema) -> str:
    """The question in words."""
    options = [option_text(option) for option in question.options]
    listed = f"{', '.join(options[:-1])} or {options[-1]}"
    name = question.facet.replace("_", " ")
    start = {"category": "Would you like", "number": f"How about {name}"}.get(
        schema.kind(question.facet) or "", f"Which {name}"
    )
    return f"{start} {listed}?" if start == "Would you like" else f"{start}: {listed}?"


def option_text(value: str) -> str:
    """An option in words: "below 1990" for "< 1990"."""
    if value.startswith("< "):
        return f"below {value[2:]}"
    if value.startswith("> "):
        return f"above {value[2:]}"
    return value.replace("..", " to ")
