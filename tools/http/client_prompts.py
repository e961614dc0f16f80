"""Tells what a person said from what their chat program asks on its own: a title, tags, follow-ups, search queries.

Such prompts must not become tastes. They are known by their form: a task with the chat in it, or several of these at
once: work on the talk itself, rules on how the answer is written, a role, the user as somebody else, the chat quoted.
People wish for themselves, so a wish has at most one or two of them. Knows nothing of how they are sent.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

TaskKind = Literal["title", "tags", "follow_ups", "queries", "other"]

_TASK = re.compile(r"\s*+#{1,4}[ \t]*+(?:task|instructions?)[ \t]*+:?[ \t]*+\r?\n", re.I)
_HISTORY = "chat_history"
_QUESTION = "(?:user_query|query)"
_CONTEXT = re.compile(r".*</(?:context|source|sources|documents?)>", re.I | re.S)
_TALK = (
    r"(?:conversation|chat(?: (?:history|log|messages?|title))?|discussion|dialogue|exchange|messages?|thread"
    r"|(?:story|roleplay|discussion) so far|new lines"
    r"|(?:user'?s? |follow-?up |speaker'?s )?(?:query|input|question|prompt|responses?)"
    r"|Unterhaltung|Gespräch|conversación|conversazione)\b(?! (?:show|room|film|movie|book|group))"
)
_THE = (
    r"\b(?:the|this|these|that|our|your|its|an?|each|given|following|above|previous|last|latest|diese[rsnm]?|de[rmn]|die"
    r"|das|cette|la|esta|questa)"
)
_MADE = (
    r"\b(?:title|name|subject|topic|headline|caption|summary|summaries|recap|label|phrase|tags?"
    r"|emojis?|facial expression|next reply"
    r"|follow-?ups?|(?:(?:follow-?up|standalone) )?(?:questions|prompts)|standalone question"
    r"|titres?|Titel|Name|título|titolo|Anschlussfragen"
    r"|Folgefragen|questions? de suivi)\b"
)
_MAKE = (
    r"\b(?:generate|create|write|give|provide|suggest|propose|summari[sz]e|rephrase|rewrite|name|extract|return|output"
    r"|produce|choose|pick|draft"
    r"|génère|écris|gib|erstelle|schreibe|schlage|genera|escribe)\b"
)
_WORK = (
    r"\b(?:summari[sz]e|summari[sz]ing|classify|categori[sz]e|label|name|rephrase|translate|interpret|synthesi[sz]e"
    r"|evaluate|analy[sz]e|extract|extracting|store|remember|memori[sz]e|compare"
    r"|decide|determine|judge|read|assign|condense|compress|shorten|rewrite"
    r"|correct|proofread|improve|detect|title|tag|recap|paraphrase)\b"
)
_FOR = (
    r"\b(?:for|of|to|into|from|in|using|summari[sz]ing|categori[sz]ing|describ(?:es|ing)|represent(?:s|ing)|based on"
    r"|für|zu|pour|de|para|per)\b"
)


def _any(*forms: str) -> re.Pattern[str]:
    return re.compile("|".join(forms), re.I | re.M)


_ABOUT_TALK = _any(
    rf"{_MADE}[^.\n]{{0,60}}{_FOR}[^.\n]{{0,40}}\b{_TALK}",
    rf"{_WORK}[^.\n]{{0,90}}{_THE}(?: [\w'’-]+){{0,3}} {_TALK}",
    rf"\b{_TALK}[^.\n]{{0,40}}{_MAKE}[^.\n]{{0,30}}{_MADE}",
    rf"\b{_TALK}[^.\n]{{0,30}}\binto a (?:title|summary)\b",
    rf"\b(?:provide|return|repeat|continue) (?:only )?{_THE} (?:last |latest )?{_TALK}",
)
"""Work on the talk itself, which people look for no films with."""
_QUOTED = "what it is about, quoted"
_WEAK = {
    "what is made": _any(rf"{_MAKE}[^.\n]{{0,60}}{_MADE}"),
    "how it is written": _any(
        r"\bwords?[ -]or[ -](?:less|fewer)|\b(?:\d+|two|three|four|five|six|ten)[ -]words?\b",
        r"\bat most \w+ |\bcharacters?\b",
        r"\bno (?:punctuation|quot)|\b(?:without|avoid) (?:any )?(?:lead-in|quot|punctuation|explanation)",
        r"\btitle[ -]case\b|\bonly[.!]|\bexactly one\b|\bonly (?:return|respond|reply|output|with|the|in)\b",
        r"\b(?:return|reply|respond|answer|output) (?:only|just|with)\b",
        r"\b(?:title|label|name|translation|summary|object|text) only\b|\bnothing (?:but|else)\b|\bwithin \d+ words\b",
        r"\bJSON\b|\bconcise\b|\bbriefly\b|\bword title\b|\bdo(?:n't| not) (?:write|describe|add|include|explain)\b",
        r"\b(?:uniquement|sans (?:guillemets|ponctuation|explications?)|nur (?:ein|den|das|die|mit))\b",
    ),
    "to whom it is said": _any(
        r"\byour task is\b|\byou have been provided\b|\byou exist to\b",
        r"\byou (?:write|generate|create|produce|extract|classify|label|name|summari[sz]e)\b",
        r"\bpause your roleplay\b|\bignore (?:all )?previous\b",
        r"\byou(?:'re| are)(?: an?)? (?:[\w-]+ ){0,3}(?:agent|assistants?|system|translator|model|summari[sz]er)\b",
        rf"\bgiven {_THE}? ?(?:[\w-]+ ){{0,2}}{_TALK}|^[ \t]*+\[[^\]\n]+\][ \t]*+$",
    ),
    "of somebody else": _any(r"\bthe user\b"),
    _QUOTED: _any(
        r"^[^\w\n]*+(?:user|human|message|query|prompt|input|question|thread|(?:chat |new )?(?:history|lines))[ \t]*+:",
        rf"\bhere is {_THE} {_TALK}[ \t]*+:|^[ \t]*+(?:```|\"\"\")",
    ),
}
"""How a program asks. One of these a person may use too."""
_WISH = _any(
    r"\b(?:I|I'm|I'd|we|my|(?:give|find|show|recommend|suggest|tell|help|write|name|bring) (?:me|us))\b|\brecommend"
)
_ENOUGH = 3
_HEAD, _TAIL = 3_000, 1_500
"""Characters of a long message in which its form is looked for: the middle is what it is about."""

_CHINESE = re.compile(r"(?:返回|生成|总结|概括|起)[^。\n]{0,30}(?:主题|标题|对话内容)")
_KEYS: tuple[tuple[str, TaskKind], ...] = (
    ("follow_ups", "follow_ups"),
    ("tags", "tags"),
    ("queries", "queries"),
    ("title", "title"),
)
_NAMES: tuple[tuple[str, TaskKind], ...] = (
    (r"\bfollow-?up", "follow_ups"),
    (r"\btags\b", "tags"),
    (r"\bqueries\b", "queries"),
    (r"\b(?:title|name|topic)\b|主题|标题", "title"),
)
_OPENING = 400
_BEGINNING = 10
"""Messages among which the one is looked for that a chat is named after."""
_SPEAKER = re.compile(r"^[ \t]*+(?:user|human)[ \t]*+:\s*+(\S.*)$", re.I | re.M)
_ROLE = re.compile(r"\s*+(?:user|human|assistant|ai|system|title)\s*+:", re.I)
_TITLE_WORDS = 6
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class ChatTurn:
    """A message of a chat: who said it, and its text."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class ClientTask:
    """What a chat program asks on its own: of what kind, whether as JSON, and the person's words it is about."""

    kind: TaskKind
    as_json: bool
    words: tuple[str, ...]

    def answer(self, tags: Sequence[str] = ()) -> str:
        """What fits, without asking any model."""
        if self.kind == "title" and not self.as_json:
            return self.title
        values: dict[str, object] = {"title": self.title, "tags": list(tags), "follow_ups": [], "queries": []}
        return json.dumps({self.kind: values[self.kind]}, ensure_ascii=False) if self.kind in values else self.title

    @property
    def title(self) -> str:
        """The beginning of what the person said first."""
        words = " ".join(self.words[0].split()[:_TITLE_WORDS]) if self.words else ""
        title = words[:_LONGEST_TITLE].strip(" .,;:!?")
        return title[:1].upper() + title[1:] or "Recommendations"


