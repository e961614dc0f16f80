"""The command line: `penchant ask | chat | ui | index | evaluate | train | merge | mcp | serve`.

Turns options into calls and results into text or JSON. Heavy imports wait for the command that needs them, so that
`penchant --help` is quick.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .progress import progress_bar
from .serving import mcp, serve
from .training import merge, train

if TYPE_CHECKING:
    from penchant.assistant import Assistant, Reply, Session, Settings

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="""The recommender that you can talk to, see into and trust.

    Without further set-up it talks about a demo catalogue of films, books and albums, with no language model.
    Set PENCHANT_BASE_URL, PENCHANT_API_KEY and PENCHANT_MODEL to use any OpenAI-compatible one.

    Try:  penchant ask "something funny about space, but no horror"
    """,
)

Catalogue = Annotated[
    Path | None, typer.Option(help="Folder of an index (default: the demo catalogue).", metavar="DIR")
]
Count = Annotated[int, typer.Option("-k", min=1, max=100, help="How many picks.")]
Model = Annotated[str | None, typer.Option(help="Language model (default: PENCHANT_MODEL; none: rules).")]
BaseUrl = Annotated[str | None, typer.Option(help="Its server, such as http://localhost:11434/v1.")]
Timeout = Annotated[float | None, typer.Option(min=0.1, help="Seconds one model call may take (default 30).")]


@app.command()
def ask(
    messages: Annotated[list[str], typer.Argument(metavar="MESSAGE...", help="One or more messages, played as turns.")],
    catalogue: Catalogue = None,
    k: Count = 5,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object: every turn, and the session.")
    ] = False,
    model: Model = None,
    base_url: BaseUrl = None,
    timeout: Timeout = None,
) -> None:
    """Ask once, or play several messages as the turns of one conversation."""
    from penchant.assistant.api_schema import transcript

    assistant = _assistant(_settings(model, base_url, timeout), catalogue, k)
    if as_json:
        typer.echo(json.dumps(transcript(assistant, messages), ensure_ascii=False, indent=2))
        return
    session: Session | None = None
    for message in messages:
        if len(messages) > 1:
            typer.secho(f"> {message}", bold=True)
        session = _print_turn(assistant, message, session).session


@app.command()
def chat(
    catalogue: Catalogue = None, k: Count = 5, model: Model = None, base_url: BaseUrl = None, timeout: Timeout = None
) -> None:
    """Talk in the terminal. Ctrl-D or an empty line ends; /help lists what else you can type."""
    from penchant.assistant import Session
    from penchant.retriever import PenchantError

    from .terminal import TerminalChat

    talk = TerminalChat(_assistant(_settings(model, base_url, timeout), catalogue, k), Session())
    first = talk.assistant.answer(talk.session)
    talk.heard(first)
    typer.echo(f"{first.text}\n\n/help lists what else you can type; Ctrl-D to leave.")
    while line := _line():
        try:
            if line.startswith("/"):
                typer.echo(talk.command(line))
            else:
                talk.heard(_print_turn(talk.assistant, line, talk.session))
        except PenchantError as error:
            typer.secho(str(error), fg="red", err=True)


@app.command()
def ui(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the page; 0 takes any free one.")] = 7860,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for every network.")] = "127.0.0.1",
    catalogue: Catalogue = None,
    k: Count = 6,
    pictures: Annotated[
        Path | None, typer.Option(help="Folder of the catalogue's picture files.", metavar="DIR")
    ] = None,
    web_pictures: Annotated[
        bool, typer.Option("--web-pictures", help="Show pictures on other hosts, which then see who looks.")
    ] = False,
    own_models: Annotated[
        bool | None,
        typer.Option(help="Visitors may name a model server of their own (default: if only this machine can call)."),
    ] = None,
    model: Model = None,
    base_url: BaseUrl = None,
    timeout: Timeout = None,
) -> None:
    """Open the chat page and print its address. Without --catalogue it offers the demo and all indexes in the data
    folder (PENCHANT_HOME)."""
    from functools import partial

    from ..page.catalogue_registry import find_catalogues
    from ..page.page import serve

    settings = _settings(model, base_url, timeout)
    found = find_catalogues(settings.home, catalogue)
    loads = {name: partial(_assistant, settings, folder, k) for name, folder in found.items()}
    serve(loads, port, host, own_models=own_models, pictures=pictures, web_pictures=web_pictures)


@app.command()
def index(
    items: Annotated[
        Path,
        typer.Argument(metavar="ITEMS", help="A .jsonl, .jsonl.gz, .csv or .parquet file: id, title and any fields."),
    ],
    into: Annotated[
        Path,
        typer.Option(help="Folder of the index; an interrupted or older one is brought up to date.", metavar="DIR"),
    ],
    schema: Annotated[
        Path | None, typer.Option(help="TOML file that overrides what the fields are taken for.", metavar="FILE")
    ] = None,
    dimensions: Annotated[
        int | None,
        typer.Option(min=1, max=4096, help="The most dimensions a vector may have (default: the schema file's)."),
    ] = None,
    ratings: Annotated[
        Path | None,
        typer.Option(help="Ratings {user, item, rating}: adds what people who like an item like.", metavar="FILE"),
    ] = None,
) -> None:
    """Make or update an index from a file of items. Ctrl-C loses nothing: run it again to go on."""
    from penchant.retriever import encoder_named
    from penchant.retriever.index import index_file

    settings = _settings(None, None, None)
    try:
        with progress_bar("Indexing") as progress:
            made = index_file(items, into, encoder_named(settings.encoder), schema, progress, dimensions, ratings)
    except KeyboardInterrupt:
        typer.secho("Stopped. What is done is kept: run the same command again to go on.", err=True)
        raise typer.Exit(130) from None
    kinds = "\n".join(f"  {f.name}: {f.kind}" for f in made.schema.fields)
    typer.echo(f"{len(made.catalogue):,} items in {into}\n{kinds}")


@app.command()
def evaluate(
    task: Annotated[
        Path, typer.Argument(metavar="TASK_DIR", help="Folder with catalogue.jsonl and SPLIT/cases.jsonl (or .gz).")
    ],
    split: Annotated[str, typer.Option(help="Which cases: the folder TASK_DIR/SPLIT.")] = "dev",
    catalogue: Annotated[Path | None, typer.Option(help="Items, for a task without its own.", metavar="FILE")] = None,
    schema: Annotated[Path | None, typer.Option(help="TOML file on what the fields are.", metavar="FILE")] = None,
    prior: Annotated[
        Path | None, typer.Option(help="JSON object {item id: popularity} to use as prior.", metavar="FILE")
    ] = None,
    prior_weight: Annotated[float | None, typer.Option(min=0, help="Weight of the prior; 0: without.")] = None,
    folds: Annotated[
        int | None,
        typer.Option(min=2, help="Use as prior what is popular in the dialogues of the other folds.", metavar="N"),
    ] = None,
    against: Annotated[
        list[str] | None, typer.Option(help="Also measure this peer (repeatable), or: all.", metavar="PEER")
    ] = None,
    run: Annotated[
        Path | None, typer.Option(help="TREC run file to write; one begun is continued.", metavar="FILE")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    model: Model = None,
    base_url: BaseUrl = None,
    timeout: Timeout = None,
) -> None:
    """Play recorded conversations, rank the whole catalogue at each, and print how good the picks are."""
    from .evaluating import Task, outcomes_as_json, table
    from .evaluating import evaluate as run_task

    settings = _settings(model, base_url, timeout)
    asked = Task(task, split, catalogue, schema, prior, prior_weight, folds or 0, tuple(against or ()))
    outcomes = run_task(asked, settings, run, progress_bar)
    typer.echo(json.dumps(outcomes_as_json(outcomes), indent=2) if as_json else table(outcomes))


app.command()(train)
app.command()(merge)
app.command()(mcp)
app.command()(serve)


def _settings(model: str | None, base_url: str | None, timeout: float | None) -> Settings:
    from dataclasses import replace

    from penchant.assistant import Settings

    env = Settings.from_environment()
    return replace(
        env,
        model=env.model if model is None else model,
        base_url=env.base_url if base_url is None else base_url,
        timeout=timeout or env.timeout,
    )


def _assistant(settings: Settings, catalogue: Path | None, k: int) -> Assistant:
    from penchant.assistant.wiring import open_assistant

    with progress_bar("Opening the catalogue") as progress:
        return open_assistant(settings, catalogue, k, progress)


def _print_turn(assistant: Assistant, message: str, session: Session | None) -> Reply:
    """Prints the reply as it grows."""
    replies = assistant.stream(message, session)
    reply, printed = next(replies), ""
    for reply in replies:
        # A reply that a model began and did not finish starts anew from the shares.
        grown = reply.text.startswith(printed.rstrip())
        typer.echo(reply.text[len(printed) :] if grown else f"\n\n{reply.text}", nl=False)
        printed = reply.text
    typer.echo("")
    for note in reply.notes:
        typer.secho(note, fg="yellow", err=True)
    return reply


def _line() -> str:
    try:
        return input("> ").strip()
    except EOFError:
        return ""


def main() -> None:
    """Runs the command; errors meant for people are one line."""
    from penchant.retriever import PenchantError

    try:
        app()
    except PenchantError as error:
        typer.secho(f"penchant: {error}", fg="red", err=True)
        sys.exit(1)
