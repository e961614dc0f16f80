"""`penchant import` and `penchant taste`: histories and tastes as files, in and out.

Knows files and what is asked in a terminal. Knows nothing of how a history is understood (penchant.assistant.past).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .console.files import free, named, read_people, read_taste, read_text, write_new
from .console.options import CatalogueOption, CountOption, ModeChoice, settings_with
from .console.progress import progress_bar
from .same_works import ask_which

if TYPE_CHECKING:
    from penchant.assistant import Assistant, Session
    from penchant.assistant.past import Shelf

HistoryFiles = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="What a service exported: files, folders, also packed."),
]
IntoTaste = Annotated[Path, typer.Option(help="File to write the taste to.", metavar="FILE")]
ReportFile = Annotated[Path | None, typer.Option(help="CSV file to write what became of each row to.", metavar="FILE")]
Person = Annotated[str, typer.Option(help="Whose ratings, where a file has several people's.", metavar="ID")]
TasteFile = Annotated[Path, typer.Argument(metavar="FILE", help="A taste.")]
TasteFiles = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Tastes, or a household.")]
OtherTaste = Annotated[Path, typer.Argument(metavar="OTHER", help="Another taste.")]
KeyFile = Annotated[Path | None, typer.Option(help="File of the private key.", metavar="FILE")]
PublicKey = Annotated[str, typer.Option(help="The public key that it must be signed with.", metavar="KEY")]
SignatureFile = Annotated[Path | None, typer.Option(help="The signature (default: FILE.sig).", metavar="FILE")]

tastes = typer.Typer(no_args_is_help=True, help="Tastes as files: compare, merge, check, and see what fits.")


def bring(
    files: HistoryFiles,
    into: IntoTaste = Path("taste.json"),
    catalogue: CatalogueOption = None,
    report: ReportFile = None,
    person: Person = "",
) -> None:
    """Make a taste of what you have rated, read, watched and played elsewhere.

    Goodreads, StoryGraph, LibraryThing, Letterboxd, IMDb, Trakt, MovieLens, Netflix, Last.fm, Spotify, ListenBrainz,
    Apple Music, YouTube Music, TuneMyMusic, Discogs, Rate Your Music, Steam, BoardGameGeek, or any
    table of titles with ratings: as it was exported, packed or not. Nothing leaves this machine.

    Try:  penchant import letterboxd.zip goodreads_library_export.csv --into taste.json
    """
    from penchant.assistant.past import bring_history, write_report

    free(into)
    held = list(_held(files))
    assistant = _opened(catalogue)
    items = assistant.index.catalogue
    ask = ask_which if _in_terminal() else None
    session, outcome = bring_history(held, items, person, ask, assistant.index.has_behaviour)
    if report:
        write_report(outcome, items, report)
    typer.echo(outcome.text)
    for interest in session.profile:
        typer.echo(f"{interest.level:6}{interest.label}: {interest.quote}")
    _written(session, into)


@tastes.command("diff")
def diff(file: TasteFile, other: OtherTaste) -> None:
    """What OTHER has otherwise than FILE: + only it has, - only FILE has, ~ both have in two ways."""
    from penchant.assistant.session import differences

    typer.echo("\n".join(differences(read_taste(file), read_taste(other))) or "They say the same.")


@tastes.command("merge")
def merge(file: TasteFile, other: OtherTaste, into: IntoTaste = Path("merged.json")) -> None:
    """FILE with what OTHER adds. Where both speak of a thing OTHER counts; a verdict counts before seen."""
    from penchant.assistant.session import combined

    free(into)
    _written(combined(read_taste(file), read_taste(other)), into)


@tastes.command("schema")
def schema() -> None:
    """Print the form of a taste as JSON Schema."""
    from penchant.assistant.session import taste_schema

    typer.echo(json.dumps(taste_schema(), indent=2))


@tastes.command("for-you")
def for_you(file: TasteFile, catalogue: CatalogueOption = None) -> None:
    """Rows of more like everything that was liked, and because of what."""
    from penchant.assistant.past import shelves

    session = read_taste(file)
    typer.echo(shelves_text(shelves(_opened(catalogue).at("terminal"), session)))


@tastes.command("together")
def together(files: TasteFiles, catalogue: CatalogueOption = None, k: CountOption = 5) -> None:
    """Picks for several people, from a taste of each, or a household: nothing that one of them rules out.

    Each pick says whether it is for both, or more for one. With a wish for tonight:

    Try:  penchant ask "something short" --taste ann.json --taste bob.json
    """
    from penchant.assistant.past import joint_picks

    people = read_people(files)
    typer.echo(joint_picks(_opened(catalogue), people, k).text)


@tastes.command("household")
def household(files: TasteFiles, into: IntoTaste = Path("household.json")) -> None:
    """One file of several people's tastes, each under the name of their file."""
    from penchant.assistant.session import export_household

    free(into)
    write_new(export_household(read_people(files)), into)
    typer.echo(f"Written to {into}. Try:  penchant taste together {into}")