def client_task(messages: Sequence[ChatTurn]) -> ClientTask | None:
    """What the chat program asks with the last message; None if a person speaks."""
    *earlier, last = messages
    told = " ".join(m.text for m in earlier if m.role in ("system", "developer"))
    alone = not any(m.role in ("user", "assistant") for m in earlier)
    by_system = bool(told) and alone and _told(told, last.text)
    if not (by_system or is_task(last.text)):
        return None
    asked = f"{told} {last.text}" if by_system else last.text
    begun = [m.text for m in earlier if m.role == "user"][:_BEGINNING]
    words = tuple(text for text in begun if not is_task(text)) or _quoted(last.text)
    for key, kind in _KEYS:
        if re.search(rf"[\"'`]{key}[\"'`]", asked):
            return ClientTask(kind, True, words)
    for name, kind in _NAMES:
        if re.search(name, asked[:_OPENING], re.I):
            return ClientTask(kind, kind != "title", words)
    return ClientTask("other", False, words)


def _told(system: str, text: str) -> bool:
    """Whether a system message makes a task of what follows it; many only say how the user is to be answered."""
    begun, asked = _ends(system), _ends(text)
    if _WEAK[_QUOTED].search(asked):
        return is_task(f"{begun}\n{asked}")
    return bool(_ABOUT_TALK.search(begun)) and is_task(begun)


