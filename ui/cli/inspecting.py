"""`penchant inspect`, `index` and `repair`: a file as it was read, as a table that a person can check; its index."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .console.options import settings_with
from .console.progress import progress_bar
from .console.training_options import ScaleEnds

if TYPE_CHECKING:
    from penchant.assistant import Settings
    from penchant.retriever import CatalogueFile, Schema
    from penchant.retriever.catalogue.inference import Column
    from penchant.retriever.index import Promised
    from penchant.retriever.index import Workers as IndexWorkers

ItemsFiles = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE...",
        help="Files or folders as you have them: CSV, TSV, JSON, Parquet, Excel, SQLite, DuckDB; also .gz, .zip, .zst.",
    ),
]
IndexFolder = Annotated[
    Path, typer.Option(help="Folder of the index; an interrupted or older one is brought up to date.", metavar="DIR")
]
SchemaFile = Annotated[
    Path | None, typer.Option(help="TOML file that overrides what the columns are taken for.", metavar="FILE")
]
Dimensions = Annotated[
    int | None,
    typer.Option(min=1, max=4096, help="The most dimensions a vector may have (default: the schema file's)."),
]
Ratings = Annotated[
    Path | None,
    typer.Option(help="Ratings {user, item, rating}: adds what people who like an item like.", metavar="FILE"),
]
Withdrawn = Annotated[
    Path | None,
    typer.Option(help="A file of people to leave out of the ratings, one to a line.", metavar="FILE"),
]
PrivateRatings = Annotated[
    float | None,
    typer.Option(
        "--private",
        min=1e-3,
        max=1e3,
        help="Learn from the ratings with (epsilon, delta)-differential privacy of each person.",
        metavar="EPSILON",
    ),
]
Identity = Annotated[str, typer.Option("--id", help="The column of ids (default: found, or made).", metavar="COLUMN")]
Title = Annotated[str, typer.Option(help="The column of titles (default: found, or composed).", metavar="COLUMN")]
Columns = Annotated[str, typer.Option(help="Read only these columns, separated by commas.", metavar="A,B,...")]
Query = Annotated[str, typer.Option(help="What to ask of a database (default: its largest table).", metavar="SQL")]
Workers = Annotated[int, typer.Option(min=0, help="Processes that encode; 0: one for each core.", metavar="N")]
Ray = Annotated[
    str,
    typer.Option(help="A Ray cluster whose machines encode: auto, ray://host:10001, or local.", metavar="ADDRESS"),
]
Strict = Annotated[bool, typer.Option("--strict", help="Refuse a file with rows that do not fit, and say which.")]
Damaged = Annotated[Path, typer.Argument(help="Folder of the index.", metavar="DIR")]
Seen = Annotated[Path | None, typer.Option(help="Folder of the catalogue's picture files.", metavar="DIR")]
Output = Annotated[Path | None, typer.Option("--schema", "-o", help="Write the guesses here, to edit.", metavar="FILE")]


def inspect(
    files: ItemsFiles,
    schema: Output = None,
    identity: Identity = "",
    title: Title = "",
    columns: Columns = "",
    query: Query = "",
) -> None:
    """Show what a file's columns are taken for, and write it down to edit. Builds nothing."""
    from penchant.retriever import schema_toml

    read = _read(files, identity, title, columns, query, False)
    _show(read)
    if schema:
        schema.write_text(schema_toml(read), encoding="utf-8")
        typer.echo(f"\nWritten to {schema}: edit it, then: penchant index {files[0]} --into DIR --schema {schema}")


def index(
    files: ItemsFiles,
    into: IndexFolder,
    schema: SchemaFile = None,
    dimensions: Dimensions = None,
    ratings: Ratings = None,
    identity: Identity = "",
    title: Title = "",
    columns: Columns = "",
    query: Query = "",
    strict: Strict = False,
    workers: Workers = 1,
    ray: Ray = "",
    withdrawn: Withdrawn = None,
    private: PrivateRatings = None,
    scale: ScaleEnds = None,
) -> None:
    """Make or update an index from files as you have them. Ctrl-C loses nothing: run it again to go on.

    With --ratings, whoever has the index can tell who rated; with --private 8 --scale 1..5 not, and behaviour.md in the
    folder says what is promised. Few people's ratings are then lost in the noise.
    """
    from penchant.assistant.wiring import encoder_of, place_of
    from penchant.retriever.index import LEFT_OUT, index_catalogue

    promised = _promised(ratings, private, scale)
    settings = settings_with()
    try:
        read = _read(files, identity, title, columns, query, strict)
        with progress_bar("Indexing") as progress:
            encoder = encoder_of(settings)
            pictures = files[0] if files[0].is_dir() else files[0].parent
            where = place_of(settings, into)
            engine = None if isinstance(where, Path) else where
            made = index_catalogue(
                read,
                into,
                encoder,
                schema,
                progress,
                dimensions,
                ratings,
                pictures,
                engine=engine,
                workers=_workers(settings, workers, ray),
                withdrawn=withdrawn,
                promised=promised,
            )
    except KeyboardInterrupt:
        typer.secho("Stopped. What is done is kept: run the same command again to go on.", err=True)
        raise typer.Exit(130) from None
    _show(read, made.schema)
    typer.echo(f"\n{len(made.catalogue):,} items in {into}")
    if read.left_out:
        typer.secho(f"{len(read.left_out):,} rows were left out; see {into / LEFT_OUT}", fg="yellow", err=True)


