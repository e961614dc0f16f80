"""Tells what a person said from what their chat program asks on its own: a title, tags, follow-ups, search queries.

Such prompts must not become tastes. Known are those of Open WebUI, LibreChat and their like, by their form: a task with
the chat in it, or a request for a title or summary of the conversation with rules on how to write it. Knows nothing of
how they are sent.
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
_TALK = r"(?:conversation|chat(?: history)?|discussion|dialogue|exchange|messages?)\b(?! (?:show|room|film|movie|book))"
_WHAT = r"\b(?:titles?|names?|subjects?|topics?|headlines?|summary|tags?|emojis?|follow-?up (?:questions|prompts))\b"
_OF = r"\b(?:for|of|to|into|summari[sz]ing|categori[sz]ing|describing|based on|in)\b"
_ABOUT_TALK = re.compile(
    "|".join(
        (
            rf"{_WHAT}[^.\n]{{0,60}}{_OF}[^.\n]{{0,40}}\b{_TALK}",
            rf"\bsummari[sz]e (?:the|this|our)\b[^.\n]{{0,30}}\b{_TALK}",
            rf"\b{_TALK}[^.\n]{{0,30}}\binto a (?:title|summary)\b",
            rf"\banaly[sz]e (?:the|this|our) {_TALK}[^.\n]{{0,20}}\band (?:provide|determine)\b",
            rf"\bbased on the {_TALK}, give this (?:conversation|chat) a name\b",
        )
    ),
    re.I,
)
_RULES = re.compile(
    "|".join(
        (
            r"\bwords?[ -]or[ -]less|\b(?:\d+|two|three|four|five|six|ten)[ -]words?\b|\bcharacters?\b",
            r"\bno (?:punctuation|quot)|\bwithout (?:any )?(?:lead-in|quot|punctuation)|\btitle[ -]case\b",
            r"\bonly (?:return|respond|reply|output|the title)\b|\b(?:return|reply|respond) (?:only|with)\b",
            r"\bJSON\b|\bconcise\b|\bbriefly\b|\bword title\b",
        )
    ),
    re.I,
)
"""How such a thing is to be written. A person who looks for a film about a conversation gives no such rules."""

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
    if not (is_task(last.text) or (alone and is_task(told))):
        return None
    asked = f"{told} {last.text}" if alone and is_task(told) else last.text
    said = tuple(m.text for m in earlier if m.role == "user" and not is_task(m.text))
    words = said or _quoted(last.text)
    for key, kind in _KEYS:
        if re.search(rf"[\"'`]{key}[\"'`]", asked):
            return ClientTask(kind, True, words)
    for name, kind in _NAMES:
        if re.search(name, asked[:_OPENING], re.I):
            return ClientTask(kind, kind != "title", words)
    return ClientTask("other", False, words)


def is_task(text: str) -> bool:
    """Whether a message is a chat program's own."""
    has_history = _within(_HISTORY, text) is not None
    if _within(_QUESTION, text) is not None and not has_history:
        return False
    if _TASK.match(text):
        return not _after_context(text)
    about_talk = _ABOUT_TALK.search(text) and _RULES.search(text)
    return bool(has_history or about_talk or _CHINESE.search(text))


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
