"""Which path served a turn, and what it cost, in words of the language of the turn. Knows nothing of the screen."""

from __future__ import annotations

from penchant.assistant import Reply
from penchant.assistant.explanation.words import Speech


def served_words(reply: Reply, speech: Speech) -> str:
    """Who understood and explained, and how many requests and tokens that took of a model; nothing where there was no
    model to ask."""
    explained = "rules" if reply.explained_by == "shares" else reply.explained_by
    if reply.understood_by == explained == "rules" and not (reply.usage.calls or reply.early):
        return ""
    one, other = (speech.say("rules") if path == "rules" else path for path in (reply.understood_by, explained))
    text = speech.say("answered by" if one == other else "answered by two", one=one, other=other)
    calls, tokens = reply.usage.calls, reply.usage.input_tokens + reply.usage.output_tokens
    if not calls:
        return text
    cost = [speech.say("request" if calls == 1 else "requests", n=str(calls))]
    cost += [speech.say("tokens", n=f"{tokens:,}")] if tokens else []
    return speech.say("served with cost", served=text, cost=speech.phrases["comma"].join(cost))
