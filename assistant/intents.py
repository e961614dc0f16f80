"""What kind of turn a message is, by its wording. English and Chinese. Knows nothing of catalogues."""

from __future__ import annotations

import re

from .session import Session
from .understanding import Intent

_NEW_TOPIC = re.compile(
    r"\b(something (?:completely|totally|entirely) different|change of (?:topic|subject)|new topic|start over|"
    r"forget (?:that|all that|about that|it)|on another note|switch(?:ing)? to)\b|换个话题|换一?[个类种]",
    re.I,
)
_MORE = re.compile(
    r"\b((?:any|some|show me|give me)?\s*(?:more|others?)\s*"
    r"(?:please|options|suggestions|recommendations|like (?:that|this|these|those))?[?.!]*$|"
    r"(?:something|anything|any) (?:else|other|more)|what else|another one)|还有(?:吗|别的)|其他的",
    re.I,
)
_TAKEN_BACK = re.compile(
    r"\b(?:is|are|would be|sounds)\s+(?:totally |perfectly |actually |also )?(?:fine|ok|okay|alright|good|great)\b"
    r"|\bdo(?:n['’]?t| not) mind\b|可以|也行",
    re.I,
)
_FEEDBACK = re.compile(r"\b(?:thanks?|thank you|perfect|great pick|love (?:it|that|this)|good one)\b|谢谢", re.I)


def intent_of(text: str, says_anything: bool, session: Session) -> Intent:
    """The intent of a message, of which it is known whether it says anything about taste."""
    if _NEW_TOPIC.search(text):
        return "new_topic"
    if session.shown and _MORE.search(text):
        return "more"
    if not says_anything:
        return "feedback" if _FEEDBACK.search(text) else "small_talk"
    return "refine" if session.interests else "recommend"


def takes_back(text: str) -> bool:
    """ "Actually romance is fine": whether what was rejected before may be wanted again."""
    return bool(_TAKEN_BACK.search(text))
