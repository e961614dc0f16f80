"""What is served or talked about: an index that is checked before anybody is told of it, opened in the background,
and again when it has been built anew; and the sessions of those whom it serves.

Knows nothing of servers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from .console.progress import progress_bar

if TYPE_CHECKING:
    from penchant.assistant import Assistant, SessionStore, Settings
    from penchant.assistant.loading import HowFar, Loading, Source
    from penchant.assistant.oversight import Oversight
    from penchant.assistant.watched import Watches
    from penchant.retriever import VectorEngine


def check(settings: Settings, catalogue: Path | None, editing: bool = False) -> Oversight:
    """What the owner rules. Raises PenchantError where there is no finished index, or none whose items can be changed,
    or where the owner's review file cannot be read."""
    from penchant.assistant.oversight import Oversight
    from penchant.assistant.wiring import place_of
    from penchant.retriever import PenchantError
    from penchant.retriever.index import check_index

    oversight = Oversight(settings)
    if where := place_of(settings, catalogue):
        check_index(where)
    elif editing:
        raise PenchantError("the demo's items stay as they are: name an index of your own (--catalogue) to change them")
    return oversight


def load(settings: Settings, catalogue: Path | None, oversight: Oversight, watches: Watches = ()) -> Loading:
    """The assistant, being opened; its turns are told to the watches."""
    from penchant.assistant.loading import Loading
    from penchant.assistant.wiring import open_assistant, place_of, source_of

    where = place_of(settings, catalogue)

    def ready() -> Assistant:
        assistant = open_assistant(settings, where, oversight=oversight, watches=watches)
        assistant.index.encoder.encode(["ready"])
        return assistant

    return Loading(source_of(ready, where, oversight))


def source(settings: Settings, where: Path | VectorEngine | None, k: int) -> Source:
    """What opens the assistant, and again when its index or the owner's review has changed."""
    from penchant.assistant.loading import HowFar
    from penchant.assistant.oversight import Oversight
    from penchant.assistant.wiring import source_of

    oversight, far = Oversight(settings), HowFar()
    return replace(source_of(partial(opened, settings, where, k, oversight, far), where, oversight), far=far)


def opened(
    settings: Settings,
    where: Path | VectorEngine | None,
    k: int,
    oversight: Oversight | None = None,
    far: HowFar | None = None,
) -> Assistant:
    """The assistant, once it is open; what takes long is shown on standard error, and told to `far`."""
    from penchant.assistant.wiring import open_assistant

    with progress_bar("Opening the catalogue") as bar:

        def progress(done: int, total: int) -> None:
            bar(done, total)
            if far:
                far(done, total)

        return open_assistant(settings, where, k, progress, oversight)


def state_of(loading: Loading) -> Callable[[], Literal["ready", "loading", "failed"]]:
    """What tells how far it is."""

    def state() -> Literal["ready", "loading", "failed"]:
        return "failed" if loading.failed else "ready" if loading.ready else "loading"

    return state


@contextmanager
def sessions(settings: Settings, days: float) -> Iterator[SessionStore]:
    """The store, in which nothing that has expired stays."""
    from penchant.assistant import open_store
    from penchant.assistant.session.stores import sweeping

    where = settings.store or settings.home / "sessions.sqlite"
    with open_store(where, timedelta(days=days)) as store, sweeping(store):
        yield store
