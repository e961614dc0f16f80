"""Answers as Markdown that chat programs show: harmless on the way out, and on the way back the items that it showed.

Knows the form of Penchant's own answers, and that others write titles in bold. Knows nothing of chats.
"""

from __future__ import annotations

import re

from penchant.assistant import Assistant, Session

_LISTED = re.compile(r"^\s*\d+[.)]\s+\*\*(.+?)\*\*(?:,?\s*\(?(\d{4})\b)?", re.M)
_BOLD = re.compile(r"\*\*(.+?)\*\*(?:,?\s*\(?(\d{4})\b)?")
_LINK = re.compile(r"\]\(|\]\[|<(?=[A-Za-z/!?])|^\s*\[[^\]\n]*\]:", re.M)
_ENTITIES = {"(": "&#40;", "[": "&#91;", "<": "&lt;", ":": "&#58;"}
"""A backslash would not do: a title may bring one that takes it away again."""


def without_links(text: str) -> str:
    """The text with links, pictures and HTML taken apart: a title must not make a chat program fetch anything."""
    return _LINK.sub(lambda found: found[0][:-1] + _ENTITIES[found[0][-1]], text)


def after_answer(assistant: Assistant, text: str, session: Session) -> Session:
    """The session with the items on screen that an answer showed; as it is, if it showed none."""
    for sign, entity in _ENTITIES.items():
        text = text.replace(entity, sign)
    for form in (_LISTED, _BOLD):
        named = (f"{title} ({year})" if year else title for title, year in form.findall(text))
        found = [item for name in named if (item := assistant.gazetteer.find_title(name))]
        if found:
            return session.show(dict.fromkeys(found))
    heard = assistant.overhear(text, session)
    return heard if heard.shown else session