def is_task(text: str) -> bool:
    """Whether a message is a chat program's own."""
    has_history = _within(_HISTORY, text) is not None
    if _within(_QUESTION, text) is not None and not has_history:
        return False
    if _TASK.match(text):
        return not _after_context(text)
    return has_history or _points(_ends(text)) >= _ENOUGH


def _points(text: str) -> int:
    """How much a text has the form of a program's own; work on the talk counts twice. People wish for themselves."""
    if _CHINESE.search(text):
        return _ENOUGH
    forms = {name for name, form in _WEAK.items() if form.search(text)}
    if _WISH.search(text) and _QUOTED not in forms:
        return 0
    return 2 * bool(_ABOUT_TALK.search(text)) + len(forms)


def _ends(text: str) -> str:
    return text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]}\n{text[-_TAIL:]}"


def person_said(text: str) -> str:
    """The person's own words in a message, without the documents that their chat program put around them."""
    if (question := _within(_QUESTION, text)) is not None:
        return question.strip()
    return (_after_context(text) or text).strip() if _TASK.match(text) else text.strip()


def _within(tag: str, text: str) -> str | None:
    """What stands between a tag and its end. Both are looked for once: a text may have any number of either."""
    begin = re.search(f"<{tag}>", text, re.I)
    end = re.compile(f"</{tag}>", re.I).search(text, begin.end()) if begin else None
    return text[begin.end() : end.start()] if begin and end else None


def _after_context(text: str) -> str:
    return _CONTEXT.sub("", text, count=1).strip() if _CONTEXT.match(text) else ""


def _quoted(text: str) -> tuple[str, ...]:
    """What the person says in a chat that is quoted in a prompt."""
    quoted = _within(_HISTORY, text) or text
    if found := tuple(line.strip() for line in _SPEAKER.findall(quoted)):
        return found
    _, marked, rest = quoted.rpartition("Conversation:")
    lines = [line.strip() for line in rest.splitlines() if line.strip() and not _ROLE.match(line)]
    return (lines[0],) if marked and lines else ()
