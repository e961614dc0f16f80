"""Options that several commands share, and the settings that they change.

Knows nothing of what a command does.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from penchant.assistant import Settings


class ModeChoice(StrEnum):
    """Which items may be shown."""

    new = "new"
    seen = "seen"
    both = "both"
    list = "list"
    own = "own"


class AudienceChoice(StrEnum):
    """Who is served."""

    everybody = "everybody"
    children = "children"


CatalogueOption = Annotated[
    Path | None, typer.Option(help="Folder of an index (default: the demo catalogue).", metavar="DIR")
]
CountOption = Annotated[int, typer.Option("-k", min=1, max=100, help="How many picks.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]

Model = Annotated[str | None, typer.Option(help="Language model (default: PENCHANT_MODEL; none: rules).")]
BaseUrl = Annotated[str | None, typer.Option(help="Its server, such as http://localhost:11434/v1.")]
Timeout = Annotated[float | None, typer.Option(min=0.1, help="Seconds one model call may take (default 30).")]

TasteOption = Annotated[
    Path | None, typer.Option(help="Begin with this taste, as exported or imported.", metavar="FILE")
]
TastesOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--taste",
        help="Begin with this taste, as exported or imported; with several, or a household, pick for all of them.",
        metavar="FILE",
    ),
]
ModeOption = Annotated[
    ModeChoice | None,
    typer.Option(help="Which picks: new to you, seen, both, only those on your list, or those you own."),
]

AuditFile = Annotated[
    Path | None, typer.Option(help="Write each page of picks to this file (or PENCHANT_AUDIT).", metavar="FILE")
]
AuditText = Annotated[
    bool | None, typer.Option("--audit-text", help="Write people's messages there too.", show_default=False)
]
ReviewOption = Annotated[
    Path | None,
    typer.Option("--review", help="The owner's file of what is blocked or held (or PENCHANT_REVIEW).", metavar="FILE"),
]
AudienceOption = Annotated[
    AudienceChoice | None, typer.Option(help="Whom it is for (or PENCHANT_AUDIENCE); for children nothing scary.")
]

Host = Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for every network.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes any free one.")]
AllowedHosts = Annotated[
    list[str] | None,
    typer.Option("--allowed-host", help="A name by which it may be called, such as a proxy's (may be repeated)."),
]
Rate = Annotated[int, typer.Option(min=0, help="Requests a minute of one caller; 0: as many as they like.")]

PicturesOption = Annotated[Path | None, typer.Option(help="Folder of the catalogue's picture files.", metavar="DIR")]
WebPictures = Annotated[
    bool, typer.Option("--web-pictures", help="Show pictures on other hosts, which then see who looks.")
]
OwnModels = Annotated[
    bool | None,
    typer.Option(help="Visitors may name a model server of their own (default: if only this machine can call)."),
]
OwnCatalogues = Annotated[
    bool | None,
    typer.Option(help="Visitors may bring files and make them catalogues (default: if only this machine can call)."),
]


def settings_with(
    model: str | None = None, base_url: str | None = None, timeout: float | None = None, **others: object
) -> Settings:
    """The environment's settings, with the options that were given in their place. Raises PenchantError."""
    from penchant.assistant import Settings

    options = {"model": model, "base_url": base_url, "timeout": timeout, **others}
    given = {name: value for name, value in options.items() if value is not None}
    return Settings.model_validate(Settings.from_environment(base_url=base_url).model_dump() | given)


def _say_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"penchant {version('penchant')}")
        raise typer.Exit


VersionOption = Annotated[
    bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Print the version and stop.")
]
