"""`penchant items`: items of an index come, go or change, also while it is served."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .console.options import settings_with
from .console.progress import progress_bar
from .inspecting import Identity, ItemsFiles, Query, Seen, Title

if TYPE_CHECKING:
    from penchant.retriever import ItemChange, VectorEngine

Served = Annotated[Path, typer.Option(help="Folder of the index.", metavar="DIR")]
Ids = Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of items.")]
Item = Annotated[str, typer.Argument(metavar="ID", help="Id of an item.")]
Values = Annotated[
    list[str], typer.Argument(metavar="FIELD=VALUE...", help="As a file has them; nothing after = for unknown.")
]

items = typer.Typer(
    no_args_is_help=True,
    help="Add, remove or change items of an index. Servers and pages that are running take it up by themselves.",
)


@items.command()
def add(
    files: ItemsFiles,
    catalogue: Served,
    identity: Identity = "",
    title: Title = "",
    query: Query = "",
    pictures: Seen = None,
) -> None:
    """Add items, or replace those of the same ids. The columns are taken for what the index takes them for."""
    from penchant.retriever import ItemChange, known_fields

    read = known_fields(_place(catalogue)).read(files, identity, title, query)
    beside = files[0] if files[0].is_dir() else files[0].parent
    _change(catalogue, ItemChange(items=read), pictures or beside)


@items.command()
def remove(ids: Ids, catalogue: Served) -> None:
    """Remove items. What was said of them in conversations stays."""
    from penchant.retriever import ItemChange

    _change(catalogue, ItemChange(removed=ids))


@items.command(name="set")
def set_fields(item: Item, values: Values, catalogue: Served, pictures: Seen = None) -> None:
    """Set fields of an item: penchant items set b7 price=9.50 --catalogue DIR."""
    from penchant.retriever import CatalogueError, ItemChange

    if wrong := next((value for value in values if "=" not in value), None):
        raise CatalogueError(f"{wrong!r} is no FIELD=VALUE")
    new = {name.strip(): value for name, _, value in (text.partition("=") for text in values)}
    _change(catalogue, ItemChange(values={item: new}), pictures)


def _change(catalogue: Path, change: ItemChange, pictures: Path | None = None) -> None:
    from penchant.assistant.wiring import encoder_of
    from penchant.retriever import Pictures, change_items, known_fields

    where = _place(catalogue)
    schema = known_fields(where).schema
    seen = Pictures(schema.pictures, items=pictures or Path()) if schema.of("image") else None
    with progress_bar("Encoding") as progress:
        done = change_items(where, encoder_of(settings_with()), change, progress, seen)
    counts = f"{done.added:,} added, {done.changed:,} changed, {done.removed:,} removed"
    typer.echo(f"{counts}; {done.items:,} items in {catalogue}")
    if done.unknown:
        typer.secho(f"Not there: {', '.join(done.unknown)}", fg="yellow", err=True)
        raise typer.Exit(1)


def _place(catalogue: Path) -> Path | VectorEngine:
    from penchant.assistant.wiring import place_of

    return place_of(settings_with(), catalogue) or catalogue
