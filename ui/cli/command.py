"""The command line: `penchant ask | chat | ui | inspect | index | items | import | taste | ...`.

Turns options into calls and results into text or JSON. Heavy imports wait for the command that needs them, so that
`penchant --help` is quick.
"""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .checking import doctor, evaluate
from .console.options import (
    AllowedHosts,
    BaseUrl,
    CatalogueOption,
    CountOption,
    Host,
    Model,
    ModeOption,
    OwnCatalogues,
    OwnModels,
    PicturesOption,
    Port,
    Rate,
    TasteOption,
    Timeout,
    WebPictures,
    settings_with,
)
from .console.progress import progress_bar
from .inspecting import index, inspect, repair
from .items import items
from .serving import mcp, serve
from .tastes import begun, bring, tastes
from .training import merge, train

if TYPE_CHECKING:
    from rich.console import Console

    from penchant.assistant import Assistant, Reply, Session, Settings
    from penchant.assistant.loading import Source
    from penchant.retriever import VectorEngine

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

MessagesArgument = Annotated[
    list[str], typer.Argument(metavar="MESSAGE...", help="One or more messages, played as turns.")
]
Transcript = Annotated[bool, typer.Option("--json", help="Print one JSON object: every turn, and the session.")]


def _say_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"penchant {version('penchant')}")
        raise typer.Exit


VersionOption = Annotated[
    bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Print the version and stop.")
]


@app.callback()
def _common(version: VersionOption = False) -> None:
    """What is asked of no command."""


@app.command()
def ask(
    messages: MessagesArgument,
    catalogue: CatalogueOption = None,
    k: CountOption = 5,
    as_json: Transcript = False,
    taste: TasteOption = None,
    mode: ModeOption = None,
    model: Model = None,
    base_url: BaseUrl = None,
    timeout: Timeout = None,
) -> None:
    """Ask once, or play several messages as the turns of one conversation."""
    from penchant.assistant.api_schema import transcript
    from penchant.assistant.wiring import place_of

    from .console.text import consoles
    from .terminal import print_turn

    session = begun(taste, mode)
    settings = settings_with(model, base_url, timeout)
    assistant = _assistant(settings, place_of(settings, catalogue), k)
    if as_json:
        typer.echo(json.dumps(transcript(assistant, messages, session), ensure_ascii=False, indent=2))
        return
    out, err = consoles()
    for message in messages:
        if len(messages) > 1:
            typer.secho(f"> {message}", bold=True)
        # Without a terminal the answer is what it is: Markdown, for whatever reads it.
        turn = partial(_turn, out=out, err=err) if out.is_terminal else print_turn
        session = turn(assistant, message, session).session


@app.command()
def chat(
    catalogue: CatalogueOption = None,
    k: CountOption = 5,
    taste: TasteOption = None,
    mode: ModeOption = None,
    model: Model = None,
    base_url: BaseUrl = None,
    timeout: Timeout = None,
) -> None:
    """Talk in the terminal. Ctrl-D or an empty line ends; /help lists what else you can type."""
    from penchant.assistant.loading import Loading
    from penchant.assistant.wiring import place_of, source_of
    from penchant.retriever import PenchantError

    from .console.text import consoles, show, tell
    from .terminal import TerminalChat

    out, err = consoles()
    settings = settings_with(model, base_url, timeout)
    where = place_of(settings, catalogue)
    current = Loading(source_of(partial(_assistant, settings, where, k), where))
    talk = TerminalChat(current(), begun(taste, mode))
    talk.heard(show([talk.assistant.answer(talk.session)], out, talk.assistant.in_full))
    tell("\n/help lists what else you can type; Ctrl-D to leave.", out)
    while line := _line():
        try:
            talk.assistant = current()
            if line.startswith("/"):
                tell(talk.command(line), out)
            else:
                talk.heard(_turn(talk.assistant, line, talk.session, out, err))
        except PenchantError as error:
            tell(str(error), err, "red")


@app.command()
def ui(
    port: Port = 7860,
    host: Host = "127.0.0.1",
    catalogue: CatalogueOption = None,
    k: CountOption = 6,
    pictures: PicturesOption = None,
    web_pictures: WebPictures = False,
    own_models: OwnModels = None,
    own_catalogues: OwnCatalogues = None,
    allowed_host: AllowedHosts = None,
    rate: Rate = 600,
    model: Model = None,
    base_url: BaseUrl = None,
    timeout: Timeout = None,
) -> None:
    """Open the chat page and print its address. Without --catalogue it offers the demo and all indexes in the data
    folder (PENCHANT_HOME)."""
    from penchant.assistant.wiring import encoder_of, place_of, source_of
    from penchant.retriever.index import check_index

    from ..page.bringing import BroughtCatalogues
    from ..page.catalogue_registry import find_catalogues
    from ..page.page import serve

    settings = settings_with(model, base_url, timeout)
    found = {name: place_of(settings, one) for name, one in find_catalogues(settings.home, catalogue).items()}
    if catalogue and (chosen := place_of(settings, catalogue)):
        check_index(chosen)

    def source(where: Path | VectorEngine | None) -> Source:
        return source_of(partial(_assistant, settings, where, k), where)

    serve(
        {name: source(where) for name, where in found.items()},
        port,
        host,
        own_models=own_models,
        pictures=pictures,
        web_pictures=web_pictures,
        allowed_hosts=allowed_host or (),
        per_minute=rate,
        shelf=None if catalogue else BroughtCatalogues(settings.home, partial(encoder_of, settings), source),
        own_catalogues=own_catalogues,
    )


app.command("import")(bring)
app.add_typer(tastes, name="taste")
app.add_typer(items, name="items")
for _command in (inspect, index, repair, doctor, evaluate, train, merge, mcp, serve):
    app.command()(_command)


def _assistant(settings: Settings, catalogue: Path | VectorEngine | None, k: int) -> Assistant:
    from penchant.assistant.wiring import open_assistant

    with progress_bar("Opening the catalogue") as progress:
        return open_assistant(settings, catalogue, k, progress)


def _turn(assistant: Assistant, message: str, session: Session | None, out: Console, err: Console) -> Reply:
    """Shows the reply as it grows, in a terminal; in a pipe, its words."""
    from .console.text import show, tell

    reply = show(assistant.stream(message, session), out, assistant.in_full)
    for note in reply.notes:
        tell(note, err, "yellow")
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
