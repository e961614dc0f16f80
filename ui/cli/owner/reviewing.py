"""`penchant review`: what an owner's review file holds back, and decisions on single items.

Knows the file and an index. Knows nothing of who talks about the catalogue meanwhile.
"""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..console.options import ReviewOption, settings_with
from ..console.progress import progress_bar

if TYPE_CHECKING:
    from penchant.assistant import Settings
    from penchant.assistant.oversight import ReviewFile
    from penchant.retriever import Catalogue


class Act(StrEnum):
    """What is done."""

    queue = "queue"
    approve = "approve"
    reject = "reject"
    note = "note"
    block = "block"
    history = "history"


Served = Annotated[
    Path, typer.Argument(metavar="CATALOGUE", help='Folder of an index, its name in the data folder, or "demo".')
]
ActArgument = Annotated[Act, typer.Argument(help="What to do.", show_default="queue: list what waits")]
ItemArgument = Annotated[str, typer.Argument(metavar="[ID]", help="The item that is decided on.", show_default=False)]
Words = Annotated[str, typer.Argument(metavar="[NOTE]", help="Why, for who reads the history.", show_default=False)]
By = Annotated[str | None, typer.Option(help="Who decides (default: who is logged in).", metavar="NAME")]


def review(
    catalogue: Served,
    act: ActArgument = Act.queue,
    item: ItemArgument = "",
    note: Words = "",
    file: ReviewOption = None,
    by: By = None,
) -> None:
    """See what your review file holds back, and decide on it. Servers, pages and chats that are running take it up with
    the next message.

    approve: it is shown, whatever the rules say. reject, block: it is not shown. note: adds words and changes nothing.
    Rules, a block list and what is put forward are written into the file by hand: docs/trust.md.

    Try:  penchant review films/ --review review.toml

          penchant review films/ approve tt0133093 "seen it, it is fine" --review review.toml
    """
    from penchant.assistant.oversight import ReviewFile
    from penchant.retriever import PenchantError

    settings = settings_with(review=file)
    if settings.review is None:
        raise PenchantError("name the review file: --review FILE, or PENCHANT_REVIEW (an empty file will do to begin)")
    kept, items = ReviewFile(settings.review), _items(settings, catalogue)
    lines = {Act.queue: _queue, Act.history: _history}.get(act)
    if lines is None:
        _decide(kept, items, act, item, note, by or getpass.getuser())
        return
    if item:
        raise PenchantError(f"{act} takes no item; to decide on {item}: penchant review {catalogue} approve {item}")
    typer.echo("\n".join(lines(kept, items)))


def _decide(file: ReviewFile, items: Catalogue, act: Act, item: str, note: str, by: str) -> None:
    from penchant.assistant.oversight import rule
    from penchant.retriever import PenchantError

    if item not in items.row:
        raise PenchantError(f"{act} needs the id of an item of the catalogue, not {item!r}; the queue lists ids")
    if act is Act.note and not note:
        raise PenchantError(f'say what to note: note {item} "..."')
    file.decide(item, act.value, by, note)
    ruling = rule(file.read(), items)
    why = ruling.barred.get(item) or "; ".join(ruling.waiting.get(item, ()))
    typer.echo(f"{_title(items, item)} is {f'not shown: {why}' if why else 'shown'}.")


def _queue(file: ReviewFile, items: Catalogue) -> Iterator[str]:
    from penchant.assistant.oversight import rule

    ruling = rule(file.read(), items)
    yield f"{len(ruling.waiting):,} items wait for approval{':' if ruling.waiting else '.'}"
    yield from (f"  {item}  {_title(items, item)}  ({'; '.join(why)})" for item, why in ruling.waiting.items())
    if ruling.barred:
        yield f"{len(ruling.barred):,} are not shown:"
        yield from (f"  {item}  {_title(items, item)}  ({why})" for item, why in ruling.barred.items())
    if ruling.boosts:
        yield f"{len(ruling.boosts):,} are put forward."


def _history(file: ReviewFile, items: Catalogue) -> Iterator[str]:
    for made in file.read().decisions:
        said = "".join((f" by {_plain(made.by)}" if made.by else "", f": {_plain(made.note)}" if made.note else ""))
        yield f"{made.when:%Y-%m-%d %H:%M}  {made.decision}  {_plain(made.item)}  {_title(items, made.item)}{said}"


def _title(items: Catalogue, item: str) -> str:
    return _plain(items.get(item).title) if item in items.row else "(gone)"


def _plain(text: str) -> str:
    """On one line, and nothing that a terminal would obey."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())


def _items(settings: Settings, catalogue: Path) -> Catalogue:
    """All items, also those that are held back."""
    from penchant.assistant.wiring import open_whole_index, place_of
    from penchant.retriever.index import DEMO

    named = settings.home / catalogue
    where = catalogue if catalogue.exists() or not named.is_dir() else named
    demo = str(catalogue) == DEMO and not where.exists()
    with progress_bar("Opening the catalogue") as progress:
        return open_whole_index(settings, None if demo else place_of(settings, where), progress).catalogue
