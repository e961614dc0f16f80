"""What a history leaves for good: marks, the values that it speaks for, and what people like who like the same.

Knows verdicts and sessions. Knows nothing of files or vectors.
"""

from __future__ import annotations

from collections.abc import Sequence

from penchant.retriever import MENTION, Catalogue, Interest

from ..session import Profile
from .lift import interests_from
from .verdicts import Verdict

LIKED = "what you liked"
_MOST = 300
"""Of so many of the works liked last."""
_WHOLE = 1.0
_FEWEST = 3
"""So many works must be liked before they say together what their people like."""


def profile_from(verdicts: Sequence[Verdict], catalogue: Catalogue, behaviour: bool = False) -> Profile:
    """The profile that verdicts speak for. behaviour: whether the index knows what people like who like an item; then
    all that was liked speaks through it, as one interest."""
    interests = interests_from(verdicts, catalogue)
    liked = [one.mark.item for one in verdicts if one.mark.kind == "liked" and one.mark.item in catalogue.row]
    if behaviour and len(liked) >= _FEWEST:
        quote = f"what people like who like the same; from {len(liked):,} that you liked"
        interests += (Interest(MENTION, LIKED, _WHOLE, source="profile", quote=quote, items=tuple(liked[-_MOST:])),)
    return Profile(interests, tuple(one.mark for one in verdicts))
