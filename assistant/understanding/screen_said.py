"""What a message says of the time that picks are to fill and of which items may be shown, and what becomes of it.

Knows wording and the session. Knows no catalogue but which of its fields are lengths.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from penchant.retriever import is_range

from ..session import Asked, Mode, Session, SpareTime, Understanding
from .cues import mode_said
from .limits import spacing_said
from .parsing import Span
from .quantities import NumberField, asks_for_several, spare_time

_Key = tuple[str, str]


class ScreenSaid(NamedTuple):
    """The time, none of it where it does not matter; the mode; days since an item was seen; limits that end (keys)."""

    time: SpareTime | None
    mode: Mode | None
    spacing: int = 0
    ended: tuple[_Key, ...] = ()


def screen_said(text: str, session: Session, lengths: Sequence[NumberField]) -> tuple[ScreenSaid | None, list[Span]]:
    """What is said of the screen, if anything is, and where nothing else is said; `lengths`: the catalogue's."""
    had = spare_time(text, session.screen.time) if lengths else None
    mode = mode_said(text, session.screen.mode, session.marks)
    # Of one sitting, and where every length is in one field, the time is a limit of that field as well.
    aside = had and (not had.time or had.time.sittings > 1 or len(lengths) > 1)
    spaced = spacing_said(text)
    heard = [(said.start, said.end) for said in (had if aside else None, mode, spaced) if said]
    time = had.time if had else _now_for_several(text, session.screen.time)
    if not (time is not None or mode or spaced):
        return None, heard
    ended = _limits(session, lengths) if had and not had.time else ()
    shown: Mode | None = "both" if spaced and spaced.asks else mode.mode if mode else None
    return ScreenSaid(time, shown, spaced.days if spaced else 0, ended), heard


def _now_for_several(text: str, before: SpareTime) -> SpareTime | None:
    """The time named before, where several things are asked for now; else nothing is said of it."""
    said = bool(before) and not before.several and asks_for_several(text)
    return replace(before, several=True) if said else None


def _limits(session: Session, lengths: Sequence[NumberField]) -> tuple[_Key, ...]:
    """What was said before of how long things may be."""
    names = {field.name for field in lengths}
    return tuple(i.key for i in session.interests if i.facet in names and is_range(i.value))


def with_screen(said: Understanding, screen: ScreenSaid, session: Session) -> Understanding:
    """What a message says that also says how much time there is, or which items may be shown: more than a remark. Where
    the person named what they know, "again" is of that alone."""
    known = bool(said.seen) or any(mark.kinds & {"seen", "liked"} for mark in session.marks)
    mode: Mode | None = "seen" if screen.mode == "both" and known else screen.mode
    idle = said.asked.topic in ("", "remark") or screen.mode is not None
    intent = "refine" if idle and said.intent not in ("recommend", "more", "new_topic") else said.intent
    asked, dropped = Asked() if idle else said.asked, tuple(dict.fromkeys((*said.dropped, *screen.ended)))
    spacing = screen.spacing
    return replace(said, time=screen.time, mode=mode, spacing=spacing, intent=intent, asked=asked, dropped=dropped)