def _promised(ratings: Path | None, private: float | None, scale: str | None) -> Promised | None:
    """What is promised to whoever rated. Raises TrainingError for options that do not go together."""
    from penchant.retriever import TrainingError
    from penchant.retriever.index import Promised

    from .training import scale_of

    if private is None:
        return None
    if ratings is None:
        raise TrainingError("--private is a promise to the people of --ratings; name the file of these")
    if scale is None:
        raise TrainingError("--private needs --scale, such as 1..5: the ends in the file are somebody's ratings")
    return Promised(private, scale_of([], scale, None))


def repair(folder: Damaged, pictures: Seen = None) -> None:
    """Check an index, and make it anew from what is whole if it is damaged. The damaged folder is kept."""
    from penchant.assistant.wiring import encoder_of
    from penchant.retriever.index import repair_index

    with progress_bar("Repairing") as progress:
        done = repair_index(folder, encoder_of(settings_with()), progress, pictures)
    if not done.found:
        typer.echo(f"{folder}: nothing is damaged; {done.items:,} items")
        return
    typer.echo(f"Found: {done.found}")
    typer.echo(f"Done: {done.items:,} of {done.of:,} items are whole; {done.encoded:,} were encoded again")
    typer.echo(f"The damaged folder is kept as {done.kept}: delete it when all is well")


def _workers(settings: Settings, count: int, ray: str) -> IndexWorkers | None:
    """None where this process encodes alone."""
    from penchant.assistant.wiring import encoder_of
    from penchant.retriever import EncodingWorkers, RayWorkers

    make = partial(encoder_of, settings)
    if ray:
        return RayWorkers(make, ray)
    return None if count == 1 else EncodingWorkers(make, count)


def _read(files: list[Path], identity: str, title: str, columns: str, query: str, strict: bool) -> CatalogueFile:
    from penchant.retriever import read_catalogue

    chosen = [name.strip() for name in columns.split(",") if name.strip()]
    return read_catalogue(files, identity, title, chosen, query, strict)


def _show(read: CatalogueFile, schema: Schema | None = None) -> None:
    """What each column is taken for, with samples, as a schema has it in the end; and what happened to the rows."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from penchant.retriever.catalogue import samples

    table = Table("column", "kind", "filled", "samples", "asked for by", box=None, pad_edge=False)
    for column in (_decided(column, schema) for column in read.columns):
        kind = f"{column.kind}, {column.unit}" if column.unit else column.kind
        kind += f", from {column.source}" if column.source else ""
        doubt = "" if column.sure >= 0.6 else " ?"
        words = "" if column.kind == "hidden" else " ".join(column.words)
        cells = (column.name, kind + doubt, f"{column.filled:.0%}", " · ".join(samples(column)), words)
        table.add_row(*map(Text, cells))
    console = Console(highlight=False)
    identity = read.keys.identity or "made from what a row says"
    console.print(Text(f"id: {identity}\ntitle: {', '.join(read.keys.title)}\n"))
    console.print(table)
    notes = [f"{column.name}: {warning}" for column in read.columns for warning in column.warnings]
    if read.merged:
        notes.append(f"{read.merged:,} rows said the same as one before, and were merged with it")
    notes += [str(row) for row in read.left_out[:5]]
    for note in notes:
        console.print(Text(f"! {note}", style="yellow"))


def _decided(column: Column, schema: Schema | None) -> Column:
    """The column as the index takes it: what a schema file says of it is sure."""
    field = schema.field(column.name) if schema else None
    if field is None or (field.kind, field.unit, field.words) == (column.kind, column.unit, column.words):
        return column
    return replace(column, kind=field.kind, unit=field.unit, words=field.words, sure=1.0)
