"""`penchant report`: what is shown to whom, from an audit log or from simulated people, and what knobs would change.

Options in, Markdown or files out. Knows nothing of how figures are made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..console.options import settings_with
from ..console.progress import progress_bar

if TYPE_CHECKING:
    from penchant.assistant import Assistant
    from penchant.assistant.evaluation import Case
    from penchant.assistant.reporting import KnobComparison, Report

Reported = Annotated[
    Path | None, typer.Argument(metavar="CATALOGUE", help="Folder of an index (default: the demo catalogue).")
]
AuditFile = Annotated[
    Path | None, typer.Option(help="Report on the pages in this audit log, rotated parts too.", metavar="FILE")
]
People = Annotated[
    int | None, typer.Option(min=1, max=1_000_000, help="Report on so many simulated people.", metavar="N")
]
Seed = Annotated[int, typer.Option(min=0, help="Of the simulated people: the same seed, the same people.")]
Group = Annotated[
    list[str] | None, typer.Option(help="Also a group of items: FIELD=VALUE (repeatable).", metavar="FIELD=VALUE")
]
GroupFile = Annotated[
    Path | None, typer.Option(help='TOML file of groups: tables ["NAME"] with FIELD = [VALUES].', metavar="FILE")
]
Genres = Annotated[
    str, typer.Option(help="The field that is held against tastes (default: the genres).", metavar="FIELD")
]
Knob = Annotated[
    list[str] | None,
    typer.Option(help="Also what a knob would change: exposure=0.1, calibration=0.3.", metavar="NAME=NUMBER"),
]
Cases = Annotated[
    Path | None, typer.Option(help="Measure what the knobs cost on these cases, as `penchant evaluate` reads them.")
]
IntoFolder = Annotated[
    Path | None, typer.Option(help="New folder for report.md, report.html and report.json.", metavar="DIR")
]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the report is to be of."""

    audit: Path | None
    people: int
    seed: int
    groups: list[str]
    group_file: Path | None
    genres: str
    knobs: dict[str, float]
    cases: Sequence[Case]


def report(
    catalogue: Reported = None,
    audit: AuditFile = None,
    simulate: People = None,
    seed: Seed = 7,
    group: Group = None,
    groups: GroupFile = None,
    genres: Genres = "",
    knob: Knob = None,
    cases: Cases = None,
    into: IntoFolder = None,
) -> None:
    """Report on what is shown: which items and groups get how much of the exposure, and how genres go with tastes.

    From an audit log, or from simulated people who want a handful of the catalogue's values, say them over one to four
    turns, and like what fits. Prints Markdown; with --into also an HTML page with drawings, and all figures as JSON
    (needs: pip install 'penchant[report]').

    Try:  penchant report --simulate 2000 --group country=Japan --into report/
    """
    from penchant.assistant.reporting import (
        as_markdown,
        cases_of,
        check_free,
        read_knobs,
        require_plots,
        sections,
        write_report,
    )

    _check(audit, simulate, knob or [], cases)
    if into:
        require_plots()
        check_free(into)
    knobs, played = read_knobs(knob or []), cases_of(cases) if cases else []
    asked = _Asked(audit, simulate or 0, seed, group or [], groups, genres, knobs, played)
    try:
        assistant = _opened(catalogue)
        found, comparison = _made(assistant, asked)
        parts = sections(found, comparison)
        if into:
            write_report(into, found, parts, [item.id for item in assistant.index.catalogue.items], comparison)
    except KeyboardInterrupt:
        typer.secho("Stopped. Nothing was written.", err=True)
        raise typer.Exit(130) from None
    typer.echo(as_markdown(parts), nl=False)


def _check(audit: Path | None, simulate: int | None, knobs: list[str], cases: Path | None) -> None:
    """Raises PenchantError for options that do not go together."""
    from penchant.retriever import PenchantError

    if (audit is None) == (simulate is None):
        raise PenchantError("say what to report on: either --audit FILE, a log of what was shown, or --simulate 2000")
    if knobs and audit:
        raise PenchantError("--knob needs --simulate: a log says what was shown, and not what would have been")
    if audit and not audit.is_file():
        raise PenchantError(f"{audit}: no such audit log; it is written where a command is given --audit FILE")
    if cases and not knobs:
        raise PenchantError("--cases measures what a knob costs; name one, such as --knob exposure=0.1")


def _opened(catalogue: Path | None) -> Assistant:
    from penchant.assistant.wiring import open_assistant, place_of

    settings = settings_with(model="")
    with progress_bar("Opening the catalogue") as progress:
        return open_assistant(settings, place_of(settings, catalogue), progress=progress)


def _made(assistant: Assistant, asked: _Asked) -> tuple[Report, KnobComparison | None]:
    from penchant.assistant.reporting import (
        compare,
        declared_groups,
        genres_of,
        measured,
        population,
        read_audit,
        simulate,
    )

    catalogue = assistant.index.catalogue
    declared = declared_groups(catalogue, asked.groups, asked.group_file)
    genres = genres_of(catalogue.schema, asked.genres)
    if asked.audit:
        with progress_bar("Reading the log") as progress:
            logged = read_audit(asked.audit, catalogue, progress)
        return measured(logged.showings, catalogue, str(asked.audit), declared, genres, logged.notes), None
    people = population(catalogue, asked.people, asked.seed)
    with progress_bar("Simulating") as progress:
        shown = simulate(assistant, people, progress)
    found = measured(shown, catalogue, f"{asked.people:,} simulated people, seed {asked.seed}", declared, genres)
    if not asked.knobs:
        return found, None
    return found, compare(assistant, people, shown, found, asked.knobs, asked.cases, progress_bar)
