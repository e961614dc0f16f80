"""What a server serves: an index that is checked before anybody is told of it, opened in the background, and again
when it has been built anew.

Knows nothing of servers.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from penchant.assistant import Assistant, Settings
    from penchant.assistant.loading import Loading
    from penchant.assistant.watched import Watches


def check(settings: Settings, catalogue: Path | None, editing: bool = False) -> None:
    """Raises PenchantError where there is no finished index, or none whose items can be changed."""
    from penchant.assistant.wiring import place_of
    from penchant.retriever import PenchantError
    from penchant.retriever.index import check_index

    if where := place_of(settings, catalogue):
        check_index(where)
    elif editing:
        raise PenchantError("the demo's items stay as they are: name an index of your own (--catalogue) to change them")


def load(settings: Settings, catalogue: Path | None, watches: Watches = ()) -> Loading:
    """The assistant, being opened; its turns are told to the watches."""
    from penchant.assistant.loading import Loading
    from penchant.assistant.wiring import open_assistant, place_of, source_of

    where = place_of(settings, catalogue)

    def opened() -> Assistant:
        assistant = open_assistant(settings, where, watches=watches)
        assistant.index.encoder.encode(["ready"])
        return assistant

    return Loading(source_of(opened, where))


def state_of(loading: Loading) -> Callable[[], Literal["ready", "loading", "failed"]]:
    """What tells how far it is."""

    def state() -> Literal["ready", "loading", "failed"]:
        return "failed" if loading.failed else "ready" if loading.ready else "loading"

    return state
