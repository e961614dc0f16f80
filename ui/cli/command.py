"""The command line: `penchant ask | chat | ui | inspect | index | items | import | taste | ...`.

Turns options into calls and results into text or JSON. Heavy imports wait for the command that needs them, so that
`penchant --help` is quick.
"""

from __future__ import annotations

import json
import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from .chat_page import ui
from .console.collecting import all_kept
from .console.files import read_people
from .console.options import (
    AudienceOption,
    AuditFile,
    AuditText,
    BaseUrl,
    CatalogueOption,
    CountOption,
    Model,
    ModeOption,
    ReviewOption,
    TasteOption,
    TastesOption,
    Timeout,
    VersionOption,
    settings_with,
)
from .inspecting import index, inspect, repair
from .items import items
from .owner import doctor, evaluate, report, review
from .served_catalogue import opened, source
from .serving import mcp, serve
from .tastes import asked_together, begun, bring, tastes, with_mode
from .training import merge, train

if TYPE_CHECKING:
    from rich.console import Console

    from penchant.assistant import Assistant, Reply, Session

_EARLY = "\n\n*First picks, by rules; the model is still reading.*"

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


@app.callback()
def _common(version: VersionOption = False) -> None:
    """What is asked of no command."""


@app.command()
@all_kept()
def ask(
    messages: MessagesArgument,
    catalogue: CatalogueOption = None,
    k: CountOption = 5,
    as_json: Transcript = False,
    taste: TastesOption = None,
    mode: ModeOption = None,
    model: Model = None,
    base_url: BaseUrl = None,
    timeout: Timeout = None,
    audit: AuditFile = None,
    audit_text: AuditText = None,
    review: ReviewOption = None,
    audience: AudienceOption = None,
) -> None:
    """Ask once, or play several messages as the turns of one conversation.

    With --taste for each of two people, or a household, the picks are for all of them.
    """
    from penchant.assistant import Session
    from penchant.assistant.api_schema import transcript
    from penchant.assistant.wiring import place_of

    from .console.text import consoles
    from .terminal import print_turn

    people = {name: with_mode(one, mode) for name, one in read_people(taste or []).items()}
    session = next(iter(people.values()), with_mode(Session(), mode))
    settings = settings_with(
        model, base_url, timeout, audit=audit, audit_text=audit_text, review=review, audience=audience
    )
    assistant = opened(settings, place_of(settings, catalogue), k).at("terminal")
    if len(people) > 1:
        typer.echo(asked_together(assistant, messages, people, as_json))
        return
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
    audit: AuditFile = None,
    audit_text: AuditText = None,
    review: ReviewOption = None,
    audience: AudienceOption = None,
) -> None:
    """Talk in the terminal. Ctrl-D or an empty line ends; /help lists what else you can type."""
    from penchant.assistant.loading import Loading
    from penchant.assistant.wiring import place_of
    from penchant.retriever import PenchantError

    from .console.text import consoles, show, tell
    from .terminal import TerminalChat

    out, err = consoles()
    settings = settings_with(
        model, base_url, timeout, audit=audit, audit_text=audit_text, review=review, audience=audience
    )
    current = Loading(source(settings, place_of(settings, catalogue), k))
    talk = TerminalChat(current().at("terminal"), begun(taste, mode))
    talk.heard(show([talk.assistant.answer(talk.session)], out, talk.assistant.in_full))
    tell("\n/help lists what else you can type; Ctrl-D to leave.", out)
    while line := _line():
        try:
            talk.assistant = current().at("terminal")
            if line.startswith("/"):
                tell(talk.command(line), out)
            else:
                talk.heard(_turn(talk.assistant, line, talk.session, out, err))
        except PenchantError as error:
            tell(str(error), err, "red")


app.command("import")(bring)
app.add_typer(tastes, name="taste")
app.add_typer(items, name="items")
for _command in (ui, inspect, index, repair, review, doctor, evaluate, report, train, merge, mcp, serve):
    app.command()(_command)


def _turn(assistant: Assistant, message: str, session: Session | None, out: Console, err: Console) -> Reply:
    """Shows the reply as it grows, in a terminal from the picks of rules on; in a pipe, its words."""
    from .console.text import show, tell

    def text(reply: Reply) -> str:
        return f"{assistant.in_full(reply)}{_EARLY if reply.early else ''}"

    reply = show(assistant.stream(message, session, early=out.is_terminal), out, text)
    for note in reply.notes:
        tell(note, err, "yellow")
    return reply


def _line() -> str:
    try:
        return input("> ").strip()
    except EOFError:
        return ""


def main() -> None:
    """Runs the command; errors meant for people are one line, and Ctrl-C while it still begins is none."""
    try:
        _run()
    except KeyboardInterrupt:
        sys.exit(130)


def _run() -> None:
    from penchant.retriever import PenchantError

    try:
        app()
    except PenchantError as error:
        typer.secho(f"penchant: {error}", fg="red", err=True)
        sys.exit(1)
