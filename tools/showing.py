"""Which items an earlier answer showed, from its text alone: "the second one" means one of them.

Knows the form of Penchant's own answers, and that others write titles in bold. Knows nothing of chats.
"""

from __future__ import annotations

import re

from penchant.assistant import Assistant, Session

_LISTED = re.compile(r"^\s*\d+[.)]\s+\*\*(.+?)\*\*(?:,?\s*\(?(\d{4})\b)?", re.M)
_BOLD = re.compile(r"\*\*(.+?)\*\*(?:,?\s*\(?(\d{4})\b)?")


def after_answer(assistant: Assistant, text: str, session: Session) -> Session:
    """The session with the items on screen that an answer showed; as it is, if it showed none."""
    for form in (_LISTED, _BOLD):
        named = (f"{title} ({year})" if year else title for title, year in form.findall(text))
        found = [item for name in named if (item := assistant.vocabulary.find_title(name))]
        if found:
            return session.show(dict.fromkeys(found))
    heard = assistant.overhear(text, session)
    return heard if heard.shown else session
