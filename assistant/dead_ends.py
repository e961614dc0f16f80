"""Which earlier limits make way where they leave nothing of what is wished for now, and left nothing before.

The newest holds. What was refused stays refused, and so does what is pinned. Knows gates and what items hold, and
nothing of how messages are read.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from penchant.retriever import Catalogue, Interest, Schema, exact_filters, is_filter

from .explanation.words import interest_text, last_language, speech
from .session import Session


def outworn(session: Session, catalogue: Catalogue, hidden: Collection[str]) -> list[Interest]:
    """The limits of earlier turns that go, if nothing is left: each that leaves nothing beside newer ones. None where
    something is left, or where nothing would be in any case. hidden: ids that must not be shown."""
    gates = [i for i in session.interests if is_filter(i, catalogue.schema) and not i.parked]

    def leaves(some: Collection[Interest]) -> bool:
        return bool(exact_filters(some, catalogue, hidden).allowed.any())

    stay = [i for i in gates if i.level == "never" or i.pinned or i.turn == session.turn]
    if leaves(gates) or not leaves(stay):
        return []
    gone = []
    for gate in sorted((i for i in gates if i not in stay), key=lambda i: -i.turn):
        fits = leaves([*stay, gate])
        stay += [gate] if fits else []
        gone += [] if fits else [gate]
    return gone


def told_gone(gone: Sequence[Interest], schema: Schema, message: str) -> str:
    """A note that says which limits went."""
    words = speech(last_language([message]))
    return f"Set aside, since nothing was left: {', '.join(f'“{interest_text(i, schema, words)}”' for i in gone)}."