@tastes.command("sign")
def sign_taste(file: TasteFile, key: KeyFile = None, into: SignatureFile = None) -> None:
    """Sign a taste, in a file beside it, so that others can see that it is yours and unchanged.

    The key is made at the first time, in the data folder (PENCHANT_HOME); nobody else can read it.
    """
    from penchant.assistant.signing import sign

    beside = into or Path(f"{file}.sig")
    free(beside)
    read_taste(file)
    write_new(sign(file.read_bytes(), key or settings_with().home / "signing-key.pem"), beside)
    typer.echo(f"Signed in {beside}. Try:  penchant taste verify {file}")


@tastes.command("verify")
def verify_taste(file: TasteFile, signature: SignatureFile = None, key: PublicKey = "") -> None:
    """Check that a taste is what was signed, and say with which key."""
    from penchant.assistant.signing import verify

    text = read_text(signature or Path(f"{file}.sig"))
    by = named(file, lambda signed: verify(signed.encode(), text, key), read_text(file))
    typer.echo(f"{file} is unchanged since it was signed with the key {by}.")


def begun(taste: Path | None, mode: ModeChoice | None) -> Session:
    """The session that a conversation begins with. Raises PenchantError for a taste that cannot be read."""
    from penchant.assistant import Session

    return with_mode(read_taste(taste) if taste else Session(), mode)


def with_mode(session: Session, mode: ModeChoice | None) -> Session:
    """The session with the mode that an option names; as it is where none does."""
    from penchant.assistant import set_mode

    return set_mode(session, mode.value) if mode else session


def asked_together(
    assistant: Assistant, messages: Sequence[str], people: Mapping[str, Session], as_json: bool = False
) -> str:
    """Picks for several people after messages that all of them say."""
    from penchant.assistant.past import heard_by_all, joint_picks

    found = joint_picks(assistant, heard_by_all(assistant, messages, people))
    if not as_json:
        return found.text
    picks = [
        {"id": p.item.id, "title": p.item.title, "whose": p.whose, "happiness": dict(p.happiness)} for p in found.picks
    ]
    return json.dumps({"agreed": found.agreed, "picks": picks}, ensure_ascii=False, indent=2)


def shelves_text(found: Sequence[Shelf]) -> str:
    """Rows as lines."""
    from penchant.assistant.past import titles_apart

    titles = iter(titles_apart([pick.item for shelf in found for pick in shelf.picks]))
    rows = [[shelf.text, *(f"   {next(titles)}" for _ in shelf.picks)] for shelf in found]
    return "\n\n".join("\n".join(row) for row in rows) or "Nothing that you liked is known yet."


def _written(session: Session, path: Path) -> None:
    from penchant.assistant import export_taste

    write_new(export_taste(session), path)
    typer.echo(f"Written to {path}. Try:  penchant chat --taste {path}")


def _held(files: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """Names and bytes; of a folder, of all files in it."""
    from penchant.retriever import CatalogueError

    for path in files:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_dir() or (path.is_dir() and file.name.startswith(".")):
                continue
            try:
                yield str(file), file.read_bytes()
            except OSError as error:
                raise CatalogueError(f"{file}: cannot be read: {error.strerror}") from error


def _opened(catalogue: Path | None) -> Assistant:
    from penchant.assistant.wiring import open_assistant

    with progress_bar("Opening the catalogue") as progress:
        return open_assistant(settings_with(), catalogue, progress=progress)


def _in_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()
